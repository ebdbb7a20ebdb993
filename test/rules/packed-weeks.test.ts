/** Rows of boards keep weeks of missions in short: the rules say the same of them as of the weeks themselves. */
import fc from 'fast-check';
import type { MissionWeekItem } from '../../functions/activity/missions/items.ts';
import { pastOn, termsOf } from '../../functions/activity/missions/rules.ts';
import { type Counted, weekMove } from '../../functions/activity/missions/week-rules.ts';
import { countsIn, packedWeek, staleIn, unpackedWeek } from '../../functions/activity/progress/packed-rules.ts';
import {
  type Counts,
  type Mission,
  shareIn,
  standingIn,
  weeksBetween,
} from '../../functions/activity/progress/rules.ts';
import { heatOf, streakOf } from '../../functions/activity/progress/streak-rules.ts';
import { addDays, isoWeek } from '../../shared/core/time.ts';

const monday = '2026-12-28';
const states: readonly (Counted | undefined)[] = ['WAITING', 'APPROVED', 'DENIED', 'SKIPPED', 'BROKEN', undefined];
const lives = fc.array(fc.record({ day: fc.nat(6), madeUp: fc.boolean(), state: fc.constantFrom(...states) }), {
  maxLength: 12,
});
function weekOf(all: readonly { day: number; madeUp: boolean; state: Counted | undefined }[], week: string) {
  const counts: Record<string, number> = {};
  for (const { day, madeUp, state } of all) {
    const move = weekMove({ day: addDays(monday, day), madeUp: madeUp || undefined }, undefined, state);
    for (const [name, by] of Object.entries(move)) counts[name] = (counts[name] ?? 0) + by;
  }
  const key = { groupId: 'g', accountId: 'a', missionId: 'm', week, until: monday };
  return { ...key, n: all.length + 1, ...counts } as unknown as MissionWeekItem;
}

test('rows 62, 119: rates, streaks and the heat map of a packed week are those of the week', () => {
  const week = isoWeek(monday);
  fc.assert(
    fc.property(lives, fc.integer({ min: 1, max: 7 }), fc.nat(9), (all, times, passed) => {
      const item = weekOf(all, week);
      const mission = {
        ...{ kind: 'REPEAT' as const, missionId: 'm', from: monday },
        terms: [{ from: '', timesPerWeek: times, weekdays: [1, 2, 3, 4, 5, 6, 7] }],
      };
      const setting = { period: { from: '', until: '2999-12-31' }, today: addDays(monday, passed) };
      const weeks = weeksBetween(monday, setting.today);
      const said = (counts: Counts) => {
        const member = {
          accountId: 'a',
          since: monday,
          excused: [],
          counts: new Map([['m', new Map([[week, counts]])]]),
        };
        return [
          standingIn(mission, weeks[0]!, member, setting),
          streakOf(mission, weeks, member, setting),
          heatOf([mission], weeks, member, setting),
        ];
      };
      expect(said(unpackedWeek(packedWeek(item), week))).toEqual(said(countsIn(item)));
    }),
    { numRuns: 300 },
  );
});

test('row 62: what was done of a mission that is done once is the same, packed', () => {
  fc.assert(
    fc.property(lives, fc.nat(9), (all, passed) => {
      const item = weekOf(all, 'ONCE');
      const mission: Mission = { kind: 'ONCE', missionId: 'm', from: monday, dueDay: addDays(monday, 5) };
      const setting = { period: { from: '', until: '2999-12-31' }, today: addDays(monday, passed) };
      const said = (counts: Counts) => {
        const member = {
          accountId: 'a',
          since: monday,
          excused: [],
          counts: new Map([['m', new Map([['ONCE', counts]])]]),
        };
        return weeksBetween(monday, setting.today).map((week) => shareIn([mission], week, member, setting));
      };
      expect(said(unpackedWeek(packedWeek(item), 'ONCE'))).toEqual(said(countsIn(item)));
    }),
    { numRuns: 300 },
  );
});

test('a later text of a week is greater, also from the tenth write on', () => {
  const text = (n: number) => packedWeek({ ...weekOf([], isoWeek(monday)), n });
  expect([2, 10, 9, 100].map(text).toSorted()).toEqual([2, 9, 10, 100].map(text));
});

test('weeks that no board shows go, and what was done once stays known for longer than it may be due', () => {
  const row = {
    ...{ groupId: 'g', accountId: 'a', 'week m 2026-W08': '000001 A1', 'week m 2026-W09': '000001 A1' },
    ...{ 'week o ONCE': '000001 A2025-06-01', 'week p ONCE': '000001 A2025-08-03' },
  };
  expect(staleIn(row, '2026-09-06')).toEqual(['week m 2026-W08', 'week o ONCE']);
});

test('row 51: a mission keeps what it asked before, from Monday to Monday', () => {
  const daily = { timesPerWeek: 7, weekdays: [1, 2, 3, 4, 5, 6, 7] };
  const twice = { timesPerWeek: 2, weekdays: [6, 7] };
  const thrice = { timesPerWeek: 3, weekdays: [1, 3, 5] };
  const first = { ...daily, next: { ...twice, perDayLimit: 1, from: '2026-03-09' } };
  const second = {
    ...twice,
    past: pastOn(first, '2026-03-10')!,
    next: { ...thrice, perDayLimit: 1, from: '2026-03-16' },
  };
  const third = { ...thrice, past: pastOn(second, '2026-03-20')! };

  expect(pastOn(first, '2026-03-08')).toBeUndefined();
  expect(termsOf(daily)).toEqual([{ from: '', ...daily }]);
  expect(termsOf(second)).toEqual([
    { from: '', ...daily },
    { from: '2026-03-09', ...twice },
    { from: '2026-03-16', ...thrice },
  ]);
  expect(termsOf(third)).toEqual(termsOf(second));
});
