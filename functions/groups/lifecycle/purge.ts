/**
 * Row 39: thirty days after its end a group is deleted, with all that the rows of `items.ts` say is dropped with it.
 * What people have got by it stays: their bricks (row 67), their reviews (row 69), and the published plan (row 132).
 */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { iso } from '../../../shared/core/time.ts';
import { exists } from '../../../shared/data/conditions.ts';
import { type Budget, deleteAllOf } from '../../../shared/data/deleting.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { remove } from '../../../shared/data/writes.ts';
import type { JobRun } from '../../../shared/events/job.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { purgeShard } from '../core/change.ts';

type Deps = Kernel & { readonly bucket: Bucket };

/** How many items and objects one run deletes at most, together: the next goes on, ten minutes later. */
const perRun = 2000;
const groupsPerRun = 25;
const pageSize = 100;
const atOnce = 20;

/** A run that ends half-way leaves the group itself, by which the next finds the rest. A group that fails holds up no other. */
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

/** Deletes what is a group's, and the group itself last; false if there is more than this run takes. */
async function purge({ table, bucket }: Deps, groupId: string, budget: Budget): Promise<boolean> {
  for (const folder of ['certifications', 'files'])
    if (!(await emptyFolder(bucket, `${folder}/${groupId}/`, budget))) return false;
  if (!(await deleteAllOf(table, 'group', groupId, budget))) return false;
  await table.commit(or(nothing, remove('Group', { groupId }, exists('deletedAt'))));
  budget.left--;
  return true;
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
