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

/** Zones asked for before: making a format to ask the runtime costs some 80 us. Bounded, as it takes any case of a name. */
const zoneNames = new Map<string, string>();

/** A zone's name as the IANA database writes it, or undefined for what is no zone. */
function zoneNamed(text: string): string | undefined {
  const known = zoneNames.get(text);
  if (known || !/^[A-Za-z]/.test(text)) return known;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
    if (zoneNames.size < 1000) zoneNames.set(text, timeZone);
    return timeZone;
  } catch {
    return undefined;
  }
}

/** Whether a text names a zone that this runtime knows, e.g. `Asia/Seoul`. Offsets such as `+09:00` are no zones. */
export const isTimeZone = (zone: string) => zoneNamed(zone) !== undefined;

/** A zone as the IANA database writes it: `asia/seoul` is `Asia/Seoul`. What is no zone stays as it is. */
export const canonicalZone = (zone: string) => zoneNamed(zone) ?? zone;

/**
 * The calendar day on the wall in a zone at an instant.
 *
 * @example localDay(Date.parse('2026-11-20T15:00:00Z'), 'Asia/Seoul') // '2026-11-21'
 */
export const localDay = (time: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone).toPlainDate().toString();

/**
 * What the clock on the wall shows in a zone at an instant, `HH:MM`.
 *
 * @example localTime(Date.parse('2026-11-20T15:30:00Z'), 'Asia/Seoul') // '00:30'
 */
export const localTime = (time: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone).toPlainTime().toString().slice(0, 5);

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
