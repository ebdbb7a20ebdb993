import * as z from 'zod';
import { because, feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';
import { line } from '../../../shared/product/text-fields.ts';
import { applicationStates, sorts } from '../core/values.ts';
import { audience, category, group, kind, membership, status, tag } from '../groups/contract.ts';

const [min, max] = limits.search.text;
const sort = z.enum(sorts);

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
  sharedSeconds: limits.sharedSeconds,
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

const viewer = z
  .object({
    groupId: id,
    role: membership.shape.role.nullable().meta({ description: 'Null unless you are a member' }),
    application: z.enum(applicationStates).nullable().meta({ description: 'The state of your last application' }),
    liked: z.boolean(),
    joinRefusal: z
      .enum([
        ...(['ALREADY_MEMBER', 'KICKED', 'REJOIN_REFUSED', 'GROUP_CLOSED', 'GROUP_FULL'] as const),
        ...(['JOIN_BY_OTHER_WAY', 'ALREADY_APPLIED', 'GROUP_LIMIT'] as const),
      ])
      .nullable()
      .meta({
        description:
          'The problem that joining by the policy of the group would answer now: directly, by an application, or by an invite. Null if nothing is known against it',
      }),
  })
  .meta({ id: 'Viewer' });

const getViewer = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/viewer',
  summary: 'Get what you are to a group',
  description:
    'For everybody signed in who may see the group: your role, application and like, whether you could join now, and who leads. The group itself has an answer of its own, which is the same for everybody.',
  auth: 'account',
  result: viewer
    .extend({ leader: z.object({ id, nickname: z.string(), picture: thumbnail }) })
    .meta({ id: 'ViewerOfOne' }),
});

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const listViewer = route({
  method: 'GET',
  path: '/v1/accounts/me/group-relations',
  summary: 'List what you are to groups',
  description:
    'The same for the groups of a page, in the given order. Groups that you may not see are left out. It may lag by a moment.',
  auth: 'account',
  query: z.strictObject({
    groupIds: z
      .string()
      .max(limits.relations * 37)
      .regex(new RegExp(`^${uuid}(?:,${uuid}){0,${limits.relations - 1}}$`), because('ids'))
      .meta({ description: 'Up to 50 ids of groups, separated by commas' }),
  }),
  result: z.object({ items: z.array(viewer) }),
});

export const contract = feature({
  name: 'discovery',
  summary: 'Finding groups: lists, search and likes',
  routes: { listGroups, likeGroup, unlikeGroup, listLikes, getViewer, listViewer },
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
      read: ['Group', 'Membership', 'Like', 'Application', 'Account'],
      query: ['listing', 'groupsWithWord', 'likesOfAccount'],
      write: ['Group', 'Like', 'Quota'],
      check: ['Membership'],
      readObjects: ['pictures/'],
    },
  },
});
