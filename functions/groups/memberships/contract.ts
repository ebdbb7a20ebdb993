import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route, serverEvent } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';
import { decisionReason, text } from '../../../shared/product/text-fields.ts';
import { membership } from '../groups/contract.ts';

const members = '/v1/groups/{groupId}/members';
const one = `${members}/{accountId}` as const;
const noEntry = ['GROUP_FULL', 'GROUP_CLOSED', 'ALREADY_MEMBER', 'KICKED', 'REJOIN_REFUSED', 'GROUP_LIMIT'] as const;

const joinGroup = route({
  method: 'POST',
  path: members,
  summary: 'Join a group directly',
  description:
    'For public groups that accept members directly; the others need an application or an invite. Private groups answer 404. The seat and the membership are one transaction, so a group is never overbooked.',
  auth: 'account',
  status: 201,
  result: membership,
  problems: [...noEntry, 'JOIN_BY_OTHER_WAY'],
});

const addMember = route({
  method: 'POST',
  path: one,
  summary: 'Add somebody to a group',
  description: 'Administrators only. Works for every join policy. Others get 404.',
  auth: 'account',
  status: 201,
  result: membership,
  problems: ['FACTOR_NEEDED', ...noEntry, 'OWN_DECISION'],
});

export const member = z
  .object({
    accountId: id,
    nickname: z.string(),
    picture: thumbnail,
    role: membership.shape.role,
    joinedAt: instant,
    online: z.boolean().meta({ description: 'Whether a socket was open within the last minutes' }),
    warnings: z.int().nullable().meta({ description: 'Null unless you may warn members' }),
  })
  .meta({ id: 'Member' });

const listMembers = route({
  method: 'GET',
  path: members,
  summary: 'List the members of a group',
  description: 'Members; others get 404. First joined first. Names and pictures may lag by a moment behind a change.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(member),
});

const leaveGroup = route({
  method: 'DELETE',
  path: `${members}/me`,
  summary: 'Leave a group',
  description:
    'A leader with other members has to hand the group over or disband it first. An open room passes to the member who joined first. The group ends if nobody is left.',
  auth: 'account',
  problems: ['LEADER_MUST_HAND_OVER', 'NOT_FOUND'],
});

const handOver = route({
  method: 'PUT',
  path: '/v1/groups/{groupId}/leader',
  summary: 'Hand a group over to a member',
  description:
    'Leaders; others get 404. The previous leader becomes a member. Both roles change at once, and all members are notified.',
  auth: 'account',
  body: z.strictObject({ accountId: id }),
  problems: ['NOT_APPLICABLE'],
});

const succeedLeader = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/leader/succession',
  summary: 'Replace an inactive leader',
  description:
    'Members; others get 404. A leader with no session for two weeks is replaced by the manager who joined first, or else by the member who joined first. After three weeks the leader gets a warning. A week later the leader is replaced automatically.',
  auth: 'account',
  result: z.object({ leaderId: id }),
  problems: ['NOT_APPLICABLE'],
});

const setMemberRole = route({
  method: 'PUT',
  path: `${one}/role`,
  summary: 'Set the role of a member',
  description: 'Leaders and administrators; others get 404. Managers have the powers listed in `docs/access.md`.',
  auth: 'account',
  body: z.strictObject({ role: z.enum(['MANAGER', 'MEMBER']) }),
  result: membership,
  problems: ['FACTOR_NEEDED', 'NOT_APPLICABLE', 'OWN_DECISION', 'MANAGER_LIMIT'],
});

const kickMember = route({
  method: 'POST',
  path: `${one}/kick`,
  summary: 'Remove a member from a group',
  description:
    'Leaders; others get 404. The seat is free at once. The removed person cannot join again until the leader lifts the removal.',
  auth: 'account',
  body: z.strictObject({ reason: decisionReason }),
  problems: ['OWN_DECISION', 'NOT_APPLICABLE'],
});

const liftKick = route({
  method: 'DELETE',
  path: `${one}/kick`,
  summary: 'Lift the removal of a member',
  description: 'Leaders; others get 404. The person may join again and has no warnings.',
  auth: 'account',
});

const listBarred = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/barred',
  summary: 'List removed people who cannot rejoin',
  description: 'Leaders; others get 404. Lifting the removal takes a person off the list.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(
    z
      .object({ accountId: id, nickname: z.string(), picture: thumbnail, since: instant, reason: z.string() })
      .meta({ id: 'BarredPerson' }),
  ),
});

const warnMember = route({
  method: 'POST',
  path: `${one}/warnings`,
  summary: 'Warn a member',
  description:
    'Leaders; others get 404. The third warning removes the member. Warnings stay if a member leaves and joins again.',
  auth: 'account',
  body: z.strictObject({ reason: text({ min: 1, max: limits.warnings.reason }) }),
  status: 201,
  result: z.object({ warnings: z.int(), kicked: z.boolean() }),
  problems: ['OWN_DECISION', 'NOT_APPLICABLE'],
});

const who = { groupId: id, accountId: id };
const memberKicked = serverEvent({
  name: 'member.kicked',
  summary: 'A member was removed. Only the removed person gets the reason',
  data: z.object({ ...who, reason: z.string().nullable() }).meta({ id: 'MemberKicked' }),
});
const memberWarned = serverEvent({
  name: 'member.warned',
  summary: 'A member was warned; `count` includes this warning. The third warning removes the member',
  data: z.object({ ...who, count: z.int().min(1).max(limits.warnings.toKick) }).meta({ id: 'MemberWarned' }),
});
export type MemberKicked = z.infer<typeof memberKicked.data>;
export type MemberWarned = z.infer<typeof memberWarned.data>;

export const contract = feature({
  name: 'memberships',
  summary: 'Joining and leaving groups; roles, warnings and removals',
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
    listBarred,
    warnMember,
  },
  events: { memberKicked, memberWarned },
  consumers: {
    followMember: {
      summary: 'Updates the roster as members come and go',
      entity: 'Membership',
      on: ['INSERT', 'MODIFY'],
      lane: 'background',
      rights: { read: ['Roster', 'Membership', 'Account'], write: ['Roster'] },
    },
    followAccount: {
      summary: 'Updates rosters with new names and pictures',
      entity: 'Account',
      on: ['MODIFY'],
      lane: 'background',
      rights: { read: ['Roster', 'Membership', 'Account'], query: ['groupsOfAccount'], write: ['Roster'] },
    },
    leaderGone: {
      summary: 'Records when the last session of a leader ended',
      entity: 'Session',
      on: ['REMOVE'],
      lane: 'background',
      rights: { read: ['Group'], query: ['sessionsOfAccount', 'groupsOfAccount'], write: ['Group', 'Due'] },
      keeps: ['accountId', 'expiresAt', 'refreshedAt'],
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Account', 'Administrator', 'Session', 'Application', 'Presence'],
      query: ['presentMembers', 'membersOfGroup', 'rosterOfGroup', 'sessionsOfAccount', 'barredFromGroup'],
      write: ['Group', 'Due', 'Membership', 'Outbox', 'Account', 'Application', 'Decision', 'Barred'],
      check: ['Membership', 'Administrator'],
      readObjects: ['pictures/'],
    },
  },
});
