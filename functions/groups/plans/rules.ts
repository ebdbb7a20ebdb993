import { addDays, isoWeek, weekday } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { PlannedMission } from '../../activity/missions/founding.ts';

/** The last day of a group that is as long as a plan. */
export const lastDay = (first: string, days: number) => addDays(first, days - 1);

/** How often a mission could be certified from one day to another: once, or on its weekdays, as often a week as it asks. */
export function occasions(
  { kind, weekdays, timesPerWeek }: Pick<PlannedMission, 'kind' | 'weekdays' | 'timesPerWeek'>,
  first: string,
  last: string,
): number {
  if (kind === 'ONCE') return 1;
  const weeks = new Map<string, number>();
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const week = isoWeek(day);
    if (weekdays.includes(weekday(day))) weeks.set(week, Math.min(timesPerWeek, (weeks.get(week) ?? 0) + 1));
  }
  return [...weeks.values()].reduce((sum, times) => sum + times, 0);
}

/**
 * The percentage of members who did at least `limits.plan.diligentPercent` of the missions; null if there were none.
 */
export function diligentShare(done: readonly number[], expected: number): number | null {
  if (done.length === 0 || expected === 0) return null;
  const diligent = done.filter((times) => times * 100 >= expected * limits.plan.diligentPercent);
  return Math.round((diligent.length * 100) / done.length);
}
