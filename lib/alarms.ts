import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { logicalId } from './function-id.ts';
import type { FeatureFunction, Place } from './place.ts';
import type { Stage } from './stages.ts';

export interface Watch {
  readonly metric: IMetric;
  /** The alarm goes off above this value, in each of that many periods. */
  readonly above: number;
  readonly periods: number;
  readonly means: string;
}

export const minute = Duration.minutes(1);

/**
 * Notifies a person of every alarm. The topic exists in every stage, so that its export does too. The stage decides who
 * subscribes.
 */
export function alarmTopic(stack: Stack, { alarmEmail }: Stage): Topic {
  const topic = new Topic(stack, 'Alarms', { enforceSSL: true });
  topic.addToResourcePolicy(
    new PolicyStatement({
      // A policy of our own replaces the default policy, which would let everything in the account publish.
      sid: 'TellOfAlarms',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  if (alarmEmail) topic.addSubscription(new EmailSubscription(alarmEmail));
  return topic;
}

/** The name of an alarm on AWS. */
export const alarmName = (stage: Stage, id: string) => `moim-${stage.name}-${id}`;

/** An alarm. A stage whose alarms nobody hears and no deployment heeds has none, because each costs money. */
export function alarm({ stack, stage, shared }: Place, id: string, { metric, above, periods, means }: Watch): void {
  if (!stage.alarmEmail && !stage.canary) return;
  const made = new Alarm(stack, `${logicalId(id)}Alarm`, {
    alarmName: alarmName(stage, id),
    alarmDescription: means,
    metric,
    threshold: above,
    evaluationPeriods: periods,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  made.addAlarmAction({ bind: () => ({ alarmActionArn: shared('AlarmsArn') }) });
}

/** A metric of the HTTP API. */
export const httpMetric = ({ shared }: Place, metricName: string, statistic = 'Sum') =>
  new Metric({
    namespace: 'AWS/ApiGateway',
    dimensionsMap: { ApiId: shared('HttpApiId') },
    metricName,
    statistic,
    period: minute,
  });

/** The alarm that stops a deployment in progress: a function that answers 500 has not failed for Lambda. */
export const httpBroken = 'http-broken';

/**
 * One alarm for all functions, because CloudWatch bills each metric of an alarm. A metric of Lambda without a dimension
 * is the sum over all functions of the account in the region; which one it was is on the dashboard. Errors of the socket
 * authorizer do not count: it can refuse only by failing (API Gateway offers no other way to answer 401), so anybody
 * could set off the alarm with a forged ticket. A missing value would make the whole sum missing, so each is filled.
 */
function failingFunctions(guards: readonly FeatureFunction[]): Watch {
  const ofAll = (metricName: string) =>
    new Metric({ namespace: 'AWS/Lambda', metricName, statistic: 'Sum', period: minute });
  const refusing = guards.find(({ trigger }) => trigger === 'socketAuthorizer');
  return {
    metric: new MathExpression({
      expression: `FILL(errors, 0) + FILL(throttles, 0)${refusing ? ' - FILL(refused, 0)' : ''}`,
      usingMetrics: {
        errors: ofAll('Errors'),
        throttles: ofAll('Throttles'),
        ...(refusing ? { refused: refusing.lambda.metricErrors({ period: minute }) } : {}),
      },
      period: minute,
      label: 'failing',
    }),
    above: 0,
    periods: 2,
    means: 'a function throws, runs out of time or is throttled: the dashboard shows which',
  };
}

/** Goes off when a function that reads the table's stream falls behind. */
export function lateAlarm(place: Place, { id, lambda }: FeatureFunction): void {
  const metric = lambda.metric('IteratorAge', { period: minute, statistic: 'Maximum' });
  alarm(place, `${id}-late`, { metric, above: 60_000, periods: 5, means: `${id} is over a minute behind the table` });
}

/** SES reviews an account from 5 % bounces and 0.1 % complaints, so the alarms go off earlier (trust.md D1). */
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

/** Alarms about all functions, the work that was given up, repairs, and the reputation of mail. */
export function sharedAlarms(
  place: Place,
  guards: readonly FeatureFunction[],
  queues: { readonly jobs: Queue; readonly changes: Queue; readonly parked: Queue; readonly heavy: Queue },
): void {
  const { stage } = place;
  const waiting = (queue: Queue) =>
    queue.metricApproximateNumberOfMessagesVisible({ period: minute, statistic: 'Maximum' });
  const watches: Record<string, Watch> = {
    'functions-failing': failingFunctions(guards),
    [httpBroken]: {
      metric: httpMetric(place, '5xx'),
      above: 0,
      periods: 2,
      means: 'the HTTP API answers with 5xx; a deployment in progress goes back',
    },
    'failed-jobs': { metric: waiting(queues.jobs), above: 0, periods: 1, means: 'a job failed for good' },
    'failed-changes': { metric: waiting(queues.changes), above: 0, periods: 1, means: 'a table change was given up' },
    'parked-long': {
      metric: queues.parked.metricApproximateAgeOfOldestMessage({ period: minute, statistic: 'Maximum' }),
      // Bulk mail waits for its turn in the same queue: 5,400 mails take three hours at SES's first rate.
      above: 3 * 3600,
      periods: 5,
      means: 'what follows a table change has failed, or waited, for three hours: see the log of parked-queue',
    },
    'heavy-long': {
      metric: queues.heavy.metricApproximateAgeOfOldestMessage({ period: minute, statistic: 'Maximum' }),
      above: 15 * 60,
      periods: 5,
      means: 'photos have waited to be decoded for a quarter of an hour: see the log of heavy-queue',
    },
    'counters-drifted': {
      metric: new Metric({
        namespace: 'moim',
        metricName: 'CountersDrifted',
        dimensionsMap: { stage: stage.name },
        statistic: 'Sum',
        period: Duration.hours(1),
      }),
      above: 0,
      periods: 1,
      means: 'counters did not fit what they count, and were mended: something changes one without the other',
    },
    'due-parked': {
      metric: new Metric({
        namespace: 'moim',
        metricName: 'DueParked',
        dimensionsMap: { stage: stage.name },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      above: 0,
      periods: 1,
      means: 'something that was due failed ten times and was put aside, in the table under DUE#parked',
    },
    'entries-refused': {
      metric: new Metric({
        namespace: 'moim',
        metricName: 'EntriesRefused',
        dimensionsMap: { stage: stage.name },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      above: 200,
      periods: 2,
      means: 'sign-ins, codes or refreshes are refused in a flood: docs/security-events.md says what to ask the log',
    },
    ...mailWatches(stage),
  };
  for (const [id, watch] of Object.entries(watches)) alarm(place, id, watch);
}
