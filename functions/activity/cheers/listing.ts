import { absent, anyOf, below } from '../../../shared/data/conditions.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { upsert } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { dropped } from './dropping.ts';
import type { CheerItem } from './items.ts';
import { cheerKinds } from './values.ts';

type Kept = Old<CheerItem, 'groupId' | 'certificationId' | 'accountId'>;

/**
 * Lists a cheer among those for its certification. A second item in the transaction of the cheer, or an index, would cost each
 * cheer more. It lists what the cheer is now, and never less than was listed. The certification is looked at afterwards: if it
 * was deleted meanwhile, its other cheers may have been dropped before this one was listed.
 */
export async function listCheer({ after }: Change<CheerItem, Kept>, { table }: Kernel): Promise<void> {
  if (!after) return;
  const { groupId, certificationId, accountId } = after;
  const key = { groupId, certificationId, accountId };
  const cheer = await table.get('Cheer', key);
  if (!cheer) return;
  const { n, cheeredAt } = cheer;
  const set: Record<string, unknown> = { n, cheeredAt };
  const remove: `kind ${(typeof cheerKinds)[number]}`[] = [];
  for (const name of cheerKinds.map((each) => `kind ${each}` as const))
    if (cheer[name] === undefined) remove.push(name);
    else set[name] = cheer[name];
  await table.commit(or(nothing, upsert('Cheerer', key, { set, remove }, anyOf(absent('n'), below('n', n)))));
  if (!(await table.get('Certification', { groupId, certificationId }))) await dropped(table, key);
}
