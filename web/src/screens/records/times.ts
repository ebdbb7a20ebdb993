/** Times of a clock on a day of a group, whose days may begin later than midnight (row 137). */
import { inFields, instantOf, plusDays } from '../../app/days.ts';

export interface Clock {
  readonly timeZone: string;
  /** `HH:mm` */
  readonly dayStart: string;
}

/** Times before the beginning of a day are of its end: the calendar has them on the next day. */
const onCalendar = (day: string, time: string, { dayStart }: Clock) => (time < dayStart ? plusDays(day, 1) : day);

/** When something began and ended on a day. It may end with the day. */
export const timesOn = (day: string, from: string, until: string, clock: Clock) => ({
  startedAt: instantOf(onCalendar(day, from, clock), from, clock.timeZone),
  endedAt: instantOf(
    until === clock.dayStart ? plusDays(day, 1) : onCalendar(day, until, clock),
    until,
    clock.timeZone,
  ),
});

const tenMinutes = 600_000;
const usual = { from: '19:00', until: '20:30' };

/** What the fields begin with: today the last hour and a half, on other days when one climbed last. */
export function timesAtFirst(
  isToday: boolean,
  last: { readonly startedAt: string; readonly endedAt: string } | undefined,
  { timeZone, dayStart }: Clock,
): { readonly from: string; readonly until: string } {
  const timeOf = (instant: number | string) => inFields(new Date(instant).toISOString(), timeZone).time;
  if (!isToday) return last ? { from: timeOf(last.startedAt), until: timeOf(last.endedAt) } : usual;
  const now = Math.floor(Date.now() / tenMinutes) * tenMinutes;
  const [from, until] = [timeOf(now - 9 * tenMinutes), timeOf(now)];
  // Soon after the day has begun, that would be yesterday.
  const since = (time: string) => (minutesOf(time) - minutesOf(dayStart) + wholeDay) % wholeDay;
  return since(from) < since(until) ? { from, until } : { from: dayStart, until };
}

const wholeDay = 24 * 60;
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
