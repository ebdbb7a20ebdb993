/** Times on walls around every change of a clock, 2024-2030, in all zones that the runtime knows. */
import * as Instant from 'temporal-polyfill/fns/Instant';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import { addDays, instantOf, iso, localDay, startOfDay, weekday, weekStart } from '../../shared/core/time.ts';

const [first, last] = [Date.parse('2024-01-01T00:00Z'), Date.parse('2031-01-01T00:00Z')];
const minute = 60_000;
const hour = 60 * minute;

/** The instants at which the clocks of a zone are changed. */
function changesOf(zone: string): number[] {
  const changes: number[] = [];
  for (let at = first; ; ) {
    const there = Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(at), zone);
    const next = ZonedDateTime.getTimeZoneTransition(there, 'next')?.epochMilliseconds ?? last;
    if (next >= last) return changes;
    changes.push(next);
    at = next;
  }
}

/** What the wall shows, as the runtime's own tables tell it, without Temporal: `2026-11-21T00:30`. */
function wallOf(zone: string): (time: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return (time) => format.format(time).replace(' ', 'T');
}

const zones = Intl.supportedValuesOf('timeZone');
const changing = zones.map((zone) => ({ zone, changes: changesOf(zone) })).filter(({ changes }) => changes.length > 0);
const times = ['00:00', '00:15', '01:30', '02:00', '02:45', '03:00', '23:30'];

test('there are zones whose clocks change, and those with odd offsets are among all', () => {
  expect(changing.length).toBeGreaterThan(100);
  expect(changing.map(({ zone }) => zone)).toContain('Australia/Lord_Howe');
  for (const zone of ['Asia/Katmandu', 'Pacific/Apia', 'Pacific/Chatham']) expect(zones).toContain(zone);
});

test('a day is the one on the wall, and begins with the first instant at which the wall shows it', () => {
  for (const { zone, changes } of changing) {
    const wall = wallOf(zone);
    for (const change of changes)
      for (const at of [change - 25 * hour, change - 1, change, change + 25 * hour]) {
        const day = localDay(at, zone);
        const start = startOfDay(day, zone);
        const seen = [wall(at), wall(start), wall(start - 1)].map((text) => text.slice(0, 10));
        expect([zone, seen[0], seen[1], seen[2]! < day, start <= at]).toEqual([zone, day, day, true, true]);
      }
  }
});

test('a wall time is the first instant of its day at which the wall shows it or later', () => {
  for (const { zone, changes } of changing) {
    const wall = wallOf(zone);
    for (const change of changes)
      for (const day of [localDay(change - 1, zone), localDay(change, zone)])
        for (const time of times) {
          const text = `${day}T${time}`;
          const found = instantOf(day, time, zone);
          const seen = wall(found);
          // Where a clock skips it, the time is the moment of the change.
          if (seen !== text) expect([zone, text, found === change, seen > text]).toEqual([zone, text, true, true]);
          const start = startOfDay(day, zone);
          const before = [1, 2, 3, 4, 5, 6, 8, 12].map((n) => found - n * 15 * minute).filter((at) => at >= start);
          expect([zone, text, before.filter((at) => wall(at) >= text)]).toEqual([zone, text, []]);
        }
  }
});

test.each([
  ['2026-11-21', '00:30', 'Asia/Seoul', '2026-11-20T15:30:00.000Z', 'no summer time'],
  ['2026-11-21', '09:00', 'Asia/Kathmandu', '2026-11-21T03:15:00.000Z', 'a quarter of an hour'],
  ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:00:00.000Z', 'skipped: a day of 23 hours'],
  ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00.000Z', 'twice: a day of 25 hours'],
  ['2026-03-29', '00:15', 'Asia/Beirut', '2026-03-28T22:00:00.000Z', 'midnight is skipped'],
  ['2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z', 'twice by half an hour'],
  ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z', 'half an hour is skipped'],
  ['2011-12-31', '08:00', 'Pacific/Apia', '2011-12-30T18:00:00.000Z', 'the day before is left out'],
])('%s %s in %s is %s (%s)', (day, time, zone, instant) => {
  expect(iso(instantOf(day, time, zone))).toBe(instant);
});

test('a week starts on its Monday', () => {
  for (let n = 0, day = '2024-01-01'; n < 800; n++, day = addDays(day, 1)) {
    const monday = weekStart(day);
    expect([weekday(monday), monday <= day, addDays(monday, 7) > day]).toEqual([1, true, true]);
  }
});
