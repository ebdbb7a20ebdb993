/** Row 28: applications that nobody decided on end with the group, and the applicants are notified. */

import { inParallel } from '../../../shared/core/parallel.ts';
import { everyPage } from '../../../shared/data/every-item.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { answered, byItself, tell } from '../../../shared/data/outbox.ts';
import { or } from '../../../shared/data/table.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { settled } from '../core/application.ts';
import type { GroupItem } from '../core/items.ts';
import { applicationNews } from './news.ts';

const atOnce = 20;

const hasEnded = ({ status, deletedAt }: Partial<GroupItem>) =>
  deletedAt !== undefined || status === 'FINISHED' || status === 'COMPLETED';

/**
 * No application can come after the end: applying is bound to the version of the group. The table is read and not its
 * index, which may not show the last ones yet.
 */
export async function closeApplications(
  { item, old, now }: Change<GroupItem, Partial<GroupItem>>,
  { table }: Kernel,
): Promise<void> {
  if (!item || !hasEnded(item) || (old && hasEnded(old))) return;
  const { groupId } = item;
  const group = await table.get('Group', { groupId });
  // Reopened by its leader in the meantime.
  if (!group || !hasEnded(group)) return;
  const options = { limit: 500, consistent: true };
  const pages = everyPage((cursor) => table.query('applicationsOfGroup', { groupId }, { ...options, cursor }));
  for await (const page of pages) {
    const pending = page.filter(({ state }) => state === 'PENDING');
    await inParallel(atOnce, pending, (application) =>
      table.commit([
        or(nothing, settled(application, 'REJECTED', now)),
        answered(application.askedBy, now),
        tell(applicationNews.closed, now, { to: [application.accountId], by: byItself, title: group.title }),
      ]),
    );
  }
}
