import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { expressionOf } from '../shared/core/schedule.ts';
import { logicalId } from './function-id.ts';
import type { FeatureFunction, Place } from './place.ts';

/** Seconds after which a run that could not start or finish is given up. The next run does the work that is due. */
const maximumAgeSeconds = 3600;
const retries = 2;

/**
 * One schedule for each job of the contracts. The event contains the scheduled time, so that a retry or a manual replay
 * does the same work. A run that fails for good goes to the queue for failed jobs.
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
        scheduleExpression: expressionOf(schedule),
        ...('cron' in schedule ? { scheduleExpressionTimezone: schedule.zone } : {}),
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
