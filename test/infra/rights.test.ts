import { features } from '../../functions/features.ts';
import { fixture } from './fixture.ts';
import { allOf, asArray, functionsIn, type Statement, statementsOf, templatesOf } from './templates.ts';

const { service: product } = templatesOf(features, 'prod');
const { service: everything } = templatesOf(fixture, 'prod');
const { service: dev } = templatesOf(fixture);

const imported = (name: string) => ({ 'Fn::ImportValue': name });
const below = (name: string, path: string) => ({ 'Fn::Join': ['', [imported(name), path]] });
const onKeys = (...prefixes: string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': prefixes },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});
const writes = ['PutItem', 'UpdateItem', 'DeleteItem'].map((action) => `dynamodb:${action}`);

/** The statements of a function but the one for its log, which is the same for all. */
const rightsOf = (id: string) =>
  functionsIn(dev)
    .get(id)
    ?.statements.filter(({ Sid }) => Sid !== 'Log');

describe('a function may do what its contract names, spelled out', () => {
  test('an HTTP function with guarded and POST routes: read, query, write, objects, session and authority, answers kept for safe retries, counts of fair use', () => {
    expect(rightsOf('night-walks-http')).toEqual([
      {
        Sid: 'Read',
        Effect: 'Allow',
        Action: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'],
        Resource: imported('moim-dev-TableArn'),
        Condition: onKeys('ACCOUNT#*', 'AUTHORITY#*', 'IDEMPOTENCY#*', 'MEMBERS#*', 'SESSIONS#*'),
      },
      {
        Sid: 'Query',
        Effect: 'Allow',
        Action: 'dynamodb:Query',
        Resource: imported('moim-dev-TableArn'),
        Condition: onKeys('MEMBERS#*', 'MISSIONS#*'),
      },
      {
        Sid: 'QueryGsi1',
        Effect: 'Allow',
        Action: 'dynamodb:Query',
        Resource: below('moim-dev-TableArn', '/index/gsi1'),
        Condition: onKeys('GROUPS_OF#*'),
      },
      {
        Sid: 'QueryGsi2',
        Effect: 'Allow',
        Action: 'dynamodb:Query',
        Resource: below('moim-dev-TableArn', '/index/gsi2'),
        Condition: onKeys('CERTIFICATIONS_OF#*'),
      },
      {
        Sid: 'Write',
        Effect: 'Allow',
        Action: writes,
        Resource: imported('moim-dev-TableArn'),
        Condition: onKeys('IDEMPOTENCY#*', 'MISSIONS#*', 'OUTBOX#*', 'QUOTA#*'),
      },
      {
        Sid: 'Check',
        Effect: 'Allow',
        Action: 'dynamodb:ConditionCheckItem',
        Resource: imported('moim-dev-TableArn'),
        Condition: onKeys('GROUP#*'),
      },
      {
        Sid: 'ReadObjects',
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: below('moim-dev-BucketArn', '/walks/*'),
      },
      {
        Sid: 'WriteObjects',
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: [below('moim-dev-BucketArn', '/uploads/*'), below('moim-dev-BucketArn', '/walks/*')],
      },
      {
        Sid: 'DeleteObjects',
        Effect: 'Allow',
        Action: 's3:DeleteObject',
        Resource: below('moim-dev-BucketArn', '/walks/*'),
      },
    ]);
  });

  test('an HTTP function that mails and signs: as one sender, with one key', () => {
    expect(rightsOf('guards-http')?.slice(2)).toEqual([
      {
        Sid: 'SendMail',
        Effect: 'Allow',
        Action: 'ses:SendRawEmail',
        Resource: [
          imported('moim-dev-MailIdentityArn'),
          {
            'Fn::Join': [
              '',
              [
                'arn:',
                { Ref: 'AWS::Partition' },
                ':ses:',
                { Ref: 'AWS::Region' },
                ':',
                { Ref: 'AWS::AccountId' },
                ':configuration-set/moim-dev',
              ],
            ],
          },
        ],
        Condition: { StringEquals: { 'ses:FromAddress': 'no-reply@dev.moim.example' } },
      },
      {
        Sid: 'ReadSecrets',
        Effect: 'Allow',
        Action: 'secretsmanager:GetSecretValue',
        Resource: imported('moim-dev-SessionKeyArn'),
      },
    ]);
  });

  test('a lane: its stream, its queues, and what its consumers may: here the sockets of one API', () => {
    expect(rightsOf('live-stream')).toEqual([
      {
        Sid: 'ReadStream',
        Effect: 'Allow',
        Action: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
          (action) => `dynamodb:${action}`,
        ),
        Resource: imported('moim-dev-StreamArn'),
      },
      {
        Sid: 'KeepFailures',
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^FailedChanges/), 'Arn'] },
      },
      {
        Sid: 'Park',
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Parked/), 'Arn'] },
      },
      expect.objectContaining({ Sid: 'Query', Condition: onKeys('SOCKETS#*') }),
      expect.objectContaining({ Sid: 'Write', Action: writes, Condition: onKeys('INBOX#*') }),
      {
        Sid: 'PostToSockets',
        Effect: 'Allow',
        Action: 'execute-api:ManageConnections',
        Resource: {
          'Fn::Join': [
            '',
            [
              'arn:',
              { Ref: 'AWS::Partition' },
              ':execute-api:',
              { Ref: 'AWS::Region' },
              ':',
              { Ref: 'AWS::AccountId' },
              ':',
              { Ref: 'SocketApi' },
              '/live/*/@connections/*',
            ],
          ],
        },
      },
    ]);
  });

  test('what tries again: its queue, the consumers’ items, and all that any consumer may', () => {
    const onQueue = ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes'];

    expect(rightsOf('parked-queue')).toEqual([
      expect.objectContaining({ Sid: 'Park', Action: onQueue.map((action) => `sqs:${action}`) }),
      expect.objectContaining({ Sid: 'KeepFailures' }),
      expect.objectContaining({ Sid: 'Read', Condition: onKeys('EXPORTS#*', 'OUTBOX#*') }),
      expect.objectContaining({ Sid: 'Query', Condition: onKeys('SOCKETS#*') }),
      expect.objectContaining({ Sid: 'Write', Condition: onKeys('INBOX#*') }),
      expect.objectContaining({ Sid: 'PostToSockets' }),
    ]);
  });

  test('a function without rights: its own log', () => {
    const bare = { ...fixture[0], name: 'bare', rights: {} } as (typeof fixture)[0];

    const { statements } =
      functionsIn(templatesOf([{ ...bare, routes: {}, answersFor: ['fallback'] }]).service).get('bare-http') ?? {};

    expect(statements).toEqual([
      {
        Sid: 'Log',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^BareHttpLog/), 'Arn'] },
      },
    ]);
  });
});

/** Each star there is, by the statement it stands in, and why it is there. */
const stars: Readonly<Record<string, { readonly resource: RegExp; readonly because: string }>> = {
  ReadObjects: { resource: /BucketArn.*\/\*"/, because: 'names of objects are not known before' },
  WriteObjects: { resource: /BucketArn.*\/\*"/, because: 'names of objects are not known before' },
  DeleteObjects: { resource: /BucketArn.*\/\*"/, because: 'names of objects are not known before' },
  PostToSockets: {
    resource: /SocketApi.*\/live\/\*\/@connections\/\*"/,
    because: 'ids of sockets are not known before',
  },
  Trace: { resource: /^"\*"$/, because: 'the X-Ray actions know no resource' },
  Logs: { resource: /^"\*"$/, because: 'API Gateway takes no narrower log role; only API Gateway can take it on' },
};

describe.each([
  ['the product', product],
  ['features that use everything', everything],
])('in the stack of %s', (_, template) => {
  const roles = allOf(template, 'AWS::IAM::Role');
  const all: readonly Statement[] = roles.flatMap(({ properties }) => statementsOf(properties));

  test('rights stand in the roles themselves: no policy beside them, none of those that AWS keeps', () => {
    expect(allOf(template, 'AWS::IAM::Policy')).toEqual([]);
    expect(allOf(template, 'AWS::IAM::ManagedPolicy')).toEqual([]);
    expect(roles.filter(({ properties }) => properties.ManagedPolicyArns !== undefined)).toEqual([]);
  });

  test('no function shares a role', () => {
    const own = allOf(template, 'AWS::Lambda::Function').map(({ properties }) => JSON.stringify(properties.Role));

    expect(new Set(own).size).toBe(own.length);
  });

  test('every action is named', () => {
    const loose = all.flatMap(({ Action }) => asArray(Action)).filter((action) => action.includes('*'));

    expect(loose).toEqual([]);
  });

  test('no resource has a star but those listed with their reason', () => {
    const loose = all.flatMap(({ Sid, Resource }) =>
      asArray(Resource)
        .map((resource) => JSON.stringify(resource))
        .filter((resource) => resource.includes('*') && !stars[Sid]?.resource.test(resource))
        .map((resource) => `${Sid}: ${resource}`),
    );

    expect(loose).toEqual([]);
  });

  test('items are reached by their keys only: every statement on the table is bound to prefixes, without an empty way in', () => {
    const onTable = all.filter(({ Resource }) => JSON.stringify(Resource).includes('TableArn'));
    const unbound = onTable.filter(({ Condition }) => {
      const prefixes = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
      const bound = Array.isArray(prefixes) && prefixes.length > 0 && prefixes.every((p) => /^[A-Z_]+#\*$/.test(p));
      return !bound || Condition?.Null?.['dynamodb:LeadingKeys'] !== 'false';
    });

    expect(unbound).toEqual([]);
    expect(JSON.stringify(all)).not.toContain('dynamodb:Scan');
  });
});
