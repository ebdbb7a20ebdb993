import { kind } from '../../../shared/data/kind.ts';

/** How many problems of one level somebody has solved. */
export interface Solved {
  readonly level: number;
  readonly count: number;
}

/** Row 94: what a member of a club did on one day. The key allows one a day. */
export interface RecordItem {
  readonly groupId: string;
  readonly accountId: string;
  /** The day of the group that it is for. */
  readonly day: string;
  /** Its time is the beginning of the day in UTC, so the id leads to the item. */
  readonly recordId: string;
  readonly gym: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly minutes: number;
  readonly solved: readonly Solved[];
  /** The member's level when the record was first written. It never follows a later level. */
  readonly ownLevel: number;
  /** What it is worth, in half points. */
  readonly points: number;
  /** What of it the boards count, in half points, and where; absent if it was written too late to count, or outside a season. */
  readonly counted?: number;
  readonly seasonId?: string;
  readonly week?: number;
  /** ISO 8601: when the leader struck it: it counts on no open board. What it counted on closed boards stays there. */
  readonly struckAt?: string;
  /** The boards that it was taken off then: 0 for the season, else the week. Only they get it back. */
  readonly struckOff?: readonly number[];
  /** What its member had on these boards until then, packed (`standing-rules.ts`). */
  readonly struckFrom?: string;
  readonly version: number;
  readonly createdAt: string;
}

/** Row 97: the sums of a member's records in a club. They move in the transaction of each record. */
export interface RecordTotalsItem {
  readonly groupId: string;
  readonly accountId: string;
  readonly minutes: number;
  readonly records: number;
  /** Problems by level. */
  readonly solved: Readonly<Record<string, number>>;
  /** Row 95: what counts for the boards of each season, packed (`standing-rules.ts`). */
  readonly standings: Readonly<Record<string, string>>;
  /** Goes up with each change. */
  readonly version: number;
}

export const items = {
  RecordTotals: kind<RecordTotalsItem>()({
    about: "the sums of a member's records in a club",
    pk: 'RECORDTOTALS#{accountId}',
    sk: 'IN#{groupId}',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { key: true, with: 'Membership' } },
      account: { dropped: { pattern: 'recordTotalsOf' } },
    },
    archive: { as: 'recordTotals', found: { pattern: 'recordTotalsOf' } },
    patterns: {
      recordTotalsOf: { serves: "the sums of somebody's records in all clubs" },
    },
  }),
  Record: kind<RecordItem>()({
    about: 'what a member of a club climbed on a day',
    pk: 'RECORDS#{groupId}#{accountId}',
    sk: 'RECORD#{day}',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'recordsOfMember', with: 'Membership' } },
      account: { dropped: { pattern: 'recordsOfMember', with: 'RecordTotals' } },
    },
    archive: { as: 'records', found: { pattern: 'recordsOfMember', with: 'RecordTotals' } },
    patterns: {
      recordsOfMember: { serves: "a member's records in a club, by day" },
    },
  }),
} as const;
