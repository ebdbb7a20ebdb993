import * as z from 'zod';
import { feature, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { sorts } from '../core/values.ts';
import { audience, category, group, kind, status, tag } from '../groups/contract.ts';

const [shortest, longest] = limits.search.text;
export const sort = z.enum(sorts);

const listGroups = route({
  method: 'GET',
  path: '/v1/groups',
  summary: 'Find groups to join',
  description: [
    'Open to guests. Any filters together, in any order: newest first, by the last day to join, by members or by likes, of equal ones the newest first (rows 33, 34, 37).',
    'Groups that are full, over, past their deadline or about to disband are shown where `status` asks for them. A page may be short, even empty: `nextCursor` tells whether there is more. For an hour from its first page a list is paged through as it was then, so that nothing is skipped and nothing comes twice; that a group has moved shows after some seconds.',
    `\`text\` is looked for in title, description, the recruit post’s title and target, and tags, in any case and width (row 35). It is found anywhere in title and tags, and from the beginning of a word in the others, but a group is found by ${limits.search.words} different pairs of letters at most, those of title and tags first: words late in a long description are not found.`,
  ].join('\n\n'),
  auth: 'none',
  query: z.strictObject({
    kind: kind.optional(),
    category: category.optional(),
    audience: audience.optional(),
    tag: tag.optional(),
    status: status.optional(),
    text: z.string().trim().min(shortest).max(longest).optional(),
    sort: sort.default('LATEST'),
    ...pageQuery,
    // A search's cursor holds all that is still to come.
    cursor: z.string().max(4096).optional(),
  }),
  result: pageOf(group),
  problems: ['INVALID_CURSOR'],
});

const likeGroup = route({
  method: 'PUT',
  path: '/v1/groups/{groupId}/like',
  summary: 'Like a group',
  description: 'One likes a group once, however often one says so (row 36).',
  auth: 'account',
  problems: ['TOO_MANY_REQUESTS'],
});

const unlikeGroup = route({
  method: 'DELETE',
  path: '/v1/groups/{groupId}/like',
  summary: 'Take a like back',
  description: 'Idempotent: also for a group that one does not like or can no longer see (row 36).',
  auth: 'account',
});

const listLikes = route({
  method: 'GET',
  path: '/v1/accounts/me/likes',
  summary: 'The groups one likes, last liked first',
  description: 'Without those that one can no longer see, so a page may be short (rows 36, 50).',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(z.object({ group, likedAt: instant })),
});

export const contract = feature({
  name: 'discovery',
  summary: 'Finding groups: lists, search, likes',
  routes: { listGroups, likeGroup, unlikeGroup, listLikes },
  consumers: {
    relist: {
      summary: 'Brings the entries of a group in the public lists to what the group is now',
      entity: 'Group',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: { read: ['Group', 'Listed'], write: ['Listing', 'Listed'] },
      keeps: ['groupId'],
      onlyLast: true,
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Like'],
      query: ['listing', 'likesOfAccount'],
      write: ['Group', 'Like', 'Quota'],
      check: ['Membership'],
    },
  },
});
