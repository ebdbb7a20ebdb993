/** Changes of groups that come with time. A run that ends half-way, comes twice or meets another does each thing once all the same. */

import { inParallel } from '../../../shared/core/parallel.ts';
import { iso, localDay } from '../../../shared/core/time.ts';
import { dueIn } from '../../../shared/data/every-item.ts';
import { overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { byItself } from '../../../shared/data/outbox.ts';
import { or, type Part, type Table } from '../../../shared/data/table.ts';
import type { JobRun } from '../../../shared/events/job.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { changedGroup, dueShards, tellStatus } from '../core/change.ts';
import { endWrites } from '../core/ending.ts';
import type { GroupItem } from '../core/items.ts';
import { presentMembers } from '../core/members.ts';
import { statusOn } from '../core/rules.ts';
import { followSilence } from '../memberships/silence.ts';

const shardsAtOnce = 4;
const groupsAtOnce = 5;
const pageSize = 25;

/** Rows 39, 41: looks at the groups whose time has come, and no others. One that fails holds up no other. */
export async function moveGroups({ now }: JobRun, { table, log }: Kernel): Promise<{ moved: number; ended: number }> {
  const counts = { moved: 0, ended: 0 };
  let failures = 0;
  await inParallel(shardsAtOnce, dueShards, async (dueShard) => {
    for await (const groups of dueGroups(table, dueShard, now))
      await inParallel(groupsAtOnce, groups, async ({ groupId }) => {
        try {
          const done = await moveGroup(table, groupId, now);
          if (done !== 'notDue') counts[done]++;
        } catch (error) {
          failures++;
          log.error({ groupId, error }, 'a group was not moved');
        }
      });
  });
  // What was done stays done: the repetition finds what is left.
  if (failures > 0) throw new Error(`${failures} groups were not moved`);
  return counts;
}

/** The groups of a shard whose time has come. */
const dueGroups = (table: Table, dueShard: string, now: number) =>
  dueIn(
    (cursor) => table.query('groupsDue', { dueShard }, { limit: pageSize, cursor }),
    ({ dueAt = '' }) => dueAt <= iso(now),
  );

/** Brings one group to where time has brought it. An index lags: what it says is looked up again. */
const moveGroup = (table: Table, groupId: string, now: number) =>
  untilSettled(async () => {
    const group = await table.get('Group', { groupId });
    if (!group?.dueAt || group.dueAt > iso(now) || group.deletedAt) return 'notDue';
    const ends = group.disbandsAt !== undefined && group.disbandsAt <= iso(now);
    const writes = ends ? await endingWrites(table, group, now) : await moveWrites(table, group, now);
    await table.commit(writes);
    return ends ? 'ended' : 'moved';
  });

async function endingWrites(table: Table, group: GroupItem, now: number): Promise<Part[]> {
  const members = (await presentMembers(table, group.groupId)).map(({ accountId }) => accountId);
  return endWrites(group, { members, by: byItself, now });
}

/** The status that the dates say, what a leader's silence brings, and when to look again. */
async function moveWrites(table: Table, group: GroupItem, now: number): Promise<Part[]> {
  const status = statusOn(localDay(now, group.timeZone), group);
  const silence = await followSilence(table, group, now);
  const { after, writes } = changedGroup(group, { status, ...silence?.changes }, now, silence?.when);
  return [or(overtaken, writes), silence?.writes, tellStatus(after, group.status, status, byItself, now)];
}
