import { inParallel } from '../../../shared/core/parallel.ts';
import { subjectOf } from '../../../shared/data/counters.ts';
import { dueIn } from '../../../shared/data/every-item.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { patch, remove } from '../../../shared/data/writes.ts';
import type { JobRun } from '../../../shared/events/job.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { metrics } from '../../../shared/observe/metrics.ts';
import { type Look, lookAt } from './counters.ts';
import type { MarkItem } from './items.ts';
import { dayOf } from './marks.ts';
import { sighting } from './rules.ts';

const shards = [...'0123456789abcdef'];
/** Subjects that one run looks at, at most, of each shard, in whole pages; the next goes on. */
const perShard = 60;
const pageSize = 20;
const atOnce = 5;

type Counts = { looked: number; drifted: number; mended: number };

/**
 * Row 129: compares the subjects that were marked until yesterday, oldest first. A mark is deleted when its counters
 * are right. So the next run continues where one ended half-way, and subjects that nobody touches cost nothing.
 */
export async function reconcile({ now }: JobRun, deps: Kernel): Promise<Counts> {
  const counts: Counts = { looked: 0, drifted: 0, mended: 0 };
  let failures = 0;
  await inParallel(atOnce, shards, async (shard) => {
    const page = (cursor: string | undefined) =>
      deps.table.query('marked', { shard }, { limit: pageSize, cursor, consistent: true });
    let left = perShard;
    for await (const due of dueIn(page, ({ day }) => day < dayOf(now))) {
      await inParallel(atOnce, due, (mark) =>
        settle(mark, deps, counts).catch((error: unknown) => {
          failures++;
          deps.log.error({ subject: mark.subject, error }, 'counters were not compared');
        }),
      );
      left -= due.length;
      if (left <= 0) break;
    }
  });
  const stage = deps.environment.STAGE ?? '';
  if (counts.drifted > 0)
    deps.log.warn(metrics(now, { CountersDrifted: counts.drifted }, { stage }), 'counters drifted');
  if (failures > 0) throw new Error(`${failures} subjects were not compared`);
  return counts;
}

/**
 * Looks at one subject, mends its counters if that is safe at once, and keeps the mark where a later run has to look
 * again.
 */
async function settle(mark: MarkItem, deps: Kernel, counts: Counts): Promise<void> {
  const { shard, day, subject, seen = [] } = mark;
  const named = subjectOf(subject);
  const look = named && (await lookAt(deps, named));
  counts.looked++;
  const found = (look?.drifts ?? []).map(({ counter, stands, counted }) =>
    sighting(counter, stands, counted, look!.moves),
  );
  // An index may lag: what it says is believed when two runs see the same, unmoved.
  const sure = look?.exact === true || found.every((each) => seen.includes(each));
  const again = look && found.length > 0 && !(sure && (await mend(look, subject, deps, counts)));
  const key = { shard, day, subject };
  await deps.table.commit(or(nothing, again ? patch('Mark', key, { set: { seen: found } }) : remove('Mark', key)));
}

/** False if the counters have moved in the meantime: nothing was overwritten, and a later run looks again. */
async function mend({ drifts, mend }: Look, subject: string, { table, log }: Kernel, counts: Counts): Promise<boolean> {
  if (!(await table.commit(or(nothing, mend)))) return false;
  for (const { counter, stands, counted } of drifts) {
    counts.drifted++;
    counts.mended++;
    log.warn({ subject, counter, stands, counted }, 'a counter had drifted and was mended');
  }
  return true;
}
