/** Time and timers, as the client and the local cloud need them. A test passes a clock that it moves itself. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Runs `task` once at `time` (milliseconds since 1970). Call the function that it gives back to cancel. */
  at(time: number, task: () => unknown): () => void;
}

/**
 * The longest wait of a single timer, in milliseconds. From 2^31 on (24.8 days), `setTimeout` runs its task at once.
 */
const longestWait = 86_400_000;

/**
 * A clock on the platform's timers, for waits of any length: long waits are split into steps of a day.
 *
 * @param now the platform's time in milliseconds since 1970: `Date.now`
 * @param armed receives each timer. In Node, `(timer) => timer.unref()` lets the process end before a timer is due
 * @example const clock = timerClock(Date.now);
 */
export function timerClock(
  now: () => number,
  armed: (timer: ReturnType<typeof setTimeout>) => unknown = () => {},
): Clock {
  return {
    now,
    at(time, task) {
      let timer: ReturnType<typeof setTimeout>;
      const arm = () => {
        const wait = time - now();
        timer = wait > longestWait ? setTimeout(arm, longestWait) : setTimeout(task, Math.max(0, wait));
        armed(timer);
      };
      arm();
      return () => clearTimeout(timer);
    },
  };
}
