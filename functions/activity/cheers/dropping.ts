import { inParallel } from '../../../shared/core/parallel.ts';
import { daySeconds, ttl } from '../../../shared/core/time.ts';
import { everyPage } from '../../../shared/data/every-item.ts';
import type { KeyOf } from '../../../shared/data/keys.ts';
import type { ItemOf } from '../../../shared/data/registry.ts';
import type { Table } from '../../../shared/data/table.ts';
import { drop, upsert } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { cheerKinds } from './values.ts';

const atOnce = 10;

/**
 * Cheers go with their certification. First the count is closed, so that no cheer can follow from a request that saw the
 * certification before. The closed count expires after a day, longer than any request lasts. A cheer that is not listed yet is
 * dropped by `listCheer`.
 */
export async function dropCheers(
  { old, now }: Change<ItemOf<'Certification'>, Old<ItemOf<'Certification'>, 'groupId' | 'certificationId'>>,
  { table }: Kernel,
): Promise<void> {
  if (!old) return;
  const { groupId, certificationId } = old;
  const closed = {
    set: { gone: true, expiresAt: ttl(now) + daySeconds },
    remove: [...cheerKinds, 'toldAt', 'moves'],
  } as const;
  await table.commit([upsert('CheerCount', { groupId, certificationId }, closed)]);
  const pages = everyPage((cursor) =>
    table.query('cheersOfCertification', { groupId, certificationId }, { limit: 100, cursor, consistent: true }),
  );
  for await (const page of pages) await inParallel(atOnce, page, (cheer) => dropped(table, cheer));
}

/** A cheer and its place in the list, which leads to the cheer: so the place goes last. */
export async function dropped(table: Table, cheer: KeyOf<'Cheer'>): Promise<void> {
  await table.commit([drop('Cheer', cheer)]);
  await table.commit([drop('Cheerer', cheer)]);
}
