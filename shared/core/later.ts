import type { Clock } from './clock.ts';

/** Says that work cannot be done yet, which is no failure: it is tried again at `at` (milliseconds since 1970). */
export class Later extends Error {
  readonly at: number;

  constructor(at: number) {
    super(`not before ${new Date(at).toISOString()}`);
    this.name = 'Later';
    this.at = at;
  }
}

/** The names that AWS's services give to a request that came too soon after others. */
const throttles: ReadonlySet<string> = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'ProvisionedThroughputExceededException',
]);

/** Whether a service refused a request because of how many there are: waiting helps, nothing is broken. */
export const isThrottled = (error: unknown): boolean => error instanceof Error && throttles.has(error.name);

/** Work that took longer than it may. */
export class TooSlow extends Error {
  constructor(ms: number) {
    super(`took more than ${ms} ms`);
    this.name = 'TooSlow';
  }
}

/**
 * Does work that may take so long, and no longer. Work that goes on after its time is not waited for: it gets a signal.
 *
 * @param ms milliseconds on the clock
 * @throws TooSlow when the time is over
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
