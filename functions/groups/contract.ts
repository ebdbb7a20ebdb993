import * as z from 'zod';
import { day, feature, id, instant, pageOf, pageQuery, route } from '../../shared/core/contract.ts';
import { limits } from '../../shared/core/limits.ts';
import { timeZone } from '../accounts/contract.ts';
import { frequency } from '../missions/contract.ts';

/** Row 20; the other kinds are later rows. */
export const kind = z.enum(['CHALLENGE']);
const category = z.enum([
  'IT',
  'FOREIGN_LANGUAGE',
  'MATH',
  'SCIENCE',
  'HUMANITIES',
  'ARTS_AND_PHYSICAL_EDUCATION',
  'ETC',
]);
const status = z.enum(['RECRUITING', 'IN_PROGRESS', 'FINISHED']);
/** One line of text without control characters, as long as a rule says. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u);

export const group = z
  .object({
    id,
    kind,
    title: z.string(),
    description: z.string(),
    promise: z.string(),
    certificationRule: z.string(),
    category,
    frequency,
    capacity: z.int(),
    memberCount: z.int(),
    startDate: day,
    endDate: day,
    timeZone: z.string(),
    status,
    joinPolicy: z.enum(['INSTANT']),
    createdAt: instant,
  })
  .meta({ id: 'Group' });

const membership = z
  .object({ groupId: id, accountId: id, role: z.enum(['LEADER', 'MANAGER', 'MEMBER']), joinedAt: instant })
  .meta({ id: 'Membership' });

const createGroup = route({
  method: 'POST',
  path: '/v1/groups',
  summary: 'Found a group',
  description:
    'The founder leads it and takes the first seat. A challenge comes with its repeat mission (rows 20-25, 51).',
  auth: 'account',
  body: z.strictObject({
    kind,
    title: line(limits.group.title),
    description: z.string().trim().max(limits.group.description).default(''),
    promise: z.string().trim().max(limits.group.promise).default(''),
    certificationRule: z.string().trim().max(limits.group.rule).default(''),
    category,
    frequency,
    capacity: z.int().min(limits.capacity.CHALLENGE[0]).max(limits.capacity.CHALLENGE[1]),
    startDate: day,
    endDate: day,
    timeZone: timeZone.default('Asia/Seoul'),
  }),
  status: 201,
  result: group,
  problems: ['INVALID_PERIOD'],
});

const listGroups = route({
  method: 'GET',
  path: '/v1/groups',
  summary: 'Groups one can join, newest first',
  description: 'Open to guests. Groups that are full or over are left out, so a page may be short (rows 33, 37).',
  auth: 'none',
  query: z.strictObject({ kind: kind.default('CHALLENGE'), ...pageQuery }),
  result: pageOf(group),
});

const getGroup = route({
  method: 'GET',
  path: '/v1/groups/{groupId}',
  summary: 'One group',
  description: 'Open to guests (row 37).',
  auth: 'none',
  result: group,
});

const listOwnGroups = route({
  method: 'GET',
  path: '/v1/accounts/me/groups',
  summary: 'The groups one is in, last joined first',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(z.object({ group, role: membership.shape.role, joinedAt: instant })),
});

const joinGroup = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/members',
  summary: 'Join a group at once',
  description: 'Seats are taken by one conditional write with the membership: never more than there are (rows 25, 27).',
  auth: 'account',
  status: 201,
  result: membership,
  problems: ['GROUP_FULL', 'GROUP_CLOSED', 'ALREADY_MEMBER', 'KICKED', 'JOIN_BY_OTHER_WAY'],
});

const listMembers = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/members',
  summary: 'The members of a group',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(z.object({ accountId: id, nickname: z.string(), role: membership.shape.role, joinedAt: instant })),
});

export const contract = feature({
  name: 'groups',
  summary: 'Founding, finding and joining groups',
  routes: { createGroup, listGroups, getGroup, listOwnGroups, joinGroup, listMembers },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Account'],
      query: ['groupsByKind', 'groupsOfAccount', 'membersOfGroup'],
      write: ['Group', 'Membership', 'Mission', 'Outbox'],
    },
  },
});
