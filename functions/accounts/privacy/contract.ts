import * as z from 'zod';
import { feature, id, instant, route } from '../../../shared/core/contract.ts';
import { archiveRights, eraseRights } from '../../../shared/data/fates.ts';
import { limits } from '../../../shared/product/limits.ts';
import { text } from '../../../shared/product/text-fields.ts';

const dataExport = z
  .object({
    id,
    status: z.enum(['PENDING', 'READY']),
    requestedAt: instant,
    expiresAt: instant,
    bytes: z.int().nullable(),
    url: z
      .url()
      .nullable()
      .meta({ description: 'Downloads the archive, valid for 15 minutes; null until the archive is ready' }),
  })
  .meta({ id: 'DataExport' });

const reason = text({ max: limits.withdrawReason });

const withdraw = route({
  method: 'POST',
  path: '/v1/accounts/me/withdrawal',
  summary: 'Withdraw from moim',
  description:
    'Erases all personal data within minutes. Content written for a group stays, without a name. Refused while you lead an active group with other members.',
  auth: 'account',
  event: 'WITHDRAWAL',
  proof: 'fresh',
  body: z.strictObject({
    reason: text({ min: 1, max: limits.withdrawReason }),
  }),
  problems: ['NOT_FOUND', 'LEADS_GROUPS'],
});

const ticket = z.string().max(200);
const entry = z.record(z.string(), z.unknown());

const copyUnapproved = route({
  method: 'POST',
  path: '/v1/account-copies',
  summary: 'Get a copy of an unapproved account',
  description:
    'Open to guests with a ticket for the purpose LEAVE, if their account waits for approval or was rejected. Does not use the ticket up. Other accounts sign in and request an export.',
  auth: 'none',
  event: 'ACCOUNT_COPIED',
  fromPlace: 'ticketFromPlace',
  body: z.strictObject({ ticket }),
  result: z.object({ account: entry, decisions: z.array(entry), identities: z.array(entry) }),
  problems: ['TICKET_INVALID', 'NOT_APPLICABLE'],
});

const leaveUnapproved = route({
  method: 'POST',
  path: '/v1/account-withdrawals',
  summary: 'Erase an unapproved account',
  description:
    'Open to guests with a ticket for the purpose LEAVE, if their account waits for approval or was rejected. Erases all personal data within minutes. The address may sign up again at once.',
  auth: 'none',
  event: 'WITHDRAWAL',
  fromPlace: 'ticketFromPlace',
  body: z.strictObject({ ticket, reason: reason.default('') }),
  problems: ['TICKET_INVALID', 'NOT_APPLICABLE'],
});

const requestExport = route({
  method: 'POST',
  path: '/v1/accounts/me/exports',
  summary: 'Request a copy of your data',
  description:
    'Builds an archive with a JSON file and the images within minutes. A mail says when it is ready. While an archive is being built, another request answers with that archive.',
  auth: 'account',
  event: 'EXPORT_REQUESTED',
  proof: 'fresh',
  status: 202,
  result: dataExport,
  problems: ['TOO_MANY_REQUESTS'],
});

const listExports = route({
  method: 'GET',
  path: '/v1/accounts/me/exports',
  summary: 'List your recent exports',
  description: 'Exports of the last 24 hours, newest first.',
  auth: 'account',
  event: 'EXPORT_SHOWN',
  proof: 'fresh',
  kept: false,
  result: z.object({ items: z.array(dataExport) }),
});

/** What a withdrawal deletes at once: nothing of it is ever written here. */
const withdrawalRemoves = ['Authority', 'Administrator', 'Credential', 'NicknameClaim', 'Identity'] as const;

export const contract = feature({
  name: 'privacy',
  summary: 'Withdrawal, and copies of personal data',
  routes: { withdraw, requestExport, listExports, copyUnapproved, leaveUnapproved },
  due: {
    eraseAccount: {
      summary: 'Erases a withdrawn account, or a rejected one after 30 days',
      // The names beside what follows from the rows are for the work itself, and for code that the rows name.
      rights: {
        read: ['Account', 'Authority', 'Group', 'Membership', 'Review', 'Reminding', 'Ballot', ...eraseRights.read],
        query: [
          ...eraseRights.query,
          'groupsOfAccount',
          'membersOfGroup',
          'likesOfAccount',
          'devicesOfAccount',
          'exportsOfAccount',
          'pollsOfGroup',
        ],
        write: [
          'Account',
          'Ballot',
          'Group',
          'Due',
          'Membership',
          'Decision',
          'Like',
          'Device',
          'DeviceClaim',
          'NotificationSettings',
          'Reminding',
          'Export',
          'Outbox',
        ],
        remove: [...eraseRights.remove, ...withdrawalRemoves, 'ChatMark', 'Ballot'],
        deleteObjects: ['exports/'],
      },
    },
    makeExport: {
      summary: 'Builds the archive that a person requested',
      rights: {
        read: [...archiveRights.read, 'Account', 'Authority', 'Export', 'Identity', 'Group', 'Ballot'],
        query: [...archiveRights.query, 'reviewsOf', 'reviewsBy', 'entriesOfGroup', 'pollsOfGroup'],
        write: ['Export', 'Mail', 'Outbox'],
        readObjects: ['certifications/', 'pictures/', 'chat/', 'files/'],
        writeObjects: ['exports/'],
      },
    },
  },
  rights: {
    http: {
      read: ['Account', 'Authority', 'EmailTicket', 'Factors', 'Group', 'Identity'],
      query: ['groupsOfAccount', 'exportsOfAccount', 'decisionsIn'],
      write: ['Account', 'Mail', 'Export', 'Due', 'Quota'],
      remove: [...withdrawalRemoves, 'EmailTicket'],
      check: ['Session', 'Authority', 'EmailTicket'],
      readObjects: ['exports/'],
    },
  },
  tuning: { http: { memory: 1769 } },
});
