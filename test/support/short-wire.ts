/**
 * A way from the data layer to the table engine without the SDK between, whose middleware takes more time than the engine: for
 * simulations of many thousand calls. It can lose and break calls as a network and dying functions do.
 */

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { convertToAttr, marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { owner } from '../../local/engines/engine.ts';
import type { createTableEngine } from '../../local/engines/table/engine.ts';

type Json = Record<string, unknown>;
type Raw = Parameters<typeof unmarshall>[0];

/** What happens to a call. `lost`: it is done, and its answer does not come. `repeated`: the same, and the SDK repeats it. */
export type Fate = 'arrives' | 'lost' | 'unsent' | 'repeated';

/** A call whose outcome its sender does not know. */
export class Lost extends Error {}

const options = { removeUndefinedValues: true };
const maps = new Set(['Item', 'Key', 'ExclusiveStartKey']);

/** A request in DynamoDB's own form. */
function wired(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wired);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([name, each]) => {
        if (maps.has(name)) return [name, marshall(each, options)];
        if (name === 'Keys') return [name, (each as Json[]).map((key) => marshall(key, options))];
        if (name !== 'ExpressionAttributeValues') return [name, wired(each)];
        const values = Object.entries(each as Json).map(([key, one]) => [key, convertToAttr(one, options)]);
        return [name, Object.fromEntries(values)];
      }),
  );
}

/** A document client that calls the engine. `fate` decides what becomes of each call. */
export function shortWire(
  engine: ReturnType<typeof createTableEngine>,
  fate: () => Fate = () => 'arrives',
): DynamoDBDocumentClient {
  async function call(operation: string, body: Buffer): Promise<Json> {
    const headers = { 'x-amz-target': `DynamoDB_20120810.${operation}`, 'content-type': 'application/x-amz-json-1.0' };
    const answer = await engine.handle({ method: 'POST', path: '/', headers, body }, owner);
    const json = JSON.parse(Buffer.from(answer.body).toString()) as Json;
    if (answer.status === 200) return json;
    const name = String(json.__type).split('#').at(-1)!;
    throw Object.assign(new Error(String(json.message ?? json.Message)), { ...json, name });
  }
  const send = async (command: { readonly constructor: { readonly name: string }; readonly input: Json }) => {
    const operation = operations[command.constructor.name]!;
    const body = Buffer.from(JSON.stringify(wired(command.input)));
    const happens = fate();
    if (happens === 'unsent') throw new Lost();
    if (happens === 'repeated') await call(operation, body).catch(() => {});
    const json = await call(operation, body);
    if (happens === 'lost') throw new Lost();
    const plain = (item: unknown) => (item ? unmarshall(item as Raw) : undefined);
    return {
      ...json,
      ...(json.Item ? { Item: plain(json.Item) } : {}),
      ...(json.Attributes ? { Attributes: plain(json.Attributes) } : {}),
      ...(json.Items ? { Items: (json.Items as Raw[]).map((item) => unmarshall(item)) } : {}),
      ...(Array.isArray(json.Responses)
        ? { Responses: (json.Responses as Json[]).map(({ Item }) => ({ Item: plain(Item) })) }
        : json.Responses
          ? { Responses: plainly(json.Responses as Record<string, Raw[]>) }
          : {}),
      ...(json.LastEvaluatedKey ? { LastEvaluatedKey: plain(json.LastEvaluatedKey) } : {}),
    };
  };
  return { send } as unknown as DynamoDBDocumentClient;
}

/** The items of a batch, by table. */
const plainly = (responses: Readonly<Record<string, Raw[]>>) =>
  Object.fromEntries(Object.entries(responses).map(([table, items]) => [table, items.map((item) => unmarshall(item))]));

const operations: Readonly<Record<string, string>> = {
  GetCommand: 'GetItem',
  PutCommand: 'PutItem',
  UpdateCommand: 'UpdateItem',
  DeleteCommand: 'DeleteItem',
  QueryCommand: 'Query',
  TransactWriteCommand: 'TransactWriteItems',
  BatchGetCommand: 'BatchGetItem',
  TransactGetCommand: 'TransactGetItems',
};
