import { type Clock, timerClock } from '../../shared/core/clock.ts';

/**
 * The machine's own time. Everything timed in the local cloud uses it: schedules, TTL, idle sockets, the validity of
 * tokens. Timers do not keep the process running.
 */
export const systemClock: Clock = timerClock(Date.now, (timer) => timer.unref());

/** A clock that stands still until a test moves it. */
export interface MovableClock extends Clock {
  /** Moves the clock by `ms`, runs due tasks in their order, and waits for each. */
  advance(ms: number): Promise<void>;
  /** Moves the clock to an instant, which must not be in the past. */
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
