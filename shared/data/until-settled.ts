import { Problem } from '../product/problems.ts';

/** How often somebody else's change may come in between before the caller is asked to try again. */
const attempts = 5;

/**
 * Reads, decides and commits until that was settled: a commit that is refused because somebody else's change came first
 * is decided anew on what stands by then.
 *
 * @param attempt reads everything anew; undefined asks for another attempt, anything else is the answer
 * @throws Problem TRY_AGAIN after five attempts; and whatever `attempt` throws, at once
 */
export async function untilSettled<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let n = 0; n < attempts; n++) {
    const settled = await attempt();
    if (settled !== undefined) return settled;
  }
  throw new Problem('TRY_AGAIN', { retryAfter: 1 });
}
