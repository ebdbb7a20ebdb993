/**
 * Fair use without a write for each use: uses are counted in the memory of a function, and written a lot at a time. So
 * what people do costs nothing to count, and what is refused costs nothing at all.
 *
 * The count is approximate. Each process of a function counts for itself until it has a lot, so `n` processes let through
 * up to `n` lots more than the limit says. A process that ends forgets less than a lot.
 */
import { fairUse, type LotLimit } from '../product/fair-use-limits.ts';
import { Problem } from '../product/problems.ts';
import { charged, tooMany, type Use, windowOf } from './quota.ts';
import type { Table } from './table.ts';

/** A use that is counted in memory. */
export interface LotUse extends Use {
  readonly limit: LotLimit;
}

export interface Tally {
  /** @throws Problem TOO_MANY_REQUESTS if this process knows that the window is used up. Counts nothing, asks nothing. */
  refuse(use: LotUse, now: number): void;
  /**
   * Counts a use, and writes the lot that it completes.
   *
   * @param now milliseconds since 1970
   * @throws Problem TOO_MANY_REQUESTS if the window is used up
   */
  count(use: LotUse, now: number): Promise<void>;
}

interface Held {
  readonly window: number;
  /** Uses that are not written yet. */
  uses: number;
  isSpent: boolean;
}

/** Subjects that a process remembers. Some 100 bytes each; whoever comes from more places at once makes it forget the oldest. */
const remembered = 20_000;

/** The counts of one process. */
export function tallies(): (table: Table) => Tally {
  const held = new Map<string, Held>();

  function heldOf(use: LotUse, now: number): Held {
    const name = `${use.limit} ${use.subject}`;
    const window = windowOf(use.limit, now);
    const known = held.get(name);
    if (known?.window === window) return known;
    const fresh = { window, uses: 0, isSpent: false };
    held.delete(name);
    held.set(name, fresh);
    if (held.size > remembered) held.delete(held.keys().next().value!);
    return fresh;
  }

  return (table) => ({
    refuse(use, now) {
      if (heldOf(use, now).isSpent) throw tooMany(use, now);
    },
    async count(use, now) {
      const mine = heldOf(use, now);
      if (mine.isSpent) throw tooMany(use, now);
      mine.uses += use.count ?? 1;
      const { lot, times } = fairUse[use.limit];
      if (mine.uses < lot) return;
      const count = Math.min(mine.uses, times);
      mine.uses = 0;
      try {
        await table.commit([charged({ ...use, count }, now)]);
      } catch (error) {
        if (error instanceof Problem && error.code === 'TOO_MANY_REQUESTS') mine.isSpent = true;
        throw error;
      }
    },
  });
}
