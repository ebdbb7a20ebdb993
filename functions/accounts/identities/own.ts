/** The identities of an account, for its archive and its erasing. */
import { is } from '../../../shared/data/conditions.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { remove } from '../../../shared/data/writes.ts';
import type { AccountItem } from '../accounts/items.ts';
import type { IdentityItem } from './items.ts';

const keysOf = ({ identities = {} }: Pick<AccountItem, 'identities'>) =>
  Object.entries(identities).map(([provider, subject]) => ({ provider, subject }));

/** The identities that lead into an account. */
export async function identitiesOf(table: Table, account: AccountItem): Promise<IdentityItem[]> {
  const references = keysOf(account).map((key) => [key.provider, ref('Identity', key)] as const);
  const found = await table.getAll(Object.fromEntries(references));
  return Object.values(found).filter((identity) => identity !== undefined);
}

/** Deletes the identities that lead into an account, unless they lead into another by now. Idempotent. */
export async function forgetIdentities(table: Table, account: AccountItem): Promise<void> {
  const own = is('accountId', account.accountId);
  await Promise.all(keysOf(account).map((key) => table.commit(or(nothing, remove('Identity', key, own)))));
}
