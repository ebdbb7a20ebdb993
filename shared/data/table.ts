import { setTimeout as pause } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { fingerprint, newSecret } from '../core/ids.ts';
import { Problem } from '../product/problems.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { Expression } from './expression.ts';
import { type KeyOf, keyOf, type PartitionOf, partitionOf, type TableKey } from './keys.ts';
import { type Meter, roundTripCounter } from './meter.ts';
import type { EntityName, PatternName } from './registry.ts';
import { commandOf, type Reason, type Refusal, reasonsOf, refusalOf, transactionOf } from './transaction.ts';
import type { Update, Write } from './writes.ts';

/** An item to read: its key, and (as a type only) what it looks like. */
export interface Reference<T> {
  readonly key: TableKey;
  /** Never there at run time. */
  readonly shape?: T;
}
/** Names an item to read in one request with others (`Table.getAll`). */
export const ref = <T>(entity: EntityName, key: Readonly<Record<string, string>>): Reference<T> => ({
  key: keyOf(entity, key as KeyOf<EntityName>),
});

type Found<R extends Readonly<Record<string, Reference<unknown>>>> = {
  readonly [Name in keyof R]: R[Name] extends Reference<infer T> ? T | undefined : never;
};

export interface QueryOptions {
  /** Items a page holds at most. */
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** For who keeps the position in a cursor of their own: the sort key after which to go on. Not for an index. */
  readonly after?: string | undefined;
  readonly newestFirst?: boolean;
  /** Sees every write that was answered before: for what must miss nothing. Not possible on an index. */
  readonly consistent?: boolean;
  /** Filters that are applied outside the key: they belong to what the cursor is bound to. */
  readonly binding?: string;
}

/** Something that must be stored in the same transaction as a use case's writes, e.g. its answer for repetitions. */
export interface Rider {
  write(answer: unknown): Write;
  /** Called when the rider itself was refused; throws. */
  refused(old: Readonly<Record<string, unknown>> | undefined, conflict: boolean): never;
}

export interface Table {
  /** One item by its key, strongly consistent; undefined if there is none. TTL may be late: compare `expiresAt`. */
  get<T>(entity: EntityName, key: Readonly<Record<string, string>>): Promise<T | undefined>;
  /** Up to 100 items in one request, each under the name it was asked for, strongly consistent. */
  getAll<R extends Readonly<Record<string, Reference<unknown>>>>(references: R): Promise<Found<R>>;
  /**
   * One page of a pattern, eventually consistent unless asked otherwise.
   * @throws Problem INVALID_CURSOR
   */
  query<T, P extends PatternName>(
    pattern: P,
    partition: PartitionOf<P>,
    options: QueryOptions,
  ): Promise<{ items: T[]; nextCursor: string | null }>;
  /** One update alone; gives back the item as it is afterwards, or undefined if the condition refused it. */
  change<T>(write: Update): Promise<T | undefined>;
  /**
   * All writes or none. Gives back undefined when done, or which of the named writes were refused, each with the item
   * that stood in the way.
   *
   * @param answer what the use case is about to answer: kept with the writes for a repetition with the same
   * Idempotency-Key. Only POST routes have one.
   * @throws Problem TRY_AGAIN after four attempts that others' transactions cut across
   */
  commit<Name extends string>(
    writes: Readonly<Record<Name, Write | undefined>>,
    answer?: unknown,
  ): Promise<Refusal<Name> | undefined>;
}

const attempts = 4;
/** Milliseconds before the n-th repetition, with jitter so that those who collided do not collide again. */
const backoff = (attempt: number) => 20 * 2 ** attempt * (0.5 + Math.random());

const tryAgain = (): never => {
  throw new Problem('TRY_AGAIN', { retryAfter: 1 });
};

/** Repeats what others got in the way of (`attempt` gives nothing), four times in all, with growing pauses. */
async function patiently<T>(
  attempt: () => Promise<{ readonly done: T } | undefined>,
  giveUp: () => never = tryAgain,
): Promise<T> {
  for (let n = 1; ; n++) {
    const result = await attempt();
    if (result) return result.done;
    if (n === attempts) return giveUp();
    await pause(backoff(n));
  }
}

/** The SDK has repeated a throttled call three times already: what it throws then is for the client to repeat. */
const throttled = new Set(['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded']);

/** An addition that the SDK repeats after a lost answer would count twice; a transaction's token prevents that. */
const mayGoAlone = (write: Write) => write.kind !== 'check' && !(write.kind === 'update' && write.changes.add);

/** A table whose every call is counted in `meter`. `rider` goes along with each commit that has an answer. */
export function tableOf(client: DynamoDBDocumentClient, tableName: string, meter: Meter, rider?: Rider): Table {
  const count = roundTripCounter(meter);
  const counted = <Output>(send: () => Promise<Output>): Promise<Output> =>
    count(send).catch((error: unknown) => {
      if (error instanceof Error && throttled.has(error.name)) return tryAgain();
      throw error;
    });
  const consumed = (kind: 'readUnits' | 'writeUnits', capacity: unknown) => {
    for (const each of [capacity].flat() as ({ CapacityUnits?: number } | undefined)[])
      meter[kind] += each?.CapacityUnits ?? 0;
  };
  const metered = { TableName: tableName, ReturnConsumedCapacity: 'TOTAL' as const };

  /** A single write that meets somebody's transaction on its item has only to wait for it. */
  const alone = <Output>(send: () => Promise<Output>): Promise<Output> =>
    patiently(async () => {
      try {
        return { done: await counted(send) };
      } catch (error) {
        if (error instanceof Error && error.name === 'TransactionConflictException') return undefined;
        throw error;
      }
    });

  /** One write without a transaction: done or refused, with the item that then stands there as far as it is told. */
  async function writeOne(write: Write, tell: { readonly ReturnValues?: 'ALL_NEW' } = {}) {
    // A lost answer makes the SDK repeat the write, which then finds its own item in the way: the mark tells them apart.
    const mark = newSecret().slice(0, 12);
    const command = commandOf(write, tableName, mark);
    try {
      const { Attributes, ConsumedCapacity } = await alone(() =>
        command.kind === 'put'
          ? client.send(new PutCommand({ ...metered, ...command.input }))
          : command.kind === 'update'
            ? client.send(new UpdateCommand({ ...metered, ...command.input, ...tell }))
            : client.send(new DeleteCommand({ ...metered, ...command.input })),
      );
      consumed('writeUnits', ConsumedCapacity);
      return { done: true, item: Attributes };
    } catch (error) {
      const refused = refusalOf(error);
      if (!refused) throw error;
      return { done: refused.item?.mark === mark, item: refused.item };
    }
  }

  async function writeAll(writes: readonly Write[]): Promise<Reason[] | undefined> {
    try {
      const input = { ReturnConsumedCapacity: 'TOTAL' as const, TransactItems: transactionOf(writes, tableName) };
      const { ConsumedCapacity } = await counted(() => client.send(new TransactWriteCommand(input)));
      consumed('writeUnits', ConsumedCapacity);
      return undefined;
    } catch (error) {
      const reasons = reasonsOf(error);
      if (!reasons) throw error;
      return reasons;
    }
  }

  const table: Table = {
    async get<T>(entity: EntityName, key: Readonly<Record<string, string>>) {
      const { Item, ConsumedCapacity } = await counted(() =>
        client.send(new GetCommand({ ...metered, Key: ref(entity, key).key, ConsistentRead: true })),
      );
      consumed('readUnits', ConsumedCapacity);
      return Item as T | undefined;
    },

    async getAll<R extends Readonly<Record<string, Reference<unknown>>>>(references: R) {
      // An item may be asked for under two names; DynamoDB takes each key once.
      const distinct = new Map(Object.values(references).map(({ key }) => [`${key.pk}\n${key.sk}`, key]));
      let keys: Record<string, string>[] = [...distinct.values()].map((key) => ({ ...key }));
      const items = new Map<string, unknown>();
      const readRest = async () => {
        if (keys.length === 0) return { done: items };
        const RequestItems = { [tableName]: { Keys: keys, ConsistentRead: true } };
        const page = await counted(() =>
          client.send(new BatchGetCommand({ ReturnConsumedCapacity: 'TOTAL', RequestItems })),
        );
        consumed('readUnits', page.ConsumedCapacity);
        for (const item of page.Responses?.[tableName] ?? []) items.set(`${item.pk}\n${item.sk}`, item);
        keys = (page.UnprocessedKeys?.[tableName]?.Keys ?? []) as Record<string, string>[];
        return keys.length === 0 ? { done: items } : undefined;
      };
      await patiently(readRest);
      return Object.fromEntries(
        Object.entries(references).map(([name, { key }]) => [name, items.get(`${key.pk}\n${key.sk}`)]),
      ) as Found<R>;
    },

    async query<T, P extends PatternName>(pattern: P, partition: PartitionOf<P>, options: QueryOptions) {
      const { index, pk, prefix } = partitionOf(pattern, partition);
      const [pkName, skName] = index === 'table' ? ['pk', 'sk'] : [`${index}pk`, `${index}sk`];
      const expression = new Expression();
      const inPartition = `${expression.path(pkName)} = ${expression.value(pk)}`;
      const begins = prefix ? ` AND begins_with(${expression.path(skName)}, ${expression.value(prefix)})` : '';
      const binding = fingerprint(pattern, pk, String(options.newestFirst ?? false), options.binding ?? '');
      const after = options.after === undefined ? undefined : { sk: options.after };
      const position = options.cursor === undefined ? after : decodeCursor(index, binding, options.cursor);
      const start = position && { [pkName]: pk, ...position };
      const page = await counted(() =>
        client.send(
          new QueryCommand({
            ...metered,
            ...(index === 'table' ? {} : { IndexName: index }),
            KeyConditionExpression: inPartition + begins,
            ...expression.attributes(),
            ScanIndexForward: !options.newestFirst,
            Limit: options.limit,
            ...(options.consistent ? { ConsistentRead: true } : {}),
            ...(start ? { ExclusiveStartKey: start } : {}),
          }),
        ),
      ).catch((error: unknown) => {
        // A position that the check let through but DynamoDB does not know.
        if (start && error instanceof Error && error.name === 'ValidationException')
          throw new Problem('INVALID_CURSOR');
        throw error;
      });
      consumed('readUnits', page.ConsumedCapacity);
      const last = page.LastEvaluatedKey as Record<string, string> | undefined;
      return { items: (page.Items ?? []) as T[], nextCursor: last ? encodeCursor(index, binding, last) : null };
    },

    async change<T>(write: Update) {
      const { done, item } = await writeOne(write, { ReturnValues: 'ALL_NEW' });
      return done ? (item as T) : undefined;
    },

    async commit<Name extends string>(writes: Readonly<Record<Name, Write | undefined>>, answer?: unknown) {
      const named = (Object.entries(writes) as [Name, Write | undefined][]).flatMap(([name, write]) =>
        write ? [{ name, write }] : [],
      );
      const riding = rider && answer !== undefined ? rider : undefined;
      if (named.length === 1 && !riding && mayGoAlone(named[0]!.write)) {
        const { done, item } = await writeOne(named[0]!.write);
        return done ? undefined : ({ [named[0]!.name]: { item } } as Refusal<Name>);
      }
      const all = [...named.map(({ write }) => write), ...(riding ? [riding.write(answer)] : [])];
      if (all.length === 0) return undefined;
      let ridersReason: Reason | undefined;
      return patiently<Refusal<Name> | undefined>(
        async () => {
          const reasons = await writeAll(all);
          if (!reasons) return { done: undefined };
          // The rider comes first: a repetition finds its own work in the way of every other write.
          ridersReason = riding && reasons.at(-1);
          if (riding && ridersReason?.refused) return riding.refused(ridersReason.item, false);
          const refused = named.flatMap(({ name }, i) =>
            reasons[i]!.refused ? [[name, { item: reasons[i]!.item }]] : [],
          );
          return refused.length > 0 ? { done: Object.fromEntries(refused) as Refusal<Name> } : undefined;
        },
        () => (riding && ridersReason?.conflict ? riding.refused(undefined, true) : tryAgain()),
      );
    },
  };
  return table;
}
