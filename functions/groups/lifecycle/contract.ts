import * as z from 'zod';
import { feature, instant, route } from '../../../shared/core/contract.ts';
import { purgeRights } from '../../../shared/data/fates.ts';
import { group } from '../groups/contract.ts';
import { settable } from './values.ts';

const setStatus = route({
  method: 'PUT',
  path: '/v1/groups/{groupId}/status',
  summary: 'Set the status of a group',
  description:
    'By its leader; from then on it stays so until they set another, or the last day is over. A group that is over by its dates can only be completed (row 41). Members are told.',
  auth: 'account',
  body: z.strictObject({ status: z.enum(settable) }),
  result: group,
  problems: ['NOT_APPLICABLE', 'PRECONDITION_FAILED', 'TOO_MANY_REQUESTS'],
});

const disbandGroup = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/disbanding',
  summary: 'Disband a group',
  description:
    'By its leader. It goes in three days, until when it is shown with its end, takes nobody, and the leader may undo it; at once if they are alone in it or it is an open room. Thirty days later nothing of it is kept (row 39).',
  auth: 'account',
  result: z.object({
    disbandsAt: instant,
    gone: z.boolean().meta({ description: 'Whether it is gone already' }),
  }),
  problems: ['NOT_APPLICABLE', 'TOO_MANY_REQUESTS'],
});

const keepGroup = route({
  method: 'DELETE',
  path: '/v1/groups/{groupId}/disbanding',
  summary: 'Undo the disbanding of a group',
  description: 'One that is not being disbanded stays as it is.',
  auth: 'account',
  problems: ['NOT_APPLICABLE', 'TOO_MANY_REQUESTS'],
});

const summarizeGroup = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/summary',
  summary: 'What would be gone with a group',
  description: 'For who may disband it, to look at before (row 40).',
  auth: 'account',
  result: z.object({
    members: z.int(),
    days: z.int().meta({ description: 'Since its first day, with today' }),
    missions: z.int(),
    certifications: z.int().meta({ description: 'The approved ones; counted up to 1,000' }),
    level: z.int().nullable(),
  }),
});

export const contract = feature({
  name: 'lifecycle',
  summary: 'What a group goes through: its status, its disbanding, its end',
  routes: { setStatus, disbandGroup, keepGroup, summarizeGroup },
  due: {
    groupDates: {
      summary: 'Begins, finishes or ends a group; warns or replaces a leader who is silent',
      rights: {
        read: ['Group', 'Account'],
        query: ['sessionsOfAccount', 'membersOfGroup'],
        write: ['Group', 'Due', 'Outbox', 'Mail', 'Membership', 'Decision'],
      },
    },
    purgeGroup: {
      summary: 'Deletes what is left of a group that ended a month ago',
      rights: {
        read: ['Group', ...purgeRights.read],
        query: [...purgeRights.query],
        write: ['Group', ...purgeRights.write],
        listObjects: ['certifications/', 'files/'],
        deleteObjects: ['certifications/', 'files/'],
      },
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership'],
      query: ['membersOfGroup', 'missionsOfGroup', 'certificationsByStatus'],
      write: ['Group', 'Due', 'Decision', 'Outbox', 'Quota'],
      check: ['Membership'],
    },
  },
});
