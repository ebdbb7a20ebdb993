/**
 * Instants, local days and ISO weeks. An instant is milliseconds since 1970. A day is the text `YYYY-MM-DD` of the
 * local calendar in an IANA zone. A week is `YYYY-Www`, Monday to Sunday. Days can be compared as texts.
 */
import { getISO } from 'temporal-polyfill/fns/Calendar';
import * as Instant from 'temporal-polyfill/fns/Instant';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';

/** Milliseconds in a day of 24 hours. Local calendar days may be longer or shorter (`addDays`, `countDays`). */
export const dayMs = 86_400_000;
export const daySeconds = 86_400;
/** Milliseconds in a minute. */
export const minuteMs = 60_000;
export const hourMs = 3_600_000;

/** ISO 8601 in UTC with milliseconds: the form of instants in items and answers. */
export const iso = (time: number) => new Date(time).toISOString();
/** The instant of an ISO text, in milliseconds since 1970; NaN if the text is no instant. */
export const fromIso = (text: string) => Date.parse(text);
/**
 * The instant that many times 24 hours later, regardless of local clocks. ISO text in, ISO text out.
 *
 * @example daysAfter('2026-11-20T09:00:00.000Z', 3) // '2026-11-23T09:00:00.000Z'
 */
export const daysAfter = (instant: string, days: number) => iso(fromIso(instant) + days * dayMs);
/** An instant in milliseconds as DynamoDB's TTL: whole seconds since 1970, rounded up so that nothing expires early. */
export const ttl = (time: number) => Math.ceil(time / 1000);

/**
 * Zones that were found before: creating a format to ask the runtime costs about 80 us. The set is bounded, as a name may be
 * written in any case.
 */
const zones = new Set<string>();

/**
 * Whether the runtime knows a zone, e.g. `Asia/Seoul`. Offsets such as `+09:00` are no zones. A zone is stored and shown
 * as people write it: the runtime calls `Europe/Kyiv` by its old name, and computes with either.
 */
export function isTimeZone(text: string): boolean {
  if (zones.has(text)) return true;
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
  } catch {
    return false;
  }
  if (zones.size < 1000) zones.add(text);
  return true;
}

// Temporal as functions: a bundler can drop unused functions (22 KB remain; the classes need 57 KB).
const dayOf = (day: string) => PlainDate.fromString(day, getISO);

interface Offset {
  readonly ms: number;
  /** The instants between which the offset applies. */
  readonly from: number;
  readonly until: number;
}

/** The latest offset of each zone: asking Temporal costs about 50 us, and a list asks for every group. */
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

/** The local date and time in a zone at an instant, as ISO 8601 without an offset. */
const wall = (time: number, zone: string) => new Date(time + offsetFrom(time, zone).ms).toISOString();

/**
 * The local calendar day in a zone at an instant.
 *
 * @example localDay(Date.parse('2026-11-20T15:00:00Z'), 'Asia/Seoul') // '2026-11-21'
 */
export const localDay = (time: number, zone: string) => wall(time, zone).slice(0, 10);

/**
 * The local time of day in a zone at an instant, `HH:MM`.
 *
 * @example localTime(Date.parse('2026-11-20T15:30:00Z'), 'Asia/Seoul') // '00:30'
 */
export const localTime = (time: number, zone: string) => wall(time, zone).slice(11, 16);

/** The instant at which a day begins in a zone: midnight, or the first existing moment if the clocks skip midnight. */
export const startOfDay = (day: string, zone: string) =>
  PlainDate.toZonedDateTime(dayOf(day), { timeZone: zone }).epochMilliseconds;

/**
 * The instant at which a clock in a zone shows a time of a day. If a clock skips that time, it is the first instant after
 * the gap. If a clock shows it twice, it is the earlier instant.
 *
 * @param time `HH:MM`
 * @example iso(instantOf('2026-11-21', '00:30', 'Asia/Seoul')) // '2026-11-20T15:30:00.000Z'
 */
export function instantOf(day: string, time: string, zone: string): number {
  const shown = fromIso(`${day}T${time}:00.000Z`);
  // The offset is constant from one change of the clock to the next.
  for (let from = startOfDay(day, zone); ; ) {
    const { ms, until } = offsetFrom(from, zone);
    const found = Math.max(from, shown - ms);
    if (found < until) return found;
    from = until;
  }
}

/**
 * The day a number of days later (earlier if negative).
 *
 * @example addDays('2028-02-28', 1) // '2028-02-29'
 */
export const addDays = (day: string, days: number) => PlainDate.toString(PlainDate.addDays(dayOf(day), days));

/**
 * The number of days from one day to another, both included.
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
 * The ISO week of a day. The year is that of the week, which may differ from the calendar year.
 *
 * @example isoWeek('2027-01-01') // '2026-W53'
 */
export function isoWeek(day: string): string {
  const date = dayOf(day);
  return `${PlainDate.yearOfWeek(date)}-W${String(PlainDate.weekOfYear(date)).padStart(2, '0')}`;
}
