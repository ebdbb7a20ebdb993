import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';

const one = '/v1/accounts/me/blocks/{accountId}';

const blockAccount = route({
  method: 'PUT',
  path: one,
  summary: 'Block somebody',
  description:
    'One-way: their certifications disappear from your lists, and their actions no longer notify you or enter your inbox. They are not notified. Leaders still see certifications that wait for a decision. Idempotent: blocking again changes nothing.',
  auth: 'account',
  problems: ['TOO_MANY_BLOCKS'],
});

const unblockAccount = route({
  method: 'DELETE',
  path: one,
  summary: 'Unblock somebody',
  description:
    'Idempotent: answers 204 if the account is not blocked. Notifications from the time in between are not sent later.',
  auth: 'account',
});

const listBlocks = route({
  method: 'GET',
  path: '/v1/accounts/me/blocks',
  summary: 'List the people you blocked',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(z.object({ accountId: id, nickname: z.string(), blockedAt: instant })),
});

export const contract = feature({
  name: 'blocks',
  summary: 'Blocking people',
  routes: { blockAccount, unblockAccount, listBlocks },
  rights: {
    http: {
      read: ['Account'],
      query: ['blocksOfAccount'],
      write: ['Block', 'Blocks'],
      check: ['Account'],
    },
  },
});
