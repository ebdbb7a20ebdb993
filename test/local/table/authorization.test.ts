import type { Caller } from '../../../local/engines/engine.ts';
import { call, setUp, TABLE, tableArn } from './support.ts';

type Asked = [action: string, resource: string, conditions: Readonly<Record<string, readonly string[]>>];

/** A caller with a note of all it was asked for; `refused` is the one action it may not take. */
function caller(refused?: string): Caller & { asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    name: 'role/reader',
    asked,
    allows(action, resource, conditions = {}) {
      asked.push([action, resource, conditions]);
      return action !== refused;
    },
  };
}

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 's' } });
const leading = (...keys: string[]) => ({ 'dynamodb:LeadingKeys': keys });
const byKey = { KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'a' } } };
const byGroup = {
  IndexName: 'byGroup',
  KeyConditionExpression: 'g = :g',
  ExpressionAttributeValues: { ':g': { S: 'G' } },
};
const Put = { TableName: TABLE, Item: key('a') };
const Update = { TableName: TABLE, Key: key('b'), UpdateExpression: 'REMOVE note' };
const Delete = { TableName: TABLE, Key: key('c') };
const ConditionCheck = { TableName: TABLE, Key: key('d'), ConditionExpression: 'attribute_not_exists(pk)' };
const inTransaction = (operation: string) => ({ 'dynamodb:EnclosingOperation': [operation] });

const cases: [operation: string, body: object, asked: Asked[]][] = [
  ['PutItem', Put, [['dynamodb:PutItem', tableArn, leading('a')]]],
  [
    'UpdateItem',
    { ...Update, ReturnValues: 'ALL_NEW' },
    [['dynamodb:UpdateItem', tableArn, { ...leading('b'), 'dynamodb:ReturnValues': ['ALL_NEW'] }]],
  ],
  ['DeleteItem', Delete, [['dynamodb:DeleteItem', tableArn, leading('c')]]],
  ['GetItem', { TableName: TABLE, Key: key('a') }, [['dynamodb:GetItem', tableArn, leading('a')]]],
  ['Query', { TableName: TABLE, ...byKey }, [['dynamodb:Query', tableArn, leading('a')]]],
  ['Query', { TableName: TABLE, ...byGroup }, [['dynamodb:Query', `${tableArn}/index/byGroup`, leading('G')]]],
  ['Scan', { TableName: TABLE, Select: 'COUNT' }, [['dynamodb:Scan', tableArn, { 'dynamodb:Select': ['COUNT'] }]]],
  [
    'BatchGetItem',
    { RequestItems: { [TABLE]: { Keys: [key('a'), key('b')] } } },
    [['dynamodb:BatchGetItem', tableArn, leading('a', 'b')]],
  ],
  [
    'BatchWriteItem',
    { RequestItems: { [TABLE]: [{ PutRequest: { Item: key('a') } }, { DeleteRequest: { Key: key('b') } }] } },
    [['dynamodb:BatchWriteItem', tableArn, leading('a', 'b')]],
  ],
  [
    'TransactWriteItems',
    { TransactItems: [{ Put }, { Update }, { Delete }, { ConditionCheck }] },
    [
      ['dynamodb:PutItem', tableArn, { ...inTransaction('TransactWriteItems'), ...leading('a') }],
      ['dynamodb:UpdateItem', tableArn, { ...inTransaction('TransactWriteItems'), ...leading('b') }],
      ['dynamodb:DeleteItem', tableArn, { ...inTransaction('TransactWriteItems'), ...leading('c') }],
      ['dynamodb:ConditionCheckItem', tableArn, { ...inTransaction('TransactWriteItems'), ...leading('d') }],
    ],
  ],
  [
    'TransactGetItems',
    { TransactItems: [{ Get: { TableName: TABLE, Key: key('a') } }] },
    [['dynamodb:GetItem', tableArn, { ...inTransaction('TransactGetItems'), ...leading('a') }]],
  ],
  ['DescribeTable', { TableName: TABLE }, [['dynamodb:DescribeTable', tableArn, {}]]],
  ['ListTables', {}, [['dynamodb:ListTables', '*', {}]]],
  ['ListStreams', { TableName: TABLE }, [['dynamodb:ListStreams', `${tableArn}/stream/*`, {}]]],
];

test.each(cases)('%s asks for the right it needs, and does nothing without', async (operation, body, asked) => {
  const { engine } = setUp();
  const allowed = caller();
  const refused = caller(asked.at(-1)![0]);

  const refusal = await call(engine, operation, body, refused);
  const records = engine.readStream(TABLE, undefined, 10);
  const answer = await call(engine, operation, body, allowed);

  expect(refusal).toMatchObject({ status: 400, error: 'AccessDeniedException' });
  expect(refusal.body.message).toContain(
    `User: role/reader is not authorized to perform: ${asked.at(-1)![0]} on resource: ${asked.at(-1)![1]}`,
  );
  expect(records).toEqual([]);
  expect(answer.error).toBeUndefined();
  expect(allowed.asked).toEqual(asked);
});

test('streams are asked for by their own ARN', async () => {
  const { engine } = setUp();
  const { body } = await call(engine, 'ListStreams', {});
  const { StreamArn } = body.Streams[0];
  const reader = caller();

  const { body: described } = await call(engine, 'DescribeStream', { StreamArn }, reader);
  const { ShardId } = described.StreamDescription.Shards[0];
  const position = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
  const { body: iterator } = await call(engine, 'GetShardIterator', position, reader);
  await call(engine, 'GetRecords', iterator, reader);

  expect(reader.asked.map(([action, resource]) => [action, resource])).toEqual(
    ['DescribeStream', 'GetShardIterator', 'GetRecords'].map((action) => [`dynamodb:${action}`, StreamArn]),
  );
  expect((await call(engine, 'GetRecords', iterator, caller('dynamodb:GetRecords'))).error).toBe(
    'AccessDeniedException',
  );
});

test('whether a table exists is not told to those who may not use it', async () => {
  const { engine } = setUp();
  const request = { TableName: 'Secret', Key: key('a') };

  expect((await call(engine, 'GetItem', request, caller('dynamodb:GetItem'))).error).toBe('AccessDeniedException');
  expect((await call(engine, 'GetItem', request, caller())).error).toBe('ResourceNotFoundException');
});
