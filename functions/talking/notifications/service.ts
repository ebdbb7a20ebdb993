import { iso } from '../../../shared/core/time.ts';
import { absent } from '../../../shared/data/conditions.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { patch, upsert } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { nicknamesOf } from '../../accounts/accounts/people.ts';
import { newsOf } from '../../news.ts';
import type { contract } from './contract.ts';
import type { NotificationItem } from './items.ts';
import { settingsOf } from './rules.ts';
import { peopleIn, viewOf } from './view.ts';

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
  // The table may be days late in dropping what has expired. The newest come first, so the count is right up to its end.
  const shown = (notification: NotificationItem) => {
    const news = newsOf(notification.notice);
    return news && notification.expiresAt > now / 1000 ? [{ news, notification }] : [];
  };
  const entries = page.items.flatMap(shown);
  const named = entries.flatMap(({ news, notification }) => peopleIn(news, notification));
  const nicknames = await nicknamesOf(table, named);
  const items = entries.map(({ news, notification }) => viewOf(news, notification, nicknames, locale));
  return { body: { items, nextCursor: page.nextCursor, unread: unread.items.flatMap(shown).length } };
}

export async function readNotification(
  { params: { notificationId }, account: { accountId }, now }: RouteRequest<Routes['readNotification']>,
  { table }: Kernel,
): Promise<Answer<Routes['readNotification']>> {
  const changes = { set: { readAt: iso(now) }, remove: ['unreadBy'] } as const;
  const read = patch('Notification', { accountId, notificationId }, changes, absent('readAt'));
  await table.commit([or((there) => (there ? nothing : 'NOT_FOUND'), read)], noContent);
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
  const changes = quietHours ? { set: { ...set, quietHours } } : { set, remove: ['quietHours'] as const };
  await table.commit([upsert('NotificationSettings', { accountId }, changes)]);
  return { body };
}
