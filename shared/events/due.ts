import type { Kernel } from '../kernel.ts';

/** One run of the work that is due for a subject. `now` is the scheduled instant of the minute. */
export interface DueRun {
  /** The id that the entry was written for. */
  readonly subject: string;
  readonly now: number;
}

/** `done`: nothing is left to do, and the entry is removed. `more`: the entry stays, and the next minute goes on. */
export type DueResult = 'done' | 'more';

/**
 * The work of a kind that is due. It decides by the current state, not by the entry. An entry may come late, twice, during
 * another run, or when nothing is left to do.
 */
export type DueService<D extends Kernel = Kernel> = (run: DueRun, deps: D) => Promise<DueResult>;
