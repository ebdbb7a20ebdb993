/** Row 161: weeks, what counts, ages and names, against slow second computations. */
import * as fc from 'fast-check';
import { animalOf } from '../../functions/activity/leagues/names.ts';
import {
  allParts,
  beginningOf,
  boardIdOf,
  boardIdsOf,
  chosen,
  endOf,
  hasBegun,
  leagues,
  partOf,
  shownIn,
  standingOf,
  stateOf,
  usualFor,
  weekOf,
  weeksFrom,
} from '../../functions/activity/leagues/rules.ts';
import { newId } from '../../shared/core/ids.ts';
import { addDays, dayMs, hourMs, iso } from '../../shared/core/time.ts';

const first = Date.parse('2026-03-01T20:00:00.000Z');
const instant = fc.integer({ min: -20 * 7 * dayMs, max: 60 * 7 * dayMs }).map((after) => first + after);

/** By arithmetic alone: Seoul is nine hours ahead, all the year. */
function slowWeek(at: number): string {
  const shifted = new Date(at + 9 * hourMs - 5 * hourMs);
  const back = (shifted.getUTCDay() + 6) % 7;
  return new Date(shifted.getTime() - back * dayMs).toISOString().slice(0, 10);
}

test('row 161: a week is Monday 05:00 to Monday 05:00 of Seoul, to the millisecond', () => {
  expect([weekOf(first - 1), weekOf(first)]).toEqual(['2026-02-23', '2026-03-02']);
  fc.assert(
    fc.property(instant, (at) => {
      const week = weekOf(at);
      expect(week).toBe(slowWeek(at));
      expect(beginningOf(week) <= at && at < endOf(week)).toBe(true);
      expect([hasBegun(week, at), hasBegun(addDays(week, 7), at), hasBegun(addDays(week, 1), at + 9 * dayMs)]).toEqual([
        true,
        false,
        false,
      ]);
      expect(weeksFrom(addDays(week, -14), week)).toEqual([addDays(week, -14), addDays(week, -7), week]);
    }),
  );
  expect(weeksFrom('2026-03-09', '2026-03-02')).toEqual([]);
});

const brick = fc.record({
  earnedAt: fc.integer({ min: -2 * dayMs, max: 16 * dayMs }).map((after) => iso(first + after)),
  category: fc.constantFrom('IT' as const, 'MATH' as const, undefined),
  audience: fc.constantFrom('HIGH' as const, undefined),
});

test('row 161: points are bricks of the week, in any order; thirty a day at most', () => {
  fc.assert(
    fc.property(fc.array(brick, { maxLength: 60 }), (laid) => {
      const weeks = ['2026-03-02', '2026-03-09'];
      const bricks = laid.map(({ earnedAt, category, audience }) => ({
        earnedAt,
        ...(category ? { category } : {}),
        ...(audience ? { audience } : {}),
      }));
      const standing = standingOf(bricks, weeks, 3);
      expect(standingOf(bricks.toReversed(), weeks, 3)).toEqual(standing);
      for (const week of weeks)
        for (const league of leagues) {
          const counted = bricks.filter(
            ({ earnedAt, category, audience }) =>
              slowWeek(Date.parse(earnedAt)) === week && ['ALL', category, audience].includes(league),
          );
          const latest = Math.max(...counted.map(({ earnedAt }) => Date.parse(earnedAt)));
          expect(standing.get(boardIdOf(week, league, 3))).toEqual(
            counted.length === 0 ? undefined : { points: counted.length, reachedAt: latest },
          );
        }
    }),
  );
  const many = Array.from({ length: 80 }, (_, n) => ({ earnedAt: iso(first + n * 1000) }));
  const next = Array.from({ length: 7 }, (_, n) => ({ earnedAt: iso(first + dayMs + n) }));
  const points = standingOf([...many, ...next], ['2026-03-02'], 0).get(boardIdOf('2026-03-02', 'ALL', 0));
  expect(points).toEqual({ points: 37, reachedAt: first + dayMs + 6 });
});

test('row 161: parts are about equally large, and each has every board; that of everybody is closed last', () => {
  const sizes = allParts.map(() => 0);
  for (let n = 0; n < 4000; n++) sizes[partOf(newId(first))]!++;
  expect(Math.min(...sizes)).toBeGreaterThan(400);
  expect(boardIdsOf(['2026-03-02'], 5)).toHaveLength(leagues.length);
  expect(boardIdsOf(['2026-03-02'], 5).at(-1)).toBe('2026-03-02:ALL:5');
});

test('row 161: who is not known to be 19 is an animal until they choose; a name never reaches back', () => {
  const now = Date.parse('2026-03-04T03:00:00Z');
  const born = (birthDate?: string) => usualFor({ birthDate }, now);
  expect([born(), born('2007-03-05'), born('2007-03-04'), born('1990-01-01')]).toEqual([
    ...['ANIMAL', 'ANIMAL'],
    ...['NICKNAME', 'NICKNAME'],
  ]);
  const adult = { birthDate: '1990-01-01' };
  const usual = chosen(undefined, undefined, adult, now);
  expect(usual).toEqual({ namedSince: '2026-03-02' });
  expect(shownIn(usual, '2026-03-02', {}, now)).toBe('ANIMAL');
  const named = chosen({ shownAs: 'ANIMAL' }, 'NICKNAME', {}, now);
  expect(['2026-02-23', '2026-03-02', '2026-03-09'].map((week) => shownIn(named, week, {}, now))).toEqual([
    ...['ANIMAL', 'NICKNAME', 'NICKNAME'],
  ]);
  expect(chosen(named, undefined, {}, now + 7 * dayMs)).toEqual(named);
  expect(chosen(named, 'ANIMAL', adult, now)).toEqual({ shownAs: 'ANIMAL' });
});

test('row 161: an animal has another name in the next week, in both languages, and no two weeks tell of one person', () => {
  const words = (name: string) => name.replace(/ \d+$/, '');
  const next = new Map<string, Set<string>>();
  for (let n = 0; n < 300; n++) {
    const secret = newId(first + n);
    for (const locale of ['ko', 'en'] as const) {
      const [one, two] = ['2026-03-02', '2026-03-09'].map((week) => animalOf(secret, week, locale).name) as [
        string,
        string,
      ];
      expect(words(one)).not.toBe(words(two));
      expect(one).toMatch(/^\S+ \S+ [1-9]\d{3}$/);
      expect(animalOf(secret, '2026-03-02', locale).name).toBe(one);
      const key = `${locale} ${words(one)}`;
      next.set(key, (next.get(key) ?? new Set()).add(words(two)));
    }
  }
  // People of the same words this week have different ones in the next.
  const shared = [...next.values()].map(({ size }) => size);
  expect(Math.max(...shared)).toBeGreaterThan(3);
});

test('row 161: names tell the people of a week apart', () => {
  const ids = Array.from({ length: 1000 }, (_, n) => `secret ${n}`);
  for (const locale of ['ko', 'en'] as const) {
    const names = ids.map((secret) => animalOf(secret, '2026-03-02', locale).name);
    expect(new Set(names).size).toBe(ids.length);
  }
});

test('row 161: a week is final when its boards are closed, ten minutes after its end at the earliest', () => {
  const week = '2026-03-02';
  const end = endOf(week);
  const at = (now: number, ...closed: boolean[]) => stateOf(week, closed, now);
  expect([at(end - 1), at(end), at(end + 10 * 60_000 - 1, true), at(end + 10 * 60_000, true, false)]).toEqual([
    ...['OPEN', 'COUNTING', 'COUNTING', 'COUNTING'],
  ]);
  expect([at(end + 10 * 60_000, true, true), at(end + 10 * 60_000)]).toEqual(['FINAL', 'FINAL']);
});
