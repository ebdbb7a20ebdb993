import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Context, DynamoDBRecord } from 'aws-lambda';
import { movableClock } from '../../local/runtime/clock.ts';
import type { Declared } from '../../shared/core/lanes.ts';
import { Later } from '../../shared/core/later.ts';
import type { RequestHandler } from '../../shared/core/platform.ts';
import type { Change } from '../../shared/events/consumers.ts';
import { streamFunction } from '../../shared/events/stream.ts';

type Certification = { readonly id: string };
type Work = (change: Change<Certification>) => Promise<void>;

/** Read as text, the SDK's arrays warn. */
const textOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString();

/** A queue that keeps what is parked; while it is away it refuses. */
function queueOf(parked: unknown[], isAway: () => boolean): RequestHandler {
  return {
    async handle(request: never) {
      const { body } = request as { body: Uint8Array };
      const { MessageBody, DelaySeconds } = JSON.parse(textOf(body));
      if (isAway())
        return {
          response: {
            statusCode: 400,
            headers: { 'x-amzn-errortype': 'Away' },
            body: Readable.from([Buffer.from('{}')]),
          },
        };
      parked.push([JSON.parse(MessageBody), DelaySeconds]);
      // The SDK compares what SQS says it got.
      const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
      const answer = Readable.from([Buffer.from(JSON.stringify({ MessageId: '1', MD5OfMessageBody }))]);
      return { response: { statusCode: 200, headers: {}, body: answer } };
    },
  };
}

/** A stream function whose consumers do this work. */
function consuming(work: Record<string, Work>, more: Partial<Declared> = {}) {
  const clock = movableClock(0);
  const parked: unknown[] = [];
  const declared = { entity: 'Certification', on: ['INSERT', 'MODIFY', 'REMOVE'], ...more } as Declared;
  const fn = streamFunction({
    within: 2000,
    features: [
      {
        feature: 'tests',
        declared: Object.fromEntries(Object.keys(work).map((name) => [name, declared])),
        consumers: { services: work as never, adapters: {} },
      },
    ],
  });
  const lines: string[] = [];
  let away = false;
  const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  const environment = {
    TABLE_NAME: 'moim',
    AWS_REGION: 'us-east-1',
    PARKED_URL: 'https://sqs.us-east-1.amazonaws.com/1/Parked',
    HEAVY_URL: 'https://sqs.us-east-1.amazonaws.com/1/Heavy',
    ...credentials,
  };
  const handle = fn.on({
    environment,
    now: clock.now,
    at: clock.at,
    write: (line) => void lines.push(line),
    requestHandler: queueOf(parked, () => away),
  });
  return {
    clock,
    parked,
    loseQueue: () => {
      away = true;
    },
    handle: (...Records: DynamoDBRecord[]) => handle({ Records }, {} as Context),
    consumed: () => JSON.parse(lines.at(-1)!),
  };
}

const image = (id: string, type = 'Certification') => ({
  id: { S: id },
  type: { S: type },
  text: { S: `text of ${id}` },
});
let sequence = 0;
const record = (eventName: 'INSERT' | 'MODIFY' | 'REMOVE', id: string, type?: string): DynamoDBRecord => ({
  eventID: id,
  eventName,
  dynamodb: {
    SequenceNumber: `${++sequence}`,
    Keys: { pk: { S: id }, sk: { S: 'X' } },
    ...(eventName === 'REMOVE' ? {} : { NewImage: image(id, type) }),
    ...(eventName === 'INSERT' ? {} : { OldImage: image(id, type) }),
  },
});
const noted =
  (told: string[], fails: (id: string) => boolean = () => false): Work =>
  async ({ item, old }) => {
    const { id } = (item ?? old)!;
    told.push(`${item ? 'there' : 'gone'} ${id}`);
    if (fails(id)) throw new Error(`${id} cannot be heard of`);
  };

test('a consumer that fails is parked alone: what comes behind it and the other consumers go on', async () => {
  const [heard, also]: [string[], string[]] = [[], []];
  const { handle, parked, consumed } = consuming({ hear: noted(heard, (id) => id === 'second'), also: noted(also) });
  const second = record('INSERT', 'second');

  const answer = await handle(record('INSERT', 'first'), second, record('INSERT', 'third'));

  expect(answer).toEqual({ batchItemFailures: [] });
  expect([heard, also]).toEqual(Array(2).fill(['there first', 'there second', 'there third']));
  const keys = { pk: 'second', sk: 'X' };
  const { SequenceNumber } = second.dynamodb!;
  expect(parked).toEqual([
    [{ consumer: 'tests.hear', event: 'INSERT', keys, sequence: SequenceNumber, since: 0, changedAt: 0 }, 2],
  ]);
  expect(consumed()).toMatchObject({ message: 'consumed', records: 3, parked: 1, failed: 0 });
});

test('of the item before the change only what the consumer names is parked', async () => {
  const fails = consuming({ hear: noted([], () => true) }, { keeps: ['id'] });

  await fails.handle(record('REMOVE', 'one'));

  expect(fails.parked).toEqual([[expect.objectContaining({ old: { id: 'one' } }), 2]]);
  expect(JSON.stringify(fails.parked)).not.toContain('text');
});

test('where it cannot be parked the record is reported, so that the stream brings it again', async () => {
  const { handle, loseQueue, consumed } = consuming({ hear: noted([], (id) => id === 'second') });
  loseQueue();
  const second = record('INSERT', 'second');

  const answer = await handle(record('INSERT', 'first'), second, record('INSERT', 'third'));

  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: second.dynamodb!.SequenceNumber }] });
  expect(consumed()).toMatchObject({ records: 3, parked: 0, failed: 1 });
});

test('a consumer that takes longer than it may is told to end, and parked', async () => {
  let ended: unknown;
  const { handle, parked, clock } = consuming({
    hear: ({ signal }) =>
      new Promise(() => {
        signal.addEventListener('abort', () => {
          ended = signal.reason;
        });
      }),
  });

  const handling = handle(record('INSERT', 'slow'));
  await clock.advance(1999);
  expect(parked).toEqual([]);
  await clock.advance(1);
  await handling;

  expect(parked).toHaveLength(1);
  expect(ended).toMatchObject({ name: 'TooSlow' });
});

test('what asks to be done later waits until then, a quarter of an hour at most', async () => {
  const { handle, parked } = consuming({
    async hear({ item }) {
      throw new Later(item!.id === 'soon' ? 60_000 : 3_600_000);
    },
  });

  await handle(record('INSERT', 'soon'), record('INSERT', 'late'));

  expect(parked).toEqual([
    [expect.objectContaining({ due: 60_000 }), 60],
    [expect.objectContaining({ due: 3_600_000 }), 900],
  ]);
});

test('the changes of one item come in order, those of others beside them', async () => {
  const told: string[] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { handle } = consuming({
    async hear(change) {
      if (change.item?.id === 'one') await held;
      await noted(told)(change);
    },
  });

  const handling = handle(record('INSERT', 'one'), record('REMOVE', 'one'), record('INSERT', 'two'));
  while (told.length === 0) await new Promise(setImmediate);
  release();
  await handling;

  expect(told).toEqual(['there two', 'there one', 'gone one']);
});

test('of several changes of an item that come together the last is enough where it says so', async () => {
  const told: string[] = [];
  const { handle } = consuming({ hear: noted(told) }, { onlyLast: true });

  await handle(record('INSERT', 'one'), record('MODIFY', 'two'), record('MODIFY', 'one'), record('REMOVE', 'one'));

  expect(told.sort()).toEqual(['gone one', 'there two']);
});

test('a change that stands for several is told as one that comes again, so that nobody compares it with the one before', async () => {
  const told: string[] = [];
  const noting: Work = async ({ item, old, again }) => {
    told.push(`${(item ?? old)!.id} ${again}`);
  };
  const last = consuming({ hear: noting }, { onlyLast: true });
  const each = consuming({ hear: noting });
  const records = [record('INSERT', 'one'), record('MODIFY', 'two'), record('MODIFY', 'one')];

  await last.handle(...records);
  const ofLast = told.splice(0).toSorted();
  await each.handle(...records);

  expect(ofLast).toEqual(['one true', 'two false']);
  expect(told.toSorted()).toEqual(['one false', 'one false', 'two false']);
});

test('a consumer gets changes of its entity and of the kind that it asks for', async () => {
  const told: string[] = [];
  const { handle } = consuming({ hear: noted(told) }, { on: ['INSERT', 'REMOVE'] });

  await handle(
    record('INSERT', 'one'),
    record('INSERT', 'account', 'Account'),
    record('MODIFY', 'one'),
    record('REMOVE', 'one'),
  );

  expect(told).toEqual(['there one', 'gone one']);
});

test('heavy work is handed over at once, and only of changes that leave what it is declared for', async () => {
  const told: string[] = [];
  const { handle, parked, consumed, loseQueue } = consuming({ hear: noted(told) }, { heavy: true, having: 'link' });
  const wanted = record('INSERT', 'wanted');
  (wanted.dynamodb!.NewImage as Record<string, unknown>).link = { S: 'x' };

  const done = await handle(wanted, record('MODIFY', 'other'), record('REMOVE', 'gone'));
  const log = consumed();
  loseQueue();
  const refused = await handle(wanted);

  expect(told).toEqual([]);
  expect(parked).toEqual([[expect.objectContaining({ consumer: 'tests.hear', event: 'INSERT' }), 0]]);
  expect([done, log]).toMatchObject([{ batchItemFailures: [] }, { records: 3, parked: 0, handedOver: 1 }]);
  // What cannot be handed over comes again.
  expect(refused.batchItemFailures).toHaveLength(1);
});
