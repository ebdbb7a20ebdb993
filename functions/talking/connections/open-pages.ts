/** Events for people with an open page. They are told what to ask again, and the event holds no content. */
import { inParallel, piecesOf } from '../../../shared/core/parallel.ts';
import type { ClientEvent } from '../../../shared/data/outbox.ts';
import type { Table } from '../../../shared/data/table.ts';
import { limits } from '../../../shared/product/limits.ts';
import { isOnline, presenceRef } from './presence.ts';
import { type Sending, sendToAccount } from './service.ts';

/** A person, and what their open page is told. */
export interface Told {
  readonly accountId: string;
  readonly data: ClientEvent['data'];
}

/**
 * Sends an event to those of some people who have an open socket: 200 at most, the others see the change when they ask. An
 * event may come again and in any order, so callers say what is true now.
 *
 * It costs half a unit for each person, in requests of a hundred, and a request for each of them who is online.
 *
 * @param told whoever may know it; each account once
 * @param signal no more is sent once it is aborted
 */
export async function tellOpenPages(
  deps: Sending,
  name: string,
  told: readonly Told[],
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<void> {
  const online = await onlineOf(deps.table, told, now);
  await inParallel(sentAtOnce, online.slice(0, limits.watchers), async ({ accountId, data }) => {
    if (!signal.aborted) await sendToAccount(deps, accountId, () => ({ event: name, data }));
  });
}
const sentAtOnce = 20;

/** Those with an open socket, as far as is known. */
async function onlineOf(table: Table, told: readonly Told[], now: number): Promise<Told[]> {
  const pieces = await inParallel(5, piecesOf(100, told), async (some) => {
    const references = some.map(({ accountId }) => [accountId, presenceRef(accountId)] as const);
    const presence = await table.getAll(Object.fromEntries(references), { eventual: true });
    return some.filter(({ accountId }) => isOnline(presence[accountId], now));
  });
  return pieces.flat();
}
