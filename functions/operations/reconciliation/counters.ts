/** Compares the counters of one item with what they count. */

import { absent, allOf, type Condition, holds, is } from '../../../shared/data/conditions.ts';
import { type Counting, keyOfSubject, type Subject } from '../../../shared/data/counters.ts';
import { everyPage } from '../../../shared/data/every-item.ts';
import type { AnyItem, Counter } from '../../../shared/data/kind.ts';
import { isExact } from '../../../shared/data/registry.ts';
import type { Table } from '../../../shared/data/table.ts';
import { untyped } from '../../../shared/data/untyped.ts';
import { patch, type Write } from '../../../shared/data/writes.ts';
import type { Kernel } from '../../../shared/kernel.ts';

/** A counter that differs from what it counts. */
interface Drift {
  readonly counter: string;
  readonly stands: number;
  readonly counted: number;
}

export interface Look {
  readonly drifts: readonly Drift[];
  /** How often the counters of the item have moved. */
  readonly moves: number;
  /** Whether the counted items were read as they are now, and not from an index, which may lag. */
  readonly exact: boolean;
  /** Sets the counters right, unless they have moved since they were read. */
  readonly mend: Write;
}

const atOnce = 500;

/** Looks at the counters of a subject; undefined if it is gone or has ended. */
export async function lookAt({ table }: Pick<Kernel, 'table'>, subject: Subject): Promise<Look | undefined> {
  const { counting } = subject;
  const { entity, pattern, counters, countsUntil } = counting;
  // The rows name the kinds. A test checks that `own` is the whole key of each; types cannot.
  const key = keyOfSubject(subject) as never;
  const item = await untyped(table).get(entity, key);
  if (!item || (countsUntil && item[countsUntil] !== undefined)) return undefined;
  const counted = await count(table, subject);
  const drifts = Object.keys(counters).flatMap((counter): Drift[] => {
    const stands = Number(item[counter] ?? 0);
    return stands === counted[counter] ? [] : [{ counter, stands, counted: counted[counter] ?? 0 }];
  });
  const set = Object.fromEntries(drifts.map((drift) => [drift.counter, drift.counted]));
  const still = ['moves', ...Object.keys(counters)].map((name) => asRead(item, name));
  const when: Condition = allOf(...still, ...(countsUntil ? [absent(countsUntil)] : []));
  return {
    drifts,
    moves: Number(item.moves ?? 0),
    exact: isExact(pattern),
    mend: patch(entity, key, { set, add: { moves: 1 } } as never, when as never),
  };
}

/**
 * The condition that an attribute is unchanged. `moves` only grows, so it also shows a counter that moved and came
 * back.
 */
const asRead = (item: AnyItem, name: string): Condition =>
  item[name] === undefined ? absent(name) : is(name, item[name] as number);

/** The correct value of each counter. */
async function count(table: Table, subject: Subject): Promise<Record<string, number>> {
  const { pattern, counters }: Counting = subject.counting;
  const sums = Object.fromEntries(Object.keys(counters).map((name) => [name, 0]));
  const pages = everyPage((cursor) =>
    untyped(table).query(pattern, keyOfSubject(subject), { limit: atOnce, cursor, consistent: isExact(pattern) }),
  );
  for await (const items of pages)
    for (const [name, counter] of Object.entries(counters))
      for (const item of items) sums[name]! += worthOf(item, counter);
  return sums;
}

function worthOf(item: AnyItem, { where = {}, sums }: Counter): number {
  if (!Object.entries(where).every(([path, value]) => holds(is(path, value), item))) return 0;
  return sums === undefined ? 1 : Number(item[sums] ?? 0);
}
