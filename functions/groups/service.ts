import { memberOf, seen } from '../../shared/access/access.ts';
import type { Kernel } from '../../shared/adapters/kernel.ts';
import { newId } from '../../shared/core/ids.ts';
import { Problem } from '../../shared/core/problems.ts';
import { iso, localDay } from '../../shared/core/time.ts';
import { above, absent, allOf, atLeast, attribute, below, is } from '../../shared/data/conditions.ts';
import { outbox } from '../../shared/data/outbox.ts';
import { ref, type Table } from '../../shared/data/table.ts';
import { create, patch } from '../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../shared/http/exchange.ts';
import { catalogOf } from '../../shared/messages/text.ts';
import { nicknamesOf } from '../accounts/service.ts';
import type { AccountItem } from '../accounts/store.ts';
import { impliedMission } from '../missions/service.ts';
import type { contract } from './contract.ts';
import { isOffered, joinRefusal, periodErrors, statusOn } from './rules.ts';
import type { GroupItem, MembershipItem } from './store.ts';

type Routes = typeof contract.routes;

export async function createGroup(
  { body, account: { accountId }, locale, now }: RouteRequest<Routes['createGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['createGroup']>> {
  const errors = periodErrors(body, localDay(now, body.timeZone));
  if (errors.length > 0) {
    const { fields } = catalogOf(locale);
    throw new Problem('INVALID_PERIOD', {
      errors: errors.map(({ pointer, reason }) => ({ pointer, reason: fields[reason] })),
    });
  }
  const groupId = newId(now);
  const createdAt = iso(now);
  const group: GroupItem = { ...body, groupId, memberCount: 1, joinPolicy: 'INSTANT', leaderId: accountId, createdAt };
  const leader: MembershipItem = { groupId, accountId, role: 'LEADER', state: 'ACTIVE', joinedAt: createdAt };
  const answer = { body: viewOf(group, now), location: `/v1/groups/${groupId}` };

  await table.commit(
    {
      group: create('Group', { ...group }),
      leader: create('Membership', { ...leader }),
      mission: impliedMission(group, now),
    },
    answer,
  );
  return answer;
}

export async function listGroups(
  { query: { kind, limit, cursor }, now }: RouteRequest<Routes['listGroups']>,
  { table }: Kernel,
): Promise<Answer<Routes['listGroups']>> {
  const page = await table.query<GroupItem, 'groupsByKind'>(
    'groupsByKind',
    { kind },
    { limit, cursor, newestFirst: true },
  );
  const offered = page.items.filter((group) => !group.deletedAt && isOffered(localDay(now, group.timeZone), group));
  return { body: { items: offered.map((group) => viewOf(group, now)), nextCursor: page.nextCursor } };
}

export async function getGroup(
  { params: { groupId }, now }: RouteRequest<Routes['getGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['getGroup']>> {
  const group = seen(await table.get<GroupItem>('Group', { groupId }), ({ deletedAt }) => !deletedAt);
  return { body: viewOf(group, now) };
}

export async function listOwnGroups(
  { query: { limit, cursor }, account: { accountId }, now }: RouteRequest<Routes['listOwnGroups']>,
  { table }: Kernel,
): Promise<Answer<Routes['listOwnGroups']>> {
  const options = { limit, cursor, newestFirst: true };
  const page = await table.query<MembershipItem, 'groupsOfAccount'>('groupsOfAccount', { accountId }, options);
  const references = Object.fromEntries(
    page.items.map(({ groupId }) => [groupId, ref<GroupItem>('Group', { groupId })]),
  );
  const groups = await table.getAll(references);
  const items = page.items.flatMap(({ groupId, role, joinedAt }) => {
    const group = groups[groupId];
    return group && !group.deletedAt ? [{ group: viewOf(group, now), role, joinedAt }] : [];
  });
  return { body: { items, nextCursor: page.nextCursor } };
}

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
  const today = localDay(now, group.timeZone);
  const reason = joinRefusal(today, group, found.member?.state);
  if (reason) throw new Problem(reason);

  const membership: MembershipItem = { groupId, accountId, role: 'MEMBER', state: 'ACTIVE', joinedAt: iso(now) };
  const { role, joinedAt } = membership;
  const answer = { body: { groupId, accountId, role, joinedAt }, location: `/v1/groups/${groupId}/members` };
  const open = allOf(absent('deletedAt'), is('joinPolicy', 'INSTANT'), atLeast('endDate', today));
  const seatFree = allOf(open, below('memberCount', attribute('capacity')));
  const nick = found.account?.nickname ?? catalogOf('ko').unknownPerson;
  const refused = await table.commit(
    {
      member: create('Membership', { ...membership }, { orWhen: is('state', 'LEFT') }),
      group: patch('Group', { groupId }, { add: { memberCount: 1 } }, seatFree),
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
  if (refused?.member) throw new Problem('ALREADY_MEMBER');
  if (refused) throw new Problem('GROUP_FULL');
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

/** Every membership of an account, present and past, with its group. */
export async function membershipsOf(table: Table, accountId: string) {
  const found: { membership: MembershipItem; group: GroupItem | undefined }[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await table.query<MembershipItem, 'groupsOfAccount'>(
      'groupsOfAccount',
      { accountId },
      { limit: 50, cursor },
    );
    const groups = await table.getAll(
      Object.fromEntries(page.items.map(({ groupId }) => [groupId, ref<GroupItem>('Group', { groupId })])),
    );
    found.push(...page.items.map((membership) => ({ membership, group: groups[membership.groupId] })));
    cursor = page.nextCursor;
  }
  return found;
}

/** What somebody's leaving is judged by: their part in each of their groups. */
export const leadershipsOf = async (table: Table, accountId: string, now: number) =>
  (await membershipsOf(table, accountId)).flatMap(({ membership: { role, state }, group }) =>
    group
      ? [
          {
            role,
            state,
            memberCount: group.memberCount,
            endsOn: group.endDate,
            today: localDay(now, group.timeZone),
            deleted: group.deletedAt !== undefined,
          },
        ]
      : [],
  );

/** Takes somebody who is no more out of a group, and the group away if they were all of it. Doing it again is fine. */
export async function leaveForGood(table: Table, { groupId, accountId }: MembershipItem, now: number): Promise<void> {
  const present = is('state', 'ACTIVE');
  const group = await table.get<GroupItem>('Group', { groupId });
  const alone = group?.leaderId === accountId && group.memberCount === 1;
  await table.commit({
    member: patch('Membership', { groupId, accountId }, { set: { state: 'LEFT', leftAt: iso(now) } }, present),
    group: patch(
      'Group',
      { groupId },
      { add: { memberCount: -1 }, ...(alone ? { set: { deletedAt: iso(now) }, remove: ['gsi1pk', 'gsi1sk'] } : {}) },
      // Who joined since must not lose the group.
      alone ? is('memberCount', 1) : above('memberCount', 0),
    ),
  });
}

const viewOf = (group: GroupItem, now: number) => ({
  ...group,
  id: group.groupId,
  status: statusOn(localDay(now, group.timeZone), group),
});
