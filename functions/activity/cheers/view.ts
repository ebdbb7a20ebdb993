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
  readonly status: string;
}

export type CheersView = ReturnType<typeof cheersFor>;

/**
 * The cheers of some certifications as a viewer sees them, by certification; null for those that are not approved. A unit
 * for each that is; they may lag by a moment.
 */
export async function cheersOf(
  table: Table,
  certifications: readonly Shown[],
  accountId: string,
): Promise<(certification: Shown) => CheersView | null> {
  const approved = certifications.filter(({ status }) => status === 'APPROVED');
  const found = await inParallel(5, piecesOf(atOnce, approved), (some) => {
    const references = some.flatMap(({ groupId, certificationId }): [string, Reference<unknown>][] => [
      [`count ${certificationId}`, ref('CheerCount', { groupId, certificationId })],
      [`own ${certificationId}`, ref('Cheer', { certificationId, accountId })],
    ]);
    return table.getAll(Object.fromEntries(references), { eventual: true });
  });
  const all: Readonly<Record<string, unknown>> = Object.assign({}, ...found);
  return ({ certificationId, status }) => {
    if (status !== 'APPROVED') return null;
    const counts = all[`count ${certificationId}`] as CheerCountItem | undefined;
    return cheersFor(counts, all[`own ${certificationId}`] as CheerItem | undefined);
  };
}
