import * as z from 'zod';
import { day, feature, id, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { text } from '../../../shared/product/text-fields.ts';
import { excuse } from '../excuses/contract.ts';

const { word } = limits.returning;

const range = z.object({ from: day, until: day });

/** What the home screen offers in a group to somebody who has been away for a week. */
export const wayBack = z
  .object({
    gap: range.nullable().meta({ description: 'The days that `EXCUSE` excuses; null if all of them are excused' }),
    asksLeader: z.boolean().meta({
      description:
        'Leaders and managers decide on this excuse: on every one of this group, or as it has more than ten days of a month. False: it is granted at once, unless other days of that month are excused already',
    }),
    fewer: z
      .array(z.object({ missionId: id, most: z.int().min(1).meta({ description: 'The most that `FEWER` takes' }) }))
      .meta({ description: 'Repeated missions that you can do less often; empty if there are none' }),
    restUntil: day.meta({ description: 'The latest day that `REST` takes' }),
    mayLeave: z.boolean().meta({ description: 'False for leaders with other members: they hand over first' }),
  })
  .nullable()
  .meta({
    id: 'WayBack',
    description:
      'What you can choose after seven days or more without doing anything here, while something was due. Null: you are not away, are excused today, or have chosen',
  });

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
      excuse: excuse.nullable().meta({ description: 'Of EXCUSE and REST' }),
      quota: z
        .object({ missionId: id, from: day, timesPerWeek: z.int().min(1) })
        .nullable()
        .meta({ description: 'Of FEWER' }),
    })
    .meta({ id: 'Return' }),
  problems: ['NOT_APPLICABLE', 'LEADER_MUST_HAND_OVER'],
});

const clearQuota = route({
  method: 'DELETE',
  path: '/v1/groups/{groupId}/missions/{missionId}/quota',
  summary: 'Do a mission as often as it asks again',
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
      check: ['Group', 'Membership'],
    },
  },
});
