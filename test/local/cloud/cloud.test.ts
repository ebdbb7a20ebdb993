import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import { readStacks } from '../../../local/runtime/template.ts';
import { clientConfig, inTime } from '../../../shared/adapters/aws.ts';
import {
  closeClouds,
  cloudOf,
  type Handler,
  lambda,
  type Resources,
  ref,
  route,
  synthesized,
  synthesizedStacks,
  table,
} from './support.ts';

afterEach(closeClouds);

const tableArn = { 'Fn::GetAtt': ['Items', 'Arn'] };
const state: Resources = {
  ...table,
  Photos: { Type: 'AWS::S3::Bucket', Properties: {} },
  Key: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: { PasswordLength: 40 } } },
  Mail: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'moim.example' } },
};
const environment = { TABLE_NAME: ref('Items'), BUCKET_NAME: ref('Photos'), SIGNING_KEY_ARN: ref('Key') };

const grants = {
  write: {
    Effect: 'Allow',
    Action: 'dynamodb:PutItem',
    Resource: tableArn,
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['MINE#*'] } },
  },
  upload: {
    Effect: 'Allow',
    Action: 's3:PutObject',
    Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Photos', 'Arn'] }, '/mine/*']] },
  },
  secret: { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: ref('Key') },
  mail: {
    Effect: 'Allow',
    Action: 'ses:SendEmail',
    Resource: 'arn:aws:ses:us-east-1:000000000000:identity/moim.example',
    Condition: { StringEquals: { 'ses:FromAddress': 'no-reply@moim.example' } },
  },
};
type Try = 'putMine' | 'putOther' | 'uploadMine' | 'uploadOther' | 'secret' | 'mail' | 'mailAsOther';

/** Does one thing with the function's own credentials, and says how it went. */
const worker: Handler = async (what: Try, platform) => {
  const { environment } = platform;
  const dynamo = inTime(new DynamoDBClient({ ...clientConfig(platform, 'DYNAMODB'), maxAttempts: 1 }), platform);
  const s3 = inTime(new S3Client({ ...clientConfig(platform, 'S3'), maxAttempts: 1 }), platform);
  const ses = inTime(new SESClient({ ...clientConfig(platform, 'SES'), maxAttempts: 1 }), platform);
  const secrets = inTime(
    new SecretsManagerClient({ ...clientConfig(platform, 'SECRETS_MANAGER'), maxAttempts: 1 }),
    platform,
  );
  const put = (pk: string) =>
    dynamo.send(new PutItemCommand({ TableName: environment.TABLE_NAME, Item: { pk: { S: pk }, sk: { S: '1' } } }));
  const upload = (Key: string) => s3.send(new PutObjectCommand({ Bucket: environment.BUCKET_NAME, Key, Body: 'x' }));
  const send = (Source: string) =>
    ses.send(
      new SendEmailCommand({
        Source,
        Destination: { ToAddresses: ['someone@example.com'] },
        Message: { Subject: { Data: 'hello' }, Body: { Text: { Data: 'hello' } } },
      }),
    );
  const tries: Record<Try, () => Promise<unknown>> = {
    putMine: () => put('MINE#1'),
    putOther: () => put('OTHER#1'),
    uploadMine: () => upload('mine/1'),
    uploadOther: () => upload('other/1'),
    secret: () => secrets.send(new GetSecretValueCommand({ SecretId: environment.SIGNING_KEY_ARN })),
    mail: () => send('no-reply@moim.example'),
    mailAsOther: () => send('boss@moim.example'),
  };
  return tries[what]().then(
    () => 'done',
    (error: Error) => error.name,
  );
};
const withRights = (...statements: object[]): Resources => ({ ...state, ...lambda('Worker', statements, environment) });

describe.each([
  ['in process', true],
  ['over HTTP', false],
])('a function that reaches the engines %s', (_, inProcess) => {
  test.each<[Try, keyof typeof grants]>([
    ['putMine', 'write'],
    ['uploadMine', 'upload'],
    ['secret', 'secret'],
    ['mail', 'mail'],
  ])('may %s only where its role says so', async (what, grant) => {
    const allowed = await cloudOf(withRights(grants[grant]), { Worker: worker }, { inProcess });
    const refused = await cloudOf(withRights(), { Worker: worker }, { inProcess });

    const outcomes = [await allowed.invoke('Worker', what), await refused.invoke('Worker', what)];

    expect(outcomes).toEqual([
      { ok: true, payload: 'done' },
      { ok: true, payload: expect.stringMatching(/^AccessDenied(Exception)?$/) },
    ]);
  });

  test.each<Try>(['putOther', 'uploadOther', 'mailAsOther'])('%s is outside of what its role allows', async (what) => {
    const cloud = await cloudOf(withRights(...Object.values(grants)), { Worker: worker }, { inProcess });

    const outcome = await cloud.invoke('Worker', what);

    expect(outcome).toMatchObject({ ok: true, payload: expect.stringMatching(/^AccessDenied/) });
  });
});

test('each function has its own environment and credentials', async () => {
  const show: Handler = (_, { environment: { SERVICE, STAGE, SPECIAL, AWS_ACCESS_KEY_ID, AWS_REGION } }) => ({
    SERVICE,
    STAGE,
    SPECIAL,
    AWS_ACCESS_KEY_ID,
    AWS_REGION,
  });
  const resources = { ...lambda('One', [], { SPECIAL: 'yes' }), ...lambda('Two') };
  const cloud = await cloudOf(resources, { One: show, Two: show });

  const [one, two] = [await cloud.invoke('One', {}), await cloud.invoke('Two', {})] as unknown as {
    payload: Record<string, string>;
  }[];

  expect(one!.payload).toMatchObject({ SERVICE: 'One', STAGE: 'test', SPECIAL: 'yes', AWS_REGION: 'us-east-1' });
  expect(two!.payload.SPECIAL).toBeUndefined();
  expect(one!.payload.AWS_ACCESS_KEY_ID).not.toBe(two!.payload.AWS_ACCESS_KEY_ID);
});

test('events and results cross as JSON: nothing is shared', async () => {
  const event = { list: [1], nothing: undefined };
  const kept: { list: number[] }[] = [];
  const cloud = await cloudOf(lambda('One'), {
    One: (got: { list: number[] }) => {
      kept.push(got);
      got.list.push(2);
      return { at: new Date(0), nothing: undefined };
    },
  });

  const outcome = await cloud.invoke('One', event);

  expect(event.list).toEqual([1]);
  expect(kept[0]).toEqual({ list: [1, 2] });
  expect(outcome).toEqual({ ok: true, payload: { at: '1970-01-01T00:00:00.000Z' } });
});

test.each([
  ['an event', 7 * 1024 * 1024, 1],
  ['an answer', 1, 7 * 1024 * 1024],
])('%s above 6 MB fails the invocation', async (_, sent, answered) => {
  const cloud = await cloudOf(lambda('One'), { One: () => 'x'.repeat(answered) });

  const outcome = await cloud.invoke('One', 'x'.repeat(sent));

  expect(outcome).toMatchObject({ ok: false, errorMessage: expect.stringContaining('6 MB') });
});

test('a function that is in no stack is not found', async () => {
  const cloud = await cloudOf({}, {});

  expect(await cloud.invoke('Nobody', {})).toMatchObject({ ok: false, errorType: 'ResourceNotFoundException' });
});

test('a port that is taken is named, with the variable that changes it', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;

  const starting = cloudOf(lambda('One'), {}, { listen: port });

  await expect(starting).rejects.toThrow(new RegExp(`port ${port} is taken.*PORT`));
  await new Promise((resolve) => other.close(resolve));
});

test('the console shows the mails', async () => {
  const cloud = await cloudOf(withRights(grants.mail), { Worker: worker });
  await cloud.invoke('Worker', 'mail');

  const page = await (await fetch(`${cloud.consoleUrl}/mail`)).text();
  const mails = (await (await fetch(`${cloud.consoleUrl}/mail.json`)).json()) as unknown;

  expect(page).toContain('someone@example.com');
  expect(JSON.stringify(mails)).toContain('hello');
});

test('sixty routes are up', async () => {
  const routes = Array.from({ length: 60 }, (_, i) => route('Http', `GET /r${i}`, 'One'));
  const resources = Object.assign({ ...state, ...lambda('One') }, ...routes);

  const cloud = await cloudOf(resources, { One: () => 'up' });

  expect(await (await fetch(`${cloud.apiUrl}/r59`)).text()).toBe('up');
});

describe('templates', () => {
  test('references within a stack are resolved', () => {
    const [, consumer] = readStacks(
      synthesized({
        Items: { Type: 'AWS::DynamoDB::Table', Properties: {} },
        One: { Type: 'X', Properties: { name: ref('Items'), list: [tableArn], region: ref('AWS::Region') } },
      }),
    );

    expect(consumer!.properties).toEqual({
      name: 'Items',
      list: ['arn:aws:dynamodb:us-east-1:000000000000:table/Items'],
      region: 'us-east-1',
    });
  });

  test.each<[string, unknown, string]>([
    ['a reference to nothing', ref('Missing'), 'which it does not have'],
    ['an intrinsic function', { 'Fn::FindInMap': ['a', 'b', 'c'] }, 'does not know the intrinsic function'],
    ['an attribute', { 'Fn::GetAtt': ['Items', 'Colour'] }, 'does not know AWS::DynamoDB::Table.Colour'],
    ['an import', { 'Fn::ImportValue': 'nowhere' }, 'no stack exports "nowhere"'],
  ])('%s that is not known fails loudly', (_, value, message) => {
    const folder = synthesized({ ...table, One: { Type: 'X', Properties: { value } } });

    expect(() => readStacks(folder)).toThrow(message);
  });

  test('references from stack to stack are resolved, through as many as there are', () => {
    const exported = (Value: unknown, Name: string) => ({ Out: { Value, Export: { Name } } });
    const resources = readStacks(
      synthesizedStacks({
        // The one that is deployed last comes first: the order of files says nothing.
        area: { Resources: { One: { Type: 'X', Properties: { arn: { 'Fn::ImportValue': 'ItemsAgain' } } } } },
        state: { Resources: table, Outputs: exported(tableArn, 'Items') },
        service: { Resources: {}, Outputs: exported({ 'Fn::ImportValue': 'Items' }, 'ItemsAgain') },
      }),
    );

    expect(resources.find(({ id }) => id === 'One')!.properties).toEqual({
      arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/Items',
    });
  });

  test('a function is found by the name that its stack gives it, where it has no other way to be known', async () => {
    const { One, ...rest } = lambda('One');
    const named = { ...One!, Properties: { ...One!.Properties, FunctionName: 'moim-one' } };
    const [routed, integrated] = [route('Http', 'GET /one', 'One'), {} as Resources];
    for (const [id, each] of Object.entries(routed))
      integrated[id] = id.endsWith('Integration')
        ? {
            ...each,
            Properties: {
              ...each.Properties,
              IntegrationUri: 'arn:aws:lambda:us-east-1:000000000000:function:moim-one',
            },
          }
        : each;
    const cloud = await cloudOf({ ...rest, One: named, ...integrated }, { One: () => 'one' });

    expect(await (await fetch(`${cloud.apiUrl}/one`)).text()).toBe('one');
  });

  test('only what the last synthesis made is read', () => {
    const folder = synthesized({ ...table });
    writeFileSync(join(folder, 'earlier.template.json'), JSON.stringify({ Resources: lambda('One') }));

    expect(readStacks(folder).map(({ id }) => id)).toEqual(['Items']);
  });

  test('two stacks with a resource of the same id fail loudly: what runs here is named by its id', () => {
    const folder = synthesizedStacks({ one: { Resources: table }, two: { Resources: table } });

    expect(() => readStacks(folder)).toThrow('two stacks have a resource "Items"');
  });

  test('a folder without stacks says how to make them', () => {
    expect(() => readStacks('/nowhere/at/all')).toThrow('npm run synth');
  });
});

test.each(['sns', 'constructor', '__proto__'])(
  'a request that is signed for a service %s is told that there is none',
  async (service) => {
    const cloud = await cloudOf(table, {});
    const authorization = `AWS4-HMAC-SHA256 Credential=X/20260302/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

    const answer = await fetch(cloud.awsUrl, { method: 'POST', headers: { authorization } });

    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([400, 'UnknownService']);
  },
);
