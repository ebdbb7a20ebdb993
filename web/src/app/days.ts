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

/** Today with its weekday, where the person is. */
export const longDay = (locale: string) =>
  format(locale, { month: 'long', day: 'numeric', weekday: 'long' }).format(new Date());

/** The day of an instant, where the person is. */
export const fullDay = (instant: string, locale: string) =>
  format(locale, { dateStyle: 'long' }).format(new Date(instant));

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
