/** Follows changes of sessions and of what accounts may do, however they came about. */
import { isActive } from '../../../shared/access/accounts.ts';
import type { Sockets } from '../../../shared/adapters/sockets.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { remove } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { closeSockets } from '../../talking/connections/service.ts';
import type { AuthorityItem } from '../accounts/items.ts';
import type { SessionItem } from './items.ts';
import { beyondLimit } from './rules.ts';
import { sessionsOf } from './signed-in.ts';

const end = (table: Table, sessions: readonly SessionItem[]) =>
  Promise.all(sessions.map((session) => table.commit([or(nothing, remove('Session', session))])));

/** Signs the oldest device out where there are more than five. */
export async function sessionOpened({ item }: Change<SessionItem>, { table }: Kernel): Promise<void> {
  if (item) await end(table, beyondLimit(await sessionsOf(table, item.accountId)));
}

/** However a session ended (row 10): by a sign-out, a later password, a reused token or its age. */
export async function sessionEnded(
  { old }: Change<SessionItem, Old<SessionItem, 'accountId' | 'sessionId'>>,
  deps: Kernel & { readonly sockets: Sockets },
): Promise<void> {
  if (old) await closeSockets(deps, old.accountId, old.sessionId);
}

/**
 * Ends the sessions from before the account's last change of password, or all where it may no longer sign in (row 12) or is
 * withdrawn. The authority as it is now decides: it may have been let in again since the change.
 */
export async function authorityChanged(
  { item, old }: Change<AuthorityItem, Old<AuthorityItem, 'accountId' | 'sessionVersion' | 'status'>>,
  { table }: Kernel,
): Promise<void> {
  if (!old || (item?.sessionVersion === old.sessionVersion && item.status === old.status)) return;
  const { accountId } = old;
  const authority = await table.get('Authority', { accountId });
  const sessions = await sessionsOf(table, accountId);
  await end(
    table,
    sessions.filter(({ sessionVersion }) => !isActive(authority) || sessionVersion < authority.sessionVersion),
  );
}
