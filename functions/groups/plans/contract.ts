import * as z from 'zod';
import { day, feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { timeZone } from '../../accounts/accounts/contract.ts';
import { frequency, mission } from '../../activity/missions/contract.ts';
import { audience, category, group, kind, line } from '../groups/contract.ts';

const limit = limits.group;
const description = z.string().trim().max(limit.description);

const plan = z
  .object({
    id,
    kind,
    title: z.string(),
    description: z.string(),
    certificationRule: z.string(),
    category,
    customCategory: z.string().nullable(),
    tags: z.array(z.string()),
    audience: audience.nullable(),
    frequency: frequency.nullable(),
    missions: z.array(mission.omit({ id: true, groupId: true, createdAt: true }).meta({ id: 'PlannedMission' })),
    days: z.int().nullable().meta({ description: 'From the first day to the last; null where it was open-ended' }),
    results: z
      .object({
        members: z.int(),
        certifications: z.int().nullable().meta({ description: 'Approved ones; null until they are counted' }),
        diligent: z
          .int()
          .nullable()
          .meta({ description: `Percent of members who did ${limits.plan.diligentPercent} % or more of it` }),
      })
      .meta({ description: 'What came of it, when it was published: numbers, no people' }),
    uses: z.int().meta({ description: 'Groups started from it' }),
    publishedAt: instant,
  })
  .meta({ id: 'Plan' });

const publishPlan = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/plan',
  summary: 'Publish the plan of a group that is over',
  description:
    'By its leader, once a group. Nothing of a member is in it; title and description are the group’s unless others are given, so that names can be left out (row 132).',
  auth: 'account',
  body: z.strictObject({ title: line(limit.title).optional(), description: description.optional() }),
  status: 201,
  result: plan,
  problems: ['NOT_APPLICABLE', 'TOO_MANY_REQUESTS'],
});

const takeBackPlan = route({
  method: 'DELETE',
  path: '/v1/groups/{groupId}/plan',
  summary: 'Take a published plan back',
  description: 'By the leader. Groups that were started from it stay. One that is hidden stays hidden (row 83).',
  auth: 'account',
  problems: ['NOT_APPLICABLE'],
});

const listPlans = route({
  method: 'GET',
  path: '/v1/plans',
  summary: 'Plans of groups that are over, newest first',
  description: 'Open to guests.',
  auth: 'none',
  query: z.strictObject({ category: category.optional(), ...pageQuery }),
  result: pageOf(plan),
});

const getPlan = route({
  method: 'GET',
  path: '/v1/plans/{planId}',
  summary: 'One plan',
  description: 'Open to guests.',
  auth: 'none',
  result: plan,
});

const inspectPlan = route({
  method: 'GET',
  path: '/v1/admin/plans/{planId}',
  summary: 'One plan, for who decides on it',
  description: 'For administrators: also when it is hidden, and with the group that it is of (row 83).',
  auth: 'account',
  result: z.object({ plan, groupId: id, hiddenAt: instant.nullable() }),
  problems: ['NOT_FOUND'],
});

const startFromPlan = route({
  method: 'POST',
  path: '/v1/plans/{planId}/groups',
  summary: 'Found a group from a plan',
  description:
    'With its kind, texts and missions, and as long as the plan unless a last day is given. What else there is to say is edited afterwards.',
  auth: 'account',
  body: z.strictObject({
    title: line(limit.title).optional(),
    startDate: day.optional().meta({ description: 'Today in the group’s zone, unless said' }),
    endDate: day.optional(),
    recruitUntil: day.optional(),
    capacity: z.int().min(limits.seats[0]).max(limits.seats[1]).optional(),
    timeZone: timeZone.default('Asia/Seoul'),
  }),
  status: 201,
  result: group,
  problems: ['INVALID_PERIOD', 'GROUP_LIMIT', 'TOO_MANY_REQUESTS'],
});

export const contract = feature({
  name: 'plans',
  summary: 'What groups did, for others to begin with',
  routes: { publishPlan, takeBackPlan, listPlans, getPlan, inspectPlan, startFromPlan },
  consumers: {
    countResults: {
      summary: 'Counts what came of a group whose plan was published',
      entity: 'Plan',
      on: ['INSERT'],
      lane: 'background',
      rights: { query: ['membersOfGroup', 'certificationsByStatus'], write: ['Plan'] },
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Plan', 'Account'],
      query: ['plansOnShelf', 'plansOfCategory', 'missionsOfGroup'],
      write: ['Plan', 'Group', 'Membership', 'Mission', 'Account', 'Listing', 'Listed', 'Quota'],
      check: ['Account', 'Membership'],
    },
  },
});
