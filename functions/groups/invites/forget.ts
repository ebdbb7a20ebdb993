import { nothing } from '../../../shared/data/meaning.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { remove } from '../../../shared/data/writes.ts';
import { codeHash } from './store.ts';

/** Deletes the code of a group that is gone, and what it leads to. Idempotent. */
export async function forgetInvite(table: Table, groupId: string): Promise<void> {
  const invite = await table.get('Invite', { groupId });
  if (!invite) return;
  await table.commit(or(nothing, remove('InviteCode', { hash: codeHash(invite.code) })));
  await table.commit(or(nothing, remove('Invite', { groupId })));
}
