import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { fits } from '../../../local/runtime/filter.ts';
import { inTime } from '../../../shared/adapters/aws.ts';
import {
  arnOf,
  closeClouds,
  cloudOf,
  lambda,
  queue,
  type Resources,
  start,
  stop,
  type TestCloud,
  table,
} from './support.ts';

afterEach(closeClouds);

const readStream = {
  Effect: 'Allow',
  Action: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream', 'dynamodb:ListStreams'],
  Resource: { 'Fn::GetAtt': ['Items', 'StreamArn'] },
};
const keepFailures = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arnOf('Failed') };

const source = (id: string, target: string, more: object = {}): Resources => ({
  [id]: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: arnOf(target),
      EventSourceArn: { 'Fn::GetAtt': ['Items', 'StreamArn'] },
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 3,
      MaximumRecordAgeInSeconds: 3600,
      DestinationConfig: { OnFailure: { Destination: arnOf('Failed') } },
      ...more,
    },
  },
});
const consumer = (more: object = {}): Resources => ({
  ...table,
  ...queue('Failed'),
  ...lambda('Consumer', [readStream, keepFailures]),
  ...source('Source', 'Consumer', more),
});

async function write(cloud: TestCloud, ...names: string[]): Promise<void> {
  const { now } = cloud.clock;
  const config = { region: 'us-east-1', endpoint: cloud.awsUrl, credentials: cloud.owner };
  const client = inTime(new DynamoDBClient(config), { environment: {}, now, write: () => {} });
  for (const name of names) {
    const [type = '', text = ''] = name.split('-');
    const Item = { pk: { S: name }, sk: { S: '1' }, type: { S: type }, number: { N: text || '0' } };
    await client.send(new PutItemCommand({ TableName: 'Items', Item }));
  }
  client.destroy();
}

const nameOf = (record: DynamoDBRecord) => record.dynamodb?.Keys?.pk?.S ?? '';
const failing = (records: DynamoDBRecord[], ...bad: string[]) => {
  const first = records.find((record) => bad.includes(nameOf(record)));
  return { batchItemFailures: first ? [{ itemIdentifier: first.dynamodb?.SequenceNumber }] : [] };
};

test('every change is delivered once, in order, in batches no larger than asked', async () => {
  const batches: string[][] = [];
  const Consumer = ({ Records }: DynamoDBStreamEvent) => void batches.push(Records.map(nameOf));
  const cloud = await cloudOf(consumer({ BatchSize: 3 }), { Consumer });
  const names = Array.from({ length: 20 }, (_, i) => `Thing-${i}`);

  await write(cloud, ...names);
  await cloud.settle();

  expect(batches.flat()).toEqual(names);
  expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(3);
});

test('only what fits a filter is delivered', async () => {
  const seen: string[] = [];
  const Consumer = ({ Records }: DynamoDBStreamEvent) => void seen.push(...Records.map(nameOf));
  const Pattern = JSON.stringify({ eventName: ['INSERT'], dynamodb: { NewImage: { type: { S: ['Mail'] } } } });
  const cloud = await cloudOf(consumer({ FilterCriteria: { Filters: [{ Pattern }] } }), { Consumer });

  await write(cloud, 'Mail-1', 'Other-1', 'Mail-2', 'Mail-1');
  await cloud.settle();

  expect(seen).toEqual(['Mail-1', 'Mail-2']);
});

test('after a partial failure only the failed record and what follows come again', async () => {
  const seen: string[] = [];
  const Consumer = ({ Records }: DynamoDBStreamEvent) => {
    const failedBefore = seen.includes('Thing-2');
    const names = Records.map(nameOf);
    const end = failedBefore || !names.includes('Thing-2') ? names.length : names.indexOf('Thing-2') + 1;
    seen.push(...names.slice(0, end));
    return failedBefore ? { batchItemFailures: [] } : failing(Records, 'Thing-2');
  };
  const cloud = await cloudOf(consumer({ BatchSize: 10 }), { Consumer });

  await write(cloud, 'Thing-0', 'Thing-1', 'Thing-2', 'Thing-3');
  await cloud.settle();

  expect(seen).toEqual(['Thing-0', 'Thing-1', 'Thing-2', 'Thing-2', 'Thing-3']);
  expect(cloud.queues.messages('Failed')).toEqual([]);
});

test('progress starts the count of tries anew', async () => {
  const seen: string[] = [];
  const failed = new Set<string>();
  let open = () => {};
  const written = new Promise<void>((resolve) => {
    open = resolve;
  });
  const Consumer = async ({ Records }: DynamoDBStreamEvent) => {
    await written;
    // Each fails the first time that others stand before it, and the last once more where it is alone.
    const bad = Records.find((record, i) => {
      const attempt = `${nameOf(record)} ${i > 0 ? 'behind' : 'alone'}`;
      if (failed.has(attempt) || !(i > 0 || attempt.startsWith('Thing-3'))) return false;
      failed.add(attempt);
      return true;
    });
    seen.push(...Records.slice(0, bad ? Records.indexOf(bad) : undefined).map(nameOf));
    return { batchItemFailures: bad ? [{ itemIdentifier: bad.dynamodb?.SequenceNumber }] : [] };
  };
  const cloud = await cloudOf(consumer({ BatchSize: 10, MaximumRetryAttempts: 1 }), { Consumer });

  await write(cloud, 'Thing-0', 'Thing-1', 'Thing-2', 'Thing-3');
  open();
  await cloud.settle();

  expect(seen).toEqual(['Thing-0', 'Thing-1', 'Thing-2', 'Thing-3']);
  expect(cloud.queues.messages('Failed')).toEqual([]);
});

test('a poison record is cut out of its batch, goes to the queue, and the rest flow', async () => {
  const handled: string[] = [];
  const Consumer = ({ Records }: DynamoDBStreamEvent) => {
    if (Records.some((record) => nameOf(record) === 'Thing-3')) throw new Error('poison');
    handled.push(...Records.map(nameOf));
  };
  const cloud = await cloudOf(consumer({ BatchSize: 8, FunctionResponseTypes: [] }), { Consumer });
  const names = Array.from({ length: 8 }, (_, i) => `Thing-${i}`);

  await write(cloud, ...names);
  await cloud.settle();

  expect(handled).toEqual(names.filter((name) => name !== 'Thing-3'));
  const [message, ...others] = cloud.queues.messages('Failed') as { DDBStreamBatchInfo: Record<string, unknown> }[];
  expect(others).toEqual([]);
  expect(message).toMatchObject({
    version: '1.0',
    requestContext: { condition: 'RetryAttemptsExhausted' },
    DDBStreamBatchInfo: { batchSize: 1, streamArn: expect.stringContaining(':table/Items/stream/') },
  });
  expect(message!.DDBStreamBatchInfo.startSequenceNumber).toBe(message!.DDBStreamBatchInfo.endSequenceNumber);
});

test('a record is tried as often as the template says', async () => {
  let tries = 0;
  const Consumer = () => {
    tries++;
    throw new Error('never');
  };
  const cloud = await cloudOf(consumer({ MaximumRetryAttempts: 3 }), { Consumer });

  await write(cloud, 'Thing-1');
  await cloud.settle();

  expect(tries).toBe(4);
  expect(cloud.queues.messages('Failed')).toHaveLength(1);
});

test('halving a batch does not use up the retries of what is left', async () => {
  const tries = new Map<number, number>();
  const Consumer = ({ Records }: DynamoDBStreamEvent) => {
    if (!Records.some((record) => nameOf(record) === 'Thing-0')) return;
    tries.set(Records.length, (tries.get(Records.length) ?? 0) + 1);
    throw new Error('poison');
  };
  const resources = consumer({ BatchSize: 4, MaximumRetryAttempts: 2, FunctionResponseTypes: [] });
  const { Source, ...others } = resources;
  const dataFolder = mkdtempSync(join(tmpdir(), 'moim-data-'));
  // Written before there is a source, so that the batch is full.
  const before = await cloudOf(others, { Consumer }, { dataFolder });
  await write(before, 'Thing-0', 'Thing-1', 'Thing-2', 'Thing-3');
  await stop(before);

  const cloud = await cloudOf({ ...others, Source: Source! }, { Consumer }, { dataFolder });
  await cloud.settle();

  expect([...tries]).toEqual([
    [4, 1],
    [2, 1],
    [1, 3],
  ]);
});

test('a record that is too old when it fails is given up, and its message says so', async () => {
  const Consumer = () => {
    throw new Error('never');
  };
  const resources = consumer({ MaximumRecordAgeInSeconds: 60, MaximumRetryAttempts: -1 });
  const { Source, ...others } = resources;
  const dataFolder = mkdtempSync(join(tmpdir(), 'moim-data-'));
  const before = await cloudOf(others, { Consumer }, { dataFolder });
  await write(before, 'Thing-0');
  await stop(before);

  const cloud = await cloudOf({ ...others, Source: Source! }, { Consumer }, { dataFolder, now: start + 61_000 });
  await cloud.settle();

  expect(cloud.queues.messages('Failed')).toMatchObject([{ requestContext: { condition: 'RecordAgeExceeded' } }]);
});

test('without a limit a record is tried until it is handled', async () => {
  let tries = 0;
  const Consumer = () => {
    if (++tries < 50) throw new Error('not yet');
  };
  const resources = consumer({ MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: -1 });
  const cloud = await cloudOf(resources, { Consumer });

  await write(cloud, 'Thing-1');
  await cloud.settle();

  expect(tries).toBe(50);
  expect(cloud.queues.messages('Failed')).toEqual([]);
});

test('a retry waits on the clock for as long as it is told', async () => {
  const times: number[] = [];
  let failed = () => {};
  const firstFailure = new Promise<void>((resolve) => {
    failed = resolve;
  });
  const cloud = await cloudOf(
    consumer(),
    {
      Consumer: () => {
        times.push(cloud.clock.now() - start);
        failed();
        if (times.length < 3) throw new Error('not yet');
      },
    },
    { retryDelay: (retry) => retry * 1000 },
  );

  await write(cloud, 'Thing-1');
  await firstFailure;
  // Each wait begins a turn after its failure: the clock moves in steps until the last try.
  while (times.length < 3) {
    await new Promise(setImmediate);
    await cloud.clock.advance(500);
  }
  await cloud.settle();

  expect(times[0]).toBe(0);
  expect(times[1]).toBeGreaterThanOrEqual(1000);
  expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(2000);
});

test('everybody who waits for the cloud to settle is told', async () => {
  let seen = 0;
  const Consumer = ({ Records }: DynamoDBStreamEvent) => {
    seen += Records.length;
  };
  const cloud = await cloudOf(consumer({ BatchSize: 1 }), { Consumer });

  await write(cloud, 'Thing-1', 'Thing-2', 'Thing-3');
  const counts = await Promise.all(Array.from({ length: 5 }, () => cloud.settle().then(() => seen)));

  expect(counts).toEqual([3, 3, 3, 3, 3]);
});

test('a filter that is not known keeps the cloud from starting', async () => {
  const Pattern = JSON.stringify({ eventName: [{ suffix: 'T' }] });

  const starting = cloudOf(consumer({ FilterCriteria: { Filters: [{ Pattern }] } }), {});

  await expect(starting).rejects.toThrow('does not know the filter');
});

test('sources do not wait for each other', async () => {
  const seen: string[] = [];
  const resources = { ...consumer(), ...lambda('Other', [readStream]), ...source('OtherSource', 'Other') };
  const cloud = await cloudOf(resources, {
    Consumer: () => {
      throw new Error('never');
    },
    Other: ({ Records }: DynamoDBStreamEvent) => void seen.push(...Records.map(nameOf)),
  });

  await write(cloud, 'Thing-1', 'Thing-2');
  await cloud.settle();

  expect(seen).toEqual(['Thing-1', 'Thing-2']);
});

test('a restart goes on where the last run ended', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'moim-data-'));
  const seen: string[] = [];
  const Consumer = ({ Records }: DynamoDBStreamEvent) => void seen.push(...Records.map(nameOf));
  const first = await cloudOf(consumer(), { Consumer }, { dataFolder });
  await write(first, 'Thing-1');
  await first.settle();
  await stop(first);

  const second = await cloudOf(consumer(), { Consumer }, { dataFolder });
  await write(second, 'Thing-2');
  await second.settle();

  expect(seen).toEqual(['Thing-1', 'Thing-2']);
  const checkpoints = readFileSync(join(dataFolder, 'streams.json'), 'utf8');
  expect(existsSync(join(dataFolder, 'streams.json.new'))).toBe(false);
  expect(JSON.parse(checkpoints)).toHaveProperty('Source');
});

test.each([
  ['a value', { a: ['x'] }, { a: 'x' }, { a: 'y' }],
  ['one of several', { a: ['x', 'y'] }, { a: 'y' }, { a: 'z' }],
  ['a prefix', { a: [{ prefix: 'ab' }] }, { a: 'abc' }, { a: 'ba' }],
  ['being there', { a: [{ exists: true }] }, { a: 0 }, {}],
  ['being absent', { a: { b: [{ exists: false }] } }, { a: {} }, { a: { b: 1 } }],
  ['anything but', { a: [{ 'anything-but': ['x'] }] }, { a: 'y' }, { a: 'x' }],
  ['all fields at once', { a: ['x'], b: { c: [1] } }, { a: 'x', b: { c: 1 } }, { a: 'x', b: { c: 2 } }],
])('a filter knows %s', (_, pattern, fitting, other) => {
  expect([fits(pattern, fitting), fits(pattern, other)]).toEqual([true, false]);
});

test('a filter that is not known fails loudly', () => {
  expect(() => fits({ a: [{ suffix: 'x' }] }, { a: 'x' })).toThrow('does not know the filter');
});
