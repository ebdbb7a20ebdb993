import { countDays, dayMs } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { GroupStatus, Kind } from '../core/values.ts';
import type { Settable } from './values.ts';

/**
 * Row 41: whether a leader may set a status. A group may change between recruiting and in progress, be completed from
 * any status, and be reopened. A group past its last day can only be completed.
 *
 * @param ended whether its last day is over
 */
export function maySet(from: GroupStatus, to: Settable, ended: boolean): boolean {
  if (from === to) return from !== 'COMPLETED' && !ended;
  if (to === 'COMPLETED') return true;
  return from !== 'FINISHED' && !ended;
}

/** Row 39: whether a group goes at once when it is disbanded. */
export const goesAtOnce = (kind: Kind, others: number) => kind === 'OPEN_ROOM' || others === 0;

/** Milliseconds since 1970 at which a group goes that is disbanded now. */
export const endOfGrace = (now: number) => now + limits.disbanding.graceDays * dayMs;

/** Row 40: the days that a group has run, with its first and today; none before it begins. */
export function daysRun(startDate: string, endDate: string, today: string): number {
  const last = today < endDate ? today : endDate;
  return last < startDate ? 0 : countDays(startDate, last);
}
