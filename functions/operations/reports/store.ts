import { newSecret } from '../../../shared/core/ids.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import { absent, allOf, anyOf, below, is } from '../../../shared/data/conditions.ts';
import { type ConditionOn, create, patch, upsert, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { ReportCaseItem } from './items.ts';
import { hidesAll, newsOf } from './rules.ts';
import type { CaseState, Reason } from './values.ts';

export const stateOf = ({ state = 'REPORTED' }: Pick<ReportCaseItem, 'state'>): CaseState => state;

/**
 * The write that counts a reporter once. Refused if they have reported the thing already, or have reached the limit.
 */
export function reportedOnce(accountId: string, groupId: string, subject: string, reason: Reason) {
  const thing = `thing ${subject}` as const;
  return upsert(
    'Reported',
    { accountId, groupId },
    { set: { [thing]: reason }, add: { count: 1 } },
    allOf<typeof thing | 'count'>(absent(thing), anyOf(absent('count'), below('count', limits.report.perGroup))),
  );
}

export interface NewReport {
  readonly groupId: string;
  readonly subject: string;
  readonly authorId: string | undefined;
  readonly readerId?: string;
  readonly waitingIn: string;
  readonly reason: Reason;
  readonly text: string | undefined;
}

/**
 * The write that adds a report to its case, whether it is the one that hides the thing, and what is news of it. The
 * condition holds only where the case is as near to that as it was read: of three at once, one is the first and one the
 * third.
 */
export function counted(known: ReportCaseItem | undefined, report: NewReport, now: number) {
  const { groupId, subject, authorId, readerId, waitingIn, reason, text } = report;
  const { open, round, total } = known ?? { open: 0, round: 0, total: 0 };
  const state = stateOf(known ?? {});
  const hides = hidesAll({ state, open });
  const opens = known?.waitingIn === undefined;
  const asRead: ConditionOn<'ReportCase'>[] = [
    is('round', round),
    ...(state === 'KEPT' ? [] : [hides ? is('open', open) : below('open', limits.reportsToHide - 1)]),
    ...(opens ? [absent('waitingIn')] : []),
  ];
  const set = {
    ...(authorId === undefined ? {} : { authorId }),
    ...(readerId === undefined ? {} : { readerId }),
    waitingIn,
    reportedAt: iso(now),
    ...(hides ? { state: 'HIDDEN' as const } : {}),
    // Under a name that tells neither who wrote it nor when.
    ...(text !== undefined && total < limits.report.texts ? { [`text ${newSecret()}` as const]: text } : {}),
  };
  const add = { open: 1, total: 1, round: 0, [`reason ${reason}` as const]: 1 };
  const when = known ? allOf(...asRead) : absent('pk');
  const write = upsert('ReportCase', { groupId, subject }, { set, add }, when);
  return { hides, round, news: newsOf({ state, waits: !opens }, hides), write };
}

/**
 * The write that remembers a reporter to notify of the decision. It is no part of the case: the deciding person must
 * not see it.
 */
export const toBeTold = (
  { groupId, subject }: Pick<NewReport, 'groupId' | 'subject'>,
  accountId: string,
  round: number,
  now: number,
): Write =>
  upsert(
    'Reporter',
    { groupId, subject, accountId },
    { set: { round, expiresAt: ttl(now) + limits.report.tellSeconds } },
  );

/** The write that decides on a thing that nobody has reported: its case begins with the decision. */
export function decidedFirst(
  about: Pick<NewReport, 'groupId' | 'subject' | 'authorId'>,
  state: CaseState,
  by: string,
  now: number,
) {
  const at = { reportedAt: iso(now), decidedAt: iso(now) };
  const { authorId, ...rest } = about;
  const author = authorId === undefined ? {} : { authorId };
  return create('ReportCase', { ...rest, ...author, state, open: 0, total: 0, round: 1, ...at, decidedBy: by });
}

/** The write that decides a case, if nobody has decided it since it was read. */
export function closed({ groupId, subject, round }: ReportCaseItem, state: CaseState, by: string, now: number) {
  return patch(
    'ReportCase',
    { groupId, subject },
    { set: { state, open: 0, decidedAt: iso(now), decidedBy: by }, add: { round: 1 }, remove: ['waitingIn'] },
    is('round', round),
  );
}
