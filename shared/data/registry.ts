/**
 * The key registry: every kind of item of the one table, with the keys it is stored under and every way it is asked for.
 * Keys are built from here and nowhere else (`keys.ts`). Types of items, IAM grants, `docs/access-patterns.md`, and what
 * purging, erasing and exporting do, all come from it.
 *
 * This is the one place where the kernel knows of the product: `functions/items.ts` holds the rows, which are values
 * without code.
 *
 * A kind has a partition of its own unless it is always granted together with its neighbours: a role can be bound to
 * partition keys (`dynamodb:LeadingKeys`), not to sort keys. It also spreads the load of a large group.
 */
import { items } from '../../functions/items.ts';
import type { AccessPattern, Kind, KindDefinition } from './kind.ts';

export type Items = typeof items;
export type EntityName = keyof Items;
export type IndexName = 'table' | 'gsi1' | 'gsi2';

/** The items of a kind, as they are stored: `ItemOf<'Group'>`. */
export type ItemOf<E extends EntityName> = Items[E] extends Kind<infer T> ? T : never;

type PatternsOf<E extends EntityName> = Items[E] extends { readonly patterns: infer P } ? P : Record<never, never>;
/** Every way of asking, of all kinds. */
export type PatternName = { [E in EntityName]: keyof PatternsOf<E> & string }[EntityName];
/** The kind of item that an access pattern gives. */
export type EntityOf<P extends PatternName> = {
  [E in EntityName]: P extends keyof PatternsOf<E> ? E : never;
}[EntityName];

export const entities: Readonly<Record<EntityName, KindDefinition>> = items;

type Pattern = AccessPattern & { readonly entity: EntityName };
/** Every way of asking, by name, with the kind that it gives. */
export const patterns = Object.fromEntries(
  (Object.entries(entities) as [EntityName, KindDefinition][]).flatMap(([entity, { patterns = {} }]) =>
    Object.entries(patterns).map(([name, pattern]): [string, Pattern] => [name, { ...pattern, entity }]),
  ),
) as Readonly<Record<PatternName, Pattern>>;
