import { is } from '../../../shared/data/conditions.ts';
import { nothing, overtaken } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { create, patch, remove, upsert, type Write } from '../../../shared/data/writes.ts';
import type { ReviewItem, WrittenReviewItem } from './items.ts';
import { scoreChange } from './rules.ts';

/**
 * The writes that put a review where one was, or none. The sum moves by the difference, under the condition that the old
 * score is the one that was read: of two at once one is overtaken, and nothing drifts.
 */
export function written(
  before: WrittenReviewItem | undefined,
  after: WrittenReviewItem,
  { text, month }: Pick<ReviewItem, 'text' | 'month'>,
): Write[] {
  const { revieweeId, reviewId, score, writtenAt } = after;
  const review = { score, text, month };
  const writes = before
    ? [
        ...or(overtaken, patch('WrittenReview', after, { set: { score, writtenAt } }, asRead(before))),
        ...or(overtaken, patch('Review', { accountId: revieweeId, reviewId }, { set: review })),
      ]
    : [
        ...or(overtaken, create('WrittenReview', after)),
        create('Review', { accountId: revieweeId, reviewId, ...review }),
      ];
  return [...writes, scoreMoved(revieweeId, before?.score, score)];
}

/** The writes that delete a review and its part of the score; `nothing` where it was deleted with its reviewee, who has withdrawn. */
export const takenBack = ({ revieweeId, reviewId, score }: WrittenReviewItem): Write[] => [
  ...or(nothing, remove('Review', { accountId: revieweeId, reviewId })),
  scoreMoved(revieweeId, score, undefined),
];

/** The write that deletes the note of a review with its writer. Refused where it was deleted or replaced meanwhile. */
export const forgotten = (before: WrittenReviewItem): Write[] =>
  or((note) => (note ? overtaken : 'NOT_FOUND'), remove('WrittenReview', before, asRead(before)));

const scoreMoved = (accountId: string, before: number | undefined, after: number | undefined): Write =>
  upsert('ReviewScore', { accountId }, { add: { ...scoreChange(before, after), moves: 1 } });

const asRead = ({ score }: WrittenReviewItem) => is('score', score);
