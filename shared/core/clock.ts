/** Time and what happens at a time, as client and local cloud need it; a test hands in a clock that it moves. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Runs `task` once at `time` (milliseconds since 1970); the function given back calls it off. */
  at(time: number, task: () => unknown): () => void;
}

/** Milliseconds that one timer waits at most. From 2^31 on (24.8 days), `setTimeout` runs its task at once. */
const longestWait = 86_400_000;

/**
 * A clock that runs by the platform's timers, for any distance: what is far away is waited for in steps of a day.
 *
 * @param now the platform's time in milliseconds since 1970: `Date.now`
 * @param armed is handed each timer: where there is Node, `(timer) => timer.unref()` lets the process end before it is due
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
