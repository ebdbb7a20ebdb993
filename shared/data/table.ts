import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { callsOf } from './calls.ts';
import { committingOf } from './committing.ts';
import { type KeyOf, keyOf, type PartitionOf, type TableKey } from './keys.ts';
import type { AnyItem } from './kind.ts';
import type { Meaning, Outcome } from './meaning.ts';
import type { Meter } from './meter.ts';
import { readingOf } from './reading.ts';
import type { EntityName, EntityOf, ItemOf, PatternName } from './registry.ts';
import type { UpdateOf, Write } from './writes.ts';

/** An item to read: its key, and its type for the compiler. */
export interface Reference<T> {
  readonly key: TableKey;
  /** Exists only for the compiler, never at run time. */
  readonly shape?: T;
}
/**
 * Names an item to read in one request with others.
 *
 * @throws TypeError if a part of the key is missing or empty
 * @example await table.getAll({ group: ref('Group', { groupId }), invite: ref('Invite', { groupId }) })
 */
export const ref = <E extends EntityName>(entity: E, key: KeyOf<E>): Reference<ItemOf<E>> => ({
  key: keyOf(entity, key),
});

/** The result of `getAll`: each item under its name, undefined if there is none. */
export type Found<R extends Readonly<Record<string, Reference<unknown>>>> = {
  readonly [Name in keyof R]: R[Name] extends Reference<infer T> ? T | undefined : never;
};

export interface ReadOptions {
  /**
   * Half the units. May miss writes of the last moment: for names and other things that are only shown, never for what
   * decides something.
   */
  readonly eventual?: boolean;
  /** All items as they were at one instant, for twice the units: for items that are only right together. */
  readonly snapshot?: boolean;
}

export interface QueryOptions {
  /** The maximum number of items on a page. */
  readonly limit: number;
  readonly cursor?: string | undefined;
  /**
   * The sort key after which to continue, for callers that keep the position in a cursor of their own. Not for an
   * index.
   */
  readonly after?: string | undefined;
  /**
   * Only items whose first varying part of the sort key is between these two, both included (`rangeOf`). A text before all
   * others is ''.
   */
  readonly between?: readonly [from: string, to: string] | undefined;
  readonly newestFirst?: boolean;
  /** Sees every write that was answered before. For reads that must not miss anything. Not possible on an index. */
  readonly consistent?: boolean;
  /**
   * The use case reads items afterwards in any case, and the session is looked at along with those: a request less, but the
   * list is read before it is known that the session is alive. Nothing is answered or written until it is.
   */
  readonly ahead?: true;
  /** Filters that are applied after the query. The cursor is bound to them. */
  readonly binding?: string;
}

/** A page of a list. It is the last page if `nextCursor` is null. */
export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** A write that joins the transaction of a use case, such as the stored answer for repetitions. */
export interface Rider {
  write(answer: unknown): Write;
  /**
   * Called when the rider's own write was refused. Throws.
   *
   * @param conflict another transaction held the rider's item
   */
  refused(old: AnyItem | undefined, conflict: boolean): never;
}

/** A write to commit, or several. Absent ones are skipped. */
export type Part = Write | undefined | false | readonly Part[];

type PartOf<E extends EntityName> = (Write & { readonly entity: E }) | undefined | false | readonly PartOf<E>[];

/**
 * Gives writes a meaning: the outcome if one of them is refused. A write that already has a meaning keeps it.
 *
 * @param meaning a problem; `overtaken` if another request changed the item in between; `nothing` if there is nothing
 * left to do; or a function that derives one of these from the item that was found
 * @example
 * await table.commit([
 *   or('NOT_FOUND', check('Membership', { groupId, accountId }, is('state', 'ACTIVE'))),
 *   or((group) => (group?.deletedAt ? 'NOT_FOUND' : 'GROUP_FULL'), patch('Group', { groupId }, ...)),
 * ], answer);
 */
export function or<E extends EntityName>(
  meaning: Outcome | ((item: ItemOf<E> | undefined) => Outcome),
  ...parts: readonly PartOf<E>[]
): (Write & { readonly entity: E })[] {
  return parts.flatMap((part): (Write & { readonly entity: E })[] => {
    if (!part) return [];
    if (Array.isArray(part)) return or(meaning, ...(part as readonly PartOf<E>[]));
    const write = part as Write & { readonly entity: E };
    return [write.or === undefined ? { ...write, or: meaning as Meaning } : write];
  });
}

export interface Table {
  /**
   * One item by its key, strongly consistent; undefined if there is none. DynamoDB deletes expired items late: compare
   * `expiresAt`.
   *
   * @throws Problem TRY_AGAIN if the table throttles
   */
  get<E extends EntityName>(entity: E, key: KeyOf<E>): Promise<ItemOf<E> | undefined>;
  /**
   * Up to 100 items in one request, each under the name it was requested by, strongly consistent unless `eventual` is
   * set.
   *
   * @throws Problem TRY_AGAIN if the table throttles
   */
  getAll<R extends Readonly<Record<string, Reference<unknown>>>>(
    references: R,
    options?: ReadOptions,
  ): Promise<Found<R>>;
  /**
   * One page of an access pattern, eventually consistent unless `consistent` is set.
   *
   * @throws Problem INVALID_CURSOR
   * @example await table.query('membersOfGroup', { groupId }, { limit: 20, cursor })
   */
  query<P extends PatternName>(
    pattern: P,
    partition: PartitionOf<P>,
    options: QueryOptions,
  ): Promise<Page<ItemOf<EntityOf<P>>>>;
  /**
   * Sends one update outside a transaction. Gives back the item after the update, or undefined if the condition refused
   * it.
   */
  change<E extends EntityName>(write: UpdateOf<E>): Promise<ItemOf<E> | undefined>;
  /**
   * Commits all writes or none, and gives back true when done. Each write carries the meaning of its refusal (`or`). If
   * several are refused, the first in the order of the list counts. Writes of one item are merged.
   *
   * @param answer the answer that the use case is about to give: stored with the writes for a repetition with the same
   * Idempotency-Key. Only POST routes have one.
   * @returns false if a refused write means that there is `nothing` to do
   * @throws Problem the meaning of a refused write; TRY_AGAIN after four attempts that met transactions of other
   * requests
   * @throws UnexpectedRefusal if a refused write has no meaning
   * @throws TransactionTooLarge if the writes, merged, are more than DynamoDB takes
   */
  commit(writes: readonly Part[], answer?: unknown): Promise<boolean>;
}

/** A table whose calls are all counted in `meter`. `rider` joins each commit that has an answer. */
export function tableOf(
  client: DynamoDBDocumentClient,
  tableName: string,
  { useCase, meter, rider }: { readonly useCase: string; readonly meter: Meter; readonly rider?: Rider | undefined },
): Table {
  const calls = callsOf(client, tableName, meter, useCase);
  return { ...readingOf(calls), ...committingOf(calls, rider) };
}
