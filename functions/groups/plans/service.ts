import { adminOf, memberWho, seen, stillMay } from '../../../shared/access/access.ts';
import { newId } from '../../../shared/core/ids.ts';
import { countDays, iso, localDay } from '../../../shared/core/time.ts';
import { absent, allOf, is } from '../../../shared/data/conditions.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { check, create, patch, remove, type Write } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { copiedMissions } from '../../activity/missions/founding.ts';
import type { MissionItem } from '../../activity/missions/items.ts';
import type { GroupItem } from '../core/items.ts';
import { isOver, noEnd } from '../core/rules.ts';
import { viewOf as groupViewOf, locationOf } from '../core/view.ts';
import { foundingWrites, given, newGroup } from '../groups/service.ts';
import type { contract } from './contract.ts';
import type { PlanItem } from './items.ts';
import { lastDay } from './rules.ts';

type Routes = typeof contract.routes;

/** Row 132. The group holds the plan's id, which makes it one per group; the plan shows nobody which group it was. */
export async function publishPlan(
  { params: { groupId }, body, account: { accountId }, now }: RouteRequest<Routes['publishPlan']>,
  { table }: Kernel,
): Promise<Answer<Routes['publishPlan']>> {
  const [missions, found] = await Promise.all([
    table.query('missionsOfGroup', { groupId }, { limit: limits.plan.missions }),
    memberWho(table, 'publishPlan', groupId, accountId),
  ]);
  const { group } = found;
  const today = localDay(now, group.timeZone);
  if (group.planId || group.approvalStatus !== 'APPROVED' || !isOver(today, group)) throw new Problem('NOT_APPLICABLE');

  const plan = planOf({ ...group, ...given(body) }, missions.items, today, now);
  const { planId } = plan;
  const answer = { body: viewOf(plan), location: `/v1/plans/${planId}` };
  const unpublished = allOf(absent('planId'), absent('deletedAt'), is('status', group.status));
  await table.commit(
    [
      stillMay('publishPlan', groupId, accountId),
      or('NOT_APPLICABLE', patch('Group', { groupId }, { set: { planId } }, unpublished)),
      create('Plan', plan),
      charged({ limit: 'publishPlan', subject: accountId }, now),
    ],
    answer,
  );
  return answer;
}

export async function takeBackPlan(
  { params: { groupId }, account: { accountId } }: RouteRequest<Routes['takeBackPlan']>,
  { table }: Kernel,
): Promise<Answer<Routes['takeBackPlan']>> {
  const { group } = await memberWho(table, 'publishPlan', groupId, accountId);
  const planId = seen(group.planId);
  const published = allOf(is('planId', planId), absent('deletedAt'));
  await table.commit([
    // A hidden plan stays: else it could be published anew, past what was decided.
    or((plan) => (plan?.hiddenAt ? 'NOT_APPLICABLE' : 'NOT_FOUND'), remove('Plan', { planId }, absent('hiddenAt'))),
    stillMay('publishPlan', groupId, accountId),
    or('NOT_FOUND', patch('Group', { groupId }, { remove: ['planId'] }, published)),
  ]);
  return noContent;
}

export async function listPlans(
  { query: { category, limit, cursor } }: RouteRequest<Routes['listPlans']>,
  { table }: Kernel,
): Promise<Answer<Routes['listPlans']>> {
  const options = { limit, cursor, newestFirst: true };
  const page = category
    ? await table.query('plansOfCategory', { shownIn: category }, options)
    : await table.query('plansOnShelf', { shelf: 'ALL' }, options);
  const items = page.items.filter(isShown).map(viewOf);
  return { body: { items, nextCursor: page.nextCursor } };
}

export async function getPlan(
  { params: { planId } }: RouteRequest<Routes['getPlan']>,
  { table }: Kernel,
): Promise<Answer<Routes['getPlan']>> {
  return { body: viewOf(seen(await table.get('Plan', { planId }), isShown)) };
}

/** Row 83: a plan for administrators, with its group, and also while it is hidden. */
export async function inspectPlan(
  { params: { planId }, account, now }: RouteRequest<Routes['inspectPlan']>,
  { table }: Kernel,
): Promise<Answer<Routes['inspectPlan']>> {
  const found = await adminOf(table, { account, now }, { plan: ref('Plan', { planId }) });
  const plan = seen(found.plan);
  const { groupId, hiddenAt = null } = plan;
  return { body: { plan: viewOf(plan), groupId, hiddenAt } };
}

const isShown = ({ hiddenAt }: PlanItem) => hiddenAt === undefined;

/** Hides a plan from an instant on and takes it off the lists, or shows it again (row 83). */
export const planShown = (plan: PlanItem, hiddenAt: string | undefined): Write =>
  patch(
    'Plan',
    { planId: plan.planId },
    hiddenAt === undefined
      ? { set: { shelf: 'ALL', shownIn: plan.category, publishedAt: plan.publishedAt }, remove: ['hiddenAt'] }
      : { set: { hiddenAt }, remove: ['shelf', 'shownIn'] },
  );
/** The check that a plan is still shown. */
export const planThere = (planId: string): Write => check('Plan', { planId }, absent('hiddenAt'));

/** The group is founded as any other, and counted by its plan in the same transaction. */
export async function startFromPlan(
  { params: { planId }, body, account: { accountId }, locale, now }: RouteRequest<Routes['startFromPlan']>,
  { table, environment }: Kernel,
): Promise<Answer<Routes['startFromPlan']>> {
  const plan = seen(await table.get('Plan', { planId }), isShown);
  const startDate = body.startDate ?? localDay(now, body.timeZone);
  const endDate = body.endDate ?? (plan.days === undefined ? undefined : lastDay(startDate, plan.days));
  const founding = {
    kind: plan.kind,
    title: plan.title,
    description: plan.description,
    promise: '',
    certificationRule: plan.certificationRule,
    category: plan.category,
    customCategory: plan.customCategory,
    audience: plan.audience ?? null,
    tags: [...plan.tags],
    recruit: { title: '', target: '', process: '', info: '' },
    allowRejoin: true,
    frequency: plan.frequency,
    ...given(body),
    startDate,
    endDate,
    timeZone: body.timeZone,
  };
  const group = newGroup(founding, accountId, environment, locale, now);
  const answer = { body: groupViewOf(group, now), location: locationOf(group), version: group.version };
  const missions = plan.missions.length > 0 ? copiedMissions(group, plan.missions, now) : undefined;
  await table.commit(
    [
      or('NOT_FOUND', patch('Plan', { planId }, { add: { uses: 1 } }, absent('hiddenAt'))),
      foundingWrites(group, now, missions),
      charged({ limit: 'foundGroup', subject: accountId }, now),
    ],
    answer,
  );
  return answer;
}

/** The plan of a group: the group without its people. */
function planOf(group: GroupItem, missions: readonly MissionItem[], today: string, now: number): PlanItem {
  const { groupId, startDate, endDate, customCategory, audience, frequency } = group;
  return {
    planId: newId(now),
    groupId,
    kind: group.kind,
    title: group.title,
    description: group.description,
    certificationRule: group.certificationRule,
    category: group.category,
    ...(customCategory === undefined ? {} : { customCategory }),
    tags: group.tags,
    ...(audience === undefined ? {} : { audience }),
    ...(frequency === undefined ? {} : { frequency }),
    startDate,
    lastDate: endDate < today ? endDate : today,
    missions: missions.filter(({ kind, liveIn }) => kind === 'ONCE' || liveIn).map(plannedOf),
    ...(endDate === noEnd ? {} : { days: countDays(startDate, endDate) }),
    members: group.memberCount,
    uses: 0,
    shelf: 'ALL',
    shownIn: group.category,
    publishedAt: iso(now),
  };
}

/** A mission without its group and its dates. A repeated one as it is from next Monday on. */
const plannedOf = ({ title, content, rule, kind, way, checklist, approval, implied, next, ...now }: MissionItem) => {
  const { timesPerWeek, weekdays, perDayLimit } = next ?? now;
  return {
    ...{ title, content, rule, kind, way, approval, timesPerWeek, weekdays, perDayLimit },
    ...(checklist ? { checklist } : {}),
    ...(implied ? { implied } : {}),
  };
};

const viewOf = (plan: PlanItem) => ({
  ...plan,
  id: plan.planId,
  customCategory: plan.customCategory ?? null,
  tags: [...plan.tags],
  audience: plan.audience ?? null,
  frequency: plan.frequency ?? null,
  missions: plan.missions.map(({ checklist = [], ...mission }) => ({
    ...mission,
    checklist: [...checklist],
    weekdays: [...mission.weekdays],
  })),
  days: plan.days ?? null,
  results: {
    members: plan.members,
    certifications: plan.certifications ?? null,
    diligent: plan.diligent ?? null,
  },
});
