import type { Announcement } from '../../../shared/data/outbox.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { dayText } from '../../../shared/messages/days.ts';
import { type Named, type News, type Spoken, textFor } from '../../../shared/messages/news.ts';
import { catalogOf, fillIn } from '../../../shared/messages/text.ts';
import type { NotificationType } from '../../news.ts';
import type { NotificationItem } from './items.ts';
import { isRead } from './rules.ts';

type People = Pick<Announcement, 'actorId' | 'personId' | 'peopleIds'>;

/** The accounts of the people whom a text may name. */
const idsOf = ({ actorId, personId, peopleIds = [] }: People): Readonly<Record<Named, readonly string[]>> => ({
  actor: [actorId],
  person: personId === undefined ? [] : [personId],
  people: peopleIds,
});

/** The accounts of those whom the text of news names. Both languages name the same people. */
export const peopleIn = ({ texts }: Pick<News, 'texts'>, people: People): string[] =>
  Object.entries(idsOf(people)).flatMap(([name, accountIds]) => (texts.ko.includes(`{${name}}`) ? accountIds : []));

/** Values that are days, `YYYY-MM-DD`, by their names in the texts of news. */
const days: readonly string[] = ['date', 'day', 'from', 'until'];

/** Values in the reader's language: those with words of their own, days, and those that are codes of ours. */
function spoken(
  { values, createdAt }: Pick<NotificationItem, 'values' | 'createdAt'>,
  locale: Locale,
): Readonly<Record<string, string>> {
  const { statuses, roles } = catalogOf(locale);
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = { status: statuses, role: roles };
  const said = (name: string, value: string | Spoken) => {
    if (typeof value !== 'string') return value[locale];
    return days.includes(name) && /^\d{4}-\d\d-\d\d$/.test(value)
      ? dayText(value, locale, createdAt)
      : (words[name]?.[value] ?? value);
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, said(name, value)]));
}

/** A notification without the words of what it leads to. */
export const unquoted = (
  { quotes = '' }: Pick<News, 'quotes'>,
  notification: NotificationItem,
  locale: Locale,
): NotificationItem => ({
  ...notification,
  values: { ...notification.values, [quotes]: catalogOf(locale).goneWords },
});

/**
 * A notification as people read it, in one language.
 *
 * @param news those of its type
 * @param readUntil the place up to which its reader has read all
 * @param nicknames of the people whom its text names (`peopleIn`), by account; whoever has none is shown as unknown
 */
export function viewOf(
  news: News<NotificationType>,
  notification: NotificationItem,
  nicknames: ReadonlyMap<string, string>,
  locale: Locale,
  readUntil?: string,
) {
  const { notificationId, link, createdAt, resolvedAt, count = 1 } = notification;
  const { unknownPerson, oneOfSeveral } = catalogOf(locale);
  const nameOf = (accountId = '') => nicknames.get(accountId) ?? unknownPerson;
  const { actor, person, people } = idsOf(notification);
  const names = {
    ...{ actor: nameOf(actor[0]), person: nameOf(person[0]) },
    people: people.map((accountId) => fillIn(oneOfSeveral, { name: nameOf(accountId) })).join(', '),
  };
  return {
    id: notificationId,
    type: news.type,
    text: fillIn(textFor(news, count, locale), {
      ...(count > 1 && { count: String(count) }),
      ...spoken(notification, locale),
      ...names,
    }),
    link: { ...link },
    read: isRead(notification, readUntil),
    resolved: resolvedAt !== undefined,
    createdAt,
  };
}
