/** The chat rooms that are open on this page, and what waits in them on the device. */
import { useEffect, useMemo } from 'preact/hooks';
import { createRoom, type Room, type RoomState } from '../../../client/room.ts';
import type { ChatEntry } from '../../../client/room-log.ts';
import type { RoomStore, WaitingMessage } from '../../../client/room-outbox.ts';
import { limits } from '../../../shared/product/limits.ts';
import { cache, changed } from './cache.ts';
import { keep } from './keep.ts';
import { live, online } from './live.ts';
import { api, session } from './session.ts';
import { useWatched } from './store.ts';

type Kept = WaitingMessage & { readonly accountId: string };

interface Held {
  readonly room: Room;
  users: number;
}
const held = new Map<string, Held>();

const keyOf = (groupId: string, roomId: string) => ['group', groupId, 'room', roomId];

function storeOf(accountId: string, roomId: string): RoomStore {
  return {
    load: async () =>
      (await keep.all<Kept>('chat')).filter((each) => each.accountId === accountId && each.roomId === roomId),
    put: (message) => keep.write('chat', message.clientId, { ...message, accountId }),
    drop: (clientId) => keep.drop('chat', clientId),
  };
}

/** Milliseconds: what is shown is kept when it has been calm for so long. */
const calm = 1000;

function open(groupId: string, roomId: string, accountId: string): Held {
  const key = keyOf(groupId, roomId);
  const known = cache.getQueryData<readonly ChatEntry[]>(key) ?? [];
  const kept = storeOf(accountId, roomId);
  // Until the device has been read, something may wait.
  let isLoaded = false;
  const store: RoomStore = {
    ...kept,
    load: () =>
      kept.load().finally(() => {
        isLoaded = true;
      }),
  };
  const room = createRoom({ client: api, socket: live, groupId, roomId, accountId, store, known });
  const place = { room, users: 0 };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: RoomState['entries'] = known;
  const closeIfDone = () => {
    const { waiting, phase } = room.get();
    // Nothing is sent to a room that is gone. Who comes back to the group opens it anew, and finds there what waits.
    const isSending = phase !== 'gone' && waiting.some(({ state }) => state !== 'REFUSED' && state !== 'SENT');
    if (place.users > 0 || isSending || !isLoaded) return;
    end();
  };
  const end = () => {
    if (held.get(roomId) !== place) return;
    held.delete(roomId);
    stop();
    room.close();
  };
  const again = () => online.get() && room.retry();
  const stops = [
    room.subscribe(() => {
      const { entries, phase } = room.get();
      if (phase === 'gone') cache.removeQueries({ queryKey: key });
      else if (entries !== last) {
        last = entries;
        clearTimeout(timer);
        // The newest page, for the next time and for days without a network.
        timer = setTimeout(() => cache.setQueryData(key, entries.slice(-limits.chat.page)), calm);
      }
      if (place.users === 0) closeIfDone();
    }),
    online.subscribe(again),
    // Somebody who signed out was asked what becomes of what waits: with the next network nothing of it is sent. Nothing that was
    // said stays on the device either.
    session.subscribe(() => {
      if (session.get().status === 'in') return;
      clearTimeout(timer);
      end();
    }),
  ];
  const stop = () => {
    for (const each of stops) each();
  };
  held.set(roomId, place);
  return Object.assign(place, { closeIfDone });
}

/** Holds a room open; the function that it gives back lets it go. It stays until what waits in it is sent. */
export function hold(groupId: string, roomId: string): { readonly room: Room; readonly release: () => void } {
  const state = session.get();
  const accountId = state.status === 'in' ? state.accountId : '';
  const place = (held.get(roomId) ?? open(groupId, roomId, accountId)) as Held & { closeIfDone(): void };
  place.users += 1;
  const release = () => {
    place.users -= 1;
    place.room.flush();
    place.closeIfDone();
    void changed('group', groupId, 'rooms');
  };
  return { room: place.room, release };
}

/** The room of a screen, drawn anew when it changes. */
export function useRoom(groupId: string, roomId: string): { readonly room: Room; readonly state: RoomState } {
  const { room, release } = useMemo(() => hold(groupId, roomId), [groupId, roomId]);
  useEffect(() => release, [release]);
  const [subscribe, now] = useMemo(
    () => [(listener: () => void) => room.subscribe(listener), () => room.get()] as const,
    [room],
  );
  return { room, state: useWatched(subscribe, now) };
}
