/** What a client knows of a chat room's log, and how it gets what is missing. It reads over HTTP alone. */
import type { Clock } from '../shared/core/clock.ts';
import { limits } from '../shared/product/limits.ts';
import type { Api } from './api.ts';
import { ProblemError } from './problem-error.ts';
import {
  type ChatEntry,
  emptyLog,
  largestIn,
  type RoomLog,
  seenIn,
  startedWith,
  taken,
  toQuote,
  toReadAgain,
  withAnew,
  withOlder,
  withQuoted,
} from './room-log.ts';
import type { WaitingMessage } from './room-outbox.ts';
import { backoff } from './waiting.ts';

export type EntriesPage = Awaited<ReturnType<Api['chat']['listEntries']>>;
/** What a page says of its room. */
export type RoomFacts = Pick<EntriesPage, 'writable' | 'category' | 'closedAt' | 'read'>;

interface Ways {
  readonly client: Pick<Api, 'chat'>;
  readonly params: { readonly groupId: string; readonly roomId: string };
  readonly clock: Clock;
  readonly known: readonly ChatEntry[];
  /** Entries have come, in whatever order. */
  readonly came: (entries: readonly ChatEntry[]) => void;
  readonly told: (facts: RoomFacts) => void;
  readonly gone: (cause: unknown) => void;
  readonly changed: () => void;
}

/** Milliseconds for which a hole may be caused by events that overtook each other. */
const holeMs = 1000;

export class RoomReader {
  readonly #ways: Ways;
  readonly #readAgain = new Set<number>();
  #filling: Promise<void> | undefined;
  #failures = 0;
  #isStopped = false;
  #stopHole = () => {};
  #stopAgain = () => {};
  /** Counts beginnings: what was asked for before one says nothing of what has become of it in between. */
  #beginnings = 0;
  #isQuoting = false;
  #quoteFailures = 0;
  #stopQuoting = () => {};

  log: RoomLog;
  /** The largest number that moim has told. */
  head = 0;
  /** Whether moim has been read since this object was made. */
  isRead = false;
  error: unknown;

  constructor(ways: Ways) {
    this.#ways = ways;
    this.log = ways.known.length > 0 ? startedWith(ways.known, true) : emptyLog;
  }

  /** The number that is known without a hole. */
  seen(): number {
    return seenIn(this.log);
  }

  hasAll(): boolean {
    return this.isRead && this.seen() >= this.head && this.log.ahead.size === 0;
  }

  /** Takes in entries of an event, of a reply, or of a page that goes forward. */
  take(entries: readonly ChatEntry[], isPage = false): void {
    const next = taken(this.log, entries, isPage);
    if (next === this.log) return;
    const hadHole = this.log.ahead.size > 0;
    this.#put(next);
    if (hadHole || next.ahead.size === 0) return;
    this.#stopHole();
    this.#stopHole = this.#after(holeMs, () => this.fill());
  }

  /** Begins with the newest entries. */
  start(page: EntriesPage): void {
    const isAnew = this.isRead;
    this.isRead = true;
    this.error = undefined;
    this.#failures = 0;
    this.#ways.told(page);
    // One that was asked earlier and comes later knows less.
    const isOlder = isAnew && this.log.entries.length > 0 && (page.entries[0]?.seq ?? 0) <= this.seen();
    if (isOlder) return;
    this.#beginnings += 1;
    this.#put(startedWith(page.entries, page.more, this.log.ahead));
  }

  /** Reads the newest entries, and begins with them. */
  async begin(): Promise<void> {
    this.#stopAgain();
    try {
      const page = await this.#read({});
      if (!this.#isStopped) this.start(page);
    } catch (cause) {
      this.failed(cause, () => this.begin());
    }
  }

  /** Reads on to the end. One at a time. */
  fill(): Promise<void> {
    this.#filling ??= this.#fill().finally(() => {
      this.#filling = undefined;
    });
    return this.#filling;
  }

  async #fill(): Promise<void> {
    try {
      for (let more = true; more && !this.#isStopped; ) {
        const page = await this.#read({ after: this.seen() });
        this.#ways.told(page);
        this.take(page.entries, true);
        more = page.more;
      }
      this.#failures = 0;
      this.error = undefined;
      // Ahead of a hole that moim does not have: the log was emptied meanwhile.
      if (this.log.ahead.size > 0) this.start(await this.#read({}));
      this.#ways.changed();
    } catch (cause) {
      this.failed(cause, () => this.fill());
    }
  }

  async older(): Promise<void> {
    const first = this.log.entries[0]?.seq;
    if (!this.log.hasOlder || first === undefined) return;
    const page = await this.#read({ before: first });
    if (this.log.entries[0]?.seq === first) this.#put(withOlder(this.log, page.entries, page.more));
  }

  /** Whether a message is there already, or up to where the room has been read for it. */
  async lookFor({ clientId, after = 0 }: WaitingMessage): Promise<ChatEntry | number> {
    for (let from = after; ; ) {
      const page = await this.#read({ after: from }).catch((cause: unknown) => {
        // That entry is deleted for good: all that is left is read.
        if (from > 0 && isResume(cause)) return undefined;
        throw cause;
      });
      const own = page?.entries.find((entry) => entry.clientId === clientId);
      if (own) return own;
      const last = page ? (page.entries.at(-1)?.seq ?? from) : 0;
      if (page && !page.more) return last;
      from = last;
    }
  }

  /** Tries again later, unless there is nothing to try any more. */
  failed(cause: unknown, task: () => unknown): void {
    if (this.#isStopped) return;
    if (cause instanceof ProblemError && cause.status === 404) {
      this.#ways.gone(cause);
      return;
    }
    this.error = cause;
    this.#stopAgain();
    if (isResume(cause)) {
      this.reset();
      void this.begin();
    } else this.#stopAgain = this.#after(backoff(this.#failures++, 1000, 30_000), task);
    this.#ways.changed();
  }

  /** Forgets what was read: it does not exist any more. */
  reset(): void {
    this.log = emptyLog;
    this.isRead = false;
  }

  /** Forgets what was read: it is not for this person any more. */
  forget(): void {
    this.log = emptyLog;
    this.stop();
  }

  stop(): void {
    this.#isStopped = true;
    this.#stopHole();
    this.#stopAgain();
    this.#stopQuoting();
  }

  /** Shows a log that has come about, and does what follows from it. */
  #put(next: RoomLog): void {
    if (this.#isStopped) return;
    this.log = next;
    this.head = Math.max(this.head, largestIn(next));
    if (next.ahead.size === 0) this.#stopHole();
    for (const { seq, because } of toReadAgain(next))
      if (!this.#readAgain.has(because)) void this.#restore(seq, because);
    this.#ways.came(next.entries);
    this.#ways.changed();
    void this.#quote();
  }

  /** Reads what entries answer further up: all of it in one request, and once. */
  async #quote(): Promise<void> {
    const seqs = toQuote(this.log).slice(0, limits.chat.page);
    if (this.#isQuoting || this.#isStopped || !this.isRead || seqs.length === 0) return;
    const beginning = this.#beginnings;
    this.#isQuoting = true;
    this.#stopQuoting();
    const page = await this.#read({ seqs: seqs.join() }).catch(() => undefined);
    this.#isQuoting = false;
    if (!page) this.#stopQuoting = this.#after(backoff(this.#quoteFailures++, 1000, 30_000), () => this.#quote());
    else if (beginning !== this.#beginnings) void this.#quote();
    else {
      this.#quoteFailures = 0;
      // A page may be cut where it is too long: what is behind is asked for next.
      const known = page.more ? page.entries.map(({ seq }) => seq) : seqs;
      this.#put(withQuoted(this.log, known, page.entries));
    }
  }

  async #restore(seq: number, because: number): Promise<void> {
    this.#readAgain.add(because);
    await this.readAgain(seq).catch(() => undefined);
  }

  async readAgain(seq: number): Promise<void> {
    const anew = await this.#one(seq);
    if (anew) this.#put(withAnew(this.log, anew));
  }

  async #one(seq: number): Promise<ChatEntry | undefined> {
    const { entries } = await this.#read({ seqs: String(seq) });
    return entries[0];
  }

  #read(query: { readonly after?: number; readonly before?: number; readonly seqs?: string }): Promise<EntriesPage> {
    const { params, client } = this.#ways;
    return client.chat.listEntries({ params, query: { limit: limits.chat.page, ...query } });
  }

  #after(milliseconds: number, task: () => unknown): () => void {
    return this.#ways.clock.at(this.#ways.clock.now() + milliseconds, task);
  }
}

export const isResume = (cause: unknown) => cause instanceof ProblemError && cause.code === 'RESUME_FIRST';
