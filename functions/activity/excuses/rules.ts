import { addDays, countDays } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { ExcuseState } from './values.ts';

interface Range {
  readonly from: string;
  readonly until: string;
}

/** Row 119: what is wrong with a range of days: it begins three days ago at the earliest, and has 31 days at most. */
export function rangeError(
  { from, until }: Range,
  today: string,
): { readonly pointer: string; readonly reason: 'excuseFrom' | 'excuseUntil' } | undefined {
  const { daysBack, daysAhead, mostDays } = limits.excuse;
  if (from < addDays(today, -daysBack) || from > addDays(today, daysAhead))
    return { pointer: '/from', reason: 'excuseFrom' };
  return until < from || countDays(from, until) > mostDays ? { pointer: '/until', reason: 'excuseUntil' } : undefined;
}

/** How many days of a range are in each month. */
export function daysByMonth({ from, until }: Range): ReadonlyMap<string, number> {
  const months = new Map<string, number>();
  for (let day = from; day <= until; day = addDays(day, 1))
    months.set(day.slice(0, 7), (months.get(day.slice(0, 7)) ?? 0) + 1);
  return months;
}

/** Row 119: whether a range needs no grant: no month has more than ten such days, and the group asks for none. */
export const isFree = (range: Range, used: (month: string) => number, needsApproval: boolean): boolean =>
  !needsApproval && [...daysByMonth(range)].every(([month, days]) => used(month) + days <= limits.excuse.freeDays);

/** Whether an excuse can be taken back: one that waits, and one that has not begun. */
export const mayTakeBack = ({ state, from }: Range & { readonly state: ExcuseState }, today: string): boolean =>
  state === 'PENDING' || (state === 'GRANTED' && from > today);

export const overlaps = (a: Range, b: Range): boolean => a.from <= b.until && b.from <= a.until;
