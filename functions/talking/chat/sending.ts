/** Rows 71, 75, 126: a message gets its number once, however often and by whichever way it is sent. */
import { stillMember } from '../../../shared/access/access.ts';
import { fromIso, hourMs, iso, ttl } from '../../../shared/core/time.ts';
import { absent, is } from '../../../shared/data/conditions.ts';
import { allAfter, appendTo } from '../../../shared/data/log.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { upsert } from '../../../shared/data/writes.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { personOf } from '../../accounts/accounts/people.ts';
import type { UploadDeps } from '../../activity/files/service.ts';
import { inRoom, isWritable, type Settled, settled } from './access.ts';
import type { EntryView } from './fields.ts';
import { claims, takeFiles } from './files.ts';
import type { ChatEntryItem, ChatPaceItem, FileOfMessage } from './items.ts';
import { type Hearer, hearersOf, post, type Telling } from './listeners.ts';
import { isClosedBy, messageIdOf, paced } from './rules.ts';
import { entryAfter, logOf, type Room } from './store.ts';
import { entryFor, filesOf } from './view.ts';

/** Who does something in a room, and the socket it came by; none over HTTP. */
export interface By {
  readonly accountId: string;
  readonly connectionId?: string;
  readonly now: number;
  /** Of refusals; Korean unless given. */
  readonly locale?: Locale;
}

/** What is done, and the events that others are still to be sent. */
export interface Done<T> {
  readonly result: T;
  tell(deps: Telling, signal?: AbortSignal): Promise<void>;
}

export interface NewMessage extends Room {
  readonly clientId: string;
  readonly after: number;
  readonly text?: string | undefined;
  /** The tickets of uploads. */
  readonly fileIds?: readonly string[] | undefined;
  readonly replyTo?: number | undefined;
  readonly silent?: boolean | undefined;
}

/**
 * For how long a message that is sent again is told again: its function may have died before it told. What was deleted or hidden
 * meanwhile is not.
 */
const toldAgainMs = 60_000;

/**
 * Sends a message, or finds it where it was sent before. Four requests: what decides, and the log beside it; the pace; the
 * entry. Two more, at the same time, tell who listens. Files are stored before the entry is created: one request more, and those
 * to the bucket.
 *
 * @param answer the answer that is kept for a repetition over HTTP
 * @throws Problem NOT_FOUND, ROOM_CLOSED, RESUME_FIRST, TOO_MANY_REQUESTS, UPLOAD_INVALID, TRY_AGAIN
 */
export async function send(
  deps: UploadDeps & { readonly table: Table },
  by: By & { readonly locale: Locale },
  message: NewMessage,
  answer?: (view: EntryView) => unknown,
): Promise<Done<EntryView>> {
  const { table, bucket } = deps;
  const { clientId, after, text, fileIds = [], replyTo, silent } = message;
  const { accountId, now } = by;
  const log = logOf(table, message);
  const isOwn = (entry: ChatEntryItem) => entry.clientId === clientId && entry.accountId === accountId;
  const { groupId, roomId } = message;
  const answered =
    replyTo === undefined ? {} : { answered: ref('ChatEntry', { groupId, messageId: messageIdOf(roomId, replyTo) }) };
  const [found, look] = await Promise.all([
    inRoom(table, message, accountId, {
      ...{ pace: ref('ChatPace', { accountId }), account: ref('Account', { accountId }) },
      ...answered,
    }),
    settled(allAfter(log, after)),
  ]);
  const nickname = personOf(found.account)?.nickname ?? '';
  const isOpen = isWritable(found.group, found.opened, now);
  // A message that was taken before the closing is found still; nothing else of the log matters then.
  const seen = isOpen ? look() : readable(look);
  const before = seen?.entries.find(isOwn);
  if (before) {
    const shown = await filesOf(bucket, before.files);
    const view = entryFor(before, nickname, own, shown);
    // Nothing to write, but a repetition with the same Idempotency-Key gets the first answer.
    if (answer) await table.commit([stillMember(message.groupId, accountId)], answer(view));
    const isGone = before.deletedAt !== undefined || before.hiddenAt !== undefined;
    const isFresh = now - fromIso(before.at) < toldAgainMs;
    const isTold = isFresh && !isGone && (await hasRoom(table, accountId, found.pace, now));
    return { result: view, tell: isTold ? telling(by, message, before, nickname, shown) : tellNothing };
  }
  if (!seen || !isOpen) throw new Problem('ROOM_CLOSED');
  // A message that was deleted meanwhile may be answered still: it shows that it is gone.
  if (found.answered && found.answered.kind !== 'MESSAGE') {
    const reason = catalogOf(by.locale ?? 'ko').fields.answersNothing;
    throw new Problem('INVALID_REQUEST', { errors: [{ pointer: '/replyTo', reason }] });
  }
  await keepPace(table, accountId, found.pace, now);
  const files = await takeFiles(deps, fileIds, { ...by, groupId: message.groupId });
  const shown = await filesOf(bucket, files);
  const viewOf = (entry: ChatEntryItem) => entryFor(entry, nickname, own, shown);
  const { entry } = await appendTo(
    table,
    log,
    {
      after,
      isOwn,
      make(seq, last) {
        if (isClosedBy(last)) throw new Problem('ROOM_CLOSED');
        if (replyTo !== undefined && replyTo >= seq) throw new Problem('RESUME_FIRST');
        const entry = entryAfter(message, seq, last, {
          ...{ kind: 'MESSAGE', accountId, clientId, at: iso(now) },
          ...saidWith(text, files, replyTo),
          ...(silent ? { silent } : {}),
        });
        return { entry, along: claims(entry) };
      },
      ...(answer ? { answer: (entry) => answer(viewOf(entry)) } : {}),
    },
    seen,
  );
  // Of two tries at once, the entry has the files of the quicker.
  const its = entry.files === files ? shown : await filesOf(bucket, entry.files);
  return { result: entryFor(entry, nickname, own, its), tell: telling(by, message, entry, nickname, its) };
}

const saidWith = (text: string | undefined, files: readonly FileOfMessage[], replyTo: number | undefined) => ({
  ...(text === undefined ? {} : { text }),
  ...(files.length === 0 ? {} : { files }),
  ...(files.some((file) => file.undecoded) ? { undecoded: true as const } : {}),
  ...(replyTo === undefined ? {} : { replyTo }),
});

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
  (by: By, room: Room, entry: ChatEntryItem, nickname: string, files: EntryView['files']): Done<unknown>['tell'] =>
  async (deps, signal) => {
    const hearers = await hearersOf(deps.table, room, by.accountId, by.now);
    await tellEntry(deps, { by, room, event: 'chat.message', entry, nickname, files }, hearers, signal);
  };

interface EntryEvent {
  readonly by: By;
  readonly room: Room;
  readonly event: string;
  readonly entry: ChatEntryItem;
  readonly nickname: string;
  /** None but of a message. */
  readonly files?: EntryView['files'];
}

/** Sends an entry to those who listen, to each as they may see it. */
export async function tellEntry(
  deps: Telling,
  { by, room: { groupId }, event, entry, nickname, files = [] }: EntryEvent,
  hearers: readonly Hearer[],
  signal?: AbortSignal,
): Promise<void> {
  const eventOf = (sight: typeof own) => ({ event, data: { groupId, entry: entryFor(entry, nickname, sight, files) } });
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
