import { memberOf, seen, stillMember } from '../../../shared/access/access.ts';
import { activeAccount } from '../../../shared/access/accounts.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent } from '../../../shared/data/conditions.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { check, create, upsert } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { blockedBy } from '../../accounts/blocks/service.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { authorsOf } from '../written/authors.ts';
import { readAlong, shown } from '../written/seen.ts';
import type { contract } from './contract.ts';
import type { KudosItem } from './items.ts';
import { kudosNews } from './news.ts';

type Routes = typeof contract.routes;

export async function giveKudos(
  { params: { groupId }, body: { to, text }, account: { accountId }, now }: RouteRequest<Routes['giveKudos']>,
  { table }: Kernel,
): Promise<Answer<Routes['giveKudos']>> {
  const found = await memberOf(table, groupId, accountId, {
    other: ref('Membership', { groupId, accountId: to }),
    me: ref('Account', { accountId }),
  });
  if (to === accountId) throw new Problem('KUDOS_TO_ONESELF');
  seen(found.other, ({ state }) => state === 'ACTIVE');

  const { title } = found.group;
  const kudos = { groupId, kudosId: newId(now), accountId, to, text, createdAt: iso(now) };
  const answer = { body: viewOf(kudos, activeAccount(found.me)) };
  const counted = { add: { total: 1, thisWeek: 1, moves: 1 }, set: { clear: 'MONDAY' } } as const;
  const event = { event: 'kudos.given', data: { groupId, from: accountId } };
  await table.commit(
    [
      stillMember(groupId, accountId),
      stillMember(groupId, to),
      or('NOT_FOUND', check('Group', { groupId }, absent('deletedAt'))),
      charged({ limit: 'kudos', subject: accountId }, now),
      create('Kudos', kudos),
      upsert('KudosBoard', { groupId }, counted),
      tell(kudosNews.given, now, { to: [to], by: accountId, title, groupId, event }),
    ],
    answer,
  );
  return answer;
}

export async function listKudos(
  { params: { groupId }, query: { limit, cursor }, account: { accountId }, locale }: RouteRequest<Routes['listKudos']>,
  { table }: Kernel,
): Promise<Answer<Routes['listKudos']>> {
  const [{ items, nextCursor }, { board, member, reported }, blocked, roster] = await Promise.all([
    table.query('kudosOfGroup', { groupId }, { limit, cursor }),
    memberOf(table, groupId, accountId, { board: ref('KudosBoard', { groupId }), ...readAlong(accountId, groupId) }),
    blockedBy(table, accountId),
    rosterOf(table, groupId),
  ]);
  const { total = 0, thisWeek = 0 } = board ?? {};
  const seen = shown('kudos', items, { member, reported, blocked });
  const authorOf = await authorsOf(table, roster, seen, locale);
  return { body: { items: seen.map((each) => viewOf(each, authorOf(each))), nextCursor, total, thisWeek } };
}

const viewOf = ({ kudosId, accountId, to, text, createdAt }: KudosItem, { nickname }: { nickname: string }) => ({
  id: kudosId,
  from: { id: accountId, nickname },
  to,
  text,
  createdAt,
});
