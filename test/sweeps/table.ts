/** Looks at every item of the table, past all rights, to see what a request left behind. */
import { fairUse } from '../../shared/product/fair-use-limits.ts';
import { everyItem, type RawItem } from '../support/items.ts';
import type { Moim } from '../support/moim.ts';
import { tableName } from '../support/table.ts';

export type Items = ReadonlyMap<string, RawItem>;

/** All items, by their key. What did not change is the same object. */
export const itemsOf = async (moim: Moim): Promise<Items> => new Map(await everyItem(moim, tableName(moim)));

/** Uses that functions count in memory are written a lot at a time, with whichever request completes it. */
const inLots = new Set(Object.entries(fairUse).flatMap(([name, use]) => ('lot' in use ? [name] : [])));
const isLot = (item: RawItem) => item.type?.S === 'Quota' && inLots.has(String(item.limit?.S));

/** The differences between two looks: `created`, `changed` or `removed`, and the item's entity; sorted. */
export function changesBetween(before: Items, after: Items): string[] {
  const changes: string[] = [];
  for (const [key, item] of after) {
    const old = before.get(key);
    if (isLot(item)) continue;
    if (old === item || (old && JSON.stringify(old) === JSON.stringify(item))) continue;
    changes.push(`${old ? 'changed' : 'created'} ${item.type?.S}`);
  }
  for (const [key, item] of before) if (!after.has(key)) changes.push(`removed ${item.type?.S}`);
  return changes.sort();
}
