import { newSecret } from '../../shared/core/ids.ts';
import { limits } from '../../shared/core/limits.ts';
import { iso } from '../../shared/core/time.ts';
import { absent, allOf, anyOf, below, type Condition, is } from '../../shared/data/conditions.ts';
import { moved, patch, upsert, type Write } from '../../shared/data/writes.ts';
import type { Reason } from './contract.ts';
import { type CaseState, hidesAll } from './rules.ts';

/** What somebody has reported in a group: each subject is an attribute, with the reason. */
export type ReportedItem = Readonly<Record<string, string | number | undefined>>;

/** Also an attribute for each reason, with how often it was named, and for each text (`text …`). */
export interface ReportCaseItem {
  readonly groupId: string;
  readonly subject: string;
  readonly authorId: string;
  /** Absent until it was hidden or decided on. */
  readonly state?: CaseState;
  /** Reporters since the last decision. */
  readonly open: number;
  /** Reporters in all. */
  readonly total: number;
  /** Goes up with each decision. */
  readonly round: number;
  /** The group, or `ADMIN`: who has to look at it, while somebody has to. */
  readonly waitingIn?: string;
  readonly reportedAt: string;
}

export const stateOf = ({ state = 'REPORTED' }: Pick<ReportCaseItem, 'state'>): CaseState => state;

/** The write that counts a reporter once: refused if they have reported the thing, or as much as one may. */
export const reportedOnce = (accountId: string, groupId: string, subject: string, reason: Reason): Write =>
  upsert(
    'Reported',
    { accountId, groupId },
    { set: { [subject]: reason }, add: { count: 1 } },
    allOf(absent(subject), anyOf(absent('count'), below('count', limits.report.perGroup))),
  );

interface NewReport {
  readonly groupId: string;
  readonly subject: string;
  readonly authorId: string;
  readonly waitingIn: string;
  readonly reason: Reason;
  readonly text: string | undefined;
}

/**
 * The write that adds a report to its case, and whether it is the one that hides the thing. The condition holds only where
 * the case is as near to that as it was read: of three at once, one is the third.
 */
export function counted(known: ReportCaseItem | undefined, report: NewReport, now: number) {
  const { groupId, subject, authorId, waitingIn, reason, text } = report;
  const { open, round, total } = known ?? { open: 0, round: 0, total: 0 };
  const state = stateOf(known ?? {});
  const hides = hidesAll({ state, open });
  const sameRound = is('round', round);
  const atOpen = hides ? is('open', open) : below('open', limits.reportsToHide - 1);
  const asRead: Condition = state === 'KEPT' ? sameRound : allOf(sameRound, atOpen);
  const waits = { waitingIn, reportedAt: iso(now) };
  const set = {
    authorId,
    ...waits,
    ...moved('ReportCase', { groupId, subject, ...waits }),
    ...(hides ? { state: 'HIDDEN' } : {}),
    // Under a name that tells neither who wrote it nor when.
    ...(text !== undefined && total < limits.report.texts ? { [`text ${newSecret()}`]: text } : {}),
  };
  const add = { open: 1, total: 1, round: 0, [reason]: 1 };
  const when = known ? asRead : anyOf(absent('pk'), asRead);
  return { hides, write: upsert('ReportCase', { groupId, subject }, { set, add }, when) };
}

/** The write that decides a case, if nobody has decided it since it was read. */
export function closed({ groupId, subject, round }: ReportCaseItem, state: CaseState, now: number): Write {
  return patch(
    'ReportCase',
    { groupId, subject },
    {
      set: { state, open: 0, decidedAt: iso(now) },
      add: { round: 1 },
      remove: ['waitingIn', 'gsi1pk', 'gsi1sk'],
    },
    is('round', round),
  );
}
