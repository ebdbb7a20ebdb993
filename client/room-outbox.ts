/** Messages on their way to a chat room: each gets there once, in their order, however often it has to be sent. */
import type { Clock } from '../shared/core/clock.ts';
import { limits } from '../shared/product/limits.ts';
import { NoAnswerError, ProblemError } from './problem-error.ts';
import type { ChatEntry } from './room-log.ts';
import { backoff, pause } from './waiting.ts';

/** A message that the room may not have yet. It is plain data: a client that keeps it sends it after a restart. */
export interface WaitingMessage {
  readonly groupId: string;
  readonly roomId: string;
  /** Its id for all tries, over both ways, also a day later. */
  readonly clientId: string;
  /** It has a text, or files, or both. */
  readonly text?: string;
  /** Uploads that moim has allowed for the room: the same for all tries. */
  readonly fileIds?: readonly string[];
  readonly replyTo?: number;
  /** It wakes no device. */
  readonly silent?: boolean;
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;
  /** The last entry that was known at the first try; undefined before that. */
  readonly after?: number;
  /**
   * `SENDING`: it is being sent, for the first time. `WAITING`: there was no answer, and it is tried again by itself. `MUTED`:
   * too much was written, and it is sent at `until`. `REFUSED`: only the person can decide what becomes of it. `SENT`: the room
   * has it, and its entry comes.
   */
  readonly state: 'SENDING' | 'WAITING' | 'MUTED' | 'REFUSED' | 'SENT';
  /** Milliseconds since 1970, of MUTED. */
  readonly until?: number;
  /** Of REFUSED: why; undefined where the room was gone before it could be sent. */
  readonly problem?: { readonly code: string; readonly message: string };
}

/** Where a client keeps messages until they are sent. Each call is about one message, so tabs do not disturb each other. */
export interface RoomStore {
  /** What waits for this room. */
  load(): Promise<readonly WaitingMessage[]>;
  put(message: WaitingMessage): Promise<unknown>;
  drop(clientId: string): Promise<unknown>;
}

export interface OutboxWays {
  readonly clock: Clock;
  readonly store: RoomStore | undefined;
  /** The number that is known without a hole; undefined before the room was read for the first time. */
  readonly seen: () => number | undefined;
  /** Whether the socket is connected. */
  readonly isOpen: () => boolean;
  readonly bySocket: (message: WaitingMessage) => Promise<ChatEntry>;
  readonly byHttp: (message: WaitingMessage) => Promise<ChatEntry>;
  /** Reads on from a number to the end: the message's own entry if it is there, else the last number. */
  readonly lookFor: (message: WaitingMessage) => Promise<ChatEntry | number>;
  readonly arrived: (entry: ChatEntry) => void;
  readonly changed: () => void;
}

/** Milliseconds after which a try without an answer is repeated. */
const replyWait = 5000;
/** Tries over the socket before HTTP. */
const socketTries = 2;
/** Milliseconds in which no more than the allowed number is sent: a little more than moim counts, for what the network hurries. */
const pace = limits.chat.burstMs + 150;

/** Whether only the person can decide what becomes of a refused message. */
const isFinal = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && error.status < 500 && error.status !== 401 && error.status !== 429;

export class Outbox {
  readonly #ways: OutboxWays;
  #messages: readonly WaitingMessage[] = [];
  #isSending = false;
  #isStopped = false;
  #isGivenUp = false;
  #wake = () => {};
  #sentAt: readonly number[] = [];
  #failures = 0;

  constructor(ways: OutboxWays) {
    this.#ways = ways;
  }

  messages(): readonly WaitingMessage[] {
    return this.#messages;
  }

  add(message: WaitingMessage): void {
    this.#take([message]);
    void this.#keep(message);
    this.#ways.changed();
    void this.#go();
  }

  /**
   * Goes on with what the store has kept.
   *
   * @param entries what is known of the room: a message among them got there before the page was closed
   */
  restore(kept: readonly WaitingMessage[], entries: readonly ChatEntry[]): void {
    this.#take(kept.filter(({ clientId }) => !this.#find(clientId)));
    this.settle(entries);
    if (this.#isGivenUp) this.#refuseAll();
    this.#ways.changed();
    void this.#go();
  }

  /** Tries again now: what waits, and one that was refused if it is named. */
  retry(clientId?: string): void {
    const message = clientId === undefined ? undefined : this.#find(clientId);
    if (message?.state === 'REFUSED') {
      const { problem, ...again } = message;
      this.#messages = this.#messages.map((each) => (each === message ? { ...again, state: 'SENDING' } : each));
      void this.#keep({ ...again, state: 'SENDING' });
      this.#ways.changed();
    }
    this.#wake();
    void this.#go();
  }

  /** Takes a message away. If a try is under way, the room may have it all the same. */
  discard(clientId: string): void {
    this.#forget(clientId);
    this.#messages = this.#messages.filter((message) => message.clientId !== clientId);
    this.#wake();
    this.#ways.changed();
  }

  /** Own messages that have come as entries are done. */
  settle(entries: readonly ChatEntry[]): void {
    if (this.#messages.length === 0) return;
    const own = new Set(entries.flatMap((entry) => entry.clientId ?? []));
    const isThere = ({ clientId }: WaitingMessage) => own.has(clientId);
    for (const { clientId, state } of this.#messages.filter(isThere)) if (state !== 'SENT') this.#forget(clientId);
    this.#messages = this.#messages.filter((message) => !isThere(message));
  }

  /** The room is gone for this person. Should they come back to it, what waits is sent only if they say so. */
  giveUp(): void {
    this.#isGivenUp = true;
    this.stop();
    this.#refuseAll();
  }

  /** Ends: what waits stays in the store. */
  stop(): void {
    this.#isStopped = true;
    this.#wake();
  }

  #take(messages: readonly WaitingMessage[]): void {
    this.#messages = [...this.#messages, ...messages].sort((a, b) => a.at - b.at);
  }

  #refuseAll(): void {
    for (const message of this.#messages.filter(({ state }) => state !== 'REFUSED' && state !== 'SENT')) {
      this.#set(message.clientId, { state: 'REFUSED' });
      void this.#keep({ ...message, state: 'REFUSED' });
    }
  }

  #find(clientId: string): WaitingMessage | undefined {
    return this.#messages.find((message) => message.clientId === clientId);
  }

  #set(clientId: string, change: Partial<WaitingMessage>): void {
    this.#messages = this.#messages.map((each) => (each.clientId === clientId ? { ...each, ...change } : each));
    this.#ways.changed();
  }

  /** A device that keeps nothing sends from memory. What was taken away meanwhile is not kept again: a restart would send it. */
  async #keep(message: WaitingMessage): Promise<void> {
    if (!this.#find(message.clientId)) return;
    await this.#ways.store?.put(message).catch(() => undefined);
  }

  #forget(clientId: string): void {
    void this.#ways.store?.drop(clientId).catch(() => undefined);
  }

  /** Waits, or until there is a reason to try again. */
  async #rest(milliseconds: number): Promise<void> {
    const leave = new AbortController();
    this.#wake = () => leave.abort();
    await pause(this.#ways.clock, milliseconds, leave.signal).catch(() => undefined);
    this.#wake = () => {};
  }

  #restAfterFailure(): Promise<void> {
    return this.#rest(backoff(this.#failures++, 1000, 30_000));
  }

  async #go(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      while (await this.#sendNext());
    } finally {
      this.#isSending = false;
    }
  }

  /** Whether there was one to send. */
  async #sendNext(): Promise<boolean> {
    const next = this.#messages.find(({ state }) => state !== 'REFUSED' && state !== 'SENT');
    const seen = this.#ways.seen();
    // Without a number of the room nobody could tell later whether it was taken.
    if (this.#isStopped || !next || (next.after === undefined && seen === undefined)) return false;
    const first = this.#sentAt.length < limits.chat.burst ? undefined : this.#sentAt[0]!;
    const wait = first === undefined ? 0 : first + pace - this.#ways.clock.now();
    if (wait > 0) await this.#rest(wait);
    if (next.after === undefined) {
      // Kept before it is sent: after a restart the tries begin at the same number.
      await this.#keep({ ...next, after: seen! });
      this.#set(next.clientId, { after: seen! });
    }
    for (let tries = 0; !this.#isStopped; tries++) {
      const message = this.#find(next.clientId);
      if (!message || message.state === 'REFUSED' || message.state === 'SENT') break;
      try {
        this.#done(await this.#attempt(message, tries), message);
      } catch (error) {
        if (error instanceof NoAnswerError && tries < socketTries && this.#ways.isOpen()) continue;
        await this.#refused(error, message).catch(() => this.#restAfterFailure());
      }
    }
    return true;
  }

  /** One try, over the socket or over HTTP. */
  async #attempt(message: WaitingMessage, tries: number): Promise<ChatEntry> {
    const { clock, isOpen, bySocket, byHttp } = this.#ways;
    this.#sentAt = [...this.#sentAt, clock.now()].slice(-limits.chat.burst);
    if (tries >= socketTries || !isOpen()) return byHttp(message);
    const answered = new AbortController();
    const tooLate = pause(clock, replyWait, answered.signal).then(() => {
      throw new NoAnswerError('no reply in time');
    });
    return Promise.race([bySocket(message), tooLate]).finally(() => {
      answered.abort();
      tooLate.catch(() => undefined);
    });
  }

  #done(entry: ChatEntry, { clientId }: WaitingMessage): void {
    this.#failures = 0;
    this.#forget(clientId);
    this.#set(clientId, { state: 'SENT' });
    this.#ways.arrived(entry);
    // It was there already, further back than what is shown.
    if (entry.seq <= (this.#ways.seen() ?? 0)) this.settle([entry]);
    this.#ways.changed();
  }

  /** What a refusal means for a message. */
  async #refused(error: unknown, message: WaitingMessage): Promise<void> {
    if (this.#isStopped) return;
    const { clientId } = message;
    const { clock, lookFor } = this.#ways;
    const code = error instanceof ProblemError && !error.byGateway ? error.code : undefined;
    if (code === 'RESUME_FIRST') {
      const found = await lookFor(message);
      if (typeof found !== 'number') return this.#done(found, message);
      await this.#keep({ ...message, after: found });
      return this.#set(clientId, { after: found });
    }
    if (code === 'TOO_MANY_REQUESTS') {
      const wait = ((error as ProblemError).retryAfter ?? limits.chat.muteMs / 1000) * 1000;
      this.#set(clientId, { state: 'MUTED', until: clock.now() + wait });
      await this.#rest(wait);
      return this.#set(clientId, { state: 'SENDING' });
    }
    if (!isFinal(error)) {
      this.#set(clientId, { state: 'WAITING' });
      return this.#restAfterFailure();
    }
    const problem = { code: error.code, message: error.errors[0]?.reason ?? error.message };
    this.#set(clientId, { state: 'REFUSED', problem });
    await this.#keep({ ...message, state: 'REFUSED', problem });
  }
}
