import type { Clock } from './clock.ts';

/** The work cannot be done yet. This is no failure: the work is tried again at `at` (milliseconds since 1970). */
export class Later extends Error {
  readonly at: number;

  constructor(at: number) {
    super(`not before ${new Date(at).toISOString()}`);
    this.name = 'Later';
    this.at = at;
  }
}

/** The names of the errors with which AWS services throttle a request. */
const throttles: ReadonlySet<string> = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'ProvisionedThroughputExceededException',
]);

/** Whether a service throttled a request. Waiting helps, and nothing is broken. */
export const isThrottled = (error: unknown): boolean => error instanceof Error && throttles.has(error.name);

/** The work took longer than its time limit. */
class TooSlow extends Error {
  constructor(ms: number) {
    super(`took more than ${ms} ms`);
    this.name = 'TooSlow';
  }
}

/**
 * Runs work with a time limit. After the limit the work gets a signal, and nothing waits for it any longer.
 *
 * @param ms milliseconds on the clock
 * @throws TooSlow after the time limit
 * @example await within(clock, 2000, (signal) => mailer.send(mail, signal))
 */
export async function within<T>(clock: Clock, ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const over = new AbortController();
  let callOff = () => {};
  const late = new Promise<never>((_, reject) => {
    callOff = clock.at(clock.now() + ms, () => {
      const error = new TooSlow(ms);
      reject(error);
      over.abort(error);
    });
  });
  return Promise.race([work(over.signal), late]).finally(callOff);
}
