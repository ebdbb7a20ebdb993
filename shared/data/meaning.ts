/** The meaning of a refused write: the problem to answer, or what to do instead. */
import { Problem, type ProblemCode } from '../product/problems.ts';
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

const attempts = 5;

/**
 * Repeats reading, deciding and committing while other requests change the same items in between: five attempts at
 * most.
 *
 * @param attempt reads everything it decides by anew each time; its commit says `or(overtaken, ...)` where a change in
 * between is possible
 * @throws Problem TRY_AGAIN after the fifth attempt
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
      if (!(error instanceof Overtaken) || n === attempts) throw error;
    }
  }
}
