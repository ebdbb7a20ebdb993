/** The identities of an account, for its owner and for its archive. */
import { type Reference, ref, type Table } from '../../../shared/data/table.ts';
import type { AuthorityItem } from '../accounts/items.ts';
import type { IdentityItem } from './items.ts';

/** The identities that lead into an account, as its authority names them. */
export async function identitiesOf(
  table: Table,
  { accountId, identities = {} }: AuthorityItem,
): Promise<IdentityItem[]> {
  const linked = Object.entries(identities);
  if (linked.length === 0) return [];
  const references: Record<string, Reference<IdentityItem>> = {};
  for (const [provider, subject] of linked) references[provider] = ref('Identity', { provider, subject });
  const found: Record<string, IdentityItem | undefined> = await table.getAll(references);
  return Object.values(found).flatMap((item) => (item?.accountId === accountId ? [item] : []));
}
