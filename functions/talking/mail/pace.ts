/**
 * Turns of bulk mail. SES limits the mails of an account per second. Bulk mail uses half of that rate, so codes, which are
 * sent at once, always have the other half.
 */
import type { Environment } from '../../../shared/core/platform.ts';
import { absent, is } from '../../../shared/data/conditions.ts';
import { overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { upsert } from '../../../shared/data/writes.ts';

/** Milliseconds from one turn to the next. */
const interval = (environment: Environment) => 1000 / (Number(environment.MAILS_PER_SECOND) / 2);

/** Takes a number of successive turns, and gives back the instant of the first: now, or after all earlier turns. */
async function take(count: number, now: number, table: Table, step: number): Promise<number> {
  return untilSettled(async () => {
    const key = { of: 'bulk' };
    const pace = await table.get('MailPace', key);
    const first = Math.max(now, pace?.next ?? 0);
    const unmoved = pace ? is('next', pace.next) : absent('next');
    await table.commit([or(overtaken, upsert('MailPace', key, { set: { next: first + count * step } }, unmoved))]);
    return first;
  });
}

interface Asking {
  readonly resolve: (at: number) => void;
  readonly reject: (error: unknown) => void;
}
/** The calls in one process that wait for a turn. */
const asking = new WeakMap<Environment, Asking[]>();

/**
 * The instant at which a mail may be sent. One write serves all calls of a process at the same time, so the mails of a
 * batch keep their order.
 */
export function turn(now: number, table: Table, environment: Environment): Promise<number> {
  return new Promise((resolve, reject) => {
    const waiting = asking.get(environment);
    if (waiting) waiting.push({ resolve, reject });
    else {
      asking.set(environment, [{ resolve, reject }]);
      void serve(now, table, environment);
    }
  });
}

async function serve(now: number, table: Table, environment: Environment): Promise<void> {
  const step = interval(environment);
  // Calls in the same turn of the event loop are served together.
  await Promise.resolve();
  for (let served = asking.get(environment)!; served.length > 0; served = asking.get(environment)!) {
    asking.set(environment, []);
    const first = await take(served.length, now, table, step).catch((error: unknown) => {
      for (const { reject } of served) reject(error);
    });
    if (first !== undefined) for (const [i, { resolve }] of served.entries()) resolve(first + i * step);
  }
  asking.delete(environment);
}
