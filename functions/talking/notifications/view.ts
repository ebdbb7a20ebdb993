import type { Announcement } from '../../../shared/data/outbox.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import type { Named, News, Spoken } from '../../../shared/messages/news.ts';
import { catalogOf, fillIn } from '../../../shared/messages/text.ts';
import type { NotificationType } from '../../news.ts';
import type { NotificationItem } from './items.ts';
import { isRead } from './rules.ts';

type People = Pick<Announcement, 'actorId' | 'personId'>;

/** The accounts of the people whom a text may name. */
const idsOf = ({ actorId, personId }: People): Readonly<Record<Named, string | undefined>> => ({
  actor: actorId,
  person: personId,
});

/** The accounts of those whom the text of news names. Both languages name the same people. */
export const peopleIn = ({ texts }: Pick<News, 'texts'>, people: People): string[] =>
  Object.entries(idsOf(people)).flatMap(([name, accountId]) =>
    accountId !== undefined && texts.ko.includes(`{${name}}`) ? [accountId] : [],
  );

/** Values in the reader's language: those with words of their own, and those that are codes of ours. */
function spoken(values: Announcement['values'], locale: Locale): Readonly<Record<string, string>> {
  const { statuses, roles } = catalogOf(locale);
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = { status: statuses, role: roles };
  const said = (name: string, value: string | Spoken) =>
    typeof value === 'string' ? (words[name]?.[value] ?? value) : value[locale];
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, said(name, value)]));
}

/**
 * A notification as people read it, in one language.
 *
 * @param news those of its type
 * @param readUntil the place up to which its reader has read all
 * @param nicknames of the people whom its text names (`peopleIn`), by account; whoever has none is shown as unknown
 */
export function viewOf(
  { type, texts }: News<NotificationType>,
  notification: NotificationItem,
  nicknames: ReadonlyMap<string, string>,
  locale: Locale,
  readUntil?: string,
) {
  const { notificationId, values, link, createdAt, resolvedAt } = notification;
  const { unknownPerson } = catalogOf(locale);
  const people = Object.entries(idsOf(notification)).map(([name, accountId = '']) => [
    name,
    nicknames.get(accountId) ?? unknownPerson,
  ]);
  return {
    id: notificationId,
    type,
    text: fillIn(texts[locale], { ...spoken(values, locale), ...Object.fromEntries(people) }),
    link: { ...link },
    read: isRead(notification, readUntil),
    resolved: resolvedAt !== undefined,
    createdAt,
  };
}
