import fc from 'fast-check';
import { daysByMonth, isFree, mayTakeBack, overlaps, rangeError } from '../../functions/activity/excuses/rules.ts';
import { excusedIn, excusedOn, packedExcused } from '../../functions/groups/core/excused-rules.ts';
import { addDays, countDays } from '../../shared/core/time.ts';

const range = fc
  .tuple(fc.integer({ min: -10, max: 400 }), fc.integer({ min: -3, max: 40 }))
  .map(([first, more]) => ({ from: addDays('2026-02-20', first), until: addDays('2026-02-20', first + more) }));
const daysOf = ({ from, until }: { from: string; until: string }) =>
  until < from ? [] : Array.from({ length: countDays(from, until) }, (_, n) => addDays(from, n));

test('row 119: ranges, months and grants, against counting day by day', () => {
  fc.assert(
    fc.property(range, fc.nat(12), fc.boolean(), (one, used, needsApproval) => {
      const today = '2026-02-20';
      const days = daysOf(one);
      const fits = one.from >= addDays(today, -3) && one.from <= addDays(today, 366);
      const error = rangeError(one, today);
      expect(error?.pointer).toBe(fits ? (days.length < 1 || days.length > 31 ? '/until' : undefined) : '/from');

      const months = daysByMonth(one);
      for (const [month, count] of months) expect(days.filter((day) => day.startsWith(month))).toHaveLength(count);
      expect([...months.values()].reduce((sum, count) => sum + count, 0)).toBe(days.length);
      const slow = !needsApproval && [...months.values()].every((count) => used + count <= 10);
      expect(isFree(one, () => used, needsApproval)).toBe(slow);
    }),
  );
});

test('row 119: two ranges overlap if they share a day', () => {
  fc.assert(
    fc.property(range, range, (a, b) => {
      fc.pre(a.until >= a.from && b.until >= b.from);
      expect(overlaps(a, b)).toBe(daysOf(a).some((day) => daysOf(b).includes(day)));
    }),
  );
});

test('row 119: taken back while it waits, and granted before its first day', () => {
  const at = (state: 'PENDING' | 'GRANTED' | 'REFUSED' | 'WITHDRAWN') =>
    ['2026-03-01', '2026-03-02', '2026-03-03'].map((today) =>
      mayTakeBack({ state, from: '2026-03-02', until: '2026-03-05' }, today),
    );

  expect([at('PENDING'), at('GRANTED'), at('REFUSED'), at('WITHDRAWN')]).toEqual([
    [true, true, true],
    [true, false, false],
    [false, false, false],
    [false, false, false],
  ]);
});

test('a membership gives back the ranges that it was given, and knows each of their days', () => {
  const ranges = [
    { excuseId: 'b', from: '2026-03-02', until: '2026-03-04' },
    { excuseId: 'a', from: '2026-04-01', until: '2026-04-01' },
  ];
  const excused = packedExcused(ranges)!;

  expect(excusedIn({ excused })).toEqual(ranges);
  expect([packedExcused([]), excusedIn({}), excusedOn({}, '2026-03-02')]).toEqual([undefined, [], null]);
  const days = ['2026-03-01', '2026-03-02', '2026-03-04', '2026-03-05', '2026-04-01'];
  expect(days.map((day) => excusedOn({ excused }, day)?.from)).toEqual([
    ...[undefined, '2026-03-02', '2026-03-02', undefined, '2026-04-01'],
  ]);
});
