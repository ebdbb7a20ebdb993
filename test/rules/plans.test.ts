import fc from 'fast-check';
import { diligentShare, lastDay, occasions } from '../../functions/groups/plans/rules.ts';
import { addDays, countDays, isoWeek, weekday } from '../../shared/core/time.ts';

test.each([
  ['2026-03-02', '2026-03-15', 14],
  ['2026-03-02', '2026-03-02', 1],
  // Over the change of clocks in many zones, and a leap day.
  ['2026-03-01', '2026-04-01', 32],
  ['2028-02-28', '2028-03-01', 3],
])('row 132: from %s to %s it is %i days, and so long again from any day', (first, last, days) => {
  expect(countDays(first, last)).toBe(days);
  expect(lastDay(first, days)).toBe(last);
});

const daily = { kind: 'REPEAT' as const, weekdays: [1, 2, 3, 4, 5, 6, 7], timesPerWeek: 7 };
test.each([
  [daily, '2026-03-02', '2026-03-15', 14],
  [{ kind: 'REPEAT', weekdays: [1, 2, 3, 4, 5], timesPerWeek: 5 }, '2026-03-02', '2026-03-15', 10],
  [{ kind: 'REPEAT', weekdays: [6, 7], timesPerWeek: 2 }, '2026-03-02', '2026-03-07', 1],
  [{ ...daily, timesPerWeek: 3 }, '2026-03-02', '2026-03-15', 6],
  // A week that is cut short asks for no more than it has days.
  [{ ...daily, timesPerWeek: 3 }, '2026-03-07', '2026-03-15', 5],
  [daily, '2026-03-02', '2026-03-01', 0],
  [{ ...daily, kind: 'ONCE' }, '2026-03-02', '2026-03-15', 1],
] as const)('row 132: %j from %s to %s could be done %i times', (mission, first, last, times) => {
  expect(occasions(mission, first, last)).toBe(times);
});

test('row 132: no week has more occasions than the mission asks for, nor than it has days of it', () => {
  fc.assert(
    fc.property(
      fc.subarray([1, 2, 3, 4, 5, 6, 7]),
      fc.integer({ min: 1, max: 7 }),
      fc.nat(60),
      (weekdays, times, days) => {
        const all = Array.from({ length: days }, (_, i) => addDays('2026-03-04', i));
        const weeks = [...new Set(all.map(isoWeek))];
        const plain = weeks.map((week) =>
          Math.min(times, all.filter((day) => isoWeek(day) === week && weekdays.includes(weekday(day))).length),
        );

        const counted = occasions(
          { kind: 'REPEAT', weekdays, timesPerWeek: times },
          '2026-03-04',
          addDays('2026-03-04', days - 1),
        );

        expect(counted).toBe(plain.reduce((sum, one) => sum + one, 0));
      },
    ),
    { numRuns: 50 },
  );
});

test.each([
  [[14, 12, 11, 0], 14, 50],
  [[14], 14, 100],
  [[11], 14, 0],
  [[8, 8, 7], 10, 67],
  [[], 14, null],
  [[1, 2], 0, null],
])('row 132: of %j times out of %i, %p percent are diligent', (done, expected, share) => {
  expect(diligentShare(done, expected)).toBe(share);
});
