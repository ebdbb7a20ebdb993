/** DynamoDB allows one action for each item in a transaction, so several writes of one item are merged into one. */
import { allOf, type Condition } from './conditions.ts';
import type { Update, Write } from './writes.ts';

export interface Merged {
  readonly write: Write;
  /** The writes that were merged, in their order. */
  readonly parts: readonly Write[];
}

/**
 * One write for each item. Updates of one item become one update with all their changes under all their conditions. A
 * check joins the write of its item.
 *
 * @throws Error if the writes of one item contradict each other: that is a bug, and nothing is written
 * @example
 * merged([check('Group', key, absent('deletedAt')), patch('Group', key, { add: { likes: 1 } })]) // one update
 */
export function merged(writes: readonly Write[]): Merged[] {
  const byItem = new Map<string, Merged>();
  for (const write of writes) {
    const item = `${write.key.pk}\n${write.key.sk}`;
    const known = byItem.get(item);
    byItem.set(
      item,
      known ? { write: both(known.write, write), parts: [...known.parts, write] } : { write, parts: [write] },
    );
  }
  return [...byItem.values()];
}

function both(a: Write, b: Write): Write {
  const when = bothHold(a.when, b.when);
  if (a.kind === 'update' && b.kind === 'update') return { ...a, changes: bothDone(a, b), when };
  const [first, second] = a.kind === 'check' ? [b, a] : [a, b];
  if (second.kind !== 'check' || first.kind === 'put' || when === undefined) throw contradiction(a, b);
  return { ...first, when };
}

const contradiction = (a: Write, b: Write) =>
  new Error(`a ${a.kind} and a ${b.kind} of one ${a.entity} in one commit: write each item once`);

const partsOf = (when: Condition | undefined): readonly Condition[] =>
  when === undefined ? [] : when.kind === 'all' ? when.of : [when];

function bothHold(a: Condition | undefined, b: Condition | undefined): Condition | undefined {
  const distinct = new Map([...partsOf(a), ...partsOf(b)].map((part) => [JSON.stringify(part), part]));
  return distinct.size === 0 ? undefined : allOf(...distinct.values());
}

function bothDone(a: Update, b: Update): Update['changes'] {
  const [one, other] = [a.changes, b.changes];
  const touched = ({ set, add, remove }: Update['changes']) => [...Object.keys(set), ...Object.keys(add), ...remove];
  for (const name of touched(one)) {
    if (!touched(other).includes(name)) continue;
    const added = name in one.add && name in other.add;
    const same = name in one.set && JSON.stringify(one.set[name]) === JSON.stringify(other.set[name]);
    const gone = one.remove.includes(name) && other.remove.includes(name);
    if (!added && !same && !gone)
      throw new Error(`two updates of one ${a.entity} in one commit change "${name}": change it in one of them`);
  }
  const add = Object.entries(other.add).map(([name, by]) => [name, (one.add[name] ?? 0) + by]);
  return {
    set: { ...one.set, ...other.set },
    add: { ...one.add, ...Object.fromEntries(add) },
    remove: [...new Set([...one.remove, ...other.remove])],
  };
}
