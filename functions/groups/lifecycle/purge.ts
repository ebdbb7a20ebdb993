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
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';

type Deps = Kernel & { readonly bucket: Bucket };

/** How many items and objects one look deletes at most, together: the next goes on, a minute later. */
const perLook = 2000;
const pageSize = 100;
const atOnce = 20;

/** A look that ends half-way leaves the group itself, by which the next finds the rest. */
export async function purgeGroup({ subject: groupId, now }: DueRun, deps: Deps): Promise<DueResult> {
  const group = await deps.table.get('Group', { groupId });
  if (!group?.deletedAt || !group.dueAt || group.dueAt > iso(now)) return 'done';
  return (await purge(deps, groupId, { left: perLook })) ? 'done' : 'more';
}

/** Deletes what is a group's, and the group itself last; false if there is more than one look takes. */
async function purge({ table, bucket }: Deps, groupId: string, budget: Budget): Promise<boolean> {
  for (const folder of ['certifications', 'files', 'chat'])
    if (!(await emptyFolder(bucket, `${folder}/${groupId}/`, budget))) return false;
  if (!(await deleteAllOf(table, 'group', groupId, budget))) return false;
  await table.commit(or(nothing, remove('Group', { groupId }, exists('deletedAt'))));
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
