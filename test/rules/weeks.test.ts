/** Weeks of missions and days of groups, against slow and obvious second computations. */
import fc from 'fast-check';
import type { MissionWeekItem } from '../../functions/activity/missions/items.ts';
import {
  type Counted,
  daysIn,
  laidBefore,
  laidOf,
  leftOn,
  ownStateOf,
  weekMove,
  weekOf,
} from '../../functions/activity/missions/week-rules.ts';
import { dayBegins, dayStartOn, groupDay } from '../../functions/groups/core/day-rules.ts';
import { addDays, isoWeek, localDay, localTime } from '../../shared/core/time.ts';
import { runs } from '../support/runs.ts';

const monday = '2026-03-02';
const dayOf = (n: number) => addDays(monday, n);
const states = ['WAITING', 'APPROVED', 'DENIED', 'SKIPPED', 'BROKEN', undefined] as const;

test('row 161: a week keeps when bricks of deleted certifications were laid, and gives the earliest first', () => {
  const week = (more: object) => ({ ...applied([weekMove({ day: monday }, undefined, 'APPROVED')]), ...more });
  const [early, late] = ['2026-03-02T01:00:00.000Z', '2026-03-02T02:00:00.000Z'] as const;
  const gone = {
    ...laidOf({ certificationId: 'b', laidAt: late }),
    ...laidOf({ certificationId: 'c', laidAt: early }),
  };
  expect(laidBefore(week(gone))).toEqual({ name: 'laid c', at: early });
  // One that was never approved leaves nothing.
  expect([laidBefore(week(laidOf({ certificationId: 'd' }))), laidBefore(undefined)]).toEqual([undefined, undefined]);
  expect(daysIn(week(gone))).toEqual([{ day: monday, count: 1 }]);
});

/** Applies moves as the table does. */
function applied(moves: readonly Record<string, number>[]): MissionWeekItem {
  const week: Record<string, number> = {};
  for (const move of moves) for (const [name, by] of Object.entries(move)) week[name] = (week[name] ?? 0) + by;
  return { groupId: 'g', accountId: 'a', missionId: 'm', week: 'w', until: monday, n: moves.length, ...week } as never;
}

test('row 53: whatever certifications go through, the week holds what counting their states gives', () => {
  const life = fc.record({
    day: fc.nat(6).map(dayOf),
    madeUp: fc.boolean(),
    states: fc.array(fc.constantFrom(...states), { maxLength: 6 }),
  });
  fc.assert(
    fc.property(fc.array(life, { maxLength: 8 }), (lives) => {
      const moves = lives.flatMap(({ day, madeUp, states: gone }) =>
        gone.map((to, i) => weekMove({ day, madeUp: madeUp || undefined }, gone[i - 1], to)),
      );
      const last = lives.map(({ day, madeUp, states: gone }) => ({ day, madeUp, state: gone.at(-1) }));
      const count = (which: (one: (typeof last)[number]) => boolean) => last.filter(which).length;
      const takes = (state: Counted | undefined) => state === 'WAITING' || state === 'APPROVED' || state === 'DENIED';
      const week = applied(moves);

      expect([week.total ?? 0, week.okTotal ?? 0, week.waitTotal ?? 0, week.skipTotal ?? 0]).toEqual([
        count(({ state }) => takes(state)),
        count(({ state }) => state === 'APPROVED'),
        count(({ state }) => state === 'WAITING'),
        count(({ state }) => state === 'SKIPPED'),
      ]);
      for (let n = 0; n < 7; n++) {
        const day = dayOf(n);
        const of = (prefix: string) => Number((week as never as Record<string, number>)[`${prefix}${day}`] ?? 0);
        const standing = (state: Counted | undefined) => state === 'APPROVED' || state === 'WAITING';
        expect([of(''), of('ok '), of('wait '), of('made '), of('skip ')]).toEqual([
          count((one) => one.day === day && takes(one.state)),
          count((one) => one.day === day && one.state === 'APPROVED'),
          count((one) => one.day === day && one.state === 'WAITING'),
          count((one) => one.day === day && standing(one.state) && one.madeUp),
          count((one) => one.day === day && one.state === 'SKIPPED'),
        ]);
      }
    }),
    { numRuns: runs(200) },
  );
});

test('rows 51, 53: what is left of a day: certify as long as neither the day nor the days of the week are full', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 7 }),
      fc.option(fc.integer({ min: 1, max: 4 })),
      fc.array(fc.nat(3), { minLength: 7, maxLength: 7 }),
      fc.nat(6),
      (timesPerWeek, perDayLimit, counts, nth) => {
        const week = applied(counts.map((count, n) => ({ [dayOf(n)]: count, total: count })));
        const mission = { kind: 'REPEAT' as const, timesPerWeek, perDayLimit, weekdays: [1, 2, 3, 4, 5, 6, 7] };
        const others = counts.filter((count, n) => n !== nth && count > 0).length;
        let slow = 0;
        const fits = (ofDay: number) => others + 1 <= timesPerWeek && ofDay < (perDayLimit ?? 99);
        // A day that has been begun goes on, whatever the week has by now.
        while (counts[nth]! > 0 ? counts[nth]! + slow < (perDayLimit ?? 99) : fits(slow)) slow++;

        expect(leftOn(mission, week, dayOf(nth))).toBe(slow);
        expect(daysIn(week).map(({ day }) => day)).toEqual(counts.flatMap((count, n) => (count > 0 ? [dayOf(n)] : [])));
      },
    ),
  );
});

test('row 53: a mission that is done once is done once, in one week for all time', () => {
  const mission = { kind: 'ONCE' as const, timesPerWeek: 1, perDayLimit: 1, weekdays: [1] };
  const week = (from: Counted) => applied([weekMove({ day: monday }, undefined, from)]);

  expect([weekOf(true, monday), weekOf(true, '2031-01-01'), weekOf(false, monday)]).toEqual([
    'ONCE',
    'ONCE',
    '2026-W10',
  ]);
  expect(states.slice(0, 5).map((state) => leftOn(mission, week(state!), dayOf(9)))).toEqual([0, 0, 0, 1, 1]);
  expect(states.slice(0, 5).map((state) => ownStateOf(mission, week(state!), dayOf(9)))).toEqual([
    ...['WAITING', 'DONE', 'TODO', 'SKIPPED', 'TODO'],
  ]);
});

const zones = ['Asia/Seoul', 'America/New_York', 'Asia/Beirut', 'Australia/Lord_Howe', 'Africa/Cairo', 'UTC'];

test('row 137: 03:59 on Tuesday is Monday, 04:00 is Tuesday, and a change of the start counts from its Monday on', () => {
  const days = { timeZone: 'Asia/Seoul', dayStart: '04:00' };
  const at = (text: string, more: object = {}) => groupDay(Date.parse(`${text}+09:00`), { ...days, ...more });
  const next = { nextDayStart: { from: '2026-03-09', at: '00:00' } };

  expect([at('2026-03-03T03:59:59.999'), at('2026-03-03T04:00:00')]).toEqual(['2026-03-02', '2026-03-03']);
  expect([at('2026-03-08T03:00:00', next), at('2026-03-08T23:59:59', next), at('2026-03-09T00:00:00', next)]).toEqual([
    ...['2026-03-07', '2026-03-08', '2026-03-09'],
  ]);
  expect(at('2026-03-10T03:00:00', next)).toBe('2026-03-10');
});

test('row 137: in every zone, over every change of clocks, a day is the last one that has begun, and none comes back', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom('00:00', '00:30', '01:30', '02:00', '03:00', '06:00'),
      fc.option(fc.constantFrom('00:00', '02:30', '05:00'), { nil: undefined }),
      fc.constantFrom('2026-03-27', '2026-03-06', '2026-10-30', '2026-10-24', '2026-04-03', '2026-10-02', '2026-04-22'),
      (timeZone, dayStart, nextStart, first) => {
        const from = '2026-10-26';
        const days = { timeZone, dayStart, ...(nextStart ? { nextDayStart: { from, at: nextStart } } : {}) };
        let before = '';
        for (let step = 0; step < 4 * 48; step++) {
          const now = Date.parse(`${first}T00:00:00Z`) + step * 30 * 60_000;
          const day = groupDay(now, days);
          // The slow way: of the days around, the last that has begun.
          const around = [-2, -1, 0, 1].map((n) => addDays(localDay(now, timeZone), n));
          const slow = around.filter((each) => dayBegins(each, days) <= now).at(-1);
          expect([timeZone, dayStart, new Date(now).toISOString(), day]).toEqual([
            ...[timeZone, dayStart, new Date(now).toISOString(), slow],
          ]);
          expect(day >= before).toBe(true);
          before = day;
          // Away from a change of clocks, the clock itself says it.
          const clock = localTime(now, timeZone);
          if (clock >= '07:00') expect(day).toBe(localDay(now, timeZone));
        }
        expect(dayStartOn(days, '2026-10-25')).toBe(dayStart);
        expect(isoWeek(from)).not.toBe(isoWeek('2026-10-25'));
      },
    ),
    { numRuns: runs(150) },
  );
});
