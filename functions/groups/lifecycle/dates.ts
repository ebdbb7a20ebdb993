/** Changes of a group by time. A run that breaks off, is repeated or runs beside another does everything exactly once. */

import { iso, localDay } from '../../../shared/core/time.ts';
import { overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { byItself } from '../../../shared/data/outbox.ts';
import { or, type Part, type Table } from '../../../shared/data/table.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { changedGroup, dueAtOf, tellStatus } from '../core/change.ts';
import { endWrites } from '../core/ending.ts';
import type { GroupItem } from '../core/items.ts';
import { presentMembers } from '../core/members.ts';
import { statusOn } from '../core/rules.ts';
import { followSilence } from '../memberships/silence.ts';

/** Rows 39, 41: applies to a group what has become due. */
export const groupDates = ({ subject: groupId, now }: DueRun, { table }: Kernel): Promise<DueResult> =>
  untilSettled(async (): Promise<DueResult> => {
    const group = await table.get('Group', { groupId });
    if (!group?.dueAt || group.dueAt > iso(now) || group.deletedAt) return 'done';
    const ends = group.disbandsAt !== undefined && group.disbandsAt <= iso(now);
    await table.commit(ends ? await endingWrites(table, group, now) : await moveWrites(table, group, now));
    return 'done';
  });

async function endingWrites(table: Table, group: GroupItem, now: number): Promise<Part[]> {
  const members = (await presentMembers(table, group.groupId)).map(({ accountId }) => accountId);
  return endWrites(group, { members, by: byItself, now });
}

/** The status by the dates, the change by a leader's silence, and the next instant that is due. */
async function moveWrites(table: Table, group: GroupItem, now: number): Promise<Part[]> {
  const status = statusOn(localDay(now, group.timeZone), group);
  const silence = await followSilence(table, group, now);
  const moved = { status, ...silence?.changes };
  const dueAt = dueAtOf({ ...group, ...moved } as GroupItem, now);
  const { after, writes } = changedGroup(group, { ...moved, dueAt }, now, silence?.when);
  return [or(overtaken, writes), silence?.writes, tellStatus(after, group.status, status, byItself, now)];
}
