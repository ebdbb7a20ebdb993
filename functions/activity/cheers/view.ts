/** The cheers of certifications, to be shown with them. */
import { inParallel, piecesOf } from '../../../shared/core/parallel.ts';
import { type Reference, ref, type Table } from '../../../shared/data/table.ts';
import type { CheerCountItem, CheerItem } from './items.ts';
import { cheersFor } from './rules.ts';

/** Of each certification: its counts and the viewer's own cheers, in one request of a hundred items. */
const atOnce = 50;

interface Shown {
  readonly groupId: string;
  readonly certificationId: string;
}

export type CheersView = ReturnType<typeof cheersFor>;

/** The cheers of some certifications as a viewer sees them, by certification. A unit for each; they may lag by a moment. */
export async function cheersOf(
  table: Table,
  certifications: readonly Shown[],
  accountId: string,
): Promise<(certification: Shown) => CheersView> {
  const found = await inParallel(5, piecesOf(atOnce, certifications), (some) => {
    const references = some.flatMap(({ groupId, certificationId }): [string, Reference<unknown>][] => [
      [`count ${certificationId}`, ref('CheerCount', { groupId, certificationId })],
      [`own ${certificationId}`, ref('Cheer', { certificationId, accountId })],
    ]);
    return table.getAll(Object.fromEntries(references), { eventual: true });
  });
  const all: Readonly<Record<string, unknown>> = Object.assign({}, ...found);
  return ({ certificationId }) => {
    const counts = all[`count ${certificationId}`] as CheerCountItem | undefined;
    return cheersFor(counts, all[`own ${certificationId}`] as CheerItem | undefined);
  };
}
