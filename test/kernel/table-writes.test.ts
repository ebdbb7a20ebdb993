import { absent, atMost, below, is } from '../../shared/data/conditions.ts';
import { ref } from '../../shared/data/table.ts';
import { check, create, patch, remove, upsert } from '../../shared/data/writes.ts';
import { setUp } from './support.ts';

interface Row {
  readonly accountId: string;
  readonly bricks?: number;
}
const account = (accountId: string, more: object = {}) => create('Account', { accountId, ...more });
const row = (accountId: string) => ref('Account', { accountId });

describe('writing', () => {
  test('all writes happen, or none does and each refusal is told with what stood in the way', async () => {
    const { table } = setUp();
    await table.commit({
      a: account('a', { bricks: 2 }),
      blocks: upsert('Blocks', { accountId: 'a' }, { add: { unread: 1 } }),
    });

    const refused = await table.commit({
      taken: account('a'),
      fine: account('b'),
      few: patch('Blocks', { accountId: 'a' }, { add: { unread: 1 } }, below('unread', 1)),
      gone: remove('Account', { accountId: 'x' }),
      there: check('Account', { accountId: 'y' }),
    });

    expect(Object.keys(refused ?? {})).toEqual(['taken', 'few', 'gone', 'there']);
    expect(refused?.taken?.item).toMatchObject({ accountId: 'a', bricks: 2 });
    expect(refused?.few?.item).toMatchObject({ unread: 1 });
    expect(refused?.gone?.item).toBeUndefined();
    expect(await table.get('Account', { accountId: 'b' })).toBeUndefined();
  });

  test('every kind of write does what it says', async () => {
    const { table } = setUp();
    await table.commit({
      session: create('Session', { accountId: 'a', sessionId: 's' }),
      a: account('a', { bricks: 1, nickname: 'A' }),
      b: account('b'),
      c: account('c', { bricks: 9 }),
    });

    const refused = await table.commit({
      patched: patch(
        'Account',
        { accountId: 'a' },
        { set: { locale: 'en' }, add: { bricks: 1 }, remove: ['nickname'] },
      ),
      removed: remove('Account', { accountId: 'b' }),
      made: upsert('Blocks', { accountId: 'a' }, { add: { unread: 1 } }),
      left: undefined,
      asked: check('Session', { accountId: 'a', sessionId: 's' }),
    });

    expect(refused).toBeUndefined();
    const { a, b } = await table.getAll({ a: row('a'), b: row('b') });
    expect(a).toEqual({
      pk: 'ACCOUNT#a',
      sk: 'PROFILE',
      type: 'Account',
      v: 1,
      accountId: 'a',
      bricks: 2,
      locale: 'en',
    });
    expect(b).toBeUndefined();
    expect(await table.get('Blocks', { accountId: 'a' })).toMatchObject({ type: 'Blocks', accountId: 'a', unread: 1 });
  });

  test('a write alone tells its refusal with the item in plain form', async () => {
    const { table } = setUp();
    await table.commit({ a: account('a', { bricks: 2 }) });

    expect(await table.commit({ again: account('a') })).toMatchObject({
      again: { item: { accountId: 'a', bricks: 2 } },
    });
    expect(await table.commit({ gone: remove('Account', { accountId: 'x' }) })).toEqual({ gone: {} });
    expect(
      await table.commit({ over: create('Account', { accountId: 'a' }, { orWhen: is('bricks', 2) }) }),
    ).toBeUndefined();
  });

  test('a write alone costs half of what it costs in a transaction', async () => {
    const { table, meter, operations } = setUp();

    await table.commit({ a: account('a') });
    const alone = meter.writeUnits;
    await table.commit({ b: account('b'), c: account('c') });

    expect(operations).toEqual(['PutItem', 'TransactWriteItems']);
    expect([alone, meter.writeUnits - alone]).toEqual([1, 4]);
  });

  test.each([
    ['an addition', upsert('Blocks', { accountId: 'a' }, { add: { unread: 1 } })],
    ['a check', check('Account', { accountId: 'a' })],
  ])('%s goes as a transaction even alone', async (_, write) => {
    const { table, operations } = setUp();
    await table.commit({ a: account('a') });

    expect(await table.commit({ write })).toBeUndefined();
    expect(operations.at(-1)).toBe('TransactWriteItems');
  });

  test('a change gives back the item as it is afterwards, or undefined where it is refused', async () => {
    const { table } = setUp();
    await table.commit({ a: account('a', { bricks: 1 }) });
    const change = () => table.change(patch('Account', { accountId: 'a' }, { add: { bricks: 1 } }, below('bricks', 2)));

    expect(await change()).toMatchObject({ bricks: 2 });
    expect(await change()).toBeUndefined();
  });
});

describe('when the answer of a write is lost', () => {
  test.each([
    ['create', account('new')],
    ['create in place', create('Account', { accountId: 'a' }, { orWhen: atMost('bricks', 1) })],
    ['patch', patch('Account', { accountId: 'a' }, { set: { usedAt: 1 } }, absent('usedAt'))],
  ])('a lone %s is not taken for refused by itself', async (_, write) => {
    const { table, faults, operations } = setUp();
    await table.commit({ a: account('a', { bricks: 1 }) });
    faults.add({ kind: 'timeoutAfter' });

    expect(await table.commit({ write })).toBeUndefined();
    expect(operations).toHaveLength(3);
  });

  test('a change is not taken for refused by itself', async () => {
    const { table, faults } = setUp();
    await table.commit({ a: account('a') });
    faults.add({ kind: 'timeoutAfter' });

    const item = await table.change(patch('Account', { accountId: 'a' }, { set: { usedAt: 1 } }, absent('usedAt')));

    expect(item).toMatchObject({ accountId: 'a', usedAt: 1 });
  });

  test('a transaction happens once: its token tells the repetition', async () => {
    const { table, faults, operations } = setUp();
    await table.commit({ a: account('a', { bricks: 1 }) });
    faults.add({ kind: 'timeoutAfter' });

    const refused = await table.commit({
      a: patch('Account', { accountId: 'a' }, { add: { bricks: 1 } }),
      b: account('b'),
    });

    expect(refused).toBeUndefined();
    expect(operations.slice(1)).toEqual(['TransactWriteItems', 'TransactWriteItems']);
    expect(await table.get('Account', { accountId: 'a' })).toMatchObject({ bricks: 2 });
  });

  test("somebody else's item in the way is a refusal still", async () => {
    const { table, faults } = setUp();
    await table.commit({ a: account('a') });
    faults.add({ kind: 'timeoutBefore' });

    expect(await table.commit({ again: account('a') })).toMatchObject({ again: { item: { accountId: 'a' } } });
  });
});

describe("when somebody's transaction is on the same item", () => {
  const pair = { a: account('a'), b: account('b') };

  test.each([
    ['a transaction', (table: ReturnType<typeof setUp>['table']) => table.commit(pair)],
    ['a write alone', (table: ReturnType<typeof setUp>['table']) => table.commit({ a: account('a') })],
  ])('%s is tried again', async (_, commit) => {
    const { table, faults, meter } = setUp();
    faults.add({ kind: 'conflict', times: 1 });

    expect(await commit(table)).toBeUndefined();
    expect(await table.get('Account', { accountId: 'a' })).toBeDefined();
    expect(meter.requests).toBe(3);
  });

  test('it is given up after four attempts, to be tried again by the client', async () => {
    const { open, faults } = setUp();
    faults.add({ kind: 'conflict', times: 8 });

    const errors = await Promise.all([
      open()
        .commit(pair)
        .catch((error: unknown) => error),
      open()
        .change(upsert('Blocks', { accountId: 'a' }, { set: { unread: 0 } }))
        .catch((error: unknown) => error),
    ]);

    expect(errors).toMatchObject([
      { code: 'TRY_AGAIN', retryAfter: 1 },
      { code: 'TRY_AGAIN', retryAfter: 1 },
    ]);
    expect(await open().get('Account', { accountId: 'a' })).toBeUndefined();
  });

  test('a condition that fails weighs more than a conflict', async () => {
    const { table, faults, operations } = setUp();
    faults.add({ kind: 'cancelled', reasons: ['TransactionConflict', 'ConditionalCheckFailed'] });

    expect(await table.commit(pair)).toEqual({ b: { item: undefined } });
    expect(operations).toHaveLength(1);
  });

  test('a write that DynamoDB finds invalid is a bug and not a refusal', async () => {
    const { table, faults } = setUp();
    faults.add({ kind: 'cancelled', reasons: ['ValidationError', 'None'] });

    await expect(table.commit(pair)).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    await expect(table.commit({ a: patch('Account', { accountId: 'a' }, { set: { pk: 'x' } }) })).rejects.toMatchObject(
      {
        name: 'ValidationException',
      },
    );
    await expect(table.change(patch('Account', { accountId: 'a' }, { set: { pk: 'x' } }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
