import { activeAuthority } from '../../../shared/access/accounts.ts';
import { isSignedInStill, stillSignedIn } from '../../../shared/access/signed-in.ts';
import { required } from '../../../shared/adapters/aws.ts';
import type { Sockets } from '../../../shared/adapters/sockets.ts';
import { fingerprint, newSecret } from '../../../shared/core/ids.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { create, remove } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { SocketMessage } from '../../../shared/socket/pipeline.ts';
import type { contract } from './contract.ts';
import type { ConnectionItem } from './items.ts';
import { gone, heardOf } from './presence.ts';

type Routes = typeof contract.routes;
type Actions = typeof contract.actions;

export async function issueSocketTicket(
  { account, locale, now }: RouteRequest<Routes['issueSocketTicket']>,
  { table, tally, environment }: Kernel,
): Promise<Answer<Routes['issueSocketTicket']>> {
  await tally.count({ limit: 'socketTicket', subject: account.accountId }, now);
  const own = activeAuthority(await table.get('Authority', { accountId: account.accountId }));
  const secret = newSecret();
  const expiresAt = ttl(now) + limits.ticketSeconds.SOCKET;
  const ticket = { hash: fingerprint(secret), ...account, locale };
  const url = `${required(environment, 'SOCKET_URL')}?ticket=${secret}`;
  const answer = { body: { url, expiresAt: iso(expiresAt * 1000) } };
  await table.commit([stillSignedIn(account, own, now), create('SocketTicket', ticket, { expiresAt })], answer);
  return answer;
}

/**
 * The session is looked at once more when the connection is written down. If it ends before that look, this refuses the
 * connection. If it ends later, whatever ends it finds the connection and closes it (`closeSockets`). An account has so many
 * open sockets at a time; one more is refused.
 */
export async function connected(
  { account, connectionId, locale, now }: SocketMessage,
  { table }: Kernel,
): Promise<void> {
  const connection = { ...account, connectionId, locale };
  await Promise.all([
    table.commit([or(nothing, create('Connection', connection, { expiresAt: ttl(now) + limits.socket.lifeSeconds }))]),
    table.commit([heardOf(account.accountId, connectionId, now)]),
  ]);
  const { accountId } = account;
  const most = limits.socket.open;
  const [isSignedIn, { items }] = await Promise.all([
    isSignedInStill(table, account, now),
    table.query('connectionsOfAccount', { accountId }, { limit: most + 1 }),
  ]);
  if (isSignedIn && items.length <= most) return;
  await forget(table, accountId, connectionId);
  throw new Problem(isSignedIn ? 'TOO_MANY_REQUESTS' : 'TOKEN_INVALID');
}

/** `$disconnect` may never come. Then presence ends by time, and the first failed post or the TTL deletes the connection. */
export async function disconnected(
  { account: { accountId }, connectionId }: SocketMessage,
  { table }: Kernel,
): Promise<void> {
  await forget(table, accountId, connectionId);
}

/** Only presence is written: nothing else asks when a socket was last heard of. */
export async function ping(
  { account: { accountId }, connectionId, now }: SocketMessage<Actions['ping']>,
  { table }: Kernel,
): Promise<{ time: string }> {
  await table.commit([heardOf(accountId, connectionId, now)]);
  return { time: iso(now) };
}

/** What sending to sockets needs. */
export interface Sending {
  readonly table: Table;
  readonly sockets: Sockets;
}

/**
 * Sends an event to every open socket of an account. Each is told in its own language; one that is gone is forgotten.
 * Best effort: what must not be missed is stored, and read from there after a reconnect.
 */
export async function sendToAccount(
  { table, sockets }: Sending,
  accountId: string,
  eventFor: (locale: ConnectionItem['locale']) => { readonly event: string; readonly data: unknown },
): Promise<void> {
  const { items } = await table.query('connectionsOfAccount', { accountId }, { limit: 50 });
  await Promise.all(
    items.map(async ({ connectionId, locale }) => {
      if (!(await sockets.post(connectionId, eventFor(locale)))) await forget(table, accountId, connectionId);
    }),
  );
}

/** Both are tried to their end, also where one fails: what is still on its way when a function has answered may be lost. */
const forget = (table: Table, accountId: string, connectionId: string) =>
  inParallel(2, [remove('Connection', { accountId, connectionId }), gone(accountId, connectionId)], (write) =>
    table.commit([or(nothing, write)]),
  );

/** Closes the sockets that were opened through a session which has ended. */
export async function closeSockets({ table, sockets }: Sending, accountId: string, sessionId: string): Promise<void> {
  const { items } = await table.query('connectionsOfAccount', { accountId }, { limit: 100, consistent: true });
  const ended = items.filter((connection) => connection.sessionId === sessionId);
  await Promise.all(
    ended.map(async ({ connectionId }) => {
      await sockets.close(connectionId);
      await forget(table, accountId, connectionId);
    }),
  );
}
