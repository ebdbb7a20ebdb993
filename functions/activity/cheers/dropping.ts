import { inParallel } from '../../../shared/core/parallel.ts';
import { daySeconds, ttl } from '../../../shared/core/time.ts';
import { everyPage } from '../../../shared/data/every-item.ts';
import type { ItemOf } from '../../../shared/data/registry.ts';
import { drop, upsert } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { cheerKinds } from './values.ts';

const atOnce = 10;

/**
 * Cheers go with their certification. First the count is closed, so that no cheer can follow from a request that saw the
 * certification before: then what is found is all there will be. The closed count expires after a day, longer than any
 * request lasts.
 */
export async function dropCheers(
  { old, now }: Change<ItemOf<'Certification'>, Old<ItemOf<'Certification'>, 'groupId' | 'certificationId'>>,
  { table }: Kernel,
): Promise<void> {
  if (!old) return;
  const { groupId, certificationId } = old;
  const closed = { set: { gone: true, expiresAt: ttl(now) + daySeconds }, remove: [...cheerKinds, 'toldAt'] } as const;
  await table.commit([upsert('CheerCount', { groupId, certificationId }, closed)]);
  const pages = everyPage((cursor) =>
    table.query('cheersOfCertification', { certificationId }, { limit: 100, cursor, consistent: true }),
  );
  for await (const page of pages) await inParallel(atOnce, page, (cheer) => table.commit([drop('Cheer', cheer)]));
}
