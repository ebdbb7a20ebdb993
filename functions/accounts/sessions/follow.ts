/** Follows changes of sessions and of what accounts may do, however they came about. */
import { isActive } from '../../../shared/access/accounts.ts';
import type { Sockets } from '../../../shared/adapters/sockets.ts';
import { daySeconds, fromIso, minuteMs, ttl } from '../../../shared/core/time.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { byItself, tell } from '../../../shared/data/outbox.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { create, remove } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { timeText } from '../../../shared/messages/days.ts';
import { securityEvent } from '../../../shared/observe/security.ts';
import { limits } from '../../../shared/product/limits.ts';
import { closeSockets } from '../../talking/connections/service.ts';
import type { AccountItem, AuthorityItem, LivingAccount } from '../accounts/items.ts';
import type { SessionItem } from './items.ts';
import { sessionNews } from './news.ts';
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
export async function sessionOpened({ item, now }: Change<SessionItem>, deps: Kernel): Promise<void> {
  if (!item) return;
  await end(beyondLimit(await sessionsOf(deps.table, item.accountId)), 'TOO_MANY', deps);
  await noted(deps.table, item, now);
}

/**
 * The entry in the history of sign-ins, and a word to the owner if the device is new (row 162). The entry is created once,
 * so a repeated delivery tells nobody again.
 */
async function noted(table: Table, { openedBy, isNewDevice, ...session }: SessionItem, now: number): Promise<void> {
  if (openedBy === undefined) return;
  const { accountId, sessionId, device, createdAt } = session;
  const account = isNewDevice ? activeOrNone(await table.get('Account', { accountId })) : undefined;
  // Whoever has just signed up knows that they sign in.
  const isTold = account && fromIso(createdAt) > fromIso(account.createdAt) + limits.firstSignInMinutes * minuteMs;
  const signIn = { accountId, sessionId, device, openedBy, isNewDevice: isNewDevice === true, at: createdAt };
  await table.commit([
    or(
      nothing,
      create('SignIn', signIn, { expiresAt: ttl(fromIso(createdAt)) + limits.signInHistoryDays * daySeconds }),
    ),
    isTold && newSignInMail(account, signIn, now),
    isTold && tell(sessionNews.newDevice, now, { to: [accountId], by: byItself, device: device || '-' }),
  ]);
}

const activeOrNone = (account: AccountItem | undefined) => (isActive(account) ? account : undefined);

function newSignInMail(
  { email, locale, timeZone }: LivingAccount,
  { device, at }: { readonly device: string; readonly at: string },
  now: number,
) {
  const instant = fromIso(at);
  const time = timeText(instant, { locale, timeZone }, now);
  const values = { device: device || '-', time };
  return email !== undefined && mailOrder(now, { to: email, template: 'NEW_SIGN_IN', locale, values });
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
