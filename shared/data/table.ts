import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { callsOf } from './calls.ts';
import { committingOf } from './committing.ts';
import { type KeyOf, keyOf, type PartitionOf, type TableKey } from './keys.ts';
import type { Meaning, Outcome } from './meaning.ts';
import type { Meter } from './meter.ts';
import { readingOf } from './reading.ts';
import type { EntityName, EntityOf, ItemOf, PatternName } from './registry.ts';
import type { UpdateOf, Write } from './writes.ts';

/** An item to read: its key, and (as a type only) what it looks like. */
export interface Reference<T> {
  readonly key: TableKey;
  /** Never there at run time. */
  readonly shape?: T;
}
/** Names an item to read in one request with others (`Table.getAll`). */
export const ref = <E extends EntityName>(entity: E, key: KeyOf<E>): Reference<ItemOf<E>> => ({
  key: keyOf(entity, key),
});

/** What was read of references: each item under its name, undefined where there is none. */
export type Found<R extends Readonly<Record<string, Reference<unknown>>>> = {
  readonly [Name in keyof R]: R[Name] extends Reference<infer T> ? T | undefined : never;
};

export interface QueryOptions {
  /** Items a page holds at most. */
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** For who keeps the position in a cursor of their own: the sort key after which to go on. Not for an index. */
  readonly after?: string | undefined;
  /**
   * Only items whose first varying part of the sort key is between these two, both included (`rangeOf`). A text before all
   * others is ''.
   */
  readonly between?: readonly [from: string, to: string] | undefined;
  readonly newestFirst?: boolean;
  /** Sees every write that was answered before: for what must miss nothing. Not possible on an index. */
  readonly consistent?: boolean;
  /** Filters that are applied outside the key: they belong to what the cursor is bound to. */
  readonly binding?: string;
}

/** A page of a list; without `nextCursor` it is the last. */
export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** Something that must be stored in the same transaction as a use case's writes, e.g. its answer for repetitions. */
export interface Rider {
  write(answer: unknown): Write;
  /** Called when the rider itself was refused; throws. */
  refused(old: Readonly<Record<string, unknown>> | undefined, conflict: boolean): never;
}

/** A write to commit, or several; what is absent is not written. */
export type Part = Write | undefined | false | readonly Part[];

type PartOf<E extends EntityName> = (Write & { readonly entity: E }) | undefined | false | readonly PartOf<E>[];

/**
 * Says what it means when one of the writes is refused, unless that was said before.
 *
 * @param meaning a problem; `overtaken`: somebody else's change came between; `nothing`: there is nothing to do any
 * more; or how one of these follows from the item that stood in the way
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
  /** One item by its key, strongly consistent; undefined if there is none. TTL may be late: compare `expiresAt`. */
  get<E extends EntityName>(entity: E, key: KeyOf<E>): Promise<ItemOf<E> | undefined>;
  /** Up to 100 items in one request, each under the name it was asked for, strongly consistent. */
  getAll<R extends Readonly<Record<string, Reference<unknown>>>>(references: R): Promise<Found<R>>;
  /**
   * One page of a pattern, eventually consistent unless asked otherwise.
   * @throws Problem INVALID_CURSOR
   */
  query<P extends PatternName>(
    pattern: P,
    partition: PartitionOf<P>,
    options: QueryOptions,
  ): Promise<Page<ItemOf<EntityOf<P>>>>;
  /** One update alone; gives back the item as it is afterwards, or undefined if the condition refused it. */
  change<E extends EntityName>(write: UpdateOf<E>): Promise<ItemOf<E> | undefined>;
  /**
   * All writes or none: true when done. A refused write says itself what that means (`or`): of several, the first in
   * their order. Writes of one item are put together.
   *
   * @param answer what the use case is about to answer: kept with the writes for a repetition with the same
   * Idempotency-Key. Only POST routes have one.
   * @returns false where a refused write means that there is `nothing` to do
   * @throws Problem what a refused write means; TRY_AGAIN after four attempts that others' transactions cut across
   * @throws UnexpectedRefusal where nothing says what a refusal means
   */
  commit(writes: readonly Part[], answer?: unknown): Promise<boolean>;
}

/** A table whose every call is counted in `meter`. `rider` goes along with each commit that has an answer. */
export function tableOf(client: DynamoDBDocumentClient, tableName: string, meter: Meter, rider?: Rider): Table {
  const calls = callsOf(client, tableName, meter);
  return { ...readingOf(calls), ...committingOf(calls, rider) };
}
