import { inParallel } from '../../../shared/core/parallel.ts';
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
import { sighting, subjectOf } from './rules.ts';

const shards = [...'0123456789abcdef'];
/** Subjects that one run looks at, at most, of each shard, in whole pages; the next goes on. */
const perShard = 60;
const pageSize = 20;
const atOnce = 5;

interface Counts {
  looked: number;
  drifted: number;
  mended: number;
}

/**
 * Row 129: looks at what was marked until yesterday, oldest first. A mark goes when its counters are right, so a run that
 * ends half-way is gone on with by the next, and what nobody touches costs nothing.
 */
export async function reconcile(
  { now }: JobRun,
  deps: Kernel,
): Promise<{ looked: number; drifted: number; mended: number }> {
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
  return { ...counts };
}

/** Looks at one subject, mends what can be mended at once, and keeps the mark where something is to be looked at again. */
async function settle(mark: MarkItem, deps: Kernel, counts: Counts): Promise<void> {
  const { shard, day, subject, seen = [] } = mark;
  const named = subjectOf(subject);
  const looks = named ? await lookAt(deps, named) : [];
  counts.looked++;
  const again: string[] = [];
  for (const look of looks.filter(({ stands, counted }) => stands !== counted)) {
    const known = sighting(look.counter, look.stands, look.counted, look.moves);
    if (!look.exact && !seen.includes(known)) again.push(known);
    else if (!(await mend(look, subject, deps, counts))) again.push(known);
  }
  const key = { shard, day, subject };
  await deps.table.commit([
    or(nothing, again.length > 0 ? patch('Mark', key, { set: { seen: again } }) : remove('Mark', key)),
  ]);
}

/** False where the counter has moved in the meantime: then it is looked at again, and nothing was overwritten. */
async function mend(look: Look, subject: string, { table, log }: Kernel, counts: Counts): Promise<boolean> {
  const { counter, stands, counted } = look;
  if (!(await table.commit([or(nothing, look.mend)]))) return false;
  counts.drifted++;
  counts.mended++;
  log.warn({ subject, counter, stands, counted }, 'a counter had drifted and was mended');
  return true;
}
