import { join } from 'node:path';
import { Architecture, CfnAlias, type CfnFunction, Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Trigger } from '../shared/core/contract.ts';
import { handsOver, isComposed } from '../shared/core/lanes.ts';
import { type Rights, secretVariable } from '../shared/core/rights.ts';
import { edgeKeys } from './distribution.ts';
import { imported } from './exports.ts';
import { type FunctionName, functionName, liveAlias, logicalId } from './function-id.ts';
import { roleFor } from './function-role.ts';
import { rightsOf, secretsOf, usesBucket, usesTable } from './grants.ts';
import { configurationSetName } from './mail-feedback.ts';
import { type FeatureFunction, type Place, socketStageName } from './place.ts';
import type { Stage } from './stages.ts';

/**
 * Seconds that a function may take: `timeouts` by default, `longest` if its contract asks for more. A caller stops
 * waiting: API Gateway after 30 s (29 s on sockets), and after 10 s for an authorizer.
 */
const timeouts: Readonly<Record<Trigger, number>> = {
  http: 20,
  socket: 20,
  job: 120,
  // All 25 changes of a batch may be of one item, and each take the 5 s of its consumer.
  stream: 150,
  queue: 60,
  httpAuthorizer: 8,
  socketAuthorizer: 8,
  mailFeedback: 20,
};
const longest: Readonly<Record<Trigger, number>> = {
  http: 25,
  socket: 25,
  job: 900,
  stream: 900,
  queue: 900,
  httpAuthorizer: 9,
  socketAuthorizer: 9,
  mailFeedback: 900,
};

/** Addresses to which an identity provider may redirect. */
const redirectsOf = ({ origins, appRedirects }: Stage) => [
  ...origins.map((origin) => `${origin}/social-sign-in`),
  ...appRedirects,
];

/** The site shows pictures of its own address alone, whether they were told over HTTP or over the socket. */
const showsPictures = (rights: Rights, trigger: Trigger) =>
  (trigger === 'http' || trigger === 'socket') && usesBucket(rights);

/**
 * The environment of a function: the variables that its rights need. Only functions that issue tickets get the address
 * of the socket.
 */
function environmentOf({ stage, stack, shared }: Place, { id, feature, trigger }: FunctionName) {
  const rights = rightsOf(feature, trigger);
  const host = `${shared('SocketApiId')}.execute-api.${stack.region}.${stack.urlSuffix}/${socketStageName}`;
  const meetsClients = trigger === 'http' || trigger === 'socketAuthorizer';
  const siteUrl = `https://${stage.site?.domain ?? shared('DistributionDomain')}`;
  return {
    SERVICE: id,
    STAGE: stage.name,
    ...(usesTable(rights) ? { TABLE_NAME: imported(stage, 'TableName') } : {}),
    ...(usesBucket(rights) ? { BUCKET_NAME: imported(stage, 'BucketName') } : {}),
    ...Object.fromEntries(secretsOf(rights).map((name) => [secretVariable(name), imported(stage, `${name}Arn`)])),
    ...(rights.sendMail
      ? {
          MAIL_FROM: stage.mail.from,
          MAIL_CONFIGURATION_SET: configurationSetName(stage),
          ...(isComposed(trigger) ? { MAILS_PER_SECOND: String(stage.mail.perSecond) } : {}),
        }
      : {}),
    ...(isComposed(trigger) ? { PARKED_URL: shared(feature.name === 'heavy' ? 'HeavyUrl' : 'ParkedUrl') } : {}),
    ...(handsOver(feature) ? { HEAVY_URL: shared('HeavyUrl') } : {}),
    ...(trigger === 'queue' ? { FAILED_URL: shared('FailedChangesUrl') } : {}),
    ...(rights.postToSockets ? { SOCKET_ENDPOINT: `https://${host}` } : {}),
    ...(trigger === 'http' ? { SOCKET_URL: `wss://${host}` } : {}),
    ...(trigger === 'http' || showsPictures(rights, trigger) ? { EDGE_KEYS: edgeKeys(stage) } : {}),
    ...(showsPictures(rights, trigger) ? { MEDIA_URL: siteUrl } : {}),
    ...(trigger === 'http' && stage.accountApproval ? { ACCOUNT_APPROVAL: 'on' } : {}),
    ...(trigger === 'http' && stage.groupApproval ? { GROUP_APPROVAL: 'on' } : {}),
    ...(trigger === 'job' ? { WEB_URL: stage.origins[0] ?? '' } : {}),
    ...(meetsClients ? { ALLOWED_ORIGINS: [...stage.origins, siteUrl].join(',') } : {}),
    ...(secretsOf(rights).includes('SocialProviders') ? { ALLOWED_REDIRECTS: redirectsOf(stage).join(',') } : {}),
  };
}

/**
 * Makes a function; there is no other way. It runs its bundle on Node 24 on arm64, with its own role and log,
 * and may access what its contract says. Functions that answer HTTP get an alias, so that traffic can be moved.
 *
 * @throws Error if the contract asks for more time than the caller waits
 */
export function featureFunction(place: Place, name: FunctionName, assets: string): FeatureFunction {
  const { stack, stage } = place;
  const { id, feature, trigger } = name;
  const { memory, timeout } = { memory: stage.memory[trigger], timeout: timeouts[trigger], ...feature.tuning[trigger] };
  if (timeout > longest[trigger]) {
    throw new Error(
      `${id} asks for ${timeout} s, but its caller waits ${longest[trigger]} s at most: lower it in the contract`,
    );
  }
  const called = functionName(stage, id);
  const log = new LogGroup(stack, `${logicalId(id)}Log`, {
    logGroupName: `/aws/lambda/${called}`,
    retention: stage.logDays,
    removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  const lambda = new Lambda(stack, logicalId(id), {
    functionName: called,
    description: feature.summary,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(join(assets, id)),
    handler: 'index.handler',
    memorySize: memory,
    timeout: Duration.seconds(timeout),
    role: roleFor(place, name, log),
    logGroup: log,
    environment: environmentOf(place, name),
  });
  if (stage.tracing) (lambda.node.defaultChild as CfnFunction).tracingConfig = { mode: 'Active' };
  const alias =
    trigger === 'http'
      ? new CfnAlias(stack, `${logicalId(id)}Live`, {
          name: liveAlias,
          functionName: lambda.functionName,
          functionVersion: lambda.currentVersion.version,
        })
      : undefined;
  return { ...name, lambda, alias, target: alias?.ref ?? lambda.functionArn };
}
