import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTablesCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { call, clientConfig, documentClient, mainTable, setUp, TABLE } from './support.ts';

const Key = { pk: 'p', sk: '1' };

test('every type of value comes back as it was put', async () => {
  const client = documentClient(setUp().engine);
  const Item = {
    ...Key,
    text: '한글 😀',
    empty: '',
    number: -1.5,
    bytes: new Uint8Array([0, 1, 255]),
    yes: true,
    nothing: null,
    strings: new Set(['x', 'y']),
    numbers: new Set([1, 2.5]),
    list: [1, 'a', [], {}],
    map: { deep: { deeper: [1] } },
  };

  await client.send(new PutCommand({ TableName: TABLE, Item }));

  expect((await client.send(new GetCommand({ TableName: TABLE, Key }))).Item).toEqual(Item);
});

test('a put and a delete give back what they replaced, an update what was asked for', async () => {
  const client = documentClient(setUp().engine);
  const put = (n: number) =>
    new PutCommand({ TableName: TABLE, Item: { ...Key, n, m: { a: 1, b: 2 } }, ReturnValues: 'ALL_OLD' });
  const update = (ReturnValues: 'UPDATED_OLD' | 'UPDATED_NEW' | 'ALL_OLD' | 'ALL_NEW', UpdateExpression: string) =>
    new UpdateCommand({
      TableName: TABLE,
      Key,
      ReturnValues,
      UpdateExpression,
      ExpressionAttributeValues: { ':v': 5 },
    });

  expect((await client.send(put(1))).Attributes).toBeUndefined();
  expect((await client.send(put(2))).Attributes).toMatchObject({ n: 1 });
  expect((await client.send(update('UPDATED_OLD', 'SET n = :v, m.a = :v, z = :v'))).Attributes).toEqual({
    n: 2,
    m: { a: 1 },
  });
  expect((await client.send(update('UPDATED_NEW', 'SET m.c = :v REMOVE n'))).Attributes).toEqual({ m: { c: 5 } });
  expect((await client.send(update('ALL_OLD', 'SET n = :v'))).Attributes).not.toHaveProperty('n');
  expect((await client.send(update('ALL_NEW', 'ADD n :v'))).Attributes).toMatchObject({ n: 10 });
  const removed = await client.send(
    new UpdateCommand({ TableName: TABLE, Key, UpdateExpression: 'REMOVE n', ReturnValues: 'UPDATED_NEW' }),
  );
  expect(removed.Attributes).toBeUndefined();
  const deleted = await client.send(new DeleteCommand({ TableName: TABLE, Key, ReturnValues: 'ALL_OLD' }));
  expect(deleted.Attributes).toMatchObject({ z: 5 });
});

test('a failed condition shows the item when asked to', async () => {
  const client = documentClient(setUp().engine);
  await client.send(new PutCommand({ TableName: TABLE, Item: { ...Key, n: 1 } }));
  const parameters = { TableName: TABLE, Key, ConditionExpression: 'n > :n', ExpressionAttributeValues: { ':n': 5 } };

  const silent = client.send(new DeleteCommand(parameters));
  const telling = client.send(new DeleteCommand({ ...parameters, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));

  await expect(silent).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: undefined });
  await expect(telling).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: { n: { N: '1' } } });
});

test('a query pages in both directions, projects and filters', async () => {
  const client = documentClient(setUp().engine);
  for (const n of [1, 2, 3, 4, 5])
    await client.send(new PutCommand({ TableName: TABLE, Item: { pk: 'p', sk: `${n}`, n } }));
  const query = { TableName: TABLE, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': 'p' } };
  const numbers = (items: Record<string, unknown>[] | undefined) => items?.map(({ n }) => n);

  const first = await client.send(new QueryCommand({ ...query, Limit: 2, ScanIndexForward: false }));
  const { LastEvaluatedKey: ExclusiveStartKey } = first;
  const second = await client.send(new QueryCommand({ ...query, ScanIndexForward: false, ExclusiveStartKey }));
  const filtered = await client.send(
    new QueryCommand({
      ...query,
      FilterExpression: 'n > :n',
      ProjectionExpression: '#n',
      ExpressionAttributeNames: { '#n': 'n' },
      ExpressionAttributeValues: { ':p': 'p', ':n': 3 },
    }),
  );

  expect(numbers(first.Items)).toEqual([5, 4]);
  expect(first.LastEvaluatedKey).toEqual({ pk: 'p', sk: '4' });
  expect(numbers(second.Items)).toEqual([3, 2, 1]);
  expect(second.LastEvaluatedKey).toBeUndefined();
  expect(filtered).toMatchObject({ Items: [{ n: 4 }, { n: 5 }], Count: 2, ScannedCount: 5 });
});

test('a page ends after a megabyte', async () => {
  const client = documentClient(setUp().engine);
  const d = 'x'.repeat(300 * 1024);
  for (const sk of ['1', '2', '3', '4', '5'])
    await client.send(new PutCommand({ TableName: TABLE, Item: { pk: 'p', sk, d } }));

  const page = await client.send(new ScanCommand({ TableName: TABLE, Select: 'COUNT' }));

  expect(page).toMatchObject({ Count: 4, LastEvaluatedKey: { pk: 'p', sk: '4' } });
  expect(page.Items).toBeUndefined();
});

test('an index holds every item that has its keys, however many share them, in the order of its range key', async () => {
  const client = documentClient(setUp().engine);
  const heights = [10, -2.5, 9, 100, 0, -30];
  for (const [n, h] of heights.entries())
    await client.send(new PutCommand({ TableName: TABLE, Item: { pk: `${n}`, sk: 's', g: 'g', h } }));
  await client.send(new PutCommand({ TableName: TABLE, Item: { pk: 'without', sk: 's', g: 'g' } }));
  const PutRequest = (n: number) => ({ PutRequest: { Item: { pk: 'many', sk: `${n}`, k: 'same', note: 'n' } } });
  for (let at = 0; at < 200; at += 25) {
    const members = Array.from({ length: 25 }, (_, n) => PutRequest(at + n));
    await client.send(new BatchWriteCommand({ RequestItems: { [TABLE]: members } }));
  }
  const on = (IndexName: string, name: string, value: string, more: object = {}) =>
    client.send(
      new QueryCommand({
        TableName: TABLE,
        IndexName,
        KeyConditionExpression: `${name} = :v`,
        ExpressionAttributeValues: { ':v': value },
        ...more,
      }),
    );

  expect((await on('byGroup', 'g', 'g')).Items!.map(({ h }) => h)).toEqual([-30, -2.5, 0, 9, 10, 100]);
  const kinds = await on('byKind', 'k', 'same');
  expect(kinds.Count).toBe(200);
  expect(kinds.Items![0]).toEqual({ pk: 'many', sk: expect.any(String), k: 'same' });
  await expect(on('byKind', 'k', 'same', { ProjectionExpression: 'note' })).rejects.toThrow(
    /byKind does not project \[note\]/,
  );
  await expect(on('byKind', 'k', 'same', { ConsistentRead: true })).rejects.toThrow(
    /Consistent reads are not supported/,
  );
  await expect(on('byKind', 'k', 'same', { Select: 'ALL_ATTRIBUTES' })).rejects.toThrow(/projection type is not ALL/);
});

test('batches are limited to 25 writes of different items, and to 16 MB of answer', async () => {
  const client = documentClient(setUp().engine);
  const write = (count: number, sk: (n: number) => string, d = '') =>
    client.send(
      new BatchWriteCommand({
        RequestItems: {
          [TABLE]: Array.from({ length: count }, (_, n) => ({ PutRequest: { Item: { pk: 'p', sk: sk(n), d } } })),
        },
      }),
    );
  for (const part of ['a', 'b', 'c']) await write(15, (n) => `${part}${n}`, 'x'.repeat(390 * 1024));
  const Keys = ['a', 'b', 'c'].flatMap((part) =>
    Array.from({ length: 15 }, (_, n) => ({ pk: 'p', sk: `${part}${n}` })),
  );

  const got = await client.send(new BatchGetCommand({ RequestItems: { [TABLE]: { Keys } } }));

  expect(got.Responses![TABLE]).toHaveLength(42);
  expect(got.UnprocessedKeys![TABLE]!.Keys).toHaveLength(3);
  await expect(write(26, String)).rejects.toThrow();
  await expect(write(2, () => 'same')).rejects.toThrow(/contains duplicates/);
  const both = { PutRequest: { Item: { pk: 'p', sk: 's' } }, DeleteRequest: { Key: { pk: 'p', sk: 's' } } };
  const ambiguous = client.send(new BatchWriteCommand({ RequestItems: { [TABLE]: [both] } }));
  await expect(ambiguous).rejects.toThrow(/either a PutRequest or a DeleteRequest/);
});

test('tables are created, described, listed and deleted', async () => {
  const { engine } = setUp();
  const client = new DynamoDBClient(clientConfig(engine));
  const parameters = {
    TableName: 'Other',
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
  };
  const TableName = 'Other';

  await client.send(new CreateTableCommand(parameters));

  await waitUntilTableExists({ client, maxWaitTime: 30 }, { TableName });
  expect((await client.send(new DescribeTableCommand({ TableName }))).Table).toMatchObject({
    TableStatus: 'ACTIVE',
    TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/Other',
    ItemCount: 0,
  });
  expect((await client.send(new ListTablesCommand({ Limit: 1 }))).LastEvaluatedTableName).toBe(TABLE);
  expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([TABLE, 'Other']);
  await expect(client.send(new CreateTableCommand(parameters))).rejects.toMatchObject({
    name: 'ResourceInUseException',
  });
  const ttl = (Enabled: boolean) =>
    client.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled, AttributeName: 'until' } }),
    );
  await ttl(true);
  await expect(ttl(true)).rejects.toThrow(/already enabled/);
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'until' });
  await ttl(false);
  await client.send(new DeleteTableCommand({ TableName }));
  await expect(client.send(new DescribeTableCommand({ TableName }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('what the engine does not know is refused aloud', async () => {
  const { engine } = setUp();
  const Item = { pk: { S: 'p' }, sk: { S: 's' } };
  const refusals = [
    ['ExecuteStatement', { Statement: 'SELECT 1' }],
    ['constructor', {}],
    ['UpdateTable', { TableName: TABLE }],
    ['CreateTable', { ...mainTable, TableName: 'Local', LocalSecondaryIndexes: [] }],
    ['PutItem', { TableName: TABLE, Item, Expected: { pk: { Exists: false } } }],
    ['GetItem', { TableName: TABLE, Key: Item, AttributesToGet: ['pk'] }],
    ['BatchGetItem', { RequestItems: { [TABLE]: { Keys: [Item], AttributesToGet: ['pk'] } } }],
    ['PutItem', { TableName: TABLE, Item: JSON.parse('{"pk":{"S":"p"},"sk":{"S":"s"},"__proto__":{"S":"x"}}') }],
  ] as const;

  const answers = await Promise.all(refusals.map(([operation, body]) => call(engine, operation, body)));

  expect(answers.map(({ error }) => error)).toEqual([
    'UnknownOperationException',
    'UnknownOperationException',
    ...Array<string>(6).fill('ValidationException'),
  ]);
  for (const { body } of answers) expect(body.message).toMatch(/table engine/);
});

test('requests that are not JSON objects are refused, and after closing all are', async () => {
  const { engine } = setUp();
  const headers = { 'x-amz-target': 'DynamoDB_20120810.ListTables' };
  const send = (body: Uint8Array, method = 'POST') =>
    engine.handle({ method, path: '/', headers, body }, { name: 'me', allows: () => true });

  expect((await send(Buffer.from('{"a":'))).status).toBe(400);
  expect((await send(Buffer.from('[]'))).status).toBe(400);
  expect((await send(Buffer.from([0xff, 0xfe]))).status).toBe(400);
  expect((await send(Buffer.alloc(0), 'GET')).status).toBe(400);
  expect((await send(Buffer.alloc(16 * 1024 * 1024 + 1, 32))).status).toBe(413);
  engine.close();
  await expect(send(Buffer.from('{}'))).rejects.toThrow('the table engine is closed');
});
