/** Tells open pages that a group has changed. They ask again. */
import { isDeepStrictEqual } from 'node:util';
import { localDay } from '../../../shared/core/time.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { tellOpenPages } from '../../talking/connections/open-pages.ts';
import type { Sending } from '../../talking/connections/service.ts';
import type { GroupItem } from '../core/items.ts';
import { statusOn } from '../core/rules.ts';
import type { GroupChanged } from './contract.ts';

/**
 * Members get the status that the group has now; members of a group that has ended get null. Nobody else gets anything: no
 * page says that it shows a public group. A member who joins or likes is counted without an event, because a club of 500
 * would hear of each of its 500.
 */
export async function tellOfGroup(
  { item, old, again, now, signal }: Change<GroupItem>,
  { table, sockets }: Kernel & Sending,
): Promise<void> {
  if (!item || (!again && isDeepStrictEqual(shown(item), shown(old)))) return;
  const { groupId } = item;
  const [group, everybody] = await Promise.all([
    table.get('Group', { groupId }),
    everyItem((cursor) =>
      table.query('membersOfGroup', { groupId }, { limit: limits.membersAtOnce, cursor, consistent: true }),
    ),
  ]);
  if (!group) return;
  const { deletedAt } = group;
  const status = deletedAt ? null : statusOn(localDay(now, group.timeZone), group);
  const data: GroupChanged = { groupId, status };
  // The memberships of an ended group end by the stream, before or after this, at the instant at which it ended.
  const told = everybody.filter(({ state, leftAt }) => state === 'ACTIVE' || (deletedAt && leftAt === deletedAt));
  await tellOpenPages(
    { table, sockets },
    'group.changed',
    told.map(({ accountId }) => ({ accountId, data })),
    { now, signal },
  );
}

/** What somebody who looks at a group sees of it, without the counters. */
function shown(group: GroupItem | undefined) {
  const { memberCount, likes, moves, dueAt, silence, version, ...rest } = group ?? ({} as Partial<GroupItem>);
  return rest;
}
