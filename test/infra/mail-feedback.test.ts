import { feature, placed } from '../../shared/core/contract.ts';
import { allOf, functionsIn, onlyOf, type Properties, templatesOf } from './templates.ts';

const post = placed(
  'talking',
  feature({
    name: 'post',
    summary: 'Hears of mails',
    answersFor: ['mailFeedback'],
    rights: { mailFeedback: { write: ['Suppression'] } },
  }),
);
const { service: prod, state } = templatesOf([post], 'prod');
const { service: dev } = templatesOf([post]);
const { service: without } = templatesOf([]);

const arnOf = (id: string) => ({ 'Fn::GetAtt': [expect.stringMatching(new RegExp(`^${id}`)), 'Arn'] });
const failedJobs = arnOf('FailedJobs');
const rule = onlyOf(prod, 'AWS::Events::Rule');

test('mails of a stage are sent through a configuration set of its own, encrypted on their way, by our list alone', () => {
  expect(onlyOf(prod, 'AWS::SES::ConfigurationSet')).toEqual({
    Name: 'moim-prod',
    DeliveryOptions: { TlsPolicy: 'REQUIRE' },
    ReputationOptions: { ReputationMetricsEnabled: true },
    SuppressionOptions: { SuppressedReasons: [] },
  });
  expect(onlyOf(dev, 'AWS::SES::ConfigurationSet').Name).toBe('moim-dev');
});

test('bounces and complaints, and nothing else, are told to the default event bus', () => {
  const { ConfigurationSetName, EventDestination } = onlyOf(prod, 'AWS::SES::ConfigurationSetEventDestination');

  expect(ConfigurationSetName).toEqual({ Ref: 'MailConfigurationSet' });
  expect(EventDestination).toMatchObject({ Enabled: true, MatchingEventTypes: ['bounce', 'complaint'] });
  expect(JSON.stringify(EventDestination)).toContain(':event-bus/default"');
});

test('they are not mailed to the sender besides', () => {
  expect(onlyOf(state, 'AWS::SES::EmailIdentity').FeedbackAttributes).toEqual({ EmailForwardingEnabled: false });
});

test('the rule takes reports of our configuration set only', () => {
  expect(rule).toMatchObject({
    State: 'ENABLED',
    EventPattern: {
      source: ['aws.ses'],
      'detail-type': ['Email Bounced', 'Email Complaint Received'],
      detail: { mail: { tags: { 'ses:configuration-set': ['moim-prod'] } } },
    },
  });
  expect(rule).not.toHaveProperty('EventBusName');
});

test('a report that cannot be handed over, or not be handled, waits in the queue for failed jobs', () => {
  expect(rule.Targets).toEqual([
    {
      Id: 'function',
      Arn: arnOf('PostMailFeedback'),
      RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 },
      DeadLetterConfig: { Arn: failedJobs },
    },
  ]);
  expect(onlyOf(prod, 'AWS::Lambda::EventInvokeConfig')).toMatchObject({
    MaximumRetryAttempts: 2,
    DestinationConfig: { OnFailure: { Destination: failedJobs } },
  });
  const policies = allOf(prod, 'AWS::SQS::QueuePolicy').flatMap(
    ({ properties }) => (properties.PolicyDocument as { Statement: Properties[] }).Statement,
  );
  expect(policies.filter(({ Effect }) => Effect === 'Allow')).toEqual([
    {
      Sid: 'KeepFailures',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: failedJobs,
      Condition: { ArnEquals: { 'aws:SourceArn': arnOf('PostMailFeedbackRule') } },
    },
  ]);
});

test('only that rule may call the function, and the function may only mark addresses', () => {
  expect(onlyOf(prod, 'AWS::Lambda::Permission')).toEqual({
    Action: 'lambda:InvokeFunction',
    FunctionName: arnOf('PostMailFeedback'),
    Principal: 'events.amazonaws.com',
    SourceArn: arnOf('PostMailFeedbackRule'),
  });
  const rights = functionsIn(dev).get('post-mail-feedback')?.statements;
  expect(rights?.map(({ Sid }) => Sid)).toEqual(['Log', 'KeepFailures', 'Write']);
  expect(JSON.stringify(rights)).toContain('"dynamodb:LeadingKeys":["SUPPRESSED#*"]');
});

test('without a function that hears of them, there is no rule', () => {
  expect(allOf(without, 'AWS::Events::Rule')).toEqual([]);
  expect(allOf(without, 'AWS::SES::ConfigurationSet')).toHaveLength(1);
});

test('the operator hears of bounces and complaints long before SES looks at the account, and of mails that it refuses', () => {
  const alarms = Object.fromEntries(
    allOf(prod, 'AWS::CloudWatch::Alarm').map(({ properties }) => [properties.AlarmName, properties]),
  );

  expect(alarms['moim-prod-mail-bounces']).toMatchObject({
    Namespace: 'AWS/SES',
    MetricName: 'Reputation.BounceRate',
    Threshold: 0.02,
    ComparisonOperator: 'GreaterThanThreshold',
  });
  expect(alarms['moim-prod-mail-complaints']).toMatchObject({
    Namespace: 'AWS/SES',
    MetricName: 'Reputation.ComplaintRate',
    Threshold: 0.0005,
  });
  expect(alarms['moim-prod-mail-rejected']).toMatchObject({
    Namespace: 'moim',
    MetricName: 'MailsRejected',
    Dimensions: [{ Name: 'stage', Value: 'prod' }],
    Threshold: 0,
  });
});
