/** Row 95: ranks by counting, and the text that a board keeps, against a slow second computation. */
import * as fc from 'fast-check';
import {
  histogramOf,
  membersMoved,
  mostPoints,
  movedHistogram,
  movesOf,
  orderOf,
  type Points,
  packedHistogram,
  rankIn,
  ranksIn,
} from '../../functions/activity/boards/rules.ts';

const points = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: mostPoints }));
const all = fc.array(points, { maxLength: 60 });
const counted = (each: readonly number[]) => {
  const counts = new Map<number, number>();
  for (const one of each) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
};
const slow = (each: readonly number[], own: number) => 1 + each.filter((other) => other > own).length;

test('a histogram is the same after packing, and its ranks are those of counting: 1, 1, 3', () => {
  fc.assert(
    fc.property(all, (each) => {
      const text = packedHistogram(counted(each));
      const falling = each.toSorted((a, b) => b - a);
      expect(histogramOf(text)).toEqual(counted(each));
      expect(ranksIn(text, falling)).toEqual(falling.map((own) => slow(each, own)));
      for (const own of [...each, 1, mostPoints]) expect(rankIn(text, own)).toBe(slow(each, own));
    }),
  );
  expect(ranksIn(packedHistogram(counted([16, 16, 9])), [16, 16, 9])).toEqual([1, 1, 3]);
  expect(packedHistogram(new Map())).toBe('');
  expect(rankIn('', 5)).toBe(1);
});

test('moved members are where they should be; a move from where nobody is gives nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.option(points), fc.option(points)), { maxLength: 40 }), (pairs) => {
      const as = (value: number | null): Points | undefined =>
        value === null ? undefined : { points: value, reachedAt: 1 };
      const moves = pairs.map(([from, to], i) => ({ accountId: String(i), before: as(from), after: as(to) }));
      const [before, after] = [0, 1].map((i) => pairs.map((pair) => pair[i]!).filter((each) => each !== null));
      expect(movedHistogram(counted(before!), moves)).toEqual(counted(after!));
      expect(membersMoved(moves)).toBe(after!.length - before!.length);
    }),
  );
  const left = [{ accountId: 'a', before: { points: 3, reachedAt: 1 }, after: undefined }];
  expect(movedHistogram(counted([4]), left)).toBeUndefined();
});

test('only who has something else than they should moves; nothing and no points are the same', () => {
  const should: Readonly<Record<string, Points>> = {
    same: { points: 4, reachedAt: 7 },
    later: { points: 4, reachedAt: 8 },
    none: { points: 0, reachedAt: 9 },
    gone: { points: 0, reachedAt: 9 },
  };
  const has = (accountId: string) => (accountId === 'none' ? undefined : { points: 4, reachedAt: 7 });

  const moves = movesOf(['same', 'later', 'none', 'gone', 'unknown'], has, (accountId) => should[accountId]);

  expect(moves.map(({ accountId, after }) => [accountId, after?.reachedAt])).toEqual([
    ['later', 8],
    ['gone', undefined],
    ['unknown', undefined],
  ]);
});

test('scores sort by most points, then by who reached them first', () => {
  const scores = [
    { points: 9, reachedAt: Date.parse('2026-03-02T00:00:00Z') },
    { points: 10, reachedAt: Date.parse('2027-03-02T00:00:00Z') },
    { points: 10, reachedAt: Date.parse('2026-03-02T00:00:00Z') },
    { points: mostPoints, reachedAt: 0 },
  ];

  expect(scores.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))).toEqual([3, 2, 1, 0].map((i) => scores[i]));
});
