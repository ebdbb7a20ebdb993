import type { Table } from '../../../shared/data/table.ts';
import { remove } from '../../../shared/data/writes.ts';
import type { InviteItem } from './items.ts';
import { codeHash } from './store.ts';

/** Drops the code of a group that is no more, and what it leads to. Doing it again is fine. */
export async function forgetInvite(table: Table, groupId: string): Promise<void> {
  const invite = await table.get('Invite', { groupId });
  if (!invite) return;
  await table.commit({ code: remove('InviteCode', { hash: codeHash(invite.code) }) });
  await table.commit({ invite: remove('Invite', { groupId }) });
}
