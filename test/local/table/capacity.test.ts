import { call, setUp, TABLE } from './support.ts';

const key = (sk: string) => ({ pk: { S: 'p' }, sk: { S: sk } });
const text = (length: number) => ({ S: 'x'.repeat(length) });
const group = { g: { S: 'g' }, h: { N: '1' } };

/** A function that sends a request and gives back what it cost, index by index. */
function meter() {
  const { engine } = setUp();
  return async (operation: string, body: object) => {
    const answer = await call(engine, operation, { ...body, ReturnConsumedCapacity: 'INDEXES' });
    if (answer.error) throw new Error(answer.body.message);
    const reported = [answer.body.ConsumedCapacity].flat()[0];
    const indexes = Object.entries(reported.GlobalSecondaryIndexes ?? {}) as [string, { CapacityUnits: number }][];
    return {
      total: reported.CapacityUnits,
      table: reported.Table.CapacityUnits,
      ...Object.fromEntries(indexes.map(([name, each]) => [name, each.CapacityUnits])),
    };
  };
}

const put = (sk: string, more: object = {}) => ({ TableName: TABLE, Item: { ...key(sk), ...more } });

test('a write costs by the larger of old and new item, and by each index entry it touches', async () => {
  const cost = meter();

  expect(await cost('PutItem', put('a'))).toEqual({ total: 1, table: 1 });
  expect(await cost('PutItem', put('a', { d: text(2500) }))).toEqual({ total: 3, table: 3 });
  expect(await cost('PutItem', put('a', { ...group, k: { S: 'k' } }))).toEqual({
    total: 5,
    table: 3,
    byGroup: 1,
    byKind: 1,
  });
  expect(await cost('DeleteItem', { TableName: TABLE, Key: key('a') })).toEqual({
    total: 3,
    table: 1,
    byGroup: 1,
    byKind: 1,
  });
  expect(await cost('DeleteItem', { TableName: TABLE, Key: key('a') })).toEqual({ total: 1, table: 1 });
});

test('an index entry costs twice when it moves, and nothing when what it keeps is unchanged', async () => {
  const cost = meter();
  await cost('PutItem', put('a', { ...group, k: { S: 'k' }, d: text(1500) }));
  const update = (UpdateExpression: string, value: object) => ({
    TableName: TABLE,
    Key: key('a'),
    UpdateExpression,
    ExpressionAttributeValues: { ':v': value },
  });

  expect(await cost('UpdateItem', update('SET h = :v', { N: '2' }))).toEqual({ total: 6, table: 2, byGroup: 4 });
  expect(await cost('UpdateItem', update('SET note = :v', { S: 'n' }))).toEqual({ total: 4, table: 2, byGroup: 2 });
  expect(await cost('UpdateItem', update('SET k = :v', { S: 'other' }))).toEqual({
    total: 6,
    table: 2,
    byGroup: 2,
    byKind: 2,
  });
  expect(await cost('UpdateItem', update('SET note = :v', { S: 'n' }))).toEqual({ total: 2, table: 2 });
});

test('a read costs by 4 KB begun, half when eventually consistent, and at least that of the smallest item', async () => {
  const cost = meter();
  await cost('PutItem', put('a', { d: text(5000) }));
  const get = (sk: string, ConsistentRead: boolean) =>
    cost('GetItem', { TableName: TABLE, Key: key(sk), ConsistentRead });

  expect(await get('a', false)).toEqual({ total: 1, table: 1 });
  expect(await get('a', true)).toEqual({ total: 2, table: 2 });
  expect(await get('missing', false)).toEqual({ total: 0.5, table: 0.5 });
});

test('a query adds up sizes before it rounds, filtered items included; on an index the index pays', async () => {
  const cost = meter();
  for (const sk of ['a', 'b', 'c', 'd', 'e']) await cost('PutItem', put(sk, { ...group, d: text(1000) }));
  const values = { ':p': { S: 'p' } };
  const query = { TableName: TABLE, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: values };
  const filter = { FilterExpression: 'd = :p' };
  const onIndex = {
    TableName: TABLE,
    IndexName: 'byGroup',
    KeyConditionExpression: 'g = :g',
    ExpressionAttributeValues: { ':g': { S: 'g' } },
  };

  expect(await cost('Query', query)).toEqual({ total: 1, table: 1 });
  expect(await cost('Query', { ...query, ConsistentRead: true, ...filter })).toEqual({ total: 2, table: 2 });
  expect(await cost('Query', { ...query, Limit: 1 })).toEqual({ total: 0.5, table: 0.5 });
  expect(await cost('Query', onIndex)).toEqual({ total: 1, table: 0, byGroup: 1 });
  expect(await cost('Scan', { TableName: TABLE, Select: 'COUNT' })).toEqual({ total: 1, table: 1 });
});

test('a transaction counts items twice and index entries once; its repetition costs the reading', async () => {
  const cost = meter();
  const check = { TableName: TABLE, Key: key('b'), ConditionExpression: 'attribute_not_exists(pk)' };
  const members = [{ Put: put('a', group) }, { ConditionCheck: check }];
  const transaction = { ClientRequestToken: 't', TransactItems: members };
  const get = {
    TransactItems: [{ Get: { TableName: TABLE, Key: key('a') } }, { Get: { TableName: TABLE, Key: key('b') } }],
  };

  expect(await cost('TransactWriteItems', transaction)).toEqual({ total: 5, table: 4, byGroup: 1 });
  expect(await cost('TransactWriteItems', transaction)).toEqual({ total: 4, table: 4 });
  expect(await cost('TransactGetItems', get)).toEqual({ total: 4, table: 4 });
});

test('batches add up what their members cost', async () => {
  const cost = meter();
  const members = ['a', 'b'].map((sk) => ({ PutRequest: { Item: { ...key(sk), d: text(1500) } } }));
  const wanted = { [TABLE]: { Keys: [key('a'), key('b'), key('c')] } };

  expect(await cost('BatchWriteItem', { RequestItems: { [TABLE]: members } })).toEqual({ total: 4, table: 4 });
  expect(await cost('BatchGetItem', { RequestItems: wanted })).toEqual({ total: 1.5, table: 1.5 });
});

test('sizes count text in UTF-8 and numbers by their digits', async () => {
  const { engine } = setUp();
  const Item = {
    ...key('a'), // 2 + 1 + 2 + 1
    t: { S: 'é' }, // 1 + 2
    n: { N: '-12345' }, // 1 + 5
    zero: { N: '0' }, // 4 + 1
    l: { L: [{ S: 'a' }] }, // 1 + 3 + 1 + 1
    m: { M: { k: { BOOL: true } } }, // 1 + 3 + 1 + 1 + 1
  };

  await call(engine, 'PutItem', { TableName: TABLE, Item });

  const { body } = await call(engine, 'DescribeTable', { TableName: TABLE });
  expect(body.Table.TableSizeBytes).toBe(6 + 3 + 6 + 5 + 6 + 7);
});
