import * as z from 'zod';
import { day, feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { line, text, timeZone } from '../../../shared/product/text-fields.ts';
import { frequency, inPlan, mission } from '../../activity/missions/contract.ts';
import { audience, category, group, kind } from '../groups/contract.ts';

const limit = limits.group;
const description = text({ max: limit.description });

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
    missions: z.array(mission.pick(inPlan).meta({ id: 'PlannedMission' })),
    days: z.int().nullable().meta({ description: 'From the first day to the last; null if it was open-ended' }),
    results: z
      .object({
        members: z.int(),
        certifications: z
          .int()
          .nullable()
          .meta({ description: 'Approved certifications; null until they are counted' }),
        diligent: z
          .int()
          .nullable()
          .meta({ description: `Percentage of members who did at least ${limits.plan.diligentPercent} % of it` }),
      })
      .meta({ description: 'Results at the time of publication: numbers only, no people' }),
    uses: z.int().meta({ description: 'Groups founded from it' }),
    publishedAt: instant,
  })
  .meta({ id: 'Plan' });

const publishPlan = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/plan',
  summary: 'Publish the plan of a finished group',
  description:
    'Leaders, once per group; others get 404. A plan contains no data of members. Give another title and description to leave out names.',
  auth: 'account',
  body: z.strictObject({ title: line({ min: 1, max: limit.title }).optional(), description: description.optional() }),
  status: 201,
  result: plan,
  problems: ['NOT_APPLICABLE', 'TOO_MANY_REQUESTS'],
});

const takeBackPlan = route({
  method: 'DELETE',
  path: '/v1/groups/{groupId}/plan',
  summary: 'Unpublish a plan',
  description: 'Leaders; others get 404. Groups founded from the plan stay. A hidden plan stays hidden.',
  auth: 'account',
  problems: ['NOT_APPLICABLE'],
});

const listPlans = route({
  method: 'GET',
  path: '/v1/plans',
  summary: 'List published plans',
  description: 'Open to guests. Newest first.',
  auth: 'none',
  sharedSeconds: limits.sharedSeconds,
  query: z.strictObject({ category: category.optional(), ...pageQuery }),
  result: pageOf(plan),
});

const getPlan = route({
  method: 'GET',
  path: '/v1/plans/{planId}',
  summary: 'Get a plan',
  description: 'Open to guests.',
  auth: 'none',
  sharedSeconds: limits.sharedSeconds,
  result: plan,
});

const inspectPlan = route({
  method: 'GET',
  path: '/v1/admin/plans/{planId}',
  summary: 'Inspect a plan',
  description: 'Administrators; others get 404. Also shows hidden plans, and the group of the plan.',
  auth: 'account',
  result: z.object({ plan, groupId: id, hiddenAt: instant.nullable() }),
  problems: ['NOT_FOUND'],
});

const startFromPlan = route({
  method: 'POST',
  path: '/v1/plans/{planId}/groups',
  summary: 'Found a group from a plan',
  description:
    'Copies the kind, the texts and the missions. The group lasts as long as the plan, unless you give a last day. Edit the rest afterwards.',
  auth: 'account',
  body: z.strictObject({
    title: line({ min: 1, max: limit.title }).optional(),
    startDate: day.optional().meta({ description: 'Default: today in the time zone of the group' }),
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
  summary: 'Published plans of finished groups',
  routes: { publishPlan, takeBackPlan, listPlans, getPlan, inspectPlan, startFromPlan },
  consumers: {
    countResults: {
      summary: 'Counts the results of a published plan',
      entity: 'Plan',
      on: ['INSERT'],
      lane: 'background',
      rights: { query: ['membersOfGroup', 'certificationsByStatus'], write: ['Plan'] },
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Plan', 'Administrator', 'Session'],
      query: ['plansOnShelf', 'plansOfCategory', 'missionsOfGroup'],
      write: ['Plan', 'Group', 'Due', 'Membership', 'Mission', 'Account', 'Quota'],
      check: ['Administrator', 'Membership'],
    },
  },
});
