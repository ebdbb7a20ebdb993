import { is } from '../../../shared/data/conditions.ts';
import { create, patch, remove, upsert, type Write } from '../../../shared/data/writes.ts';
import type { ReviewItem, WrittenReviewItem } from './items.ts';
import { scoreChange } from './rules.ts';

/**
 * The writes that put a review where one was, or none. The sum moves by the difference, under the condition that the old
 * score is the one that was read: of two at once one is refused, and nothing drifts.
 */
export function written(
  before: WrittenReviewItem | undefined,
  after: WrittenReviewItem,
  { text, month }: Pick<ReviewItem, 'text' | 'month'>,
): Record<'written' | 'review' | 'score', Write> {
  const { accountId, groupId, revieweeId, reviewId, score, writtenAt } = after;
  const review = { score, text, month };
  return {
    written: before
      ? patch('WrittenReview', { accountId, groupId, revieweeId }, { set: { score, writtenAt } }, asRead(before))
      : create('WrittenReview', { ...after }),
    review: before
      ? patch('Review', { accountId: revieweeId, reviewId }, { set: review })
      : create('Review', { accountId: revieweeId, reviewId, ...review }),
    score: upsert(
      'ReviewScore',
      { accountId: revieweeId },
      { add: { ...scoreChange(before?.score, score), moves: 1 } },
    ),
  };
}

/** The writes that take a review back. */
export const takenBack = (before: WrittenReviewItem): Record<'written' | 'review' | 'score', Write> => ({
  written: forgotten(before),
  review: remove('Review', { accountId: before.revieweeId, reviewId: before.reviewId }),
  score: upsert(
    'ReviewScore',
    { accountId: before.revieweeId },
    { add: { ...scoreChange(before.score, undefined), moves: 1 } },
  ),
});

/** The write that leaves nothing of a review with its writer. */
export const forgotten = (before: WrittenReviewItem): Write => remove('WrittenReview', before, asRead(before));

const asRead = ({ score }: WrittenReviewItem) => is('score', score);
