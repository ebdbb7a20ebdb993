import * as z from 'zod';
import { because, day, edit, feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';
import { line, text } from '../../../shared/product/text-fields.ts';
import { approvals } from '../../groups/core/values.ts';
import { missionKinds, missionStatuses, ownStates, ways } from './values.ts';

const limit = limits.mission;

/** How often a challenge asks for a certification (row 51): every day, Monday to Friday, at weekends, or n days a week. */
export const frequency = z
  .discriminatedUnion('every', [
    z.strictObject({ every: z.literal('DAY') }),
    z.strictObject({ every: z.literal('WEEKDAY') }),
    z.strictObject({ every: z.literal('WEEKEND') }),
    z.strictObject({ every: z.literal('WEEK'), times: z.int().min(1).max(6) }),
  ])
  .meta({ id: 'Frequency' });

/** What a group decides on its missions. */
export const optionViews = {
  membersMayCreate: z.boolean().meta({ description: 'Whether members make missions that are done once' }),
  dayStart: z.string().meta({
    description: 'When its days begin: a certification before it counts for the day before',
    examples: ['00:00'],
  }),
  nextDayStart: z
    .object({ from: day, at: z.string() })
    .nullable()
    .meta({ description: 'The next `dayStart`, from a Monday on' }),
  makeUps: z.int().meta({ description: 'Missed days that a member may make up for in a month' }),
  excusesNeedApproval: z.boolean().meta({ description: 'Whether each excuse needs a grant' }),
};
/** The same, as founding and editing take it. */
export const options = {
  membersMayCreate: z.boolean().optional(),
  dayStart: z
    .string()
    .regex(/^(?:0[0-5]:[0-5]\d|06:00)$/, because('dayStart'))
    .optional()
    .meta({ description: 'Default 00:00. A change counts from the next Monday on', examples: ['04:00'] }),
  makeUps: z.int().min(0).max(limits.makeUps.most).optional().meta({ description: 'Default 0' }),
  excusesNeedApproval: z.boolean().optional(),
};

const repetition = {
  timesPerWeek: z.int().meta({ description: 'Days in a week from Monday to Sunday, 1 to 7. ONCE: 1 in all' }),
  weekdays: z.array(z.int()).meta({ description: 'Days on which it can be certified: 1 is Monday, 7 is Sunday' }),
  perDayLimit: z.int().nullable().meta({ description: 'Certifications of one day; null: no limit' }),
};

const status = z.enum(missionStatuses).meta({
  description:
    'WAIT: it has not begun. SUCCESS: all members have done it. END: it is over. FAIL: it is over, and nobody has done it',
});
export const mine = z
  .enum(ownStates)
  .meta({ description: 'Your state: of ONCE in all, of REPEAT today, or DONE with a full week' });

export const quota = z
  .int()
  .min(1)
  .nullable()
  .meta({ description: 'How often a week the member does it by their own choice; null: as often as it asks' });

export const mission = z
  .object({
    id,
    groupId: id,
    title: z.string(),
    content: z.string(),
    rule: z.string(),
    kind: z.enum(missionKinds),
    way: z.enum(ways),
    checklist: z
      .array(z.object({ text: z.string(), photo: z.boolean().meta({ description: 'It needs a picture of its own' }) }))
      .meta({ description: 'Empty unless the way is CHECKLIST' }),
    approval: z.enum(approvals),
    ...repetition,
    next: z
      .object({ from: day, ...repetition })
      .nullable()
      .meta({ description: 'How often it is to be certified from a Monday on' }),
    startDate: day.nullable().meta({ description: 'Null: it began when it was made' }),
    dueAt: instant.nullable().meta({ description: 'When a mission that is done once is over' }),
    status,
    implied: z.boolean().meta({ description: 'It follows the frequency of its group' }),
    begun: z
      .boolean()
      .meta({ description: 'Somebody has certified or skipped it: `kind`, `way` and `checklist` are fixed' }),
    makerId: id,
    version: z.int().meta({ description: 'Send it as `If-Match`; it is also the ETag' }),
    createdAt: instant,
  })
  .meta({ id: 'Mission' });
const ownMission = mission
  .extend({
    mine,
    quota,
    done: z.int().nullable().meta({ description: 'Members who have done it; null for REPEAT, whose status tells it' }),
    total: z.int().meta({ description: 'Members of the group' }),
    excused: z.boolean().meta({ description: 'You are excused today' }),
  })
  .meta({ id: 'OwnMission' });

/** What a plan takes over of a mission. */
export const inPlan = {
  title: true,
  content: true,
  rule: true,
  kind: true,
  way: true,
  checklist: true,
  approval: true,
  timesPerWeek: true,
  weekdays: true,
  perDayLimit: true,
} as const;

const fields = {
  title: line({ min: 1, max: limit.title }),
  content: text({ max: limit.content }),
  rule: text({ max: limit.rule }),
  kind: z.enum(missionKinds),
  way: z.enum(ways),
  checklist: z
    .array(z.strictObject({ text: line({ min: 1, max: limit.checkItem }), photo: z.boolean().optional() }))
    .max(limit.checklist)
    .optional()
    .meta({
      description: 'Only for CHECKLIST: what is ticked off, and whether it needs a picture; five pictures at most',
    }),
  approval: z.enum(approvals).optional().meta({ description: 'Default: as the group. Only leaders choose another' }),
  startDate: day.optional(),
  frequency: frequency.optional(),
  weekdays: z
    .array(z.int().min(1).max(7))
    .min(1)
    .max(7)
    .refine((days) => new Set(days).size === days.length, because('duplicates'))
    .optional()
    .meta({ description: 'In place of `frequency`' }),
  timesPerWeek: z.int().min(1).max(7).optional().meta({ description: 'Default: on each of `weekdays`' }),
};
const perDayLimit = z.int().min(1).max(limit.perDay).nullable();

const all = '/v1/groups/{groupId}/missions';
const one = `${all}/{missionId}` as const;

const createMission = route({
  method: 'POST',
  path: all,
  summary: 'Make a mission',
  description:
    'Members make missions that are done once, unless the group leaves that to its leader; only leaders make repeated ones; others get 404. A group has two repeated missions at most before their end. A repeated one needs `frequency`, or `weekdays` and `timesPerWeek`. The other members are notified.',
  auth: 'account',
  body: z
    .strictObject({
      ...fields,
      content: fields.content.default(''),
      rule: fields.rule.default(''),
      dueAt: instant.optional(),
      perDayLimit: perDayLimit.default(limits.certification.perDay),
    })
    .meta({ examples: [{ kind: 'ONCE', title: 'Read chapter 1', way: 'TEXT' }] }),
  status: 201,
  result: mission,
  problems: ['MISSION_LIMIT', 'NOT_APPLICABLE', 'TOO_MANY_REQUESTS'],
});

const listMissions = route({
  method: 'GET',
  path: all,
  summary: 'List the missions of a group',
  description: 'Members; others get 404. Oldest first. With a filter a page may be short.',
  auth: 'account',
  query: z.strictObject({
    status: z.enum(missionStatuses).optional(),
    mine: z.enum(ownStates).optional(),
    ...pageQuery,
  }),
  result: pageOf(ownMission),
});

const getMission = route({
  method: 'GET',
  path: one,
  summary: 'Get a mission',
  description: 'Members; others get 404.',
  auth: 'account',
  result: ownMission,
});

const getMissionStatus = route({
  method: 'GET',
  path: `${one}/status`,
  summary: 'Get who has done a mission',
  description:
    'Members; others get 404. You first, then of a page who has not done it, waits, has skipped and has done it: of ONCE in all, of REPEAT on the present day. Only clubs need more than one page. Names, pictures and states may lag by a moment.',
  auth: 'account',
  query: z.strictObject({
    ...pageQuery,
    limit: pageQuery.limit.default(limits.statusPage),
  }),
  result: z.object({
    day: day.meta({ description: 'Today in the time zone of the group' }),
    done: z.int().nullable().meta({ description: 'Null for REPEAT where not all members are on the page' }),
    skipped: z.int().nullable().meta({ description: 'Likewise' }),
    total: z.int().meta({ description: 'Members of the group' }),
    nextCursor: z.string().nullable(),
    items: z.array(
      z
        .object({
          account: z.object({ id, nickname: z.string(), picture: thumbnail }),
          state: z.enum(ownStates),
          quota,
          excused: z.boolean().meta({ description: 'Excused today' }),
        })
        .meta({ id: 'MissionState' }),
    ),
  }),
});

const editMission = route({
  method: 'PATCH',
  path: one,
  summary: 'Edit a mission',
  description:
    'Its maker and leaders; others get 404. `kind`, `way` and `checklist` are fixed once somebody has certified it, `startDate` once it has begun. How often it is to be certified changes on the next Monday. The frequency and the approval of the mission that its group implies follow the group.',
  auth: 'account',
  body: edit({
    title: fields.title.optional(),
    content: fields.content.optional(),
    rule: fields.rule.optional(),
    kind: fields.kind.optional(),
    way: fields.way.optional(),
    checklist: fields.checklist,
    approval: fields.approval,
    startDate: fields.startDate,
    dueAt: instant.nullable().optional(),
    frequency: fields.frequency,
    weekdays: fields.weekdays,
    timesPerWeek: fields.timesPerWeek,
    perDayLimit: perDayLimit.optional(),
  }).meta({ examples: [{ title: 'Read chapter 2' }] }),
  result: mission,
  problems: ['MISSION_LIMIT', 'NOT_APPLICABLE', 'PRECONDITION_FAILED'],
});

const endMission = route({
  method: 'POST',
  path: `${one}/end`,
  summary: 'End a mission',
  description: 'Its maker and leaders; others get 404. It takes no certifications from then on.',
  auth: 'account',
  result: mission,
  problems: ['NOT_APPLICABLE', 'PRECONDITION_FAILED'],
});

const deleteMission = route({
  method: 'DELETE',
  path: one,
  summary: 'Delete a mission',
  description:
    'Its maker and leaders; others get 404. As long as nobody has certified it; afterwards it can be ended. The mission that its group implies stays.',
  auth: 'account',
  problems: ['NOT_APPLICABLE'],
});

export const contract = feature({
  name: 'missions',
  summary: 'Missions of groups',
  routes: { createMission, listMissions, getMission, getMissionStatus, editMission, endMission, deleteMission },
  due: {
    missionLife: {
      summary: 'Brings the status of missions to what is',
      rights: {
        read: ['Group', 'Mission', 'MissionWeek'],
        query: ['membersOfGroup'],
        write: ['Group', 'Mission', 'Due'],
      },
    },
  },
  consumers: {
    countDone: {
      summary: 'Counts who has done a mission that is done once',
      entity: 'MissionWeek',
      on: ['INSERT', 'MODIFY'],
      lane: 'background',
      rights: { read: ['MissionWeek', 'Membership', 'Mission'], write: ['MissionWeek', 'Mission', 'Due'] },
      keeps: ['groupId', 'accountId', 'missionId', 'week'],
      onlyLast: true,
    },
    countMember: {
      summary: 'Counts members who left or came back for missions',
      entity: 'Membership',
      on: ['MODIFY'],
      lane: 'background',
      rights: {
        read: ['MissionWeek', 'Membership', 'Mission'],
        query: ['liveMissions'],
        write: ['MissionWeek', 'Mission', 'Due'],
      },
      keeps: ['groupId', 'accountId', 'state'],
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Mission', 'MissionWeek', 'Account'],
      query: ['missionsOfGroup', 'liveMissions', 'weeksOfMember', 'presentMembers', 'rosterOfGroup'],
      readObjects: ['pictures/'],
      write: ['Mission', 'Group', 'Due', 'Outbox', 'Quota'],
      check: ['Membership'],
    },
  },
});
