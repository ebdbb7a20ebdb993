/** Leaders of a group and their managers (rows 14, 45, 125). */

import {
  has,
  memberOf,
  memberWho,
  memberWhoOrAdmin,
  seen,
  stillMember,
  unchanged,
} from '../../../shared/access/access.ts';
import { activeAccount } from '../../../shared/access/accounts.ts';
import { iso } from '../../../shared/core/time.ts';
import { decided } from '../../../shared/data/decision.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { isSignedIn } from '../../accounts/sessions/signed-in.ts';
import { leadWrites, successionWrites } from '../core/departure.ts';
import { managed } from '../core/managers.ts';
import { presentMembers } from '../core/members.ts';
import { mayAskFrom, successorOf } from '../core/rules.ts';
import type { contract } from './contract.ts';
import { memberNews } from './news.ts';

type Routes = typeof contract.routes;

/** Row 45. Both parts and the group change together: there is always one leader, and never two. */
export async function handOver(
  { params: { groupId }, body, account: { accountId: by }, now }: RouteRequest<Routes['handOver']>,
  { table, tally }: Kernel,
): Promise<Answer<Routes['handOver']>> {
  const { accountId } = body;
  const found = await memberWho(table, 'handOver', groupId, by, {
    heir: ref('Membership', { groupId, accountId }),
    account: ref('Account', { accountId }),
  });
  if (accountId === by) throw new Problem('NOT_APPLICABLE');
  activeAccount(found.account);
  const heir = seen(found.heir, ({ state }) => state === 'ACTIVE');
  // All members are told: two who give it to each other are counted by the group. What others are refused takes nothing of it.
  await tally.count({ limit: 'tellMember', subject: groupId }, now);
  await table.commit([
    or('NOT_FOUND', patch('Membership', { groupId, accountId: by }, { set: { role: 'MEMBER' } }, has('handOver'))),
    stillMember(groupId, accountId),
    leadWrites(found.group, heir),
    successionWrites(found.group, heir, { by, now }),
  ]);
  return noContent;
}

/**
 * Row 125. Asked for by those who miss the leader, sooner than it happens by itself (`silence.ts`). Sessions live two weeks
 * from when they were last used: a leader without one was not there for as long, unless they have signed out since.
 */
export async function succeedLeader(
  { params: { groupId }, account: { accountId: by }, now }: RouteRequest<Routes['succeedLeader']>,
  { table }: Kernel,
): Promise<Answer<Routes['succeedLeader']>> {
  const { group } = await memberOf(table, groupId, by);
  const { leaderId: accountId } = group;
  if (accountId === by) throw new Problem('NOT_APPLICABLE');
  const [signedIn, present] = await Promise.all([isSignedIn(table, accountId, now), presentMembers(table, groupId)]);
  if (signedIn) throw new Problem('NOT_APPLICABLE');
  // A leader who has only just signed out is not gone.
  const { silence } = group;
  if (silence?.accountId === accountId && mayAskFrom(silence) > iso(now)) throw new Problem('NOT_APPLICABLE');
  const heir = successorOf(present, group.kind === 'OPEN_ROOM');
  if (!heir) throw new Problem('NOT_APPLICABLE');
  const answer = { body: { leaderId: heir.accountId } };
  await table.commit(
    [
      leadWrites(group, heir),
      or(overtaken, patch('Membership', { groupId, accountId }, { set: { role: 'MEMBER' } }, has('handOver'))),
      successionWrites(group, heir, { by, now }),
    ],
    answer,
  );
  return answer;
}

/** Row 14. */
export async function setMemberRole(
  {
    params: { groupId, accountId },
    body: { role },
    account,
    account: { accountId: by },
    now,
  }: RouteRequest<Routes['setMemberRole']>,
  { table, tally }: Kernel,
): Promise<Answer<Routes['setMemberRole']>> {
  await tally.count({ limit: 'tellMember', subject: `${by}:${accountId}` }, now);
  const { group, subject, still } = await memberWhoOrAdmin(
    table,
    'appoint',
    groupId,
    { account, now },
    {
      subject: ref('Membership', { groupId, accountId }),
    },
  );
  const before = seen(subject, ({ state }) => state === 'ACTIVE');
  if (accountId === by) throw new Problem('OWN_DECISION');
  if (before.role === 'LEADER') throw new Problem('NOT_APPLICABLE');
  const answer = { body: { groupId, accountId, role, joinedAt: before.joinedAt } };
  if (before.role === role) return answer;
  await table.commit([
    still,
    stillMember(groupId, accountId),
    or(overtaken, patch('Membership', { groupId, accountId }, { set: { role } }, unchanged(before))),
    managed(group, accountId, role),
    decided(now, { scopeId: groupId, by, subject: `member:${accountId}`, before: before.role, after: role }),
    tell(memberNews.roleChanged, now, { to: [accountId], by, title: group.title, role, groupId }),
  ]);
  return answer;
}
