import type { Kernel } from '../kernel.ts';

/** A look at something that is due. `now` is the scheduled instant of the minute's run. */
export interface DueRun {
  /** Whom it is about, as its cause wrote it. */
  readonly subject: string;
  readonly now: number;
}

/** `done`: nothing is left to do, and the entry goes; `more`: the entry stays, and the next minute goes on. */
export type DueResult = 'done' | 'more';

/**
 * The work of a kind that is due. It decides by how things are when it looks, not by the entry: an entry may come late,
 * twice, at the same time as another run, or when there is nothing to do any more.
 */
export type DueService<D extends Kernel = Kernel> = (run: DueRun, deps: D) => Promise<DueResult>;
