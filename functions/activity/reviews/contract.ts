import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { text } from '../../../shared/product/text-fields.ts';

const limit = limits.review;
const score = z.int().min(limit.lowest).max(limit.highest);

/** The part of somebody's reviews that everybody sees. */
export const reputation = z
  .object({
    average: z.number().nullable().meta({ description: 'From 1 to 10 with two decimals; null without reviews' }),
    count: z.int(),
  })
  .meta({ id: 'Reputation' });

/** A review as its writer sees it. */
const writtenReview = z
  .object({
    groupId: id,
    account: z.object({ id, nickname: z.string() }).meta({ description: 'The reviewed person' }),
    score,
    text: z.string(),
    writtenAt: instant,
  })
  .meta({ id: 'WrittenReview' });

/** A review as everybody else sees it who may see it. */
export const anonymousReview = z
  .object({ score, text: z.string(), month: z.string().meta({ description: '`YYYY-MM`; the day stays private' }) })
  .meta({ id: 'AnonymousReview' });

const one = '/v1/groups/{groupId}/reviews/{accountId}';

const writeReview = route({
  method: 'PUT',
  path: one,
  summary: 'Review a fellow member',
  description:
    'For people who share a group, from its first day on. Possible after leaving the group, but not after a removal. There is one review per group and person: writing again replaces it. The reviewed person never learns who wrote it, in which group or when.',
  auth: 'account',
  body: z.strictObject({ score, text: text({ max: limit.text }).default('') }),
  result: writtenReview,
  problems: ['NOT_APPLICABLE', 'TOO_MANY_REQUESTS'],
});

const removeReview = route({
  method: 'DELETE',
  path: one,
  summary: 'Delete your review',
  auth: 'account',
});

const listWrittenReviews = route({
  method: 'GET',
  path: '/v1/accounts/me/reviews',
  summary: 'List the reviews you wrote',
  description: 'Ordered by group. Reviews of withdrawn accounts are deleted, so a page may be short.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(writtenReview),
});

const listReceivedReviews = route({
  method: 'GET',
  path: '/v1/accounts/me/reviews/received',
  summary: 'List the reviews you received',
  description: 'Leaves out the writer, the group and the day. The order reveals none of them.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(anonymousReview),
});

export const contract = feature({
  name: 'reviews',
  summary: 'Reviews among members',
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
