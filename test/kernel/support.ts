/** Shared by the kernel's tests: the product's table in the table engine, without a socket between. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { owner } from '../../local/engines/engine.ts';
import { createTableEngine } from '../../local/engines/table/engine.ts';
import { movableClock } from '../../local/runtime/clock.ts';
import { newMeter } from '../../shared/data/meter.ts';
import { type Rider, tableOf } from '../../shared/data/table.ts';
import { create } from '../../shared/data/writes.ts';

/** An account as far as a test needs it. */
export const account = (accountId: string, more: object = {}) => create('Account', { accountId, ...more } as never);

export const now = Date.parse('2026-11-21T09:00:00Z');
const tableName = 'moim';

const indexes = ['gsi1', 'gsi2'] as const;
const keySchema = (pk: string, sk: string) => [
  { AttributeName: pk, KeyType: 'HASH' as const },
  { AttributeName: sk, KeyType: 'RANGE' as const },
];

/** The SDK hands over text or bytes. */
const bytesOf = (body: unknown) => (typeof body === 'string' ? Buffer.from(body) : (body as Uint8Array));

/** DynamoDB's answer, before the SDK reads it. */
type WireAnswer = Record<string, unknown>;

/**
 * An engine with the product's table, and ways to it. `edit` changes what the engine answers. The SDK repeats calls
 * whose answer was lost, as in production.
 */
export function setUp(edit: (operation: string, answer: WireAnswer) => WireAnswer = (_, answer) => answer) {
  const engine = createTableEngine({ clock: movableClock(now) });
  engine.createTable({
    TableName: tableName,
    AttributeDefinitions: ['', ...indexes].flatMap((index) =>
      ['pk', 'sk'].map((part) => ({ AttributeName: `${index}${part}`, AttributeType: 'S' as const })),
    ),
    KeySchema: keySchema('pk', 'sk'),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index,
      KeySchema: keySchema(`${index}pk`, `${index}sk`),
      Projection: { ProjectionType: 'ALL' as const },
    })),
  });
  const operations: string[] = [];
  const requestHandler = {
    metadata: { handlerProtocol: 'in-process' },
    async handle(request: { method: string; path: string; headers: Record<string, string>; body: unknown }) {
      const operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
      operations.push(operation);
      const answer = await engine.handle({ ...request, body: bytesOf(request.body) }, owner);
      const body = Buffer.from(JSON.stringify(edit(operation, JSON.parse(Buffer.from(answer.body).toString()))));
      return {
        response: { statusCode: answer.status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body },
      };
    },
    destroy() {},
  };
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 3,
      requestHandler: requestHandler as never,
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  const meter = newMeter();
  /** A table as one invocation gets it. */
  const open = (rider?: Rider) => tableOf(client, tableName, { useCase: 'joinGroup', meter: newMeter(), rider });
  return {
    engine,
    faults: engine.faults,
    operations,
    meter,
    table: tableOf(client, tableName, { useCase: 'joinGroup', meter }),
    open,
  };
}
