/** A table in memory: its items, and the entries of its indexes, which are derived from them. */

import { validationError } from './errors.ts';
import { encodeKey, type KeyNames } from './keys.ts';
import { itemSize } from './sizes.ts';
import { createTree, type Tree } from './tree.ts';
import type { IndexParameters, Item, KeySchemaElement, TableDefinition } from './types.ts';
import { itemsEqual } from './values.ts';

/** A stored item. It is never changed: an update replaces it. */
export interface StoredItem {
  readonly item: Item;
  readonly key: string;
  readonly size: number;
  /** The number of the item's row on disk. */
  readonly row: number;
}

/** A result of a read: an item, or the part of it that an index contains. */
export interface Entry {
  readonly item: Item;
  readonly size: number;
}

export interface Index {
  readonly name: string;
  readonly arn: string;
  readonly keys: KeyNames;
  readonly parameters: IndexParameters;
  /** The attributes that the index contains; undefined for all. */
  readonly projected: ReadonlySet<string> | undefined;
  readonly entries: Tree<Entry>;
}

export interface Table {
  readonly name: string;
  readonly arn: string;
  readonly definition: TableDefinition;
  readonly keys: KeyNames;
  readonly keyTypes: ReadonlyMap<string, 'S' | 'N' | 'B'>;
  readonly items: Tree<StoredItem>;
  readonly indexes: ReadonlyMap<string, Index>;
  /** Present if the table has a stream. */
  readonly streamArn: string | undefined;
}

/** One item before and after a write. `before` is missing if the item is new, `after` if it was deleted. */
export interface Change {
  readonly table: Table;
  readonly key: string;
  readonly before: StoredItem | undefined;
  readonly after: StoredItem | undefined;
}

function keyNames(schema: readonly KeySchemaElement[]): KeyNames {
  const [hash, range] = schema;
  return range ? { hash: hash!.AttributeName, range: range.AttributeName } : { hash: hash!.AttributeName };
}

export function namesOf(keys: KeyNames): string[] {
  return keys.range === undefined ? [keys.hash] : [keys.hash, keys.range];
}

/** An empty table. `arnPrefix` is the table's ARN without its name. */
export function createTable(definition: TableDefinition, arnPrefix: string): Table {
  const arn = arnPrefix + definition.TableName;
  const keys = keyNames(definition.KeySchema);
  const indexes = (definition.GlobalSecondaryIndexes ?? []).map((index) => emptyIndex(index, keys, arn));
  return {
    name: definition.TableName,
    arn,
    definition,
    keys,
    keyTypes: new Map(definition.AttributeDefinitions.map((each) => [each.AttributeName, each.AttributeType])),
    items: createTree(),
    indexes: new Map(indexes.map((index) => [index.name, index])),
    streamArn: definition.streamLabel === undefined ? undefined : `${arn}/stream/${definition.streamLabel}`,
  };
}

function emptyIndex(parameters: IndexParameters, tableKeys: KeyNames, tableArn: string): Index {
  const keys = keyNames(parameters.KeySchema);
  const { ProjectionType, NonKeyAttributes = [] } = parameters.Projection;
  const projected =
    ProjectionType === 'ALL' ? undefined : new Set([...namesOf(tableKeys), ...namesOf(keys), ...NonKeyAttributes]);
  const arn = `${tableArn}/index/${parameters.IndexName}`;
  return { name: parameters.IndexName, arn, keys, parameters, projected, entries: createTree() };
}

/** A copy of the present state for reads. Later writes do not change it. */
export function snapshot(table: Table): Table {
  const indexes = [...table.indexes].map(([name, index]): [string, Index] => [
    name,
    { ...index, entries: index.entries.clone() },
  ]);
  return { ...table, items: table.items.clone(), indexes: new Map(indexes) };
}

/**
 * The index with that name.
 *
 * @throws TableError ValidationException if the table has no such index
 */
export function indexOf(table: Table, name: string): Index {
  const index = table.indexes.get(name);
  if (index) return index;
  throw validationError(`The table does not have the specified index: ${name}`);
}

/** The part of an item that the index contains; undefined if the item lacks one of the index's keys. */
function projectToIndex(index: Index, stored: StoredItem | undefined): Entry | undefined {
  if (!stored || !namesOf(index.keys).every((name) => Object.hasOwn(stored.item, name))) return undefined;
  const { projected } = index;
  if (!projected) return stored;
  const item: Item = {};
  for (const name in stored.item) if (projected.has(name)) item[name] = stored.item[name]!;
  return { item, size: itemSize(item) };
}

export interface IndexChange {
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
  readonly keyBefore: string | undefined;
  readonly keyAfter: string | undefined;
}

/** The effect of a change on an index; undefined if the index contains nothing that changed. */
export function indexChange(index: Index, change: Change): IndexChange | undefined {
  const before = projectToIndex(index, change.before);
  const after = projectToIndex(index, change.after);
  if (before === after || (before && after && itemsEqual(before.item, after.item))) return undefined;
  const keyOf = (entry: Entry | undefined) => entry && encodeKey(entry.item, index.keys, change.key);
  return { before, after, keyBefore: keyOf(before), keyAfter: keyOf(after) };
}

/** Applies the change to the table and its indexes. Cannot fail. */
export function applyChange(change: Change): void {
  const { table, key, after } = change;
  for (const index of table.indexes.values()) {
    const moved = indexChange(index, change);
    if (!moved) continue;
    if (moved.keyBefore !== undefined && moved.keyBefore !== moved.keyAfter) index.entries.delete(moved.keyBefore);
    if (moved.keyAfter !== undefined) index.entries.set(moved.keyAfter, moved.after!);
  }
  if (after) table.items.set(key, after);
  else table.items.delete(key);
}
