import { features } from '../../../functions/features.ts';
import { nextDue } from '../../../local/runtime/schedules.ts';
import type { Job } from '../../../shared/core/contract.ts';
import { expressionOf } from '../../../shared/core/schedule.ts';
import { arnOf, closeClouds, cloudOf, lambda, queue, type Resources, start } from './support.ts';

afterEach(closeClouds);

const job = (expression: string, zone?: string, more: object = {}): Resources => ({
  ...lambda('Job'),
  ...queue('Failed'),
  Scheduler: {
    Type: 'AWS::IAM::Role',
    Properties: {
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: arnOf('Job') },
              { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arnOf('Failed') },
            ],
          },
        },
      ],
    },
  },
  Schedule: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      Name: 'test-sweep',
      ScheduleExpression: expression,
      ...(zone ? { ScheduleExpressionTimezone: zone } : {}),
      Target: {
        Arn: arnOf('Job'),
        RoleArn: arnOf('Scheduler'),
        Input: '{"job":"sweep","at":"<aws.scheduler.scheduled-time>"}',
        RetryPolicy: { MaximumRetryAttempts: 2 },
        DeadLetterConfig: { Arn: arnOf('Failed') },
        ...more,
      },
    },
  },
});

/** The instants at which an expression is due next, one after the other. */
function due(expression: string, zone: string | undefined, after: string, count: number): string[] {
  const times: number[] = [];
  const started = Date.parse(after);
  for (let i = 0; i < count; i++) times.push(nextDue(expression, zone, times.at(-1) ?? started, started));
  return times.map((time) => new Date(time).toISOString());
}

test('a rate runs as often as it says while the clock moves, and is told the scheduled time', async () => {
  const events: unknown[] = [];
  const cloud = await cloudOf(job('rate(5 minutes)'), { Job: (event) => void events.push(event) });

  await cloud.clock.advance(16 * 60_000);

  expect(events).toEqual(
    ['2026-03-02T03:05:00Z', '2026-03-02T03:10:00Z', '2026-03-02T03:15:00Z'].map((at) => ({ job: 'sweep', at })),
  );
});

test('midnight is that of the zone', async () => {
  const events: unknown[] = [];
  const resources = job('cron(0 0 * * ? *)', 'Asia/Seoul');
  const cloud = await cloudOf(resources, { Job: (event) => void events.push(event) });

  await cloud.clock.advanceTo(Date.parse('2026-03-02T14:59:59Z'));
  const before = events.length;
  await cloud.clock.advanceTo(Date.parse('2026-03-02T15:00:00Z'));

  expect(before).toBe(0);
  expect(events).toEqual([{ job: 'sweep', at: '2026-03-02T15:00:00Z' }]);
});

test('a job that fails is repeated, then its event waits in the queue', async () => {
  let tries = 0;
  const cloud = await cloudOf(job('rate(1 hour)'), {
    Job: () => {
      tries++;
      throw new Error('broken');
    },
  });

  await cloud.clock.advance(3_600_000);

  expect(tries).toBe(3);
  expect(cloud.queues.messages('Failed')).toHaveLength(1);
});

test('a schedule can be run by its name', async () => {
  const events: unknown[] = [];
  const cloud = await cloudOf(job('rate(1 day)'), { Job: (event) => void events.push(event) });

  await cloud.runSchedule('sweep');

  expect(events).toEqual([{ job: 'sweep', at: new Date(start).toISOString().replace('.000', '') }]);
  await expect(cloud.runSchedule('other')).rejects.toThrow('there is no schedule other');
});

test.each([
  ['rate(1 minute)', undefined, ['2026-03-02T03:01:00.000Z', '2026-03-02T03:02:00.000Z']],
  ['rate(2 hours)', undefined, ['2026-03-02T05:00:00.000Z', '2026-03-02T07:00:00.000Z']],
  ['cron(30 9 * * ? *)', 'Asia/Seoul', ['2026-03-03T00:30:00.000Z', '2026-03-04T00:30:00.000Z']],
  ['cron(0/15 * * * ? *)', undefined, ['2026-03-02T03:15:00.000Z', '2026-03-02T03:30:00.000Z']],
  ['cron(0 6 ? * 2-6 *)', 'UTC', ['2026-03-02T06:00:00.000Z', '2026-03-03T06:00:00.000Z']],
  ['cron(0 0 1 1 ? 2028-2029)', 'UTC', ['2028-01-01T00:00:00.000Z', '2029-01-01T00:00:00.000Z']],
  ['cron(0 6 ? * MON-FRI *)', 'UTC', ['2026-03-02T06:00:00.000Z', '2026-03-03T06:00:00.000Z']],
  ['cron(0 0 1 * ? *)', 'UTC', ['2026-04-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z']],
  ['cron(0 6 ? * 6L *)', 'UTC', ['2026-03-27T06:00:00.000Z', '2026-04-24T06:00:00.000Z']],
  ['cron(0 0 L * ? *)', 'UTC', ['2026-03-31T00:00:00.000Z', '2026-04-30T00:00:00.000Z']],
])('%s in %s', (expression, zone, expected) => {
  expect(due(expression, zone, '2026-03-02T03:00:00Z', 2)).toEqual(expected);
});

test('a daily time keeps its place on the wall when the clocks change', () => {
  const spring = due('cron(0 9 * * ? *)', 'America/New_York', '2026-03-07T00:00:00Z', 2);
  const autumn = due('cron(0 9 * * ? *)', 'America/New_York', '2026-10-31T00:00:00Z', 2);

  expect(spring).toEqual(['2026-03-07T14:00:00.000Z', '2026-03-08T13:00:00.000Z']);
  expect(autumn).toEqual(['2026-10-31T13:00:00.000Z', '2026-11-01T14:00:00.000Z']);
});

test('a time that the change leaves out is left out', () => {
  const times = due('cron(30 2 * * ? *)', 'America/New_York', '2026-03-07T00:00:00Z', 2);

  expect(times).toEqual(['2026-03-07T07:30:00.000Z', '2026-03-09T06:30:00.000Z']);
});

test('a time that the change repeats is due once', () => {
  const times = due('cron(30 1 * * ? *)', 'America/New_York', '2026-11-01T00:00:00Z', 2);

  expect(times).toEqual(['2026-11-01T05:30:00.000Z', '2026-11-02T06:30:00.000Z']);
});

/** S1: a stack with one of these would fail in the middle of its deployment. */
const refused = [
  'at(2026-01-01T00:00:00)',
  'rate(5 weeks)',
  'rate(0 minutes)',
  'rate(1 minutes)',
  'rate(5 minute)',
  'cron(0 0 * *)',
  'cron(61 0 * * ? *)',
  'cron(0 24 * * ? *)',
  'cron(0 10 * * * *)',
  'cron(0 10 1 * 2 *)',
  'cron(0 10 ? * ? *)',
  'cron(0 10 ? * 8 *)',
  'cron(0 10 ? * 0 *)',
  'cron(0 10 ? * 2/2 *)',
  'cron(0 10 32 * ? *)',
  'cron(0 10 1 13 ? *)',
  'cron(0 10 1 * ? 2200)',
  'cron(0/0 10 1 * ? *)',
];
test.each(refused)('S1: what EventBridge Scheduler refuses fails loudly, here and in a contract: %s', (expression) => {
  const [, kind = '', text = ''] = /^(\w+)\((.*)\)$/.exec(expression)!;

  expect(() => nextDue(expression, 'UTC', start, start)).toThrow('EventBridge Scheduler refuses the schedule');
  expect(() => expressionOf(kind === 'cron' ? { cron: text, zone: 'UTC' } : { rate: text })).toThrow(
    kind === 'at' ? 'refuses the schedule rate(' : `refuses the schedule ${expression}`,
  );
});

test('S1: the schedules of all contracts are taken', () => {
  const schedules = features.flatMap(({ jobs }) => Object.values<Job>(jobs).map(({ schedule }) => schedule));

  expect(schedules.length).toBeGreaterThan(2);
  for (const schedule of schedules) expect(expressionOf(schedule)).toMatch(/^(cron|rate)\(/);
});
