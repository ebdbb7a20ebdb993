/** The local cloud's clock. Everything that happens by time (schedules, TTL, idle sockets, token life) asks it. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Runs `task` once at `time` (ms since 1970); gives back a function that calls it off. */
  at(time: number, task: () => unknown): () => void;
}

/** The machine's own time. Timers do not keep the process alive. */
export const systemClock: Clock = {
  now: Date.now,
  at(time, task) {
    let timer: NodeJS.Timeout;
    // setTimeout overflows at 24.8 days: wait in steps of at most a day.
    const arm = () => {
      const wait = time - Date.now();
      timer = wait > 86_400_000 ? setTimeout(arm, 86_400_000) : setTimeout(task, Math.max(0, wait));
      timer.unref();
    };
    arm();
    return () => clearTimeout(timer);
  },
};

/** A clock that stands still until a test moves it. */
export interface MovableClock extends Clock {
  /** Moves on by `ms`, running what falls due, in order, and waiting for each. */
  advance(ms: number): Promise<void>;
  /** Moves on to an instant, which must not lie in the past. */
  advanceTo(time: number): Promise<void>;
}

export function movableClock(start: number): MovableClock {
  let now = start;
  const tasks = new Set<{ time: number; task: () => unknown }>();
  const nextDue = (until: number) => {
    let first: { time: number; task: () => unknown } | undefined;
    for (const entry of tasks) if (entry.time <= until && (!first || entry.time < first.time)) first = entry;
    return first;
  };
  const clock: MovableClock = {
    now: () => now,
    at(time, task) {
      const entry = { time, task };
      tasks.add(entry);
      return () => void tasks.delete(entry);
    },
    advance: (ms) => clock.advanceTo(now + ms),
    async advanceTo(time) {
      if (time < now) throw new RangeError(`the clock stands at ${new Date(now).toISOString()} and cannot go back`);
      for (let due = nextDue(time); due; due = nextDue(time)) {
        tasks.delete(due);
        now = Math.max(now, due.time);
        await due.task();
      }
      now = time;
    },
  };
  return clock;
}
