import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { handsOver } from '../shared/core/lanes.ts';
import { imported } from './exports.ts';
import { type FunctionName, logicalId } from './function-id.ts';
import { type Grounds, rightsOf, statementsFor } from './grants.ts';
import { configurationSetName } from './mail-feedback.ts';
import { acknowledgeStars } from './nag.ts';
import { type Place, socketStageName } from './place.ts';

/** The rights that the function itself needs: to write its log, to read its stream, to report failed work. */
function machinery({ stage, shared }: Place, { feature, trigger }: FunctionName, log: LogGroup): PolicyStatement[] {
  const sendTo = (queue: 'FailedJobsArn' | 'FailedChangesArn') =>
    new PolicyStatement({ sid: 'KeepFailures', actions: ['sqs:SendMessage'], resources: [shared(queue)] });
  const own = feature.name === 'heavy' ? 'HeavyArn' : 'ParkedArn';
  const onQueue = (sid: string, queue: 'ParkedArn' | 'HeavyArn', ...actions: string[]) =>
    new PolicyStatement({ sid, actions: actions.map((action) => `sqs:${action}`), resources: [shared(queue)] });
  return [
    new PolicyStatement({
      sid: 'Log',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [log.logGroupArn],
    }),
    ...(stage.tracing
      ? [
          new PolicyStatement({
            sid: 'Trace',
            actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
            resources: ['*'],
          }),
        ]
      : []),
    ...(trigger === 'job' || trigger === 'mailFeedback' ? [sendTo('FailedJobsArn')] : []),
    ...(trigger === 'stream'
      ? [
          new PolicyStatement({
            sid: 'ReadStream',
            actions: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((a) => `dynamodb:${a}`),
            resources: [imported(stage, 'StreamArn')],
          }),
          sendTo('FailedChangesArn'),
          onQueue('Park', 'ParkedArn', 'SendMessage'),
          ...(handsOver(feature) ? [onQueue('HandOver', 'HeavyArn', 'SendMessage')] : []),
        ]
      : []),
    ...(trigger === 'queue'
      ? [
          onQueue(
            ...([
              'Park',
              own,
              'SendMessage',
              'ReceiveMessage',
              'DeleteMessage',
              'ChangeMessageVisibility',
              'GetQueueAttributes',
            ] as const),
          ),
          sendTo('FailedChangesArn'),
        ]
      : []),
  ];
}

/** The role of one function: the rights that it needs to run, and those of its contract. */
export function roleFor(place: Place, name: FunctionName, log: LogGroup): Role {
  const { id, feature, trigger } = name;
  const { stack, stage, shared } = place;
  const rights = rightsOf(feature, trigger);
  const on: Grounds = {
    table: imported(stage, 'TableArn'),
    bucket: imported(stage, 'BucketArn'),
    mailIdentity: imported(stage, 'MailIdentityArn'),
    mailConfigurationSet: stack.formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: configurationSetName(stage),
    }),
    mailFrom: stage.mail.from,
    secrets: {
      SessionKey: imported(stage, 'SessionKeyArn'),
      DeviceKey: imported(stage, 'DeviceKeyArn'),
      CodeKey: imported(stage, 'CodeKeyArn'),
      SocialProviders: imported(stage, 'SocialProvidersArn'),
      PushKeys: imported(stage, 'PushKeysArn'),
      UploadKey: imported(stage, 'UploadKeyArn'),
    },
    connections: stack.formatArn({
      service: 'execute-api',
      resource: shared('SocketApiId'),
      resourceName: `${socketStageName}/*/@connections/*`,
    }),
  };
  const role = new Role(stack, `${logicalId(id)}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      own: new PolicyDocument({
        statements: [...machinery(place, name, log), ...statementsFor(rights, on)],
      }),
    },
  });
  const prefixes = [rights.readObjects, rights.writeObjects, rights.deleteObjects].flatMap((each) => each ?? []);
  acknowledgeStars(
    stack,
    role,
    prefixes.map((prefix) => `${on.bucket}/${prefix}*`),
    'The contract names this prefix of the bucket; the names of the objects in it are not known before.',
  );
  if (rights.postToSockets) {
    const reason = 'The ids of connections are not known before; the grant ends at the stage of this socket API.';
    acknowledgeStars(stack, role, [on.connections], reason);
  }
  if (stage.tracing) {
    acknowledgeStars(stack, role, ['*'], 'The two X-Ray actions for sending traces know no resource.');
  }
  return role;
}
