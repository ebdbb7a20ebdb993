/** Row 83: who reported a thing hears what was decided. The stream tells of it, at least once; each hears it once. */

import { atMost } from '../../../shared/data/conditions.ts';
import { byItself, type Link, outbox } from '../../../shared/data/outbox.ts';
import type { Table } from '../../../shared/data/table.ts';
import { untilSettled } from '../../../shared/data/until-settled.ts';
import { remove } from '../../../shared/data/writes.ts';
import type { Change } from '../../../shared/events/stream.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import type { PlanItem } from '../../groups/plans/items.ts';
import type { ReportCaseItem, ReporterItem } from './items.ts';
import { stateOf } from './store.ts';

/** People that are told with one event: with each goes their entry, in one transaction of 100 items. */
const atOnce = 90;

/** Those who reported before the decision; whoever comes after it waits for the next. */
export async function tellReporters({ item, old, now }: Change<ReportCaseItem>, { table }: Kernel): Promise<void> {
  if (!item || item.round === (old?.round ?? 0)) return;
  const { groupId, subject, round, decidedBy } = item;
  const about = await titleAndLink(table, groupId, subject);
  const notice = stateOf(item) === 'HIDDEN' ? 'REPORT_ACCEPTED' : 'REPORT_REJECTED';
  /** Tells one page of them. Answers where the next begins; null after the last. */
  const tellPage = async (cursor: string | null): Promise<string | null | undefined> => {
    const page = await table.query(
      'reportersOf',
      { groupId, subject },
      { limit: atOnce, consistent: true, cursor: cursor ?? undefined },
    );
    const due = page.items.filter((each) => each.round < round);
    const to = due.flatMap(({ accountId, expiresAt }) =>
      accountId !== decidedBy && expiresAt > now / 1000 ? [accountId] : [],
    );
    const told = due.map(
      (each) => [each.accountId, remove('Reporter', { ...each }, atMost('round', round - 1))] as const,
    );
    const refused = await table.commit<string>({
      ...Object.fromEntries(told),
      ' news':
        about && to.length > 0
          ? outbox(now, { notice, to, actorId: byItself, values: { title: about.title }, link: about.link })
          : undefined,
    });
    // Another delivery of the same change has told some of them: look again.
    return refused ? undefined : page.nextCursor;
  };
  let cursor: string | null = null;
  do {
    const from: string | null = cursor;
    cursor = await untilSettled(() => tellPage(from));
  } while (cursor !== null);
}

/** With a plan that was taken back there is nothing left to decide. */
export async function dropCase({ old }: Change<PlanItem>, { table }: Kernel): Promise<void> {
  const { planId } = old!;
  await table.commit({ case: remove('ReportCase', { groupId: planId, subject: `plan:${planId}` }) });
}

/** What it was in, as people know it; undefined where that is gone. */
async function titleAndLink(
  table: Table,
  groupId: string,
  subject: string,
): Promise<{ readonly title: string; readonly link: Link } | undefined> {
  if (subject.startsWith('plan:')) {
    const plan = await table.get('Plan', { planId: groupId });
    return plan && { title: plan.title, link: { screen: 'plan', planId: groupId } };
  }
  const group = await table.get('Group', { groupId });
  return group && !group.deletedAt ? { title: group.title, link: { screen: 'group', groupId } } : undefined;
}
