/**
 * Rows 83, 132: reports on published plans. A plan is shown to everybody and does not say of which group it is: so it is
 * reported by anybody, under its own id in place of a group's, and decided on by administrators.
 */

import { adminOf, seen, stillAdmin } from '../../../shared/access/access.ts';
import { stillActive } from '../../../shared/access/accounts.ts';
import { iso } from '../../../shared/core/time.ts';
import { decided } from '../../../shared/data/decision.ts';
import { byItself, tell } from '../../../shared/data/outbox.ts';
import { or, ref } from '../../../shared/data/table.ts';
import type { Write } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { hasReported, reportedRef } from '../../activity/written/reported.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import type { PlanItem } from '../../groups/plans/items.ts';
import { planShown, planThere } from '../../groups/plans/service.ts';
import type { contract } from './contract.ts';
import { caseRef, countedOnce, file } from './filing.ts';
import { reportNews } from './news.ts';
import { decidedState, isOpenTo } from './rules.ts';
import { closed, decidedFirst, stateOf } from './store.ts';

type Routes = typeof contract.routes;

const subjectOf = (planId: string) => `plan:${planId}` as const;

export async function reportPlan(
  { params: { planId }, body, account: { accountId }, locale, now }: RouteRequest<Routes['reportPlan']>,
  { table }: Kernel,
): Promise<Answer<Routes['reportPlan']>> {
  const subject = subjectOf(planId);
  const plan = seen(await table.get('Plan', { planId }));
  const found = await table.getAll({
    group: ref('Group', { groupId: plan.groupId }),
    reported: reportedRef(accountId, planId),
    known: caseRef(planId, subject),
  });
  if (hasReported(found.reported, subject)) return countedOnce(table, accountId, planId);
  if (plan.hiddenAt) throw new Problem('NOT_FOUND');
  const authorId = authorOf(found.group);
  if (authorId === accountId) {
    const errors = [{ pointer: '', reason: catalogOf(locale).fields.ownThing }];
    throw new Problem('INVALID_REQUEST', { errors });
  }
  return file(
    table,
    {
      ...{ groupId: planId, subject, authorId, waitingIn: 'ADMIN', reporterId: accountId },
      ...{ reason: body.reason, text: body.text },
      still: stillActive(accountId),
      thing: (hides) => (hides ? planShown(plan, iso(now)) : planThere(planId)),
      // Administrators have a list of what waits; its leader hears when it is gone.
      tell: (news) => (news === 'hidden' ? tellLeader(plan, authorId, 'planHidden', byItself, now) : undefined),
    },
    found.known,
    now,
  );
}

/** As in a group; and a plan can be taken down that nobody has reported. */
export async function decidePlan(
  {
    params: { planId },
    body: { decision, reason },
    account,
    account: { accountId },
    now,
  }: RouteRequest<Routes['decidePlan']>,
  { table }: Kernel,
): Promise<Answer<Routes['decidePlan']>> {
  const subject = subjectOf(planId);
  const { known, plan: item } = await adminOf(
    table,
    { account, now },
    {
      plan: ref('Plan', { planId }),
      known: caseRef(planId, subject),
    },
  );
  const plan = seen(item);
  const group = await table.get('Group', { groupId: plan.groupId });
  const authorId = authorOf(group);
  if (authorId === accountId) throw new Problem('OWN_DECISION');
  const before = known ? stateOf(known) : 'KEPT';
  if (!isOpenTo({ state: before, waitingIn: known?.waitingIn }, decision)) throw new Problem('ALREADY_DECIDED');

  const state = decidedState(decision);
  const answer = { body: { subject, state, decidedAt: iso(now) } } as const;
  const wasHidden = plan.hiddenAt !== undefined;
  const isHidden = state === 'HIDDEN';
  await table.commit(
    [
      stillAdmin(accountId),
      or('NOT_FOUND', planShown(plan, isHidden ? (plan.hiddenAt ?? iso(now)) : undefined)),
      or(
        'ALREADY_DECIDED',
        known
          ? closed(known, state, accountId, now)
          : decidedFirst({ groupId: planId, subject, authorId }, state, accountId, now),
      ),
      // A group of which nothing is kept any more has no history.
      decided(now, {
        scopeId: group?.groupId ?? planId,
        by: accountId,
        subject,
        authorId,
        before: known ? before : 'NONE',
        after: state,
        reason,
      }),
      wasHidden !== isHidden && tellLeader(plan, authorId, isHidden ? 'planHidden' : 'planRestored', accountId, now),
    ],
    answer,
  );
  return answer;
}

/** The author of a plan is the leader of its group, who may take it back. */
const authorOf = (group: GroupItem | undefined) => (group && !group.deletedAt ? group.leaderId : undefined);

const tellLeader = (
  { planId, title }: PlanItem,
  leaderId: string | undefined,
  news: 'planHidden' | 'planRestored',
  by: string,
  now: number,
): Write | undefined =>
  leaderId === undefined ? undefined : tell(reportNews[news], now, { to: [leaderId], by, title, planId });
