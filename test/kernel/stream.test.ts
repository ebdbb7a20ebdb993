import type { Context, DynamoDBRecord } from 'aws-lambda';
import { type Change, streamFunction } from '../../shared/events/stream.ts';

/** A stream function that fails at some certifications; what it was told, in order, is in `told`. */
function consuming(fails: (id: string) => boolean) {
  const told: string[] = [];
  const fn = streamFunction(
    {
      name: 'tests',
      consumers: { heard: { summary: 'Hears of certifications', entity: 'Certification', on: ['INSERT', 'REMOVE'] } },
    },
    {
      async heard({ item, old }: Change<{ id: string }>) {
        const { id } = (item ?? old)!;
        told.push(`${item ? 'new' : 'gone'} ${id}`);
        if (fails(id)) throw new Error(`${id} cannot be heard of`);
      },
    },
  );
  const lines: string[] = [];
  const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  const environment = { TABLE_NAME: 'moim', AWS_REGION: 'us-east-1', ...credentials };
  const handle = fn.on({ environment, now: () => 0, write: (line) => void lines.push(line) });
  return {
    told,
    handle: (...Records: DynamoDBRecord[]) => handle({ Records }, {} as Context),
    consumed: () => JSON.parse(lines.at(-1)!),
  };
}
const image = (id: string, type = 'Certification') => ({ id: { S: id }, type: { S: type } });
const record = (eventName: 'INSERT' | 'MODIFY' | 'REMOVE', id: string, type?: string): DynamoDBRecord => ({
  eventID: id,
  eventName,
  dynamodb: {
    SequenceNumber: `at ${id}`,
    ...(eventName === 'REMOVE' ? {} : { NewImage: image(id, type) }),
    ...(eventName === 'INSERT' ? {} : { OldImage: image(id, type) }),
  },
});

test('the first record that fails is reported, alone, and what comes behind it waits for it', async () => {
  const { handle, told, consumed } = consuming((id) => id === 'second');

  const answer = await handle(record('INSERT', 'first'), record('INSERT', 'second'), record('INSERT', 'third'));

  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'at second' }] });
  expect(told).toEqual(['new first', 'new second']);
  expect(consumed()).toMatchObject({ message: 'consumed', records: 3, failed: 1 });
});

test('records are told in order, of the entity and the kind of change that a consumer asks for', async () => {
  const { handle, told } = consuming(() => false);

  const answer = await handle(
    record('INSERT', 'one'),
    record('INSERT', 'account', 'Account'),
    record('MODIFY', 'one'),
    record('REMOVE', 'one'),
  );

  expect(answer).toEqual({ batchItemFailures: [] });
  expect(told).toEqual(['new one', 'gone one']);
});
