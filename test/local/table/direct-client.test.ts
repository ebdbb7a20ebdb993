/** Functions that run beside the engine call it without the SDK: the same commands end in the same way, whichever client sends them. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { owner } from '../../../local/engines/engine.ts';
import type { Fault } from '../../../local/engines/table/faults.ts';
import { directClient } from '../../../local/runtime/table-client.ts';
import { clientConfig, setUp, TABLE as TableName } from './support.ts';

const key = (sk: string) => ({ pk: 'p', sk });
const all = { ReturnConsumedCapacity: 'TOTAL', ReturnValues: 'ALL_NEW' } as const;
const onlyNew = {
  ConditionExpression: 'attribute_not_exists(pk)',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
} as const;
const add = (sk: string, more: object = {}) => ({
  ...{ TableName, Key: key(sk), UpdateExpression: 'SET #n = if_not_exists(#n, :zero) + :one' },
  ExpressionAttributeNames: { '#n': 'n' },
  ExpressionAttributeValues: { ':one': 1, ':zero': 0 },
  ...more,
});
const rich = {
  ...{ text: '가', empty: '', none: null, yes: true, list: [1, 'a', { deep: [undefined, 2] }], map: { a: { b: 1.5 } } },
  ...{ set: new Set(['x', 'y']), numbers: new Set([1, 2]), left: undefined, big: 12_345_678_901_234 },
};

/** Every command that the data layer sends, with what each may meet. */
const script = [
  new PutCommand({ TableName, Item: { ...key('1'), ...rich }, ReturnConsumedCapacity: 'TOTAL' }),
  new PutCommand({ TableName, Item: { ...key('1'), other: 1 }, ...onlyNew }),
  new GetCommand({ TableName, Key: key('1'), ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' }),
  new GetCommand({ TableName, Key: key('none') }),
  new UpdateCommand(add('1', all)),
  new UpdateCommand(add('2', all)),
  new UpdateCommand(add('2', { ConditionExpression: '#n > :one', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })),
  new UpdateCommand(add('2', { UpdateExpression: 'SET nonsense' })),
  new TransactWriteCommand({
    ReturnConsumedCapacity: 'TOTAL',
    TransactItems: [
      { Put: { TableName, Item: key('3') } },
      { Update: add('1') },
      { Delete: { TableName, Key: key('4') } },
    ],
  }),
  new TransactWriteCommand({
    TransactItems: [
      { Put: { TableName, Item: key('3'), ...onlyNew } },
      { ConditionCheck: { TableName, Key: key('1'), ConditionExpression: 'attribute_exists(pk)' } },
    ],
  }),
  new BatchGetCommand({
    RequestItems: { [TableName]: { Keys: [key('1'), key('3'), key('none')], ConsistentRead: true } },
  }),
  new TransactGetCommand({
    ReturnConsumedCapacity: 'TOTAL',
    TransactItems: ['1', 'none', '3'].map((sk) => ({ Get: { TableName, Key: key(sk) } })),
  }),
  new QueryCommand({ ...queried(), Limit: 2 }),
  new QueryCommand({ ...queried(), Limit: 2, ExclusiveStartKey: key('2') }),
  new QueryCommand({ ...queried(), TableName: 'Nowhere' }),
  new DeleteCommand({ TableName, Key: key('1'), ReturnValues: 'ALL_OLD' }),
];

function queried() {
  return {
    ...{
      TableName,
      KeyConditionExpression: 'pk = :p',
      ScanIndexForward: true,
      ReturnConsumedCapacity: 'TOTAL' as const,
    },
    ExpressionAttributeValues: { ':p': 'p' },
  };
}

/** What came of each command, and what is stored at the end. */
async function played(kind: 'sdk' | 'direct', fault?: Fault) {
  const { engine } = setUp();
  const translation = { marshallOptions: { removeUndefinedValues: true } };
  const sdk = new DynamoDBClient({ ...clientConfig(engine), maxAttempts: 3 });
  const client = kind === 'direct' ? directClient(engine, owner) : DynamoDBDocumentClient.from(sdk, translation);
  const outcomes: unknown[] = [];
  for (const command of script) {
    if (fault) engine.faults.add(fault);
    const outcome = client.send(command as GetCommand).then(
      ({ $metadata: _, ...answer }) => answer,
      (error) => ({ ...error, name: error.name, message: error.message, $metadata: undefined }),
    );
    // What the SDK adds to errors and nobody reads.
    const { $metadata, $fault, $retryable, $service, Message, __type, ThrottlingReasons, ...seen } =
      (await outcome) as Record<string, unknown>;
    outcomes.push(seen);
    engine.faults.clear();
  }
  return {
    outcomes,
    left: [...engine.readStream(TableName, undefined, 1000)].map(({ dynamodb }) => dynamodb?.NewImage),
  };
}

test('every command of the data layer is answered and refused as through the SDK', async () => {
  expect(await played('direct')).toEqual(await played('sdk'));
});

test.each([
  ['the connection breaks before the work', { kind: 'timeoutBefore' }],
  ['the answer is lost', { kind: 'timeoutAfter' }],
  ['the service fails twice', { kind: 'error500', times: 2 }],
  ['the service throttles for longer than anybody asks', { kind: 'throttle', times: 3 }],
] as const)('and where %s', async (_, fault) => {
  expect(await played('direct', fault)).toEqual(await played('sdk', fault));
});

test('a command that is not known is refused', async () => {
  const client = directClient(setUp().engine, owner);
  await expect(client.send(new ScanCommand({ TableName }))).rejects.toThrow('does not know ScanCommand');
});
