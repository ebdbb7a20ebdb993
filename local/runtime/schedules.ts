import { Cron } from 'croner';
import type { Clock } from '../../shared/core/clock.ts';
import { requireSchedule } from '../../shared/core/schedule.ts';
import type { Outcome, Runner } from './functions.ts';
import type { Queues } from './queues.ts';
import { ofType, type Resource } from './template.ts';

export interface Schedules {
  /** The names of all schedules. */
  readonly names: readonly string[];
  /** Runs a schedule now, as if it were due at this moment. */
  run(name: string): Promise<void>;
  /** Runs a schedule for an instant (ms), once and without the retries that follow a failure. Throws for an unknown name. */
  runOnce(name: string, at: number): Promise<Outcome>;
  close(): void;
}

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * The next time, in milliseconds, at which a schedule is due after an instant. Rates count from the start of the cloud.
 * Cron expressions have EventBridge's six fields (minutes hours days months weekdays year) in the local time of their
 * zone.
 *
 * @throws Error for an expression that EventBridge Scheduler would refuse at deployment, or that is not known here
 */
export function nextDue(expression: string, zone: string | undefined, after: number, started: number): number {
  requireSchedule(expression);
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate) {
    const step = Number(rate[1]) * unitMs[rate[2]!]!;
    return started + (Math.floor((after - started) / step) + 1) * step;
  }
  const cron = new Cron(`0 ${expression.slice('cron('.length, -1)}`, {
    mode: '7-part',
    // EventBridge counts weekdays from 1 (Sunday) and supports steps from a number: `0/15`.
    alternativeWeekdays: true,
    sloppyRanges: true,
    timezone: zone ?? 'UTC',
    paused: true,
  });
  let next = cron.nextRun(new Date(after));
  // The scheduler skips a time that does not exist on the day when daylight saving time begins. croner would take the
  // next existing time.
  while (next && !cron.match(next)) next = cron.nextRun(next);
  if (!next) throw new Error(`the schedule ${expression} is never due`);
  return next.getTime();
}

/** EventBridge Scheduler on the local clock. */
export function createSchedules(
  resources: readonly Resource[],
  { runner, queues, clock, manual }: { runner: Runner; queues: Queues; clock: Clock; manual: boolean },
): Schedules {
  const started = clock.now();
  const cancel = new Map<string, () => void>();
  const schedules = ofType(resources, 'AWS::Scheduler::Schedule').map(({ properties }) => properties);

  const eventOf = ({ Target }: (typeof schedules)[number], at: number): unknown => {
    const scheduled = new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
    return JSON.parse(Target.Input.replaceAll('<aws.scheduler.scheduled-time>', scheduled));
  };
  async function fire(schedule: (typeof schedules)[number], at: number): Promise<void> {
    const { Target } = schedule;
    const event = eventOf(schedule, at);
    const attempts = 1 + (Target.RetryPolicy?.MaximumRetryAttempts ?? 185);
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const outcome = await runner.invoke(Target.Arn, event);
      if (outcome.ok) return;
    }
    if (Target.DeadLetterConfig) queues.send(Target.DeadLetterConfig.Arn, event);
  }
  function find(name: string): (typeof schedules)[number] {
    const found = schedules.find(({ Name }) => Name === name || Name.endsWith(`-${name}`));
    if (!found) throw new Error(`there is no schedule ${name}`);
    return found;
  }
  function arm(schedule: (typeof schedules)[number], after: number) {
    const due = nextDue(schedule.ScheduleExpression, schedule.ScheduleExpressionTimezone, after, started);
    const task = () => {
      // Counted from now and not from `due`: runs that a sleeping laptop missed are skipped and do not all run at once.
      arm(schedule, clock.now());
      return fire(schedule, due);
    };
    cancel.set(schedule.Name, clock.at(due, task));
  }
  if (!manual) for (const schedule of schedules) arm(schedule, started);

  return {
    names: schedules.map(({ Name }) => Name),
    run: async (name) => fire(find(name), clock.now()),
    async runOnce(name, at) {
      const found = find(name);
      return runner.invoke(found.Target.Arn, eventOf(found, at));
    },
    close() {
      for (const stop of cancel.values()) stop();
    },
  };
}
