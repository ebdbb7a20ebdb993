import * as z from 'zod';
import { because, day, feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { group, inOwnList, membership, ownGroup } from '../../groups/groups/contract.ts';
import { member } from '../../groups/memberships/contract.ts';
import { loudness } from '../../talking/notifications/fields.ts';
import { meetingAhead } from '../attendance/fields.ts';
import { certification, wallColumn } from '../certifications/contract.ts';
import { mine, mission, quota } from '../missions/contract.ts';
import { streak } from '../progress/fields.ts';
import { wayBack } from '../returning/fields.ts';

const count = z.int().max(limits.waiting).meta({ description: 'Counted up to 100; show more than 99 as "99+"' });

/** What the home screen shows of a mission. */
const inToday = {
  id: true,
  title: true,
  kind: true,
  way: true,
  timesPerWeek: true,
  weekdays: true,
  perDayLimit: true,
  dueAt: true,
} as const;

/** What somebody has done of a mission, and what is left. */
const progress = {
  mine: mine,
  days: z
    .array(z.object({ day, certifications: z.int().min(1) }))
    .meta({ description: 'The days of this week on which you certified it, Monday to Sunday; of ONCE in all' }),
  left: z.int().meta({ description: 'How often you can still certify it today' }),
  closed: z
    .enum(['NOT_IN_PERIOD', 'NOT_ON_WEEKDAY'])
    .nullable()
    .meta({ description: 'Why it takes no certification today, whatever you have done' }),
};
const today = day.meta({ description: 'Today in the time zone of the group' });
const reports = count.nullable().meta({ description: 'Null unless you decide on reports' });
const excused = z
  .object({ from: day, until: day })
  .nullable()
  .meta({ description: 'You are excused on these days, among them today; null if you are not' });
const waiting = z
  .object({ certifications: count, applications: count, excuses: count, reports })
  .nullable()
  .meta({ description: 'Null unless you may decide on certifications, applications and excuses' });

/** What the home screen shows of a mission, and what somebody has done of it. */
const todays = mission.pick(inToday).extend({ ...progress, quota });

const getToday = route({
  method: 'GET',
  path: '/v1/accounts/me/today',
  summary: 'Get what is due today',
  description:
    'Your groups that are not over, each with what you can certify today and what waits for your decision. A group that is over appears while it still takes certifications or something waits for you. Groups with something left for today come first, then groups where something waits; otherwise last joined first. A page holds up to 50 groups and may be short. Days and weeks are those of the group. Streaks count the last 26 weeks. Groups, missions, meetings, streaks, your certifications and what waits may lag by a moment.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(
    z
      .object({
        group: group.pick({ ...inOwnList, memberCount: true, capacity: true }),
        notice: z.string().nullable().meta({ description: 'The line that the leader has pinned' }),
        role: membership.shape.role,
        joinedAt: instant,
        day: today,
        excused,
        missions: z.array(todays),
        meeting: meetingAhead.nullable().meta({
          description: 'The meeting of today until its day closes, otherwise the next one within three weeks',
        }),
        waiting,
        streak: z
          .object({ missionId: id, ...streak })
          .nullable()
          .meta({
            description: 'The longest of your streaks that go on; null if nothing repeats, or the group is over',
          }),
        back: wayBack,
      })
      .meta({ id: 'TodayInGroup' }),
  ).extend({
    unread: z
      .int()
      .max(limits.unread)
      .meta({ description: 'Unread notifications, counted up to 100; show more than 99 as "99+"' }),
  }),
});

/** The parts of a group's page that are read only if they are asked for, in any order. */
type Part = 'members' | 'week' | 'wall';
type Include = Part | `${Part},${Part}` | `${Part},${Part},${Part}`;
const part = '(?:members|week|wall)';
const include = z
  .string()
  .regex(new RegExp(`^${part}(?:,${part}){0,2}$`), because('pageParts'))
  .meta({
    description: 'Parts to add, separated by commas: `members`, `week`, `wall`',
    examples: ['members,week,wall'],
  });

const getGroupPage = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/page',
  summary: 'Get what the page of a group shows',
  description:
    'Members; others get 404. The group with your role, its missions with your progress this week, and what waits for your decision. The page needs this and the list of certifications. Ask again without the parts that have not changed. The counts of `waiting`, the parts `week` and `wall`, and names and pictures may lag by a moment.',
  auth: 'account',
  query: z.strictObject({ include: (include as unknown as z.ZodType<Include, Include>).optional() }),
  result: ownGroup.extend({
    day: today,
    excused,
    loudness,
    missions: z.array(mission.extend({ ...progress, quota })),
    waiting,
    members: pageOf(member)
      .nullable()
      .meta({ description: 'The first 50. `nextCursor` continues in the list of members' }),
    week: z
      .array(certification.pick({ id: true, missionId: true, day: true, status: true, reason: true }))
      .nullable()
      .meta({ description: 'Your own certifications of this week, Monday to Sunday, newest first' }),
    wall: z.array(wallColumn).nullable().meta({ description: 'The bricks of all members in this month' }),
  }),
});

const listQueue = route({
  method: 'GET',
  path: '/v1/accounts/me/queue',
  summary: 'List what waits for your decision',
  description:
    'Certifications that wait in all groups that you lead or manage, those that have waited longest first, without your own. It holds the 100 oldest of each group. A page has 33 entries at most and may be short. `groups` counts what waits in each group, also applications, excuses and reports. It looks at 24 groups that you lead or manage, those that you joined last. It may lag by a moment: deciding tells what is true.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(
    z
      .object({
        certification,
        group: group.pick({ id: true, title: true }),
        reported: z.boolean().nullable().meta({ description: 'Whether reports wait; null unless you decide on them' }),
      })
      .meta({ id: 'QueueEntry' }),
  ).extend({
    groups: z.array(
      z.object({
        group: group.pick({ id: true, title: true }),
        ...{ certifications: count, applications: count, excuses: count, reports },
      }),
    ),
  }),
  problems: ['INVALID_CURSOR'],
});

/** What each consumer reads before it brings the agenda up to what is now. */
const agenda = { read: ['Group', 'Agenda'], write: ['Agenda'] } as const;
const meetings = { ...agenda, read: [...agenda.read, 'AttendancePlan', 'Seasons'] } as const;

export const contract = feature({
  name: 'today',
  summary: 'The home screen and the page of a group: what is due, and what waits for a decision',
  routes: { getToday, getGroupPage, listQueue },
  consumers: {
    followGroup: {
      summary: 'Updates the agenda with what cards of a group show',
      entity: 'Group',
      on: ['INSERT', 'MODIFY'],
      lane: 'background',
      rights: { ...agenda, query: ['casesIn'] },
      keeps: ['groupId'],
      onlyLast: true,
    },
    followMission: {
      summary: 'Updates the agenda with new and changed missions',
      entity: 'Mission',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: { ...agenda, read: [...agenda.read, 'Mission'] },
      keeps: ['groupId', 'missionId'],
      onlyLast: true,
    },
    followMeetings: {
      summary: 'Updates the agenda with when the group meets',
      entity: 'AttendancePlan',
      on: ['INSERT', 'MODIFY'],
      lane: 'background',
      rights: meetings,
      keeps: ['groupId'],
      onlyLast: true,
    },
    followSeasons: {
      summary: 'Updates the agenda with the seasons in which a club meets',
      entity: 'Seasons',
      on: ['INSERT', 'MODIFY'],
      lane: 'background',
      rights: meetings,
      keeps: ['groupId'],
      onlyLast: true,
    },
    countCertifications: {
      summary: 'Counts the certifications that wait in a group',
      entity: 'Certification',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: { ...agenda, read: [...agenda.read, 'Certification'], query: ['certificationsByStatus'] },
      keeps: ['groupId', 'certificationId'],
      onlyLast: true,
    },
    countApplications: {
      summary: 'Counts the applications that wait in a group',
      entity: 'Application',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: { ...agenda, read: [...agenda.read, 'Application'], query: ['applicationsIn'] },
      keeps: ['groupId', 'accountId'],
      onlyLast: true,
    },
    countExcuses: {
      summary: 'Counts the excuses that wait in a group',
      entity: 'Excuse',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: { ...agenda, read: [...agenda.read, 'Excuse'], query: ['excusesWaiting'] },
      keeps: ['groupId', 'excuseId'],
      onlyLast: true,
    },
    countReports: {
      summary: 'Counts the reports that wait in a group',
      entity: 'ReportCase',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: { ...agenda, read: [...agenda.read, 'ReportCase'], query: ['casesIn'] },
      keeps: ['groupId', 'subject'],
      onlyLast: true,
    },
  },
  rights: {
    http: {
      read: [
        ...(['Group', 'Agenda', 'Membership', 'Reported', 'ReportCase'] as const),
        ...(['Certification', 'Account', 'NotificationSettings', 'Presence', 'Progress'] as const),
      ],
      query: [
        ...(['groupsOfAccount', 'unreadOfAccount', 'presentMembers', 'rosterOfGroup', 'liveMissions'] as const),
        ...(['certificationsOfMember', 'wallOfGroup', 'ownWeeks', 'weeksOfMember'] as const),
      ],
      readObjects: ['certifications/', 'pictures/'],
    },
  },
});
