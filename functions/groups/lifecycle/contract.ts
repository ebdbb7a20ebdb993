import * as z from 'zod';
import { feature, instant, route } from '../../../shared/core/contract.ts';
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
  jobs: {
    // Each zone's midnight is a multiple of fifteen minutes away from UTC's.
    moveGroups: {
      summary: 'Begins, finishes and ends groups whose time has come; warns and replaces leaders who are silent',
      schedule: { cron: '0/15 * * * ? *', zone: 'UTC' },
    },
    purgeGroups: {
      summary: 'Drops what is left of groups that ended a month ago',
      schedule: { rate: '10 minutes' },
    },
  },
  consumers: {
    groupChanged: {
      summary: 'Brings members’ own lists up to a group',
      entity: 'Group',
      on: ['MODIFY'],
      lane: 'background',
      rights: { query: ['membersOfGroup'], write: ['Membership'] },
    },
    groupFilled: {
      summary: 'Begins a group whose seats have filled',
      entity: 'Group',
      on: ['MODIFY'],
      lane: 'background',
      rights: { read: ['Group'], write: ['Group', 'Outbox'] },
    },
    groupEnded: {
      summary: 'Ends the memberships of a group that has ended',
      entity: 'Group',
      on: ['MODIFY'],
      lane: 'background',
      rights: { query: ['membersOfGroup'], write: ['Membership', 'Account', 'Group'] },
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership'],
      query: ['membersOfGroup', 'missionsOfGroup', 'certificationsByStatus'],
      write: ['Group', 'Decision', 'Outbox', 'Quota'],
      check: ['Membership'],
    },
    job: {
      read: ['Group', 'Invite', 'Account'],
      query: [
        'groupsDue',
        'sessionsOfAccount',
        'membersOfGroup',
        'missionsOfGroup',
        'weeksOfMission',
        'certificationsOfGroup',
        'applicationsOfGroup',
        'casesOfGroup',
        'likesOfGroup',
        'decisionsIn',
      ],
      write: [
        'Like',
        'Reported',
        'Group',
        'Outbox',
        'Mail',
        'Membership',
        'Mission',
        'MissionWeek',
        'Certification',
        'Application',
        'Invite',
        'InviteCode',
        'ReportCase',
        'Decision',
      ],
      listObjects: ['certifications/', 'files/'],
      deleteObjects: ['certifications/', 'files/'],
    },
  },
  tuning: { job: { timeout: 600 } },
});
