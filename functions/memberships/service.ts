import { memberOf, seen } from '../../shared/access/access.ts';
import type { Kernel } from '../../shared/adapters/kernel.ts';
import { Problem } from '../../shared/core/problems.ts';
import { iso, localDay } from '../../shared/core/time.ts';
import { outbox } from '../../shared/data/outbox.ts';
import { ref, type Table } from '../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../shared/http/exchange.ts';
import { catalogOf } from '../../shared/messages/text.ts';
import { nicknamesOf } from '../accounts/service.ts';
import type { AccountItem } from '../accounts/store.ts';
import { joinRefusal } from '../groups/rules.ts';
import type { GroupItem, MembershipItem } from '../groups/store.ts';
import type { contract } from './contract.ts';
import { entryProblem, entryWrites } from './entry.ts';

type Routes = typeof contract.routes;

/** The read says why somebody may not join; the write alone decides who gets the last seat. */
export async function joinGroup(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['joinGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['joinGroup']>> {
  const found = await table.getAll({
    group: ref<GroupItem>('Group', { groupId }),
    member: ref<MembershipItem>('Membership', { groupId, accountId }),
    account: ref<AccountItem>('Account', { accountId }),
  });
  const group = seen(found.group, ({ deletedAt }) => !deletedAt);
  const reason = joinRefusal(localDay(now, group.timeZone), group, found.member?.state);
  if (reason) throw new Problem(reason);

  const answer = {
    body: { groupId, accountId, role: 'MEMBER' as const, joinedAt: iso(now) },
    location: `/v1/groups/${groupId}/members`,
  };
  const nick = found.account?.nickname ?? catalogOf('ko').unknownPerson;
  const refused = await table.commit<string>(
    {
      ...entryWrites(group, accountId, now),
      notice: outbox(now, {
        notice: 'GROUP_JOINED',
        to: [group.leaderId],
        actorId: accountId,
        values: { nick, title: group.title },
        link: { screen: 'group', groupId },
      }),
    },
    answer,
  );
  if (refused) throw entryProblem(refused, group);
  return answer;
}

export async function listMembers(
  {
    params: { groupId },
    query: { limit, cursor },
    account: { accountId },
    locale,
  }: RouteRequest<Routes['listMembers']>,
  { table }: Kernel,
): Promise<Answer<Routes['listMembers']>> {
  const members = table.query<MembershipItem, 'membersOfGroup'>('membersOfGroup', { groupId }, { limit, cursor });
  const [page] = await Promise.all([members, memberOf(table, groupId, accountId)]);
  const active = page.items.filter(({ state }) => state === 'ACTIVE');
  const nicknames = await nicknamesOf(
    table,
    active.map((member) => member.accountId),
  );
  const items = active.map((member) => ({
    accountId: member.accountId,
    nickname: nicknames.get(member.accountId) ?? catalogOf(locale).unknownPerson,
    role: member.role,
    joinedAt: member.joinedAt,
  }));
  return { body: { items, nextCursor: page.nextCursor } };
}

/** Who is in a group now: for news that all its members are told. */
export async function presentMembers(table: Table, groupId: string): Promise<MembershipItem[]> {
  const members: MembershipItem[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await table.query<MembershipItem, 'membersOfGroup'>(
      'membersOfGroup',
      { groupId },
      { limit: 500, cursor, consistent: true },
    );
    members.push(...page.items.filter(({ state }) => state === 'ACTIVE'));
    cursor = page.nextCursor;
  }
  return members;
}
