import fc from 'fast-check';
import { averageOf, mayReviewIn, monthOf, scoreChange } from '../../functions/activity/reviews/rules.ts';

test.each([
  [0, 0, null],
  [10, 1, 10],
  [17, 2, 8.5],
  [20, 3, 6.67],
  [19, 3, 6.33],
  [1, 1, 1],
  [13, 8, 1.63],
  // 1.625 and 1.005: halves go up, whatever a double makes of them.
  [201, 200, 1.01],
] as const)('row 69: a sum of %i in %i reviews is an average of %p', (sum, count, average) => {
  expect(averageOf({ sum, count })).toBe(average);
});

test('row 69: whatever is written, replaced and taken back, sum and count are those of what stands', () => {
  const step = fc.record({ writer: fc.nat(5), score: fc.option(fc.integer({ min: 1, max: 10 })) });

  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const standing = new Map<number, number>();
      let score = { sum: 0, count: 0 };
      for (const { writer, score: given } of steps) {
        const change = scoreChange(standing.get(writer), given ?? undefined);
        score = { sum: score.sum + change.sum, count: score.count + change.count };
        if (given === null) standing.delete(writer);
        else standing.set(writer, given);
      }
      const scores = [...standing.values()];
      expect(score).toEqual({ sum: scores.reduce((sum, one) => sum + one, 0), count: scores.length });
    }),
  );
});

test('row 69: from when the group is in progress', () => {
  const all = ['RECRUITING', 'IN_PROGRESS', 'FINISHED', 'COMPLETED'] as const;

  expect(all.filter(mayReviewIn)).toEqual(['IN_PROGRESS', 'FINISHED', 'COMPLETED']);
});

test('a reader learns the month of a review, and no more', () => {
  expect(monthOf('2026-03-02')).toBe('2026-03');
});
