import { limits } from '../../../shared/product/limits.ts';
import type { CaseDecision, CaseState } from './values.ts';

/**
 * Whether one more report hides a thing from everyone. A thing that a decision has kept is not hidden by reports any
 * more: they only ask for another decision, because a crowd must not overrule one.
 */
export const hidesAll = ({ state, open }: { readonly state: CaseState; readonly open: number }) =>
  state !== 'KEPT' && open + 1 >= limits.reportsToHide;

/** News of a report, by their name in `news.ts`. */
export type LeadersNews = 'received' | 'hidden';

/** The news of a report for the leader: that something waits for a decision, or that the third report has hidden it. */
export function newsOf(
  { state, waits }: { readonly state: CaseState; readonly waits: boolean },
  hides: boolean,
): LeadersNews | undefined {
  if (hides) return state === 'HIDDEN' ? undefined : 'hidden';
  return waits ? undefined : 'received';
}

/** Whether what was reported is a thing of a group. Plans and private messages are not, and administrators decide on them. */
export const isOfGroup = (subject: string) => !subject.startsWith('plan:') && !subject.startsWith('privateMessage:');

/** The state that a decision gives a case. */
export const decidedState = (decision: CaseDecision) => (decision === 'HIDE' ? 'HIDDEN' : 'KEPT');

/** Whether a decision changes anything: reports came after the last decision, or the last decision was another. */
export const isOpenTo = (
  { state, waitingIn }: { readonly state: CaseState; readonly waitingIn?: string | undefined },
  decision: CaseDecision,
) => waitingIn !== undefined || state !== decidedState(decision);

/** Where a case waits. Nobody decides on their own things, so a thing of the leader waits for administrators. */
export const waitingPlace = (groupId: string, authorId: string, leaderId: string) =>
  authorId === leaderId ? 'ADMIN' : groupId;
