import type { Locale } from '../../shared/messages/catalog.ts';
import { catalogOf, fillIn } from '../../shared/messages/text.ts';
import type { NotificationItem } from './store.ts';

/** A notification as people read it, in one language. */
export const viewOf = (
  { notificationId, notice, values, link, createdAt, readAt }: NotificationItem,
  locale: Locale,
) => ({
  id: notificationId,
  type: notice,
  text: fillIn(catalogOf(locale).notifications[notice], values),
  link: { ...link },
  read: readAt !== undefined,
  createdAt,
});
