import * as z from 'zod';
import { feature, instant, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { group, membership } from '../groups/contract.ts';

const { usual, most } = limits.inviteLinkDays;

const inviteCode = z
  .object({
    inviteCode: z.string().nullable().meta({ description: '26 characters; null where none was made yet' }),
    renewedAt: instant.nullable(),
  })
  .meta({ id: 'InviteCode' });

const path = '/v1/groups/{groupId}/invite-code';

const getInviteCode = route({
  method: 'GET',
  path,
  summary: 'The code that leads into a group',
  description: 'For its leader (row 29).',
  auth: 'account',
  result: inviteCode,
});

const renewInviteCode = route({
  method: 'POST',
  path: `${path}/renew`,
  summary: 'Make a new code for a group',
  description: 'By its leader. The code before it, and every link made with it, lead nowhere from then on.',
  auth: 'account',
  result: inviteCode,
  problems: ['NOT_APPLICABLE'],
});

const makeInviteLink = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/invite-links',
  summary: 'Make a link that leads into a group',
  description: 'By its leader; it holds the code and ends with it, or after some days (row 30).',
  auth: 'account',
  body: z.strictObject({ days: z.int().min(1).max(most).default(usual) }),
  status: 201,
  result: z.object({
    url: z.url().meta({ description: 'The token stands behind the `#`, so that no server on the way sees it' }),
    token: z.string(),
    expiresAt: instant,
  }),
  problems: ['NOT_APPLICABLE'],
});

const invitation = z
  .strictObject({
    code: z.string().max(64).optional(),
    token: z
      .string()
      .regex(/^[\w.-]{1,256}$/)
      .optional(),
  })
  .refine(({ code, token }) => (code === undefined) !== (token === undefined), { path: ['code'] })
  .meta({ examples: [{ code: 'MFRGGZDFMZTWQ2LKNNWG23TPOB' }] });

const lookAtInvitation = route({
  method: 'POST',
  path: '/v1/invitations/look',
  summary: 'Where a code or a link leads, without joining',
  description: 'Wrong, renewed and expired ones get the same answer, ten times an hour (rows 29, 30).',
  auth: 'account',
  body: invitation,
  result: group
    .pick({ id: true, kind: true, title: true, description: true, capacity: true, memberCount: true, endDate: true })
    .meta({ id: 'InvitingGroup' }),
  problems: ['CODE_WRONG', 'TOO_MANY_REQUESTS'],
});

const acceptInvitation = route({
  method: 'POST',
  path: '/v1/invitations/accept',
  summary: 'Join the group that a code or a link leads to',
  description: 'Whatever the way the group is joined by. Wrong ones are counted, right ones are not (rows 29, 30).',
  auth: 'account',
  body: invitation,
  status: 201,
  result: membership,
  problems: [
    'CODE_WRONG',
    'TOO_MANY_REQUESTS',
    'GROUP_FULL',
    'GROUP_CLOSED',
    'ALREADY_MEMBER',
    'KICKED',
    'GROUP_LIMIT',
  ],
});

export const contract = feature({
  name: 'invites',
  summary: 'Codes and links that lead into a group',
  routes: { getInviteCode, renewInviteCode, makeInviteLink, lookAtInvitation, acceptInvitation },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Account', 'Application', 'Invite', 'InviteCode', 'Quota'],
      write: ['Invite', 'InviteCode', 'Group', 'Membership', 'Account', 'Application', 'Outbox', 'Quota'],
      check: ['Membership', 'Invite', 'InviteCode', 'Quota'],
      secrets: ['SigningKey'],
    },
  },
});
