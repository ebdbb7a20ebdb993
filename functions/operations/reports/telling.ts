/** Row 83: people who reported a thing hear what was decided. The stream tells of it, at least once; each hears it once. */

import { atMost } from '../../../shared/data/conditions.ts';
import { nothing, overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { byItself, tell } from '../../../shared/data/outbox.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { remove, type Write } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { News } from '../../../shared/messages/news.ts';
import type { PlanItem } from '../../groups/plans/items.ts';
import type { MessageItem } from '../../talking/messages/items.ts';
import type { ReportCaseItem } from './items.ts';
import { reportNews } from './news.ts';
import { stateOf } from './store.ts';

/** People that are told with one event: with each goes their entry, in one transaction of 100 items. */
const atOnce = 90;

/** Tells everybody who reported before the decision; whoever comes after it waits for the next. */
export async function tellReporters({ item, old, now }: Change<ReportCaseItem>, { table }: Kernel): Promise<void> {
  if (!item || item.round === (old?.round ?? 0)) return;
  const { groupId, subject } = item;
  // A decision that was made anew since is what they are to hear.
  const latest = await table.get('ReportCase', { groupId, subject });
  if (!latest) return;
  const { round, decidedBy } = latest;
  const telling = await tellingOf(table, latest, now);
  /** Tells one page of them, and gives back where the next begins; null after the last. */
  const tellPage = async (cursor: string | null): Promise<string | null> => {
    const page = await table.query(
      'reportersOf',
      { groupId, subject },
      { limit: atOnce, consistent: true, cursor: cursor ?? undefined },
    );
    const due = page.items.filter((each) => each.round < round);
    const to = due.flatMap(({ accountId, expiresAt }) =>
      accountId !== decidedBy && expiresAt > now / 1000 ? [accountId] : [],
    );
    await table.commit([
      // Another delivery of the same change may have told some of them.
      due.map((each) => or(overtaken, remove('Reporter', each, atMost('round', round - 1)))),
      to.length > 0 && telling?.(to),
    ]);
    return page.nextCursor;
  };
  let cursor: string | null = null;
  do {
    const from: string | null = cursor;
    cursor = await untilSettled(() => tellPage(from));
  } while (cursor !== null);
}

/** With a plan that was taken back there is nothing left to decide. */
export async function dropCase({ old }: Change<PlanItem, Old<PlanItem, 'planId'>>, { table }: Kernel): Promise<void> {
  const { planId } = old!;
  await table.commit([or(nothing, remove('ReportCase', { groupId: planId, subject: `plan:${planId}` }))]);
}

/** With the copy of its reader, nobody can look at a private message any more. */
export async function dropMessageCase(
  { old }: Change<MessageItem, Old<MessageItem, 'messageId' | 'reportedAt'>>,
  { table }: Kernel,
): Promise<void> {
  if (old?.reportedAt === undefined) return;
  const { messageId } = old;
  await table.commit([
    or(nothing, remove('ReportCase', { groupId: messageId, subject: `privateMessage:${messageId}` })),
  ]);
}

/** How people are told of a decision, with the title that they know; undefined where the plan or the group is gone. */
async function tellingOf(
  table: Table,
  item: ReportCaseItem,
  now: number,
): Promise<((to: readonly string[]) => Write) | undefined> {
  const { groupId, subject, authorId } = item;
  if (subject.startsWith('privateMessage:')) {
    const news = stateOf(item) === 'HIDDEN' ? reportNews.messageAccepted : reportNews.messageRejected;
    return authorId === undefined ? undefined : (to) => tell(news, now, { to, by: byItself, accountId: authorId });
  }
  const news = stateOf(item) === 'HIDDEN' ? reportNews.accepted : reportNews.rejected;
  if (subject.startsWith('plan:')) {
    const plan = await table.get('Plan', { planId: groupId });
    const ofPlan: News<typeof news.type, 'title', 'plan'> = { ...news, screen: 'plan' };
    return plan && ((to) => tell(ofPlan, now, { to, by: byItself, title: plan.title, planId: groupId }));
  }
  const group = await table.get('Group', { groupId });
  if (!group || group.deletedAt) return undefined;
  return (to) => tell(news, now, { to, by: byItself, title: group.title, groupId });
}
