/** Who leads a group, and who helps (rows 14, 45, 125). */
import { has, memberOf, memberWho, memberWhoOrAdmin, seen, unchanged } from '../../../shared/access/access.ts';
import { iso } from '../../../shared/core/time.ts';
import { decided } from '../../../shared/data/decision.ts';
import { outbox } from '../../../shared/data/outbox.ts';
import { ref } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { AccountItem } from '../../accounts/accounts/items.ts';
import { isSignedIn } from '../../accounts/sessions/signed-in.ts';
import { leadWrite, successionWrites } from '../core/departure.ts';
import type { GroupItem, MembershipItem } from '../core/items.ts';
import { presentMembers } from '../core/members.ts';
import { mayAskFrom, successorOf } from '../core/rules.ts';
import type { contract } from './contract.ts';

type Routes = typeof contract.routes;

/** Row 45. Both parts and the group change together: there is always one leader, and never two. */
export async function handOver(
  { params: { groupId }, body, account: { accountId: by }, now }: RouteRequest<Routes['handOver']>,
  { table }: Kernel,
): Promise<Answer<Routes['handOver']>> {
  const { accountId } = body;
  const found = await memberWho(table, 'handOver', groupId, by, {
    group: ref('Group', { groupId }),
    heir: ref('Membership', { groupId, accountId }),
    account: ref('Account', { accountId }),
  });
  if (accountId === by) throw new Problem('NOT_APPLICABLE');
  const { nickname: nick } = seen(found.account, ({ status }) => status === 'ACTIVE');
  const heir = seen(found.heir, ({ state }) => state === 'ACTIVE');
  const refused = await table.commit<string>({
    group: leadWrite(found.group, heir),
    leader: patch('Membership', { groupId, accountId: by }, { set: { role: 'MEMBER' } }, has('handOver')),
    ...(await successionWrites(table, found.group, heir, { by, now, nick })),
  });
  if (refused?.leader) throw new Problem('NOT_FOUND');
  if (refused?.heir && refused.heir.item?.state !== 'ACTIVE') throw new Problem('NOT_FOUND');
  if (refused) throw new Problem('TRY_AGAIN', { retryAfter: 1 });
  return noContent;
}

/**
 * Row 125. Asked for by those who miss the leader, sooner than it happens by itself (`silence.ts`). Sessions live two weeks
 * from when they were last used: who has none was not there for as long, unless they have signed out since.
 */
export async function succeedLeader(
  { params: { groupId }, account: { accountId: by }, now }: RouteRequest<Routes['succeedLeader']>,
  { table }: Kernel,
): Promise<Answer<Routes['succeedLeader']>> {
  const { group } = await memberOf(table, groupId, by, { group: ref('Group', { groupId }) });
  const { leaderId: accountId } = group;
  if (accountId === by || (await isSignedIn(table, accountId, now))) throw new Problem('NOT_APPLICABLE');
  // Who has only just signed out is not gone.
  const { silence } = group;
  if (silence?.accountId === accountId && mayAskFrom(silence) > iso(now)) throw new Problem('NOT_APPLICABLE');
  const heir = successorOf(await presentMembers(table, groupId), group.kind === 'OPEN_ROOM');
  if (!heir) throw new Problem('NOT_APPLICABLE');
  const answer = { body: { leaderId: heir.accountId } };
  const refused = await table.commit<string>(
    {
      group: leadWrite(group, heir),
      leader: patch('Membership', { groupId, accountId }, { set: { role: 'MEMBER' } }, has('handOver')),
      ...(await successionWrites(table, group, heir, { by, now })),
    },
    answer,
  );
  if (refused) throw new Problem('TRY_AGAIN', { retryAfter: 1 });
  return answer;
}

/** Row 14. */
export async function setMemberRole(
  {
    params: { groupId, accountId },
    body: { role },
    account: { accountId: by },
    now,
  }: RouteRequest<Routes['setMemberRole']>,
  { table }: Kernel,
): Promise<Answer<Routes['setMemberRole']>> {
  const { group, subject, still } = await memberWhoOrAdmin(table, 'appoint', groupId, by, {
    group: ref('Group', { groupId }),
    subject: ref('Membership', { groupId, accountId }),
  });
  const before = seen(subject, ({ state }) => state === 'ACTIVE');
  if (accountId === by) throw new Problem('OWN_DECISION');
  if (before.role === 'LEADER') throw new Problem('NOT_APPLICABLE');
  const answer = { body: { groupId, accountId, role, joinedAt: before.joinedAt } };
  if (before.role === role) return answer;
  const refused = await table.commit<string>({
    judge: still,
    member: patch('Membership', { groupId, accountId }, { set: { role } }, unchanged(before)),
    decision: decided(now, {
      scopeId: groupId,
      by,
      subject: `member:${accountId}`,
      before: before.role,
      after: role,
    }),
    notice: outbox(now, {
      notice: 'ROLE_CHANGED',
      to: [accountId],
      actorId: by,
      values: { title: group.title, role },
      link: { screen: 'group', groupId },
    }),
  });
  if (refused?.judge || (refused?.member && refused.member.item?.state !== 'ACTIVE')) throw new Problem('NOT_FOUND');
  if (refused) throw new Problem('TRY_AGAIN', { retryAfter: 1 });
  return answer;
}
