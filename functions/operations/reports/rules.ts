import { limits } from '../../../shared/product/limits.ts';
import type { CaseState } from './values.ts';

/**
 * Whether a report more hides a thing from all. After somebody looked at it and kept it, no number of reports does: they
 * bring it back to be decided, and a crowd does not overrule a decision.
 */
export const hidesAll = ({ state, open }: { readonly state: CaseState; readonly open: number }) =>
  state !== 'KEPT' && open + 1 >= limits.reportsToHide;

/** News of a report, by their name in `news.ts`. */
export type LeadersNews = 'received' | 'hidden';

/** The leader hears of a report that something waits to be looked at, and that the third has hidden it; no more. */
export function newsOf(
  { state, waits }: { readonly state: CaseState; readonly waits: boolean },
  hides: boolean,
): LeadersNews | undefined {
  if (hides) return state === 'HIDDEN' ? undefined : 'hidden';
  return waits ? undefined : 'received';
}

/** The state that a decision gives a case. */
export const decidedState = (decision: 'HIDE' | 'KEEP') => (decision === 'HIDE' ? 'HIDDEN' : 'KEPT');

/** Whether a decision decides anything: reports have come since the last one, or it was another. */
export const isOpenTo = (
  { state, waitingIn }: { readonly state: CaseState; readonly waitingIn?: string | undefined },
  decision: 'HIDE' | 'KEEP',
) => waitingIn !== undefined || state !== decidedState(decision);

/** The place where a case waits: nobody decides their own, so what the leader wrote is for administrators. */
export const waitingPlace = (groupId: string, authorId: string, leaderId: string) =>
  authorId === leaderId ? 'ADMIN' : groupId;
