import * as z from 'zod';
import { day, feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';
import { quota } from '../missions/contract.ts';
import { count, streak } from './fields.ts';
import { pictureSubjects } from './values.ts';

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
        .array(
          z.object({
            ...{ account, rank, ...share, excused: z.boolean().meta({ description: 'Excused today' }) },
            fewer: z.boolean().meta({ description: 'Does a mission less often than it asks, by their own choice' }),
          }),
        )
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
          quota,
          ...streak,
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

const link = z
  .object({
    id,
    groupId: id,
    of: z.enum(pictureSubjects),
    named: z.boolean(),
    url: z.url().meta({
      description: 'Where the picture is. Add `?lang=ko` or `en`, and `theme=light` or `dark`',
    }),
    createdAt: instant,
  })
  .meta({ id: 'ProgressLink' });

const makeProgressLink = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/progress-links',
  summary: 'Create a link to a progress picture',
  description:
    'Members, of their own progress (ME) or, in a club, of what they climbed in the season (CLIMBS); leaders, of the group (GROUP); others get 404. Everybody who has the link sees the picture, until it is taken back, or its maker leaves the group or no longer leads it. Other members are never named in it. There is one link of each kind: where it is there already, you get it with `named` as you say.',
  auth: 'account',
  body: z
    .strictObject({
      of: z.enum(pictureSubjects),
      named: z
        .boolean()
        .default(false)
        .meta({ description: 'Whether a picture of yours shows your nickname, and one of a private group its title' }),
    })
    .meta({ examples: [{ of: 'ME', named: true }] }),
  result: link,
  problems: ['NOT_FOUND', 'NOT_APPLICABLE'],
});

const listProgressLinks = route({
  method: 'GET',
  path: '/v1/accounts/me/progress-links',
  summary: 'List your links to progress pictures',
  description: 'Those in all groups, also in groups that you have left: what is listed can be taken back.',
  auth: 'account',
  kept: false,
  query: z.strictObject(pageQuery),
  result: pageOf(link),
  problems: ['INVALID_CURSOR'],
});

const removeProgressLink = route({
  method: 'DELETE',
  path: '/v1/accounts/me/progress-links/{linkId}',
  summary: 'Take a link to a progress picture back',
  description: 'Its picture is gone at once, and within ten seconds where it was shown just before. Idempotent.',
  auth: 'account',
});

const getProgressPicture = route({
  method: 'GET',
  path: '/v1/progress-pictures/{linkId}',
  summary: 'Get a progress picture',
  description:
    'For everybody who has the link. An SVG with the same in words as its text alternative. A link that is wrong, taken back, or of somebody who is no longer there gets the same 404.',
  auth: 'none',
  query: z.strictObject({
    lang: z.enum(['ko', 'en']).optional().meta({ description: 'Default: `Accept-Language`' }),
    theme: z.enum(['light', 'dark']).default('light'),
  }),
  result: z.string(),
  mediaType: 'image/svg+xml',
  sharedSeconds: limits.sharedSeconds,
  problems: ['NOT_FOUND'],
});

export const contract = feature({
  name: 'progress',
  summary: 'Rates, ranks, streaks and points of members',
  routes: {
    ...{ getProgress, getMemberProgress },
    ...{ makeProgressLink, listProgressLinks, removeProgressLink, getProgressPicture },
  },
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
      rights: {
        read: ['Group', 'Mission', 'MissionWeek', 'Membership', 'TeamPoint'],
        query: ['membersOfGroup'],
        write: ['TeamPoint', 'TeamScore'],
      },
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
    scoreGroup: {
      summary: 'Looks again at full weeks where a group ends on another day',
      entity: 'Group',
      on: ['MODIFY'],
      lane: 'background',
      rights: {
        read: ['Group', 'Mission', 'MissionWeek', 'Membership', 'TeamPoint'],
        query: ['liveMissions', 'membersOfGroup'],
        write: ['TeamPoint', 'TeamScore'],
      },
      keeps: ['groupId'],
    },
  },
  rights: {
    http: {
      read: [
        ...(['Group', 'Membership', 'TeamScore', 'Account', 'ProgressLink', 'ProgressPicture'] as const),
        ...(['Seasons', 'RecordTotals', 'Board', 'Score'] as const),
      ],
      query: [
        ...(['missionsOfGroup', 'liveMissions', 'progressOfGroup', 'weeksOfMember', 'rosterOfGroup'] as const),
        ...(['progressLinksOf', 'ranking'] as const),
      ],
      write: ['ProgressLink', 'ProgressPicture'],
      check: ['Membership'],
      readObjects: ['pictures/'],
    },
  },
});
