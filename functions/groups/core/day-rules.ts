/** The days of a group (row 137): they begin when its clock shows `dayStart`, midnight unless it says otherwise. Pure. */
import { addDays, instantOf, localDay, startOfDay } from '../../../shared/core/time.ts';

export interface GroupDays {
  readonly timeZone: string;
  /** `HH:MM`, 00:00 to 06:00; absent for midnight. */
  readonly dayStart?: string | undefined;
  /** What takes its place from a Monday on. */
  readonly nextDayStart?: { readonly from: string; readonly at: string } | undefined;
}

const midnight = '00:00';

/** The time of the clock at which a day begins. */
export const dayStartOn = ({ dayStart = midnight, nextDayStart }: GroupDays, day: string): string =>
  nextDayStart && day >= nextDayStart.from ? nextDayStart.at : dayStart;

/** The instant at which a day of a group begins, in milliseconds since 1970. */
export function dayBegins(day: string, days: GroupDays): number {
  const start = dayStartOn(days, day);
  return start === midnight ? startOfDay(day, days.timeZone) : instantOf(day, start, days.timeZone);
}

/**
 * The day that it is in a group. It is decided by instants, not by what the clock shows: a clock that is set back does not
 * bring yesterday back.
 *
 * @param now milliseconds since 1970
 * @example groupDay(Date.parse('2026-03-02T18:59:00Z'), { timeZone: 'Asia/Seoul', dayStart: '04:00' }) // '2026-03-02'
 */
export function groupDay(now: number, days: GroupDays): string {
  const day = localDay(now, days.timeZone);
  if (dayStartOn(days, day) === midnight) return day;
  return now < dayBegins(day, days) ? addDays(day, -1) : day;
}
