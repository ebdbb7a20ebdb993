/** What a stage costs that nobody uses, read from its templates. */
import type { PerStack, Template } from '../lib/synthesize.ts';
import type { Usage } from './prices.ts';

/** Minutes of an average month. */
export const monthMinutes = (365.25 / 12) * 24 * 60;
/** An idle queue is asked by five readers of Lambda at once, each for 20 s (Lambda's documentation, long polling). */
const pollsAMinute = 15;

/** Properties as their templates hold them; each reader names what it expects. */
// biome-ignore lint/suspicious/noExplicitAny: a template is JSON of some hundred types
type Properties = Readonly<Record<string, any>>;
const allOf = (stacks: PerStack<Template>, type: string): Properties[] =>
  Object.values(stacks).flatMap(({ Resources }) =>
    Object.values(Resources)
      .filter(({ Type }) => Type === type)
      .map(({ Properties }) => Properties as Properties),
  );

/** How many values a field of a cron expression has, of so many. */
function valuesOf(field: string, from: number, size: number): number {
  if (field === '*' || field === '?') return size;
  return field.split(',').reduce((all, part) => {
    const [range = '', step] = part.split('/');
    const [first = '', last] = range.split('-');
    const begin = first === '*' ? from : Number(first);
    const end = last !== undefined ? Number(last) : step === undefined ? begin : from + size - 1;
    return all + Math.ceil((end - begin + 1) / Number(step ?? 1));
  }, 0);
}

/** Runs of a schedule in an average month. */
export function runsAMonth(expression: string): number {
  const [, kind, inside = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  const fields = inside.split(' ');
  if (kind === 'rate') {
    const unit = { minute: 1, hour: 60, day: 1440 }[fields[1]?.replace(/s$/, '') ?? ''];
    if (unit) return monthMinutes / (Number(fields[0]) * unit);
  }
  const [minutes = '', hours = '', days = '', months = '', weekdays = '?'] = fields;
  if (kind !== 'cron' || months !== '*' || !['*', '?'].includes(weekdays))
    throw new Error(`cannot count ${expression}`);
  return valuesOf(minutes, 0, 60) * valuesOf(hours, 0, 24) * valuesOf(days, 1, 365.25 / 12);
}

/** The metrics that an alarm reads. Expressions over them are free. */
const metricsOf = ({ Metrics }: Properties): number =>
  Metrics ? (Metrics as { MetricStat?: object }[]).filter(({ MetricStat }) => MetricStat).length : 1;

export interface Fixed {
  readonly alarms: number;
  readonly alarmMetrics: number;
  readonly secrets: number;
  readonly dashboards: number;
  /** Metrics on the largest dashboard: one with more than fifty is not free. */
  readonly dashboardMetrics: number;
  /** Runs a month, by the job: `minute-tick`. */
  readonly jobs: Readonly<Record<string, number>>;
  /** Queues that a function waits for. */
  readonly polledQueues: number;
  readonly tracing: boolean;
  /** MB of each function, by its id. */
  readonly memory: Readonly<Record<string, number>>;
}

/** What stands in the templates of a stage. */
export function fixedOf(stacks: PerStack<Template>): Fixed {
  const alarms = allOf(stacks, 'AWS::CloudWatch::Alarm');
  const functions = allOf(stacks, 'AWS::Lambda::Function');
  const dashboards = allOf(stacks, 'AWS::CloudWatch::Dashboard').map(
    ({ DashboardBody }) => JSON.stringify(DashboardBody).match(/AWS\/[A-Z]/g)?.length ?? 0,
  );
  return {
    alarms: alarms.length,
    alarmMetrics: alarms.reduce((all, alarm) => all + metricsOf(alarm), 0),
    secrets: allOf(stacks, 'AWS::SecretsManager::Secret').length,
    dashboards: dashboards.length,
    dashboardMetrics: Math.max(0, ...dashboards),
    jobs: Object.fromEntries(
      allOf(stacks, 'AWS::Scheduler::Schedule').map(({ Name, ScheduleExpression }) => [
        Name.replace(/^moim-[a-z]+-/, ''),
        runsAMonth(ScheduleExpression),
      ]),
    ),
    polledQueues: allOf(stacks, 'AWS::Lambda::EventSourceMapping').filter((source) => !source.StartingPosition).length,
    tracing: functions.some(({ TracingConfig }) => TracingConfig?.Mode === 'Active'),
    memory: Object.fromEntries(
      functions.map(({ Environment, MemorySize }) => [Environment.Variables.SERVICE, MemorySize]),
    ),
  };
}

/** What an idle month uses besides the runs of its jobs. */
export const idleUsage = ({
  alarmMetrics,
  secrets,
  dashboards,
  dashboardMetrics,
  jobs,
  polledQueues,
}: Fixed): Usage => ({
  alarmMetric: alarmMetrics,
  secret: secrets,
  // Above the limit nothing of it is free.
  ...(dashboardMetrics > 50 ? { dashboard: dashboards } : {}),
  schedule: Object.values(jobs).reduce((all, runs) => all + runs, 0),
  queueRequest: polledQueues * pollsAMinute * monthMinutes,
});
