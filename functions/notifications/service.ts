import type { Kernel } from '../../shared/adapters/kernel.ts';
import type { Sockets } from '../../shared/adapters/sockets.ts';
import { limits } from '../../shared/core/limits.ts';
import { Problem } from '../../shared/core/problems.ts';
import { fromIso, iso, ttl } from '../../shared/core/time.ts';
import { above, absent } from '../../shared/data/conditions.ts';
import type { OutboxItem } from '../../shared/data/outbox.ts';
import { create, patch, upsert } from '../../shared/data/writes.ts';
import type { Change } from '../../shared/events/stream.ts';
import { type Answer, noContent, type RouteRequest } from '../../shared/http/exchange.ts';
import type { Locale } from '../../shared/messages/catalog.ts';
import { catalogOf, fillIn } from '../../shared/messages/text.ts';
import { sendToAccount } from '../connections/service.ts';
import type { contract } from './contract.ts';
import { recipientsOf } from './rules.ts';
import type { InboxItem, NotificationItem } from './store.ts';

type Routes = typeof contract.routes;

/**
 * Delivers one event: stored first, then sent. The notification's id is the event's, so a repeated delivery finds it
 * there and neither stores nor counts it twice; the socket may see it twice, clients know it by its id.
 */
export async function deliver(
  { item }: Change<OutboxItem>,
  deps: Kernel & { readonly sockets: Sockets },
): Promise<void> {
  if (!item) return;
  const { outboxId: notificationId, createdAt, notice, values, link } = item;
  const expiresAt = ttl(fromIso(createdAt)) + limits.notificationSeconds;
  for (const accountId of recipientsOf(item)) {
    const notification: NotificationItem = { accountId, notificationId, notice, values, link, createdAt, expiresAt };
    await deps.table.commit({
      notification: create('Notification', { ...notification }, { expiresAt }),
      inbox: upsert('Inbox', { accountId }, { add: { unread: 1 } }),
    });
    await sendToAccount(deps, accountId, (locale) => ({ event: 'notification', data: viewOf(notification, locale) }));
  }
}

export async function listNotifications(
  { query: { limit, cursor }, account: { accountId }, locale, now }: RouteRequest<Routes['listNotifications']>,
  { table }: Kernel,
): Promise<Answer<Routes['listNotifications']>> {
  const options = { limit, cursor, newestFirst: true };
  const [page, inbox] = await Promise.all([
    table.query<NotificationItem, 'notificationsOfAccount'>('notificationsOfAccount', { accountId }, options),
    table.get<InboxItem>('Inbox', { accountId }),
  ]);
  const living = page.items.filter(({ expiresAt }) => expiresAt > now / 1000);
  const items = living.map((each) => viewOf(each, locale));
  // The count does not hear of what expired unread: where the page is the whole inbox, what stands there is counted.
  const whole = cursor === undefined && page.nextCursor === null;
  const unread = whole ? items.filter(({ read }) => !read).length : Math.max(0, inbox?.unread ?? 0);
  return { body: { items, nextCursor: page.nextCursor, unread } };
}

export async function readNotification(
  { params: { notificationId }, account: { accountId }, now }: RouteRequest<Routes['readNotification']>,
  { table }: Kernel,
): Promise<Answer<Routes['readNotification']>> {
  const refused = await table.commit(
    {
      notification: patch(
        'Notification',
        { accountId, notificationId },
        { set: { readAt: iso(now) } },
        absent('readAt'),
      ),
      inbox: patch('Inbox', { accountId }, { add: { unread: -1 } }, above('unread', 0)),
    },
    noContent,
  );
  if (refused?.notification && !refused.notification.item) throw new Problem('NOT_FOUND');
  return noContent;
}

const viewOf = ({ notificationId, notice, values, link, createdAt, readAt }: NotificationItem, locale: Locale) => ({
  id: notificationId,
  type: notice,
  text: fillIn(catalogOf(locale).notifications[notice], values),
  link: { ...link },
  read: readAt !== undefined,
  createdAt,
});
