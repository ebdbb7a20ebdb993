import { join } from 'node:path';
import type { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  CfnAlias,
  type CfnFunction,
  CfnPermission,
  Code,
  Function as Lambda,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import type { Trigger } from '../shared/core/contract.ts';
import { failureAlarm } from './alarms.ts';
import { type FunctionName, logicalId } from './function-id.ts';
import { type Grounds, rightsOf, statementsFor, usesBucket, usesTable } from './grants.ts';
import { acknowledgeStars } from './nag.ts';
import type { Stage } from './stages.ts';
import { imported } from './state-stack.ts';

/** What the parts of the service stack share. */
export interface Service {
  readonly stack: Stack;
  readonly stage: Stage;
  /** The folder that holds a folder per function, as `buildFunctions` leaves them. */
  readonly assets: string;
  readonly httpApi: CfnApi;
  readonly socketApi: CfnApi;
  /** Job runs that failed for good. */
  readonly failedJobs: Queue;
  /** Batches of table changes that failed for good. */
  readonly failedChanges: Queue;
}

export interface FeatureFunction extends FunctionName {
  readonly lambda: Lambda;
  /** Where traffic can be moved slowly from version to version: functions that answer HTTP. */
  readonly alias: CfnAlias | undefined;
  /** The ARN to invoke: the alias where there is one. */
  readonly target: string;
  readonly failing: Alarm;
}

/** The stage that clients reach a socket API under. */
export const socketStageName = 'live';

/**
 * Seconds a function may take. Whoever waits for an answer gives up first otherwise: API Gateway after 30 s (29 s on
 * sockets), after 10 s for an authorizer.
 */
const timeouts: Readonly<Record<Trigger, number>> = {
  http: 20,
  socket: 20,
  job: 120,
  stream: 60,
  httpAuthorizer: 8,
  socketAuthorizer: 8,
};
const longest: Readonly<Record<Trigger, number>> = {
  http: 25,
  socket: 25,
  job: 900,
  stream: 900,
  httpAuthorizer: 9,
  socketAuthorizer: 9,
};

function environmentOf({ stage, stack, socketApi }: Service, { id, feature, trigger }: FunctionName) {
  const rights = rightsOf(feature, trigger);
  const host = `${socketApi.ref}.execute-api.${stack.region}.${stack.urlSuffix}/${socketStageName}`;
  const meetsClients = trigger === 'http' || trigger === 'socketAuthorizer';
  return {
    SERVICE: id,
    STAGE: stage.name,
    ...(usesTable(rights) ? { TABLE_NAME: imported(stage, 'TableName') } : {}),
    ...(usesBucket(rights) ? { BUCKET_NAME: imported(stage, 'BucketName') } : {}),
    ...(rights.signingKey ? { SIGNING_KEY_ARN: imported(stage, 'SigningKeyArn') } : {}),
    ...(rights.sendMail ? { MAIL_FROM: stage.mail.from } : {}),
    ...(rights.postToSockets ? { SOCKET_ENDPOINT: `https://${host}` } : {}),
    ...(trigger === 'http' ? { SOCKET_URL: `wss://${host}` } : {}),
    ...(meetsClients ? { ALLOWED_ORIGINS: stage.origins.join(',') } : {}),
  };
}

/** What the function's own machinery needs: to write its log, read its stream, hand over what failed. */
function machinery({ stage, failedJobs, failedChanges }: Service, trigger: Trigger, log: LogGroup): PolicyStatement[] {
  const sendTo = (queue: Queue) =>
    new PolicyStatement({ sid: 'KeepFailures', actions: ['sqs:SendMessage'], resources: [queue.queueArn] });
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
    ...(trigger === 'job' ? [sendTo(failedJobs)] : []),
    ...(trigger === 'stream'
      ? [
          new PolicyStatement({
            sid: 'ReadStream',
            actions: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((a) => `dynamodb:${a}`),
            resources: [imported(stage, 'StreamArn')],
          }),
          sendTo(failedChanges),
        ]
      : []),
  ];
}

function roleFor(service: Service, { id, feature, trigger }: FunctionName, log: LogGroup): Role {
  const { stack, stage, socketApi } = service;
  const rights = rightsOf(feature, trigger);
  const on: Grounds = {
    table: imported(stage, 'TableArn'),
    bucket: imported(stage, 'BucketArn'),
    mailIdentity: imported(stage, 'MailIdentityArn'),
    mailFrom: stage.mail.from,
    signingKey: imported(stage, 'SigningKeyArn'),
    connections: stack.formatArn({
      service: 'execute-api',
      resource: socketApi.ref,
      resourceName: `${socketStageName}/*/@connections/*`,
    }),
  };
  const role = new Role(stack, `${logicalId(id)}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      own: new PolicyDocument({
        statements: [...machinery(service, trigger, log), ...statementsFor(rights, on)],
      }),
    },
  });
  const prefixes = [...(rights.readObjects ?? []), ...(rights.writeObjects ?? [])];
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

/**
 * Makes a function: the only way to one. It runs its bundle on Node 24 on arm64, with a role, a log and an alarm of its
 * own, and may touch what its contract says. Functions that answer HTTP get an alias, so that traffic can be moved.
 * Throws if the contract asks for more time than the caller would wait.
 */
export function featureFunction(service: Service, name: FunctionName): FeatureFunction {
  const { stack, stage } = service;
  const { id, feature, trigger } = name;
  const { memory, timeout } = { memory: stage.memory[trigger], timeout: timeouts[trigger], ...feature.tuning[trigger] };
  if (timeout > longest[trigger]) {
    throw new Error(`${id} asks for ${timeout} s; whoever waits for it gives up before: ${longest[trigger]} s at most`);
  }
  const functionName = `moim-${stage.name}-${id}`;
  const log = new LogGroup(stack, `${logicalId(id)}Log`, {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: stage.logDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const lambda = new Lambda(stack, logicalId(id), {
    functionName,
    description: feature.summary,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(join(service.assets, id)),
    handler: 'index.handler',
    memorySize: memory,
    timeout: Duration.seconds(timeout),
    role: roleFor(service, name, log),
    logGroup: log,
    environment: environmentOf(service, name),
  });
  if (stage.tracing) (lambda.node.defaultChild as CfnFunction).tracingConfig = { mode: 'Active' };
  const alias =
    trigger === 'http'
      ? new CfnAlias(stack, `${logicalId(id)}Live`, {
          name: 'live',
          functionName: lambda.functionName,
          functionVersion: lambda.currentVersion.version,
        })
      : undefined;
  const failing = failureAlarm(stack, stage, id, lambda);
  return { ...name, lambda, alias, target: alias?.ref ?? lambda.functionArn, failing };
}

/** Lets an API call a function: one permission for all its routes. */
export function allowApi({ stack }: Service, { id, target }: FeatureFunction, api: CfnApi): void {
  new CfnPermission(stack, `${logicalId(id)}Permission`, {
    action: 'lambda:InvokeFunction',
    functionName: target,
    principal: 'apigateway.amazonaws.com',
    sourceArn: stack.formatArn({ service: 'execute-api', resource: api.ref, resourceName: '*' }),
  });
}

/** The address under which API Gateway invokes a function. */
export const invocationUri = ({ stack }: Service, { target }: FeatureFunction) =>
  `arn:${stack.partition}:apigateway:${stack.region}:lambda:path/2015-03-31/functions/${target}/invocations`;
