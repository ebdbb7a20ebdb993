/** Devices with the room object of the typed client, over real sockets that a test can cut and keep from hearing. */
import { WebSocket } from 'ws';
import { createClient } from '../../../client/client.ts';
import type { SocketConstructor } from '../../../client/connection.ts';
import { createRoom, type Room, type RoomState } from '../../../client/room.ts';
import type { RoomStore, WaitingMessage } from '../../../client/room-outbox.ts';
import { createSocket } from '../../../client/socket.ts';
import type { Moim, Person } from '../../support/moim.ts';
import type { Place } from './support.ts';

// biome-ignore lint/suspicious/noExplicitAny: frames are looked at by the test that reads them
type Frame = any;

/** What is between a device and moim. */
export interface Wire {
  /** No network: nothing opens, and every request fails. */
  isDown: boolean;
  /** Frames from moim that get lost. */
  loses: (frame: Frame) => boolean;
  /** Requests over HTTP whose answer gets lost: they are carried out. */
  losesAnswer: (path: string) => boolean;
  /** What the device has sent over the socket, and the paths of its requests. */
  readonly sent: Frame[];
  readonly requests: string[];
  /** The connection breaks without a word. */
  cut(): Promise<void>;
}

function wireOf(): Wire & { readonly Socket: SocketConstructor; readonly fetch: typeof fetch } {
  let last: WebSocket | undefined;
  const wire = {
    isDown: false,
    loses: () => false,
    losesAnswer: () => false,
    sent: [],
    requests: [],
    async cut() {
      const socket = last!;
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.terminate();
      await closed;
    },
  } as Wire;
  class Socket extends WebSocket {
    constructor(url: string) {
      super(url);
      last = this;
    }
    override emit(name: string | symbol, ...given: unknown[]): boolean {
      const text = name === 'message' ? String(given[0]) : '';
      // The gateway's empty message says nothing that could be lost.
      if (text !== '' && wire.loses(JSON.parse(text))) return true;
      return super.emit(name, ...given);
    }
    override send(text: string): void {
      wire.sent.push(JSON.parse(text));
      super.send(text);
    }
  }
  const send: typeof fetch = async (url, init) => {
    if (wire.isDown) throw new TypeError('no network');
    const path = `${init?.method} ${new URL(String(url)).pathname}`;
    wire.requests.push(path);
    const answer = await fetch(url, init);
    if (wire.losesAnswer(path)) throw new TypeError('the answer was lost');
    return answer;
  };
  return Object.assign(wire, { Socket: Socket as unknown as SocketConstructor, fetch: send });
}

/** A store that several devices or runs of one app may share. */
export function memory(): RoomStore & { readonly kept: Map<string, WaitingMessage> } {
  const kept = new Map<string, WaitingMessage>();
  return {
    kept,
    load: async () => [...kept.values()],
    put: async (message) => kept.set(message.clientId, message),
    drop: async (clientId) => kept.delete(clientId),
  };
}

export interface Device {
  readonly room: Room;
  readonly wire: Wire;
  readonly texts: () => string[];
  close(): void;
}

/** Waits until a room is as a test wants it: each change is looked at. */
export const until = (room: Room, holds: (state: RoomState) => boolean): Promise<RoomState> =>
  new Promise((resolve) => {
    const look = () => {
      if (!holds(room.get())) return;
      off();
      resolve(room.get());
    };
    const off = room.subscribe(look);
    look();
  });

/** The same while time passes: for what waits between its tries. */
export async function inTime(moim: Moim, room: Room, holds: (state: RoomState) => boolean): Promise<RoomState> {
  for (let n = 0; !holds(room.get()); n++) {
    if (n > 400) throw new Error(`it did not come about: ${JSON.stringify(room.get().waiting)}`);
    await moim.clock.advance(200);
    await new Promise((done) => setTimeout(done, 5));
  }
  return room.get();
}

/** A device of somebody, in a room. */
export async function device(
  moim: Moim,
  person: Person,
  { groupId, roomId }: Place,
  more: { readonly store?: RoomStore; readonly isDown?: boolean } = {},
): Promise<Device> {
  const wire = wireOf();
  const { clock } = moim;
  wire.isDown = more.isDown ?? false;
  // Its pauses between tries are short, and real: a timer of the moved clock may wait for one.
  const client = createClient({
    ...{ baseUrl: moim.apiUrl, fetch: wire.fetch, locale: () => 'en' as const },
    getAccessToken: () => person.tokens.accessToken,
  });
  const socket = createSocket({
    ...{ clock, WebSocket: wire.Socket, ticket: () => client.connections.issueSocketTicket() },
  });
  const { store } = more;
  const room = createRoom({
    client,
    socket,
    groupId,
    roomId,
    accountId: person.id,
    clock,
    ...(store ? { store } : {}),
  });
  if (!wire.isDown) await until(room, ({ isLive, phase }) => (isLive && phase === 'open') || phase === 'gone');
  return {
    ...{ room, wire },
    texts: () =>
      room
        .get()
        .entries.map(({ seq, state, kind, text, target }) =>
          `${seq} ${state ?? `${kind} ${target ?? ''}`} ${text ?? ''}`.trim(),
        ),
    close() {
      room.close();
      socket.close();
    },
  };
}
