import type { Role } from '../../../shared/access/powers.ts';
import { addDays, weekday } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { Approval } from '../../groups/core/values.ts';
import type { Way } from '../missions/values.ts';
import type { Status } from './values.ts';

/** Row 54: how a new or edited certification starts. What the leader does needs nobody's approval. */
export const initialStatus = (approval: Approval, role: Role): Status =>
  approval === 'AUTO' || role === 'LEADER' ? 'APPROVED' : 'WAITING';

/** Row 55: a certification that is not approved is for its author and those who judge it. */
export const mayView = (
  certification: { readonly status: Status; readonly accountId: string },
  viewerId: string,
  judges: boolean,
) => certification.status === 'APPROVED' || certification.accountId === viewerId || judges;

/** Which states a list may ask for: one's own all, others' only what one may view. */
export const mayList = (status: Status, own: boolean, judges: boolean) => own || status === 'APPROVED' || judges;

/** Row 84: hidden if the viewer has blocked the author. Those who judge go on seeing it, because it waits for them. */
export const isHidden = (
  { accountId }: { readonly accountId: string },
  blocked: ReadonlySet<string>,
  judges: boolean,
) => !judges && blocked.has(accountId);

/** Table 2.9: WAITING → APPROVED | DENIED, DENIED → APPROVED. Everything else was decided before. */
export const mayDecide = (from: Status, to: 'APPROVED' | 'DENIED') =>
  from === 'WAITING' || (from === 'DENIED' && to === 'APPROVED');

/** Row 57: its author, or who may remove others'. */
export const mayDelete = (certification: { readonly accountId: string }, viewerId: string, removes: boolean) =>
  certification.accountId === viewerId || removes;

/** Row 67: what a change of state does to the author's bricks: +1 into APPROVED, -1 out of it. `undefined` is "not there". */
export function brickChange(from: Status | undefined, to: Status | undefined): 1 | 0 | -1 {
  const before = from === 'APPROVED';
  const after = to === 'APPROVED';
  return before === after ? 0 : after ? 1 : -1;
}

/** When a group takes certifications. */
interface OpeningHours {
  readonly startDate: string;
  readonly endDate: string;
  /** Whether it opens with its first day and closes a day after its last; else it is open until it is finished. */
  readonly closes: boolean;
  /** Whether its leader has ended it: then it takes none, whatever the day. */
  readonly over: boolean;
}

/** Rows 42, 51: certifications are taken while the group is open, on the weekdays of the mission. */
export function isOpenOn(
  today: string,
  { startDate, endDate, closes, over }: OpeningHours,
  mission: { readonly weekdays: readonly number[] },
): boolean {
  const opens = closes ? startDate : '';
  const last = closes ? addDays(endDate, limits.openDaysAfterEnd) : endDate;
  return !over && today >= opens && today <= last && mission.weekdays.includes(weekday(today));
}

/** Row 51: whether there is what a mission asks for as evidence. */
export function hasEvidence(way: Way, given: { text: string; link: string | undefined; images: number }) {
  if (way === 'PHOTO') return given.images > 0;
  if (way === 'LINK') return given.link !== undefined;
  return given.text !== '';
}
