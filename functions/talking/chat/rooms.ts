/** Rows 70, 78: the rooms of a group. Its main room is there as long as the group; a study opens three more. */
import { memberOf, memberWho, stillMay, stillMember } from '../../../shared/access/access.ts';
import { newId } from '../../../shared/core/ids.ts';
import { daysAfter, iso } from '../../../shared/core/time.ts';
import { absent, allOf, anyOf, below, is } from '../../../shared/data/conditions.ts';
import { due } from '../../../shared/data/due.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { create, patch, upsert } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { personOf } from '../../accounts/accounts/people.ts';
import { blockedBy } from '../../accounts/blocks/service.ts';
import { readAlong, shown, type Viewer } from '../../activity/written/seen.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import { isWritable, settled } from './access.ts';
import type { ChatHeadItem, ChatMarkItem, ChatRoomItem } from './items.ts';
import { forget, hearersOf } from './listeners.ts';
import { messageIdOf, unreadOf } from './rules.ts';
import { type By, type Done, tellEntry } from './sending.ts';
import { appendAfter, entryAfter, newest, type Room } from './store.ts';
import type { RoomCategory } from './values.ts';

interface Numbers {
  readonly head?: ChatHeadItem | undefined;
  readonly mark?: ChatMarkItem | undefined;
  readonly viewer: Viewer;
}

/** The last message of a room, as somebody may see it. Who decides on reports looks at what is hidden in the room itself. */
function lastOf(roomId: string, head: ChatHeadItem | undefined, viewer: Viewer) {
  if (head?.line === undefined || head.lineAt === undefined) return null;
  const { groupId, line, lineOf: accountId = '', lineAt: at, lineIs, lineText = null, lineFiles = 0 } = head;
  const message = { groupId, messageId: messageIdOf(roomId, line), accountId };
  const isSeen = shown('message', [message], viewer).length > 0;
  const isBlocked = viewer.blocked?.has(accountId) ?? false;
  const state = lineIs ?? (isBlocked ? 'BLOCKED' : isSeen ? 'SHOWN' : 'HIDDEN');
  const isShown = state === 'SHOWN';
  return { seq: line, state, text: isShown ? lineText : null, files: isShown ? lineFiles : 0, at } as const;
}

function roomView(group: GroupItem, room: ChatRoomItem | undefined, numbers: Numbers, now: number) {
  const { head, mark, viewer } = numbers;
  const id = room?.roomId ?? group.groupId;
  return {
    ...{ id, category: room?.category ?? null, openedAt: room?.openedAt ?? null, closedAt: room?.closedAt ?? null },
    writable: isWritable(group, room, now),
    ...{ head: head?.seq ?? 0, count: head?.nth ?? 0, lastAt: head?.at ?? null },
    last: lastOf(id, head, viewer),
    mine: { seq: mark?.[`seq ${id}`] ?? 0, unread: unreadOf(head, mark?.[`nth ${id}`]) },
  };
}
export type RoomView = ReturnType<typeof roomView>;

/** Four requests at the same time. */
export async function roomsFor(table: Table, { accountId, now }: By, groupId: string): Promise<RoomView[]> {
  const [{ group, mark, ...found }, blocked, rooms, heads] = await Promise.all([
    memberOf(table, groupId, accountId, {
      ...readAlong(accountId, groupId),
      mark: ref('ChatMark', { groupId, accountId }),
    }),
    blockedBy(table, accountId),
    everyItem((cursor) => table.query('roomsOfGroup', { groupId }, { limit: 500, cursor })),
    everyItem((cursor) => table.query('headsOfGroup', { groupId }, { limit: 500, cursor })),
  ]);
  return [undefined, ...rooms].map((room) => {
    const head = heads.find(({ roomId }) => roomId === (room?.roomId ?? groupId));
    return roomView(group, room, { head, mark, viewer: { ...found, blocked } }, now);
  });
}

/**
 * Opens a room of a study. Which rooms are open is one item: of two who open the same, one creates it, and the other gets that
 * one.
 *
 * @throws Problem NOT_FOUND, NOT_APPLICABLE, ROOM_LIMIT
 */
export async function openRoom(
  table: Table,
  { accountId, now }: By,
  groupId: string,
  category: RoomCategory,
  answer: (view: RoomView) => unknown,
): Promise<RoomView> {
  const { group, open, ...found } = await memberOf(table, groupId, accountId, {
    ...readAlong(accountId, groupId),
    open: ref('ChatRooms', { groupId }),
  });
  if (group.kind !== 'STUDY') throw new Problem('NOT_APPLICABLE');
  const name = `open ${category}` as const;
  const there = open?.[name];
  if (there) {
    const [{ room, ...numbers }, blocked] = await Promise.all([
      table.getAll({
        room: ref('ChatRoom', { groupId, roomId: there }),
        head: ref('ChatHead', { groupId, roomId: there }),
        mark: ref('ChatMark', { groupId, accountId }),
      }),
      blockedBy(table, accountId),
    ]);
    const view = roomView(group, room, { ...numbers, viewer: { ...found, blocked } }, now);
    // Nothing to write, but a repetition with the same key gets this answer.
    await table.commit([stillMember(groupId, accountId)], answer(view));
    return view;
  }
  if ((open?.open ?? 0) >= limits.chat.openRooms) throw new Problem('ROOM_LIMIT');
  const roomId = newId(now);
  const room: ChatRoomItem = { groupId, roomId, category, openedBy: accountId, openedAt: iso(now) };
  const hasPlace = allOf<string>(absent(name), anyOf<string>(absent('open'), below('open', limits.chat.openRooms)));
  const view = roomView(group, room, { viewer: found }, now);
  await table.commit(
    [
      stillMember(groupId, accountId),
      or(overtaken, upsert('ChatRooms', { groupId }, { add: { open: 1 }, set: { [name]: roomId } }, hasPlace as never)),
      or(overtaken, create('ChatRoom', room)),
    ],
    answer(view),
  );
  return view;
}

/**
 * Closes a room: an entry says so that no message follows, and whoever sends at the same moment comes before it or is refused.
 *
 * @throws Problem NOT_FOUND, NOT_APPLICABLE for the main room
 */
export async function closeRoom(table: Table, by: By, room: Room, answer: () => unknown): Promise<Done<undefined>> {
  const { groupId, roomId } = room;
  const { accountId, now } = by;
  const [{ opened, account }, look] = await Promise.all([
    memberWho(table, 'closeRooms', groupId, accountId, {
      opened: ref('ChatRoom', { groupId, roomId }),
      account: ref('Account', { accountId }),
    }),
    settled(newest(table, room, 1)),
  ]);
  if (roomId === groupId) throw new Problem('NOT_APPLICABLE');
  if (!opened) throw new Problem('NOT_FOUND');
  if (opened.closedAt !== undefined) {
    await table.commit([stillMay('closeRooms', groupId, accountId)], answer());
    return { result: undefined, tell: async () => {} };
  }
  const name = `open ${opened.category}` as const;
  const { entry } = await appendAfter(table, room, look().entries[0], {
    isOwn: () => false,
    make: (seq, before) => ({
      entry: entryAfter(room, seq, before, { kind: 'CLOSED', accountId, at: iso(now) }),
      along: [
        stillMay('closeRooms', groupId, accountId),
        or(overtaken, patch('ChatRoom', { groupId, roomId }, { set: { closedAt: iso(now) } }, absent('closedAt'))),
        or(
          overtaken,
          patch('ChatRooms', { groupId }, { add: { open: -1 }, remove: [name] }, is(name, roomId) as never),
        ),
        due({ kind: 'purgeRoom', subject: `${groupId}:${roomId}`, at: daysAfter(iso(now), limits.chat.keptDays) }),
      ],
    }),
    answer,
  });
  const nickname = personOf(account)?.nickname ?? '';
  return {
    result: undefined,
    async tell(deps, signal) {
      const hearers = await hearersOf(deps.table, room, accountId, now);
      await tellEntry(deps, { by, room, event: 'room.closed', entry, nickname }, hearers, signal);
      await forget(deps.table, groupId, hearers);
    },
  };
}
