/** Rows 62, 68: ranks of members, points and levels of teams. */
import fc from 'fast-check';
import { compareRates, rankingOf } from '../../functions/activity/progress/rank-rules.ts';
import { bonusForOnce, bonusForWeek, levelOf, pointsFor } from '../../functions/activity/progress/team-rules.ts';

const member = (accountId: string, done: number, due: number, lastApprovedAt?: string, joinedAt = '2026-03-01') => ({
  ...{ accountId, done, due, joinedAt },
  ...(lastApprovedAt === undefined ? {} : { lastApprovedAt }),
});
const ranks = (...members: readonly ReturnType<typeof member>[]) =>
  rankingOf(members).map(({ accountId, rank }) => [accountId, rank]);

test('row 62: ranks are 1, 1, 3; equal rates are equal, whatever a double makes of them', () => {
  const given = [member('a', 1, 3), member('b', 2, 6), member('c', 3, 3), member('d', 0, 0), member('e', 1, 4)];

  expect(ranks(...given)).toEqual([
    ['c', 1],
    ['b', 2],
    ['a', 2],
    ['e', 4],
    ['d', null],
  ]);
  expect(compareRates({ done: 1, due: 49 }, { done: 7, due: 343 })).toBe(0);
});

test('within a tie: who has done more, was approved earlier, joined earlier; a name decides nothing else', () => {
  expect(
    ranks(
      member('e', 1, 1, undefined, '2026-03-02'),
      member('d', 1, 1),
      member('c', 1, 1, '2026-03-06'),
      member('b', 1, 1, '2026-03-05'),
      member('a', 2, 2, '2026-03-07'),
      member('f', 1, 1),
    ),
  ).toEqual([
    ['a', 1],
    ['b', 1],
    ['c', 1],
    ['d', 1],
    ['f', 1],
    ['e', 1],
  ]);
});

test('a rank is one more than the members with a higher rate, in whatever order they come', () => {
  const one = fc.record({ done: fc.nat(12), missed: fc.nat(6) });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 40 }), (given) => {
      const members = given.map(({ done, missed }, at) => member(`m${at}`, done, done + missed));
      const ranking = rankingOf(members);
      // The slow way: by whole numbers that all dues divide.
      const common = 360_360n;
      const value = ({ done, due }: { done: number; due: number }) => (BigInt(done) * common * 17n) / BigInt(due);
      for (const { rank, ...each } of ranking) {
        const higher = members.filter((other) => each.due > 0 && other.due > 0 && value(other) > value(each));
        expect(rank).toBe(each.due > 0 ? higher.length + 1 : null);
      }
      expect(rankingOf(members.toReversed())).toEqual(ranking);
      expect(ranking).toHaveLength(members.length);
    }),
  );
});

test.each([
  [1, 20],
  [2, 10],
  [3, 6],
  [4, 6],
  [5, 4],
  [6, 4],
  [7, 2],
  [20, 2],
  [21, 2],
  [500, 2],
])('row 68: in a team of %i a certification is worth %i points', (members, points) => {
  expect(pointsFor(members)).toBe(points);
});

test('row 68: bonus of a ONCE mission in teams of more than two, and of a full week', () => {
  expect([1, 2, 3, 20].map(bonusForOnce)).toEqual([0, 0, 3, 20]);
  expect(bonusForWeek).toBe(2);
});

test.each([
  [-5, 1, 0, 40],
  [0, 1, 0, 40],
  [39, 1, 39, 40],
  [40, 2, 0, 55],
  [95, 3, 0, 55],
  [1360, 26, 0, 70],
  [5000, 72, 15, 100],
  [100_000, 1022, 15, 100],
])('row 68: %i points are level %i with %i of %i', (sum, level, points, cost) => {
  expect(levelOf(sum)).toEqual({ level, points, cost });
});

test('row 68: levels are those of paying for one after the other', () => {
  const costOf = (level: number) => 40 + 15 * [2, 26, 46, 71].filter((from) => level >= from).length;
  let [level, rest] = [1, 0];
  for (let sum = 0; sum <= 15_000; sum++, rest++) {
    if (rest === costOf(level)) [level, rest] = [level + 1, 0];
    if (levelOf(sum).level !== level || levelOf(sum).points !== rest) expect(sum).toBe('as paid');
  }
  expect(level).toBe(172);
});
