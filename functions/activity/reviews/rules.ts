import type { GroupStatus } from '../../groups/core/values.ts';

interface Score {
  readonly sum: number;
  readonly count: number;
}

/** The average of scores with two decimals; null if there are none. */
export const averageOf = ({ sum, count }: Score) => (count > 0 ? Math.round((sum * 100) / count) / 100 : null);

/** How the score of the reviewee moves when a review is written, replaced or deleted. Undefined: there is no review. */
export const scoreChange = (before: number | undefined, after: number | undefined): Score => ({
  sum: (after ?? 0) - (before ?? 0),
  count: Number(after !== undefined) - Number(before !== undefined),
});

/** Row 69: allowed once a group is in progress, and after its end. Before that, no member has seen another at work. */
export const mayReviewIn = (status: GroupStatus) => status !== 'RECRUITING';

/** The month of a review. Readers do not see the day, because it would often tell who wrote the review. */
export const monthOf = (day: string) => day.slice(0, 7);
