import { kind } from '../../../shared/data/kind.ts';

/** A review, in the partition of whom it is about. Nothing in it says who wrote it: its id is random. */
export interface ReviewItem {
  readonly accountId: string;
  readonly reviewId: string;
  readonly score: number;
  readonly text: string;
  readonly month: string;
}

/** The note that somebody wrote a review, in the writer's partition: it keeps reviews to one per group and person. */
export interface WrittenReviewItem {
  readonly accountId: string;
  readonly groupId: string;
  readonly revieweeId: string;
  readonly reviewId: string;
  /** That of the review: sums move by the difference to it. */
  readonly score: number;
  readonly writtenAt: string;
}

export interface ReviewScoreItem {
  readonly accountId: string;
  readonly sum: number;
  readonly count: number;
  /** How often they have moved. */
  readonly moves?: number;
}

export const items = {
  Review: kind<ReviewItem>()({
    about: 'what a member thinks of another: not who thinks it, nor where or when, so that no list or cursor can tell',
    pk: 'REVIEWS#{accountId}',
    sk: 'REVIEW#{reviewId}',
    of: { account: 'accountId' },
    fate: { account: { dropped: { pattern: 'reviewsOf' } } },
    archive: { as: 'reviewsReceived', by: 'reviewsAbout (activity/reviews/service.ts)' },
    patterns: {
      reviewsOf: { serves: 'what others think of somebody' },
    },
  }),
  WrittenReview: kind<WrittenReviewItem>()({
    about: 'somebody has reviewed another: one per group, for the writer alone',
    pk: 'REVIEWED#{accountId}',
    sk: 'REVIEWED#{groupId}#{revieweeId}',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { stays: 'it is its writer’s, who may take the review back' },
      account: { dropped: { pattern: 'reviewsBy' } },
    },
    archive: { as: 'reviewsWritten', by: 'reviewsBy (activity/reviews/service.ts)' },
    patterns: {
      reviewsBy: { serves: 'whom somebody has reviewed' },
    },
  }),
  ReviewScore: kind<ReviewScoreItem>()({
    about: 'sum and count of the reviews of somebody',
    pk: 'REPUTATION#{accountId}',
    sk: 'REVIEWS',
    of: { account: 'accountId' },
    fate: { account: { dropped: { key: true } } },
    archive: { not: 'sums up the reviews, which are in it' },
    counters: {
      sum: { counts: 'reviewsOf', sums: 'score' },
      count: { counts: 'reviewsOf' },
    },
  }),
} as const;
