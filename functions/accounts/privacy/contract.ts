import * as z from 'zod';
import { feature, id, instant, route } from '../../../shared/core/contract.ts';
import { archiveRights, eraseRights } from '../../../shared/data/fates.ts';
import { limits } from '../../../shared/product/limits.ts';

const dataExport = z
  .object({
    id,
    status: z.enum(['PENDING', 'READY']),
    requestedAt: instant,
    expiresAt: instant,
    bytes: z.int().nullable(),
    url: z.url().nullable().meta({ description: 'Fetches the archive, for 15 minutes; null until it is ready' }),
  })
  .meta({ id: 'DataExport' });

const withdraw = route({
  method: 'POST',
  path: '/v1/accounts/me/withdrawal',
  summary: 'Leave for good',
  description:
    'Everything personal is erased, at once or within minutes; what was written for a group stays, without a name. Refused while one leads a group with others that has not ended. Needs the password if the account has one (rows 17, 85).',
  auth: 'account',
  body: z.strictObject({
    reason: z.string().trim().min(1).max(limits.withdrawReason),
    password: z.string().max(200).optional(),
  }),
  problems: ['NOT_FOUND', 'LEADS_GROUPS', 'PASSWORD_WRONG', 'TOO_MANY_REQUESTS', 'PRECONDITION_FAILED'],
});

const requestExport = route({
  method: 'POST',
  path: '/v1/accounts/me/exports',
  summary: 'Ask for everything that is held about oneself',
  description: 'An archive with a JSON file and the images is made within minutes; a mail tells when (row 121).',
  auth: 'account',
  status: 202,
  result: dataExport,
  problems: ['TOO_MANY_REQUESTS'],
});

const listExports = route({
  method: 'GET',
  path: '/v1/accounts/me/exports',
  summary: 'The exports of the last day, newest first',
  auth: 'account',
  result: z.object({ items: z.array(dataExport) }),
});

export const contract = feature({
  name: 'privacy',
  summary: 'Leaving, and having what is held about oneself',
  routes: { withdraw, requestExport, listExports },
  due: {
    eraseAccount: {
      summary: 'Erases what is left of an account that has withdrawn',
      // The names beside what follows from the rows are for the work itself, and for code that the rows name.
      rights: {
        read: ['Account', 'Group', 'Membership', 'Review', ...eraseRights.read],
        query: [
          ...eraseRights.query,
          'groupsOfAccount',
          'membersOfGroup',
          'likesOfAccount',
          'devicesOfAccount',
          'exportsOfAccount',
        ],
        write: [
          ...eraseRights.write,
          'Account',
          'Group',
          'Due',
          'Membership',
          'Decision',
          'Like',
          'Device',
          'DeviceClaim',
          'NotificationSettings',
          'Export',
          'Identity',
          'Outbox',
        ],
        deleteObjects: ['exports/'],
      },
    },
    makeExport: {
      summary: 'Makes the archive that was asked for',
      rights: {
        read: [...archiveRights.read, 'Account', 'Export', 'Identity', 'Group'],
        query: [...archiveRights.query, 'reviewsOf', 'reviewsBy'],
        write: ['Export', 'Mail', 'Outbox'],
        readObjects: ['certifications/', 'pictures/'],
        writeObjects: ['exports/'],
      },
    },
  },
  rights: {
    http: {
      read: ['Account', 'Credential', 'Group'],
      query: ['groupsOfAccount', 'exportsOfAccount'],
      write: ['Account', 'Credential', 'NicknameClaim', 'Mail', 'Export', 'Due', 'Quota'],
      readObjects: ['exports/'],
    },
  },
  tuning: { http: { memory: 1769 } },
});
