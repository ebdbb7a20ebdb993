import * as z from 'zod';
import { day, feature, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { group, inOwnList, membership } from '../../groups/groups/contract.ts';
import { certification } from '../certifications/contract.ts';
import { mission } from '../missions/contract.ts';

const count = z.int().max(limits.waiting).meta({ description: 'Counted up to 100; show more than 99 as "99+"' });

const getToday = route({
  method: 'GET',
  path: '/v1/accounts/me/today',
  summary: 'Get what is due today',
  description:
    'Your groups that are not over, each with what you can certify today and what waits for your decision. A group that is over appears while it still takes certifications or something waits for you. Groups with something left for today come first, then groups where something waits; otherwise last joined first. A page holds up to 50 groups and may be short. Days and weeks are those of the group. New missions and what waits may lag by a moment; what you have certified does not.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(
    z
      .object({
        group: group.pick({ ...inOwnList, memberCount: true, capacity: true }),
        notice: z.string().nullable().meta({ description: 'The line that the leader has pinned' }),
        role: membership.shape.role,
        joinedAt: instant,
        day: day.meta({ description: 'Today in the time zone of the group' }),
        missions: z.array(
          mission
            .pick({ id: true, title: true, way: true, timesPerWeek: true, weekdays: true, perDayLimit: true })
            .extend({
              days: z
                .array(z.object({ day, certifications: z.int().min(1) }))
                .meta({ description: 'The days of this week on which you certified it, Monday to Sunday' }),
              left: z.int().meta({ description: 'How often you can still certify it today' }),
              closed: z
                .enum(['NOT_IN_PERIOD', 'NOT_ON_WEEKDAY'])
                .nullable()
                .meta({ description: 'Why it takes no certification today, whatever you have done' }),
            }),
        ),
        waiting: z
          .object({ certifications: count, applications: count })
          .nullable()
          .meta({ description: 'Null unless you may decide on certifications and applications' }),
      })
      .meta({ id: 'TodayInGroup' }),
  ),
});

const listQueue = route({
  method: 'GET',
  path: '/v1/accounts/me/queue',
  summary: 'List what waits for your decision',
  description:
    'Certifications that wait in all groups that you lead or manage, those that have waited longest first, without your own. It holds the 100 oldest of each group. A page has 33 entries at most and may be short. `groups` counts what waits in each group, also applications. It looks at 24 groups that you lead or manage, those that you joined last. It may lag by a moment: deciding tells what is true.',
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
      z.object({ group: group.pick({ id: true, title: true }), certifications: count, applications: count }),
    ),
  }),
  problems: ['INVALID_CURSOR'],
});

/** What each consumer reads before it brings the agenda up to what is now. */
const agenda = { read: ['Group', 'Agenda'], write: ['Agenda'] } as const;

export const contract = feature({
  name: 'today',
  summary: 'The home screen: what is due today, and what waits for a decision',
  routes: { getToday, listQueue },
  consumers: {
    followMission: {
      summary: 'Updates the agenda with new and changed missions',
      entity: 'Mission',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: { ...agenda, read: [...agenda.read, 'Mission'] },
      keeps: ['groupId', 'missionId'],
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
  },
  rights: {
    http: {
      read: [
        ...(['OwnWeek', 'Group', 'Agenda', 'Membership', 'Reported', 'ReportCase'] as const),
        ...(['Certification', 'Account'] as const),
      ],
      query: ['groupsOfAccount'],
      readObjects: ['certifications/', 'pictures/'],
    },
  },
});
