/** Deletes the items of a group or an account, as the rows of all kinds declare. */
import { inParallel } from '../core/parallel.ts';
import { type Deletion, deleted, type Owner } from './fates.ts';
import type { AnyItem } from './kind.ts';
import { nothing } from './meaning.ts';
import { isExact } from './registry.ts';
import { or, type Table } from './table.ts';
import { untyped } from './untyped.ts';
import { remove } from './writes.ts';

const pageSize = 100;
const atOnce = 20;

/** How many items a run may still delete. */
export interface Budget {
  left: number;
}

/**
 * Deletes all items that are `dropped` with a group or an account. Idempotent: the next run continues where one ended
 * half-way. The group or the account itself stays, so that the next run finds it.
 *
 * @param budget goes down with each item; a page that was begun is finished
 * @returns false if there are more items than the budget allows
 */
export async function deleteAllOf(
  table: Table,
  owner: Owner,
  id: string,
  budget: Budget = { left: Number.POSITIVE_INFINITY },
): Promise<boolean> {
  for (const each of deleted[owner]) if (!(await deleteFound(table, each, { [each.own]: id }, budget))) return false;
  return true;
}

/** @param from values that fill the partition or the key: the owner's id, or all values of an item that leads there */
async function deleteFound(table: Table, deletion: Deletion, from: AnyItem, budget: Budget): Promise<boolean> {
  const { entity, pattern, first } = deletion;
  if (!pattern) {
    const item = first.length > 0 ? await untyped(table).get(entity, from) : from;
    return !item || deleteItem(table, deletion, item, budget);
  }
  for (let cursor: string | null | undefined; cursor !== null; ) {
    if (budget.left <= 0) return false;
    const options = { limit: pageSize, cursor, consistent: isExact(pattern) };
    const { items, nextCursor } = await untyped(table).query(pattern, from, options);
    const done = await inParallel(atOnce, items, (item) => deleteItem(table, deletion, item, budget));
    budget.left -= items.length;
    if (done.includes(false)) return false;
    cursor = nextCursor;
  }
  return true;
}

/** Deletes an item after all items that are only found through it. Another run may have deleted it already. */
async function deleteItem(table: Table, { entity, first }: Deletion, item: AnyItem, budget: Budget): Promise<boolean> {
  for (const each of first) if (!(await deleteFound(table, each, item, budget))) return false;
  await table.commit(or(nothing, remove(entity, item as never)));
  return true;
}
