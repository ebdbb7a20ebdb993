import { inspect } from 'node:util';

/** Milliseconds: as long as a slow machine works at what follows a request, and shorter than a test may take. */
const patience = 120_000;

/**
 * Asks again until an answer says so, for two minutes at most: for a moim that runs by the real clock.
 *
 * @returns the first answer that says so
 * @throws Error with the last answer, where none did
 */
export async function until<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  for (const end = performance.now() + patience; ; ) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (performance.now() > end) throw new Error(`after ${patience} ms: ${inspect(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
