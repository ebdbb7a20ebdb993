import type { TableEngine } from '../../../local/engines/table/engine.ts';
import { call, mainTable, type Setup, setUp, TABLE } from './support.ts';

const key = (sk: string) => ({ pk: { S: 'p' }, sk: { S: sk } });
const one = { ExpressionAttributeValues: { ':one': { N: '1' } } };
const put = (sk: string, more: object = {}) => ({ Put: { TableName: TABLE, Item: key(sk), ...more } });
const add = (sk: string, more: object = {}) => ({
  Update: { TableName: TABLE, Key: key(sk), UpdateExpression: 'ADD n :one', ...one, ...more },
});
const remove = (sk: string, more: object = {}) => ({ Delete: { TableName: TABLE, Key: key(sk), ...more } });
const check = (sk: string, ConditionExpression: string) => ({
  ConditionCheck: { TableName: TABLE, Key: key(sk), ConditionExpression },
});
const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };

let setup: Setup;
let engine: TableEngine;
beforeEach(() => {
  setup = setUp();
  engine = setup.engine;
});

const transact = (TransactItems: object[], more: object = {}) =>
  call(engine, 'TransactWriteItems', { TransactItems, ...more });
const sortKeys = async () =>
  (await call(engine, 'Scan', { TableName: TABLE })).body.Items.map((item: { sk: { S: string } }) => item.sk.S);

test('all members of a transaction are done together, each seeing the state before it', async () => {
  await transact([put('old'), put('checked')]);

  const { status } = await transact([
    put('new', isNew),
    add('counter'),
    remove('old'),
    check('checked', 'attribute_exists(pk)'),
  ]);

  expect(status).toBe(200);
  expect(await sortKeys()).toEqual(['checked', 'counter', 'new']);
  const gets = ['counter', 'old'].map((sk) => ({ Get: { TableName: TABLE, Key: key(sk), ProjectionExpression: 'n' } }));
  const { body } = await call(engine, 'TransactGetItems', { TransactItems: gets });
  expect(body.Responses).toEqual([{ Item: { n: { N: '1' } } }, {}]);
});

test('when one member fails nothing is done, and the reasons are in the order of the members', async () => {
  await transact([put('a', { Item: { ...key('a'), s: { S: 'text' } } })]);

  const { error, body } = await transact([
    put('b'),
    put('a', { ...isNew, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
    remove('c', { ConditionExpression: 'attribute_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
    check('d', 'attribute_exists(pk)'),
    add('e', { Key: { pk: { S: 'p' } } }),
  ]);

  expect(error).toBe('TransactionCanceledException');
  expect(body.message).toBe(
    'Transaction cancelled, please refer cancellation reasons for specific reasons ' +
      '[None, ConditionalCheckFailed, ConditionalCheckFailed, ConditionalCheckFailed, ValidationError]',
  );
  const failed = { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' };
  expect(body.CancellationReasons).toEqual([
    { Code: 'None' },
    { ...failed, Item: { ...key('a'), s: { S: 'text' } } },
    failed,
    failed,
    { Code: 'ValidationError', Message: 'The provided key element does not match the schema' },
  ]);
  expect(await sortKeys()).toEqual(['a']);
});

test('requests that cannot be a transaction are refused as a whole', async () => {
  const many = (count: number, d = '') =>
    Array.from({ length: count }, (_, n) => put('', { Item: { ...key(`${n}`), d: { S: d } } }));
  const message = async (members: object[]) => (await transact(members)).body.message;

  expect(await message([put('a'), remove('a')])).toMatch(/cannot include multiple operations on one item/);
  expect(await message(many(101))).toMatch(/less than or equal to 100/);
  expect(await message([])).toMatch(/greater than or equal to 1/);
  expect(await message([{}])).toMatch(/can only contain one of/);
  expect(await message([{ ...put('a'), ...remove('b') }])).toMatch(/can only contain one of/);
  expect(await message([{ ConditionCheck: { TableName: TABLE, Key: key('a') } }])).toMatch(
    /conditionExpression.*must not be null/,
  );
  expect(await message([put('a', { ConditionExpression: 'nonsense(' })])).toMatch(
    /Invalid ConditionExpression: Syntax error/,
  );
  expect(await message([put('a', { Item: { ...key('a'), s: { SS: [] } } })])).toMatch(/string set {2}may not be empty/);
  expect(await message(many(20, 'x'.repeat(300 * 1024)))).toMatch(/larger than 4 MB/);
  expect((await transact([put('a'), put('b', { TableName: 'Nowhere' })])).error).toBe('ResourceNotFoundException');
  expect(await sortKeys()).toEqual([]);
});

test('T6: reading one item twice is refused, and a key that does not fit cancels with a reason for each get', async () => {
  const read = (...keys: object[]) =>
    call(engine, 'TransactGetItems', { TransactItems: keys.map((Key) => ({ Get: { TableName: TABLE, Key } })) });

  const twice = await read(key('a'), key('b'), key('a'));
  const unfit = await read(key('a'), {}, { ...key('b'), sk: { S: '' } });

  expect([twice.error, twice.body.message]).toEqual([
    'ValidationException',
    'Transaction request cannot include multiple operations on one item',
  ]);
  expect(unfit.error).toBe('TransactionCanceledException');
  expect(unfit.body.CancellationReasons.map(({ Code }: { Code: string }) => Code)).toEqual([
    'None',
    'ValidationError',
    'ValidationError',
  ]);
});

test('a token makes a repetition do nothing for ten minutes, and other parameters an error', async () => {
  const ClientRequestToken = 'token';
  const count = async () => (await call(engine, 'GetItem', { TableName: TABLE, Key: key('a') })).body.Item.n.N;

  await transact([add('a')], { ClientRequestToken });
  const repeated = await transact([add('a')], { ClientRequestToken });
  const different = await transact([add('b')], { ClientRequestToken });

  expect(repeated.status).toBe(200);
  expect(different.error).toBe('IdempotentParameterMismatchException');
  expect(await count()).toBe('1');
  await setup.clock.advance(9 * 60_000);
  await transact([add('a')], { ClientRequestToken });
  expect(await count()).toBe('1');
  await setup.clock.advance(60_000);
  await transact([add('a')], { ClientRequestToken });
  expect(await count()).toBe('2');
});

test('a cancelled transaction does not use up its token', async () => {
  const ClientRequestToken = 'token';
  const members = [put('b'), check('a', 'attribute_exists(pk)')];

  const first = await transact(members, { ClientRequestToken });
  await transact([put('a')]);
  const second = await transact(members, { ClientRequestToken });

  expect(first.error).toBe('TransactionCanceledException');
  expect(second.status).toBe(200);
});

test('a transaction reaches over several tables', async () => {
  engine.createTable({ ...mainTable, TableName: 'Other' });

  await transact([put('a'), put('b', { TableName: 'Other' })]);

  expect(await sortKeys()).toEqual(['a']);
  expect((await call(engine, 'Scan', { TableName: 'Other' })).body.Count).toBe(1);
});

test('two hundred transactions at once on one counter lose nothing', async () => {
  await Promise.all(Array.from({ length: 200 }, (_, n) => transact([add('counter'), put(`log.${n}`)])));

  const { body } = await call(engine, 'GetItem', { TableName: TABLE, Key: key('counter') });
  expect(body.Item.n).toEqual({ N: '200' });
  expect(await sortKeys()).toHaveLength(201);
});
