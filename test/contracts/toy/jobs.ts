import { is } from '../../../shared/data/conditions.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import type { JobRun } from '../../../shared/events/job.ts';
import type { Kernel } from '../../../shared/kernel.ts';

/** A board that moves meanwhile stays as it is until the next run. */
export async function beginWeek(_: JobRun, { table }: Kernel): Promise<{ cleared: number }> {
  const boards = await everyItem((cursor) =>
    table.query('kudosBoardsToClear', { clear: 'MONDAY' }, { limit: 100, cursor }),
  );
  for (const { groupId, thisWeek } of boards) {
    const changes = { set: { thisWeek: 0 }, remove: ['clear' as const] };
    await table.commit(or(nothing, patch('KudosBoard', { groupId }, changes, is('thisWeek', thisWeek))));
  }
  return { cleared: boards.length };
}
