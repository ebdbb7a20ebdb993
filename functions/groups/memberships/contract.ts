import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { membership } from '../groups/contract.ts';

const members = '/v1/groups/{groupId}/members';
const one = `${members}/{accountId}` as const;
const noEntry = ['GROUP_FULL', 'GROUP_CLOSED', 'ALREADY_MEMBER', 'KICKED', 'GROUP_LIMIT'] as const;

const joinGroup = route({
  method: 'POST',
  path: members,
  summary: 'Join a group at once',
  description:
    'Seats are taken by one conditional write with the membership: never more than there are (rows 25, 27). A private group is joined by its code or link; to strangers there is no such group.',
  auth: 'account',
  status: 201,
  result: membership,
  problems: [...noEntry, 'JOIN_BY_OTHER_WAY'],
});

const addMember = route({
  method: 'POST',
  path: one,
  summary: 'Bring somebody into a group',
  description:
    'By an administrator, whatever the way the group is joined by; to everybody else there is no such place.',
  auth: 'account',
  status: 201,
  result: membership,
  problems: [...noEntry, 'OWN_DECISION'],
});

const member = z
  .object({
    accountId: id,
    nickname: z.string(),
    picture: z.object({
      avatar: z.int().nullable(),
      thumbnailUrl: z.url().nullable().meta({ description: 'For 15 minutes' }),
    }),
    role: membership.shape.role,
    joinedAt: instant,
    online: z.boolean().meta({ description: 'Has a socket open, as of the last minutes' }),
    warnings: z.int().nullable().meta({ description: 'Null for those who may not warn' }),
  })
  .meta({ id: 'Member' });

const listMembers = route({
  method: 'GET',
  path: members,
  summary: 'The members of a group, first joined first',
  description: 'For its members (rows 37, 43).',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(member),
});

const leaveGroup = route({
  method: 'DELETE',
  path: `${members}/me`,
  summary: 'Leave a group',
  description:
    'A leader hands over or disbands first; an open room goes to whoever came first. Who leads a group alone takes it with them (rows 39, 44).',
  auth: 'account',
  problems: ['LEADER_MUST_HAND_OVER', 'NOT_FOUND'],
});

const handOver = route({
  method: 'PUT',
  path: '/v1/groups/{groupId}/leader',
  summary: 'Hand a group over to one of its members',
  description: 'By its leader, who is a member like others then. Both parts change at once, and all are told (row 45).',
  auth: 'account',
  body: z.strictObject({ accountId: id }),
  problems: ['NOT_APPLICABLE'],
});

const succeedLeader = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/leader/succession',
  summary: 'Ask for another leader where the leader is gone',
  description:
    'By any member. A leader who has not been there for two weeks or more is followed by the manager who has been in the group longest, else the member. After three weeks the leader is warned, and a week later it happens by itself (row 125).',
  auth: 'account',
  result: z.object({ leaderId: id }),
  problems: ['NOT_APPLICABLE'],
});

const setMemberRole = route({
  method: 'PUT',
  path: `${one}/role`,
  summary: 'Make a member a manager, or a manager a member',
  description: 'By the leader or an administrator. What managers may do is in `docs/access.md` (rows 14, 125).',
  auth: 'account',
  body: z.strictObject({ role: z.enum(['MANAGER', 'MEMBER']) }),
  result: membership,
  problems: ['NOT_APPLICABLE', 'OWN_DECISION'],
});

const kickMember = route({
  method: 'POST',
  path: `${one}/kick`,
  summary: 'Remove somebody from a group',
  description: 'By its leader. Lasts until it is lifted; the seat is free at once (row 46).',
  auth: 'account',
  body: z.strictObject({ reason: z.string().trim().min(1).max(limits.decisionReason) }),
  problems: ['OWN_DECISION', 'NOT_APPLICABLE'],
});

const liftKick = route({
  method: 'DELETE',
  path: `${one}/kick`,
  summary: 'Let somebody who was removed come back',
  description: 'By the leader. They may join again, with no warnings (rows 31, 46).',
  auth: 'account',
});

const warnMember = route({
  method: 'POST',
  path: `${one}/warnings`,
  summary: 'Warn a member',
  description: 'By the leader. The third warning removes them (row 47). Warnings stay with who leaves and comes back.',
  auth: 'account',
  body: z.strictObject({ reason: z.string().trim().min(1).max(limits.warnings.reason) }),
  status: 201,
  result: z.object({ warnings: z.int(), kicked: z.boolean() }),
  problems: ['OWN_DECISION', 'NOT_APPLICABLE'],
});

const who = { groupId: id, accountId: id };
const memberKicked = {
  name: 'member.kicked',
  summary: 'A member was removed: told to them, with the reason, and to those who are left, without it',
  data: z.object({ ...who, reason: z.string().nullable() }).meta({ id: 'MemberKicked' }),
} as const;
const memberWarned = {
  name: 'member.warned',
  summary: 'One was warned, so many times by now; the third removes',
  data: z.object({ ...who, count: z.int().min(1).max(limits.warnings.toKick) }).meta({ id: 'MemberWarned' }),
} as const;
export type MemberKicked = z.infer<typeof memberKicked.data>;
export type MemberWarned = z.infer<typeof memberWarned.data>;

export const contract = feature({
  name: 'memberships',
  summary: 'Joining, leaving and being in a group; who leads it, and what that brings',
  routes: {
    joinGroup,
    addMember,
    listMembers,
    leaveGroup,
    handOver,
    succeedLeader,
    setMemberRole,
    kickMember,
    liftKick,
    warnMember,
  },
  events: { memberKicked, memberWarned },
  consumers: {
    leaderGone: {
      summary: 'Remembers since when a leader is signed in nowhere',
      entity: 'Session',
      on: ['REMOVE'],
      lane: 'background',
      rights: { read: ['Group'], query: ['sessionsOfAccount', 'groupsOfAccount'], write: ['Group'] },
      keeps: ['accountId', 'expiresAt', 'refreshedAt'],
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Account', 'Application', 'Presence'],
      query: ['presentMembers', 'membersOfGroup', 'sessionsOfAccount'],
      write: ['Group', 'Membership', 'Outbox', 'Account', 'Application', 'Decision'],
      check: ['Membership', 'Account'],
      readObjects: ['pictures/'],
    },
  },
});
