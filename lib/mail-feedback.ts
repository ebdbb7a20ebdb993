import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnConfigurationSet, CfnConfigurationSetEventDestination, EmailSendingEvent } from 'aws-cdk-lib/aws-ses';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { logicalId } from './function-id.ts';
import type { FeatureFunction, Place } from './place.ts';
import type { Stage } from './stages.ts';

/** Seconds after which a report is no longer delivered automatically. A person has to look at the cause first. */
const maximumAgeSeconds = 3600;
const retries = 2;

/**
 * All mails are sent through this configuration set. It distinguishes their reports from those of other mails in the
 * same AWS account.
 */
export const configurationSetName = (stage: Stage) => `moim-${stage.name}`;

/**
 * Delivers bounces and complaints to the function that stops mail to an address. SES sends them to the default event
 * bus (it supports no other), and a rule selects moim's. Reports that fail for good go to the queue for failed jobs.
 */
export function mailFeedback({ stack, stage }: Place, functions: readonly FeatureFunction[], failedJobs: Queue): void {
  const set = new CfnConfigurationSet(stack, 'MailConfigurationSet', {
    name: configurationSetName(stage),
    // Mails contain codes and names of people.
    deliveryOptions: { tlsPolicy: 'REQUIRE' },
    reputationOptions: { reputationMetricsEnabled: true },
    // Only moim's own list decides. A second list would have to be kept in step with it.
    suppressionOptions: { suppressedReasons: [] },
  });
  new CfnConfigurationSetEventDestination(stack, 'MailReports', {
    configurationSetName: set.ref,
    eventDestination: {
      name: 'reports',
      enabled: true,
      matchingEventTypes: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
      eventBridgeDestination: {
        eventBusArn: stack.formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' }),
      },
    },
  });
  for (const { id, lambda, target } of functions.filter(({ trigger }) => trigger === 'mailFeedback')) {
    const rule = new CfnRule(stack, `${logicalId(id)}Rule`, {
      description: 'Mails that came back or were complained of',
      state: 'ENABLED',
      eventPattern: {
        source: ['aws.ses'],
        'detail-type': ['Email Bounced', 'Email Complaint Received'],
        detail: { mail: { tags: { 'ses:configuration-set': [configurationSetName(stage)] } } },
      },
      targets: [
        {
          id: 'function',
          arn: target,
          retryPolicy: { maximumRetryAttempts: retries, maximumEventAgeInSeconds: maximumAgeSeconds },
          deadLetterConfig: { arn: failedJobs.queueArn },
        },
      ],
    });
    new CfnPermission(stack, `${logicalId(id)}Permission`, {
      action: 'lambda:InvokeFunction',
      functionName: target,
      principal: 'events.amazonaws.com',
      sourceArn: rule.attrArn,
    });
    new CfnEventInvokeConfig(stack, `${logicalId(id)}Retries`, {
      functionName: lambda.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: retries,
      maximumEventAgeInSeconds: maximumAgeSeconds,
      destinationConfig: { onFailure: { destination: failedJobs.queueArn } },
    });
    failedJobs.addToResourcePolicy(
      new PolicyStatement({
        sid: 'KeepFailures',
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [failedJobs.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
      }),
    );
  }
}
