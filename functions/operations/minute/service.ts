/**
 * Runs the due work, minute by minute. An idle minute costs one read of each shard and no write. Otherwise only one run
 * works on a shard at a time: it holds a lease, and another run takes over an old lease. The lease only saves work. Two
 * runs on one entry do no harm, because services decide by the current state and entries are removed by their token.
 */
import { newSecret } from '../../../shared/core/ids.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { iso, minuteMs } from '../../../shared/core/time.ts';
import { absent, anyOf, atMost, is } from '../../../shared/data/conditions.ts';
import { dueShards, putOff, worked } from '../../../shared/data/due.ts';
import { everyPage } from '../../../shared/data/every-item.ts';
import type { DueItem } from '../../../shared/data/items.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { remove, upsert } from '../../../shared/data/writes.ts';
import type { DueService } from '../../../shared/events/due.ts';
import type { JobRun } from '../../../shared/events/job.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { park } from './parking.ts';
import { minutesUntilNext } from './rules.ts';

const atOnce = 10;
const pageSize = 100;

interface Kind<D extends Kernel> {
  readonly work: DueService<D>;
  /** Takes so long that no other entry should wait for it. */
  readonly long?: boolean;
}
export type Kinds<D extends Kernel> = Readonly<Record<string, Kind<D>>>;

interface Tick<D extends Kernel> {
  readonly now: number;
  readonly deps: D;
  readonly kinds: Kinds<D>;
  readonly counts: Record<string, number>;
  /** Entries that take long. They start after all leases are released. */
  readonly long: DueItem[];
  /** The number of entries that could neither be worked nor put off. They stay where they are. */
  left: number;
}

/** The job that runs the due work of each kind. It fails at its end if entries are left, so that the scheduler repeats it. */
export const tickOf =
  <D extends Kernel>(kinds: Kinds<D>) =>
  async ({ now }: JobRun, deps: D): Promise<Readonly<Record<string, number>>> => {
    const tick: Tick<D> = { now, deps, kinds, counts: {}, long: [], left: 0 };
    const [shards] = await Promise.allSettled([
      inParallel(dueShards.length, dueShards, (shard) => workShard(tick, shard)),
    ]);
    await inParallel(atOnce, tick.long, (entry) => work(tick, entry, entry.tries ?? 1));
    if (shards.status === 'rejected') throw shards.reason;
    if (tick.left > 0) throw new Error(`${tick.left} entries were left as they are`);
    return tick.counts;
  };

async function workShard<D extends Kernel>(tick: Tick<D>, shard: string): Promise<void> {
  const { table } = tick.deps;
  // A run never reads past its own minute. A late run does what it would have done on time.
  const between = ['', iso(tick.now)] as const;
  const page = (limit: number, cursor?: string) => table.query('dueEntries', { shard }, { limit, cursor, between });
  if ((await page(1)).items.length === 0) return;
  const lease = { name: `due:${shard}` };
  const holder = newSecret();
  const until = iso(tick.now + limits.due.leaseMinutes * minuteMs);
  const free = anyOf(absent('until'), atMost('until', iso(tick.now)));
  if (!(await table.commit(or(nothing, upsert('Lease', lease, { set: { holder, until } }, free))))) return;
  try {
    for await (const entries of everyPage((cursor) => page(pageSize, cursor)))
      await inParallel(atOnce, entries, (entry) => begin(tick, entry));
  } finally {
    await table.commit(or(nothing, remove('Lease', lease, is('holder', holder))));
  }
}

/**
 * Works an entry. An entry that takes long is first put off, as a try that failed: if this run dies, the entry comes back
 * later, and a run that always dies does not repeat for ever.
 */
async function begin<D extends Kernel>(tick: Tick<D>, entry: DueItem): Promise<void> {
  const tries = (entry.tries ?? 0) + 1;
  if (!tick.kinds[entry.kind]?.long) return work(tick, entry, tries);
  await leaving(tick, entry, async () => {
    const { later, writes } = putOff(entry, iso(tick.now + limits.due.longMinutes * minuteMs), tries);
    if (await tick.deps.table.commit(writes)) tick.long.push(later);
  });
}

/** Works an entry. An error of one entry does not stop the others. */
async function work<D extends Kernel>(tick: Tick<D>, entry: DueItem, tries: number): Promise<void> {
  const { now, deps, kinds, counts } = tick;
  const { kind, subject } = entry;
  try {
    if (!Object.hasOwn(kinds, kind)) throw new Error(`no feature has a kind "${kind}" of what is due`);
    const result = await kinds[kind]!.work({ subject, now }, deps);
    if (result === 'done') await deps.table.commit(worked(entry));
    counts[kind] = (counts[kind] ?? 0) + 1;
  } catch (error) {
    counts.failed = (counts.failed ?? 0) + 1;
    deps.log.error({ kind, subject, tries, error }, 'what is due failed');
    await leaving(tick, entry, () => tryLater(tick, entry, tries));
  }
}

async function tryLater<D extends Kernel>({ deps, now }: Tick<D>, entry: DueItem, tries: number): Promise<void> {
  const minutes = minutesUntilNext(tries);
  if (minutes === undefined) await park(deps, entry, tries, now);
  else await deps.table.commit(putOff(entry, iso(now + minutes * minuteMs), tries).writes);
}

/** Moves an entry, or counts it as left if the table fails. */
async function leaving<D extends Kernel>(tick: Tick<D>, { kind, subject }: DueItem, move: () => Promise<void>) {
  try {
    await move();
  } catch (error) {
    tick.left++;
    tick.deps.log.error({ kind, subject, error }, 'what is due was left as it is');
  }
}
