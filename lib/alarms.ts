import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { type FunctionName, logicalId } from './function-id.ts';
import { type FeatureFunction, type Service, socketStageName } from './service.ts';
import type { Stage } from './stages.ts';

interface Watch {
  readonly metric: IMetric;
  /** The alarm goes off above this, in each of so many periods. */
  readonly above: number;
  readonly periods: number;
  readonly means: string;
}

function alarm(stack: Stack, stage: Stage, id: string, { metric, above, periods, means }: Watch): Alarm {
  return new Alarm(stack, `${logicalId(id)}Alarm`, {
    alarmName: `moim-${stage.name}-${id}`,
    alarmDescription: means,
    metric,
    threshold: above,
    evaluationPeriods: periods,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}

const minute = Duration.minutes(1);

/**
 * Goes off when a function fails or is throttled. It also stops a deployment that is under way. An authorizer of sockets
 * refuses by failing (API Gateway knows no other way to 401): with its errors anybody could ring the alarm by a forged ticket.
 */
export function failureAlarm(stack: Stack, stage: Stage, { id, trigger }: FunctionName, lambda: Lambda): Alarm {
  const throttles = lambda.metricThrottles({ period: minute });
  const errors = lambda.metricErrors({ period: minute });
  const metric =
    trigger === 'socketAuthorizer'
      ? throttles
      : new MathExpression({
          expression: 'errors + throttles',
          usingMetrics: { errors, throttles },
          period: minute,
          label: id,
        });
  return alarm(stack, stage, `${id}-failing`, { metric, above: 0, periods: 2, means: `${id} throws or is throttled` });
}

function apiMetrics({ httpApi, socketApi }: Service) {
  const http = { namespace: 'AWS/ApiGateway', dimensionsMap: { ApiId: httpApi.ref }, period: minute };
  const socket = {
    namespace: 'AWS/ApiGateway',
    dimensionsMap: { ApiId: socketApi.ref, Stage: socketStageName },
    period: minute,
  };
  return {
    requests: new Metric({ ...http, metricName: 'Count', statistic: 'Sum' }),
    refused: new Metric({ ...http, metricName: '4xx', statistic: 'Sum' }),
    broken: new Metric({ ...http, metricName: '5xx', statistic: 'Sum' }),
    latency: new Metric({ ...http, metricName: 'Latency', statistic: 'p99' }),
    messages: new Metric({ ...socket, metricName: 'MessageCount', statistic: 'Sum' }),
    sockets: new Metric({ ...socket, metricName: 'ConnectCount', statistic: 'Sum' }),
    socketErrors: new MathExpression({
      expression: 'integration + execution',
      usingMetrics: {
        integration: new Metric({ ...socket, metricName: 'IntegrationError', statistic: 'Sum' }),
        execution: new Metric({ ...socket, metricName: 'ExecutionError', statistic: 'Sum' }),
      },
      period: minute,
    }),
  };
}

/** SES looks at an account from 5 % bounces and 0.1 % complaints on: be there first (trust.md D1). */
function mailWatches(stage: Stage): Record<string, Watch> {
  const rate = (metricName: string) =>
    new Metric({ namespace: 'AWS/SES', metricName, statistic: 'Average', period: Duration.hours(1) });
  return {
    'mail-bounces': {
      metric: rate('Reputation.BounceRate'),
      above: 0.02,
      periods: 1,
      means: 'more than 2 % of mails bounce',
    },
    'mail-complaints': {
      metric: rate('Reputation.ComplaintRate'),
      above: 0.0005,
      periods: 1,
      means: 'more than 0.05 % of mails are complained of',
    },
    'mail-rejected': {
      metric: new Metric({
        namespace: 'moim',
        metricName: 'MailsRejected',
        dimensionsMap: { stage: stage.name },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      above: 0,
      periods: 1,
      means: 'SES refuses mails for good: is the domain verified, has the account left the sandbox?',
    },
  };
}

function watches(service: Service, functions: readonly FeatureFunction[]): Record<string, Watch> {
  const { failedJobs, failedChanges } = service;
  const api = apiMetrics(service);
  const waiting = (queue: Service['failedJobs']) =>
    queue.metricApproximateNumberOfMessagesVisible({ period: minute, statistic: 'Maximum' });
  const late = functions
    .filter(({ trigger }) => trigger === 'stream')
    .map(({ id, lambda }): [string, Watch] => {
      const metric = lambda.metric('IteratorAge', { period: minute, statistic: 'Maximum' });
      return [`${id}-late`, { metric, above: 60_000, periods: 5, means: `${id} is over a minute behind the table` }];
    });
  return {
    'http-broken': { metric: api.broken, above: 0, periods: 2, means: 'the HTTP API answers with 5xx' },
    'http-slow': { metric: api.latency, above: 2000, periods: 5, means: 'one request in a hundred takes over 2 s' },
    'socket-broken': { metric: api.socketErrors, above: 0, periods: 2, means: 'socket messages fail' },
    'failed-jobs': { metric: waiting(failedJobs), above: 0, periods: 1, means: 'a job failed for good' },
    'failed-changes': { metric: waiting(failedChanges), above: 0, periods: 1, means: 'a table change was given up' },
    'counters-drifted': {
      metric: new Metric({
        namespace: 'moim',
        metricName: 'CountersDrifted',
        dimensionsMap: { stage: service.stage.name },
        statistic: 'Sum',
        period: Duration.hours(1),
      }),
      above: 0,
      periods: 1,
      means: 'counters did not fit what they count, and were mended: something changes one without the other',
    },
    ...mailWatches(service.stage),
    ...Object.fromEntries(late),
  };
}

/** Alarms on what the whole service shows, a dashboard, and the mail that tells of every alarm. */
export function alarms(service: Service, functions: readonly FeatureFunction[]): void {
  const { stack, stage } = service;
  const made = Object.entries(watches(service, functions)).map(([id, watch]) => alarm(stack, stage, id, watch));
  if (stage.alarmEmail) {
    const topic = new Topic(stack, 'Alarms', { enforceSSL: true });
    topic.addSubscription(new EmailSubscription(stage.alarmEmail));
    const action = new SnsAction(topic);
    for (const each of [...made, ...functions.map(({ failing }) => failing)]) each.addAlarmAction(action);
  }
  const api = apiMetrics(service);
  new Dashboard(stack, 'Dashboard', {
    dashboardName: `moim-${stage.name}`,
    widgets: [
      [
        new GraphWidget({ title: 'HTTP requests', left: [api.requests, api.refused, api.broken] }),
        new GraphWidget({ title: 'HTTP p99, ms', left: [api.latency] }),
      ],
      [
        new GraphWidget({ title: 'Sockets', left: [api.sockets, api.messages, api.socketErrors] }),
        new GraphWidget({
          title: 'Failing functions',
          left: functions.map(({ lambda }) => lambda.metricErrors({ period: minute })),
        }),
      ],
    ],
  });
}
