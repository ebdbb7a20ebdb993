import { absent, allOf, atMost, below, is } from '../../shared/data/conditions.ts';
import { nothing, overtaken, untilSettled } from '../../shared/data/meaning.ts';
import { or, type Part, ref } from '../../shared/data/table.ts';
import { check, create, patch, remove, upsert } from '../../shared/data/writes.ts';
import { Problem } from '../../shared/product/problems.ts';
import { account, setUp } from './support.ts';

const row = (accountId: string) => ref('Account', { accountId });
const key = { accountId: 'a' };
const counted = (when?: Parameters<typeof upsert<'Blocks'>>[3]) => upsert('Blocks', key, { add: { count: 1 } }, when);
type Table = ReturnType<typeof setUp>['table'];
const errorOf = (act: Promise<unknown>) =>
  act.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('writing', () => {
  test('what a refused write costs is counted by the size of its items; in a transaction twice', async () => {
    const { table, meter } = setUp();
    await table.commit([account('big', { nickname: 'x'.repeat(2500) }), account('small')]);
    const done = meter.writeUnits;

    await table.commit([or(nothing, account('small'))]);
    const alone = meter.refusedUnits;
    await table.commit([or(nothing, account('small')), or(nothing, account('big')), counted()]);
    const together = meter.refusedUnits - alone;
    await table.change(patch('Account', { accountId: 'none' }, { set: { locale: 'en' } }));

    // One of three KB and two of one, each twice.
    expect([alone, together, meter.refusedUnits - alone - together]).toEqual([1, 10, 1]);
    expect(meter.writeUnits).toBe(done);
  });

  test('every kind of write does what it says', async () => {
    const { table } = setUp();
    await table.commit([
      create('Session', { ...key, sessionId: 's' } as never),
      account('a', { bricks: 1, nickname: 'A' }),
      account('b'),
      account('c', { bricks: 9 }),
    ]);

    const done = await table.commit([
      patch('Account', key, { set: { locale: 'en' }, add: { bricks: 1 }, remove: ['nickname'] }),
      [remove('Account', { accountId: 'b' }), [counted()]],
      undefined,
      false,
      check('Session', { ...key, sessionId: 's' }),
    ]);

    expect(done).toBe(true);
    const { a, b } = await table.getAll({ a: row('a'), b: row('b') });
    const stored = { pk: 'ACCOUNT#a', sk: 'PROFILE', type: 'Account', v: 1, accountId: 'a', bricks: 2, locale: 'en' };
    expect(a).toEqual(stored);
    expect(b).toBeUndefined();
    expect(await table.get('Blocks', key)).toMatchObject({ type: 'Blocks', accountId: 'a', count: 1 });
  });

  test('nothing to write is done, and asks nothing of the table', async () => {
    const { table, meter } = setUp();

    expect(await table.commit([undefined, [], false])).toBe(true);
    expect(meter.requests).toBe(0);
  });

  test('a write alone costs half of what it costs in a transaction', async () => {
    const { table, meter, operations } = setUp();

    await table.commit([account('a')]);
    const alone = meter.writeUnits;
    await table.commit([account('b'), account('c')]);

    expect(operations).toEqual(['PutItem', 'TransactWriteItems']);
    expect([alone, meter.writeUnits - alone]).toEqual([1, 4]);
  });

  test.each([
    ['an addition', counted()],
    ['a check', check('Account', key)],
  ])('%s goes as a transaction even alone', async (_, write) => {
    const { table, operations } = setUp();
    await table.commit([account('a')]);

    expect(await table.commit([write])).toBe(true);
    expect(operations.at(-1)).toBe('TransactWriteItems');
  });

  test('a change gives back the item as it is afterwards, or undefined where it is refused', async () => {
    const { table } = setUp();
    await table.commit([account('a', { bricks: 1 })]);
    const change = () => table.change(patch('Account', key, { add: { bricks: 1 } }, below('bricks', 2)));

    expect(await change()).toMatchObject({ bricks: 2 });
    expect(await change()).toBeUndefined();
  });
});

describe('a refused write says what that means', () => {
  const taken = or('NICKNAME_TAKEN', account('a'));
  const absentOne = or('NOT_FOUND', remove('Account', { accountId: 'x' }));
  const made = account('new');

  test.each<[string, readonly Part[], unknown]>([
    ['a code', [taken, made], { code: 'NICKNAME_TAKEN' }],
    [
      'a problem',
      [or(new Problem('TOO_MANY_REQUESTS', { retryAfter: 7 }), account('a')), made],
      { code: 'TOO_MANY_REQUESTS', retryAfter: 7 },
    ],
    [
      'the item that stood in the way',
      [or((item) => (item?.bricks === 2 ? 'GROUP_FULL' : 'NOT_FOUND'), account('a')), made],
      { code: 'GROUP_FULL' },
    ],
    [
      'that none stood there',
      [or((item) => (item ? 'GROUP_FULL' : 'NOT_FOUND'), check('Account', { accountId: 'x' })), made],
      { code: 'NOT_FOUND' },
    ],
    ['the first of several, in their order', [made, absentOne, taken], { code: 'NOT_FOUND' }],
    ['the first of several, in the other order', [taken, made, absentOne], { code: 'NICKNAME_TAKEN' }],
    ['what was said first', or('TRY_AGAIN', taken, made), { code: 'NICKNAME_TAKEN' }],
    ['a write alone', [taken], { code: 'NICKNAME_TAKEN' }],
    ['that somebody else was faster', [or(overtaken, account('a')), made], { code: 'TRY_AGAIN', retryAfter: 1 }],
    [
      'nothing at all',
      [account('a'), made],
      { name: 'UnexpectedRefusal', message: expect.stringContaining('put of a Account') },
    ],
    ['nothing of the first, though of the second', [account('a'), absentOne], { name: 'UnexpectedRefusal' }],
  ])('%s', async (_, writes, error) => {
    const { table } = setUp();
    await table.commit([account('a', { bricks: 2 })]);

    expect(await errorOf(table.commit(writes))).toMatchObject(error as object);
    expect(await table.get('Account', { accountId: 'new' })).toBeUndefined();
  });

  test('that there is nothing to do is no error', async () => {
    const { table } = setUp();
    await table.commit([account('a')]);

    expect(await table.commit([or(nothing, account('a')), made])).toBe(false);
    expect(await table.get('Account', { accountId: 'new' })).toBeUndefined();
  });
});

describe('writes of one item', () => {
  const full = or('GROUP_FULL', patch('Account', key, { add: { bricks: 1 } }, below('bricks', 3)));
  const named = or('NOT_FOUND', patch('Account', key, { set: { nickname: 'B' } }, is('nickname', 'A')));
  const there = or('CODE_INVALID', check('Account', key, is('locale', 'ko')));
  const start = { bricks: 2, nickname: 'A', locale: 'ko' };

  test.each([
    ['all hold', start, undefined, { bricks: 3, nickname: 'B' }],
    ['the first does not hold', { ...start, bricks: 3 }, 'GROUP_FULL', { bricks: 3, nickname: 'A' }],
    ['the second does not hold', { ...start, nickname: 'C' }, 'NOT_FOUND', { bricks: 2, nickname: 'C' }],
    ['the check does not hold', { ...start, locale: 'en' }, 'CODE_INVALID', { bricks: 2, nickname: 'A' }],
    ['two do not hold', { ...start, bricks: 9, locale: 'en' }, 'GROUP_FULL', { bricks: 9 }],
  ])('are one action whose refusal is told apart: %s', async (_, before, code, after) => {
    const { table, operations } = setUp();
    await table.commit([account('a', before)]);

    const error = await errorOf(table.commit([full, named, there]));

    expect((error as Problem | undefined)?.code).toBe(code);
    expect(await table.get('Account', key)).toMatchObject(after);
    expect(operations.filter((operation) => operation === 'TransactWriteItems')).toHaveLength(1);
  });

  test('sums, sets and removals are put together', async () => {
    const { table } = setUp();
    await table.commit([account('a', { ...start, email: 'a@example.com' })]);

    await table.commit([
      patch('Account', key, { add: { bricks: 1, version: 1 }, remove: ['email'] }),
      patch('Account', key, { add: { bricks: 2 }, set: { nickname: 'B' } }),
      patch('Account', key, { set: { nickname: 'B' }, remove: ['email'] }),
    ]);

    const item = await table.get('Account', key);
    expect(item).toMatchObject({ bricks: 5, version: 1, nickname: 'B' });
    expect(item).not.toHaveProperty('email');
  });

  test.each<[string, readonly Part[]]>([
    [
      'two values of one attribute',
      [patch('Account', key, { set: { nickname: 'A' } }), patch('Account', key, { set: { nickname: 'B' } })],
    ],
    [
      'a value and a sum',
      [patch('Account', key, { set: { bricks: 1 } }), patch('Account', key, { add: { bricks: 1 } })],
    ],
    [
      'a value and its removal',
      [patch('Account', key, { set: { email: 'x' } }), patch('Account', key, { remove: ['email'] })],
    ],
    ['a new item and a check', [account('a'), check('Account', key)]],
    ['a removal and an update', [remove('Account', key), patch('Account', key, { set: { nickname: 'A' } })]],
    ['two new items', [account('a'), account('a')]],
  ])('that contradict each other are a bug, and nothing is written: %s', async (_, writes) => {
    const { table, operations } = setUp();

    await expect(table.commit(writes)).rejects.toThrow(/in one commit/);
    expect(operations).toEqual([]);
  });

  test('a removal joins what is asked of the item', async () => {
    const { table } = setUp();
    await table.commit([account('a', start)]);
    const both = (locale: 'ko' | 'en') => [
      or('NOT_FOUND', check('Account', key, is('locale', locale))),
      or('GROUP_FULL', remove('Account', key, is('bricks', 2))),
    ];

    expect(await errorOf(table.commit(both('en')))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await table.commit(both('ko'))).toBe(true);
  });
});

describe('until settled', () => {
  /** A commit that others come in between of, so often. */
  const overtakenTimes = (table: Table, times: number) => {
    let left = times;
    return untilSettled(async () => {
      if (left-- > 0) await table.commit([or(overtaken, check('Account', { accountId: 'x' }))]);
      return 'done';
    });
  };

  test.each([0, 1, 4])('others may come in between %i times', async (times) => {
    expect(await overtakenTimes(setUp().table, times)).toBe('done');
  });

  test('after the eighth time it is the client that tries again', async () => {
    const { table, meter } = setUp();

    expect(await errorOf(overtakenTimes(table, 9))).toMatchObject({ code: 'TRY_AGAIN', retryAfter: 1 });
    expect(meter.requests).toBe(8);
  });

  test('any other refusal ends it at once', async () => {
    const { table, meter } = setUp();
    const attempt = untilSettled(() => table.commit([or('NOT_FOUND', check('Account', key))]));

    expect(await errorOf(attempt)).toMatchObject({ code: 'NOT_FOUND' });
    expect(meter.requests).toBe(1);
  });
});

describe('when the answer of a write is lost', () => {
  const used = allOf(absent('nickname'));
  test.each([
    ['create', account('new')],
    ['create in place', create('Account', key as never, { orWhen: atMost('bricks', 1) })],
    ['patch', patch('Account', key, { set: { nickname: 'A' } }, used)],
  ])('a lone %s is not taken for refused by itself', async (_, write) => {
    const { table, faults, operations } = setUp();
    await table.commit([account('a', { bricks: 1 })]);
    faults.add({ kind: 'timeoutAfter' });

    expect(await table.commit([write])).toBe(true);
    expect(operations).toHaveLength(3);
  });

  test('a change is not taken for refused by itself', async () => {
    const { table, faults } = setUp();
    await table.commit([account('a')]);
    faults.add({ kind: 'timeoutAfter' });

    const item = await table.change(patch('Account', key, { set: { nickname: 'A' } }, used));

    expect(item).toMatchObject({ accountId: 'a', nickname: 'A' });
  });

  test('a transaction happens once: its token tells the repetition', async () => {
    const { table, faults, operations } = setUp();
    await table.commit([account('a', { bricks: 1 })]);
    faults.add({ kind: 'timeoutAfter' });

    const done = await table.commit([patch('Account', key, { add: { bricks: 1 } }), account('b')]);

    expect(done).toBe(true);
    expect(operations.slice(1)).toEqual(['TransactWriteItems', 'TransactWriteItems']);
    expect(await table.get('Account', key)).toMatchObject({ bricks: 2 });
  });

  test("somebody else's item in the way is a refusal still", async () => {
    const { table, faults } = setUp();
    await table.commit([account('a')]);
    faults.add({ kind: 'timeoutBefore' });

    expect(await errorOf(table.commit([or('NICKNAME_TAKEN', account('a'))]))).toMatchObject({ code: 'NICKNAME_TAKEN' });
  });
});

describe("when somebody's transaction is on the same item", () => {
  const pair = [or('NICKNAME_TAKEN', account('a')), or('NOT_FOUND', account('b'))];

  test.each([
    ['a transaction', (table: Table) => table.commit(pair)],
    ['a write alone', (table: Table) => table.commit([account('a')])],
  ])('%s is tried again', async (_, commit) => {
    const { table, faults, meter } = setUp();
    faults.add({ kind: 'conflict', times: 1 });

    expect(await commit(table)).toBe(true);
    expect(await table.get('Account', key)).toBeDefined();
    expect(meter.requests).toBe(3);
  });

  test('it is given up after four attempts, to be tried again by the client', async () => {
    const { open, faults } = setUp();
    faults.add({ kind: 'conflict', times: 8 });

    const errors = await Promise.all([
      errorOf(open().commit(pair)),
      errorOf(open().change(upsert('Blocks', key, { set: { count: 0 } }))),
    ]);

    expect(errors).toMatchObject([
      { code: 'TRY_AGAIN', retryAfter: 1 },
      { code: 'TRY_AGAIN', retryAfter: 1 },
    ]);
    expect(await open().get('Account', key)).toBeUndefined();
  });

  test('a condition that fails weighs more than a conflict', async () => {
    const { table, faults, operations } = setUp();
    faults.add({ kind: 'cancelled', reasons: ['TransactionConflict', 'ConditionalCheckFailed'] });

    expect(await errorOf(table.commit(pair))).toMatchObject({ code: 'NOT_FOUND' });
    expect(operations).toHaveLength(1);
  });

  test('a write that DynamoDB finds invalid is a bug and not a refusal', async () => {
    const { table, faults } = setUp();
    faults.add({ kind: 'cancelled', reasons: ['ValidationError', 'None'] });
    const invalid = patch('Account', key, { set: { pk: 'x' } as never });

    await expect(table.commit(pair)).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    await expect(table.commit([invalid])).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(table.change(invalid)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
