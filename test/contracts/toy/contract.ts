import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route, serverEvent } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { text } from '../../../shared/product/text-fields.ts';

const kudos = z
  .object({ id, from: z.object({ id, nickname: z.string() }), to: id, text: z.string(), createdAt: instant })
  .meta({ id: 'Kudos' });
const path = '/v1/groups/{groupId}/kudos';

const giveKudos = route({
  method: 'POST',
  path,
  summary: 'Thank a member of a group',
  auth: 'account',
  body: z.strictObject({ to: id, text: text({ min: 1, max: limits.kudosText }) }),
  status: 201,
  result: kudos,
  problems: ['KUDOS_TO_ONESELF', 'TOO_MANY_REQUESTS'],
});

const listKudos = route({
  method: 'GET',
  path,
  summary: 'Who thanked whom in a group, oldest first',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(kudos).extend({ total: z.int(), thisWeek: z.int() }),
});

const kudosGiven = serverEvent({
  name: 'kudos.given',
  summary: 'A member has thanked another',
  data: z.object({ groupId: id, from: id }),
});

export const contract = feature({
  name: 'kudos',
  summary: 'Members thank each other',
  routes: { giveKudos, listKudos },
  events: { kudosGiven },
  jobs: {
    beginWeek: { summary: 'Begins to count anew', schedule: { cron: '0 0 ? * MON *', zone: 'Asia/Seoul' } },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'KudosBoard', 'Account', 'Reported'],
      query: ['kudosOfGroup', 'rosterOfGroup', 'blocksOfAccount'],
      write: ['Kudos', 'KudosBoard', 'Quota', 'Outbox'],
      check: ['Group', 'Membership'],
    },
    job: { query: ['kudosBoardsToClear'], write: ['KudosBoard'] },
  },
});
