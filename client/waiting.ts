import { type Clock, timerClock } from '../shared/core/clock.ts';

/** The time of the machine. */
export const systemClock: Clock = timerClock(Date.now);

/** Waits, or rejects with the signal's reason. */
export function pause(clock: Clock, milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.at(clock.now() + milliseconds, () => {
      signal?.removeEventListener('abort', leave);
      resolve();
    });
    if (signal?.aborted) leave();
    else signal?.addEventListener('abort', leave, { once: true });
  });
}

/**
 * The wait before a repetition, in milliseconds: it doubles each time, and is a random value between half and all of
 * that, so that clients that failed together do not return together.
 *
 * @param attempt 0 for the first repetition
 */
export const backoff = (attempt: number, base: number, most: number) =>
  Math.min(most, base * 2 ** attempt) * (0.5 + Math.random() / 2);
