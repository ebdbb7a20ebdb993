import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { systemClock } from '../../../local/runtime/clock.ts';
import { ownCredentials } from '../../../local/runtime/replacements.ts';
import { clientConfig } from '../../../shared/adapters/aws.ts';
import { arnOf, closeClouds, cloudOf, type Handler, lambda, ref, table } from './support.ts';

afterEach(closeClouds);

const own = { accessKeyId: 'LOCALKEY', secretAccessKey: 'x' };

test('with another DynamoDB functions write there, and its stream is delivered', async () => {
  const other = await cloudOf({}, {}, { clock: systemClock });
  let tell = (_: unknown) => {};
  const delivered = new Promise((resolve) => {
    tell = resolve;
  });
  const Writer: Handler = async (_, platform) => {
    const client = new DynamoDBClient(clientConfig(platform, 'DYNAMODB'));
    const Item = { pk: { S: 'a' }, sk: { S: '1' }, bytes: { B: new Uint8Array([0, 255]) } };
    await client.send(new PutItemCommand({ TableName: platform.environment.TABLE_NAME, Item }));
  };
  const source = {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: arnOf('Reader'),
      EventSourceArn: { 'Fn::GetAtt': ['Items', 'StreamArn'] },
      StartingPosition: 'TRIM_HORIZON',
    },
  };
  const resources = {
    ...table,
    ...lambda('Writer', [], { TABLE_NAME: ref('Items') }),
    ...lambda('Reader'),
    Source: source,
  };
  const Reader: Handler = ({ Records }: DynamoDBStreamEvent) => tell(Records[0]);
  const replaced = {
    replace: { DYNAMODB: other.awsUrl },
    replaceCredentials: own,
    inProcess: false,
    clock: systemClock,
  };
  const cloud = await cloudOf(resources, { Writer, Reader }, replaced);

  const outcome = await cloud.invoke('Writer', {});

  expect(outcome).toMatchObject({ ok: true });
  expect(await delivered).toMatchObject({
    eventName: 'INSERT',
    eventSourceARN: expect.stringContaining('table/Items/stream/'),
    dynamodb: {
      Keys: { pk: { S: 'a' } },
      NewImage: { bytes: { B: 'AP8=' } },
      ApproximateCreationDateTime: expect.any(Number),
    },
  });
  expect(cloud.table.readStream('Items', undefined, 10)).toEqual([]);
});

test('without credentials of the developer it says which variables to set', () => {
  expect(() => ownCredentials({})).toThrow('AWS_ACCESS_KEY_ID');
  expect(ownCredentials({ AWS_ACCESS_KEY_ID: 'LOCALKEY', AWS_SECRET_ACCESS_KEY: 'x' })).toEqual(own);
});
