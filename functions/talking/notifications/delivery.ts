import type { Sockets } from '../../../shared/adapters/sockets.ts';
import { inParallel, piecesOf } from '../../../shared/core/parallel.ts';
import { fromIso, ttl } from '../../../shared/core/time.ts';
import type { OutboxItem } from '../../../shared/data/items.ts';
import { type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { create } from '../../../shared/data/writes.ts';
import type { Change } from '../../../shared/events/stream.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { AccountItem } from '../../accounts/accounts/items.ts';
import { blockRef } from '../../accounts/blocks/service.ts';
import { presentMembers } from '../../groups/core/members.ts';
import { sendToAccount } from '../connections/service.ts';
import type { Push } from '../devices/push.ts';
import { pushTo } from '../devices/service.ts';
import type { NotificationItem, NotificationSettingsItem } from './items.ts';
import { gatesOf, recipientsOf, shortened } from './rules.ts';
import { viewOf } from './view.ts';

type Deps = Kernel & { readonly sockets: Sockets; readonly push: Push };

/** People that are read about in one request (of 100 items), and that are served at the same time. */
const readAtOnce = 33;
const servedAtOnce = 20;

/**
 * Delivers one event. For everybody it is stored before anybody is told, so that what is told is there. The notification's
 * id is the event's: a repeated delivery finds it there and does not store it twice. Sockets and devices may
 * get it twice; clients know it by its id, and what was read in between makes no device buzz again.
 */
export async function deliver({ item, now }: Change<OutboxItem>, deps: Deps): Promise<void> {
  if (!item) return;
  const { outboxId: notificationId, createdAt, notice, values, link, actorId } = item;
  const members = item.toMembersOf ? await presentMembers(deps.table, item.toMembersOf) : [];
  const to = [...item.to, ...members.map(({ accountId }) => accountId)];
  const pieces = piecesOf(readAtOnce, recipientsOf({ to, actorId }));
  const readers = (await inParallel(servedAtOnce, pieces, (ids) => readersOf(deps.table, ids, actorId))).flat();
  const allowed = readers
    .map(({ account, settings, blocked }) => ({
      account,
      gates: gatesOf({ notice, settings, blocked, now, timeZone: account.timeZone }),
      hasDevices: (settings?.devices ?? 0) > 0,
    }))
    .filter(({ gates }) => gates.inbox);

  const expiresAt = ttl(fromIso(createdAt)) + limits.notificationSeconds;
  const stored = await inParallel(servedAtOnce, allowed, async (reader) => {
    const { accountId } = reader.account;
    const told = { accountId, notificationId, notice, values, link, createdAt, expiresAt };
    const notification: NotificationItem = { ...told, unreadBy: accountId };
    const refused = await deps.table.commit({ notification: create('Notification', { ...notification }) });
    return { ...reader, notification, wasRead: refused?.notification?.item?.readAt !== undefined };
  });

  const until = AbortSignal.timeout(limits.push.eventMs);
  await inParallel(servedAtOnce, stored, async ({ account, gates, hasDevices, wasRead, notification }) => {
    const { accountId, locale } = account;
    const sending = gates.socket
      ? sendToAccount(deps, accountId, (language) => ({ event: 'notification', data: viewOf(notification, language) }))
      : undefined;
    const { text } = viewOf(notification, locale);
    const message = {
      id: notificationId,
      type: notice,
      text: shortened(text, limits.push.text),
      link: { ...link } as Readonly<Record<string, string>>,
      createdAt,
    };
    const pushing = gates.push && hasDevices && !wasRead ? pushTo(deps, accountId, message, until) : undefined;
    const [sent] = await Promise.allSettled([sending, pushing]);
    // The table could not tell which sockets are open: the event is delivered again.
    if (sent.status === 'rejected') throw sent.reason;
  });
  const { event } = item;
  if (event)
    await inParallel(servedAtOnce, readers, ({ account }) => sendToAccount(deps, account.accountId, () => event));
}

/** What decides how people hear of an event, for up to 33 of them in one request. Who is not there any more hears nothing. */
async function readersOf(table: Table, accountIds: readonly string[], actorId: string) {
  const named = <T>(name: string, refOf: (accountId: string) => Reference<T>) =>
    accountIds.map((accountId) => [`${name} ${accountId}`, refOf(accountId)] as const);
  const found: Readonly<Record<string, unknown>> = await table.getAll(
    Object.fromEntries<Reference<unknown>>([
      ...named('account', (accountId) => ref('Account', { accountId })),
      ...named('settings', (accountId) => ref('NotificationSettings', { accountId })),
      ...named('block', (accountId) => blockRef(accountId, actorId)),
    ]),
  );
  return accountIds.flatMap((accountId) => {
    const account = found[`account ${accountId}`] as AccountItem | undefined;
    if (!account || account.status === 'WITHDRAWN') return [];
    const settings = found[`settings ${accountId}`] as NotificationSettingsItem | undefined;
    return [{ account, settings, blocked: found[`block ${accountId}`] !== undefined }];
  });
}
