interface Score {
  readonly sum: number;
  readonly count: number;
}

/** The average of scores with two decimals; null of none. */
export const averageOf = ({ sum, count }: Score) => (count > 0 ? Math.round((sum * 100) / count) / 100 : null);

/** How the score of the reviewee moves when a review is written, replaced or taken back. Undefined: there is no review. */
export const scoreChange = (before: number | undefined, after: number | undefined): Score => ({
  sum: (after ?? 0) - (before ?? 0),
  count: Number(after !== undefined) - Number(before !== undefined),
});

/** Row 69: from when a group is in progress. Before that nobody has seen the other at work; afterwards the memory stays. */
export const mayReviewIn = (status: 'RECRUITING' | 'IN_PROGRESS' | 'FINISHED' | 'COMPLETED') => status !== 'RECRUITING';

/** As near as a reader may know when a review was written: a day would often be the day of a quarrel. */
export const monthOf = (day: string) => day.slice(0, 7);
