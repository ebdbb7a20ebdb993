import { fingerprint } from '../../shared/core/ids.ts';
import { encodeCursor } from '../../shared/data/cursor.ts';
import { ref } from '../../shared/data/table.ts';
import { create } from '../../shared/data/writes.ts';
import type { Problem } from '../../shared/product/problems.ts';
import { setUp } from './support.ts';

interface Row {
  readonly accountId: string;
}
const account = (accountId: string, more: object = {}) => create('Account', { accountId, ...more });
const row = (accountId: string) => ref('Account', { accountId });
const sessions = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`s${i}`, create('Session', { accountId: 'a', sessionId: `s${i}` })]),
  );
const codeOf = (error: unknown) => (error as Problem).code;

describe('reading', () => {
  test('an item is found by its key, or not', async () => {
    const { table, meter } = setUp();
    await table.commit({ a: account('a', { bricks: 3 }) });

    expect(await table.get('Account', { accountId: 'a' })).toMatchObject({ accountId: 'a', bricks: 3 });
    expect(await table.get('Account', { accountId: 'b' })).toBeUndefined();
    expect(meter).toEqual({ requests: 3, roundTrips: 3, readUnits: 2, writeUnits: 1 });
  });

  test('several items come in one request, each under its name', async () => {
    const { table, meter } = setUp();
    await table.commit({ a: account('a'), b: account('b') });
    const before = { ...meter };

    const found = await table.getAll({ first: row('a'), none: row('x'), second: row('b') });

    expect([found.first?.accountId, found.none, found.second?.accountId]).toEqual(['a', undefined, 'b']);
    expect(meter.requests - before.requests).toBe(1);
  });

  test('nothing asked for costs nothing', async () => {
    const { table, meter } = setUp();

    expect(await table.getAll({})).toEqual({});
    expect(meter.requests).toBe(0);
  });

  test.each([1, 3])('what DynamoDB leaves out %i times is asked for again', async (times) => {
    let left = times;
    const { table, meter } = setUp((operation, answer) => {
      if (operation !== 'BatchGetItem' || left-- <= 0) return answer;
      const keys = [{ pk: { S: 'ACCOUNT#b' }, sk: { S: 'PROFILE' } }];
      return { Responses: {}, UnprocessedKeys: { moim: { Keys: keys, ConsistentRead: true } } };
    });
    await table.commit({ a: account('a'), b: account('b') });

    const found = await table.getAll({ second: row('b') });

    expect(found.second?.accountId).toBe('b');
    expect(meter.requests).toBe(times + 2);
  });

  test('what DynamoDB leaves out again and again is given up, to be tried again by the client', async () => {
    const keys = [{ pk: { S: 'ACCOUNT#a' }, sk: { S: 'PROFILE' } }];
    const unprocessed = { Responses: {}, UnprocessedKeys: { moim: { Keys: keys } } };
    const { table, operations } = setUp(() => unprocessed);

    expect(codeOf(await table.getAll({ a: row('a') }).catch((error: unknown) => error))).toBe('TRY_AGAIN');
    expect(operations).toHaveLength(4);
  });

  test('a list comes page by page, each item once, in both directions', async () => {
    const { table } = setUp();
    await table.commit(sessions(7));

    for (const newestFirst of [false, true]) {
      const seen: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page: { items: { sessionId: string }[]; nextCursor: string | null } = await table.query(
          'sessionsOfAccount',
          { accountId: 'a' },
          { limit: 3, cursor, newestFirst },
        );
        expect(page.items.length).toBeLessThanOrEqual(3);
        seen.push(...page.items.map(({ sessionId }) => sessionId));
        cursor = page.nextCursor;
      }
      const inOrder = ['s0', 's1', 's2', 's3', 's4', 's5', 's6'];
      expect(seen).toEqual(newestFirst ? inOrder.reverse() : inOrder);
    }
  });

  test('a list in an index comes page by page too', async () => {
    const { table } = setUp();
    const group = (n: number) => create('Group', { groupId: `g${n}`, dueShard: '7', dueAt: `2026-0${n}` });
    await table.commit({ a: group(1), b: group(2), c: group(3) });
    const ask = (cursor?: string) => table.query('groupsDue', { dueShard: '7' }, { limit: 2, cursor });

    const first = await ask();
    const second = await ask(first.nextCursor!);

    expect(first.items.map(({ groupId }) => groupId)).toEqual(['g1', 'g2']);
    expect(second).toMatchObject({ items: [{ groupId: 'g3' }], nextCursor: null });
  });

  test('a cursor is good for the list it came from alone', async () => {
    const { table } = setUp();
    await table.commit(sessions(3));
    const ask = (accountId: string, cursor?: string, more: object = {}) =>
      table.query('sessionsOfAccount', { accountId }, { limit: 1, cursor, ...more });
    const cursor = (await ask('a')).nextCursor!;

    for (const other of [
      () => ask('b', cursor),
      () => ask('a', cursor, { newestFirst: true }),
      () => ask('a', cursor, { binding: 'filter' }),
      () => ask('a', `${cursor}A`),
      () => table.query('notificationsOfAccount', { accountId: 'a' }, { limit: 1, cursor }),
    ])
      expect(codeOf(await other().catch((error: unknown) => error))).toBe('INVALID_CURSOR');
  });

  test('a position that somebody made up with the right check is refused too', async () => {
    const { table } = setUp();
    const cursor = encodeCursor('table', fingerprint('sessionsOfAccount', 'SESSIONS#a', 'false', ''), { sk: '' });
    const ask = table.query('sessionsOfAccount', { accountId: 'a' }, { limit: 1, cursor });

    expect(codeOf(await ask.catch((error: unknown) => error))).toBe('INVALID_CURSOR');
  });

  test('a query that DynamoDB finds invalid without a cursor is a bug and not a refusal', async () => {
    const { table } = setUp();

    await expect(table.query('sessionsOfAccount', { accountId: 'a' }, { limit: 0 })).rejects.toThrow(/[Ll]imit/);
  });
});

describe('the meter', () => {
  test('counts what runs side by side as one wait', async () => {
    const { table, meter } = setUp();
    const get = () => table.get('Account', { accountId: 'a' });

    await Promise.all([get(), get(), get()]);
    await get();

    expect(meter).toMatchObject({ requests: 4, roundTrips: 2, readUnits: 4 });
  });

  test('counts a failed call as a call', async () => {
    const { table, meter } = setUp();
    await table.commit({ a: account('a') });
    await table.commit({ a: account('a') });

    expect(meter).toMatchObject({ requests: 2, roundTrips: 2 });
  });
});
