import * as z from 'zod';
import { because, feature, instant, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { typedCode } from '../../../shared/product/text-fields.ts';
import { group, membership } from '../groups/contract.ts';

const { usual, most } = limits.inviteLinkDays;

const inviteCode = z
  .object({
    code: z
      .string()
      .nullable()
      .meta({ description: '26 characters. null until it is renewed for the first time, or a link is made' }),
    inviteCode: z.string().nullable().meta({ description: 'The same, by its name of before', deprecated: true }),
    renewedAt: instant.nullable(),
  })
  .meta({ id: 'InviteCode' });

const path = '/v1/groups/{groupId}/invite-code';

const getInviteCode = route({
  method: 'GET',
  path,
  summary: 'Get the invite code of a group',
  description: 'Leaders; others get 404. A new group has no code: renew it to get the first one.',
  auth: 'account',
  kept: false,
  result: inviteCode,
});

const renewInviteCode = route({
  method: 'POST',
  path: `${path}/renew`,
  summary: 'Renew the invite code of a group',
  description: 'Leaders; others get 404. The previous code and every link made with it stop working.',
  auth: 'account',
  result: inviteCode,
  problems: ['NOT_APPLICABLE'],
});

const makeInviteLink = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/invite-links',
  summary: 'Create an invite link',
  description:
    'Leaders; others get 404. The link expires after the given number of days, or earlier if the code is renewed.',
  auth: 'account',
  body: z.strictObject({ days: z.int().min(1).max(most).default(usual) }),
  status: 201,
  result: z.object({
    url: z.url().meta({ description: 'The token follows the `#`, so that no server on the way sees it' }),
    token: z.string(),
    expiresAt: instant,
  }),
  problems: ['NOT_APPLICABLE'],
});

const invitation = z
  .strictObject({
    code: typedCode.optional(),
    token: z
      .string()
      .regex(/^[\w.-]{1,256}$/, because('inviteToken'))
      .optional(),
  })
  .refine(({ code, token }) => (code === undefined) !== (token === undefined), {
    ...because('codeOrToken'),
    path: ['code'],
  })
  .meta({ minProperties: 1, maxProperties: 1, examples: [{ code: 'MFRGGZDFMZTWQ2LKNNWG23TPOB' }] });

const lookAtInvitation = route({
  method: 'POST',
  path: '/v1/invitations/look',
  summary: 'Preview the group of an invite',
  description:
    'Does not join the group. Wrong, renewed and expired invites get the same answer. Ten wrong tries an hour are allowed.',
  auth: 'account',
  body: invitation,
  result: group
    .pick({ id: true, kind: true, title: true, description: true, promise: true, category: true })
    .extend(group.pick({ capacity: true, memberCount: true, endDate: true }).shape)
    .meta({ id: 'InvitingGroup' }),
  problems: ['CODE_WRONG', 'TOO_MANY_REQUESTS'],
});

const acceptInvitation = route({
  method: 'POST',
  path: '/v1/invitations/accept',
  summary: 'Join a group by invite',
  description: 'Works for every join policy. Only wrong invites count towards the limit of tries.',
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
    'REJOIN_REFUSED',
    'GROUP_LIMIT',
  ],
});

export const contract = feature({
  name: 'invites',
  summary: 'Invite codes and links',
  routes: { getInviteCode, renewInviteCode, makeInviteLink, lookAtInvitation, acceptInvitation },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Application', 'Invite', 'InviteCode', 'Quota'],
      write: ['Invite', 'InviteCode', 'Group', 'Membership', 'Account', 'Application', 'Quota', 'Outbox'],
      check: ['Membership', 'Invite', 'InviteCode', 'Quota'],
    },
  },
});
