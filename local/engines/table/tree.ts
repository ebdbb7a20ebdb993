/** A sorted map from encoded keys to values: a B+ tree. A copy takes no time, because it shares the nodes. */

import * as btree from 'sorted-btree';

export interface Tree<Value> {
  readonly size: number;
  get(key: string): Value | undefined;
  set(key: string, value: Value): boolean;
  delete(key: string): boolean;
  clone(): Tree<Value>;
  minKey(): string | undefined;
  /** In order, from the first key that is at least `from`. */
  entries(from?: string): IterableIterator<[string, Value]>;
  /** In reverse order, from the last key below `below`. */
  entriesReversed(below?: string, reused?: undefined, skipHighest?: boolean): IterableIterator<[string, Value]>;
}

type TreeConstructor = new <Value>(entries: undefined, compare: (a: string, b: string) => number) => Tree<Value>;

// The package is CommonJS with a `default` export: an import in Node gives the whole module as the default, jest's
// transform gives the class itself.
const exported = btree.default as unknown as TreeConstructor | { default: TreeConstructor };
const Constructor = 'default' in exported ? exported.default : exported;

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export function createTree<Value>(): Tree<Value> {
  return new Constructor<Value>(undefined, compare);
}
