import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { inTime } from '../../../shared/adapters/aws.ts';
import { arnOf, closeClouds, cloudOf, lambda, queue, type Resources, stop, type TestCloud } from './support.ts';

afterEach(closeClouds);

const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/Work';
const work = (properties: object = {}): Resources => ({
  Work: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 60, ...properties } },
  ...queue('Dead'),
});
const consumer = (properties: object = {}, mapping: object = {}): Resources => ({
  ...work(properties),
  ...lambda('Worker', []),
  Source: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: arnOf('Worker'),
      EventSourceArn: arnOf('Work'),
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ...mapping,
    },
  },
});
const redrive = (maxReceiveCount: number) => ({
  RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount },
});

function client(cloud: TestCloud, credentials = cloud.owner): SQSClient {
  const { now } = cloud.clock;
  const made = new SQSClient({ region: 'us-east-1', endpoint: cloud.awsUrl, credentials });
  return inTime(made, { environment: {}, now, write: () => {} });
}
const send = (cloud: TestCloud, MessageBody: string, DelaySeconds?: number) =>
  client(cloud).send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds }));
const receive = async (cloud: TestCloud, more: object = {}) =>
  (await client(cloud).send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ?? [];
const after = async (cloud: TestCloud, seconds: number) => {
  await cloud.clock.advance(seconds * 1000);
  await cloud.settle();
};

test('a message is hidden from when it is received, comes again after its time, and is gone when it is deleted', async () => {
  const cloud = await cloudOf(work(), {});
  await send(cloud, 'one');

  const first = await receive(cloud);
  const meanwhile = await receive(cloud);
  await after(cloud, 60);
  const [again] = await receive(cloud, { MessageSystemAttributeNames: ['All'] });
  await client(cloud).send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again!.ReceiptHandle }));
  await after(cloud, 60);

  expect(first.map(({ Body }) => Body)).toEqual(['one']);
  expect(meanwhile).toEqual([]);
  expect(again).toMatchObject({ MessageId: first[0]!.MessageId, Attributes: { ApproximateReceiveCount: '2' } });
  expect(await receive(cloud)).toEqual([]);
});

test('a message may come later, and who has it may hide it for longer or show it at once', async () => {
  const cloud = await cloudOf(work(), {});
  await send(cloud, 'late', 30);

  const early = await receive(cloud);
  await after(cloud, 30);
  const [there] = await receive(cloud);
  const hide = (VisibilityTimeout: number) =>
    client(cloud).send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: there!.ReceiptHandle, VisibilityTimeout }),
    );
  await hide(600);
  await after(cloud, 599);
  const hidden = await receive(cloud);
  await hide(0);

  expect([early, hidden]).toEqual([[], []]);
  expect(await receive(cloud)).toHaveLength(1);
  await expect(hide(1)).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  await expect(send(cloud, 'too late', 901)).rejects.toThrow('DelaySeconds');
});

test('a function gets what is there in batches; what it reports as failed comes again, the rest is gone', async () => {
  const batches: string[][] = [];
  const Worker = ({ Records }: SQSEvent) => {
    batches.push(Records.map(({ body, attributes }) => `${body} ${attributes.ApproximateReceiveCount}`));
    const bad = Records.filter(({ body, attributes }) => body === '"b"' && attributes.ApproximateReceiveCount === '1');
    return { batchItemFailures: bad.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
  const cloud = await cloudOf(consumer(), { Worker });

  for (const body of ['a', 'b', 'c']) cloud.queues.send('arn:aws:sqs:us-east-1:000000000000:Work', body);
  await cloud.settle();
  const left = cloud.queues.messages('Work');
  await after(cloud, 60);

  expect(batches).toEqual([['"a" 1', '"b" 1', '"c" 1'], ['"b" 2']]);
  expect(left).toEqual(['b']);
  expect(cloud.queues.messages('Work')).toEqual([]);
});

test('what is received too often moves to the dead-letter queue', async () => {
  let tries = 0;
  const Worker = () => {
    tries++;
    throw new Error('never');
  };
  const cloud = await cloudOf(consumer(redrive(3)), { Worker });

  await send(cloud, '"poison"');
  await cloud.settle();
  for (let i = 0; i < 3; i++) await after(cloud, 60);

  expect(tries).toBe(3);
  expect([cloud.queues.messages('Work'), cloud.queues.messages('Dead')]).toEqual([[], ['poison']]);
});

test('no more batches are worked on at once than the source says', async () => {
  let [running, most] = [0, 0];
  const Worker = async () => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
  };
  const cloud = await cloudOf(consumer({}, { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 3 } }), { Worker });

  for (let i = 0; i < 12; i++) cloud.queues.send('arn:aws:sqs:us-east-1:000000000000:Work', i);
  await cloud.settle();

  expect(most).toBe(3);
  expect(cloud.queues.messages('Work')).toEqual([]);
});

test('messages outlive a restart, with their delays; what is older than the queue keeps is dropped', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'moim-data-'));
  const resources = work({ MessageRetentionPeriod: 600 });
  const first = await cloudOf(resources, {}, { dataFolder });
  await send(first, 'soon');
  await send(first, 'later', 300);
  await stop(first);

  const second = await cloudOf(resources, {}, { dataFolder });
  const soon = await receive(second);
  await after(second, 300);
  const later = await receive(second);
  const { Attributes } = await client(second).send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessagesNotVisible'] }),
  );
  await after(second, 300);

  expect(soon.map(({ Body }) => Body)).toEqual(['soon']);
  // The first is seen again by then.
  expect(later.map(({ Body }) => Body)).toEqual(['soon', 'later']);
  expect(Attributes).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '2' });
  expect(await receive(second)).toEqual([]);
});

test('a queue is found by its name, and used by who may', async () => {
  const cloud = await cloudOf({ ...work(), ...lambda('Stranger', []) }, { Stranger: () => 'never asked' });

  const { QueueUrls } = await client(cloud).send(new ListQueuesCommand({ QueueNamePrefix: 'Wo' }));
  const missing = client(cloud).send(
    new SendMessageCommand({ QueueUrl: QueueUrl.replace('Work', 'Nothing'), MessageBody: 'x' }),
  );

  expect(QueueUrls).toEqual([QueueUrl]);
  await expect(missing).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
});

test('a role that does not name the queue is refused', async () => {
  let refusal: unknown;
  const resources = { ...work(), ...queue('Trigger'), ...lambda('Worker', []), ...consumer() };
  const cloud = await cloudOf(resources, {
    async Worker(_: never, { environment }) {
      const credentials = {
        accessKeyId: environment.AWS_ACCESS_KEY_ID!,
        secretAccessKey: environment.AWS_SECRET_ACCESS_KEY!,
      };
      const asFunction = client(cloud, credentials as never);
      refusal = await asFunction
        .send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
        .catch((error: Error) => error.message);
    },
  });

  await send(cloud, '"go"');
  await cloud.settle();

  expect(refusal).toMatch(/not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:.*:Work/);
});
