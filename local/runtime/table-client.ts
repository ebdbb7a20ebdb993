/**
 * The document client of functions that run from source beside the table engine. The SDK's own takes as much time for a call as
 * engine and function together: middleware, bytes, signatures. This one hands the request over as it is.
 */

import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { convertToAttr, unmarshall } from '@aws-sdk/util-dynamodb';
import { isThrottled } from '../../shared/core/later.ts';
import type { Caller } from '../engines/engine.ts';
import type { TableEngine } from '../engines/table/engine.ts';
import { TableError } from '../engines/table/errors.ts';

type Json = Readonly<Record<string, unknown>>;
type Raw = Parameters<typeof unmarshall>[0];

/** Carries out one operation with a body in DynamoDB's own form. */
export type Call = (operation: string, body: Record<string, unknown>) => Promise<object>;

const operations: Readonly<Record<string, string>> = {
  GetCommand: 'GetItem',
  PutCommand: 'PutItem',
  UpdateCommand: 'UpdateItem',
  DeleteCommand: 'DeleteItem',
  QueryCommand: 'Query',
  BatchGetCommand: 'BatchGetItem',
  TransactGetCommand: 'TransactGetItems',
  TransactWriteCommand: 'TransactWriteItems',
};

const options = { removeUndefinedValues: true };

/** Attributes in DynamoDB's own form. */
function marshalled(item: Json): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const name in item) if (item[name] !== undefined) result[name] = convertToAttr(item[name], options);
  return result;
}

/** The form of each parameter that holds attributes; all others are sent as they are. */
const wiring: Readonly<Record<string, (value: never) => unknown>> = {
  Item: marshalled,
  Key: marshalled,
  ExclusiveStartKey: marshalled,
  ExpressionAttributeValues: marshalled,
  Keys: (keys: readonly Json[]) => keys.map(marshalled),
  RequestItems: (tables: Json) => eachOf(tables, wired),
  TransactItems: (actions: readonly Json[]) => actions.map((action) => eachOf(action, wired)),
};

const eachOf = (record: Json, change: (value: Json) => unknown) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value as Json)]));

/** A request in DynamoDB's own form. */
function wired(input: Json): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const name in input) {
    const value = input[name];
    if (value !== undefined) result[name] = wiring[name]?.(value as never) ?? value;
  }
  return result;
}

const plain = (item: unknown) => unmarshall(item as Raw);
const allPlain = (items: unknown) => (items as unknown[]).map(plain);
/** The form of each part of an answer that holds attributes. */
const unwiring: Readonly<Record<string, (value: never) => unknown>> = {
  Item: plain,
  Attributes: plain,
  LastEvaluatedKey: plain,
  Items: allPlain,
  // Of a transaction one for each key, else a list for each table.
  Responses: (found: Json | readonly object[]) =>
    Array.isArray(found) ? found.map(unwired) : eachOf(found as Json, allPlain),
  UnprocessedKeys: (tables: Json) =>
    eachOf(tables, (table) => (table.Keys ? { ...table, Keys: allPlain(table.Keys) } : table)),
};

function unwired(answer: object): object {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(answer))
    if (value !== undefined) result[name] = unwiring[name]?.(value as never) ?? value;
  return result;
}

/** An error as the SDK throws it. */
const errorOf = ({ type, message, detail, status }: TableError) =>
  Object.assign(new Error(message), structuredClone(detail), { name: type, $metadata: { httpStatusCode: status } });

/** The SDK tries a call three times where the connection breaks, the service fails, or asks for fewer requests. */
const attempts = 3;
const mayHelp = (error: unknown) =>
  error instanceof TableError
    ? error.status >= 500 || isThrottled(error)
    : (error as { code?: string }).code === 'ECONNRESET';

/** A document client over a call. It repeats calls as the SDK does, without its pauses. */
function documentClient(call: Call): DynamoDBDocumentClient {
  async function send({
    constructor: { name },
    input,
  }: {
    readonly constructor: { readonly name: string };
    readonly input: Json;
  }) {
    const operation = operations[name];
    if (!operation) throw new Error(`the local cloud does not know ${name}: add it to local/runtime/table-client.ts`);
    // The SDK gives every transaction a token, by which the table recognizes a repetition.
    const token = operation === 'TransactWriteItems' ? { ClientRequestToken: randomUUID() } : {};
    for (let attempt = 1; ; attempt++) {
      try {
        return unwired(await call(operation, { ...token, ...wired(input) }));
      } catch (error) {
        if (attempt === attempts || !mayHelp(error)) throw error instanceof TableError ? errorOf(error) : error;
        await nextTurn();
      }
    }
  }
  return { send } as unknown as DynamoDBDocumentClient;
}

/** The document client of a caller, over the engine in this process. */
export const directClient = (engine: TableEngine, caller: Caller): DynamoDBDocumentClient =>
  documentClient((operation, body) => engine.call(operation, body, caller));
