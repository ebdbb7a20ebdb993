import { parked } from '../../../shared/data/due.ts';
import type { DueItem } from '../../../shared/data/items.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { metrics } from '../../../shared/observe/metrics.ts';

/** Puts aside an entry that keeps failing. An alarm tells a person, and nothing is lost. */
export async function park({ table, log, environment }: Kernel, entry: DueItem, tries: number, now: number) {
  await table.commit(parked(entry, tries));
  const { kind, subject } = entry;
  const stage = environment.STAGE ?? '';
  log.error({ kind, subject, tries, ...metrics(now, { DueParked: 1 }, { stage }) }, 'given up, and put aside');
}
