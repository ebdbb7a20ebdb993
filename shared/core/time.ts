/**
 * Instants, local days and ISO weeks. An instant is milliseconds since 1970; a day is the text `YYYY-MM-DD` of a wall
 * calendar in an IANA zone; a week is `YYYY-Www`, Monday to Sunday. Days compare as texts.
 */
import { Temporal } from 'temporal-polyfill';

/** ISO 8601 in UTC with milliseconds: how instants stand in items and answers. */
export const iso = (time: number) => new Date(time).toISOString();
/** The instant of an ISO text. */
export const fromIso = (text: string) => Date.parse(text);
/** DynamoDB's TTL: whole seconds, rounded up so that nothing ends early. */
export const ttl = (time: number) => Math.ceil(time / 1000);

/** Zones that were found before: asking the runtime costs some 80 us. Bounded, because case does not matter to it. */
const knownZones = new Set<string>();

/** Whether a text names a zone that this runtime knows, e.g. `Asia/Seoul`. Offsets such as `+09:00` are no zones. */
export function isTimeZone(zone: string): boolean {
  if (knownZones.has(zone)) return true;
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    if (knownZones.size < 1000) knownZones.add(zone);
    return true;
  } catch {
    return false;
  }
}

/** A zone as the IANA database writes it: `asia/seoul` is `Asia/Seoul`. What is no zone stays as it is. */
export const canonicalZone = (zone: string) =>
  isTimeZone(zone) ? new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone : zone;

/**
 * The calendar day on the wall in a zone at an instant.
 *
 * @example localDay(Date.parse('2026-11-20T15:00:00Z'), 'Asia/Seoul') // '2026-11-21'
 */
export const localDay = (time: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone).toPlainDate().toString();

/** The instant at which a day begins in a zone: midnight, or the first moment there is where a clock skips midnight. */
export const startOfDay = (day: string, zone: string) =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone }).epochMilliseconds;

/** A day so many days later (or, negative, earlier). */
export const addDays = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString();

/** 1 Monday to 7 Sunday. */
export const weekday = (day: string) => Temporal.PlainDate.from(day).dayOfWeek;

/** The ISO week a day is in, `2026-W47`; its year is the week's own, not always the calendar's. */
export function isoWeek(day: string): string {
  const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(day);
  return `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`;
}
