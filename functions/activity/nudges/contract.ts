import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';
import { line } from '../../../shared/product/text-fields.ts';

const message = z.string().nullable();

const nudge = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/missions/{missionId}/nudges',
  summary: 'Nudge a member to do a mission',
  description:
    'Members, for another member who has not done it today, does not skip it and is not excused; others get 404. Once an hour for each pair of people. Settings and blocks of the other decide whether a notification arrives; the answer is the same.',
  auth: 'account',
  body: z
    .strictObject({ to: id, message: line({ min: 1, max: limits.nudge.message }).optional() })
    .meta({ examples: [{ to: '0193a6c0-0000-7000-8000-000000000001', message: 'Shall we read together?' }] }),
  status: 201,
  result: z.object({ id, groupId: id, missionId: id, to: id, message, createdAt: instant }).meta({ id: 'SentNudge' }),
  problems: ['NOT_APPLICABLE', 'TOO_MANY_REQUESTS'],
});

const listNudges = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/nudges',
  summary: 'List who nudged you',
  description:
    'Members; others get 404. Those of the last 30 days, newest first. Nudges of people you blocked are left out, so a page may be short.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(
    z
      .object({
        ...{ id, missionId: id, message, createdAt: instant },
        account: z
          .object({ id, nickname: z.string(), picture: thumbnail })
          .meta({ description: 'The member who nudged you' }),
      })
      .meta({ id: 'Nudge' }),
  ),
});

export const contract = feature({
  name: 'nudges',
  summary: 'Nudges between members',
  routes: { nudge, listNudges },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Mission', 'MissionWeek', 'Account'],
      query: ['nudgesTo', 'rosterOfGroup', 'blocksOfAccount'],
      write: ['Nudge', 'Throttle', 'Quota', 'Outbox'],
      check: ['Membership'],
      readObjects: ['pictures/'],
    },
  },
});
