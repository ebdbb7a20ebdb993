/** Decisions of administrators on groups. */
import { adminOf, seen, stillAdmin } from '../../../shared/access/access.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { atMost } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { nothing, overtaken } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { changedGroup } from '../../groups/core/change.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import { mostSeats } from '../../groups/core/rules.ts';
import { viewOf } from '../../groups/core/view.ts';
import type { contract } from './contract.ts';
import { adminNews } from './news.ts';

type Routes = typeof contract.routes;
type Decided = RouteRequest<Routes['decideGroups']>['body']['decisions'][number];
type Outcome = Answer<Routes['decideGroups']>['body']['results'][number]['outcome'];

export async function listWaitingGroups(
  { query: { limit, cursor }, account: { accountId }, now }: RouteRequest<Routes['listWaitingGroups']>,
  { table }: Kernel,
): Promise<Answer<Routes['listWaitingGroups']>> {
  const waiting = table.query('groupsWaiting', { waitingFor: 'APPROVAL' }, { limit, cursor });
  const [page] = await Promise.all([waiting, adminOf(table, accountId)]);
  // An index lags: what it still lists may have been decided.
  const items = page.items
    .filter(({ approvalStatus, deletedAt }) => approvalStatus === 'PENDING' && !deletedAt)
    .map((group) => ({ group: viewOf(group, now), leaderId: group.leaderId }));
  return { body: { items, nextCursor: page.nextCursor } };
}

const decidedAtOnce = 10;

/** Row 38: each group is decided for itself, and has a result of its own: one that fails stops no other. */
export async function decideGroups(
  { body: { decisions }, account: { accountId: by }, now }: RouteRequest<Routes['decideGroups']>,
  { table, log }: Kernel,
): Promise<Answer<Routes['decideGroups']>> {
  const groups = await adminOf(
    table,
    by,
    Object.fromEntries(decisions.map(({ groupId }) => [groupId, ref('Group', { groupId })])),
  );
  const results = await inParallel(decidedAtOnce, decisions, async (each) => {
    const { groupId } = each;
    const outcome = await decide(table, groups[groupId], each, by, now).catch((error: unknown): Outcome => {
      if (!(error instanceof Problem)) log.error({ groupId, error }, 'a group was not decided');
      else if (error.code === 'NOT_FOUND' || error.code === 'ALREADY_DECIDED') return error.code;
      return 'TRY_AGAIN';
    });
    return { groupId, outcome };
  });
  const answer = { body: { results } };
  // Keeps the answer for a repetition; a repetition without a key finds each group decided as it wishes.
  await table.commit([], answer);
  return answer;
}

/**
 * Decides on one group, or says why not.
 *
 * @throws Problem NOT_FOUND for somebody who is no longer an administrator, or where the group was deleted meanwhile;
 * ALREADY_DECIDED where somebody else came first; TRY_AGAIN where the group was changed meanwhile
 */
async function decide(
  table: Table,
  before: GroupItem | undefined,
  { groupId, decision, reason }: Decided,
  by: string,
  now: number,
): Promise<Outcome> {
  if (!before || before.deletedAt) return 'NOT_FOUND';
  if (before.approvalStatus === decision) return decision;
  if (before.approvalStatus !== 'PENDING') return 'ALREADY_DECIDED';
  const { leaderId, title } = before;
  if (leaderId === by) return 'OWN_DECISION';
  const { writes } = changedGroup(before, { approvalStatus: decision, waitingFor: undefined }, now);
  const about = { to: [leaderId], by, title, groupId };
  await table.commit([
    stillAdmin(by),
    or((stands) => {
      if (!stands) return 'NOT_FOUND';
      const approval = 'approvalStatus' in stands ? stands.approvalStatus : undefined;
      if (approval === decision) return nothing;
      return approval === 'PENDING' ? overtaken : 'ALREADY_DECIDED';
    }, Object.values(writes)),
    decided(now, {
      scopeId: groupId,
      by,
      subject: `group:${groupId}`,
      before: 'PENDING',
      after: decision,
      reason,
    }),
    decision === 'APPROVED'
      ? tell(adminNews.groupApproved, now, about)
      : tell(adminNews.groupRejected, now, { ...about, reason: reason ?? '' }),
  ]);
  return decision;
}

/** Row 25: whether a team has paid for more seats. It is taken back only where nobody would lose a seat. */
export async function setPaid(
  { params: { groupId }, body: { paid }, account: { accountId: by }, now }: RouteRequest<Routes['setPaid']>,
  { table }: Kernel,
): Promise<Answer<Routes['setPaid']>> {
  const found = await adminOf(table, by, { group: ref('Group', { groupId }) });
  const before = seen(found.group, ({ deletedAt }) => !deletedAt);
  const { kind, capacity } = before;
  if (before.paid === paid) return { body: viewOf(before, now), version: before.version };
  if (kind !== 'TEAM' || capacity > mostSeats(kind, paid)) throw new Problem('NOT_APPLICABLE');
  const { after, writes } = changedGroup(before, { paid }, now, [atMost('capacity', mostSeats(kind, paid))]);
  await table.commit([
    stillAdmin(by),
    or(overtaken, Object.values(writes)),
    decided(now, {
      scopeId: groupId,
      by,
      subject: `group:${groupId}`,
      before: paid ? 'UNPAID' : 'PAID',
      after: paid ? 'PAID' : 'UNPAID',
    }),
  ]);
  return { body: viewOf(after, now), version: after.version };
}
