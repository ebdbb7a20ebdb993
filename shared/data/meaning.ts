/** What it means when a write is refused. */
import { Problem, type ProblemCode } from '../product/problems.ts';

type Item = Readonly<Record<string, unknown>>;

/** Somebody else's change came between reading and writing: whoever can, looks again (`untilSettled`). */
export const overtaken = Symbol('overtaken');
/** There is nothing to do any more, and that is fine: `commit` answers false. */
export const nothing = Symbol('nothing');

export type Outcome = ProblemCode | Problem | typeof overtaken | typeof nothing;
/** An outcome, or how it follows from the item that stood in the way (undefined: none was there). */
export type Meaning = Outcome | ((item: Item | undefined) => Outcome);

/** TRY_AGAIN, as somebody else's change came between. */
export class Overtaken extends Problem {
  constructor() {
    super('TRY_AGAIN', { retryAfter: 1 });
  }
}

const attempts = 5;

/**
 * Reads, decides and commits again while others' changes come between: five times at most.
 *
 * @param attempt reads what it decides by, each time anew; its commit says `or(overtaken, ...)` where that can happen
 * @throws Problem TRY_AGAIN after the fifth
 * @example await untilSettled(async () => { const group = await table.get(...); await table.commit([or(overtaken, ...)]) })
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
