/**
 * Writes as values. `create` refuses what exists, `patch` and `remove` refuse what does not, `upsert` takes either,
 * `check` only asks. A service puts them together and commits them at once (`Table.commit`).
 */
import { absent, allOf, type Condition, exists } from './conditions.ts';
import type { Changes } from './expression.ts';
import { indexKeysOf, type KeyOf, keyOf, type TableKey } from './keys.ts';
import type { EntityName } from './registry.ts';

export interface Update {
  readonly kind: 'update';
  readonly key: TableKey;
  readonly changes: Changes;
  readonly when: Condition | undefined;
}

export type Write =
  | {
      readonly kind: 'put';
      readonly item: Readonly<Record<string, unknown>> & TableKey;
      readonly when: Condition | undefined;
    }
  | Update
  | { readonly kind: 'delete' | 'check'; readonly key: TableKey; readonly when: Condition };

/** The values of an item. `type` and `v` say what it is and in which form: they are not a feature's to use. */
export type Values<E extends EntityName> = KeyOf<E> &
  Readonly<Record<string, unknown>> & { readonly type?: never; readonly v?: never };

export interface CreateOptions {
  /** Seconds since 1970 after which the item is gone. */
  readonly expiresAt?: number;
  /** What of an old item under the same key makes it right to replace it, e.g. that it has expired. */
  readonly orWhen?: Condition;
}

/** A new item. Refused if one is there, unless `orWhen` holds of it. */
export function create<E extends EntityName>(entity: E, data: Values<E>, options: CreateOptions = {}): Write {
  const when: Condition = options.orWhen ? { kind: 'any', of: [absent('pk'), options.orWhen] } : absent('pk');
  return { kind: 'put', item: itemOf(entity, data, options), when };
}

/** Changes an item that is there. */
export function patch<E extends EntityName>(entity: E, key: KeyOf<E>, changes: Changes, when?: Condition): Update {
  return { kind: 'update', key: keyOf(entity, key), changes, when: when ? allOf(exists('pk'), when) : exists('pk') };
}

/** Changes an item, or makes it of the changes alone. */
export function upsert<E extends EntityName>(entity: E, key: KeyOf<E>, changes: Changes, when?: Condition): Update {
  const set = { type: entity, v: 1, ...key, ...changes.set };
  return { kind: 'update', key: keyOf(entity, key), changes: { ...changes, set }, when };
}

/** Takes an item out that is there. */
export function remove<E extends EntityName>(entity: E, key: KeyOf<E>, when?: Condition): Write {
  return { kind: 'delete', key: keyOf(entity, key), when: when ? allOf(exists('pk'), when) : exists('pk') };
}

/** Changes nothing, but refuses the whole commit unless the item is there and the condition holds. */
export function check<E extends EntityName>(entity: E, key: KeyOf<E>, when?: Condition): Write {
  return { kind: 'check', key: keyOf(entity, key), when: when ? allOf(exists('pk'), when) : exists('pk') };
}

/** Refuses the whole commit if the item is there and the condition does not hold of it. */
export function checkIfThere<E extends EntityName>(entity: E, key: KeyOf<E>, when: Condition): Write {
  return { kind: 'check', key: keyOf(entity, key), when: { kind: 'any', of: [absent('pk'), when] } };
}

/** The index attributes to set when a change moves an item within its indexes. */
export const moved = indexKeysOf;

function itemOf<E extends EntityName>(
  entity: E,
  data: Values<E>,
  options: CreateOptions,
): Readonly<Record<string, unknown>> & TableKey {
  return {
    ...keyOf(entity, data),
    ...indexKeysOf(entity, data),
    type: entity,
    v: 1,
    ...data,
    ...(options.expiresAt === undefined ? {} : { expiresAt: options.expiresAt }),
  };
}
