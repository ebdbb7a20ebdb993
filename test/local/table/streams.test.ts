import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { call, clientConfig, mainTable, setUp, start, TABLE, tableArn } from './support.ts';

const key = { pk: { S: 'p' }, sk: { S: 's' } };
const put = (more: object = {}) => ({ TableName: TABLE, Item: { ...key, ...more } });

test('a record tells what changed, in the shape Lambda receives; a write that changes nothing has none', async () => {
  const { engine } = setUp();
  const { streamArn } = engine.createTable(mainTable);

  await call(engine, 'PutItem', put({ v: { N: '1' } }));
  await call(engine, 'PutItem', put({ v: { N: '2' } }));
  await call(engine, 'PutItem', put({ v: { N: '2.0' } }));
  await call(engine, 'DeleteItem', { TableName: TABLE, Key: key });
  await call(engine, 'DeleteItem', { TableName: TABLE, Key: key });

  const records = engine.readStream(TABLE, undefined, 10);
  expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
  expect(records[1]).toEqual({
    eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
    eventName: 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    eventSourceARN: streamArn,
    dynamodb: {
      ApproximateCreationDateTime: start / 1000,
      Keys: key,
      OldImage: { ...key, v: { N: '1' } },
      NewImage: { ...key, v: { N: '2' } },
      SequenceNumber: '000000000000000000002',
      SizeBytes: 6 + 9 + 9,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  });
  expect(streamArn).toBe(`${tableArn}/stream/2026-03-02T09:00:00.000`);
  expect(records[2]!.dynamodb!.NewImage).toBeUndefined();
});

test('readers go on where they stopped, and cannot change what the table holds', async () => {
  const { engine } = setUp();
  for (const v of ['1', '2', '3']) await call(engine, 'PutItem', put({ v: { N: v } }));

  const [first] = engine.readStream(TABLE, undefined, 1);
  const rest = engine.readStream(TABLE, first!.dynamodb!.SequenceNumber, 10);
  rest[1]!.dynamodb!.NewImage!.v!.N = '99';

  expect(rest.map(({ dynamodb }) => dynamodb!.SequenceNumber)).toEqual(['2', '3'].map((n) => n.padStart(21, '0')));
  expect((await call(engine, 'GetItem', { TableName: TABLE, Key: key })).body.Item.v).toEqual({ N: '3' });
  expect(() => engine.readStream('Nowhere', undefined, 1)).toThrow('there is no table Nowhere');
});

test('the view type says which images a record has', async () => {
  const { engine } = setUp();
  const views = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE'] as const;

  for (const StreamViewType of views) {
    engine.createTable({ ...mainTable, TableName: StreamViewType, StreamSpecification: { StreamViewType } });
    for (const v of ['1', '2']) await call(engine, 'PutItem', { ...put({ v: { N: v } }), TableName: StreamViewType });
  }

  const images = views.map((view) => {
    const { OldImage, NewImage } = engine.readStream(view, undefined, 10)[1]!.dynamodb!;
    return [OldImage?.v?.N, NewImage?.v?.N];
  });
  expect(images).toEqual([
    [undefined, undefined],
    [undefined, '2'],
    ['1', undefined],
  ]);
});

test('subscribers hear of each turn that wrote to a stream, once, and of no other', async () => {
  const { engine } = setUp();
  const { StreamSpecification, ...silent } = mainTable;
  engine.createTable({ ...silent, TableName: 'Silent' });
  const heard: (readonly string[])[] = [];
  const unsubscribe = engine.subscribe((names) => heard.push(names));

  await Promise.all([call(engine, 'PutItem', put()), call(engine, 'PutItem', put({ v: { N: '2' } }))]);
  await call(engine, 'PutItem', { ...put(), TableName: 'Silent' });
  await call(engine, 'PutItem', { ...put({ pk: { N: 'wrong' } }) });
  unsubscribe();
  await call(engine, 'DeleteItem', { TableName: TABLE, Key: key });

  expect(heard).toEqual([[TABLE]]);
  expect(engine.readStream('Silent', undefined, 10)).toEqual([]);
});

test('the Streams API reads the same records', async () => {
  const { engine, clock } = setUp();
  const client = new DynamoDBStreamsClient(clientConfig(engine));
  for (const v of ['1', '2', '3']) await call(engine, 'PutItem', put({ v: { N: v } }));
  const { Streams } = await client.send(new ListStreamsCommand({ TableName: TABLE }));
  const { StreamArn } = Streams![0]!;
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  const { ShardId } = StreamDescription!.Shards![0]!;
  const iterator = async (
    ShardIteratorType: 'TRIM_HORIZON' | 'LATEST' | 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER',
    SequenceNumber?: string,
  ) =>
    (await client.send(new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType, SequenceNumber })))
      .ShardIterator;
  const read = (ShardIterator: string | undefined, Limit?: number) =>
    client.send(new GetRecordsCommand({ ShardIterator, Limit }));
  const values = (records: Awaited<ReturnType<typeof read>>) =>
    records.Records!.map(({ dynamodb }) => dynamodb!.NewImage!.v!.N);

  const first = await read(await iterator('TRIM_HORIZON'), 2);
  const latest = await iterator('LATEST');

  expect(values(first)).toEqual(['1', '2']);
  expect(values(await read(first.NextShardIterator))).toEqual(['3']);
  expect(values(await read(await iterator('AT_SEQUENCE_NUMBER', '2')))).toEqual(['2', '3']);
  expect(values(await read(await iterator('AFTER_SEQUENCE_NUMBER', '2')))).toEqual(['3']);
  expect(values(await read(latest))).toEqual([]);
  await expect(read('nonsense')).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(iterator('AT_SEQUENCE_NUMBER')).rejects.toMatchObject({ name: 'ValidationException' });
  await clock.advance(16 * 60_000);
  await expect(read(latest)).rejects.toMatchObject({ name: 'ExpiredIteratorException' });
});

test('records are kept for 24 hours', async () => {
  const { engine, clock } = setUp();
  await call(engine, 'PutItem', put({ v: { N: '1' } }));
  await clock.advance(23 * 3_600_000);
  await call(engine, 'PutItem', put({ v: { N: '2' } }));

  expect(engine.readStream(TABLE, undefined, 10)).toHaveLength(2);
  await clock.advance(3_600_001);
  expect(engine.readStream(TABLE, undefined, 10)).toHaveLength(1);
});

test('a stream switched off and on again is another one, and starts empty', async () => {
  const { engine, clock } = setUp();
  const { StreamSpecification, ...silent } = mainTable;
  await call(engine, 'PutItem', put({ v: { N: '1' } }));
  const before = engine.createTable(mainTable).streamArn;

  engine.createTable(silent);
  await call(engine, 'PutItem', put({ v: { N: '2' } }));
  const meanwhile = engine.readStream(TABLE, undefined, 10);
  await clock.advance(1000);
  const after = engine.createTable(mainTable).streamArn;
  await call(engine, 'PutItem', put({ v: { N: '3' } }));

  expect(meanwhile).toEqual([]);
  expect(after).not.toBe(before);
  expect(engine.readStream(TABLE, undefined, 10).map(({ eventSourceARN }) => eventSourceARN)).toEqual([after]);
});

test.each(['nonsense', 'null', '{}', '{"arn":5,"after":"x"}'])('an iterator that says %s is refused', async (text) => {
  const { engine } = setUp();
  const ShardIterator = Buffer.from(text).toString('base64');

  expect(await call(engine, 'GetRecords', { ShardIterator })).toMatchObject({
    status: 400,
    error: 'ValidationException',
  });
});
