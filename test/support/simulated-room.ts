/**
 * A chat room, and clients that follow the protocol of docs/chat.md over a bad network: answers are lost, functions die between
 * any two calls, events are lost, doubled and late, messages are sent twice at once and again much later.
 */
import type { ChatEntryItem } from '../../functions/talking/chat/items.ts';
import { messageIdOf, nthAfter, seqOf } from '../../functions/talking/chat/rules.ts';
import { logOf, type Room } from '../../functions/talking/chat/store.ts';
import { iso } from '../../shared/core/time.ts';
import { absent } from '../../shared/data/conditions.ts';
import { append, entriesAfter } from '../../shared/data/log.ts';
import { or, type Table } from '../../shared/data/table.ts';
import { patch } from '../../shared/data/writes.ts';
import { Problem } from '../../shared/product/problems.ts';
import { Lost } from './short-wire.ts';

/** Numbers from 0 to below 1, the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What a log says so far, in one number: two logs are equal if these are. */
export const folded = (sum: number, entry: ChatEntryItem) => {
  let next = Math.imul(sum, 31) + seqOf(entry.messageId);
  const text = `${entry.kind} ${entry.clientId ?? entry.target}`;
  for (let i = 0; i < text.length; i++) next = (Math.imul(next, 31) + text.charCodeAt(i)) | 0;
  return next;
};

/** Tries until everything is acknowledged in the end: a few for each message that waits. */
const mostTries = 500;

interface Waiting {
  readonly clientId: string;
  /** The number that its client knew when it first tried. */
  after: number;
  /** The number of the message that it deletes; a message of its own without it. */
  readonly target?: number;
  done?: boolean;
}

/** An open page of somebody: several of one account are clients of their own. */
class SimulatedClient {
  /** The last number without a hole before it. */
  seen = 0;
  /** All entries up to `seen`, folded. */
  sum = 0;
  readonly ahead = new Map<number, ChatEntryItem>();
  /** Messages whose answers have not come, each with the number that was known at its first try. */
  readonly outbox: Waiting[] = [];
  readonly acknowledged = new Map<string, number>();
  private sent = 0;
  private lastOwn: number | undefined;
  private readonly name: string;
  private readonly room: SimulatedRoom;

  constructor(name: string, room: SimulatedRoom) {
    this.name = name;
    this.room = room;
  }

  /** An event, or an entry of a page: shown in order, held back if it is ahead. */
  take(entry: ChatEntryItem): void {
    const seq = seqOf(entry.messageId);
    if (seq <= this.seen) return;
    this.ahead.set(seq, entry);
    for (let next = this.ahead.get(this.seen + 1); next; next = this.ahead.get(this.seen + 1)) {
      this.ahead.delete(++this.seen);
      this.sum = folded(this.sum, next);
    }
  }

  /** Reads what is missing up to the end, as after a hole of a second, a reconnect, or RESUME_FIRST. */
  async resume(found: (entry: ChatEntryItem) => void = () => {}, from = this.seen): Promise<void> {
    for (let after = from, more = true; more; ) {
      const page = await this.room.read(after);
      for (const entry of page.entries) {
        this.take(entry);
        found(entry);
        after = seqOf(entry.messageId);
      }
      more = page.more;
    }
  }

  /** Tries a new message, or one that waits; the outcome may stay unknown, and then it waits. */
  async act(random: () => number): Promise<boolean> {
    if (this.ahead.size > 0 && random() < 0.8) await this.resume();
    let message = random() < 0.7 ? this.outbox.shift() : undefined;
    const isNew = message === undefined;
    message ??= this.next(random);
    // Now and then over both ways at once, as when a socket seems dead and is not.
    const ways = random() < 0.1 ? 2 : 1;
    const tries = Array.from({ length: ways }, () => this.room.call(this, message));
    const [came, other] = await Promise.allSettled(tries);
    const told = [came!, other].find((each) => each?.status === 'fulfilled');
    if (told?.status === 'fulfilled') this.acknowledge(message, told.value);
    else await this.refused(message, (came as PromiseRejectedResult).reason);
    return isNew;
  }

  /** Sends all that waits, until everything is acknowledged. */
  async finish(): Promise<void> {
    let tries = 0;
    for (let message = this.outbox.shift(); message; message = this.outbox.shift())
      try {
        if (++tries > mostTries) throw new Error(`${message.clientId} is never acknowledged`);
        this.acknowledge(message, await this.room.call(this, message));
      } catch (error) {
        await this.refused(message, error);
      }
  }

  private next(random: () => number): Waiting {
    const clientId = `${this.name}-${this.sent++}`;
    const target = random() < 0.04 ? this.lastOwn : undefined;
    if (target !== undefined) this.lastOwn = undefined;
    return { clientId, after: this.seen, ...(target === undefined ? {} : { target }) };
  }

  private acknowledge(message: Waiting, seq: number): void {
    this.acknowledged.set(message.clientId, seq);
    if (message.target === undefined) this.lastOwn = seq;
  }

  private async refused(message: Waiting, error: unknown): Promise<void> {
    if (error instanceof Problem && error.code === 'RESUME_FIRST') {
      let own: number | undefined;
      await this.resume((entry) => {
        if (entry.clientId === message.clientId) own = seqOf(entry.messageId);
      }, message.after);
      if (own !== undefined) return this.acknowledge(message, own);
      message.after = this.seen;
    } else if (!(error instanceof Lost) && !(error instanceof Problem && error.code === 'TRY_AGAIN')) throw error;
    this.outbox.push(message);
  }
}

/** The room's functions, each call with a table of its own that may die, and the events that they send. */
export class SimulatedRoom {
  readonly clients: SimulatedClient[];
  private readonly late: { readonly entry: ChatEntryItem; readonly to: SimulatedClient }[] = [];
  private readonly room: Room;
  private readonly open: () => Table;
  private readonly reliable: Table;
  private readonly random: () => number;

  constructor(of: { room: Room; open: () => Table; reliable: Table; random: () => number; clients: number }) {
    this.room = of.room;
    this.open = of.open;
    this.reliable = of.reliable;
    this.random = of.random;
    this.clients = Array.from({ length: of.clients }, (_, i) => new SimulatedClient(`client${i}`, this));
  }

  read(after: number) {
    return entriesAfter(logOf(this.reliable, this.room), after, 100);
  }

  /** One call of the function that sends or deletes. */
  async call(sender: SimulatedClient, { clientId, after, target }: Waiting): Promise<number> {
    const table = this.open();
    const gone =
      target === undefined
        ? undefined
        : patch(
            'ChatEntry',
            { groupId: this.room.groupId, messageId: messageIdOf(this.room.roomId, target) },
            { set: { deletedAt: iso(0) }, remove: ['text'] },
            absent('deletedAt'),
          );
    const kind: ChatEntryItem['kind'] = target === undefined ? 'MESSAGE' : 'DELETED';
    const { entry } = await append(table, logOf(table, this.room), {
      after,
      isOwn: (each) => each.clientId === clientId,
      make: (seq, before) => ({
        entry: {
          ...this.room,
          messageId: messageIdOf(this.room.roomId, seq),
          kind,
          nth: nthAfter(before, target === undefined),
          accountId: clientId,
          clientId,
          at: iso(0),
          ...(target === undefined ? { text: clientId } : { target }),
        },
        // Whatever has deleted it already is found in the log, so nothing else can stand in the way.
        ...(gone ? { along: or('TRY_AGAIN', gone) } : {}),
      }),
    });
    if (this.random() < 0.02) throw new Lost(); // dies before the events
    for (const each of this.clients) if (each !== sender) this.post(entry, each);
    if (this.random() < 0.03) throw new Lost(); // the answer is lost
    sender.take(entry);
    return seqOf(entry.messageId);
  }

  /** Events of a moment ago that were on their way. */
  deliver(): void {
    for (const { entry, to } of this.late.splice(0)) to.take(entry);
  }

  private post(entry: ChatEntryItem, to: SimulatedClient): void {
    const chance = this.random();
    if (chance < 0.002) return; // a socket that was cut
    if (chance < 0.015) this.late.push({ entry, to });
    else to.take(entry);
    if (chance > 0.98) this.late.push({ entry, to }); // doubled
  }
}
