import { adminOf, isAdmin, memberOf, seen } from '../../../shared/access/access.ts';
import { may } from '../../../shared/access/powers.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { iso, localDay } from '../../../shared/core/time.ts';
import { decided } from '../../../shared/data/decision.ts';
import { type Reference, ref } from '../../../shared/data/table.ts';
import { untilSettled } from '../../../shared/data/until-settled.ts';
import { check } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { AccountItem } from '../../accounts/accounts/items.ts';
import { pictureViewOf } from '../../accounts/profiles/view.ts';
import { isOnline, type PresenceItem, presenceRef } from '../../talking/connections/presence.ts';
import { applicationRef, overtaken } from '../core/application.ts';
import { leavingWrites } from '../core/departure.ts';
import { entryProblem, entryWrites, requireEntry, tellLeader } from '../core/entry.ts';
import type { GroupItem, MembershipItem } from '../core/items.ts';
import { isPublic, joinRefusal, pastOf } from '../core/rules.ts';
import type { contract } from './contract.ts';

type Routes = typeof contract.routes;

/** The read says why somebody may not join; the write alone decides who gets the last seat. */
export async function joinGroup(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['joinGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['joinGroup']>> {
  const found = await table.getAll({
    group: ref('Group', { groupId }),
    member: ref('Membership', { groupId, accountId }),
    account: ref('Account', { accountId }),
  });
  const { member } = found;
  // Who has withdrawn has a token for some minutes more.
  const account = seen(found.account, ({ status }) => status === 'ACTIVE');
  const group = seen(found.group, (each) => isPublic(each) || (member?.state === 'ACTIVE' && !each.deletedAt));
  const reason = joinRefusal(localDay(now, group.timeZone), group, pastOf(member));
  if (reason) throw new Problem(reason);

  const answer = joined(groupId, accountId, now);
  const writes = entryWrites(group, { accountId, member }, now);
  const refused = await table.commit<string>(
    { ...writes, notice: tellLeader(group, accountId, account.nickname, now) },
    answer,
  );
  if (refused) throw entryProblem(refused, group);
  return answer;
}

/** Row 20: what only administrators do, and what they may do with every other way too. */
export async function addMember(
  { params: { groupId, accountId }, account: { accountId: by }, now }: RouteRequest<Routes['addMember']>,
  { table }: Kernel,
): Promise<Answer<Routes['addMember']>> {
  const found = await adminOf(table, by, {
    group: ref('Group', { groupId }),
    member: ref('Membership', { groupId, accountId }),
    account: ref('Account', { accountId }),
    application: applicationRef(groupId, accountId),
  });
  const group = seen(found.group, ({ deletedAt }) => !deletedAt);
  const account = seen(found.account, ({ status }) => status === 'ACTIVE');
  if (accountId === by) throw new Problem('OWN_DECISION');
  const comer = { accountId, member: found.member };
  requireEntry(group, comer, now);

  const answer = joined(groupId, accountId, now);
  const refused = await table.commit<string>(
    {
      admin: check('Account', { accountId: by }, isAdmin),
      ...entryWrites(group, comer, now),
      application: overtaken(found.application, now),
      decision: decided(now, {
        scopeId: groupId,
        by,
        subject: `member:${accountId}`,
        before: found.member?.state ?? 'NONE',
        after: 'ACTIVE',
      }),
      notice: tellLeader(group, accountId, account.nickname, now),
    },
    answer,
  );
  if (refused?.admin) throw new Problem('NOT_FOUND');
  if (refused) throw entryProblem(refused, group);
  return answer;
}

const joined = (groupId: string, accountId: string, now: number) => ({
  body: { groupId, accountId, role: 'MEMBER' as const, joinedAt: iso(now) },
  location: `/v1/groups/${groupId}/members`,
});

/** Row 43. The index holds those who are there, so a page is full; names, pictures and presence come in one request. */
export async function listMembers(
  {
    params: { groupId },
    query: { limit, cursor },
    account: { accountId },
    locale,
    now,
  }: RouteRequest<Routes['listMembers']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['listMembers']>> {
  const members = table.query('presentMembers', { presentIn: groupId }, { limit, cursor });
  const [page, { member: viewer }] = await Promise.all([members, memberOf(table, groupId, accountId)]);
  const active = page.items.filter(({ state }) => state === 'ACTIVE');
  const references = active.flatMap((each): [string, Reference<AccountItem & PresenceItem>][] => [
    [`account ${each.accountId}`, ref('Account', { accountId: each.accountId })],
    [`presence ${each.accountId}`, presenceRef(each.accountId) as Reference<AccountItem & PresenceItem>],
  ]);
  const found = references.length === 0 ? {} : await table.getAll(Object.fromEntries(references));
  const items = active.map(async (member) => {
    const account = found[`account ${member.accountId}`];
    const { avatar, thumbnailUrl } = await pictureViewOf(bucket, account?.picture);
    return {
      accountId: member.accountId,
      nickname: account?.nickname ?? catalogOf(locale).unknownPerson,
      picture: { avatar, thumbnailUrl },
      role: member.role,
      joinedAt: member.joinedAt,
      online: isOnline(found[`presence ${member.accountId}`], now),
      warnings: may(viewer.role, 'discipline') ? (member.warnings ?? 0) : null,
    };
  });
  return { body: { items: await Promise.all(items), nextCursor: page.nextCursor } };
}

/** Row 44. Others may come, go or take the lead meanwhile: then it is looked at again. */
export async function leaveGroup(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['leaveGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['leaveGroup']>> {
  return untilSettled(async () => {
    const { group, member, account } = await memberOf(table, groupId, accountId, {
      group: ref('Group', { groupId }),
      member: ref('Membership', { groupId, accountId }),
      account: ref('Account', { accountId }),
    });
    const nick = account?.nickname ?? catalogOf('ko').unknownPerson;
    const writes = await leavingWrites(table, group!, member!, { nick, forGood: false, now });
    return (await table.commit<string>(writes)) ? undefined : noContent;
  });
}
