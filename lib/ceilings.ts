/**
 * What a day can cost at most in each kind, however many places work against the stage, and the alarms that ring before
 * that (`npm run bench -- hostile` prints it in dollars).
 */

import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { fairUse } from '../shared/product/fair-use-limits.ts';
import { alarm, httpMetric } from './alarms.ts';
import { imported } from './exports.ts';
import type { Place } from './place.ts';
import type { Stage } from './stages.ts';

/** Requests a second times seconds of a day. */
const daily = (perSecond: number) => perSecond * 86_400;
const hoursADay = 24;

/**
 * The most of each kind in a day, from so many networks: what fuses and sums let through.
 *
 * @param networks of strangers that work together; each is one place
 */
export function ceilingsOf({ tableUnits, throttle }: Pick<Stage, 'tableUnits' | 'throttle'>, networks: number) {
  const { newMail, newMailAtMost, newMailInFlood, recovery, recoveryInFlood, workFromPlace, upload } = fairUse;
  const newMails = newMail.times + Math.min(newMailAtMost.times, networks * newMailInFlood.times);
  return {
    readUnits: daily(tableUnits.read),
    writeUnits: daily(tableUnits.write),
    requests: daily(throttle.http.rate),
    /** By strangers: to new addresses, and to accounts. */
    mails: hoursADay * (newMails + recovery.times + networks * recoveryInFlood.times),
    /** That guests get from the API: each KB is a unit of their work. */
    bytesToGuests: networks * workFromPlace.times * 1000,
    /** New accounts need a mail each, and may store at once what is theirs for a month. */
    bytesStored: hoursADay * newMails * upload.times,
  };
}

/** In an hour: far above what people do, and a small part of what the ceilings let through in it. */
export const alarming = { readUnits: 4e6, writeUnits: 1e6, mails: 600, bytes: 20e9 } as const;
/** Bytes that the bucket may grow by in a day. */
export const alarmingGrowth = 50e9;

/**
 * One alarm for units, mails and bytes sent, since each metric costs, whatever alarm reads it. One for the bucket, whose size
 * AWS measures once a day. A budget for all the rest, the distribution among it: its metrics are in us-east-1 alone.
 */
export function wasteAlarms(place: Place): void {
  const { stack, stage } = place;
  const period = Duration.hours(1);
  const ofTable = (metricName: string) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      dimensionsMap: { TableName: imported(stage, 'TableName') },
      metricName,
      statistic: Stats.SUM,
      period,
    });
  const { readUnits, writeUnits, mails, bytes } = alarming;
  alarm(place, 'hostile-use', {
    metric: new MathExpression({
      expression: `FILL(reads, 0) / ${readUnits} + FILL(writes, 0) / ${writeUnits} + FILL(mails, 0) / ${mails} + FILL(bytes, 0) / ${bytes}`,
      usingMetrics: {
        reads: ofTable('ConsumedReadCapacityUnits'),
        writes: ofTable('ConsumedWriteCapacityUnits'),
        mails: new Metric({ namespace: 'AWS/SES', metricName: 'Send', statistic: Stats.SUM, period }),
        bytes: httpMetric(place, 'DataProcessed').with({ period }),
      },
      period,
      label: 'use',
    }),
    above: 1,
    periods: 1,
    means:
      'units, mails or bytes of this hour are more than people use: `npm run bench -- hostile` says what it can cost',
  });
  const day = Duration.days(1);
  alarm(place, 'bucket-growing', {
    metric: new MathExpression({
      expression: 'DIFF(size)',
      usingMetrics: {
        size: new Metric({
          namespace: 'AWS/S3',
          dimensionsMap: { BucketName: imported(stage, 'BucketName'), StorageType: 'StandardStorage' },
          metricName: 'BucketSizeBytes',
          statistic: Stats.AVERAGE,
          period: day,
        }),
      },
      period: day,
      label: 'growth',
    }),
    above: alarmingGrowth,
    periods: 1,
    means: 'the bucket has grown by over 50 GB in a day',
  });
  if (!stage.alarmEmail) return;
  new CfnBudget(stack, 'DailyBudget', {
    budget: {
      budgetName: `moim-${stage.name}-day`,
      budgetType: 'COST',
      timeUnit: 'DAILY',
      budgetLimit: { amount: stage.dailyDollars, unit: 'USD' },
    },
    notificationsWithSubscribers: [
      {
        notification: { notificationType: 'ACTUAL', comparisonOperator: 'GREATER_THAN', threshold: 100 },
        subscribers: [{ subscriptionType: 'EMAIL', address: stage.alarmEmail }],
      },
    ],
  });
}
