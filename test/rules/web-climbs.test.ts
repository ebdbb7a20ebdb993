/** Rows 94, 137: what the web client sends for a day of climbing is of that day, in every zone and wherever days begin. */
import fc from 'fast-check';
import { minutesOf, timesError } from '../../functions/activity/records/rules.ts';
import { groupDay } from '../../functions/groups/core/day-rules.ts';
import { fromIso } from '../../shared/core/time.ts';
import { timesAtFirst, timesOn } from '../../web/src/screens/records/times.ts';
import { later } from '../support/histories.ts';
import { runs } from '../support/runs.ts';

const zones = ['Asia/Seoul', 'America/New_York', 'Europe/Berlin', 'Pacific/Auckland', 'UTC'];
const starts = ['00:00', '03:00', '04:30', '06:00'];
const clockOf = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });
/** With both changes of clocks in it. */
const day = fc.integer({ min: 0, max: 400 }).map((at) => later('2026-01-01', at));

test('row 94: times of a clock become instants of the day that one chose, and the server says the same', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.constantFrom(...starts), day, minutes, (timeZone, dayStart, on, from) => {
      const clock = { timeZone, dayStart };
      const { startedAt } = timesOn(on, clockOf(from), '12:00', clock);
      const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' });
      // A time that clocks leave out in spring is that of an hour later or earlier, in no way of another day than its neighbours.
      fc.pre(shown.format(new Date(startedAt)) === clockOf(from));
      expect(groupDay(fromIso(startedAt), clock)).toBe(on);
    }),
    { numRuns: runs(400) },
  );
  const midnight = timesOn('2026-03-02', '22:00', '00:00', { timeZone: 'Asia/Seoul', dayStart: '00:00' });
  expect(midnight).toEqual({ startedAt: '2026-03-02T13:00:00.000Z', endedAt: '2026-03-02T15:00:00.000Z' });
  const late = timesOn('2026-03-02', '23:00', '02:00', { timeZone: 'Asia/Seoul', dayStart: '04:00' });
  expect(minutesOf(late)).toBe(180);
  const wrong = timesOn('2026-03-02', '20:00', '19:00', { timeZone: 'Asia/Seoul', dayStart: '00:00' });
  expect(timesError(wrong, { timeZone: 'Asia/Seoul' }, fromIso('2026-03-03T00:00:00.000Z'))?.reason).toBe('recordEnd');
});

test('row 94: what the fields begin with today is over, of today, and not empty, whatever the hour', () => {
  const clock = { timeZone: 'Asia/Seoul', dayStart: '04:00' };
  const midnight = Date.parse('2026-03-01T19:00:00Z');
  const real = Date.now;
  try {
    for (let passed = 11; passed < 24 * 60; passed += 7) {
      const now = midnight + passed * 60_000;
      Date.now = () => now;
      const today = groupDay(now, clock);
      const { from, until } = timesAtFirst(true, undefined, clock);
      const times = timesOn(today, from, until, clock);
      expect([passed, timesError(times, clock, now)]).toEqual([passed, undefined]);
      expect(minutesOf(times)).toBeLessThanOrEqual(90);
    }
  } finally {
    Date.now = real;
  }
  const last = { startedAt: '2026-03-01T10:00:00.000Z', endedAt: '2026-03-01T12:00:00.000Z' };
  expect(timesAtFirst(false, last, clock)).toEqual({ from: '19:00', until: '21:00' });
  expect(timesAtFirst(false, undefined, clock)).toEqual({ from: '19:00', until: '20:30' });
});
