import * as z from 'zod';
import { day, feature, id, route } from '../../../shared/core/contract.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';

const count = z.int().min(0);
const rate = z
  .number()
  .min(0)
  .max(1)
  .nullable()
  .meta({ description: 'A part of what was due; null while nothing was' });
const share = {
  done: count.meta({ description: 'How often something that was asked for was done' }),
  due: count.meta({ description: 'How often it was done, or can no longer be done' }),
  rate,
};
const rank = z.int().min(1).nullable().meta({ description: '1, 1, 3; null while nothing was due' });
const account = z.object({ id, nickname: z.string(), picture: thumbnail });
const excused = z
  .object({ from: day, until: day })
  .nullable()
  .meta({ description: 'The days, today among them, on which the member is excused' });
const week = z.string().meta({ description: 'ISO week: 2026-W48' });

const getProgress = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/progress',
  summary: 'Get what the members have done',
  description:
    'Members; others get 404. The last 26 weeks, of the present joining of each. A miss counts when it can no longer be avoided; what waits for a decision counts for nobody and against nobody; skipped and excused days are not due. The rate of the team is the mean of its members’ rates. It may lag by a moment behind a decision.',
  auth: 'account',
  result: z
    .object({
      day: day.meta({ description: 'Today in the group' }),
      me: z.object({
        ...{ rank, ...share, excused },
        series: z.array(
          z.object({ week, ...share, team: rate.meta({ description: 'The rate of the team in this week' }) }),
        ),
      }),
      team: z.object({
        rate,
        level: z.int().min(1),
        points: count.meta({ description: 'Towards the next level' }),
        cost: z.int().min(1).meta({ description: 'Points that the next level takes' }),
        total: count.meta({ description: 'All points of the team' }),
      }),
      members: z
        .array(z.object({ account, rank, ...share, excused: z.boolean().meta({ description: 'Excused today' }) }))
        .meta({ description: 'All present members, by rank' }),
    })
    .meta({ id: 'Progress' }),
});

const getMemberProgress = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/progress/{accountId}',
  summary: 'Get what one member has done',
  description:
    'Members, of present members; others get 404. Streaks are of the repeated missions before their end. Excused and skipped days neither lengthen nor break them. Certifications that wait are shown to the member, and to leaders and managers.',
  auth: 'account',
  result: z
    .object({
      day: day.meta({ description: 'Today in the group' }),
      account,
      since: day.meta({ description: 'The day of the present joining' }),
      excused,
      ...share,
      series: z.array(z.object({ week, ...share })),
      streaks: z.array(
        z.object({
          missionId: id,
          title: z.string(),
          unit: z.enum(['DAY', 'WEEK']),
          current: count,
          best: count,
          pending: count.meta({ description: '`current`, once all that waits is approved' }),
        }),
      ),
      heat: z
        .array(
          z.object({
            day,
            state: z.enum(['DONE', 'WAITING', 'PAUSED', 'MISSED', 'OPEN', 'NONE']).meta({
              description: 'PAUSED: excused or skipped. NONE: nothing was asked, or another day of the week serves',
            }),
            done: count.meta({ description: 'Missions that were done' }),
          }),
        )
        .meta({ description: 'The days of the last 26 weeks up to today, oldest first' }),
    })
    .meta({ id: 'MemberProgress' }),
});

export const contract = feature({
  name: 'progress',
  summary: 'Rates, ranks, streaks and points of members',
  routes: { getProgress, getMemberProgress },
  consumers: {
    followWeek: {
      summary: 'Takes over what a member has done of a mission',
      entity: 'MissionWeek',
      on: ['INSERT', 'MODIFY'],
      lane: 'background',
      rights: { read: ['MissionWeek', 'Membership', 'Progress'], write: ['Progress'] },
      keeps: ['groupId', 'accountId', 'missionId', 'week'],
      onlyLast: true,
    },
    followMember: {
      summary: 'Takes over who is in a group, and when they are excused',
      entity: 'Membership',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: { read: ['Membership', 'Progress'], write: ['Progress'] },
      keeps: ['groupId', 'accountId'],
    },
    scoreCertification: {
      summary: 'Gives a team points for an approved certification, or takes them back',
      entity: 'Certification',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: { read: ['Group', 'Certification', 'TeamPoint'], write: ['TeamPoint', 'TeamScore'] },
      keeps: ['groupId', 'certificationId', 'status'],
    },
    scoreMission: {
      summary: 'Gives a team the bonus of a mission that all have done, or takes it back',
      entity: 'Mission',
      on: ['MODIFY'],
      lane: 'background',
      rights: { read: ['Group', 'Mission', 'TeamPoint'], write: ['TeamPoint', 'TeamScore'] },
      keeps: ['groupId', 'missionId', 'status'],
    },
    scoreWeek: {
      summary: 'Gives a team the bonus of a full week, or takes it back',
      entity: 'MissionWeek',
      on: ['INSERT', 'MODIFY'],
      lane: 'background',
      rights: {
        read: ['Group', 'Mission', 'MissionWeek', 'Membership', 'TeamPoint'],
        write: ['TeamPoint', 'TeamScore'],
      },
      keeps: ['groupId', 'accountId', 'missionId', 'week'],
      onlyLast: true,
    },
    scoreExcused: {
      summary: 'Looks again at full weeks of a member who is excused on other days',
      entity: 'Membership',
      on: ['MODIFY'],
      lane: 'background',
      rights: {
        read: ['Group', 'Mission', 'MissionWeek', 'Membership', 'TeamPoint'],
        query: ['liveMissions'],
        write: ['TeamPoint', 'TeamScore'],
      },
      keeps: ['groupId', 'accountId'],
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'TeamScore', 'Account'],
      query: ['missionsOfGroup', 'liveMissions', 'progressOfGroup', 'weeksOfMember', 'rosterOfGroup'],
      readObjects: ['pictures/'],
    },
  },
});
