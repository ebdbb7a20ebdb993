/** Rows 83, 115: who decides on a report sees what was reported, and only that. */

import { adminOf, memberWhoOrAdmin, seen } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { ref } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { idIn, saidBy, thingRef } from '../../activity/written/reported.ts';
import type { Said } from '../../activity/written/rules.ts';
import type { PlanItem } from '../../groups/plans/items.ts';
import type { contract } from './contract.ts';
import { caseRef } from './filing.ts';
import type { ReportCaseItem } from './items.ts';
import { reportView } from './view.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly bucket: Bucket };

/** Without a report nobody looks: an administrator reads nothing else of what members write. */
export async function getReport(
  { params: { groupId }, query: { subject }, account, locale, now, note }: RouteRequest<Routes['getReport']>,
  deps: Deps,
): Promise<Answer<Routes['getReport']>> {
  note({ about: idIn(subject) });
  const more = { thing: thingRef(groupId, subject), known: caseRef(groupId, subject) };
  const { thing, known, asAdmin } = await memberWhoOrAdmin(deps.table, 'hideReported', groupId, { account, now }, more);
  note({ detail: asAdmin ? 'ADMIN' : 'LEADER' });
  const reported = thing && { groupId, said: saidBy(subject, thing), hiddenAt: thing.hiddenAt };
  return { body: await reportView(deps, ofOthers(known, account), reported, locale) };
}

export async function getPlanReport(
  { params: { planId }, account, locale, now, note }: RouteRequest<Routes['getPlanReport']>,
  deps: Deps,
): Promise<Answer<Routes['getPlanReport']>> {
  const more = { plan: ref('Plan', { planId }), known: caseRef(planId, `plan:${planId}`) };
  const { plan, known } = await adminOf(deps.table, { account, now }, more);
  note({ detail: 'ADMIN' });
  const reported = plan && { groupId: plan.groupId, said: saidInPlan(plan), hiddenAt: plan.hiddenAt };
  return { body: await reportView(deps, ofOthers(known, account), reported, locale) };
}

/** Nobody reads the reports on their own things, as in the list. */
export const ofOthers = (known: ReportCaseItem | undefined, { accountId }: { readonly accountId: string }) =>
  seen(known, ({ authorId }) => authorId !== accountId);

/** All words that people read of a plan. */
function saidInPlan({ title, description, certificationRule, missions = [], publishedAt }: PlanItem): Said {
  const ofMissions = missions.flatMap((each) => [
    each.title,
    each.content,
    each.rule,
    ...(each.checklist ?? []).map((item) => item.text),
  ]);
  // A group's one mission has its title and rule.
  const words = new Set([title, description, certificationRule, ...ofMissions].filter(Boolean));
  return { text: [...words].join('\n'), writtenAt: publishedAt };
}
