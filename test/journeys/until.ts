/**
 * Asks again until an answer says so, for twenty seconds: for a moim that runs by the real clock.
 *
 * @returns the last answer, also where it never said so
 */
export async function until<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  for (let tries = 1; ; tries++) {
    const answer = await ask();
    if (holds(answer) || tries === 400) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
