import { kind } from '../../../shared/data/kind.ts';

/** The things that somebody has reported in a group. */
export interface ReportedItem {
  readonly accountId: string;
  readonly groupId: string;
  readonly count: number;
  /** The reason for each thing, under the thing's name: `thing certification:{id}`. */
  readonly [thing: `thing ${string}`]: string;
}

export const items = {
  Reported: kind<ReportedItem>()({
    about: 'what somebody has reported in a group, and is hidden from them: an attribute for each thing; or of a plan',
    pk: 'REPORTED#{accountId}',
    sk: 'IN#{groupId}',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { key: true, with: 'Membership' } },
      account: { dropped: { pattern: 'reportedBy' } },
    },
    archive: { as: 'reported', found: { pattern: 'reportedBy' } },
    patterns: {
      reportedBy: { serves: 'what somebody has reported, by group' },
    },
  }),
} as const;
