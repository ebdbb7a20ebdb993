/** Consequences of a change of a group, told by the stream, at least once. */

import { inParallel } from '../../../shared/core/parallel.ts';
import { iso, localDay } from '../../../shared/core/time.ts';
import { allOf, below, is } from '../../../shared/data/conditions.ts';
import { nothing, overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { byItself } from '../../../shared/data/outbox.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { changedGroup, tellStatus } from '../core/change.ts';
import { endedMembership } from '../core/departure.ts';
import type { GroupItem } from '../core/items.ts';
import { counted, presentMembers } from '../core/members.ts';
import { dropRoster } from '../core/roster.ts';
import { isOver } from '../core/rules.ts';
import { summaryOf } from '../core/view.ts';

const membersAtOnce = 20;

/** The part that members' own lists show, apart from the version. */
const shown = (group: GroupItem) => JSON.stringify({ ...summaryOf(group), version: 0 });

/**
 * Brings the summary in each membership up to the group. A delivery that comes late or again finds a version that is not
 * older than its own; whoever joins after the change brings the new summary along, as joining is bound to the version.
 */
export async function groupChanged({ item, old }: Change<GroupItem>, { table }: Kernel): Promise<void> {
  if (!item || item.deletedAt || (old && shown(item) === shown(old))) return;
  const { groupId, version } = item;
  const older = allOf(is('state', 'ACTIVE'), below('group.version', version));
  await inParallel(membersAtOnce, await presentMembers(table, groupId), ({ accountId }) =>
    table.commit(or(nothing, patch('Membership', { groupId, accountId }, { set: { group: summaryOf(item) } }, older))),
  );
}

/** Row 41: once its seats have filled a group is in progress, and stays so when one frees again. Its members hear it once. */
export async function groupFilled({ item, now, again }: Change<GroupItem>, { table }: Kernel): Promise<void> {
  if (!item || !waits(item)) return;
  // Its seats had filled when this was parked; that one is free again since changes nothing.
  if (!again && item.memberCount < item.capacity) return;
  await untilSettled(async () => {
    const group = await table.get('Group', { groupId: item.groupId });
    if (!group || !waits(group) || isOver(localDay(now, group.timeZone), group)) return;
    const { after, writes } = changedGroup(group, { status: 'IN_PROGRESS' }, now);
    await table.commit([or(overtaken, writes), tellStatus(after, group.status, after.status, byItself, now)]);
  });
}

const waits = ({ status, statusPinned, deletedAt }: GroupItem) =>
  status === 'RECRUITING' && !statusPinned && deletedAt === undefined;

/** Row 39: with a group end its memberships, each with its count. */
export async function groupEnded({ item, old }: Change<GroupItem>, { table }: Kernel): Promise<void> {
  if (!item?.deletedAt || old?.deletedAt) return;
  await dropRoster(table, item.groupId);
  const members = await presentMembers(table, item.groupId);
  await inParallel(membersAtOnce, members, ({ accountId }) => memberOut(table, item, accountId));
}

async function memberOut(table: Table, { groupId, kind, deletedAt }: GroupItem, accountId: string): Promise<void> {
  const member = or(nothing, endedMembership({ groupId, accountId }, 'LEFT', deletedAt ?? iso(0)));
  const count = or(nothing, counted(kind, accountId, -1));
  const done = await table.commit([member, count]);
  // An account that is gone has no count; a membership that has ended already is refused once more.
  if (!done && count.length > 0) await table.commit(member);
}
