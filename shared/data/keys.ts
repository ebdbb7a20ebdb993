/** Keys, built from the registry: of items, of their places in the indexes, of what a pattern asks for. */
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

/** The values an entity's key is made of. */
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
/** The values a pattern's partition is made of; of one of several patterns, those of all of them. */
export type PartitionOf<P extends PatternName> = {
  readonly [Name in { [Q in P]: Placeholders<IndexPk<EntityOf<Q>, PatternOf<Q>>> }[P]]: string;
};

/** Keeps a value from spilling into the next part of a key: `#` separates, so it and the escape itself are escaped. */
const escapePart = (value: string) => value.replaceAll('%', '%25').replaceAll('#', '%23');

function fill(template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (typeof value !== 'string' || value === '') throw new TypeError(`key part "${name}" of ${template} is missing`);
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

/** The key of one item. Throws if a part is missing or empty. */
export function keyOf<E extends EntityName>(entity: E, values: KeyOf<E>): TableKey {
  const { pk, sk } = entities[entity];
  return { pk: fill(pk, values), sk: fill(sk, values) };
}

/** Whether an attribute is a part of an item's place in an index: never a feature's to name. */
export const isIndexKey = (name: string) => /^gsi\d[ps]k$/.test(name);

type Values = Readonly<Record<string, unknown>>;
const indexes = ['gsi1', 'gsi2'] as const;

/** An index of an entity, with the attributes that its keys are made of. */
function indexOf(entity: EntityName, index: 'gsi1' | 'gsi2') {
  const template = entities[entity][index];
  return template && { ...template, index, parts: placeholdersIn(template.pk + template.sk) };
}

/** The attributes that put an item into its indexes, from the item's own values. */
export function indexKeysOf(entity: EntityName, values: Values): Record<string, string> {
  const keys: Record<string, string> = {};
  for (const each of indexes.map((index) => indexOf(entity, index))) {
    if (!each || (each.sparse && each.parts.some((name) => values[name] === undefined))) continue;
    keys[`${each.index}pk`] = fill(each.pk, values);
    keys[`${each.index}sk`] = fill(each.sk, values);
  }
  return keys;
}

/**
 * What a change of some attributes does to an item's places in the indexes: the keys to set, and those to take out.
 *
 * @param known values that are known of the item after the change: those of its key, and all that the change sets
 * @param changed names of the attributes that the change sets
 * @param gone names of the attributes that the change takes out
 * @throws TypeError where an item moves within an index and not all parts of its new key are known
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
    if (each.parts.some((name) => gone.includes(name))) {
      if (!each.sparse) throw new TypeError(`a ${entity} is always in ${each.index}: its keys cannot lose a part`);
      remove.push(`${each.index}pk`, `${each.index}sk`);
    } else if (each.parts.some((name) => changed.includes(name))) {
      set[`${each.index}pk`] = fill(each.pk, known);
      set[`${each.index}sk`] = fill(each.sk, known);
    }
  }
  return { set, remove };
}

/** The index, partition and sort-key prefix that a pattern queries. */
export function partitionOf<P extends PatternName>(pattern: P, values: PartitionOf<P>) {
  const { index, pk, sk } = templatesOf(pattern);
  return { index, pk: fill(pk, values), prefix: headOf(sk) };
}

/**
 * The sort keys between which the items of a pattern lie whose first varying part is between two values, both included.
 * That is exact for values whose order is that of their text and that hold no character below `$`: instants, days,
 * numbers of one length, ids.
 *
 * @example rangeOf('dueEntries', ['', '2026-11-21T09:00:00.000Z']) // ['DUE#', 'DUE#2026-11-21T09:00:00.000Z$']
 */
export function rangeOf(pattern: PatternName, [from, to]: readonly [from: string, to: string]): [string, string] {
  const { sk } = templatesOf(pattern);
  // What follows the value begins with `#`, and `$` is the next character.
  const last = placeholdersIn(sk).length > 1 ? '$' : '';
  return [headOf(sk) + escapePart(from), headOf(sk) + escapePart(to) + last];
}

/** The templates of a pattern's partition and of the order in it. */
export function templatesOf(pattern: PatternName): {
  readonly index: IndexName;
  readonly pk: string;
  readonly sk: string;
} {
  const { entity, index = 'table' } = patterns[pattern];
  const definition: KindDefinition = entities[entity];
  const templates = index === 'table' ? definition : definition[index];
  if (!templates) throw new TypeError(`${entity} is not in ${index}`);
  return { index, pk: templates.pk, sk: templates.sk };
}

/** What an entity's partition keys begin with, for `dynamodb:LeadingKeys`: `'GROUP#'`. */
export const partitionPrefix = headOf;

/** The partition prefix of an entity in the table. */
export const tablePrefix = (entity: EntityName) => headOf(entities[entity].pk);

/** The partition prefix of a pattern in its index. */
export function patternPrefix(pattern: PatternName): { index: IndexName; prefix: string } {
  const { index, pk } = templatesOf(pattern);
  return { index, prefix: headOf(pk) };
}
