import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { FaultKind } from '../../../local/engines/table/faults.ts';
import { call, documentClient, setUp, TABLE } from './support.ts';

const key = { pk: { S: 'p' }, sk: { S: 's' } };
const put = { TableName: TABLE, Item: key };
const get = { TableName: TABLE, Key: key };
const transaction = { TransactItems: [{ Put: put }, { Put: { ...put, Item: { ...key, sk: { S: 't' } } } }] };

const failures: [FaultKind, operation: string, body: object, status: number, error: string][] = [
  ['throttle', 'PutItem', put, 400, 'ProvisionedThroughputExceededException'],
  ['conflict', 'PutItem', put, 400, 'TransactionConflictException'],
  ['conflict', 'TransactWriteItems', transaction, 400, 'TransactionCanceledException'],
  ['cancelled', 'PutItem', put, 400, 'ConditionalCheckFailedException'],
  ['cancelled', 'TransactWriteItems', transaction, 400, 'TransactionCanceledException'],
  ['error500', 'PutItem', put, 500, 'InternalServerError'],
];

test.each(failures)('%s strikes a %s once, before anything is done', async (kind, operation, body, status, error) => {
  const { engine } = setUp();
  engine.faults.add({ kind, operation });

  const other = await call(engine, 'GetItem', get);
  const struck = await call(engine, operation, body);
  const nothing = engine.readStream(TABLE, undefined, 10);
  const next = await call(engine, operation, body);

  expect(other.status).toBe(200);
  expect(struck).toMatchObject({ status, error });
  expect(nothing).toEqual([]);
  expect(next.status).toBe(200);
});

test('the reasons of a transaction are conflicts, or those the test names', async () => {
  const { engine } = setUp();
  engine.faults.add({ kind: 'conflict' });
  engine.faults.add({ kind: 'cancelled', reasons: ['None', 'ThrottlingError'] });
  engine.faults.add({ kind: 'cancelled' });
  const codes = async () =>
    (await call(engine, 'TransactWriteItems', transaction)).body.CancellationReasons.map(
      ({ Code }: { Code: string }) => Code,
    );

  expect(await codes()).toEqual(['TransactionConflict', 'TransactionConflict']);
  expect(await codes()).toEqual(['None', 'ThrottlingError']);
  expect(await codes()).toEqual(['ConditionalCheckFailed', 'None']);
});

test('a broken connection leaves the write undone or done, and the client cannot tell which', async () => {
  const { engine } = setUp();
  const client = documentClient(engine);
  const send = (sk: string) => client.send(new PutCommand({ TableName: TABLE, Item: { pk: 'p', sk } }));
  const found = async (sk: string) =>
    (await client.send(new GetCommand({ TableName: TABLE, Key: { pk: 'p', sk } }))).Item;

  engine.faults.add({ kind: 'timeoutBefore', operation: 'PutItem' });
  await expect(send('before')).rejects.toMatchObject({ code: 'ECONNRESET' });
  engine.faults.add({ kind: 'timeoutAfter', operation: 'PutItem' });
  await expect(send('after')).rejects.toMatchObject({ code: 'ECONNRESET' });

  expect(await found('before')).toBeUndefined();
  expect(await found('after')).toEqual({ pk: 'p', sk: 'after' });
});

test('a fault strikes what it matches as often as it says, until it is called off', async () => {
  const { engine } = setUp();
  const matching = { kind: 'throttle' as const, match: (body: Record<string, unknown>) => body.TableName === TABLE };
  engine.faults.add({ ...matching, times: 2 });
  const callOff = engine.faults.add({ ...matching, times: 100 });
  const status = async () => (await call(engine, 'GetItem', get)).status;

  expect([await status(), await status(), await status()]).toEqual([400, 400, 400]);
  expect((await call(engine, 'ListTables', {})).status).toBe(200);
  callOff();
  expect(await status()).toBe(200);
  engine.faults.add(matching);
  engine.faults.clear();
  expect(await status()).toBe(200);
});

test('a stale read shows the table as it was, unless it asks for consistency', async () => {
  const { engine } = setUp();
  await call(engine, 'PutItem', { ...put, Item: { ...key, v: { N: '1' }, g: { S: 'g' }, h: { N: '1' } } });
  engine.faults.add({ kind: 'stale', times: 2 });
  await call(engine, 'PutItem', { ...put, Item: { ...key, v: { N: '2' } } });
  const scan = { TableName: TABLE, IndexName: 'byGroup' };

  const consistent = await call(engine, 'GetItem', { ...get, ConsistentRead: true });
  const stale = [await call(engine, 'GetItem', get), await call(engine, 'Scan', scan)];
  const fresh = [await call(engine, 'GetItem', get), await call(engine, 'Scan', scan)];

  expect(consistent.body.Item.v).toEqual({ N: '2' });
  expect([stale[0]!.body.Item.v, stale[1]!.body.Count]).toEqual([{ N: '1' }, 1]);
  expect([fresh[0]!.body.Item.v, fresh[1]!.body.Count]).toEqual([{ N: '2' }, 0]);
});

test('what comes between is done before the request, which sees it', async () => {
  const { engine } = setUp();
  const conditional = { ...put, ConditionExpression: 'attribute_not_exists(pk)' };
  const bodies: unknown[] = [];
  engine.faults.add({
    kind: 'between',
    operation: ['PutItem', 'UpdateItem'],
    nth: 2,
    async run(body) {
      bodies.push(body);
      // Itself it is not struck: it would wait for ever.
      await call(engine, 'PutItem', put);
    },
  });

  const first = await call(engine, 'PutItem', { ...put, Item: { ...key, sk: { S: 'first' } } });
  const second = await call(engine, 'PutItem', conditional);
  const third = await call(engine, 'PutItem', { ...put, Item: { ...key, sk: { S: 'third' } } });

  expect([first.status, second.status, third.status]).toEqual([200, 400, 200]);
  expect(second.error).toBe('ConditionalCheckFailedException');
  expect(bodies).toEqual([conditional]);
});

test('of the requests that a fault aims at, it strikes the nth and as many as it says', async () => {
  const { engine } = setUp();
  engine.faults.add({ kind: 'throttle', operation: 'GetItem', nth: 2, times: 2 });
  const status = async () => (await call(engine, 'GetItem', get)).status;

  expect([await status(), await status(), await status(), await status()]).toEqual([200, 400, 400, 200]);
});
