import { fixedOf } from '../../bench/idle.ts';
import { features } from '../../functions/features.ts';
import { ceilingsOf } from '../../lib/ceilings.ts';
import { stages } from '../../lib/stages.ts';
import type { Template } from '../../lib/synthesize.ts';
import { fixture } from './fixture.ts';
import { allOf, functionsIn, onlyOf, type Properties, statementsOf, templatesOf } from './templates.ts';

const { service: dev } = templatesOf(fixture);
const { service: prod } = templatesOf(fixture, 'prod');
const { service: product } = templatesOf(features);

describe('every function', () => {
  test.each([
    ['the product', product],
    ['features that use everything', prod],
  ])('of %s runs on Node 24 on arm64, within limits, and keeps its log for a while', (_, template) => {
    for (const [id, { properties }] of functionsIn(template)) {
      const { Ref } = (properties.LoggingConfig as { LogGroup: { Ref: string } }).LogGroup;
      const log = template.Resources[Ref]?.Properties as { RetentionInDays?: number };

      expect({ id, runtime: properties.Runtime, on: properties.Architectures }).toEqual({
        id,
        runtime: 'nodejs24.x',
        on: ['arm64'],
      });
      expect(log.RetentionInDays).toBeGreaterThan(0);
      if (/-(http|socket)$/.test(id)) expect(properties.Timeout).toBeLessThanOrEqual(25);
      if (id.endsWith('-authorizer')) expect(properties.Timeout).toBeLessThan(10);
    }
  });

  test('ASVS 16.4.2: leaves its log behind in production when it goes, as do the APIs', () => {
    const kept = (template: Template) =>
      new Set(
        Object.values(template.Resources)
          .filter(({ Type }) => Type === 'AWS::Logs::LogGroup')
          .map((log) => (log as { DeletionPolicy?: string }).DeletionPolicy),
      );

    expect([kept(prod), kept(dev)]).toEqual([new Set(['Retain']), new Set(['Delete'])]);
  });

  test('gets the memory and time that its contract asks for, else what the stage gives', () => {
    const functions = functionsIn(prod);

    expect(functions.get('night-walks-job')?.properties).toMatchObject({ MemorySize: 1024, Timeout: 300 });
    expect(functions.get('night-walks-http')?.properties).toMatchObject({ MemorySize: 1024, Timeout: 20 });
    expect(functions.get('guards-http-authorizer')?.properties).toMatchObject({ MemorySize: 256, Timeout: 8 });
  });

  test('is told what its rights need and nothing more', () => {
    const variables = Object.fromEntries(
      [...functionsIn(dev)].map(([id, { variables: all }]) => [id, Object.keys(all).sort().join(' ')]),
    );

    expect(variables).toEqual({
      'guards-http':
        'ALLOWED_ORIGINS EDGE_KEYS MAIL_CONFIGURATION_SET MAIL_FROM SERVICE SESSION_KEY_ARN SOCKET_URL STAGE TABLE_NAME',
      'guards-http-authorizer': 'SERVICE SESSION_KEY_ARN STAGE',
      'guards-socket-authorizer': 'ALLOWED_ORIGINS SERVICE STAGE TABLE_NAME',
      'night-walks-http': 'ALLOWED_ORIGINS BUCKET_NAME EDGE_KEYS MEDIA_URL SERVICE SOCKET_URL STAGE TABLE_NAME',
      'night-walks-socket': 'SERVICE SOCKET_ENDPOINT STAGE TABLE_NAME',
      'night-walks-job': 'SERVICE STAGE TABLE_NAME WEB_URL',
      'live-stream': 'PARKED_URL SERVICE SOCKET_ENDPOINT STAGE TABLE_NAME',
      'parked-queue': 'FAILED_URL PARKED_URL SERVICE SOCKET_ENDPOINT STAGE TABLE_NAME',
    });
  });
});

describe('a new version of an HTTP function', () => {
  test('takes over bit by bit in production, and gives back when the HTTP API answers with 5xx', () => {
    const groups = allOf(prod, 'AWS::CodeDeploy::DeploymentGroup');
    const aliases = allOf(prod, 'AWS::Lambda::Alias');

    expect(aliases.map(({ properties }) => properties.Name)).toEqual(['live', 'live']);
    expect(groups).toHaveLength(2);
    for (const { properties } of groups) {
      expect(properties).toMatchObject({
        DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
        AlarmConfiguration: { Enabled: true, Alarms: [{ Name: 'moim-prod-http-broken' }] },
        AutoRollbackConfiguration: { Enabled: true },
      });
    }
    const role = allOf(prod, 'AWS::IAM::Role').find(({ id }) => /CanaryRole/.test(id))!.properties;
    const watched = statementsOf(role).find(({ Sid }) => Sid === 'WatchAlarms');
    expect(JSON.stringify(watched?.Resource)).toContain(':alarm:moim-prod-http-broken"');
    expect(allOf(prod, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties)).toContainEqual(
      expect.objectContaining({
        AlarmName: 'moim-prod-http-broken',
        Namespace: 'AWS/ApiGateway',
        MetricName: '5xx',
        Dimensions: [{ Name: 'ApiId', Value: { Ref: 'HttpApi' } }],
      }),
    );
    for (const { id } of aliases) {
      expect(prod.Resources[id]).toHaveProperty('UpdatePolicy.CodeDeployLambdaAliasUpdate.DeploymentGroupName');
    }
  });

  test('takes over at once in development', () => {
    expect(allOf(dev, 'AWS::CodeDeploy::DeploymentGroup')).toEqual([]);
    expect(allOf(dev, 'AWS::Lambda::Alias')).toHaveLength(2);
  });
});

describe('jobs', () => {
  test('run by the clock of their zone, and are told the time they are for', () => {
    const schedules = allOf(dev, 'AWS::Scheduler::Schedule').map(({ properties }) => properties);

    expect(schedules).toEqual([
      expect.objectContaining({
        ScheduleExpression: 'cron(0 9 * * ? *)',
        ScheduleExpressionTimezone: 'Asia/Seoul',
        Target: expect.objectContaining({ Input: '{"job":"remind","at":"<aws.scheduler.scheduled-time>"}' }),
      }),
      expect.objectContaining({
        ScheduleExpression: 'rate(5 minutes)',
        Target: expect.objectContaining({ Input: '{"job":"sweep","at":"<aws.scheduler.scheduled-time>"}' }),
      }),
    ]);
  });

  test('wait in a queue when they fail for good, whether they could not start or not end', () => {
    const queue = { 'Fn::GetAtt': [expect.stringMatching(/^FailedJobs/), 'Arn'] };

    expect(allOf(dev, 'AWS::Lambda::EventInvokeConfig').map(({ properties }) => properties)).toEqual([
      expect.objectContaining({ DestinationConfig: { OnFailure: { Destination: queue } }, MaximumRetryAttempts: 2 }),
    ]);
    for (const { properties } of allOf(dev, 'AWS::Scheduler::Schedule')) {
      expect(properties.Target).toMatchObject({ DeadLetterConfig: { Arn: queue } });
    }
  });
});

describe('stream sources', () => {
  const all = allOf(dev, 'AWS::Lambda::EventSourceMapping').map(({ properties }) => properties);
  const sources = all.filter(({ StartingPosition }) => StartingPosition);
  const queues = all.filter(({ StartingPosition }) => !StartingPosition);

  test('handle items side by side', () => {
    expect(sources.map(({ ParallelizationFactor }) => ParallelizationFactor)).toEqual([10]);
  });

  test('have one queue beside them for what their consumers cannot do, which ends in the queue for a person', () => {
    const parked = { 'Fn::GetAtt': [expect.stringMatching(/^Parked/), 'Arn'] };
    const failed = { 'Fn::GetAtt': [expect.stringMatching(/^FailedChanges/), 'Arn'] };
    const redriven = allOf(dev, 'AWS::SQS::Queue').filter(({ properties }) => properties.RedrivePolicy);

    expect(queues).toEqual([
      expect.objectContaining({
        EventSourceArn: parked,
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 10 },
      }),
    ]);
    expect(redriven.map(({ id, properties }) => [id, properties])).toEqual([
      [
        expect.stringMatching(/^Parked/),
        expect.objectContaining({
          // Six times the function's time limit, as AWS wants it.
          VisibilityTimeout: 360,
          RedrivePolicy: { deadLetterTargetArn: failed, maxReceiveCount: 1000 },
        }),
      ],
      [
        expect.stringMatching(/^Heavy/),
        expect.objectContaining({
          VisibilityTimeout: 210,
          RedrivePolicy: { deadLetterTargetArn: failed, maxReceiveCount: 1000 },
        }),
      ],
    ]);
  });

  test('hand over the changes that their consumer asks for', () => {
    const patterns = sources.map(({ FilterCriteria }) =>
      (FilterCriteria as { Filters: { Pattern: string }[] }).Filters.map(({ Pattern }) => JSON.parse(Pattern)),
    );

    expect(patterns).toEqual([
      // One source for all consumers of a function.
      [
        { eventName: ['INSERT'], dynamodb: { NewImage: { type: { S: ['Outbox'] } } } },
        { eventName: ['MODIFY'], dynamodb: { NewImage: { type: { S: ['Export'] } } } },
        { eventName: ['REMOVE'], dynamodb: { OldImage: { type: { S: ['Export'] } } } },
      ],
    ]);
    expect(sources.map(({ BatchSize }) => BatchSize)).toEqual([25]);
  });

  test('are not held up by a record that cannot be handled', () => {
    for (const source of sources) {
      expect(source).toMatchObject({
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRetryAttempts: 20,
        MaximumRecordAgeInSeconds: 21_600,
        DestinationConfig: {
          OnFailure: { Destination: { 'Fn::GetAtt': [expect.stringMatching(/^FailedChanges/), 'Arn'] } },
        },
      });
    }
  });
});

describe('what is watched', () => {
  test('is all functions together, the APIs, the queues, what was put aside, the age of the stream and the mail', () => {
    const names = allOf(prod, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties.AlarmName);

    expect(names.sort()).toEqual(
      [
        'moim-prod-functions-failing',
        'moim-prod-bucket-growing',
        'moim-prod-hostile-use',
        'moim-prod-counters-drifted',
        'moim-prod-due-parked',
        'moim-prod-entries-refused',
        'moim-prod-failed-changes',
        'moim-prod-failed-jobs',
        'moim-prod-heavy-long',
        'moim-prod-http-broken',
        'moim-prod-http-slow',
        'moim-prod-mail-bounces',
        'moim-prod-mail-complaints',
        'moim-prod-mail-rejected',
        'moim-prod-live-stream-late',
        'moim-prod-parked-long',
        'moim-prod-socket-broken',
      ].sort(),
    );
  });

  test('report F10: each kind of waste has an alarm far below what a day can cost at most, and the rest a budget', () => {
    const hostile = allOf(prod, 'AWS::CloudWatch::Alarm').find(({ id }) => id.startsWith('HostileUse'))!.properties;
    const ceilings = ceilingsOf(stages.prod, 1000);
    const { Expression } = (hostile.Metrics as { Expression?: string }[])[0]!;
    const rings = Object.fromEntries(
      [...Expression!.matchAll(/FILL\((\w+), 0\) \/ (\d+)/g)].map(([, name, most]) => [name, 24 * Number(most)]),
    );

    expect(Object.keys(rings)).toEqual(['reads', 'writes', 'mails', 'bytes']);
    expect(rings.reads).toBeLessThan(ceilings.readUnits / 2);
    expect(rings.writes).toBeLessThan(ceilings.writeUnits / 2);
    expect(rings.mails).toBeLessThan(ceilings.mails / 2);
    expect(rings.bytes).toBeLessThan(ceilings.bytesToGuests / 2);
    const [budget] = allOf(prod, 'AWS::Budgets::Budget');
    expect(budget?.properties.Budget).toMatchObject({ TimeUnit: 'DAILY', BudgetLimit: { Amount: 10, Unit: 'USD' } });
  });

  describe('functions together', () => {
    const failing = (template: Template) =>
      allOf(template, 'AWS::CloudWatch::Alarm').find(({ id }) => id.startsWith('FunctionsFailing'))!.properties
        .Metrics as {
        Expression?: string;
        MetricStat?: { Metric: { MetricName: string; Namespace: string; Dimensions?: unknown[] } };
      }[];

    test('are one alarm, by the metrics of Lambda that are the sum over all functions', () => {
      const read = failing(prod).flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);

      expect(read.filter(({ Dimensions }) => Dimensions === undefined)).toEqual([
        { MetricName: 'Errors', Namespace: 'AWS/Lambda' },
        { MetricName: 'Throttles', Namespace: 'AWS/Lambda' },
      ]);
    });

    test('do not fail when a stranger opens sockets with forged tickets', () => {
      const guard = functionsIn(prod).get('guards-socket-authorizer')!.id;
      const [{ Expression } = {}] = failing(prod);
      const refused = failing(prod).flatMap(({ MetricStat }) => MetricStat?.Metric ?? [])[2];

      expect(Expression).toBe('FILL(errors, 0) + FILL(throttles, 0) - FILL(refused, 0)');
      expect(refused).toEqual({
        MetricName: 'Errors',
        Namespace: 'AWS/Lambda',
        Dimensions: [{ Name: 'FunctionName', Value: { Ref: guard } }],
      });
    });

    test('are watched where no feature opens sockets, too', () => {
      const { service: without } = templatesOf([], 'prod');

      expect(failing(without)[0]?.Expression).toBe('FILL(errors, 0) + FILL(throttles, 0)');
    });
  });

  test('costs what it is worth: an alarm pays for each metric that it reads, and ten are free', () => {
    const { alarms, alarmMetrics } = fixedOf(templatesOf(features, 'prod').stacks);
    const named = JSON.stringify(allOf(templatesOf(features, 'prod').service, 'AWS::CloudWatch::Alarm'));

    expect({ alarms, alarmMetrics }).toEqual({ alarms: 18, alarmMetrics: named.match(/"MetricName"/g)!.length });
    expect(alarmMetrics).toBeLessThanOrEqual(24);
  });

  test('tells the address of the stage', () => {
    const [subscription] = allOf(prod, 'AWS::SNS::Subscription');

    expect(subscription?.properties).toMatchObject({ Protocol: 'email', Endpoint: 'alarms@moim.example' });
    for (const { properties } of allOf(prod, 'AWS::CloudWatch::Alarm')) {
      expect(properties.AlarmActions).toEqual([subscription?.properties.TopicArn]);
    }
  });

  test('may be told: with a policy of its own, a topic takes from nobody who is not named', () => {
    const { Statement } = onlyOf(prod, 'AWS::SNS::TopicPolicy').PolicyDocument as { Statement: Properties[] };

    expect(Statement.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      {
        Sid: 'TellOfAlarms',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: allOf(prod, 'AWS::SNS::Subscription')[0]?.properties.TopicArn,
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
  });

  test('no alarm is paid for in development, where nobody would be mailed', () => {
    expect(allOf(dev, 'AWS::CloudWatch::Alarm')).toEqual([]);
    expect(allOf(dev, 'AWS::SNS::Subscription')).toEqual([]);
  });

  test('keeps no address, path, query, header or token in the access logs', () => {
    const formats = allOf(prod, 'AWS::ApiGatewayV2::Stage').map(
      ({ properties }) => (properties.AccessLogSettings as { Format: string }).Format,
    );

    expect(formats).toHaveLength(2);
    expect(formats.join()).not.toMatch(
      /sourceIp|userAgent|queryString|\.path|header|claims|caller|authorizer\.(?!error)/i,
    );
  });

  test('leaves the messages of sockets out of every log', () => {
    const stage = allOf(prod, 'AWS::ApiGatewayV2::Stage').find(({ id }) => id === 'SocketStage');

    expect(stage?.properties.DefaultRouteSettings).toMatchObject({ LoggingLevel: 'OFF', DataTraceEnabled: false });
  });
});
