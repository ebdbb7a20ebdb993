/** Follows changes of sessions and of what accounts may do, however they came about. */
import { isActive } from '../../../shared/access/accounts.ts';
import type { Sockets } from '../../../shared/adapters/sockets.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { remove } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { securityEvent } from '../../../shared/observe/security.ts';
import { closeSockets } from '../../talking/connections/service.ts';
import type { AuthorityItem } from '../accounts/items.ts';
import type { SessionItem } from './items.ts';
import { beyondLimit } from './rules.ts';
import { sessionsOf } from './signed-in.ts';

/** Ends sessions, and tells each that was still there, with the reason. */
const end = (sessions: readonly SessionItem[], detail: string, { table, log }: Kernel) =>
  Promise.all(
    sessions.map(async (session) => {
      const { accountId: account, sessionId } = session;
      if (await table.commit([or(nothing, remove('Session', session))]))
        log.info(securityEvent('SESSION_ENDED', 'DONE', { account, session: sessionId, detail }), 'security event');
    }),
  );

/** Signs the oldest device out where there are more than five. */
export async function sessionOpened({ item }: Change<SessionItem>, deps: Kernel): Promise<void> {
  if (item) await end(beyondLimit(await sessionsOf(deps.table, item.accountId)), 'TOO_MANY', deps);
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
  deps: Kernel,
): Promise<void> {
  const { table } = deps;
  if (!old || (item?.sessionVersion === old.sessionVersion && item.status === old.status)) return;
  const { accountId } = old;
  const authority = await table.get('Authority', { accountId });
  const sessions = await sessionsOf(table, accountId);
  await end(
    sessions.filter(({ sessionVersion }) => !isActive(authority) || sessionVersion < authority.sessionVersion),
    'ACCOUNT_CHANGED',
    deps,
  );
}
