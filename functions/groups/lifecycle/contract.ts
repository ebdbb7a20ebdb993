import * as z from 'zod';
import { feature, id, instant, route, serverEvent } from '../../../shared/core/contract.ts';
import { purgeRights } from '../../../shared/data/fates.ts';
import { group, status } from '../groups/contract.ts';
import { settable } from './values.ts';

const setStatus = route({
  method: 'PUT',
  path: '/v1/groups/{groupId}/status',
  summary: 'Set the status of a group',
  description:
    'Leaders; others get 404. The status stays until the leader sets another one or the last day is over. A group past its last day can only be completed. Members are notified.',
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
    'Leaders; others get 404. The group ends in three days. Until then it shows its end and accepts no members, and the leader may cancel. A group without other members and an open room end at once. All data is deleted 30 days after the end. Where people may be in a limited number of such groups, their places are free again a moment after the end.',
  auth: 'account',
  result: z.object({
    disbandsAt: instant,
    gone: z.boolean().meta({ description: 'Whether the group has already ended' }),
  }),
  problems: ['NOT_APPLICABLE', 'TOO_MANY_REQUESTS'],
});

const keepGroup = route({
  method: 'DELETE',
  path: '/v1/groups/{groupId}/disbanding',
  summary: 'Cancel the disbanding of a group',
  description: 'Leaders; others get 404. Idempotent: answers 204 if the group is not being disbanded.',
  auth: 'account',
  problems: ['NOT_APPLICABLE', 'TOO_MANY_REQUESTS'],
});

const summarizeGroup = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/summary',
  summary: 'Summarize what disbanding would delete',
  description: 'Leaders; others get 404.',
  auth: 'account',
  result: z.object({
    members: z.int(),
    days: z.int().meta({ description: 'Days since the first day, including today' }),
    missions: z.int(),
    certifications: z.int().meta({ description: 'Approved certifications, counted up to 1,000' }),
    level: z.int().nullable(),
  }),
});

const groupChanged = serverEvent({
  name: 'group.changed',
  summary: 'A group that you are in has changed, apart from its counters',
  data: z
    .object({
      groupId: id,
      status: status.nullable().meta({ description: 'Null: the group has ended, and you no longer see it' }),
    })
    .meta({ id: 'GroupChanged' }),
});
export type GroupChanged = z.infer<typeof groupChanged.data>;

export const contract = feature({
  name: 'lifecycle',
  summary: 'Status, disbanding and end of groups',
  routes: { setStatus, disbandGroup, keepGroup, summarizeGroup },
  events: { groupChanged },
  due: {
    groupDates: {
      summary: 'Starts, finishes or ends groups on time; warns inactive leaders',
      rights: {
        read: ['Group', 'Account'],
        query: ['sessionsOfAccount', 'membersOfGroup'],
        write: ['Group', 'Due', 'Outbox', 'Mail', 'Membership', 'Decision'],
      },
    },
    purgeGroup: {
      summary: 'Deletes the remaining data of an ended group',
      rights: {
        read: ['Group', ...purgeRights.read],
        query: [...purgeRights.query],
        write: ['Group'],
        remove: [...purgeRights.remove],
        listObjects: ['certifications/', 'files/', 'chat/'],
        deleteObjects: ['certifications/', 'files/', 'chat/'],
      },
    },
  },
  consumers: {
    groupChanged: {
      summary: 'Updates a changed group in the lists of its members',
      entity: 'Group',
      on: ['MODIFY'],
      lane: 'background',
      rights: { query: ['membersOfGroup'], write: ['Membership'] },
    },
    groupFilled: {
      summary: 'Starts a group when its seats are full',
      entity: 'Group',
      on: ['MODIFY'],
      lane: 'background',
      rights: { read: ['Group'], write: ['Group', 'Due', 'Outbox'] },
    },
    groupEnded: {
      summary: 'Ends the memberships of a group that has ended',
      entity: 'Group',
      on: ['MODIFY'],
      lane: 'background',
      rights: { query: ['membersOfGroup'], write: ['Membership', 'Account', 'Group', 'Roster'] },
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
