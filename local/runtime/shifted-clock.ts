import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Clock } from '../../shared/core/clock.ts';

/** The machine's time, moved: it runs on from where it was moved to. */
export interface ShiftedClock extends Clock {
  /** Milliseconds ahead of the machine's clock; below zero while it is on its way from the past. */
  ahead(): number;
  /**
   * Moves on to an instant, running what falls due, in order, and waiting for each. The clock stands still at each step
   * until the step is done, and runs on in real time from the instant.
   *
   * @param rest resolves when what a step caused has ended; the clock takes the next step after it
   * @param jump goes there in one step: what repeats runs once, late, as on a laptop that slept
   * @throws RangeError for an instant in the past
   */
  moveTo(time: number, rest: () => Promise<unknown>, jump?: boolean): Promise<void>;
  /** A clock that began in the past is the machine's from here on. */
  arrive(): void;
}

interface Task {
  readonly time: number;
  readonly task: () => unknown;
}

/** Milliseconds of the machine after which what does not come to rest waits for the clock: longer than a busy machine works at one step. */
const longestRestMs = 20_000;
/** Milliseconds that one timer waits at most: `setTimeout` takes no more than 24.8 days. */
const longestWait = 86_400_000;

/** @throws Error that says which file is broken */
function readAhead(file: string | undefined): number {
  if (file === undefined || !existsSync(file)) return 0;
  try {
    const { aheadMs } = JSON.parse(readFileSync(file, 'utf8')) as { aheadMs?: unknown };
    if (Number.isSafeInteger(aheadMs) && (aheadMs as number) >= 0) return aheadMs as number;
  } catch {
    // Reported below.
  }
  throw new Error(`${file} is broken: it says how far the clock of this data was moved. Delete the data folder.`);
}

/**
 * @param file keeps how far the clock was moved, so that a restart does not go back in time; nothing is kept without
 * @param begin an instant in the past at which the clock begins, to live until now: before anything has ever happened there
 */
export function shiftedClock(file?: string, begin?: number, patienceMs = longestRestMs): ShiftedClock {
  let ahead = begin === undefined ? readAhead(file) : begin - Date.now();
  /** A clock may not fall behind the machine's, except on its way from the past. */
  let least = Math.min(0, ahead);
  /** Where the clock stands while it is moved. */
  let standing: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const tasks = new Set<Task>();
  const now = () => standing ?? Date.now() + ahead;

  function firstDue(until: number): Task | undefined {
    let first: Task | undefined;
    for (const task of tasks) if (task.time <= until && (!first || task.time < first.time)) first = task;
    return first;
  }
  function arm(): void {
    clearTimeout(timer);
    const first = standing === undefined ? firstDue(Number.POSITIVE_INFINITY) : undefined;
    if (!first) return;
    timer = setTimeout(runDue, Math.min(longestWait, Math.max(0, first.time - now())));
    timer.unref();
  }
  function runDue(): void {
    const due = [...tasks].filter(({ time }) => time <= now()).sort((one, other) => one.time - other.time);
    for (const entry of due) if (tasks.delete(entry)) void entry.task();
    arm();
  }
  function stepTo(time: number): void {
    standing = time;
    if (file === undefined) return;
    // On disk before anything happens at this instant: a kill in the middle of a move goes back no step.
    writeFileSync(`${file}.new`, JSON.stringify({ aheadMs: Math.max(0, time - Date.now()) }));
    renameSync(`${file}.new`, file);
  }

  /**
   * Waits for rest while the clock stands. What is to rest may itself wait for the clock, as a delivery that has failed and is tried
   * again: it would never come to an end. Then the clock goes on to what is due first.
   */
  async function atRest(rest: () => Promise<unknown>): Promise<void> {
    const rested = rest().then(() => true);
    for (let isStuck = true; isStuck; ) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), patienceMs);
      });
      isStuck = !(await Promise.race([rested, late]).finally(() => clearTimeout(timer)));
      const due = isStuck && firstDue(Number.POSITIVE_INFINITY);
      if (!due) continue;
      tasks.delete(due);
      stepTo(Math.max(now(), due.time));
      void due.task();
    }
  }

  return {
    now,
    ahead: () => now() - Date.now(),
    at(time, task) {
      const entry = { time, task };
      tasks.add(entry);
      arm();
      return () => void tasks.delete(entry);
    },
    async moveTo(time, rest, jump = false) {
      if (time < now()) throw new RangeError(`the clock is at ${new Date(now()).toISOString()} and never goes back`);
      standing = now();
      clearTimeout(timer);
      try {
        await atRest(rest);
        if (jump) stepTo(Math.max(now(), time));
        for (let due = firstDue(time); due; due = firstDue(time)) {
          tasks.delete(due);
          if (due.time > now()) stepTo(due.time);
          await due.task();
          await atRest(rest);
        }
        stepTo(Math.max(now(), time));
      } finally {
        ahead = Math.max(least, now() - Date.now());
        standing = undefined;
        arm();
      }
    },
    arrive() {
      least = 0;
      ahead = Math.max(0, ahead);
      arm();
    },
  };
}
