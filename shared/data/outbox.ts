import { newId } from '../core/ids.ts';
import { iso, ttl } from '../core/time.ts';
import { type LinkId, type Named, type News, type Screen, type Spoken, screens } from '../messages/news.ts';
import { limits } from '../product/limits.ts';
import type { OutboxItem } from './items.ts';
import { create, type Write } from './writes.ts';

/** The target of a notification: a screen of the clients and the ids that the screen needs. */
export type Link = { readonly screen: Screen } & { readonly [Id in LinkId]?: string };

/** The actor of events that no person causes, such as jobs. It is no account. */
export const byItself = 'moim';

/** News to deliver, as the outbox stores it. */
export interface Announcement {
  /** The type of the news. Its texts are looked up when the notification is read. */
  readonly notice: string;
  /** Accounts to notify. The actor is never notified. */
  readonly to: readonly string[];
  /** A group whose members are notified: those who are members when the news is delivered. */
  readonly toMembersOf?: string;
  readonly actorId: string;
  /** The person that the news is about, if its text names somebody besides the actor. */
  readonly personId?: string;
  /** The people whom its text names in this order; three at most. */
  readonly peopleIds?: readonly string[];
  readonly values: Readonly<Record<string, string | Spoken>>;
  readonly link: Link;
  /** How many things it stands for, if several were gathered: its text is the one for many. */
  readonly count?: number;
  /** It wakes no device and is not mailed: all that it is about is in groups that are quiet for its reader. */
  readonly quiet?: true;
  /** An event that open sockets get in addition. */
  readonly event?: ClientEvent;
}

/**
 * An event for clients, as a contract declares it. Clients must follow it, so notification settings and blocks do not
 * apply.
 */
export interface ClientEvent {
  readonly event: string;
  readonly data: Readonly<Record<string, string | number | null>>;
}

/** News that asks several people for something that one of them does: the notification, and whom it asks. */
export interface Asked {
  readonly notificationId: string;
  readonly of: readonly string[];
}

/** What the outbox stores when one of those who were asked has done it. */
export interface Answered {
  /** The notification that asked. */
  readonly answers: string;
  /** The accounts that it asked. */
  readonly to: readonly string[];
}

/** All that one kind of news needs: its recipients, the people that it names, its values, and the ids of its screen. */
export type Telling<N extends News> = {
  /** The account that caused the news. It is never notified, and it is `{actor}` in the text. */
  readonly by: string;
  readonly quiet?: true | undefined;
  readonly event?: ClientEvent | undefined;
} & ({ readonly to: readonly string[] } | { readonly toMembersOf: string }) &
  (N extends News<string, infer Name, infer S>
    ? { readonly [Value in Exclude<Name, Named>]: string | Spoken } & {
        readonly [Id in (typeof screens)[S][number]]: string;
      } & ('person' extends Name ? { readonly person: string } : unknown) &
        ('people' extends Name ? { readonly people: readonly string[] } : unknown)
    : never);

/**
 * The write that notifies people. Commit it together with the change that the news is about: then news is delivered if
 * and only if the change happened. The stream of the table delivers it at least once.
 *
 * @param now milliseconds since 1970
 * @example tell(groupNews.memberLeft, now, { toMembersOf: groupId, by: accountId, title, groupId })
 */
export function tell<N extends News>(news: N, now: number, telling: Telling<N>): Write {
  return outboxItem(newId(now), announcementOf(news, telling), now);
}

/**
 * Like `tell`, for news that asks several people for something that one of them does. Keep `asked` with the thing: whoever
 * does it commits `answered`.
 *
 * @example const { asked, write } = ask(applicationNews.received, now, { to: judgesOf(group), by: accountId, title, groupId })
 */
export function ask<N extends News>(
  news: N,
  now: number,
  telling: Telling<N> & { readonly to: readonly string[] },
): { readonly asked: Asked; readonly write: Write } {
  const notificationId = newId(now);
  const announcement = announcementOf(news, telling);
  return {
    asked: { notificationId, of: announcement.to },
    write: outboxItem(notificationId, announcement, now),
  };
}

/** The write that ends what was asked for all who were asked, whoever has done it. None if nothing was asked. */
export function answered(asked: Asked | undefined, now: number): Write[] {
  if (!asked) return [];
  return [outboxItem(newId(now), { answers: asked.notificationId, to: asked.of }, now)];
}

const outboxItem = (outboxId: string, event: Announcement | Answered, now: number): Write =>
  create('Outbox', { outboxId, createdAt: iso(now), ...event }, { expiresAt: ttl(now) + limits.outboxSeconds });

/**
 * The event of a piece of news. A consumer hands it to `deliver` where the change of an item tells everything, so that no
 * outbox item needs to be written.
 *
 * @param id always the same for the same change: a repeated delivery finds what it has stored
 * @param at when it happened, in milliseconds since 1970
 */
export const eventOf = <N extends News>(
  news: N,
  id: string,
  at: number,
  telling: Telling<N>,
): OutboxItem & Announcement => ({
  outboxId: id,
  createdAt: iso(at),
  expiresAt: ttl(at) + limits.outboxSeconds,
  ...announcementOf(news, telling),
});

function announcementOf<N extends News>(news: N, telling: Telling<N>): Announcement {
  const { by, to, toMembersOf, person, people, quiet, event, ...rest } = telling as unknown as Readonly<
    Record<string, string>
  > & {
    readonly to?: readonly string[];
    readonly people?: readonly string[];
    readonly quiet?: true;
    readonly event?: ClientEvent;
  };
  const ids: readonly string[] = screens[news.screen];
  const named = Object.entries(rest);
  const link = { screen: news.screen, ...Object.fromEntries(named.filter(([name]) => ids.includes(name))) } as Link;
  const values = Object.fromEntries(named.filter(([name]) => !ids.includes(name)));
  return {
    notice: news.type,
    to: to ?? [],
    ...(toMembersOf === undefined ? {} : { toMembersOf }),
    actorId: by!,
    ...(person === undefined ? {} : { personId: person }),
    ...(people === undefined ? {} : { peopleIds: people }),
    values,
    link,
    ...(quiet ? { quiet } : {}),
    ...(event === undefined ? {} : { event }),
  };
}
