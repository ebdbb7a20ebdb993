import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route } from '../../shared/core/contract.ts';
import { limits } from '../../shared/core/limits.ts';
import { accountStatus } from '../accounts/contract.ts';

const role = z.enum(['USER', 'ADMIN']);
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
  description: 'For administrators; to everybody else there is no such place (rows 13, 14, 115).',
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

export const contract = feature({
  name: 'admin',
  summary: 'What administrators of a deployment do: approving accounts, giving roles',
  routes: { listWaitingAccounts, approveAccount, rejectAccount, setRole },
  rights: {
    http: {
      read: ['Account'],
      query: ['accountsWaiting'],
      write: ['Account', 'Decision', 'Mail', 'Outbox'],
      check: ['Account'],
    },
  },
});
