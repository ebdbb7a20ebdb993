import { iso } from '../../../shared/core/time.ts';
import { absent } from '../../../shared/data/conditions.ts';
import { patch, upsert } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { contract } from './contract.ts';
import type { NotificationItem, NotificationSettingsItem } from './items.ts';
import { settingsOf } from './rules.ts';
import { viewOf } from './view.ts';

type Routes = typeof contract.routes;

export async function listNotifications(
  { query: { limit, cursor }, account: { accountId }, locale, now }: RouteRequest<Routes['listNotifications']>,
  { table }: Kernel,
): Promise<Answer<Routes['listNotifications']>> {
  const options = { limit, cursor, newestFirst: true };
  const [page, unread] = await Promise.all([
    table.query('notificationsOfAccount', { accountId }, options),
    table.query('unreadOfAccount', { unreadBy: accountId }, { limit: limits.unread, newestFirst: true }),
  ]);
  // Row 106: the table may be days late in dropping what has expired. The newest come first, so the count is right up to its end.
  const living = ({ expiresAt }: NotificationItem) => expiresAt > now / 1000;
  const items = page.items.filter(living).map((each) => viewOf(each, locale));
  return { body: { items, nextCursor: page.nextCursor, unread: unread.items.filter(living).length } };
}

export async function readNotification(
  { params: { notificationId }, account: { accountId }, now }: RouteRequest<Routes['readNotification']>,
  { table }: Kernel,
): Promise<Answer<Routes['readNotification']>> {
  const remove = ['unreadBy', 'gsi1pk', 'gsi1sk'];
  const refused = await table.commit(
    {
      notification: patch(
        'Notification',
        { accountId, notificationId },
        { set: { readAt: iso(now) }, remove },
        absent('readAt'),
      ),
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
  return { body: settingsOf(await table.get('NotificationSettings', { accountId })) };
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
