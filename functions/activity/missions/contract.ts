import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { approvals } from '../../groups/core/values.ts';
import { ways } from './values.ts';

/** How often a challenge asks for a certification (row 51): every day, Monday to Friday, at weekends, or n days a week. */
export const frequency = z
  .discriminatedUnion('every', [
    z.strictObject({ every: z.literal('DAY') }),
    z.strictObject({ every: z.literal('WEEKDAY') }),
    z.strictObject({ every: z.literal('WEEKEND') }),
    z.strictObject({ every: z.literal('WEEK'), times: z.int().min(1).max(6) }),
  ])
  .meta({ id: 'Frequency' });

export const mission = z
  .object({
    id,
    groupId: id,
    title: z.string(),
    rule: z.string(),
    kind: z.enum(['REPEAT']),
    way: z.enum(ways),
    approval: z.enum(approvals),
    timesPerWeek: z.int().meta({ description: '1 to 7, in a week from Monday to Sunday' }),
    weekdays: z.array(z.int()).meta({ description: 'Days on which it can be certified: 1 is Monday, 7 is Sunday' }),
    perDayLimit: z.int(),
    createdAt: instant,
  })
  .meta({ id: 'Mission' });

const listMissions = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/missions',
  summary: 'List the missions of a group',
  description: 'Members; others get 404.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(mission),
});

export const contract = feature({
  name: 'missions',
  summary: 'Missions of groups',
  routes: { listMissions },
  rights: { http: { read: ['Group', 'Membership'], query: ['missionsOfGroup'] } },
});
