import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route } from '../../shared/core/contract.ts';
import { membership } from '../groups/contract.ts';

const joinGroup = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/members',
  summary: 'Join a group at once',
  description: 'Seats are taken by one conditional write with the membership: never more than there are (rows 25, 27).',
  auth: 'account',
  status: 201,
  result: membership,
  problems: ['GROUP_FULL', 'GROUP_CLOSED', 'ALREADY_MEMBER', 'KICKED', 'JOIN_BY_OTHER_WAY', 'GROUP_LIMIT'],
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
  name: 'memberships',
  summary: 'Joining, leaving and being in a group',
  routes: { joinGroup, listMembers },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Account'],
      query: ['membersOfGroup'],
      write: ['Group', 'Membership', 'Outbox', 'Account'],
    },
  },
});
