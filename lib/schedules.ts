import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { logicalId } from './function-id.ts';
import type { FeatureFunction, Place } from './place.ts';

/** A run that could not start or end within this time is given up; the next one does the work that is due. */
const maximumAgeSeconds = 3600;
const retries = 2;

/**
 * A schedule per job of the contracts. The time comes with the event, so that a retry or a replay by hand does the same
 * work. A run that fails for good waits in the queue for failed jobs, wherever it failed.
 */
export function schedules({ stack, stage, home, shared }: Place, functions: readonly FeatureFunction[]): void {
  const workers = functions.filter(({ trigger }) => trigger === 'job');
  if (workers.length === 0) return;
  const failedJobs = shared('FailedJobsArn');
  const role = new Role(stack, `${logicalId(home)}SchedulerRole`, {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
    inlinePolicies: {
      own: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: 'Run',
            actions: ['lambda:InvokeFunction'],
            resources: workers.map(({ target }) => target),
          }),
          new PolicyStatement({
            sid: 'KeepFailures',
            actions: ['sqs:SendMessage'],
            resources: [failedJobs],
          }),
        ],
      }),
    },
  });
  for (const { id, feature, lambda, target } of workers) {
    new CfnEventInvokeConfig(stack, `${logicalId(id)}Retries`, {
      functionName: lambda.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: retries,
      maximumEventAgeInSeconds: maximumAgeSeconds,
      destinationConfig: { onFailure: { destination: failedJobs } },
    });
    for (const [job, { summary, schedule }] of Object.entries(feature.jobs)) {
      new CfnSchedule(stack, `Job${logicalId(feature.name, job)}`, {
        name: `moim-${stage.name}-${feature.name}-${job}`,
        description: summary,
        ...('cron' in schedule
          ? { scheduleExpression: `cron(${schedule.cron})`, scheduleExpressionTimezone: schedule.zone }
          : { scheduleExpression: `rate(${schedule.rate})` }),
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: target,
          roleArn: role.roleArn,
          input: JSON.stringify({ job, at: '<aws.scheduler.scheduled-time>' }),
          retryPolicy: { maximumRetryAttempts: retries, maximumEventAgeInSeconds: maximumAgeSeconds },
          deadLetterConfig: { arn: failedJobs },
        },
      });
    }
  }
}
