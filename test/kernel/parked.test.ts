import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Context, SQSRecord } from 'aws-lambda';
import { movableClock } from '../../local/runtime/clock.ts';
import type { Declared } from '../../shared/core/lanes.ts';
import { Later } from '../../shared/core/later.ts';
import type { RequestHandler } from '../../shared/core/platform.ts';
import type { Change } from '../../shared/events/consumers.ts';
import { parkedFunction } from '../../shared/events/parked.ts';

const start = 1_000_000;
const day = 86_400_000;

/** Read as text, the SDK's arrays warn. */
const textOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString();

/** What the function asks of SQS: the operation and what matters of it. */
function queueOf(asked: unknown[]): RequestHandler {
  return {
    async handle(request: never) {
      const { headers, body } = request as { headers: Record<string, string>; body: Uint8Array };
      const { QueueUrl, MessageBody, DelaySeconds, VisibilityTimeout } = JSON.parse(textOf(body));
      const operation = headers['x-amz-target']!.split('.')[1];
      asked.push([
        operation,
        QueueUrl.split('/').at(-1),
        DelaySeconds ?? VisibilityTimeout,
        MessageBody && JSON.parse(MessageBody),
      ]);
      const MD5OfMessageBody = createHash('md5')
        .update(MessageBody ?? '')
        .digest('hex');
      const answer = Readable.from([Buffer.from(JSON.stringify({ MessageId: '1', MD5OfMessageBody }))]);
      return { response: { statusCode: 200, headers: {}, body: answer } };
    },
  };
}

/** The function with one consumer, on a clock; gives back what is left of messages, and what was asked of SQS. */
function trying(work: (change: Change) => Promise<void>) {
  const clock = movableClock(start);
  const asked: unknown[] = [];
  const declared = { entity: 'Certification', on: ['REMOVE'], keeps: ['id'] } as Declared;
  const consumers = { services: { hear: work as never }, adapters: {} };
  const fn = parkedFunction([{ feature: 'tests', declared: { hear: declared }, consumers }], 25_000);
  const at = (name: string) => `https://sqs.us-east-1.amazonaws.com/1/${name}`;
  const lines: string[] = [];
  const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' };
  const handle = fn.on({
    environment: { TABLE_NAME: 'moim', PARKED_URL: at('Parked'), FAILED_URL: at('Failed'), ...credentials },
    now: clock.now,
    at: clock.at,
    write: (line) => void lines.push(line),
    requestHandler: queueOf(asked),
  });
  const parked = {
    consumer: 'tests.hear',
    event: 'REMOVE',
    keys: { pk: 'C#1', sk: 'C' },
    sequence: '1',
    since: start,
    changedAt: 0,
    old: { id: '1' },
  };
  return {
    clock,
    asked,
    parked,
    lines: (message: string) => lines.filter((line) => line.includes(`"message":"${message}"`)),
    async handle(more: object = {}, tries = 1) {
      const attributes = { ApproximateReceiveCount: String(tries) };
      const record = { messageId: 'm', receiptHandle: 'r', body: JSON.stringify({ ...parked, ...more }), attributes };
      const { batchItemFailures } = await handle({ Records: [record as SQSRecord] }, {} as Context);
      return batchItemFailures.length;
    },
  };
}
const failing = async () => {
  throw new Error('not yet');
};
const throttled = async () => {
  throw Object.assign(new Error('too many'), { name: 'Throttling' });
};

test('a consumer gets what is kept, knows that it is tried again, and the message is done with', async () => {
  const changes: Change[] = [];
  const { handle, asked } = trying(async (change) => void changes.push(change));

  expect(await handle()).toBe(0);
  expect(changes).toEqual([
    expect.objectContaining({ item: undefined, old: { type: 'Certification', id: '1' }, again: true, now: start }),
  ]);
  expect(asked).toEqual([]);
});

test('what fails waits 4, 8, 16 ... 900 s', async () => {
  const { handle, asked } = trying(failing);

  for (const tries of [1, 2, 3, 8, 9, 100]) expect(await handle({}, tries)).toBe(1);

  expect(asked).toEqual([4, 8, 16, 512, 900, 900].map((s) => ['ChangeMessageVisibility', 'Parked', s, undefined]));
});

test('what fails for 24 hours goes to the queue for a person, with the name of its error and no word of it', async () => {
  const { handle, asked, clock, parked, lines } = trying(failing);

  await clock.advance(day - 1);
  expect(await handle({}, 104)).toBe(1);
  await clock.advance(1);
  expect(await handle({}, 105)).toBe(0);

  expect(asked.at(-1)).toEqual(['SendMessage', 'Failed', undefined, { ...parked, tries: 105, error: 'Error' }]);
  expect(lines('given up')).toHaveLength(1);
});

test('what is throttled waits, however long, and is no failure', async () => {
  const { handle, asked, clock, lines } = trying(throttled);

  await clock.advance(3 * day);
  expect(await handle({}, 50)).toBe(1);

  expect(asked).toEqual([['ChangeMessageVisibility', 'Parked', 900, undefined]]);
  expect([lines('failed'), lines('waits').length]).toEqual([[], 1]);
});

test('what asks for a time is sent anew with it; what came before its time is hidden until then', async () => {
  const due = start + 3_600_000;
  const { handle, asked, parked, clock } = trying(async (change) => {
    if (change.due === undefined) throw new Later(due);
  });

  expect(await handle()).toBe(0);
  await clock.advance(900_000);
  expect(await handle({ due })).toBe(1);
  await clock.advance(2_700_000);
  expect(await handle({ due })).toBe(0);

  expect(asked).toEqual([
    ['SendMessage', 'Parked', 900, { ...parked, due }],
    ['ChangeMessageVisibility', 'Parked', 2700, undefined],
  ]);
});

test('a consumer that does not end is told to after 25 s, and tried again', async () => {
  let ended = false;
  const { handle, asked, clock } = trying(
    ({ signal }) =>
      new Promise(() => {
        signal.addEventListener('abort', () => {
          ended = true;
        });
      }),
  );

  const handling = handle();
  await clock.advance(25_000);

  expect([await handling, ended]).toEqual([1, true]);
  expect(asked).toEqual([['ChangeMessageVisibility', 'Parked', 4, undefined]]);
});

test('a consumer that a deployment took away is given up within a day, and after five tries at the least', async () => {
  const { handle, asked, clock } = trying(failing);
  await clock.advance(day);

  // A machine that slept for a day has tried once.
  expect(await handle({ consumer: 'tests.gone' }, 4)).toBe(1);
  asked.length = 0;
  expect(await handle({ consumer: 'tests.gone' }, 5)).toBe(0);
  expect(asked).toEqual([['SendMessage', 'Failed', undefined, expect.objectContaining({ consumer: 'tests.gone' })]]);
});
