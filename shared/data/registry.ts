/**
 * The key registry: every kind of item of the one table, with its keys and all its queries. Only `keys.ts` builds keys,
 * and only from here. The types of items, the IAM grants, `docs/access-patterns.md` and the jobs that purge, erase and
 * export are all derived from the registry.
 *
 * This is the only place where the kernel knows the product: `functions/items.ts` holds the entries, which are values
 * without code.
 *
 * A kind has partitions of its own unless it is always granted together with its neighbours. IAM can limit a role to
 * partition keys (`dynamodb:LeadingKeys`), but not to sort keys. Separate partitions also spread the load of a large
 * group.
 */
import { items } from '../../functions/items.ts';
import type { AccessPattern, Kind, KindDefinition } from './kind.ts';

export type Items = typeof items;
export type EntityName = keyof Items;
export type IndexName = 'table' | 'gsi1' | 'gsi2';

/** The items of a kind as they are stored: `ItemOf<'Group'>`. */
export type ItemOf<E extends EntityName> = Items[E] extends Kind<infer T> ? T : never;

type PatternsOf<E extends EntityName> = Items[E] extends { readonly patterns: infer P } ? P : Record<never, never>;
/** The names of all access patterns of all kinds. */
export type PatternName = { [E in EntityName]: keyof PatternsOf<E> & string }[EntityName];
/** The kind of item that an access pattern gives. */
export type EntityOf<P extends PatternName> = {
  [E in EntityName]: P extends keyof PatternsOf<E> ? E : never;
}[EntityName];

export const entities: Readonly<Record<EntityName, KindDefinition>> = items;

type Pattern = AccessPattern & { readonly entity: EntityName };
/** All access patterns by name, each with the kind of item that it gives. */
export const patterns = Object.fromEntries(
  (Object.entries(entities) as [EntityName, KindDefinition][]).flatMap(([entity, { patterns = {} }]) =>
    Object.entries(patterns).map(([name, pattern]): [string, Pattern] => [name, { ...pattern, entity }]),
  ),
) as Readonly<Record<PatternName, Pattern>>;

/** Whether a pattern can be read strongly consistent. An index cannot: it may lag. */
export const isExact = (pattern: PatternName) => patterns[pattern].index === undefined;
