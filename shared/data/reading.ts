import { BatchGetCommand, GetCommand, QueryCommand, TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import { hasName } from '../core/errors.ts';
import { fingerprint } from '../core/ids.ts';
import { Problem } from '../product/problems.ts';
import { type Calls, patiently } from './calls.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { Expression } from './expression.ts';
import { keyAttributes, keyOf, partitionOf, rangeOf } from './keys.ts';
import type { ReadOptions, Reference, Table } from './table.ts';
import { reasonsOf } from './transaction.ts';

type References = Readonly<Record<string, Reference<unknown>>>;

/** The reading half of a table. */
export function readingOf(calls: Calls): Pick<Table, 'get' | 'getAll' | 'query'> {
  return {
    async get(entity, key) {
      const { client, metered, counted, consumed } = calls;
      const { Item, ConsumedCapacity } = await counted(() =>
        client.send(new GetCommand({ ...metered, Key: keyOf(entity, key), ConsistentRead: true })),
      );
      consumed('readUnits', ConsumedCapacity);
      return Item as never;
    },
    getAll: (references, options) => getAll(calls, references, options) as never,
    query: queryOf(calls),
  };
}

const nameOf = ({ pk, sk }: Readonly<Record<string, unknown>>) => `${pk}\n${sk}`;

type Key = Record<string, string>;
type Items = Map<string, unknown>;

async function getAll(calls: Calls, references: References, { eventual = false, snapshot = false }: ReadOptions = {}) {
  // An item may be requested under two names, but DynamoDB accepts each key only once.
  const distinct = new Map(Object.values(references).map(({ key }) => [nameOf({ ...key }), key]));
  const keys: Key[] = [...distinct.values()].map((key) => ({ ...key }));
  const items = await (snapshot ? atOneInstant(calls, keys) : batch(calls, keys, eventual));
  return Object.fromEntries(Object.entries(references).map(([name, { key }]) => [name, items.get(nameOf({ ...key }))]));
}

async function batch({ client, tableName, counted, consumed }: Calls, all: Key[], eventual: boolean): Promise<Items> {
  let keys = all;
  const items: Items = new Map();
  await patiently(async () => {
    if (keys.length === 0) return { done: undefined };
    const RequestItems = { [tableName]: { Keys: keys, ConsistentRead: !eventual } };
    const page = await counted(() =>
      client.send(new BatchGetCommand({ ReturnConsumedCapacity: 'TOTAL', RequestItems })),
    );
    consumed('readUnits', page.ConsumedCapacity);
    for (const item of page.Responses?.[tableName] ?? []) items.set(nameOf(item), item);
    keys = (page.UnprocessedKeys?.[tableName]?.Keys ?? []) as Key[];
    return keys.length === 0 ? { done: undefined } : undefined;
  });
  return items;
}

/** A write that is being made to one of the items is waited for, as DynamoDB gives nothing meanwhile. */
async function atOneInstant({ client, tableName, counted, consumed }: Calls, keys: Key[]): Promise<Items> {
  const TransactItems = keys.map((Key) => ({ Get: { TableName: tableName, Key } }));
  const { Responses = [], ConsumedCapacity } = await patiently(async () => {
    try {
      const input = { ReturnConsumedCapacity: 'TOTAL' as const, TransactItems };
      return { done: await counted(() => client.send(new TransactGetCommand(input))) };
    } catch (error) {
      if (reasonsOf(error)) return undefined;
      throw error;
    }
  });
  consumed('readUnits', ConsumedCapacity);
  return new Map(keys.map((key, i) => [nameOf(key), Responses[i]?.Item]));
}

/** The condition on the sort key: between two keys, or beginning with a text; none for the whole partition. */
function withinPartition(expression: Expression, skName: string, keys: string | readonly [string, string]): string {
  if (keys === '') return '';
  const sk = expression.path(skName);
  if (typeof keys === 'string') return ` AND begins_with(${sk}, ${expression.value(keys)})`;
  return ` AND ${sk} BETWEEN ${expression.value(keys[0])} AND ${expression.value(keys[1])}`;
}

const queryOf =
  ({ client, metered, counted, consumed }: Calls): Table['query'] =>
  async (pattern, partition, options) => {
    const { index, pk, prefix } = partitionOf(pattern, partition);
    const { pk: pkName, sk: skName } = keyAttributes(index);
    const expression = new Expression();
    const inPartition = `${expression.path(pkName)} = ${expression.value(pk)}`;
    const range = options.between && rangeOf(pattern, options.between);
    if (range && range[0] > range[1]) return { items: [], nextCursor: null };
    const within = withinPartition(expression, skName, range ?? prefix);
    const direction = String(options.newestFirst ?? false);
    const binding = fingerprint(pattern, pk, direction, options.binding ?? '', ...(range ?? []));
    const after = options.after === undefined ? undefined : { sk: options.after };
    const position = options.cursor === undefined ? after : decodeCursor(index, binding, options.cursor);
    const start = position && { [pkName]: pk, ...position };
    const page = await counted(() =>
      client.send(
        new QueryCommand({
          ...metered,
          ...(index === 'table' ? {} : { IndexName: index }),
          KeyConditionExpression: inPartition + within,
          ...expression.attributes(),
          ScanIndexForward: !options.newestFirst,
          Limit: options.limit,
          ...(options.consistent ? { ConsistentRead: true } : {}),
          ...(start ? { ExclusiveStartKey: start } : {}),
        }),
      ),
    ).catch((error: unknown) => {
      // The position passed our check, but DynamoDB does not accept it.
      if (start && hasName(error, 'ValidationException')) throw new Problem('INVALID_CURSOR');
      throw error;
    });
    consumed('readUnits', page.ConsumedCapacity);
    const last = page.LastEvaluatedKey as Record<string, string> | undefined;
    return { items: (page.Items ?? []) as never, nextCursor: last ? encodeCursor(index, binding, last) : null };
  };
