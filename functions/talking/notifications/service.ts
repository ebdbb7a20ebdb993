import { beginningOfIds, timeOfId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, anyOf, atMost } from '../../../shared/data/conditions.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { patch, upsert } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { notificationClasses } from '../../../shared/messages/news.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { nicknamesOf } from '../../accounts/accounts/people.ts';
import { newsOf } from '../../news.ts';
import type { contract } from './contract.ts';
import type { NotificationItem } from './items.ts';
import { goneAmong } from './quoting.ts';
import { isThere, placeOf, settingsOf } from './rules.ts';
import { unreadIn } from './unread.ts';
import { peopleIn, unquoted, viewOf } from './view.ts';

type Routes = typeof contract.routes;

/** Texts before and after every id and instant. */
const [first, last] = ['0', '~'];

/** Rows 104, 105. The table may be days late in dropping what has expired, so that is left out here. */
export async function listNotifications(
  { query: { limit, cursor, since }, account: { accountId }, locale, now }: RouteRequest<Routes['listNotifications']>,
  { table }: Kernel,
): Promise<Answer<Routes['listNotifications']>> {
  const order =
    since === undefined
      ? { newestFirst: true }
      : { between: [beginningOfIds(timeOfId(since) - limits.lateNotificationMs), last] as const };
  const [page, settings] = await Promise.all([
    table.query('notificationsOfAccount', { accountId }, { limit, cursor, ...order }),
    table.get('NotificationSettings', { accountId }),
  ]);
  const readUntil = settings?.readUntil;
  const entries = page.items.flatMap((notification) => {
    const news = newsOf(notification.notice);
    return news && isThere(notification, now) ? [{ news, notification }] : [];
  });
  const isWhole = page.nextCursor === null && cursor === undefined && since === undefined;
  const [unread, nicknames, gone] = await Promise.all([
    isWhole ? page : table.query('unreadOfAccount', { unreadBy: accountId }, unreadSince(readUntil)),
    nicknamesOf(
      table,
      entries.flatMap(({ news, notification }) => peopleIn(news, notification)),
    ),
    goneAmong(table, entries),
  ]);
  const items = entries.map(({ news, notification }) => {
    const isGone = gone.has(notification.notificationId);
    return viewOf(news, isGone ? unquoted(news, notification, locale) : notification, nicknames, locale, readUntil);
  });
  return { body: { items, nextCursor: page.nextCursor, unread: unreadIn(unread.items, readUntil, now) } };
}

/** The newest come first, so a count is right up to its end. */
const unreadSince = (readUntil: string | undefined) => ({
  limit: limits.unread,
  newestFirst: true,
  between: [readUntil?.split('#')[0] ?? first, last] as const,
});

export async function readNotification(
  { params: { notificationId }, account: { accountId }, now }: RouteRequest<Routes['readNotification']>,
  { table }: Kernel,
): Promise<Answer<Routes['readNotification']>> {
  const changes = { set: { readAt: iso(now) }, remove: ['unreadBy'] } as const;
  const unread = allOf(absent('readAt'), absent('deletedAt'));
  const read = patch('Notification', { accountId, notificationId }, changes, unread);
  const known = (there: NotificationItem | undefined) => (there && !there.deletedAt ? nothing : 'NOT_FOUND');
  await table.commit([or(known, read)], noContent);
  return noContent;
}

/**
 * Row 105: one write, however many there are. The place up to which all is read only moves forward, and what comes late
 * is unread from when it is stored (`toldAtOf`).
 */
export async function readNotifications(
  { body: { until }, account: { accountId }, now }: RouteRequest<Routes['readNotifications']>,
  { table }: Kernel,
): Promise<Answer<Routes['readNotifications']>> {
  const readUntil = until === undefined ? `${iso(now)}#` : await placeAt(table, accountId, until);
  const ahead = anyOf(absent('readUntil'), atMost('readUntil', readUntil));
  await table.commit(
    [or(nothing, upsert('NotificationSettings', { accountId }, { set: { readUntil } }, ahead))],
    noContent,
  );
  return noContent;
}

/** @throws Problem NOT_FOUND where there is no such entry */
async function placeAt(table: Kernel['table'], accountId: string, notificationId: string): Promise<string> {
  const entry = await table.get('Notification', { accountId, notificationId });
  if (!entry || entry.deletedAt) throw new Problem('NOT_FOUND');
  return placeOf(entry);
}

/** Row 105. What it said is gone; an empty entry stays until its end, so that a late delivery does not bring it back. */
export async function deleteNotification(
  { params: { notificationId }, account: { accountId }, now }: RouteRequest<Routes['deleteNotification']>,
  { table }: Kernel,
): Promise<Answer<Routes['deleteNotification']>> {
  const changes = {
    set: { deletedAt: iso(now) },
    remove: ['unreadBy', 'values', 'link', 'personId', 'peopleIds'],
  } as const;
  const gone = patch('Notification', { accountId, notificationId }, changes, absent('deletedAt'));
  await table.commit([or((there) => (there ? nothing : 'NOT_FOUND'), gone)]);
  return noContent;
}

export async function getNotificationSettings(
  { account: { accountId } }: RouteRequest<Routes['getNotificationSettings']>,
  { table }: Kernel,
): Promise<Answer<Routes['getNotificationSettings']>> {
  return { body: settingsOf(await table.get('NotificationSettings', { accountId })) };
}

/** Row 18. Each choice is an attribute of its own, so that two changes at once both hold. */
export async function editNotificationSettings(
  { body, account: { accountId } }: RouteRequest<Routes['editNotificationSettings']>,
  { table }: Kernel,
): Promise<Answer<Routes['editNotificationSettings']>> {
  const { all, types, mail, quietHours } = body;
  const choices = notificationClasses.flatMap((name) => [
    [`live ${name}`, types?.[name]],
    [`mail ${name}`, mail?.[name]],
  ]);
  const set = { all, ...Object.fromEntries(choices), ...(quietHours ? { quietHours } : {}) };
  const remove = quietHours === null ? (['quietHours'] as const) : [];
  const after = await table.change(upsert('NotificationSettings', { accountId }, { set, remove }));
  return { body: settingsOf(after) };
}
