/** Days as the wall calendar of a group has them, without a library: `Intl` knows the zones. */
const formats = new Map<string, Intl.DateTimeFormat>();
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const found = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, found);
  return found;
}

const dayNumber = (day: string) => Date.parse(`${day}T00:00Z`) / 86_400_000;
const dateOf = (day: string) => new Date(`${day}T00:00Z`);

/**
 * Today as `2027-03-01`.
 *
 * @param dayStart when the days of a group begin, `HH:mm`: before it, it is still the day before
 */
export function today(timeZone: string, now = new Date(), dayStart = '00:00'): string {
  const day = format('sv-SE', { timeZone }).format(now);
  if (dayStart === '00:00') return day;
  const time = format('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' }).format(now);
  return time < dayStart ? plusDays(day, -1) : day;
}

/** Days from one to the other; negative if it has passed. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

/** The day so many days later. */
export const plusDays = (day: string, days: number): string =>
  new Date((dayNumber(day) + days) * 86_400_000).toISOString().slice(0, 10);

/** `3월 1일`, `Mar 1`. */
export const shortDay = (day: string, locale: string) =>
  format(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(dateOf(day));

/** The seven days from Monday to Sunday that hold this day. */
export function weekOf(day: string): string[] {
  const number = dayNumber(day);
  const monday = number - ((number + 3) % 7);
  return Array.from({ length: 7 }, (_, at) => new Date((monday + at) * 86_400_000).toISOString().slice(0, 10));
}

/** The days of a week as one letter: `월`, `M`. */
export const weekday = (day: string, locale: string) =>
  format(locale, { weekday: 'narrow', timeZone: 'UTC' }).format(dateOf(day));
export const weekdayName = (day: string, locale: string) =>
  format(locale, { weekday: 'long', timeZone: 'UTC' }).format(dateOf(day));

/** `3월 2일 (월)`, `Mon, Mar 2`. */
export const dayWithWeekday = (day: string, locale: string) =>
  format(locale, { month: 'short', day: 'numeric', weekday: 'short', timeZone: 'UTC' }).format(dateOf(day));

/** Today with its weekday, where the person is. */
export const longDay = (locale: string) =>
  format(locale, { month: 'long', day: 'numeric', weekday: 'long' }).format(new Date());

/** The day of an instant, where the person is. */
export const fullDay = (instant: string, locale: string) =>
  format(locale, { dateStyle: 'long' }).format(new Date(instant));

/** The end of a pause, where the person is: a day that it goes through to its end, or the day with the time. */
export function untilWhen(instant: string, locale: string): string {
  const end = new Date(instant);
  const isMidnight = end.getHours() === 0 && end.getMinutes() === 0;
  const day = { month: 'long', day: 'numeric' } as const;
  if (isMidnight) return format(locale, day).format(new Date(end.getTime() - 1));
  return format(locale, { ...day, hour: 'numeric', minute: '2-digit' }).format(end);
}

/** A time of a clock, `20:00`, as one says it. */
export const clockTime = (time: string, locale: string) =>
  format(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(new Date(`2026-01-01T${time}Z`));

/** Seconds of each unit, and up to how many seconds it is used. */
const units = [
  ['minute', 60, 3600],
  ['hour', 3600, 86_400],
  ['day', 86_400, 604_800],
] as const;

/** `3분 전`, `yesterday`: as one says it; after a week the day. */
export function ago(instant: string, locale: string): string {
  const seconds = (Date.now() - Date.parse(instant)) / 1000;
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  if (seconds < 60) return relative.format(0, 'second');
  const unit = units.find(([, , below]) => seconds < below);
  if (unit) return relative.format(-Math.round(seconds / unit[1]), unit[0]);
  return format(locale, { month: 'short', day: 'numeric' }).format(new Date(instant));
}

/** `3월 8일 오후 9:00`, where the group is. */
export const dayAndTime = (instant: string, timeZone: string, locale: string) =>
  format(locale, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZone }).format(
    new Date(instant),
  );

/** `오후 7:30`, where the group is. */
export const timeAt = (instant: string, timeZone: string, locale: string) =>
  format(locale, { hour: 'numeric', minute: '2-digit', timeZone }).format(new Date(instant));

/** The day and the time of an instant as two fields of a form have them, where the group is. */
export const inFields = (instant: string, timeZone: string) => ({
  day: today(timeZone, new Date(instant)),
  time: format('sv-SE', { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(instant)),
});

/** The instant at which clocks of a zone show a day and a time: the guess is moved until they do. */
export function instantOf(day: string, time: string, timeZone: string): string {
  const wanted = Date.parse(`${day}T${time}Z`);
  let guess = wanted;
  for (let n = 0; n < 2; n++) {
    const shown = inFields(new Date(guess).toISOString(), timeZone);
    guess += wanted - Date.parse(`${shown.day}T${shown.time}Z`);
  }
  return new Date(guess).toISOString();
}

/** The month so many months later: `2026-03`. */
export const monthAround = (month: string, months: number): string =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + months)).toISOString().slice(0, 7);
