import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { type App, Duration, Stack } from 'aws-cdk-lib/core';
import { type PlacedFeature, routeKey, type Trigger } from '../shared/core/contract.ts';
import { alarmTopic, sharedAlarms } from './alarms.ts';
import { wasteAlarms } from './ceilings.ts';
import { distribution } from './distribution.ts';
import { exportAll, type ServiceValue } from './exports.ts';
import { featureFunction } from './feature-function.ts';
import { functionsOf, homeOf } from './function-id.ts';
import { httpApi, httpAuthorizer } from './http-api.ts';
import { mailFeedback } from './mail-feedback.ts';
import { acknowledge } from './nag.ts';
import type { Place } from './place.ts';
import { socketApi, socketAuthorizer } from './socket-api.ts';
import type { Stage } from './stages.ts';

/** A queue for failed work that waits for a person, with the longest retention that SQS offers. */
function lastStop(stack: Stack, id: string): Queue {
  const queue = new Queue(stack, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  acknowledge(queue, {
    'AwsSolutions-SQS3': 'It is itself the queue for what failed; nothing reads from it by machine.',
  });
  return queue;
}

/**
 * The queue of changes that a consumer could not follow. The function that tries them again decides when and for how long
 * (`shared/events/parked.ts`). The maximum of receives only concerns a function that does not even start. AWS asks for a
 * visibility timeout of six times the function's timeout.
 */
const parkedQueue = (stack: Stack, failed: Queue): Queue =>
  new Queue(stack, 'Parked', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    visibilityTimeout: Duration.seconds(360),
    // The longest retention of SQS, because throttled work is not given up.
    retentionPeriod: Duration.days(14),
    deadLetterQueue: { queue: failed, maxReceiveCount: 1000 },
  });

/**
 * The queue of changes whose consumers do heavy work. Whoever does it ends within three minutes. Messages are handed over one by
 * one, so what a function that died has left is tried again soon after: its photo can be approved by nobody until then.
 */
const heavyQueue = (stack: Stack, failed: Queue): Queue =>
  new Queue(stack, 'Heavy', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    visibilityTimeout: Duration.seconds(180 + 30),
    retentionPeriod: Duration.days(14),
    deadLetterQueue: { queue: failed, maxReceiveCount: 1000 },
  });

/**
 * Refuses features with guarded routes or sockets if no feature is the authorizer.
 *
 * @throws Error that names the feature
 */
function refuseUnguarded(features: readonly PlacedFeature[], guards: ReadonlySet<Trigger>): void {
  for (const { name, routes, answersFor } of features) {
    const guarded = Object.values(routes).find(({ auth }) => auth === 'account');
    if (guarded && !guards.has('httpAuthorizer'))
      throw new Error(
        `"${routeKey(guarded)}" of ${name} is guarded, and no feature answers for httpAuthorizer: declare it in its contract`,
      );
    if (answersFor.includes('lifecycle') && !guards.has('socketAuthorizer'))
      throw new Error(`${name} opens sockets, and no feature answers for socketAuthorizer: declare it in its contract`);
  }
}

/**
 * Resources that all features share: the two APIs, still closed, and their authorizers; the queues for failed work;
 * mail and its reports; the topic of the alarms.
 */
export function serviceStack(app: App, stage: Stage, features: readonly PlacedFeature[], assets: string): Stack {
  const stack = new Stack(app, `moim-${stage.name}-service`, { description: 'moim: what all features share' });
  const http = httpApi(stack, stage);
  const socket = socketApi(stack, stage);
  const failed = { jobs: lastStop(stack, 'FailedJobs'), changes: lastStop(stack, 'FailedChanges') };
  const parked = parkedQueue(stack, failed.changes);
  const heavy = heavyQueue(stack, failed.changes);
  const own: Partial<Record<ServiceValue, string>> = {
    HttpApiId: http.ref,
    DistributionDomain: distribution(stack, stage, { httpApiId: http.ref, socketApiId: socket.ref, features })
      .attrDomainName,
    SocketApiId: socket.ref,
    FailedJobsArn: failed.jobs.queueArn,
    FailedChangesArn: failed.changes.queueArn,
    FailedChangesUrl: failed.changes.queueUrl,
    ParkedArn: parked.queueArn,
    ParkedUrl: parked.queueUrl,
    HeavyArn: heavy.queueArn,
    HeavyUrl: heavy.queueUrl,
    AlarmsArn: alarmTopic(stack, stage).topicArn,
  };
  const shared = (value: ServiceValue): string => {
    const found = own[value];
    if (found === undefined) throw new Error(`${value} is not made yet: make it before its first use in serviceStack`);
    return found;
  };
  const place: Place = { stack, stage, home: 'service', shared };
  const functions = functionsOf(features)
    .filter((name) => homeOf(name) === 'service')
    .map((name) => featureFunction(place, name, assets));
  refuseUnguarded(features, new Set(functions.map(({ trigger }) => trigger)));
  for (const guard of functions) {
    if (guard.trigger === 'httpAuthorizer') own.HttpAuthorizerId = httpAuthorizer(place, guard);
    if (guard.trigger === 'socketAuthorizer') own.SocketAuthorizerId = socketAuthorizer(place, guard);
  }
  mailFeedback(place, functions, failed.jobs);
  sharedAlarms(place, functions, { ...failed, parked, heavy });
  wasteAlarms(place);
  exportAll(stack, stage, own);
  return stack;
}
