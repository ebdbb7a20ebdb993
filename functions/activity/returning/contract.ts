import * as z from 'zod';
import { day, feature, id, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { text } from '../../../shared/product/text-fields.ts';
import { excuse } from '../excuses/contract.ts';

const { word } = limits.returning;

const greet = z
  .boolean()
  .default(false)
  .meta({ description: 'Tell the group when your first certification after this is approved' });

const comeBack = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/members/me/return',
  summary: 'Choose how to go on after time away',
  description:
    'Members; others get 404. Only while the home screen offers it (`back`). GO_ON changes nothing. EXCUSE asks for an excuse for the days away: it is granted at once, or waits, as any excuse. FEWER counts from today on; past days stay as they are. REST excuses you from today until a day, 30 days at most. LEAVE ends the membership; leaders and managers get your word. Whatever you choose answers all reminders.',
  auth: 'account',
  body: z
    .discriminatedUnion('choice', [
      z.strictObject({ choice: z.literal('GO_ON'), greet }),
      z.strictObject({ choice: z.literal('EXCUSE'), reason: text({ max: limits.excuse.reason }).default(''), greet }),
      z.strictObject({ choice: z.literal('FEWER'), missionId: id, timesPerWeek: z.int().min(1).max(6), greet }),
      z.strictObject({ choice: z.literal('REST'), until: day, greet }),
      z.strictObject({ choice: z.literal('LEAVE'), word: text({ min: 1, max: word }).optional() }),
    ])
    .meta({ examples: [{ choice: 'GO_ON', greet: true }] }),
  result: z
    .object({
      excuse: excuse.nullable().meta({ description: 'For EXCUSE and REST' }),
      quota: z
        .object({ missionId: id, from: day, timesPerWeek: z.int().min(1) })
        .nullable()
        .meta({ description: 'For FEWER' }),
    })
    .meta({ id: 'Return' }),
  problems: ['NOT_APPLICABLE', 'LEADER_MUST_HAND_OVER'],
});

const clearQuota = route({
  method: 'DELETE',
  path: '/v1/groups/{groupId}/missions/{missionId}/quota',
  summary: 'Go back to the frequency of the mission',
  description: 'Members; others get 404. Counts from the next Monday on. Idempotent.',
  auth: 'account',
});

export const contract = feature({
  name: 'returning',
  summary: 'Kind ways back for members who were away',
  routes: { comeBack, clearQuota },
  consumers: {
    greetBack: {
      summary: 'Tells a group that a member is back, with their first certification',
      entity: 'Certification',
      on: ['INSERT', 'MODIFY'],
      lane: 'background',
      rights: { read: ['Group', 'Membership', 'Certification'], write: ['Membership', 'Outbox'] },
      keeps: ['groupId', 'accountId', 'certificationId', 'status'],
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Mission', 'MemberMonth', 'Progress'],
      query: ['liveMissions', 'weeksOfMember', 'membersOfGroup'],
      write: ['Group', 'Membership', 'Account', 'Excuse', 'MemberMonth', 'Outbox', 'Due', 'Decision'],
    },
  },
});
