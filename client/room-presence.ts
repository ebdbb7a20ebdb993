/** Who is in a chat room, who types, and how far people have read. Hints and marks: nothing of it decides what is in the room. */
import type { Clock } from '../shared/core/clock.ts';
import { limits } from '../shared/product/limits.ts';
import type { ActionReply, Api, Events } from './api.ts';
import { ProblemError } from './problem-error.ts';
import type { Socket } from './socket.ts';

export interface Presence {
  /** How far the person has read, on any device. */
  readonly read: number;
  /** Sockets that listen. */
  readonly listening: number;
  /** Whose they are; null in a room with many. */
  readonly here: readonly string[] | null;
  /** Who types now. */
  readonly typing: readonly string[];
  /** How far each present member has read; undefined until `followMarks` has its answer. */
  readonly marks: ReadonlyMap<string, number> | undefined;
}

interface Ways {
  readonly client: Pick<Api, 'chat'>;
  readonly socket: Socket;
  readonly place: { readonly groupId: string; readonly roomId: string };
  readonly accountId: string;
  readonly clock: Clock;
  readonly changed: () => void;
}

/** Milliseconds between two marks that are sent. */
const readEvery = 2000;
/** Milliseconds for which somebody types after they said so: a little more than the time between two of it. */
const typingShown = limits.chat.typingMs + 1000;

export class RoomPresence {
  readonly #ways: Ways;
  readonly #offs: readonly (() => void)[];
  readonly #typing = new Map<string, () => void>();
  #read = 0;
  /** The largest mark that moim has been told, and when. */
  #told = 0;
  #toldAt = Number.NEGATIVE_INFINITY;
  #typedAt = Number.NEGATIVE_INFINITY;
  #listening = 0;
  #here: readonly string[] | null = [];
  #marks: ReadonlyMap<string, number> | undefined;
  #isFollowing = false;
  #stopRead: (() => void) | undefined;

  constructor(ways: Ways) {
    this.#ways = ways;
    const { socket, place, changed } = ways;
    const ofThis =
      <E extends { readonly roomId: string }>(hear: (event: E) => void) =>
      (event: E) => {
        if (event.roomId !== place.roomId) return;
        hear(event);
        changed();
      };
    this.#offs = [
      socket.on('chat.read', ofThis(this.#heardRead)),
      socket.on('chat.typing', ofThis(this.#heardTyping)),
      socket.on('room.members', ofThis(this.#heardMembers)),
    ];
  }

  get(): Presence {
    const typing = [...this.#typing.keys()];
    return { read: this.#read, listening: this.#listening, here: this.#here, typing, marks: this.#marks };
  }

  joined({ listening, accountIds }: ActionReply<'chat.join'>): void {
    this.#listening = listening;
    this.#here = accountIds;
    if (this.#isFollowing) this.#askMarks();
    this.flush();
  }

  /** How far moim says that the person has read. */
  hasRead(seq: number): void {
    this.#told = Math.max(this.#told, seq);
    this.#read = Math.max(this.#read, seq);
  }

  /** Who has written types no more. */
  spoke(accountId: string): void {
    this.#endTyping(accountId);
  }

  read(seq: number): void {
    if (seq <= this.#read) return;
    this.#read = seq;
    this.#mark(this.#ways.accountId, seq);
    this.#ways.changed();
    const wait = this.#toldAt + readEvery - this.#ways.clock.now();
    if (wait <= 0) this.flush();
    else this.#stopRead ??= this.#after(wait, () => this.flush());
  }

  /** Sends the mark. Without an answer it is sent with the next one, or after the next join. */
  flush(): void {
    this.#stopRead?.();
    this.#stopRead = undefined;
    if (this.#read <= this.#told) return;
    const { socket, client, place, clock } = this.#ways;
    const seq = this.#read;
    this.#told = seq;
    this.#toldAt = clock.now();
    const sent = socket.isOpen
      ? socket.send('chat.read', { ...place, seq })
      : client.chat.markRead({ params: place, body: { seq } });
    sent.catch((error: unknown) => {
      if (!(error instanceof ProblemError) || error.status >= 500) this.#told = Math.min(this.#told, seq - 1);
    });
  }

  type(): void {
    const { socket, place, clock } = this.#ways;
    if (!socket.isOpen || clock.now() - this.#typedAt < limits.chat.typingMs) return;
    this.#typedAt = clock.now();
    void socket.send('chat.typing', place).catch(() => undefined);
  }

  followMarks(): void {
    if (!this.#isFollowing) this.#askMarks();
    this.#isFollowing = true;
  }

  stop(): void {
    this.#stopRead?.();
    for (const each of [...this.#typing.keys()]) this.#endTyping(each);
    for (const off of this.#offs) off();
  }

  readonly #heardRead = ({ accountId, seq }: Events['chat.read']) => {
    this.#mark(accountId, seq);
    if (accountId === this.#ways.accountId) this.hasRead(seq);
  };

  readonly #heardTyping = ({ accountId }: Events['chat.typing']) => {
    this.#endTyping(accountId);
    const over = () => this.#endTyping(accountId) && this.#ways.changed();
    this.#typing.set(accountId, this.#after(typingShown, over));
  };

  readonly #heardMembers = ({ joined, left, listening }: Events['room.members']) => {
    this.#listening = listening;
    if (left) this.#endTyping(left);
    const others = this.#here?.filter((who) => who !== joined && who !== left);
    if (others) this.#here = joined ? [...others, joined] : others;
  };

  #askMarks(): void {
    const { client, place, accountId, changed } = this.#ways;
    client.chat.listReadMarks({ params: place }).then(
      ({ items }) => {
        const before = this.#marks;
        // Events that came meanwhile may know more.
        this.#marks = new Map(items.map(({ accountId: who, seq }) => [who, Math.max(seq, before?.get(who) ?? 0)]));
        this.#mark(accountId, this.#read);
        changed();
      },
      () => undefined,
    );
  }

  #mark(who: string, seq: number): void {
    if (this.#marks && (this.#marks.get(who) ?? 0) < seq) this.#marks = new Map([...this.#marks, [who, seq]]);
  }

  #endTyping(accountId: string): boolean {
    this.#typing.get(accountId)?.();
    return this.#typing.delete(accountId);
  }

  #after(milliseconds: number, task: () => unknown): () => void {
    return this.#ways.clock.at(this.#ways.clock.now() + milliseconds, task);
  }
}
