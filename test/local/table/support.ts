/** What the tests of the table engine share: the SDK without a socket, raw requests, and a table to work on. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Caller, owner } from '../../../local/engines/engine.ts';
import { createTableEngine, type TableEngine } from '../../../local/engines/table/engine.ts';
import type { TableParameters } from '../../../local/engines/table/types.ts';
import { type MovableClock, movableClock } from '../../../local/runtime/clock.ts';

export const start = Date.parse('2026-03-02T09:00:00Z');
export const TABLE = 'Main';
export const tableArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Main';

const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });

/** A table with two indexes (one keeps whole items, one only keys), a stream and time to live. */
export const mainTable: TableParameters = {
  TableName: TABLE,
  AttributeDefinitions: [...['pk', 'sk', 'g', 'k'].map(string), { AttributeName: 'h', AttributeType: 'N' }],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byGroup',
      KeySchema: [
        { AttributeName: 'g', KeyType: 'HASH' },
        { AttributeName: 'h', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
    {
      IndexName: 'byKind',
      KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
};

/** The SDK's way to the engine, without a socket between them. */
export function inProcess(engine: TableEngine, caller: Caller = owner) {
  return {
    metadata: { handlerProtocol: 'in-process' },
    async handle(request: { method: string; path: string; headers: Record<string, string>; body?: unknown }) {
      const body = typeof request.body === 'string' ? Buffer.from(request.body) : (request.body as Uint8Array);
      const { status, headers, body: answer } = await engine.handle({ ...request, body }, caller);
      return { response: { statusCode: status, headers, body: answer } };
    },
    destroy() {},
  };
}

/** Settings of an SDK client that speaks to the engine, trying once. */
export function clientConfig(engine: TableEngine, caller?: Caller) {
  return {
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: inProcess(engine, caller) as never,
  };
}

export function documentClient(engine: TableEngine, caller?: Caller): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient(clientConfig(engine, caller)));
}

export interface Setup {
  engine: TableEngine;
  clock: MovableClock;
}

/** An engine with the main table, on a clock that stands still. */
export function setUp(options: { file?: string; clock?: MovableClock } = {}): Setup {
  const clock = options.clock ?? movableClock(start);
  const engine = createTableEngine({ ...options, clock });
  engine.createTable(mainTable);
  return { engine, clock };
}

interface RawAnswer {
  status: number;
  /** The error's name, without its namespace. */
  error: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: the shape depends on the operation
  body: any;
}

/** A request without an SDK: fast, and free to be wrong. */
export async function call(
  engine: TableEngine,
  operation: string,
  body: object,
  caller: Caller = owner,
): Promise<RawAnswer> {
  const api = /Stream|Shard|Records/.test(operation) ? 'DynamoDBStreams_20120810' : 'DynamoDB_20120810';
  const answer = await engine.handle(
    {
      method: 'POST',
      path: '/',
      headers: { 'x-amz-target': `${api}.${operation}` },
      body: Buffer.from(JSON.stringify(body)),
    },
    caller,
  );
  const parsed = JSON.parse(Buffer.from(answer.body).toString());
  return { status: answer.status, error: parsed.__type?.split('#')[1], body: parsed };
}
