/** Decisions of administrators on groups. */
import { adminOf, seen, stillAdmin } from '../../../shared/access/access.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { absent, allOf, atMost, is } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { nothing, overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { check } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { nicknamesOf } from '../../accounts/accounts/people.ts';
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
  { query: { limit, cursor }, account, locale, now }: RouteRequest<Routes['listWaitingGroups']>,
  { table }: Kernel,
): Promise<Answer<Routes['listWaitingGroups']>> {
  const waiting = table.query('groupsWaiting', { waitingFor: 'APPROVAL' }, { limit, cursor });
  const [page] = await Promise.all([waiting, adminOf(table, { account, now })]);
  const nicknames = await nicknamesOf(
    table,
    page.items.map(({ leaderId }) => leaderId),
  );
  const items = page.items.map((group) => {
    const { leaderId } = group;
    const nickname = nicknames.get(leaderId) ?? catalogOf(locale).unknownPerson;
    return { group: viewOf(group, now), leaderId, leader: { id: leaderId, nickname } };
  });
  return { body: { items, nextCursor: page.nextCursor } };
}

const decidedAtOnce = 10;

/**
 * Row 38: each group is decided by itself and has its own result. A failure does not stop the others. Of a group that is
 * named twice the first decision counts, and another one finds it decided.
 */
export async function decideGroups(
  { body: { decisions }, account, account: { accountId: by }, now }: RouteRequest<Routes['decideGroups']>,
  { table, log }: Kernel,
): Promise<Answer<Routes['decideGroups']>> {
  const groups = await adminOf(
    table,
    { account, now },
    Object.fromEntries(decisions.map(({ groupId }) => [groupId, ref('Group', { groupId })])),
  );
  const first = new Map<string, Decided>();
  for (const each of decisions) if (!first.has(each.groupId)) first.set(each.groupId, each);
  const outcomes = new Map<string, Outcome>();
  await inParallel(decidedAtOnce, [...first.values()], async (each) => {
    const { groupId } = each;
    // Read with all others at first, and alone where somebody else was faster.
    let reading: Promise<GroupItem | undefined> | undefined = Promise.resolve(groups[groupId]);
    const attempt = async () => {
      const group = await (reading ?? table.get('Group', { groupId }));
      reading = undefined;
      return decide(table, group, each, by, now);
    };
    const outcome = await untilSettled(attempt).catch((error: unknown): Outcome => {
      if (!(error instanceof Problem)) log.error({ groupId, error }, 'a group was not decided');
      else if (error.code === 'NOT_FOUND' || error.code === 'ALREADY_DECIDED') return error.code;
      return 'TRY_AGAIN';
    });
    outcomes.set(groupId, outcome);
  });
  const results = decisions.map((each) => {
    const outcome = outcomes.get(each.groupId)!;
    const isOther = outcome === 'APPROVED' || outcome === 'REJECTED' ? outcome !== each.decision : false;
    return { groupId: each.groupId, outcome: isOther ? ('ALREADY_DECIDED' as const) : outcome };
  });
  const answer = { body: { results } };
  // Keeps the answer for a repetition; a repetition without a key finds each group decided as it wishes.
  await table.commit([], answer);
  return answer;
}

/** Decides on one group, and gives back the decision or the reason against it. */
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
  const isPending = allOf(is('approvalStatus', 'PENDING'), absent('deletedAt'));
  await table.commit([
    stillAdmin(by),
    // Another administrator was faster. The same decision counts as one's own.
    or(
      (group) => {
        if (!group || group.deletedAt) return 'NOT_FOUND';
        return group.approvalStatus === decision ? nothing : 'ALREADY_DECIDED';
      },
      check('Group', { groupId }, isPending),
    ),
    or(overtaken, writes),
    decided(now, { scopeId: groupId, by, subject: `group:${groupId}`, before: 'PENDING', after: decision, reason }),
    decision === 'APPROVED'
      ? tell(adminNews.groupApproved, now, about)
      : tell(adminNews.groupRejected, now, { ...about, reason: reason ?? '' }),
  ]);
  return decision;
}

/** Row 25: sets whether a team has paid for more seats. Taken back only if no member would lose a seat. */
export async function setPaid(
  { params: { groupId }, body: { paid }, account, account: { accountId: by }, now }: RouteRequest<Routes['setPaid']>,
  { table }: Kernel,
): Promise<Answer<Routes['setPaid']>> {
  const found = await adminOf(table, { account, now }, { group: ref('Group', { groupId }) });
  const before = seen(found.group, ({ deletedAt }) => !deletedAt);
  const { kind, capacity } = before;
  if (before.paid === paid) return { body: viewOf(before, now), version: before.version };
  if (kind !== 'TEAM' || capacity > mostSeats(kind, paid)) throw new Problem('NOT_APPLICABLE');
  const { after, writes } = changedGroup(before, { paid }, now, [atMost('capacity', mostSeats(kind, paid))]);
  await table.commit([
    stillAdmin(by),
    or(overtaken, writes),
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
