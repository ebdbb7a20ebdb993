import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';

const one = '/v1/accounts/me/blocks/{accountId}';

const blockAccount = route({
  method: 'PUT',
  path: one,
  summary: 'See and hear nothing more of somebody',
  description:
    'One direction: their certifications are left out of one’s lists, and nothing they cause is told any more, nor kept in the inbox. They are not told. A leader still sees what waits for a decision. Doing it again changes nothing (row 84).',
  auth: 'account',
  problems: ['TOO_MANY_BLOCKS'],
});

const unblockAccount = route({
  method: 'DELETE',
  path: one,
  summary: 'See and hear of somebody again',
  description: 'Of what happened in between, nothing is told. Somebody who is not blocked is fine.',
  auth: 'account',
});

const listBlocks = route({
  method: 'GET',
  path: '/v1/accounts/me/blocks',
  summary: 'Whom one has blocked',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(z.object({ accountId: id, nickname: z.string(), blockedAt: instant })),
});

export const contract = feature({
  name: 'blocks',
  summary: 'Whom somebody wants to see and hear nothing of',
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
