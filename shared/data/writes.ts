/**
 * Writes as values. `create` refuses an item that exists, `patch` and `remove` refuse one that does not, `upsert`
 * and `drop` accept both, and `check` changes nothing. A service collects writes and commits them together
 * (`Table.commit`). The keys of an item in the indexes are derived from its values, only here.
 */
import { absent, allOf, anyOf, type Condition, exists, is } from './conditions.ts';
import { indexChanges, indexKeysOf, isIndexKey, type KeyOf, keyOf, keyPartsOf, type TableKey } from './keys.ts';
import type { AnyItem } from './kind.ts';
import type { Meaning } from './meaning.ts';
import type { EntityName, ItemOf } from './registry.ts';

type Distributed<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** The attributes of an item by name, and the contents of its maps by names joined with dots. */
export type PathOf<E extends EntityName> =
  | (ItemOf<E> extends infer T ? (T extends unknown ? keyof T & string : never) : never)
  | `${string}.${string}`;
/** A condition on an item of one kind. */
export type ConditionOn<E extends EntityName> = Condition<PathOf<E> | 'pk' | 'expiresAt'>;

type Settable<T> = T extends unknown ? { readonly [K in keyof T]?: T[K] | undefined } : never;
type Countable<T> = T extends unknown ? { readonly [K in keyof T as number extends T[K] ? K : never]?: number } : never;
type Places = { readonly [path: `${string}.${string}`]: unknown };

/**
 * The changes of an update: attributes to set (undefined leaves one as it is), numbers to add, attributes to remove.
 */
export interface ChangesOf<E extends EntityName> {
  readonly set?: (Settable<ItemOf<E>> & { readonly expiresAt?: number }) | Places;
  readonly add?: Countable<ItemOf<E>> | { readonly moves: number };
  readonly remove?: readonly (PathOf<E> | 'expiresAt')[];
}

interface Common {
  readonly entity: EntityName;
  readonly key: TableKey;
  /** The meaning of a refusal; `or` sets it. */
  readonly or?: Meaning;
}
export interface Put extends Common {
  readonly kind: 'put';
  readonly item: AnyItem & TableKey;
  readonly when: Condition;
}
export interface Update extends Common {
  readonly kind: 'update';
  readonly changes: {
    readonly set: AnyItem;
    readonly add: Readonly<Record<string, number>>;
    readonly remove: readonly string[];
  };
  readonly when: Condition | undefined;
  /** What it adds may be added twice if an answer is lost. So it needs no transaction when it is alone. */
  readonly mayRepeat?: true;
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
/** An update of an item of one kind; `Table.change` gives the item back with its type. */
export type UpdateOf<E extends EntityName> = Update & { readonly entity: E };

/** The values of a new item. `expiresAt` may be given as an option instead. */
export type Values<E extends EntityName> = Distributed<ItemOf<E>, 'expiresAt'> & { readonly expiresAt?: number };

export interface CreateOptions<E extends EntityName> {
  /** Seconds since 1970, UTC. The item is deleted some time after that. */
  readonly expiresAt?: number;
  /** A condition under which an existing item may be replaced, such as that it has expired. */
  readonly orWhen?: ConditionOn<E>;
}

/**
 * Creates an item. Refused if there is one with the same key, unless `orWhen` holds for it.
 *
 * @throws TypeError if a part of its keys is missing or empty
 * @example create('Like', { groupId, accountId, likedAt: iso(now) })
 */
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

/**
 * Changes an existing item. Refused if there is none, or if `when` does not hold.
 *
 * @throws TypeError if a part of a key is missing, or if the change moves the item within an index and not all parts of
 * the new key are known
 * @example patch('Group', { groupId }, { add: { memberCount: 1 } }, below('memberCount', attribute('capacity')))
 */
export function patch<E extends EntityName>(
  entity: E,
  key: KeyOf<E>,
  changes: ChangesOf<E>,
  when?: ConditionOn<E>,
): UpdateOf<E> {
  return update(entity, key, changes, thereAnd(when));
}

/**
 * Changes an item, or creates it from the changes alone. Refused only if `when` does not hold. A missing attribute
 * meets no comparison: for an item that may not exist yet, combine comparisons with `absent`.
 *
 * @param key may be a larger object, such as another item: only the attributes of the key are taken from it
 * @throws TypeError as `patch`
 * @example upsert('Quota', key, { add: { used: 1 }, set: { expiresAt } }, anyOf(absent('used'), below('used', times)))
 */
export function upsert<E extends EntityName>(
  entity: E,
  key: KeyOf<E>,
  changes: ChangesOf<E>,
  when?: ConditionOn<E>,
): UpdateOf<E> {
  const made = update(entity, key, changes, when);
  return {
    ...made,
    changes: { ...made.changes, set: { type: entity, v: 1, ...keyPartsOf(entity, key), ...made.changes.set } },
  };
}

/** Deletes an existing item. Refused if there is none, or if `when` does not hold. */
export function remove<E extends EntityName>(
  entity: E,
  key: KeyOf<E>,
  when?: ConditionOn<E>,
): Delete & { readonly entity: E } {
  return { kind: 'delete', entity, key: keyOf(entity, key), when: thereAnd(when) };
}

/** Removes an item if it exists. It is never refused. */
export const drop = <E extends EntityName>(entity: E, key: KeyOf<E>): Delete & { readonly entity: E } => ({
  kind: 'delete',
  entity,
  key: keyOf(entity, key),
  when: undefined,
});

/**
 * Changes nothing. Refuses the whole commit unless the item exists and the condition holds.
 *
 * @example or('NOT_FOUND', check('Membership', { groupId, accountId }, is('state', 'ACTIVE')))
 */
export function check<E extends EntityName>(
  entity: E,
  key: KeyOf<E>,
  when?: ConditionOn<E>,
): Check & { readonly entity: E } {
  return { kind: 'check', entity, key: keyOf(entity, key), when: thereAnd(when) };
}

/**
 * Changes nothing. Refuses the whole commit if the item exists and the condition does not hold. A missing item is fine.
 */
export function checkIfThere<E extends EntityName>(
  entity: E,
  key: KeyOf<E>,
  when: ConditionOn<E>,
): Check & { readonly entity: E } {
  return { kind: 'check', entity, key: keyOf(entity, key), when: anyOf<string>(absent('pk'), when) };
}

type Versioned = { readonly version: number };
/** Attributes with new values. An attribute given as undefined is removed. */
export type Revision<E extends EntityName> = {
  readonly [K in Exclude<keyof ItemOf<E>, 'version'>]?: ItemOf<E>[K] | undefined;
};

/**
 * An item after a change, with its version raised by one, and the write that stores it. Only attributes that differ are
 * written. Refused unless the item still has the version that was read.
 *
 * @param when further conditions
 * @example
 * const { after, write } = revised('Plan', before, { title });
 * await table.commit([or('PRECONDITION_FAILED', write)]);
 */
export function revised<E extends EntityName>(
  entity: ItemOf<E> extends Versioned ? E : never,
  before: ItemOf<E>,
  changes: Revision<E>,
  ...when: readonly ConditionOn<E>[]
): { readonly after: ItemOf<E>; readonly write: UpdateOf<E> } {
  const old = before as AnyItem & Versioned;
  const values = Object.entries({ ...old, ...changes, version: old.version + 1 }).filter(
    ([name, value]) => value !== undefined && !isIndexKey(name),
  );
  const after = Object.fromEntries(values);
  const stored: AnyItem = { ...after, ...indexKeysOf(entity, after) };
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

/** An update that also updates the item's keys in the indexes. */
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
