/**
 * Writes as values. `create` refuses what exists, `patch` and `remove` refuse what does not, `upsert` and `drop` take
 * either, `check` only asks. A service puts them together and commits them at once (`Table.commit`). What an item's keys in the
 * indexes are follows from its values, here and nowhere else.
 */
import { absent, allOf, anyOf, type Condition, exists, is } from './conditions.ts';
import { indexChanges, indexKeysOf, isIndexKey, type KeyOf, keyOf, type TableKey } from './keys.ts';
import type { Meaning } from './meaning.ts';
import type { EntityName, ItemOf } from './registry.ts';

type Item = Readonly<Record<string, unknown>>;
type Distributed<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** The attributes of an item by name, and what lies in its maps by names joined with dots. */
export type PathOf<E extends EntityName> =
  | (ItemOf<E> extends infer T ? (T extends unknown ? keyof T & string : never) : never)
  | `${string}.${string}`;
/** A condition on an item of one kind. */
export type ConditionOn<E extends EntityName> = Condition<PathOf<E> | 'pk' | 'expiresAt'>;

type Settable<T> = T extends unknown ? { readonly [K in keyof T]?: T[K] | undefined } : never;
type Countable<T> = T extends unknown ? { readonly [K in keyof T as number extends T[K] ? K : never]?: number } : never;
type Places = { readonly [path: `${string}.${string}`]: unknown };

/** What an update changes: attributes set to a value (undefined: left as they are), numbers added to, attributes taken out. */
export interface ChangesOf<E extends EntityName> {
  readonly set?: (Settable<ItemOf<E>> & { readonly expiresAt?: number }) | Places;
  readonly add?: Countable<ItemOf<E>> | { readonly moves: number };
  readonly remove?: readonly (PathOf<E> | 'expiresAt')[];
}

interface Common {
  readonly entity: EntityName;
  readonly key: TableKey;
  /** What it means when the write is refused: `or`. */
  readonly or?: Meaning;
}
export interface Put extends Common {
  readonly kind: 'put';
  readonly item: Item & TableKey;
  readonly when: Condition;
}
export interface Update extends Common {
  readonly kind: 'update';
  readonly changes: {
    readonly set: Item;
    readonly add: Readonly<Record<string, number>>;
    readonly remove: readonly string[];
  };
  readonly when: Condition | undefined;
}
export interface Delete extends Common {
  readonly kind: 'delete';
  readonly when: Condition | undefined;
}
export interface Check extends Common {
  readonly kind: 'check';
  readonly when: Condition;
}
export type Write = Put | Update | Delete | Check;
/** An update of an item of one kind; `Table.change` gives it back as such. */
export type UpdateOf<E extends EntityName> = Update & { readonly entity: E };

/** The values of a new item. `expiresAt` may come as an option instead. */
export type Values<E extends EntityName> = Distributed<ItemOf<E>, 'expiresAt'> & { readonly expiresAt?: number };

export interface CreateOptions<E extends EntityName> {
  /** Seconds since 1970 after which the item is gone. */
  readonly expiresAt?: number;
  /** What of an old item under the same key makes it right to replace it, e.g. that it has expired. */
  readonly orWhen?: ConditionOn<E>;
}

/** A new item. Refused if one is there, unless `orWhen` holds of it. */
export function create<E extends EntityName>(
  entity: E,
  data: Values<E>,
  options: CreateOptions<E> = {},
): Put & { readonly entity: E } {
  const values = { ...data, ...(options.expiresAt === undefined ? {} : { expiresAt: options.expiresAt }) };
  const key = keyOf(entity, values as never);
  const item = { ...key, ...indexKeysOf(entity, values), type: entity, v: 1, ...values };
  const when: Condition = options.orWhen ? anyOf<string>(absent('pk'), options.orWhen) : absent('pk');
  return { kind: 'put', entity, key, item, when };
}

/** Changes an item that is there. */
export function patch<E extends EntityName>(
  entity: E,
  key: KeyOf<E>,
  changes: ChangesOf<E>,
  when?: ConditionOn<E>,
): UpdateOf<E> {
  return update(entity, key, changes, thereAnd(when));
}

/** Changes an item, or makes it of the changes alone. */
export function upsert<E extends EntityName>(
  entity: E,
  key: KeyOf<E>,
  changes: ChangesOf<E>,
  when?: ConditionOn<E>,
): UpdateOf<E> {
  const made = update(entity, key, changes, when);
  return { ...made, changes: { ...made.changes, set: { type: entity, v: 1, ...key, ...made.changes.set } } };
}

/** Takes an item out that is there. */
export function remove<E extends EntityName>(
  entity: E,
  key: KeyOf<E>,
  when?: ConditionOn<E>,
): Delete & { readonly entity: E } {
  return { kind: 'delete', entity, key: keyOf(entity, key), when: thereAnd(when) };
}

/** Takes an item out if it is there: never refused. */
export const drop = <E extends EntityName>(entity: E, key: KeyOf<E>): Delete & { readonly entity: E } => ({
  kind: 'delete',
  entity,
  key: keyOf(entity, key),
  when: undefined,
});

/** Changes nothing, but refuses the whole commit unless the item is there and the condition holds. */
export function check<E extends EntityName>(
  entity: E,
  key: KeyOf<E>,
  when?: ConditionOn<E>,
): Check & { readonly entity: E } {
  return { kind: 'check', entity, key: keyOf(entity, key), when: thereAnd(when) };
}

/** Refuses the whole commit if the item is there and the condition does not hold of it. */
export function checkIfThere<E extends EntityName>(
  entity: E,
  key: KeyOf<E>,
  when: ConditionOn<E>,
): Check & { readonly entity: E } {
  return { kind: 'check', entity, key: keyOf(entity, key), when: anyOf<string>(absent('pk'), when) };
}

type Versioned = { readonly version: number };
/** Attributes that are to be different; an attribute named as undefined is taken out. */
export type Revision<E extends EntityName> = {
  readonly [K in Exclude<keyof ItemOf<E>, 'version'>]?: ItemOf<E>[K] | undefined;
};

/**
 * An item after a change, one version on, and the write that brings it there: only what differs is written. Refused
 * unless the item is still in the version that was read.
 *
 * @param when what else must hold of the item
 * @example const { after, write } = revised('Plan', before, { title }); // then: or('PRECONDITION_FAILED', write)
 */
export function revised<E extends EntityName>(
  entity: ItemOf<E> extends Versioned ? E : never,
  before: ItemOf<E>,
  changes: Revision<E>,
  ...when: readonly ConditionOn<E>[]
): { readonly after: ItemOf<E>; readonly write: UpdateOf<E> } {
  const old = before as Item & Versioned;
  const values = Object.entries({ ...old, ...changes, version: old.version + 1 }).filter(
    ([name, value]) => value !== undefined && !isIndexKey(name),
  );
  const after = Object.fromEntries(values);
  const stored: Item = { ...after, ...indexKeysOf(entity, after) };
  const set = Object.entries(stored).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name]));
  const gone = Object.keys(old).filter((name) => old[name] !== undefined && !(name in stored));
  const unread = allOf<string>(exists('pk'), is('version', old.version), ...when);
  const write: UpdateOf<E> = {
    kind: 'update',
    entity: entity as E,
    key: keyOf(entity as E, before as never),
    changes: { set: Object.fromEntries(set), add: {}, remove: gone },
    when: unread,
  };
  return { after: after as ItemOf<E>, write };
}

const thereAnd = (when: Condition | undefined): Condition => (when ? allOf<string>(exists('pk'), when) : exists('pk'));

/** An update with the item's places in the indexes kept in step. */
function update<E extends EntityName>(
  entity: E,
  key: KeyOf<E>,
  changes: ChangesOf<E>,
  when: Condition | undefined,
): UpdateOf<E> {
  const said = Object.entries(changes.set ?? {}).filter(([, value]) => value !== undefined);
  const set = Object.fromEntries(said);
  const remove: readonly string[] = changes.remove ?? [];
  const index = indexChanges(entity, { ...key, ...set }, Object.keys(set), remove);
  return {
    kind: 'update',
    entity,
    key: keyOf(entity, key),
    changes: {
      set: { ...set, ...index.set },
      add: (changes.add ?? {}) as Readonly<Record<string, number>>,
      remove: [...new Set([...remove, ...index.remove])],
    },
    when,
  };
}
