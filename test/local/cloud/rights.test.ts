import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Statement } from '../../../local/runtime/iam.ts';
import { createCallers } from '../../../local/runtime/roles.ts';
import { clientConfig, inTime } from '../../../shared/adapters/aws.ts';
import { feature, placed, route } from '../../../shared/core/contract.ts';
import { unusedRights } from '../../infra/unused-rights.ts';
import { closeClouds, cloudOf, type Handler, lambda, ref, stop, table } from './support.ts';

afterEach(closeClouds);

const tableArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Items';
const keys = (...texts: string[]) => ({ 'dynamodb:LeadingKeys': texts });
const remedyOf = (
  functionId: string,
  [action, resource, conditions]: [string, string, Record<string, string[]>?],
  statements: readonly Statement[] = [],
) => createCallers().admit(functionId, statements).caller.remedy?.(action, resource, conditions);

describe('a refusal says which right is missing, and where to add it', () => {
  const blocks = 'functions/accounts/blocks/contract.ts';

  test.each<[string, [string, string, Record<string, string[]>?], string]>([
    ['blocks-http', ['dynamodb:GetItem', tableArn, keys('ACCOUNT#1')], `read Account: add it to rights.http.read in`],
    ['blocks-http', ['dynamodb:BatchGetItem', tableArn, keys('LOGIN#a', 'LOGIN#b')], 'read Credential: add it to'],
    ['blocks-http', ['dynamodb:PutItem', tableArn, keys('OUTBOX#1')], 'write Outbox: add it to rights.http.write in'],
    ['blocks-http', ['dynamodb:DeleteItem', tableArn, keys('PLAN#1')], 'write Plan: add it to rights.http.write in'],
    [
      'blocks-job',
      ['dynamodb:ConditionCheckItem', tableArn, keys('GROUP#1')],
      'check Group: add it to rights.job.check',
    ],
    [
      'blocks-http',
      ['dynamodb:Query', tableArn, keys('MEMBERS#1')],
      'query membersOfGroup: add it to rights.http.query',
    ],
    ['blocks-http', ['dynamodb:Query', `${tableArn}/index/gsi2`, keys('PRESENT#1')], 'query presentMembers: add it to'],
    [
      'live-stream',
      ['s3:GetObject', 'arn:aws:s3:::media/pictures/1/a'],
      'read objects below pictures/: add it to consumers.<name>.rights.readObjects',
    ],
    [
      'blocks-http',
      ['s3:PutObject', 'arn:aws:s3:::media/uploads/1'],
      'write objects below uploads/: add it to rights.http.writeObjects',
    ],
    [
      'blocks-job',
      ['s3:DeleteObject', 'arn:aws:s3:::media/files/1'],
      'delete objects below files/: add it to rights.job.deleteObjects',
    ],
    [
      'blocks-job',
      ['s3:ListBucket', 'arn:aws:s3:::media', { 's3:prefix': ['files/1/'] }],
      'list objects below files/: add it to rights.job.listObjects',
    ],
    [
      'blocks-http',
      ['ses:SendRawEmail', 'arn:aws:ses:us-east-1:000000000000:identity/x'],
      'send this mail: set rights.http.sendMail in',
    ],
    [
      'blocks-http',
      ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:us-east-1:000000000000:secret:SessionKey0FB1EBB7'],
      'read the secret SessionKey: add it to rights.http.secrets in',
    ],
    [
      'blocks-job',
      ['secretsmanager:PutSecretValue', 'arn:aws:secretsmanager:us-east-1:000000000000:secret:PushKeysDD9D7C4B'],
      'replace the secret PushKeys: add it to rights.job.rotate in',
    ],
    [
      'live-stream',
      ['execute-api:ManageConnections', 'arn:aws:execute-api:us-east-1:000000000000:s/live/POST/@connections/x'],
      'post to sockets: set consumers.<name>.rights.postToSockets in',
    ],
  ])('%s: %j', (functionId, asked, expected) => {
    const remedy = remedyOf(functionId, asked);

    expect(remedy).toContain(`${functionId} may not ${expected}`);
    // A lane has the rights of many contracts.
    expect(remedy).toContain(functionId === 'live-stream' ? 'functions/<area>/<feature>/contract.ts' : blocks);
  });

  test('of several keys, those that are refused', () => {
    const statement: Statement = {
      Effect: 'Allow',
      Action: 'dynamodb:BatchGetItem',
      Resource: '*',
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ACCOUNT#*'] } },
    };
    const asked = keys('ACCOUNT#1', 'GROUP#1', 'GROUP#2', 'PLAN#1');

    expect(remedyOf('blocks-http', ['dynamodb:BatchGetItem', tableArn, asked], [statement])).toBe(
      `blocks-http may not read Group, Plan: add them to rights.http.read in ${blocks}`,
    );
  });

  test('by the name of the trigger in the contract', () => {
    const asked: [string, string, Record<string, string[]>] = ['dynamodb:GetItem', tableArn, keys('GROUP#1')];

    expect(remedyOf('sessions-http-authorizer', asked)).toContain(
      'rights.httpAuthorizer.read in functions/accounts/sessions/contract.ts',
    );
    expect(remedyOf('mail-mail-feedback', asked)).toContain('rights.mailFeedback.read in functions/talking/mail/');
  });

  test.each<[string, string, [string, string, Record<string, string[]>?]]>([
    ['what no contract grants', 'blocks-http', ['dynamodb:Scan', tableArn]],
    ['keys that the registry does not know', 'blocks-http', ['dynamodb:GetItem', tableArn, keys('ELSE#1')]],
    ['a function of no feature', 'Echo', ['dynamodb:GetItem', tableArn, keys('GROUP#1')]],
  ])('but nothing about %s', (_, functionId, asked) => {
    expect(remedyOf(functionId, asked)).toBeUndefined();
  });
});

test('a function is told of its missing right, and with MOIM_RIGHTS_USED those it used are noted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'moim-rights-'));
  const before = process.env.MOIM_RIGHTS_USED;
  const statement = {
    Effect: 'Allow',
    Action: 'dynamodb:GetItem',
    Resource: { 'Fn::GetAtt': ['Items', 'Arn'] },
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['DEVICES#*'] } },
  };
  const read: Handler = (pk: string, platform) =>
    inTime(new DynamoDBClient({ ...clientConfig(platform, 'DYNAMODB'), maxAttempts: 1 }), platform).send(
      new GetItemCommand({ TableName: platform.environment.TABLE_NAME, Key: { pk: { S: pk }, sk: { S: '1' } } }),
    );
  const resources = { ...table, ...lambda('blocks-job', [statement], { TABLE_NAME: ref('Items') }) };
  try {
    process.env.MOIM_RIGHTS_USED = folder;
    const cloud = await cloudOf(resources, { 'blocks-job': read });

    expect(await cloud.invoke('blocks-job', 'DEVICES#1')).toMatchObject({ ok: true });
    expect(await cloud.invoke('blocks-job', 'GROUP#1')).toMatchObject({
      errorMessage: expect.stringMatching(/blocks-job may not read Group: add it to rights\.job\.read in functions/),
    });
    await stop(cloud);
    const noted = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    expect(noted.join().split('\n')).toContain('blocks-job read Device');
    expect(noted.join()).not.toContain('blocks-job read Group');
  } finally {
    if (before === undefined) delete process.env.MOIM_RIGHTS_USED;
    else process.env.MOIM_RIGHTS_USED = before;
    rmSync(folder, { recursive: true });
  }
});

test('rights that nothing used are named, each with the file to take it out of', () => {
  const walks = feature({
    name: 'walks',
    summary: 'Walks',
    routes: {
      plan: route({ method: 'POST', path: '/v1/walks', summary: 'Plan', auth: 'none', fromPlace: 'codeFromPlace' }),
    },
    jobs: { remind: { summary: 'Reminds', schedule: { rate: '1 hour' } } },
    rights: {
      http: { read: ['Account', 'Group'], query: ['membersOfGroup'], sendMail: true },
      job: { read: ['Account'], writeObjects: ['walks/'], sendMail: false, postToSockets: true },
    },
  });
  const used = new Set(['walks-http read Account', 'walks-http sendMail', 'walks-job writeObjects walks/']);

  expect(unusedRights([placed('groups', walks)], used)).toEqual(
    ['http.read Group', 'http.query membersOfGroup', 'job.read Account', 'job.postToSockets'].map(
      (right) =>
        `rights.${right} in functions/groups/walks/contract.ts is used by nothing: take it out, or test what needs it`,
    ),
  );
});
