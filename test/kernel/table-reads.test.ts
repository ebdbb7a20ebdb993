import fc from 'fast-check';
import { fingerprint } from '../../shared/core/ids.ts';
import { iso } from '../../shared/core/time.ts';
import { encodeCursor } from '../../shared/data/cursor.ts';
import { everyItem } from '../../shared/data/every-item.ts';
import { ref } from '../../shared/data/table.ts';
import { create, patch } from '../../shared/data/writes.ts';
import type { Problem } from '../../shared/product/problems.ts';
import { account, now, setUp } from './support.ts';

const row = (accountId: string) => ref('Account', { accountId });
const sessions = (count: number) =>
  Array.from({ length: count }, (_, i) => create('Session', { accountId: 'a', sessionId: `s${i}` } as never));
const codeOf = (error: unknown) => (error as Problem).code;

describe('reading', () => {
  test('an item is found by its key, or not', async () => {
    const { table, meter } = setUp();
    await table.commit([account('a', { bricks: 3 })]);

    expect(await table.get('Account', { accountId: 'a' })).toMatchObject({ accountId: 'a', bricks: 3 });
    expect(await table.get('Account', { accountId: 'b' })).toBeUndefined();
    expect(meter).toEqual({ requests: 3, roundTrips: 3, readUnits: 2, writeUnits: 1, refusedUnits: 0 });
  });

  test('several items come in one request, each under its name', async () => {
    const { table, meter } = setUp();
    await table.commit([account('a'), account('b')]);
    const before = { ...meter };

    const found = await table.getAll({ first: row('a'), none: row('x'), second: row('b') });

    expect([found.first?.accountId, found.none, found.second?.accountId]).toEqual(['a', undefined, 'b']);
    expect(meter.requests - before.requests).toBe(1);
  });

  test('what is only shown is read for half, and may lag', async () => {
    const { table, meter, faults } = setUp();
    await table.commit([account('a', { bricks: 1 }), account('b')]);
    const before = meter.readUnits;

    await table.getAll({ first: row('a'), second: row('b'), none: row('x') }, { eventual: true });
    const units = meter.readUnits - before;
    faults.add({ kind: 'stale', operation: 'BatchGetItem', times: 2 });
    await table.commit([patch('Account', { accountId: 'a' }, { add: { bricks: 1 } })]);
    const lagging = await table.getAll({ first: row('a') }, { eventual: true });
    const now = await table.getAll({ first: row('a') });

    expect(units).toBe(1.5);
    expect([lagging.first?.bricks, now.first?.bricks]).toEqual([1, 2]);
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
    await table.commit([account('a'), account('b')]);

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
    const waits = { waitingFor: 'APPROVAL' } as const;
    const group = (n: number) => create('Group', { groupId: `g${n}`, ...waits, createdAt: `2026-0${n}` } as never);
    await table.commit([group(1), group(2), group(3)]);
    const ask = (cursor?: string) => table.query('groupsWaiting', waits, { limit: 2, cursor });

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
      () => ask('a', cursor, { between: ['', 's9'] }),
      () => ask('a', `${cursor}A`),
      () => table.query('notificationsOfAccount', { accountId: 'a' }, { limit: 1, cursor }),
    ])
      expect(codeOf(await other().catch((error: unknown) => error))).toBe('INVALID_CURSOR');
  });

  test('a range gives what lies between two values, both included, in both directions, page by page', async () => {
    const { table } = setUp();
    const at = (n: number) => iso(now + n * 60_000);
    const letters = ['a', 'b'];
    const all = Array.from({ length: 30 }, (_, n) =>
      letters.map((id) => ({ decidedAt: at(n), decisionId: id })),
    ).flat();
    await Promise.all(all.map((each) => table.commit([create('Decision', { scopeId: 'g', ...each } as never)])));
    const minute = fc.integer({ min: -2, max: 32 });
    const end = fc.oneof(minute.map(at), fc.constant(''));

    await fc.assert(
      fc.asyncProperty(
        end,
        end,
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        async (from, to, newestFirst, limit) => {
          const options = { limit, newestFirst, between: [from, to] } as const;
          const found = await everyItem((cursor) =>
            table.query('decisionsIn', { scopeId: 'g' }, { ...options, cursor }),
          );
          const wanted = all.filter(({ decidedAt }) => from <= decidedAt && decidedAt <= to);

          expect(found).toMatchObject(newestFirst ? wanted.toReversed() : wanted);
          expect(found).toHaveLength(wanted.length);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a range of an index, and of a key that ends with the value, takes both ends in', async () => {
    const { table } = setUp();
    await table.commit(sessions(5));
    const member = (n: number) => ({ groupId: `g${n}`, accountId: 'a', joinedAt: `2026-0${n}` });
    await table.commit([1, 2, 3, 4].map((n) => create('Membership', member(n) as never)));
    const list = await table.query('sessionsOfAccount', { accountId: 'a' }, { limit: 9, between: ['s1', 's3'] });
    const own = { limit: 9, between: ['2026-02', '2026-03'] } as const;

    expect(list.items.map(({ sessionId }) => sessionId)).toEqual(['s1', 's2', 's3']);
    const { items } = await table.query('groupsOfAccount', { accountId: 'a' }, own);
    expect(items.map(({ groupId }) => groupId)).toEqual(['g2', 'g3']);
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
    await table.commit([account('a')]);
    await expect(table.commit([account('a')])).rejects.toThrow('nothing says what that means');

    expect(meter).toMatchObject({ requests: 2, roundTrips: 2 });
  });
});
