import { create } from '../../shared/data/writes.ts';
import { idempotencyOf, Repetition } from '../../shared/http/idempotency.ts';
import { limits } from '../../shared/product/limits.ts';
import type { Problem } from '../../shared/product/problems.ts';
import { now, setUp } from './support.ts';

const key = 'a-key-of-a-client';
const answer = { body: { accessToken: 'top-secret' }, version: 1 };
const account = (accountId = 'a') => [create('Account', { accountId } as never)];
const requestOf = (request = 'POST /v1/accounts {}', at = now, scope = 'guest', itsKey = key) =>
  idempotencyOf(scope, itsKey, request, 201, at);

const caught = async (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    (error: unknown) => error,
  );
const storedIn = async (act: Promise<unknown>) => {
  const error = await caught(act);
  expect(error).toBeInstanceOf(Repetition);
  return (error as Repetition).stored;
};
const codeOf = async (act: Promise<unknown>) => ((await caught(act)) as Problem).code;

test('row 122: the answer is stored with the work, in one transaction', async () => {
  const { open, operations, table } = setUp();

  expect(await open(requestOf().rider).commit(account(), answer)).toBe(true);
  expect(operations).toEqual(['TransactWriteItems']);
  expect(await table.get('Account', { accountId: 'a' })).toBeDefined();
});

test('row 122: the same request again gets the first answer, and nothing happens', async () => {
  const { open, table } = setUp();
  await open(requestOf().rider).commit(account(), answer);

  const stored = await storedIn(open(requestOf().rider).commit(account('another'), { body: 'second' }));

  expect(stored).toEqual({ status: 201, answer });
  expect(await table.get('Account', { accountId: 'another' })).toBeUndefined();
});

test('row 122: a request that is refused because it was carried out before gets the first answer', async () => {
  const { open } = setUp();
  const { rider } = requestOf();
  await open(rider).commit(account(), answer);

  expect(await storedIn(requestOf().recall(open()))).toEqual({ status: 201, answer });
  expect(await caught(requestOf('other', now, 'somebody else').recall(open()))).toBe('done');
});

test('row 122: the key with another request is refused, whether or not its work would be', async () => {
  const { open } = setUp();
  await open(requestOf().rider).commit(account(), answer);
  const other = requestOf('POST /v1/accounts {"a":1}');

  expect(await codeOf(open(other.rider).commit(account('b'), answer))).toBe('IDEMPOTENCY_KEY_REUSED');
  expect(await codeOf(open(other.rider).commit(account('a'), answer))).toBe('IDEMPOTENCY_KEY_REUSED');
  expect(await codeOf(other.recall(open()))).toBe('IDEMPOTENCY_KEY_REUSED');
});

test('row 122: a key is its sender’s own', async () => {
  const { open } = setUp();
  await open(requestOf().rider).commit(account('a'), answer);

  const another = requestOf(undefined, now, 'account-2');

  expect(await open(another.rider).commit(account('b'), answer)).toBe(true);
});

test('row 122: fifty equal requests at once happen once, and 49 get the first answer', async () => {
  const { open } = setUp();

  const results = await Promise.all(
    Array.from({ length: 50 }, (_, i) => caught(open(requestOf().rider).commit(account(`a${i}`), { body: i }))),
  );

  const repeated = results.filter((result) => result instanceof Repetition);
  const winner = results.indexOf('done');
  expect(repeated).toHaveLength(49);
  expect(new Set(repeated.map(({ stored }) => stored.answer.body))).toEqual(new Set([winner]));
});

test('row 122: while the first request runs, the second is told to wait', async () => {
  const { open, faults } = setUp();
  faults.add({ kind: 'conflict', times: 4 });

  expect(await caught(open(requestOf().rider).commit(account(), answer))).toMatchObject({
    code: 'IDEMPOTENCY_IN_FLIGHT',
    retryAfter: 1,
  });
});

test('row 122: an answer is kept for a day, then the key is free again', async () => {
  const { open } = setUp();
  await open(requestOf().rider).commit(account('a'), answer);
  const day = limits.idempotencySeconds * 1000;

  await storedIn(open(requestOf(undefined, now + day - 1000).rider).commit(account('b'), answer));
  const later = requestOf(undefined, now + day);

  expect(await caught(later.recall(open()))).toBe('done');
  expect(await open(later.rider).commit(account('b'), answer)).toBe(true);
});

test('row 122: a lost answer of the first request is not taken for a second request', async () => {
  const { open, faults } = setUp();
  faults.add({ kind: 'timeoutAfter' });

  expect(await open(requestOf().rider).commit(account(), answer)).toBe(true);
});

test('row 122: without an answer nothing is stored', async () => {
  const { open, operations } = setUp();

  await open(requestOf().rider).commit(account());

  expect(operations).toEqual(['PutItem']);
});

test('row 122: what is stored shows neither the answer nor the key, and never the same twice', () => {
  const [first, second] = [requestOf(), requestOf()].map(({ rider }) => JSON.stringify(rider.write(answer)));

  expect(first).not.toContain('top-secret');
  expect(first).not.toContain(Buffer.from('top-secret').toString('base64').slice(0, 8));
  expect(first).not.toContain(key);
  expect(first).not.toBe(second);
});

test('row 122: an answer that was tampered with is not given', async () => {
  const { open } = setUp();
  const { rider } = requestOf();
  const write = rider.write(answer) as unknown as { item: { sealed: string } & Record<string, unknown> };
  const bytes = Buffer.from(write.item.sealed, 'base64');
  bytes[bytes.length - 1]! ^= 1;

  expect(() => rider.refused({ ...write.item, sealed: bytes.toString('base64') }, false)).toThrow(/authenticate/);
  expect(await caught(requestOf().recall(open()))).toBe('done');
});

test('row 122: an answer that cannot be kept because its item is asked too much is to be asked for again', async () => {
  const { open, faults, table } = setUp();
  faults.add({ kind: 'cancelled', reasons: ['None', 'ThrottlingError'], times: 4 });

  expect(await codeOf(open(requestOf().rider).commit(account(), answer))).toBe('IDEMPOTENCY_IN_FLIGHT');
  expect(await table.get('Account', { accountId: 'a' })).toBeUndefined();
});
