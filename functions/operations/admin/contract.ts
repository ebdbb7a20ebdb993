import * as z from 'zod';
import { because, feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { decisionReason, text } from '../../../shared/product/text-fields.ts';
import { accountStatus, nickname } from '../../accounts/accounts/contract.ts';
import { accountRoles } from '../../accounts/accounts/values.ts';
import { group } from '../../groups/groups/contract.ts';
import { accountDecision } from '../../groups/groups/fields.ts';

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

const person = z.object({ id, nickname: z.string() });
const inspected = account
  .extend({
    suspension: z
      .object({ reason: z.string(), until: instant })
      .nullable()
      .meta({ description: 'There while the account is SUSPENDED' }),
  })
  .meta({ id: 'InspectedAccount' });

const waiting = z.int().meta({ description: `At most ${limits.unread}, which stands for that many or more` });

const countWaiting = route({
  method: 'GET',
  path: '/v1/admin/waiting',
  summary: 'Count what waits for administrators',
  description: 'Administrators; others get 404. The counts may lag by a moment behind a decision.',
  auth: 'account',
  event: 'NONE',
  result: z.object({ groups: waiting, accounts: waiting, reports: waiting }).meta({ id: 'Waiting' }),
  problems: ['NOT_FOUND'],
});

const findAccount = route({
  method: 'GET',
  path: '/v1/admin/account-search',
  summary: 'Find an account by its nickname',
  description:
    'Administrators; others get 404, as does a nickname that nobody has. The whole nickname; capitals and look-alikes make no difference.',
  auth: 'account',
  event: 'NONE',
  query: z.strictObject({ nickname }),
  result: z.object({ accountId: id }),
  problems: ['NOT_FOUND'],
});

const getAccount = route({
  method: 'GET',
  path: '/v1/admin/accounts/{accountId}',
  summary: 'Inspect an account',
  description: 'Administrators; others get 404. A withdrawn account is not found.',
  auth: 'account',
  event: 'ACCOUNTS_SHOWN',
  kept: false,
  result: inspected,
});

const listAccountDecisions = route({
  method: 'GET',
  path: '/v1/admin/accounts/{accountId}/decisions',
  summary: 'List the decisions on an account',
  description: 'Administrators; others get 404. Last decided first. Entries cannot be removed.',
  auth: 'account',
  event: 'NONE',
  query: z.strictObject(pageQuery),
  result: pageOf(accountDecision),
});

const listWaitingAccounts = route({
  method: 'GET',
  path: '/v1/admin/accounts',
  summary: 'List accounts waiting for approval',
  description: 'Administrators; others get 404. Oldest first. The list may lag by a moment behind a decision.',
  auth: 'account',
  event: 'ACCOUNTS_SHOWN',
  kept: false,
  query: z.strictObject(pageQuery),
  result: pageOf(account),
  problems: ['NOT_FOUND'],
});

const approveAccount = route({
  method: 'POST',
  path: '/v1/admin/accounts/{accountId}/approve',
  summary: 'Approve an account',
  description: 'Administrators; others get 404. The owner gets a mail and may sign in from then on.',
  auth: 'account',
  event: 'ACCOUNT_DECIDED',
  result: account,
  problems: ['ALREADY_DECIDED'],
});

const rejectAccount = route({
  method: 'POST',
  path: '/v1/admin/accounts/{accountId}/reject',
  summary: 'Reject an account',
  description:
    'Administrators; others get 404. The owner gets a mail with the reason. The account is erased after 30 days, or as soon as its owner asks for it.',
  auth: 'account',
  event: 'ACCOUNT_DECIDED',
  body: z.strictObject({ reason: decisionReason }),
  result: account,
  problems: ['ALREADY_DECIDED'],
});

const setRole = route({
  method: 'PUT',
  path: '/v1/admin/accounts/{accountId}/role',
  summary: 'Appoint or dismiss an administrator',
  description:
    'Administrators, but not for themselves; others get 404. Takes effect with the next request. A command appoints the first administrator.',
  auth: 'account',
  event: 'ROLE_SET',
  proof: 'fresh',
  body: z.strictObject({ role }),
  result: account,
});

const suspendAccount = route({
  method: 'PUT',
  path: '/v1/admin/accounts/{accountId}/suspension',
  summary: 'Suspend an account for a time',
  description:
    'Administrators, but not for themselves; others get 404. The account is signed out everywhere at once. Its owner gets a mail, and each sign-in answers with the reason and the end. The suspension ends by itself; another one replaces it.',
  auth: 'account',
  event: 'SUSPENDED',
  proof: 'fresh',
  body: z.strictObject({ reason: text({ min: 1, max: limits.suspension.reason }), until: instant }),
  result: account,
  problems: ['NOT_APPLICABLE'],
});

const liftSuspension = route({
  method: 'DELETE',
  path: '/v1/admin/accounts/{accountId}/suspension',
  summary: 'End a suspension early',
  description: 'Administrators; others get 404. Idempotent: answers 204 if the account is not suspended.',
  auth: 'account',
  event: 'REINSTATED',
  proof: 'fresh',
});

const signOutAccount = route({
  method: 'DELETE',
  path: '/v1/admin/accounts/{accountId}/sessions',
  summary: 'Sign an account out everywhere',
  description: 'Administrators, but not for themselves; others get 404. Its owner may sign in again.',
  auth: 'account',
  event: 'SIGNED_OUT_EVERYWHERE',
});

const listWaitingGroups = route({
  method: 'GET',
  path: '/v1/admin/groups',
  summary: 'List groups waiting for approval',
  description: 'Administrators; others get 404. Oldest first. The list may lag by a moment behind a decision.',
  auth: 'account',
  event: 'NONE',
  query: z.strictObject(pageQuery),
  result: pageOf(z.object({ group, leaderId: id, leader: person })),
  problems: ['NOT_FOUND'],
});

const inspectGroup = route({
  method: 'GET',
  path: '/v1/admin/groups/{groupId}',
  summary: 'Inspect a group',
  description:
    'Administrators; others get 404. Also private groups, and those that wait. Shows its frame, and nothing of what its members write.',
  auth: 'account',
  event: 'NONE',
  result: z
    .object({
      ...group.pick({
        id: true,
        kind: true,
        title: true,
        capacity: true,
        memberCount: true,
        status: true,
        visibility: true,
        joinPolicy: true,
        approvalStatus: true,
        createdAt: true,
      }).shape,
      paid: z.boolean(),
      leader: person,
    })
    .meta({ id: 'InspectedGroup' }),
});

const decideGroups = route({
  method: 'POST',
  path: '/v1/admin/groups/decisions',
  summary: 'Approve and reject groups',
  description:
    'Administrators; others get 404. Each group has its own result. If a group is named twice, the first decision counts. Its leader is notified, with the reason of a rejection. Idempotent: the same decision again gives the same result.',
  auth: 'account',
  event: 'GROUPS_DECIDED',
  body: z
    .strictObject({
      decisions: z
        .array(
          z
            .strictObject({
              groupId: id,
              decision: z.enum(['APPROVED', 'REJECTED']),
              reason: decisionReason.optional(),
            })
            .refine(({ decision, reason }) => decision === 'APPROVED' || reason !== undefined, {
              ...because('rejectionReason'),
              path: ['reason'],
            }),
        )
        .min(1)
        .max(limits.approvalsAtOnce),
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
  summary: 'Set whether a team has paid',
  description: 'Administrators; others get 404. A team that has paid may have up to 200 seats, any other team 20.',
  auth: 'account',
  event: 'PAID_SET',
  body: z.strictObject({ paid: z.boolean() }),
  result: group,
  problems: ['NOT_APPLICABLE'],
});

export const contract = feature({
  name: 'admin',
  summary: 'Administration: approvals, accounts, roles and paid seats',
  routes: {
    countWaiting,
    findAccount,
    getAccount,
    listAccountDecisions,
    listWaitingAccounts,
    approveAccount,
    rejectAccount,
    setRole,
    suspendAccount,
    liftSuspension,
    signOutAccount,
    listWaitingGroups,
    inspectGroup,
    decideGroups,
    setPaid,
  },
  consumers: {
    groupWaits: {
      summary: 'Has administrators notified of a group that waits for approval',
      entity: 'Group',
      on: ['INSERT'],
      lane: 'background',
      rights: { write: ['Due'] },
    },
    accountWaits: {
      summary: 'Has administrators notified of an account that waits for approval',
      entity: 'Account',
      on: ['INSERT'],
      lane: 'background',
      rights: { write: ['Due'] },
    },
  },
  due: {
    endSuspension: {
      summary: 'Ends a suspension at its time',
      rights: { read: ['Authority'], write: ['Account', 'Authority'] },
    },
    tellOfWaiting: {
      summary: 'Notifies administrators of groups and accounts that wait for approval',
      rights: { query: ['groupsWaiting', 'accountsWaiting', 'administrators'], write: ['Throttle', 'Outbox'] },
    },
  },
  rights: {
    http: {
      read: ['Account', 'Administrator', 'Authority', 'Factors', 'Group', 'NicknameClaim', 'Session'],
      query: ['accountsWaiting', 'groupsWaiting', 'sessionsOfAccount', 'decisionsIn', 'casesIn'],
      remove: ['Session'],
      write: ['Account', 'Authority', 'Administrator', 'Decision', 'Mail', 'Outbox', 'Group', 'Due'],
      check: ['Administrator'],
    },
  },
});
