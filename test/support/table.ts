/** Direct access to the table: reads stored items, and stores items for a test. */
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { piecesOf } from '../../shared/core/parallel.ts';
import type { EntityName } from '../../shared/data/registry.ts';
import { transactionOf } from '../../shared/data/transaction.ts';
import { create, type Values, type Write } from '../../shared/data/writes.ts';
import { everyItem, type RawItem } from './items.ts';
import type { Moim } from './moim.ts';

// biome-ignore lint/suspicious/noExplicitAny: items and answers are named by the test that reads them
type Json = any;

/** One call to the table engine as the laptop's owner. */
export async function askTable(moim: Moim, operation: string, body: object): Promise<Json> {
  const answer = await moim.table.handle(
    {
      method: 'POST',
      path: '/',
      headers: { 'x-amz-target': `DynamoDB_20120810.${operation}`, 'content-type': 'application/x-amz-json-1.0' },
      body: Buffer.from(JSON.stringify(body)),
    },
    moim.owner.caller,
  );
  const json = JSON.parse(Buffer.from(answer.body).toString());
  if (answer.status !== 200) throw new Error(`${operation}: ${JSON.stringify(json)}`);
  return json;
}

export const tableName = (moim: Moim): string =>
  moim.functions.find(({ id }) => id === 'groups-http')!.environment.TABLE_NAME!;

/** Stores an item of a kind, without any route. */
export function put<E extends EntityName>(moim: Moim, entity: E, values: Values<E>): Promise<void> {
  const { item } = create(entity, values) as Extract<Write, { kind: 'put' }>;
  return askTable(moim, 'PutItem', {
    TableName: tableName(moim),
    Item: marshall(item, { removeUndefinedValues: true }),
  });
}

/** Deletes an item that was read, without any route. */
export const take = (moim: Moim, { pk, sk }: { readonly pk: string; readonly sk: string }): Promise<void> =>
  askTable(moim, 'DeleteItem', { TableName: tableName(moim), Key: { pk: { S: pk }, sk: { S: sk } } });

/** Items in plain form, converted once for each item that did not change. */
const readable = new WeakMap<RawItem, Json>();
function read(raw: RawItem): Json {
  const known = readable.get(raw);
  if (known) return known;
  const item = unmarshall(raw as Json);
  readable.set(raw, item);
  return item;
}

/** An item without its keys. */
export const bare = (item: object): Json =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !/^(pk|sk|gsi.*|type|v)$/.test(name)));

/** All that the table's stream holds, in its order. */
export function streamOf(moim: Moim): DynamoDBRecord[] {
  const all: DynamoDBRecord[] = [];
  for (;;) {
    const next = moim.table.readStream(tableName(moim), all.at(-1)?.dynamodb?.SequenceNumber, 1000);
    if (next.length === 0) return all;
    all.push(...next);
  }
}

/** All stored items of a kind, by their keys. */
export async function itemsOf(moim: Moim, type: string, where: Record<string, unknown> = {}): Promise<Json[]> {
  const found: [string, Json][] = [];
  for (const [key, raw] of await everyItem(moim, tableName(moim))) {
    if (raw.type?.S !== type) continue;
    const item = read(raw);
    if (Object.entries(where).every(([name, value]) => item[name] === value)) found.push([key, item]);
  }
  return found.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

/** Stores many items of a kind. */
export async function putAll<E extends EntityName>(moim: Moim, entity: E, all: readonly Values<E>[]): Promise<void> {
  for (const some of piecesOf(25, all)) {
    const requests = some.map((values) => {
      const { item } = create(entity, values) as Extract<Write, { kind: 'put' }>;
      return { PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } };
    });
    await askTable(moim, 'BatchWriteItem', { RequestItems: { [tableName(moim)]: requests } });
  }
}

/** Commits writes directly at the engine, in DynamoDB's own form. Gives back false if they are refused. */
export async function committed(moim: Moim, writes: readonly Write[]): Promise<boolean> {
  const TransactItems = transactionOf(writes, tableName(moim))!.map((action) =>
    Object.fromEntries(
      Object.entries(action).map(([kind, input]) => [
        kind,
        Object.fromEntries(
          Object.entries(input as object).map(([name, value]) => [
            name,
            ['Item', 'Key', 'ExpressionAttributeValues'].includes(name) ? marshall(value) : value,
          ]),
        ),
      ]),
    ),
  );
  return askTable(moim, 'TransactWriteItems', { TransactItems }).then(
    () => true,
    (error: Error) => {
      if (!error.message.includes('ConditionalCheckFailed')) throw error;
      return false;
    },
  );
}
