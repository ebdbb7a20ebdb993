import type { Kernel } from '../../shared/adapters/kernel.ts';
import { Problem } from '../../shared/core/problems.ts';
import { iso } from '../../shared/core/time.ts';
import { above, absent } from '../../shared/data/conditions.ts';
import { patch, upsert } from '../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../shared/http/exchange.ts';
import type { contract } from './contract.ts';
import { settingsOf } from './rules.ts';
import type { InboxItem, NotificationItem, NotificationSettingsItem } from './store.ts';
import { viewOf } from './view.ts';

type Routes = typeof contract.routes;

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
      inbox: patch('Inbox', { accountId }, { add: { unread: -1, moves: 1 } }, above('unread', 0)),
    },
    noContent,
  );
  if (refused?.notification && !refused.notification.item) throw new Problem('NOT_FOUND');
  return noContent;
}

export async function getNotificationSettings(
  { account: { accountId } }: RouteRequest<Routes['getNotificationSettings']>,
  { table }: Kernel,
): Promise<Answer<Routes['getNotificationSettings']>> {
  return { body: settingsOf(await table.get<NotificationSettingsItem>('NotificationSettings', { accountId })) };
}

export async function putNotificationSettings(
  { body, account: { accountId } }: RouteRequest<Routes['putNotificationSettings']>,
  { table }: Kernel,
): Promise<Answer<Routes['putNotificationSettings']>> {
  const { quietHours, ...set } = body;
  const changes = quietHours ? { set: { ...set, quietHours } } : { set, remove: ['quietHours'] };
  await table.commit({ settings: upsert('NotificationSettings', { accountId }, changes) });
  return { body };
}
