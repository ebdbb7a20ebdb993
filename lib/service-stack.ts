import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { type App, CfnOutput, Duration, Stack } from 'aws-cdk-lib/core';
import type { Feature } from '../shared/core/contract.ts';
import { alarms } from './alarms.ts';
import { canary } from './canary.ts';
import { featureFunction } from './feature-function.ts';
import { functionsOf } from './function-id.ts';
import { httpApi, httpRoutes } from './http-api.ts';
import { mailFeedback } from './mail-feedback.ts';
import { acknowledge } from './nag.ts';
import { schedules } from './schedules.ts';
import { type Service, socketStageName } from './service.ts';
import { socketApi, socketRoutes } from './socket-api.ts';
import type { Stage } from './stages.ts';
import { streams } from './streams.ts';

/** A queue where what failed waits for a person, as long as SQS keeps anything. */
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

/** What can be thrown away and made again: functions, APIs, schedules, stream sources, alarms. */
export function serviceStack(app: App, stage: Stage, features: readonly Feature[], assets: string): Stack {
  const stack = new Stack(app, `moim-${stage.name}-service`, { description: 'moim: APIs and functions' });
  const service: Service = {
    stack,
    stage,
    assets,
    httpApi: httpApi(stack, stage),
    socketApi: socketApi(stack, stage),
    failedJobs: lastStop(stack, 'FailedJobs'),
    failedChanges: lastStop(stack, 'FailedChanges'),
  };
  const functions = functionsOf(features).map((name) => featureFunction(service, name));
  httpRoutes(service, functions);
  socketRoutes(service, functions);
  schedules(service, functions);
  streams(service, functions);
  mailFeedback(service, functions);
  canary(service, functions);
  alarms(service, functions);
  const host = (api: { ref: string }) => `${api.ref}.execute-api.${stack.region}.${stack.urlSuffix}`;
  new CfnOutput(stack, 'ApiUrl', { value: `https://${host(service.httpApi)}` });
  new CfnOutput(stack, 'SocketUrl', { value: `wss://${host(service.socketApi)}/${socketStageName}` });
  return stack;
}
