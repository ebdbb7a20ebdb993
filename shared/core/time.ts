/**
 * Instants, local days and ISO weeks. An instant is milliseconds since 1970; a day is the text `YYYY-MM-DD` of a wall
 * calendar in an IANA zone; a week is `YYYY-Www`, Monday to Sunday. Days compare as texts.
 */
import { getISO } from 'temporal-polyfill/fns/Calendar';
import * as Instant from 'temporal-polyfill/fns/Instant';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';

/** What a day of 24 hours has; days on a wall calendar may have more or less (`addDays`, `countDays`). */
export const dayMs = 86_400_000;
export const daySeconds = 86_400;

/** ISO 8601 in UTC with milliseconds: how instants stand in items and answers. */
export const iso = (time: number) => new Date(time).toISOString();
/** The instant of an ISO text, in milliseconds since 1970; NaN where the text is none. */
export const fromIso = (text: string) => Date.parse(text);
/**
 * The instant so many times 24 hours later, whatever clocks on walls do; ISO text in, ISO text out.
 *
 * @example daysAfter('2026-11-20T09:00:00.000Z', 3) // '2026-11-23T09:00:00.000Z'
 */
export const daysAfter = (instant: string, days: number) => iso(fromIso(instant) + days * dayMs);
/** DynamoDB's TTL of an instant in milliseconds: whole seconds since 1970, rounded up so that nothing ends early. */
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

// Temporal as functions: what is not used is not in a bundle (22 KB; its classes are 57).
const dayOf = (day: string) => PlainDate.fromString(day, getISO);

interface Offset {
  readonly ms: number;
  /** The instants between which it holds. */
  readonly from: number;
  readonly until: number;
}

/** The offset of each zone that was asked for last: asking Temporal costs some 50 us, and a list asks for every group. */
const offsets = new Map<string, Offset>();

function offsetFrom(time: number, zone: string): Offset {
  const known = offsets.get(zone);
  if (known && known.from <= time && time < known.until) return known;
  const there = Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(time), zone);
  const ms = ZonedDateTime.offsetNanoseconds(there) / 1e6;
  const until = ZonedDateTime.getTimeZoneTransition(there, 'next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  const found = { ms, from: time, until };
  // Bounded, as a zone may be written in any case.
  if (offsets.size < 1000) offsets.set(zone, found);
  return found;
}

/** What the clock and calendar on the wall show in a zone at an instant, as ISO 8601 without an offset. */
const wall = (time: number, zone: string) => new Date(time + offsetFrom(time, zone).ms).toISOString();

/**
 * The calendar day on the wall in a zone at an instant.
 *
 * @example localDay(Date.parse('2026-11-20T15:00:00Z'), 'Asia/Seoul') // '2026-11-21'
 */
export const localDay = (time: number, zone: string) => wall(time, zone).slice(0, 10);

/**
 * What the clock on the wall shows in a zone at an instant, `HH:MM`.
 *
 * @example localTime(Date.parse('2026-11-20T15:30:00Z'), 'Asia/Seoul') // '00:30'
 */
export const localTime = (time: number, zone: string) => wall(time, zone).slice(11, 16);

/** The instant at which a day begins in a zone: midnight, or the first moment there is where a clock skips midnight. */
export const startOfDay = (day: string, zone: string) =>
  PlainDate.toZonedDateTime(dayOf(day), { timeZone: zone }).epochMilliseconds;

/**
 * The first instant at which the wall in a zone shows a time of a day, or, where a clock skips that time, the first
 * instant after the gap. A time that a clock shows twice is the earlier of the two.
 *
 * @param time `HH:MM`
 * @example iso(instantOf('2026-11-21', '00:30', 'Asia/Seoul')) // '2026-11-20T15:30:00.000Z'
 */
export function instantOf(day: string, time: string, zone: string): number {
  const shown = fromIso(`${day}T${time}:00.000Z`);
  // From one change of the clock to the next the wall goes on evenly.
  for (let from = startOfDay(day, zone); ; ) {
    const { ms, until } = offsetFrom(from, zone);
    const found = Math.max(from, shown - ms);
    if (found < until) return found;
    from = until;
  }
}

/**
 * The next instant, after one, at which the wall in a zone shows a time: today's, or tomorrow's. Reckoned from the wall
 * each time, never by adding 24 hours.
 *
 * @param now milliseconds since 1970
 * @param time `HH:MM`
 */
export function nextWall(now: number, time: string, zone: string): number {
  for (let day = localDay(now, zone); ; day = addDays(day, 1)) {
    const next = instantOf(day, time, zone);
    if (next > now) return next;
  }
}

/**
 * A day so many days later (or, negative, earlier).
 *
 * @example addDays('2028-02-28', 1) // '2028-02-29'
 */
export const addDays = (day: string, days: number) => PlainDate.toString(PlainDate.addDays(dayOf(day), days));

/**
 * How many days there are from one to another, both counted.
 *
 * @example countDays('2026-11-20', '2026-11-21') // 2
 */
export const countDays = (first: string, last: string) =>
  Math.round((Date.parse(last) - Date.parse(first)) / dayMs) + 1;

/** The weekday of a day: 1 Monday to 7 Sunday. */
export const weekday = (day: string) => PlainDate.dayOfWeek(dayOf(day));

/** The Monday of the week that a day is in. */
export const weekStart = (day: string) => addDays(day, 1 - weekday(day));

/**
 * The ISO week a day is in; its year is the week's own, not always the calendar's.
 *
 * @example isoWeek('2027-01-01') // '2026-W53'
 */
export function isoWeek(day: string): string {
  const date = dayOf(day);
  return `${PlainDate.yearOfWeek(date)}-W${String(PlainDate.weekOfYear(date)).padStart(2, '0')}`;
}
