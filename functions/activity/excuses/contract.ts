import * as z from 'zod';
import { day, feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { decisionReason, text } from '../../../shared/product/text-fields.ts';
import { excuseStates } from './values.ts';

export const excuse = z
  .object({
    id,
    groupId: id,
    accountId: id,
    from: day,
    until: day.meta({ description: 'Included' }),
    reason: z.string(),
    state: z.enum(excuseStates),
    refusal: z.string().nullable().meta({ description: 'Why it was refused' }),
    version: z.int().meta({ description: 'It is also the ETag' }),
    createdAt: instant,
  })
  .meta({ id: 'Excuse' });

const all = '/v1/groups/{groupId}/excuses';
const one = `${all}/{excuseId}` as const;

const requestExcuse = route({
  method: 'POST',
  path: all,
  summary: 'Excuse yourself for some days',
  description:
    'Members; others get 404. Excused days ask for nothing and break no streak. A range has 31 days at most and begins three days ago at the earliest. Up to ten days of a month are granted at once, unless the group asks for a grant each time; otherwise leaders and managers decide.',
  auth: 'account',
  body: z
    .strictObject({ from: day, until: day, reason: text({ min: 1, max: limits.excuse.reason }) })
    .meta({ examples: [{ from: '2026-03-04', until: '2026-03-06', reason: 'Travelling' }] }),
  status: 201,
  result: excuse,
  problems: ['NOT_APPLICABLE'],
});

const listExcuses = route({
  method: 'GET',
  path: all,
  summary: 'List excuses',
  description:
    'Members; others get 404. Your own, oldest first; with `state=PENDING`, leaders and managers get all that wait, oldest first.',
  auth: 'account',
  query: z.strictObject({ state: z.literal('PENDING').optional(), ...pageQuery }),
  result: pageOf(excuse),
});

const withdrawExcuse = route({
  method: 'DELETE',
  path: one,
  summary: 'Take back your excuse',
  description: 'Members for their own; others get 404. While it waits, or before its first day.',
  auth: 'account',
  problems: ['NOT_APPLICABLE'],
});

const grantExcuse = route({
  method: 'POST',
  path: `${one}/grant`,
  summary: 'Grant an excuse',
  description:
    'Leaders and managers, but not for themselves; others get 404. For one that waits. The member is notified.',
  auth: 'account',
  result: excuse,
  problems: ['OWN_DECISION', 'ALREADY_DECIDED'],
});

const refuseExcuse = route({
  method: 'POST',
  path: `${one}/refuse`,
  summary: 'Refuse an excuse',
  description:
    'Leaders and managers, but not for themselves; others get 404. For one that waits. The member is notified.',
  auth: 'account',
  body: z.strictObject({ reason: decisionReason }),
  result: excuse,
  problems: ['OWN_DECISION', 'ALREADY_DECIDED'],
});

export const contract = feature({
  name: 'excuses',
  summary: 'Days on which members are excused from missions',
  routes: { requestExcuse, listExcuses, withdrawExcuse, grantExcuse, refuseExcuse },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Excuse', 'MemberMonth'],
      query: ['excusesOf', 'excusesWaiting'],
      write: ['Excuse', 'Membership', 'MemberMonth', 'Decision', 'Outbox'],
      check: ['Membership'],
    },
  },
});
