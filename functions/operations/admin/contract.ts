import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { accountStatus } from '../../accounts/accounts/contract.ts';
import { accountRoles } from '../../accounts/accounts/values.ts';
import { group } from '../../groups/groups/contract.ts';

const role = z.enum(accountRoles);
const account = z
  .object({
    id,
    email: z.string().nullable(),
    loginId: z.string().nullable(),
    nickname: z.string(),
    role,
    status: accountStatus,
    createdAt: instant,
  })
  .meta({ id: 'AdministeredAccount' });

const listWaitingAccounts = route({
  method: 'GET',
  path: '/v1/admin/accounts',
  summary: 'Accounts that wait for approval, oldest first',
  description:
    'For administrators; to everybody else there is no such place (rows 13, 14, 115). The list may lag by a moment: one that has just been decided is still shown.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(account),
  problems: ['NOT_FOUND'],
});

const approveAccount = route({
  method: 'POST',
  path: '/v1/admin/accounts/{accountId}/approve',
  summary: 'Approve an account that waits',
  description: 'Its owner is told by mail and may sign in from now on.',
  auth: 'account',
  result: account,
  problems: ['ALREADY_DECIDED'],
});

const rejectAccount = route({
  method: 'POST',
  path: '/v1/admin/accounts/{accountId}/reject',
  summary: 'Reject an account that waits',
  description: 'Its owner is told the reason by mail.',
  auth: 'account',
  body: z.strictObject({ reason: z.string().trim().min(1).max(limits.decisionReason) }),
  result: account,
  problems: ['ALREADY_DECIDED'],
});

const setRole = route({
  method: 'PUT',
  path: '/v1/admin/accounts/{accountId}/role',
  summary: 'Make somebody an administrator, or no longer one',
  description: 'Takes effect with the next request. Nobody decides their own role; the first one is set by a command.',
  auth: 'account',
  body: z.strictObject({ role }),
  result: account,
});

const listWaitingGroups = route({
  method: 'GET',
  path: '/v1/admin/groups',
  summary: 'Groups that wait for approval, oldest first',
  description:
    'For administrators; to everybody else there is no such place (row 38). The list may lag by a moment: one that has just been decided is still shown.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(z.object({ group, leaderId: id })),
  problems: ['NOT_FOUND'],
});

const decideGroups = route({
  method: 'POST',
  path: '/v1/admin/groups/decisions',
  summary: 'Approve and reject groups that wait',
  description:
    'Each is decided for itself and has a result of its own; its leader is told, with the reason of a rejection. Deciding the same again gives the same result (row 38).',
  auth: 'account',
  body: z
    .strictObject({
      decisions: z
        .array(
          z
            .strictObject({
              groupId: id,
              decision: z.enum(['APPROVED', 'REJECTED']),
              reason: z.string().trim().min(1).max(limits.decisionReason).optional(),
            })
            .refine(({ decision, reason }) => decision === 'APPROVED' || reason !== undefined, { path: ['reason'] }),
        )
        .min(1)
        .max(limits.approvalsAtOnce)
        .refine((decisions) => new Set(decisions.map(({ groupId }) => groupId)).size === decisions.length),
    })
    .meta({
      examples: [{ decisions: [{ groupId: '0193f2a0-0000-7000-8000-000000000000', decision: 'APPROVED' }] }],
    }),
  result: z.object({
    results: z.array(
      z.object({
        groupId: id,
        outcome: z.enum(['APPROVED', 'REJECTED', 'ALREADY_DECIDED', 'OWN_DECISION', 'NOT_FOUND', 'TRY_AGAIN']),
      }),
    ),
  }),
  problems: ['NOT_FOUND'],
});

const setPaid = route({
  method: 'PUT',
  path: '/v1/admin/groups/{groupId}/paid',
  summary: 'Say whether a team has paid for more seats',
  description: 'With it a team may have up to 200 seats, without it 20 (row 25).',
  auth: 'account',
  body: z.strictObject({ paid: z.boolean() }),
  result: group,
  problems: ['NOT_APPLICABLE'],
});

export const contract = feature({
  name: 'admin',
  summary: 'What administrators of a deployment do: approving accounts and groups, giving roles',
  routes: {
    listWaitingAccounts,
    approveAccount,
    rejectAccount,
    setRole,
    listWaitingGroups,
    decideGroups,
    setPaid,
  },
  rights: {
    http: {
      read: ['Account', 'Group'],
      query: ['accountsWaiting', 'groupsWaiting'],
      write: ['Account', 'Decision', 'Mail', 'Outbox', 'Group'],
      check: ['Account'],
    },
  },
});
