/**
 * A chat room: its entries in order and without a hole, messages that get there once, who is there, types and has read what.
 * It works over the socket, and over HTTP where there is none.
 */
import type { Clock } from '../shared/core/clock.ts';
import { limits } from '../shared/product/limits.ts';
import type { Api, Events } from './api.ts';
import { newId } from './platform.ts';
import { ProblemError } from './problem-error.ts';
import type { ChatEntry } from './room-log.ts';
import { Outbox, type RoomStore, type WaitingMessage } from './room-outbox.ts';
import { type Presence, RoomPresence } from './room-presence.ts';
import { isResume, type RoomFacts, RoomReader } from './room-reader.ts';
import type { Socket } from './socket.ts';
import { systemClock } from './waiting.ts';

export interface RoomOptions {
  readonly client: Pick<Api, 'chat'>;
  readonly socket: Socket;
  readonly groupId: string;
  /** That of the group for its main room. */
  readonly roomId: string;
  /** Whose client it is. */
  readonly accountId: string;
  /** Keeps what waits to be sent across restarts; without it, it waits in memory. */
  readonly store?: RoomStore;
  /** Entries that the device has kept: shown until the room is read. */
  readonly known?: readonly ChatEntry[];
  readonly clock?: Clock;
}

/** What a message says: a text, or files (`uploadId`s of uploads that moim has allowed for the room), or both. */
export type Said = Pick<WaitingMessage, 'text' | 'fileIds' | 'replyTo' | 'silent'>;

export interface RoomState extends Presence, Omit<RoomFacts, 'read'> {
  /** `opening`: nothing is known yet. `gone`: there is no such room, or this person is no longer in the group. */
  readonly phase: 'opening' | 'open' | 'gone';
  /** Why the room could not be read at last; it is tried again by itself. */
  readonly error: unknown;
  /** Whether events come. If not, the room is joined again as soon as there is a connection. */
  readonly isLive: boolean;
  /** Whether moim has been read: until then the entries are those that the device has kept. */
  readonly isRead: boolean;
  /** By number, without a hole. Deletions and the like are entries of their own, and are applied to what they are about. */
  readonly entries: readonly ChatEntry[];
  /** What entries answer further up, by number: not among the entries, and as this person sees it. Null: it is no more. */
  readonly quoted: ReadonlyMap<number, ChatEntry | null>;
  readonly hasOlder: boolean;
  /** The largest number that moim has told. */
  readonly head: number;
  /** Nothing is missing: every number from the first entry to the head is there, and events come. */
  readonly isComplete: boolean;
  /** What is on its way, oldest first. A message is here or among the entries. */
  readonly waiting: readonly WaitingMessage[];
}

/** Milliseconds between two looks at the last number: events are sent once, best effort. */
const headsMs = 60_000;
/** Entries up to which what was missed is read on from the last one; beyond that the room begins anew with the newest. */
const mostToCatchUp = 5 * limits.chat.page;

export class Room {
  readonly #options: RoomOptions;
  readonly #clock: Clock;
  readonly #place: { readonly groupId: string; readonly roomId: string };
  readonly #listeners = new Set<() => void>();
  readonly #offs: readonly (() => void)[];
  readonly #reader: RoomReader;
  readonly #outbox: Outbox;
  readonly #presence: RoomPresence;
  #facts: Omit<RoomFacts, 'read'> = { writable: true, category: null, closedAt: null };
  #isGone = false;
  #isLive = false;
  #isClosed = false;
  /** Ends what is being sent over HTTP: the client would repeat it after the end. */
  readonly #ended = new AbortController();
  #state: RoomState | undefined;
  /** Counts joins: the reply to one on a connection that is gone says nothing. */
  #round = 0;
  #stopHeads = () => {};

  constructor(options: RoomOptions) {
    const { client, socket, groupId, roomId, accountId, store, known = [], clock = systemClock } = options;
    this.#options = options;
    this.#clock = clock;
    this.#place = { groupId, roomId };
    const place = this.#place;
    const changed = this.#changed;
    this.#presence = new RoomPresence({ client, socket, place, accountId, clock, changed });
    this.#reader = new RoomReader({
      ...{ client, params: place, clock, known, changed },
      came: (entries) => this.#outbox.settle(entries),
      told: ({ read, ...facts }) => {
        this.#facts = { writable: facts.writable, category: facts.category, closedAt: facts.closedAt };
        this.#presence.hasRead(read);
        this.#outbox.retry();
      },
      gone: (cause) => this.#leave(cause),
    });
    this.#outbox = new Outbox({
      ...{ clock, store, changed },
      seen: () => (this.#reader.isRead ? this.#reader.seen() : undefined),
      isOpen: () => socket.isOpen,
      bySocket: async (message) => (await socket.send('chat.send', { ...place, ...bodyOf(message) })).entry,
      byHttp: (message) =>
        client.chat.sendMessage({ params: place, body: bodyOf(message), signal: this.#ended.signal }),
      lookFor: (message) => this.#reader.lookFor(message),
      arrived: (entry) => this.#reader.take([entry]),
    });
    this.#offs = [
      socket.on('chat.message', this.#heard),
      socket.on('chat.deleted', this.#heard),
      socket.on('chat.restored', this.#heard),
      socket.on('room.closed', this.#heard),
      socket.on('member.kicked', (who) => {
        if (who.groupId === groupId && who.accountId === accountId) this.#leave(undefined);
      }),
      socket.onConnection((isOpen) => {
        this.#isLive = false;
        if (isOpen) void this.#join();
        else changed();
      }),
    ];
    void store?.load().then(
      (kept) => this.#isClosed || this.#outbox.restore(kept, this.#reader.log.entries),
      () => undefined,
    );
    this.#lookLater();
    // Until the socket is open, what there is to read comes over HTTP.
    void (socket.isOpen ? this.#join() : this.#reader.begin());
  }

  /** The same object until something changes. */
  get(): RoomState {
    this.#state ??= this.#stateNow();
    return this.#state;
  }

  /** @returns the function that stops listening */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Sends a message, and shows it as waiting until the room has it. Gives back its id for `retry` and `discard`. */
  send(said: string | Said): string {
    const clientId = newId();
    const content = typeof said === 'string' ? { text: said } : said;
    this.#outbox.add({ ...this.#place, clientId, ...content, at: this.#clock.now(), state: 'SENDING' });
    return clientId;
  }

  /** Tries again now: what waits, and a refused message if it is named. */
  retry(clientId?: string): void {
    this.#outbox.retry(clientId);
  }

  /** Takes a waiting message away. If a try is under way, the room may have it all the same. */
  discard(clientId: string): void {
    this.#outbox.discard(clientId);
  }

  /** @throws ProblemError NOT_FOUND unless it is an own message, or the caller leads the group */
  async remove(messageId: string): Promise<void> {
    await this.#options.client.chat.deleteMessage({ params: { ...this.#place, messageId } });
    if (!this.#isLive) await this.#reader.fill();
  }

  /** Reads the page before the first entry. Throws what the call throws. */
  older(): Promise<void> {
    return this.#reader.older();
  }

  /** Reads one entry again: something has changed for this person alone, such as what they have reported. */
  readAgain(seq: number): Promise<void> {
    return this.#reader.readAgain(seq);
  }

  /** Reads the room again now, where it could not be read. */
  reload(): void {
    void this.#reader.begin();
  }

  /** Says how far the person has read: sent at most every 2 s, and only forward. */
  read(seq: number): void {
    this.#presence.read(seq);
  }

  /** Sends the last mark at once: the page is about to be hidden. */
  flush(): void {
    this.#presence.flush();
  }

  /** Says that the person types: call it for each key, it is sent at most every 3 s. */
  type(): void {
    this.#presence.type();
  }

  /** Asks how far the others have read, now and after each reconnect: `marks`. */
  followMarks(): void {
    this.#presence.followMarks();
  }

  /** Stops listening. What waits stays in the store. */
  close(): void {
    if (this.#isClosed) return;
    this.#presence.flush();
    this.#isClosed = true;
    this.#stop();
    const { socket } = this.#options;
    if (socket.isOpen && !this.#isGone) void socket.send('chat.leave', this.#place).catch(() => undefined);
  }

  readonly #changed = () => {
    this.#state = undefined;
    if (!this.#isClosed) for (const listener of this.#listeners) listener();
  };

  readonly #heard = ({ entry }: Events['chat.message']) => {
    if (entry.roomId !== this.#place.roomId) return;
    if (entry.author) this.#presence.spoke(entry.author.id);
    // The last entry: what comes before it is still read.
    if (entry.kind === 'CLOSED') this.#facts = { ...this.#facts, writable: false, closedAt: entry.at };
    this.#reader.take([entry]);
  };

  #stateNow(): RoomState {
    const { log, head, error, isRead } = this.#reader;
    const phase = this.#isGone ? 'gone' : isRead || log.entries.length > 0 ? 'open' : 'opening';
    const isLive = this.#isLive;
    return {
      ...{ phase, error, isLive, isRead, entries: log.entries, quoted: log.quoted, hasOlder: log.hasOlder, head },
      isComplete: isLive && this.#reader.hasAll(),
      waiting: this.#outbox.messages(),
      ...this.#facts,
      ...this.#presence.get(),
    };
  }

  async #join(): Promise<void> {
    if (this.#isClosed || this.#isGone) return;
    const { socket } = this.#options;
    const reader = this.#reader;
    this.#round += 1;
    const round = this.#round;
    this.#isLive = false;
    const after = reader.isRead ? reader.seen() : undefined;
    try {
      const reply = await socket.send('chat.join', { ...this.#place, ...(after === undefined ? {} : { after }) });
      if (this.#isClosed || round !== this.#round) return;
      this.#isLive = true;
      reader.head = Math.max(reader.head, reply.head);
      this.#presence.joined(reply);
      this.#catchUp(after, reply);
      this.#changed();
    } catch (cause) {
      if (round !== this.#round) return;
      if (isResume(cause)) {
        reader.reset();
        return this.#join();
      }
      // Without a connection the next one joins.
      if (cause instanceof ProblemError || socket.isOpen) reader.failed(cause, () => this.#join());
    }
  }

  #catchUp(after: number | undefined, reply: RoomFacts & { head: number; entries: ChatEntry[]; more: boolean }): void {
    const reader = this.#reader;
    if (after === undefined) {
      reader.start(reply);
      return;
    }
    reader.error = undefined;
    const { read, writable, category, closedAt } = reply;
    this.#facts = { writable, category, closedAt };
    this.#presence.hasRead(read);
    this.#outbox.retry();
    if (reply.head - after > mostToCatchUp) void reader.begin();
    else {
      reader.take(reply.entries, true);
      if (reply.more) void reader.fill();
    }
  }

  #lookLater(): void {
    this.#stopHeads = this.#clock.at(this.#clock.now() + headsMs, () => {
      this.#lookLater();
      return this.#look().catch(() => undefined);
    });
  }

  /** Asks for the last number: a crash may have left an event unsent, and the next one may be long to come. */
  async #look(): Promise<void> {
    const { socket } = this.#options;
    const reader = this.#reader;
    if (!socket.isOpen) return reader.isRead ? reader.fill() : undefined;
    const { rooms } = await socket.send('chat.heads', { rooms: [this.#place] });
    const now = rooms.find((each) => each.roomId === this.#place.roomId);
    if (!now) return this.#leave(undefined);
    reader.head = Math.max(reader.head, now.head);
    if (this.#isLive && reader.head > reader.seen()) await reader.fill();
  }

  /** The room is not this person's any more. */
  #leave(cause: unknown): void {
    if (this.#isClosed) return;
    this.#isGone = true;
    this.#isLive = false;
    this.#reader.forget();
    this.#reader.error = cause;
    this.#outbox.giveUp();
    this.#stop();
    this.#changed();
  }

  #stop(): void {
    this.#stopHeads();
    this.#reader.stop();
    this.#outbox.stop();
    this.#ended.abort();
    this.#presence.stop();
    for (const off of this.#offs) off();
  }
}

const bodyOf = ({ clientId, after = 0, text, fileIds, replyTo, silent }: WaitingMessage) => ({
  ...{ clientId, after },
  ...(text === undefined ? {} : { text }),
  ...(fileIds === undefined ? {} : { fileIds: [...fileIds] }),
  ...(replyTo === undefined ? {} : { replyTo }),
  ...(silent ? { silent } : {}),
});

/**
 * Opens a room.
 *
 * @example
 * const room = createRoom({ client, socket, groupId, roomId: groupId, accountId });
 * room.subscribe(() => {
 *   const { entries, waiting } = room.get();
 *   show(entries.filter(({ kind }) => kind === 'MESSAGE'), waiting);
 * });
 * room.send('Chapter 3 is done');
 * room.send({ fileIds: [uploadId], silent: true });
 */
export const createRoom = (options: RoomOptions): Room => new Room(options);
