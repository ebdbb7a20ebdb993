/** Keys, built from the registry: keys of items, their keys in the indexes, and the partitions that patterns query. */
import type { KindDefinition, Placeholders } from './kind.ts';
import {
  type EntityName,
  type EntityOf,
  entities,
  type IndexName,
  type Items,
  type PatternName,
  patterns,
} from './registry.ts';

/** The values that the key of an entity consists of. */
export type KeyOf<E extends EntityName> = {
  readonly [Name in Placeholders<Items[E]['pk'] | Items[E]['sk']>]: string;
};

type PatternOf<P extends PatternName> = {
  [E in EntityName]: Items[E] extends { readonly patterns: { readonly [Q in P]: infer A } } ? A : never;
}[EntityName];
type IndexPk<E extends EntityName, A> = A extends { readonly index: infer I }
  ? Items[E] extends { readonly [K in I & string]: { readonly pk: infer Pk extends string } }
    ? Pk
    : never
  : Items[E]['pk'];
/** The values that the partition of a pattern consists of. For a union of patterns: the values of all of them. */
export type PartitionOf<P extends PatternName> = {
  readonly [Name in { [Q in P]: Placeholders<IndexPk<EntityOf<Q>, PatternOf<Q>>> }[P]]: string;
};

/** `#` separates the parts of a key, so it is escaped in values, and so is the escape character itself. */
const escapePart = (value: string) => value.replaceAll('%', '%25').replaceAll('#', '%23');

function fill(template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (typeof value !== 'string' || value === '')
      throw new TypeError(`key part "${name}" of ${template} is missing: give it a text that is not empty`);
    return escapePart(value);
  });
}

/** The names in a template's braces. */
export const placeholdersIn = (template: string) => [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
/** The text before a template's first variable part. */
const headOf = (template: string) => template.slice(0, `${template}{`.indexOf('{'));

export interface TableKey {
  readonly pk: string;
  readonly sk: string;
}

/**
 * The key of one item.
 *
 * @throws TypeError if a part is missing or empty
 * @example keyOf('Membership', { groupId, accountId }) // { pk: 'MEMBERS#…', sk: 'MEMBER#…' }
 */
export function keyOf<E extends EntityName>(entity: E, values: KeyOf<E>): TableKey {
  const { pk, sk } = entities[entity];
  return { pk: fill(pk, values), sk: fill(sk, values) };
}

/** The attributes that the key of an item consists of, out of an object that may hold more. */
export function keyPartsOf<E extends EntityName>(entity: E, values: KeyOf<E>): Record<string, unknown> {
  const { pk, sk } = entities[entity];
  const held = values as Values;
  return Object.fromEntries(placeholdersIn(pk + sk).map((name) => [name, held[name]]));
}

/** The attributes that hold an item's place in the table or in an index. */
export const keyAttributes = (index: IndexName) =>
  index === 'table' ? { pk: 'pk', sk: 'sk' } : { pk: `${index}pk`, sk: `${index}sk` };

/** Whether an attribute is part of an item's key in an index. Features never name these attributes. */
export const isIndexKey = (name: string) => /^gsi\d[ps]k$/.test(name);

type Values = Readonly<Record<string, unknown>>;
const indexes = ['gsi1', 'gsi2'] as const;

/** An index of an entity, with the names of the attributes that its keys consist of. */
function indexOf(entity: EntityName, index: 'gsi1' | 'gsi2') {
  const template = entities[entity][index];
  return template && { ...template, index, parts: placeholdersIn(template.pk + template.sk) };
}

/**
 * The attributes that put an item into its indexes, made from the item's own values. A sparse index is left out while a
 * value is missing.
 *
 * @throws TypeError if a part of the key of an index that is not sparse is missing
 */
export function indexKeysOf(entity: EntityName, values: Values): Record<string, string> {
  const keys: Record<string, string> = {};
  for (const each of indexes.map((index) => indexOf(entity, index))) {
    if (!each || (each.sparse && each.parts.some((name) => values[name] === undefined))) continue;
    const names = keyAttributes(each.index);
    keys[names.pk] = fill(each.pk, values);
    keys[names.sk] = fill(each.sk, values);
  }
  return keys;
}

/**
 * The effect of a change on an item's keys in the indexes: the keys to set and the keys to remove.
 *
 * @param known the values of the item that are known after the change: those of its key, and all that the change sets
 * @param changed names of the attributes that the change sets
 * @param gone names of the attributes that the change removes
 * @throws TypeError if an item moves within an index and a part of its new key is not known, or if it would leave an
 * index that is not sparse
 */
export function indexChanges(
  entity: EntityName,
  known: Values,
  changed: readonly string[],
  gone: readonly string[],
): { readonly set: Record<string, string>; readonly remove: string[] } {
  const set: Record<string, string> = {};
  const remove: string[] = [];
  for (const each of indexes.map((index) => indexOf(entity, index))) {
    if (!each) continue;
    const names = keyAttributes(each.index);
    if (each.parts.some((name) => gone.includes(name))) {
      if (!each.sparse)
        throw new TypeError(
          `a ${entity} is always in ${each.index}: do not remove an attribute of its keys, or declare the index sparse`,
        );
      remove.push(names.pk, names.sk);
    } else if (each.parts.some((name) => changed.includes(name))) {
      set[names.pk] = fill(each.pk, known);
      set[names.sk] = fill(each.sk, known);
    }
  }
  return { set, remove };
}

/**
 * The index, partition and sort-key prefix that a pattern queries.
 *
 * @throws TypeError if a part of the partition is missing or empty
 */
export function partitionOf<P extends PatternName>(pattern: P, values: PartitionOf<P>) {
  const { index, pk, sk } = templatesOf(pattern);
  return { index, pk: fill(pk, values), prefix: headOf(sk) };
}

/**
 * The sort keys that enclose the items of a pattern whose first varying part lies between two values, both included. The
 * values must sort as text and contain no character below `$`, as instants, days, numbers of one length and ids do.
 *
 * @example rangeOf('dueEntries', ['', '2026-11-21T09:00:00.000Z']) // ['DUE#', 'DUE#2026-11-21T09:00:00.000Z$']
 */
export function rangeOf(pattern: PatternName, [from, to]: readonly [from: string, to: string]): [string, string] {
  const { sk } = templatesOf(pattern);
  // What follows the value begins with `#`, and `$` is the next character.
  const last = placeholdersIn(sk).length > 1 ? '$' : '';
  return [headOf(sk) + escapePart(from), headOf(sk) + escapePart(to) + last];
}

/**
 * The templates of a pattern's partition key and sort key.
 *
 * @throws TypeError if there is no such pattern, or if the entity is not in the index that the pattern names
 */
export function templatesOf(pattern: PatternName): {
  readonly index: IndexName;
  readonly pk: string;
  readonly sk: string;
} {
  // A row names patterns of its fate and archive as plain texts: types do not know here whether they exist.
  const known: (typeof patterns)[PatternName] | undefined = patterns[pattern];
  if (!known) throw new TypeError(`no kind has a pattern "${pattern}": declare it in the row of its kind (items.ts)`);
  const { entity, index = 'table' } = known;
  const definition: KindDefinition = entities[entity];
  const templates = index === 'table' ? definition : definition[index];
  if (!templates) throw new TypeError(`the pattern ${pattern} uses ${index}, but ${entity} declares no keys for it`);
  return { index, pk: templates.pk, sk: templates.sk };
}

/** The text that an entity's partition keys begin with, for `dynamodb:LeadingKeys`: `'GROUP#'`. */
export const partitionPrefix = headOf;

/** The partition prefix of an entity in the table. */
export const tablePrefix = (entity: EntityName) => headOf(entities[entity].pk);

/** The partition prefix of a pattern in its index. */
export function patternPrefix(pattern: PatternName): { index: IndexName; prefix: string } {
  const { index, pk } = templatesOf(pattern);
  return { index, prefix: headOf(pk) };
}
