import { call, mainTable, setUp, start, TABLE } from './support.ts';

const item = (sk: string, ttl: unknown) => ({ pk: { S: 'p' }, sk: { S: sk }, ttl });
const seconds = (time: number) => ({ N: String(Math.floor(time / 1000)) });

/** The main table with these items, and a function for the sort keys that are left. */
async function setUpWith(...items: object[]) {
  const setup = setUp();
  for (const Item of items) await call(setup.engine, 'PutItem', { TableName: TABLE, Item });
  const left = async (): Promise<string[]> => {
    const { body } = await call(setup.engine, 'Scan', { TableName: TABLE });
    return body.Items.map((each: { sk: { S: string } }) => each.sk.S);
  };
  return { ...setup, left };
}

test('an item is removed within five seconds after its time, by the service and with its old image', async () => {
  const due = { ...item('due', seconds(start + 60_000)), g: { S: 'g' }, h: { N: '1' } };
  const { engine, clock, left } = await setUpWith(due, item('later', seconds(start + 120_000)));

  await clock.advance(59_999);
  expect(await left()).toEqual(['due', 'later']);
  await clock.advance(5001);

  expect(await left()).toEqual(['later']);
  expect((await call(engine, 'Scan', { TableName: TABLE, IndexName: 'byGroup' })).body.Count).toBe(0);
  const record = engine.readStream(TABLE, undefined, 10).at(-1)!;
  expect(record).toMatchObject({
    eventName: 'REMOVE',
    userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    dynamodb: { OldImage: due },
  });
});

test('an expired item can still be read until the sweep', async () => {
  const { clock, left } = await setUpWith(item('past', seconds(start - 3_600_000)));

  expect(await left()).toEqual(['past']);
  await clock.advance(5000);
  expect(await left()).toEqual([]);
});

test('the time counts that an item has at last: put off, taken away, or not a number of seconds', async () => {
  const soon = seconds(start + 60_000);
  const { engine, clock, left } = await setUpWith(
    item('kept', soon),
    item('put off', soon),
    item('text', { S: soon.N }),
    item('long ago', seconds(start - 6 * 365 * 86_400_000)),
    item('milliseconds', { N: String(start) }),
  );
  const update = (sk: string, UpdateExpression: string, more: object = {}) =>
    call(engine, 'UpdateItem', {
      TableName: TABLE,
      Key: { pk: { S: 'p' }, sk: { S: sk } },
      UpdateExpression,
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ...more,
    });
  await update('kept', 'REMOVE #ttl');
  await update('put off', 'SET #ttl = :t', { ExpressionAttributeValues: { ':t': seconds(start + 600_000) } });

  await clock.advance(120_000);
  expect(await left()).toEqual(['kept', 'long ago', 'milliseconds', 'put off', 'text']);
  await clock.advance(600_000);
  expect(await left()).toEqual(['kept', 'long ago', 'milliseconds', 'text']);
});

test('time to live switched on later takes in the items that are there, and switched off stops', async () => {
  const { engine, clock, left } = await setUpWith();
  const { TimeToLiveSpecification, ...without } = mainTable;
  engine.createTable(without);
  await call(engine, 'PutItem', { TableName: TABLE, Item: item('a', seconds(start + 1000)) });

  await clock.advance(60_000);
  expect(await left()).toEqual(['a']);
  engine.createTable(mainTable);
  engine.createTable(without);
  await clock.advance(60_000);
  expect(await left()).toEqual(['a']);
  engine.createTable(mainTable);
  await clock.advance(5000);
  expect(await left()).toEqual([]);
});

test('more items than one sweep takes are all removed', async () => {
  const { engine, clock, left } = await setUpWith();
  const PutRequest = (n: number) => ({ PutRequest: { Item: item(String(n), seconds(start)) } });
  for (let at = 0; at < 1200; at += 25) {
    await call(engine, 'BatchWriteItem', {
      RequestItems: { [TABLE]: Array.from({ length: 25 }, (_, n) => PutRequest(at + n)) },
    });
  }

  await clock.advance(15_000);

  expect(await left()).toEqual([]);
});
