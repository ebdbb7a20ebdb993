/**
 * Row 39: thirty days after its end nothing of a group is kept. What people have got by it is theirs and stays: their bricks
 * (row 67), what others think of them and what they wrote of others (row 69); and the plan that was published (row 132).
 */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { iso } from '../../../shared/core/time.ts';
import { exists } from '../../../shared/data/conditions.ts';
import type { PartitionOf } from '../../../shared/data/keys.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import type { EntityName, PatternName } from '../../../shared/data/registry.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { remove } from '../../../shared/data/writes.ts';
import type { JobRun } from '../../../shared/events/job.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { purgeShard } from '../core/change.ts';
import { forgetInvite } from '../invites/forget.ts';

type Deps = Kernel & { readonly bucket: Bucket };

/** The most that one run drops, items and objects together: the next goes on, ten minutes later. */
const perRun = 2000;
const groupsPerRun = 25;
const pageSize = 100;
const atOnce = 20;

interface Budget {
  left: number;
}

/** A run that ends half-way leaves the group itself, by which the next finds the rest. One that fails holds up no other. */
export async function purgeGroups({ now }: JobRun, deps: Deps): Promise<{ purged: number; dropped: number }> {
  const page = await deps.table.query('groupsDue', { dueShard: purgeShard }, { limit: groupsPerRun });
  const due = page.items.filter(({ dueAt = '', deletedAt }) => dueAt <= iso(now) && deletedAt !== undefined);
  const budget: Budget = { left: perRun };
  let purged = 0;
  let failures = 0;
  for (const { groupId } of due) {
    try {
      if (await purge(deps, groupId, budget)) purged++;
    } catch (error) {
      failures++;
      deps.log.error({ groupId, error }, 'a group was not purged');
    }
    if (budget.left <= 0) break;
  }
  if (failures > 0) throw new Error(`${failures} groups were not purged`);
  return { purged, dropped: perRun - budget.left };
}

/** Drops what belongs to a group, it itself last; false if there is more than this run takes. */
async function purge({ table, bucket }: Deps, groupId: string, budget: Budget): Promise<boolean> {
  const folders = ['certifications', 'files'].map(
    (folder) => () => emptyFolder(bucket, `${folder}/${groupId}/`, budget),
  );
  const lists = (['certificationsOfGroup', 'applicationsOfGroup', 'casesOfGroup', 'likesOfGroup'] as const).map(
    (pattern) => () => emptyPartition(table, pattern, { groupId }, budget),
  );
  const steps = [
    ...folders,
    ...lists,
    () =>
      emptyPartition(table, 'missionsOfGroup', { groupId }, budget, ({ missionId }) =>
        emptyPartition(table, 'weeksOfMission', { missionId }, budget),
      ),
    () =>
      emptyPartition(table, 'membersOfGroup', { groupId }, budget, async ({ accountId }) => {
        await table.commit(or(nothing, remove('Reported', { accountId, groupId })));
        return true;
      }),
    () => emptyPartition(table, 'decisionsIn', { scopeId: groupId }, budget),
  ];
  for (const step of steps) if (!(await step())) return false;
  await forgetInvite(table, groupId);
  await table.commit(or(nothing, remove('Group', { groupId }, exists('deletedAt'))));
  budget.left--;
  return true;
}

/** An item as far as it is looked at here: every item says what kind it is of. */
interface Dropped {
  readonly type: EntityName;
  readonly missionId: string;
  readonly accountId: string;
}

/** @param first drops what is only found by way of an item, so before that; false if there is more of it */
async function emptyPartition<P extends PatternName>(
  table: Table,
  pattern: P,
  partition: PartitionOf<P>,
  budget: Budget,
  first: (item: Dropped) => Promise<boolean> = async () => true,
): Promise<boolean> {
  while (budget.left > 0) {
    const page = await table.query(pattern, partition, { limit: pageSize, consistent: true });
    const dropped = await inParallel(atOnce, page.items as readonly unknown[] as readonly Dropped[], async (item) => {
      if (!(await first(item))) return false;
      // What another run has dropped in the meantime is as good as dropped.
      await table.commit(or(nothing, remove(item.type, item as never)));
      return true;
    });
    budget.left -= page.items.length;
    if (dropped.includes(false)) return false;
    if (page.nextCursor === null) return true;
  }
  return false;
}

async function emptyFolder(bucket: Bucket, prefix: string, budget: Budget): Promise<boolean> {
  while (budget.left > 0) {
    const keys = await bucket.list(prefix, pageSize);
    await inParallel(atOnce, keys, (key) => bucket.remove(key));
    budget.left -= keys.length;
    if (keys.length < pageSize) return true;
  }
  return false;
}
