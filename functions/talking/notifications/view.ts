import type { Catalog, Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf, fillIn } from '../../../shared/messages/text.ts';
import type { NotificationItem } from './items.ts';

/** Values that are codes of ours, in the reader's language. */
function spoken(values: NotificationItem['values'], locale: Locale): NotificationItem['values'] {
  const { statuses, roles }: Catalog = catalogOf(locale);
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = { status: statuses, role: roles };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, words[name]?.[value] ?? value]));
}

/** A notification as people read it, in one language. */
export const viewOf = (
  { notificationId, notice, values, link, createdAt, readAt }: NotificationItem,
  locale: Locale,
) => ({
  id: notificationId,
  type: notice,
  text: fillIn(catalogOf(locale).notifications[notice], spoken(values, locale)),
  link: { ...link },
  read: readAt !== undefined,
  createdAt,
});
