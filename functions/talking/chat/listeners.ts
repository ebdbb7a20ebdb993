/** The sockets that listen to a room, and what they are sent (ADR 31). */
import type { Sockets } from '../../../shared/adapters/sockets.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { ttl } from '../../../shared/core/time.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { patch, upsert } from '../../../shared/data/writes.ts';
import type { Log } from '../../../shared/observe/log.ts';
import { limits } from '../../../shared/product/limits.ts';
import { blockersOf } from '../../accounts/blocks/service.ts';
import type { ChatListenersItem } from './items.ts';
import { partOf } from './rules.ts';
import type { Room } from './store.ts';

const { chat: limit } = limits;
const prefix = 'on ';
const nameOf = (connectionId: string) => `${prefix}${connectionId}` as const;
const placeOf = ({ roomId }: Room, connectionId: string) => `${roomId}.${partOf(connectionId)}`;

/** An open socket in a room. */
export interface Listener {
  readonly roomId: string;
  readonly connectionId: string;
  readonly accountId: string;
}

/** A socket begins to listen, until it can be open no longer. */
export const listens = (room: Room, accountId: string, connectionId: string, now: number) => {
  const until = ttl(now) + limits.socket.lifeSeconds;
  const set = { [nameOf(connectionId)]: `${accountId} ${until}`, expiresAt: until };
  return upsert('ChatListeners', { groupId: room.groupId, place: placeOf(room, connectionId) }, { set });
};

/** A part in a few writes: one for each part of a room, however many sockets leave it. */
export async function forget(table: Table, groupId: string, gone: readonly Omit<Listener, 'accountId'>[]) {
  const parts = new Map<string, string[]>();
  for (const { roomId, connectionId } of gone) {
    const place = placeOf({ groupId, roomId }, connectionId);
    parts.set(place, [...(parts.get(place) ?? []), connectionId]);
  }
  await inParallel(limit.listenerParts, [...parts], ([place, sockets]) =>
    table.commit(or(nothing, patch('ChatListeners', { groupId, place }, { remove: sockets.map(nameOf) }))),
  );
}

const listenersIn = (part: ChatListenersItem, now: number): Listener[] =>
  Object.entries(part).flatMap(([name, value]): Listener[] => {
    if (!name.startsWith(prefix)) return [];
    const [accountId = '', until = '0'] = String(value).split(' ');
    if (Number(until) <= now / 1000) return [];
    return [{ roomId: part.place.slice(0, -2), connectionId: name.slice(prefix.length), accountId }];
  });

/** Who listens to a room now: one request, however many they are; strongly consistent. */
export async function listenersOf(table: Table, { groupId, roomId }: Room, now: number): Promise<Listener[]> {
  const between = [`${roomId}.`, `${roomId}.9`] as const;
  const { items } = await table.query('listenersOfGroup', { groupId }, { limit: 100, between, consistent: true });
  return items.flatMap((part) => listenersIn(part, now));
}

/** Who listens to any room of a group. */
export async function listenersOfGroup(table: Table, groupId: string, now: number): Promise<Listener[]> {
  const { items } = await table.query('listenersOfGroup', { groupId }, { limit: 1000, consistent: true });
  return items.flatMap((part) => listenersIn(part, now));
}

export interface Hearer extends Listener {
  /** Whether they have blocked the person that an event comes from. */
  readonly hasBlocked: boolean;
}

/** Who hears of what somebody does in a room: two requests at the same time, however many they are. */
export async function hearersOf(table: Table, room: Room, accountId: string, now: number): Promise<Hearer[]> {
  const [listeners, blockers] = await Promise.all([listenersOf(table, room, now), blockersOf(table, accountId)]);
  return listeners.map((listener) => ({ ...listener, hasBlocked: blockers.has(listener.accountId) }));
}

/** What sending needs. */
export interface Telling {
  readonly table: Table;
  readonly sockets: Sockets;
  readonly log: Log;
}

export interface ChatEvent {
  readonly event: string;
  readonly data: unknown;
}

/**
 * Sends an event to sockets, many at a time; each post has a second. A socket that is closed is forgotten, one that is slow is
 * left to the numbers. It never throws: the event only says earlier what the log says anyway.
 *
 * @param eventFor the event for a listener; undefined if it is sent none. The same object is written as text once
 * @param signal no more is sent once it is aborted
 */
export async function post<L extends Listener>(
  { table, sockets, log }: Telling,
  groupId: string,
  listeners: readonly L[],
  eventFor: (listener: L) => ChatEvent | undefined,
  signal?: AbortSignal,
): Promise<void> {
  const posts = listeners.flatMap((listener) => {
    const event = eventFor(listener);
    return event ? [{ listener, event }] : [];
  });
  const send = sockets.batch();
  const gone: L[] = [];
  let failed = 0;
  await inParallel(limit.postsAtOnce, posts, async ({ listener, event }) => {
    if (signal?.aborted) return;
    const own = AbortSignal.timeout(limit.postMs);
    try {
      const isOpen = await send(listener.connectionId, event, signal ? AbortSignal.any([own, signal]) : own);
      if (!isOpen) gone.push(listener);
    } catch {
      failed++;
    }
  });
  if (failed > 0) log.warn({ groupId, posts: posts.length, failed }, 'posts failed');
  if (gone.length > 0)
    await forget(table, groupId, gone).catch((error: unknown) => log.warn({ groupId, error }, 'not forgotten'));
}

/** Somebody comes or goes, told to small rooms: in large ones each would hear of everybody. */
export async function tellOfCrowd(
  deps: Telling,
  room: Room,
  listeners: readonly Listener[],
  who: { readonly joined: string } | { readonly left: string },
): Promise<void> {
  if (listeners.length > limit.shown) return;
  const event = { event: 'room.members', data: { ...roomIds(room), listening: listeners.length, ...who } };
  const about = 'joined' in who ? who.joined : who.left;
  const blockers = await blockersOf(deps.table, about);
  const hears = ({ accountId }: Listener) => accountId !== about && !blockers.has(accountId);
  await post(deps, room.groupId, listeners, (listener) => (hears(listener) ? event : undefined));
}

export const roomIds = ({ groupId, roomId }: Room) => ({ groupId, roomId });
