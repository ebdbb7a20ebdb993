/** Rows 71, 75, 126: a message gets its number once, however often and by whichever way it is sent. */
import { stillMember } from '../../../shared/access/access.ts';
import { fromIso, hourMs, iso, ttl } from '../../../shared/core/time.ts';
import { absent, is } from '../../../shared/data/conditions.ts';
import { allAfter, appendTo } from '../../../shared/data/log.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { upsert } from '../../../shared/data/writes.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { personOf } from '../../accounts/accounts/people.ts';
import { inRoom, isWritable, type Settled, settled } from './access.ts';
import type { EntryView } from './contract.ts';
import type { ChatEntryItem, ChatPaceItem } from './items.ts';
import { type Hearer, hearersOf, post, type Telling } from './listeners.ts';
import { paced } from './rules.ts';
import { entryAfter, logOf, type Room } from './store.ts';
import { entryFor } from './view.ts';

/** Who does something in a room, and the socket it came by; none over HTTP. */
export interface By {
  readonly accountId: string;
  readonly connectionId?: string;
  readonly now: number;
}

/** What is done, and the events that others are still to be sent. */
export interface Done<T> {
  readonly result: T;
  tell(deps: Telling, signal?: AbortSignal): Promise<void>;
}

export interface NewMessage extends Room {
  readonly clientId: string;
  readonly after: number;
  readonly text: string;
  readonly replyTo?: number | undefined;
}

/** For how long a message that is sent again is told again: its function may have died before it told. */
const toldAgainMs = 60_000;

/**
 * Sends a message, or finds it where it was sent before. Four requests: what decides, and the log beside it; the pace; the
 * entry. Two more, at the same time, tell who listens.
 *
 * @param answer the answer that is kept for a repetition over HTTP
 * @throws Problem NOT_FOUND, ROOM_CLOSED, RESUME_FIRST, TOO_MANY_REQUESTS, TRY_AGAIN
 */
export async function send(
  table: Table,
  by: By,
  message: NewMessage,
  answer?: (view: EntryView) => unknown,
): Promise<Done<EntryView>> {
  const { clientId, after, text, replyTo } = message;
  const { accountId, now } = by;
  const log = logOf(table, message);
  const isOwn = (entry: ChatEntryItem) => entry.clientId === clientId && entry.accountId === accountId;
  const [found, look] = await Promise.all([
    inRoom(table, message, accountId, { pace: ref('ChatPace', { accountId }), account: ref('Account', { accountId }) }),
    settled(allAfter(log, after)),
  ]);
  const nickname = personOf(found.account)?.nickname ?? '';
  const viewOf = (entry: ChatEntryItem) => entryFor(entry, nickname, own);
  const isOpen = isWritable(found.group, found.opened, now);
  // A message that was taken before the closing is found still; nothing else of the log matters then.
  const seen = isOpen ? look() : readable(look);
  const before = seen?.entries.find(isOwn);
  if (before) {
    // Nothing to write, but a repetition with the same Idempotency-Key gets the first answer.
    if (answer) await table.commit([stillMember(message.groupId, accountId)], answer(viewOf(before)));
    const isFresh = now - fromIso(before.at) < toldAgainMs && before.deletedAt === undefined;
    const isTold = isFresh && (await hasRoom(table, accountId, found.pace, now));
    return { result: viewOf(before), tell: isTold ? telling(by, message, before, nickname) : tellNothing };
  }
  if (!seen || !isOpen) throw new Problem('ROOM_CLOSED');
  await keepPace(table, accountId, found.pace, now);
  const { entry } = await appendTo(
    table,
    log,
    {
      after,
      isOwn,
      make(seq, last) {
        if (last?.kind === 'CLOSED') throw new Problem('ROOM_CLOSED');
        if (replyTo !== undefined && replyTo >= seq) throw new Problem('RESUME_FIRST');
        const said = { kind: 'MESSAGE', accountId, clientId, at: iso(now), text } as const;
        return { entry: entryAfter(message, seq, last, { ...said, ...(replyTo === undefined ? {} : { replyTo }) }) };
      },
      ...(answer ? { answer: (entry) => answer(viewOf(entry)) } : {}),
    },
    seen,
  );
  return { result: viewOf(entry), tell: telling(by, message, entry, nickname) };
}

function readable<T>(look: Settled<T>): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Problem && error.code === 'RESUME_FIRST') return undefined;
    throw error;
  }
}

const own = { isSeen: true, isBlocked: false, isOwn: true };
const tellNothing = async () => {};

/** Sends a message to all who listen but the socket that it came by. Those who have blocked its author get the number alone. */
const telling =
  (by: By, room: Room, entry: ChatEntryItem, nickname: string): Done<unknown>['tell'] =>
  async (deps, signal) => {
    const hearers = await hearersOf(deps.table, room, by.accountId, by.now);
    await tellEntry(deps, { by, room, event: 'chat.message', entry, nickname }, hearers, signal);
  };

interface EntryEvent {
  readonly by: By;
  readonly room: Room;
  readonly event: string;
  readonly entry: ChatEntryItem;
  readonly nickname: string;
}

/** Sends an entry to those who listen, to each as they may see it. */
export async function tellEntry(
  deps: Telling,
  { by, room: { groupId }, event, entry, nickname }: EntryEvent,
  hearers: readonly Hearer[],
  signal?: AbortSignal,
): Promise<void> {
  const eventOf = (sight: typeof own) => ({ event, data: { groupId, entry: entryFor(entry, nickname, sight) } });
  const events = {
    own: eventOf(own),
    other: eventOf({ ...own, isOwn: false }),
    blocked: eventOf({ isSeen: false, isBlocked: true, isOwn: false }),
  };
  const eventFor = ({ connectionId, accountId, hasBlocked }: Hearer) => {
    if (connectionId === by.connectionId) return undefined;
    if (hasBlocked) return events.blocked;
    return accountId === entry.accountId ? events.own : events.other;
  };
  await post(deps, groupId, hearers, eventFor, signal);
}

const rounds = 5;

/**
 * Row 75. The pace of an account is one item that changes under the condition that it is as it was read. So a hundred messages
 * at once, over any sockets, are three.
 *
 * @throws Problem TOO_MANY_REQUESTS, with the seconds until the muting ends
 */
async function keepPace(table: Table, accountId: string, read: ChatPaceItem | undefined, now: number): Promise<void> {
  let pace = read;
  for (let n = 1; n <= rounds; n++) {
    const { after, mutedUntil, isNew } = paced(pace, now);
    if (mutedUntil !== undefined && !isNew) throw muted(mutedUntil, now);
    const set = { ...after, n: (pace?.n ?? 0) + 1, expiresAt: ttl(now + hourMs) };
    const unchanged = pace ? is('n', pace.n) : absent('n');
    const write = or(
      (item) => {
        pace = item;
        return nothing;
      },
      upsert('ChatPace', { accountId }, { set }, unchanged),
    );
    if (!(await table.commit(write))) continue;
    if (mutedUntil !== undefined) throw muted(mutedUntil, now);
    return;
  }
  throw new Problem('TRY_AGAIN', { retryAfter: 1 });
}

/** Whether somebody may cause events once more. It counts as a message, so that a repetition is no way around the pace, but never mutes. */
async function hasRoom(table: Table, accountId: string, pace: ChatPaceItem | undefined, now: number): Promise<boolean> {
  if (paced(pace, now).mutedUntil !== undefined) return false;
  return keepPace(table, accountId, pace, now).then(
    () => true,
    () => false,
  );
}

const muted = (until: number, now: number) =>
  new Problem('TOO_MANY_REQUESTS', { retryAfter: Math.max(1, Math.ceil((until - now) / 1000)) });
