/** The meaning of a refused write: the problem to answer, or what to do instead. */
import { setTimeout as pause } from 'node:timers/promises';
import { Problem, type ProblemCode } from '../product/problems.ts';
import { backoff, tryAgain } from './calls.ts';
import type { AnyItem } from './kind.ts';

/** Another request changed the item between our read and our write. `untilSettled` reads and decides again. */
export const overtaken = Symbol('overtaken');
/** There is nothing left to do, and that is fine: `commit` gives back false. */
export const nothing = Symbol('nothing');

export type Outcome = ProblemCode | Problem | typeof overtaken | typeof nothing;
/** An outcome, or a function that derives it from the item that was found (undefined: there was none). */
export type Meaning = Outcome | ((item: AnyItem | undefined) => Outcome);

/** TRY_AGAIN because another request changed an item in between. */
export class Overtaken extends Problem {
  constructor() {
    super('TRY_AGAIN', { retryAfter: 1 });
  }
}

/** Eight at once for one item need eight: each round one of them is through. With the pauses they take a second at most. */
const attempts = 8;
const longestPause = 2;

/**
 * Repeats reading, deciding and committing while other requests change the same items in between: eight attempts at
 * most, with pauses of 20 to 120 ms. Each HTTP request runs in it (`shared/http/pipeline.ts`), so only consumers and due
 * services call it, and requests that repeat only a part of themselves.
 *
 * @param attempt reads everything it decides by anew each time; its commit says `or(overtaken, ...)` where a change in
 * between is possible
 * @throws Problem TRY_AGAIN after the last attempt
 * @example
 * await untilSettled(async () => {
 *   const group = await table.get('Group', { groupId });
 *   await table.commit([or(overtaken, patch('Group', { groupId }, changes, is('status', group.status)))]);
 * });
 */
export async function untilSettled<T>(attempt: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      // No longer as `Overtaken`: whoever repeats the whole does not begin with the attempts of a part anew.
      if (n === attempts) throw tryAgain();
      await pause(backoff(Math.min(n, longestPause)));
    }
  }
}
