/** Row 72: what was said, from any number on; joiners may read all. */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { is } from '../../../shared/data/conditions.ts';
import { entriesAfter } from '../../../shared/data/log.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { blockedBy } from '../../accounts/blocks/service.ts';
import { authorsOf } from '../../activity/written/authors.ts';
import { readAlong } from '../../activity/written/seen.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { inRoom, isWritable, settled } from './access.ts';
import type { EntryView } from './fields.ts';
import type { ChatEntryItem, ChatMarkItem, ChatRoomItem } from './items.ts';
import { forget, type Listener, listenersOf, listens, tellOfCrowd } from './listeners.ts';
import { fitting, seqOf } from './rules.ts';
import type { By, Done } from './sending.ts';
import { logOf, newest, type Room, single } from './store.ts';
import type { RoomCategory } from './values.ts';
import { entryOfPage } from './view.ts';

const { chat: limit } = limits;

interface Reading {
  readonly table: Table;
  readonly bucket: Bucket;
}

interface Wanted {
  readonly after?: number | undefined;
  readonly before?: number | undefined;
  /** Numbers of single entries, separated by commas. */
  readonly seqs?: string | undefined;
  readonly limit: number;
}
interface Found {
  readonly entries: readonly ChatEntryItem[];
  readonly more: boolean;
}
interface Cut {
  readonly entries: EntryView[];
  readonly more: boolean;
}
export interface EntriesView extends Cut, RoomNow {}

/** Entries as they are now: after one, single ones in one request, or the newest. */
function entriesOf(table: Table, room: Room, { after, before, seqs, limit: most }: Wanted): Promise<Found> {
  if (seqs !== undefined) return single(table, room, [...new Set(seqs.split(',').map(Number))]);
  return after === undefined ? newest(table, room, most, before) : entriesAfter(logOf(table, room), after, most);
}

/** As many of a page as a gateway takes, as somebody may see them. */
function cut(found: Found, views: readonly EntryView[]): Cut {
  const sizes = views.map((view) => Buffer.byteLength(JSON.stringify(view)));
  const n = fitting(sizes, limit.pageBytes);
  return { entries: views.slice(0, n), more: found.more || n < views.length };
}

/** @throws Problem NOT_FOUND, RESUME_FIRST */
export async function entriesFor(
  { table, bucket }: Reading,
  { accountId, now }: By,
  room: Room,
  wanted: Wanted,
  locale: Locale,
): Promise<EntriesView> {
  const [found, look, blocked, roster] = await Promise.all([
    inRoom(table, room, accountId, {
      ...readAlong(accountId, room.groupId),
      mark: ref('ChatMark', { groupId: room.groupId, accountId }),
    }),
    settled(entriesOf(table, room, wanted)),
    blockedBy(table, accountId),
    rosterOf(table, room.groupId),
  ]);
  const page = look();
  const authorOf = await authorsOf(table, roster, page.entries, locale);
  const viewer = { ...found, blocked };
  const views = await Promise.all(
    page.entries.map((entry) => entryOfPage(bucket, entry, authorOf(entry).nickname, viewer)),
  );
  return { ...cut(page, views), ...roomNow(room, found, now) };
}

/** What a page says of its room, beside the entries. */
interface RoomNow {
  readonly read: number;
  readonly writable: boolean;
  readonly category: RoomCategory | null;
  readonly closedAt: string | null;
}

interface AsFound {
  readonly group: GroupItem;
  readonly opened: ChatRoomItem | undefined;
  readonly mark?: ChatMarkItem | undefined;
}

const roomNow = ({ roomId }: Room, { group, opened, mark }: AsFound, now: number): RoomNow => ({
  read: mark?.[`seq ${roomId}`] ?? 0,
  writable: isWritable(group, opened, now),
  category: opened?.category ?? null,
  closedAt: opened?.closedAt ?? null,
});

export interface Joined extends EntriesView {
  readonly head: number;
  readonly listening: number;
  readonly accountIds: string[] | null;
}

/**
 * A socket listens to a room. It is written down before the log is read, and a sender asks who listens after its entry is there:
 * so an entry is in what is read, or it is sent, or both. The membership is looked at once more after that: whoever was removed
 * meanwhile is not found by what follows the removal.
 *
 * @throws Problem NOT_FOUND, RESUME_FIRST, TOO_MANY_REQUESTS
 */
export async function join(
  { table, bucket }: Reading,
  by: By & { readonly connectionId: string; readonly locale: Locale },
  room: Room,
  after: number | undefined,
): Promise<Done<Joined>> {
  const { groupId, roomId } = room;
  const { accountId, connectionId, now, locale } = by;
  const key = { accountId, connectionId };
  const { connection, ...found } = await inRoom(table, room, accountId, {
    ...readAlong(accountId, groupId),
    connection: ref('Connection', key),
    mark: ref('ChatMark', { groupId, accountId }),
  });
  const name = `room ${roomId}` as const;
  const joined = Object.keys(connection ?? {}).filter((each) => each.startsWith('room '));
  if (joined.length >= limit.roomsOfSocket && !joined.includes(name)) throw new Problem('TOO_MANY_REQUESTS');
  await Promise.all([
    table.commit(or('TRY_AGAIN', patch('Connection', key, { set: { [name]: groupId } }))),
    table.commit([listens(room, accountId, connectionId, now)]),
  ]);
  const [look, listeners, member, blocked, roster] = await Promise.all([
    settled(entriesOf(table, room, { after, limit: limit.page })),
    listenersOf(table, room, now),
    table.get('Membership', { groupId, accountId }),
    blockedBy(table, accountId),
    rosterOf(table, groupId),
  ]);
  if (member?.state !== 'ACTIVE') {
    await takenBack(table, room, key);
    throw new Problem('NOT_FOUND');
  }
  const page = await readOr(look, async () => {
    // What was refused is as if it had not been asked: a socket that listened before goes on.
    if (!joined.includes(name)) await takenBack(table, room, key);
  });
  const [authorOf, last] = await Promise.all([
    authorsOf(table, roster, page.entries, locale),
    after !== undefined && page.more ? newest(table, room, 1).then(({ entries }) => entries[0]) : undefined,
  ]);
  const ends = page.entries.map(({ messageId }) => seqOf(messageId));
  const viewer = { ...found, member, blocked };
  const views = await Promise.all(
    page.entries.map((entry) => entryOfPage(bucket, entry, authorOf(entry).nickname, viewer)),
  );
  const others = [...new Set(listeners.map((listener) => listener.accountId))].filter((each) => !blocked.has(each));
  const isAlone = listeners.filter((listener) => listener.accountId === accountId).length === 1;
  const isFirst = isAlone && !joined.includes(name);
  return {
    result: {
      head: last ? seqOf(last.messageId) : Math.max(after ?? 0, ...ends),
      ...cut(page, views),
      ...roomNow(room, found, now),
      listening: listeners.length,
      accountIds: listeners.length > limit.shown ? null : others,
    },
    async tell(deps) {
      if (isFirst) await tellOfCrowd(deps, room, listeners, { joined: accountId });
    },
  };
}

/** What a join wrote before it was refused. */
const takenBack = (table: Table, { groupId, roomId }: Room, key: Pick<Listener, 'accountId' | 'connectionId'>) =>
  Promise.all([
    table.commit(or(nothing, patch('Connection', key, { remove: [`room ${roomId}`] }))),
    forget(table, groupId, [{ roomId, connectionId: key.connectionId }]),
  ]);

/** What was read, or its refusal after something else. */
async function readOr<T>(look: () => T, refused: () => Promise<void>): Promise<T> {
  try {
    return look();
  } catch (error) {
    await refused();
    throw error;
  }
}

/** A socket stops listening. Idempotent, whatever became of the group. A room hears only of a socket that listened to it. */
export async function leave(
  table: Table,
  by: By & { readonly connectionId: string },
  room: Room,
): Promise<Done<undefined>> {
  const { groupId, roomId } = room;
  const { accountId, connectionId, now } = by;
  const name = `room ${roomId}` as const;
  const gone = patch('Connection', { accountId, connectionId }, { remove: [name] }, is(name, groupId));
  const [listened] = await Promise.all([
    table.commit(or((connection) => (connection ? nothing : new Problem('TRY_AGAIN')), gone)),
    forget(table, groupId, [{ roomId, connectionId }]),
  ]);
  return {
    result: undefined,
    tell: async (deps) => {
      if (listened) await tellOfLeft(deps, room, accountId, now);
    },
  };
}

/** The last socket of somebody left a room. Whoever asks has taken it out before. */
export async function tellOfLeft(
  deps: Parameters<typeof tellOfCrowd>[0],
  room: Room,
  accountId: string,
  now: number,
): Promise<void> {
  const listeners = await listenersOf(deps.table, room, now);
  if (listeners.some((listener) => listener.accountId === accountId)) return;
  await tellOfCrowd(deps, room, listeners, { left: accountId });
}
