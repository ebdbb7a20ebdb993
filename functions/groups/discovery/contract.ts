import * as z from 'zod';
import { feature, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { line } from '../../../shared/product/text-fields.ts';
import { sorts } from '../core/values.ts';
import { audience, category, group, kind, status, tag } from '../groups/contract.ts';

const [min, max] = limits.search.text;
export const sort = z.enum(sorts);

const listGroups = route({
  method: 'GET',
  path: '/v1/groups',
  summary: 'Find groups to join',
  description: [
    'Open to guests. Combine any filters. Sort by newest, by the last day to join, by members or by likes; equal groups are sorted newest first.',
    'Groups that are full, finished, past their deadline or about to end appear only if `status` asks for them. A page may be short, even empty: `nextCursor` tells whether there is more. For an hour from its first page, a list is paged as it was then: no group is skipped or repeated. Changes of a group appear after some seconds.',
    '`text` is searched in the title, the description, the tags, and the title and target of the recruit post. Each word of it has to stand somewhere in them, also within other words, ignoring case, character width and Unicode composition. A consonant at the end of a Korean word stands for every syllable that begins with it, as while typing. Changes of a text appear within a second.',
  ].join('\n\n'),
  auth: 'none',
  query: z.strictObject({
    kind: kind.optional(),
    category: category.optional(),
    audience: audience.optional(),
    tag: tag.optional(),
    status: status.optional(),
    text: line({ min, max }).optional(),
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
  description: 'Idempotent: liking again changes nothing.',
  auth: 'account',
  problems: ['TOO_MANY_REQUESTS'],
});

const unlikeGroup = route({
  method: 'DELETE',
  path: '/v1/groups/{groupId}/like',
  summary: 'Remove a like',
  description: 'Idempotent: answers 204 also for a group that you do not like or can no longer see.',
  auth: 'account',
});

const listLikes = route({
  method: 'GET',
  path: '/v1/accounts/me/likes',
  summary: 'List the groups you like',
  description: 'Last liked first. Groups that you can no longer see are left out, so a page may be short.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(z.object({ group, likedAt: instant })),
});

export const contract = feature({
  name: 'discovery',
  summary: 'Finding groups: lists, search and likes',
  routes: { listGroups, likeGroup, unlikeGroup, listLikes },
  consumers: {
    relist: {
      summary: 'Updates where a group is listed and found',
      entity: 'Group',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: {
        read: ['Group', 'Listed', 'Indexed', 'Listing'],
        write: ['Listed', 'Indexed', 'Listing', 'Word'],
      },
      keeps: ['groupId'],
      onlyLast: true,
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Like'],
      query: ['listing', 'groupsWithWord', 'likesOfAccount'],
      write: ['Group', 'Like', 'Quota'],
      check: ['Membership'],
    },
  },
});
