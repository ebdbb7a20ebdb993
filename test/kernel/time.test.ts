import fc from 'fast-check';
import {
  addDays,
  fromIso,
  iso,
  isoWeek,
  isTimeZone,
  localDay,
  localTime,
  startOfDay,
  ttl,
  weekday,
} from '../../shared/core/time.ts';

const zones = [
  'Asia/Seoul',
  'UTC',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'America/New_York',
  'Europe/Berlin',
  'Europe/London',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Beirut',
  'America/Havana',
  'Pacific/Kiritimati',
  'Pacific/Chatham',
  'America/St_Johns',
  'America/Asuncion',
];
const clocks = new Map(
  zones.map((zone) => [
    zone,
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }),
  ]),
);
/** The wall's calendar as the runtime's own tables tell it, without Temporal. */
const wallDay = (time: number, zone: string) => clocks.get(zone)!.format(time);

const hour = 3_600_000;
const zone = fc.constantFrom(...zones);
const instant = fc.integer({ min: Date.parse('2005-01-01T00:00Z'), max: Date.parse('2045-01-01T00:00Z') });
const day = fc
  .integer({ min: 12_000, max: 27_000 })
  .map((days) => new Date(days * 24 * hour).toISOString().slice(0, 10));

test('a local day is the one on the wall', () => {
  fc.assert(
    fc.property(instant, zone, (time, where) => {
      expect(localDay(time, where)).toBe(wallDay(time, where));
    }),
    { numRuns: 1_500 },
  );
});

test.each([
  ['2026-11-20T15:30:00.999Z', 'Asia/Seoul', '00:30'],
  ['2026-11-20T15:00:00Z', 'UTC', '15:00'],
  ['2026-11-20T03:59:59Z', 'Asia/Kathmandu', '09:44'],
  // Half past two is there twice on this day.
  ['2026-10-25T00:30:00Z', 'Europe/Paris', '02:30'],
  ['2026-10-25T01:30:00Z', 'Europe/Paris', '02:30'],
])('at %s the wall in %s shows %s', (instant, zone, time) => {
  expect(localTime(Date.parse(instant), zone)).toBe(time);
});

test('a day starts at the first instant at which the wall shows it', () => {
  fc.assert(
    fc.property(instant, zone, (time, where) => {
      const today = localDay(time, where);
      const start = startOfDay(today, where);

      expect(start).toBeLessThanOrEqual(time);
      expect(wallDay(start, where)).toBe(today);
      expect(wallDay(start - 1, where) < today).toBe(true);
    }),
    { numRuns: 1_500 },
  );
});

test.each([
  ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', 'midnight is skipped: the day starts at one'],
  ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z', 'eleven to midnight comes twice before it'],
  ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 'the day before is left out'],
  ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00.000Z', 'the clock goes forward at midnight'],
  ['2026-11-21', 'Asia/Seoul', '2026-11-20T15:00:00.000Z', 'no summer time'],
  ['2026-11-21', 'Asia/Kathmandu', '2026-11-20T18:15:00.000Z', 'a quarter of an hour'],
])('%s in %s starts at %s (%s)', (today, where, start) => {
  expect(iso(startOfDay(today, where))).toBe(start);
});

test('days are added on the calendar, whatever clocks do', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -400, max: 400 }), (from, days) => {
      const expected = new Date(Date.parse(`${from}T00:00Z`) + days * 24 * hour).toISOString().slice(0, 10);
      expect(addDays(from, days)).toBe(expected);
    }),
  );
});

test('a week is that of its Thursday', () => {
  fc.assert(
    fc.property(day, (today) => {
      const midnight = Date.parse(`${today}T00:00Z`);
      const number = new Date(midnight).getUTCDay() || 7;
      const thursday = new Date(midnight + (4 - number) * 24 * hour);
      const week = Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / (7 * 24 * hour)) + 1;

      expect(weekday(today)).toBe(number);
      expect(isoWeek(today)).toBe(`${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['2020-12-31', '2020-W53'],
  ['2021-01-03', '2020-W53'],
  ['2021-01-04', '2021-W01'],
  ['2026-01-01', '2026-W01'],
  ['2025-12-29', '2026-W01'],
  ['2026-12-31', '2026-W53'],
  ['2027-01-01', '2026-W53'],
  ['2027-01-04', '2027-W01'],
  ['2024-12-30', '2025-W01'],
])('%s is in week %s', (today, week) => {
  expect(isoWeek(today)).toBe(week);
});

test.each([
  ['Asia/Seoul', true],
  ['America/Argentina/Buenos_Aires', true],
  ['UTC', true],
  ['Europe/Kyiv', true],
  ['asia/seoul', true],
  ['+09:00', false],
  ['-0300', false],
  ['', false],
  ['Mars/Olympus', false],
  ['Asia/Seoul\n', false],
])('%j is a time zone: %s', (text, known) => {
  expect(isTimeZone(text)).toBe(known);
});

test('no text makes asking for a time zone fail, and what is one has days', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), zone), (text) => {
      if (isTimeZone(text)) expect(localDay(0, text)).toMatch(/^19(69|70)-/);
    }),
  );
});

test('instants stand as ISO text and come back', () => {
  fc.assert(fc.property(instant, (time) => fromIso(iso(time)) === time));
  expect(iso(0)).toBe('1970-01-01T00:00:00.000Z');
});

test.each([
  [0, 0],
  [1, 1],
  [999, 1],
  [1000, 1],
  [1001, 2],
])('what lives until %i ms has the TTL %i, so nothing ends early', (time, seconds) => {
  expect(ttl(time)).toBe(seconds);
});

test.each([
  ['Asia/Kathmandu', 'Asia/Katmandu'],
  ['Asia/Kolkata', 'Asia/Calcutta'],
  ['Europe/Kyiv', 'Europe/Kiev'],
  ['America/Argentina/Buenos_Aires', 'America/Buenos_Aires'],
  ['asia/seoul', 'Asia/Seoul'],
])('report 9: %s computes as %s does', (written, canonical) => {
  const now = Date.parse('2026-03-29T00:30:00Z');
  const computed = (zone: string) => [localDay(now, zone), localTime(now, zone), startOfDay('2026-03-29', zone)];

  expect(computed(written)).toEqual(computed(canonical));
});
