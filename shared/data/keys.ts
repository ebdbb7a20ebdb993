/** Keys, built from the registry: of items, of their places in the indexes, of what a pattern asks for. */
import {
  type EntityDefinition,
  type EntityName,
  entities,
  type IndexName,
  type PatternName,
  patterns,
} from './registry.ts';

type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;
type KeyTemplate<E extends EntityName> = (typeof entities)[E]['pk'] | (typeof entities)[E]['sk'];
/** The values an entity's key is made of. */
export type KeyOf<E extends EntityName> = { readonly [Name in Placeholders<KeyTemplate<E>>]: string };

type IndexPk<E extends EntityName, I extends IndexName> = I extends 'table'
  ? (typeof entities)[E]['pk']
  : (typeof entities)[E] extends { readonly [K in I]: { readonly pk: infer P extends string } }
    ? P
    : never;
/** The values a pattern's partition is made of; of one of several patterns, those of all of them. */
export type PartitionOf<P extends PatternName> = {
  readonly [Name in {
    [Q in P]: Placeholders<IndexPk<(typeof patterns)[Q]['entity'], (typeof patterns)[Q]['index']>>;
  }[P]]: string;
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

const placeholdersIn = (template: string) => [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

export interface TableKey {
  readonly pk: string;
  readonly sk: string;
}

/** The key of one item. Throws if a part is missing or empty. */
export function keyOf<E extends EntityName>(entity: E, values: KeyOf<E>): TableKey {
  const { pk, sk } = entities[entity];
  return { pk: fill(pk, values), sk: fill(sk, values) };
}

/** The attributes that put an item into its indexes, from the item's own values. */
export function indexKeysOf(entity: EntityName, values: Readonly<Record<string, unknown>>): Record<string, string> {
  const definition: EntityDefinition = entities[entity];
  const keys: Record<string, string> = {};
  for (const index of ['gsi1', 'gsi2'] as const) {
    const template = definition[index];
    if (!template) continue;
    if (template.sparse && placeholdersIn(template.pk + template.sk).some((name) => values[name] === undefined))
      continue;
    keys[`${index}pk`] = fill(template.pk, values);
    keys[`${index}sk`] = fill(template.sk, values);
  }
  return keys;
}

/** The index, partition and sort-key prefix that a pattern queries. */
export function partitionOf<P extends PatternName>(pattern: P, values: PartitionOf<P>) {
  const { entity, index, sk } = patterns[pattern];
  const definition: EntityDefinition = entities[entity];
  const template = index === 'table' ? definition.pk : definition[index]?.pk;
  if (!template) throw new TypeError(`${entity} is not in ${index}`);
  return { index, pk: fill(template, values), prefix: sk as string };
}

/** What an entity's partition keys begin with, for `dynamodb:LeadingKeys`: `'GROUP#'`. */
export const partitionPrefix = (template: string) => template.slice(0, template.indexOf('{'));

/** The partition prefix of an entity in the table. */
export const tablePrefix = (entity: EntityName) => partitionPrefix(entities[entity].pk);

/** The partition prefix of a pattern in its index. */
export function patternPrefix(pattern: PatternName): { index: IndexName; prefix: string } {
  const { entity, index } = patterns[pattern];
  const definition: EntityDefinition = entities[entity];
  return { index, prefix: partitionPrefix(index === 'table' ? definition.pk : (definition[index]?.pk ?? '')) };
}
