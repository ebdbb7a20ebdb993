/**
 * Schedules as EventBridge Scheduler takes them. It checks an expression when the stack is deployed, so the same check
 * runs when the stacks are synthesized and when the local cloud reads them.
 */
import type { Job } from './contract.ts';

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Names of values, the first for `from`. */
  readonly names?: readonly string[];
  /** Forms of this field alone. */
  readonly own?: RegExp;
  /** Whether a step (`0/15`) is allowed. */
  readonly steps: boolean;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
const fields: readonly Field[] = [
  { name: 'minutes', from: 0, to: 59, steps: true },
  { name: 'hours', from: 0, to: 23, steps: true },
  { name: 'day of the month', from: 1, to: 31, own: /^(\?|L|LW|([1-9]|[12]\d|3[01])W)$/, steps: true },
  { name: 'month', from: 1, to: 12, names: months, steps: true },
  { name: 'day of the week', from: 1, to: 7, names: weekdays, own: /^(\?|[1-7]?L|[1-7]#[1-5])$/, steps: false },
  { name: 'year', from: 1970, to: 2199, steps: true },
];

function fits(part: string, { from, to, names = [], own, steps }: Field): boolean {
  if (own?.test(part)) return true;
  const [range = '', step, ...more] = part.split('/');
  if (more.length > 0) return false;
  if (step !== undefined && !(steps && /^[1-9]\d{0,3}$/.test(step))) return false;
  if (range === '*') return true;
  const ends = range.split('-');
  if (ends.length > 2) return false;
  return ends.every((end) => {
    if (names.includes(end.toUpperCase())) return true;
    return /^\d{1,4}$/.test(end) && Number(end) >= from && Number(end) <= to;
  });
}

function cronProblem(text: string): string | undefined {
  const parts = text.split(' ');
  if (parts.length !== fields.length) return 'a cron expression has six fields';
  for (const [at, field] of fields.entries()) {
    const wrong = parts[at]!.split(',').find((part) => !fits(part, field));
    if (wrong !== undefined) return `${JSON.stringify(wrong)} is no ${field.name}`;
  }
  // Both fields would name a day. Scheduler wants a question mark in the one that does not.
  if ((parts[2] === '?') === (parts[4] === '?')) return 'exactly one of the two day fields must be ?';
  return undefined;
}

/** Why EventBridge Scheduler would refuse an expression; undefined for `rate(...)` and `cron(...)` that it takes. */
function scheduleProblem(expression: string): string | undefined {
  const [, kind, text = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === undefined) return 'use rate(...) or cron(...)';
  if (kind === 'cron') return cronProblem(text);
  // The unit has an s exactly if the value is not 1.
  return /^(1 (minute|hour|day)|([2-9]|[1-9]\d+) (minutes|hours|days))$/.test(text)
    ? undefined
    : 'a rate is like "1 minute" or "5 hours"';
}

/** @throws Error if EventBridge Scheduler would refuse the expression at deployment */
export function requireSchedule(expression: string): void {
  const problem = scheduleProblem(expression);
  if (problem !== undefined) throw new Error(`EventBridge Scheduler refuses the schedule ${expression}: ${problem}`);
}

/**
 * The expression of a job's schedule.
 *
 * @throws Error if EventBridge Scheduler would refuse it
 */
export function expressionOf(schedule: Job['schedule']): string {
  const expression = 'cron' in schedule ? `cron(${schedule.cron})` : `rate(${schedule.rate})`;
  requireSchedule(expression);
  return expression;
}
