import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';

const limit = limits.review;
const score = z.int().min(limit.lowest).max(limit.highest);

/** The part of somebody's reviews that everybody sees. */
export const reputation = z
  .object({
    average: z.number().nullable().meta({ description: '1 to 10, with two decimals; null without a review' }),
    count: z.int(),
  })
  .meta({ id: 'Reputation' });

/** A review as its writer sees it. */
const writtenReview = z
  .object({
    groupId: id,
    account: z.object({ id, nickname: z.string() }).meta({ description: 'Whom it is about' }),
    score,
    text: z.string(),
    writtenAt: instant,
  })
  .meta({ id: 'WrittenReview' });

/** A review as everybody else sees it who may see it. */
export const anonymousReview = z
  .object({ score, text: z.string(), month: z.string().meta({ description: '`YYYY-MM`, no nearer' }) })
  .meta({ id: 'AnonymousReview' });

const one = '/v1/groups/{groupId}/reviews/{accountId}';

const writeReview = route({
  method: 'PUT',
  path: one,
  summary: 'Review somebody one was in a group with',
  description:
    'From the day the group begins: before that nobody has seen the other at work. Also after one has left it, but not after a removal. One per group and person; writing again replaces it. The reviewed are never told who wrote it, in which group or when (row 69).',
  auth: 'account',
  body: z.strictObject({ score, text: z.string().trim().max(limit.text).default('') }),
  result: writtenReview,
  problems: ['NOT_APPLICABLE', 'TOO_MANY_REQUESTS'],
});

const removeReview = route({
  method: 'DELETE',
  path: one,
  summary: 'Take back a review that one has written',
  auth: 'account',
});

const listWrittenReviews = route({
  method: 'GET',
  path: '/v1/accounts/me/reviews',
  summary: 'The reviews one has written',
  description: 'By group. Those of people who have left moim are gone, so a page may be short.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(writtenReview),
});

const listReceivedReviews = route({
  method: 'GET',
  path: '/v1/accounts/me/reviews/received',
  summary: 'What others think of oneself',
  description: 'Without who wrote it, in which group or when, and in no order that would tell.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(anonymousReview),
});

export const contract = feature({
  name: 'reviews',
  summary: 'What members think of each other',
  routes: { writeReview, removeReview, listWrittenReviews, listReceivedReviews },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Account', 'WrittenReview', 'Review'],
      query: ['reviewsBy', 'reviewsOf'],
      write: ['WrittenReview', 'Review', 'ReviewScore', 'Quota'],
      check: ['Membership', 'Account'],
    },
  },
});
