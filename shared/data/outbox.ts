import { newId } from '../core/ids.ts';
import { iso, ttl } from '../core/time.ts';
import { type LinkId, type News, type Screen, screens } from '../messages/news.ts';
import { limits } from '../product/limits.ts';
import { create, type Write } from './writes.ts';

/** Where a notification leads: a screen of the clients and the ids it needs. */
export type Link = { readonly screen: Screen } & { readonly [Id in LinkId]?: string };

/** Who does what only time does, or what nobody is named for: nobody's account. */
export const byItself = 'moim';

/** Something to tell people, as the outbox keeps it. */
export interface Announcement {
  /** The type of the news: its texts are looked up when it is read. */
  readonly notice: string;
  /** Accounts to tell; the actor is never told. */
  readonly to: readonly string[];
  /** A group whose present members are to be told, whoever they are when it is delivered. */
  readonly toMembersOf?: string;
  readonly actorId: string;
  /** Whom it is about, where its text names somebody besides the actor. */
  readonly personId?: string;
  readonly values: Readonly<Record<string, string>>;
  readonly link: Link;
  /** What open sockets get besides. */
  readonly event?: ClientEvent;
}

/**
 * An event for clients, as a contract says: they must follow it whatever people have switched off or whomever they have
 * blocked.
 */
export interface ClientEvent {
  readonly event: string;
  readonly data: Readonly<Record<string, string | number | null>>;
}

/** Everything that one kind of news needs: who hears of it, the people it names, its values, and the ids of its screen. */
export type Telling<N extends News> = {
  /** Who caused it: is never told, and is `{actor}` in the text. */
  readonly by: string;
  readonly event?: ClientEvent | undefined;
} & ({ readonly to: readonly string[] } | { readonly toMembersOf: string }) &
  (N extends News<string, infer Name, infer S>
    ? {
        readonly [Value in Exclude<Name, 'actor' | 'person'> | (typeof screens)[S][number]]: string;
      } & ('person' extends Name ? { readonly person: string } : unknown)
    : never);

/**
 * The write that tells people of something: commit it together with what it tells of. The table's stream delivers it at
 * least once; what is committed is told, what is not committed is not.
 *
 * @param now milliseconds since 1970
 * @example tell(groupNews.joined, now, { to: [leaderId], by: accountId, title, groupId })
 */
export function tell<N extends News>(news: N, now: number, telling: Telling<N>): Write {
  const { by, to, toMembersOf, person, event, ...rest } = telling as unknown as Readonly<Record<string, string>> & {
    readonly to?: readonly string[];
    readonly event?: ClientEvent;
  };
  const ids: readonly string[] = screens[news.screen];
  const named = Object.entries(rest);
  const link = { screen: news.screen, ...Object.fromEntries(named.filter(([name]) => ids.includes(name))) } as Link;
  const values = Object.fromEntries(named.filter(([name]) => !ids.includes(name)));
  const announcement: Announcement = {
    notice: news.type,
    to: to ?? [],
    ...(toMembersOf === undefined ? {} : { toMembersOf }),
    actorId: by!,
    ...(person === undefined ? {} : { personId: person }),
    values,
    link,
    ...(event === undefined ? {} : { event }),
  };
  const data = { outboxId: newId(now), createdAt: iso(now), ...announcement };
  return create('Outbox', data, { expiresAt: ttl(now) + limits.outboxSeconds });
}
