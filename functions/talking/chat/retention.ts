/** Row 74: messages of a closed room, and of a group that is over, are deleted after thirty days. */
import { inParallel } from '../../../shared/core/parallel.ts';
import { daysAfter, iso } from '../../../shared/core/time.ts';
import { due } from '../../../shared/data/due.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { byItself } from '../../../shared/data/outbox.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { drop, remove } from '../../../shared/data/writes.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import { freed } from './files.ts';
import { emptiedAt, idsBetween, isClosedBy, seqOf } from './rules.ts';
import { appendAfter, entryAfter, newest, type Room } from './store.ts';

/** How many entries one look deletes at most: the next goes on, a minute later. */
const perLook = 2000;
const pageSize = 100;
const atOnce = 20;

/** Deletes entries of a room up to a number, oldest first; false if there are more than one look takes. */
async function dropEntries(table: Table, { groupId, roomId }: Room, last?: number): Promise<boolean> {
  for (let left = perLook; left > 0; left -= pageSize) {
    const options = { limit: pageSize, between: idsBetween(roomId, 1, last), consistent: true } as const;
    const { items, nextCursor } = await table.query('entriesOfGroup', { groupId }, options);
    await inParallel(atOnce, items, (entry) =>
      table.commit([or(nothing, remove('ChatEntry', { groupId, messageId: entry.messageId })), freed(entry)]),
    );
    if (nextCursor === null) return true;
  }
  return false;
}

/** The room itself goes last, by which the next look finds the rest. */
export async function purgeRoom({ subject, now }: DueRun, { table }: Kernel): Promise<DueResult> {
  const [groupId = '', roomId = ''] = subject.split(':');
  const room = await table.get('ChatRoom', { groupId, roomId });
  if (!room?.closedAt || daysAfter(room.closedAt, limits.chat.keptDays) > iso(now)) return 'done';
  if (!(await dropEntries(table, room))) return 'more';
  const parts = Array.from({ length: limits.chat.listenerParts }, (_, part) => `${roomId}.${part}`);
  await inParallel(atOnce, parts, (place) => table.commit([drop('ChatListeners', { groupId, place })]));
  await table.commit([drop('ChatHead', { groupId, roomId })]);
  await table.commit([drop('ChatRoom', { groupId, roomId })]);
  return 'done';
}

/**
 * A group is over, or its end has moved: its rooms are emptied when that is long ago. The run decides by the group as it is then,
 * so an entry for an end that has moved since does nothing.
 */
export async function emptyLater(
  { item, old, again, now }: Change<GroupItem, Partial<GroupItem>>,
  { table }: Kernel,
): Promise<void> {
  if (!item || item.deletedAt !== undefined) return;
  const at = emptiedAt(item, now);
  const isSame = !again && old?.status === item.status && old.endDate === item.endDate;
  if (at === undefined || isSame) return;
  await table.commit([due({ kind: 'emptyRooms', subject: item.groupId, at: iso(at) })]);
}

/**
 * Empties the rooms of a group that has been over for thirty days. An entry says so and takes the next number: numbers never
 * begin anew, also if the group is opened again.
 */
export async function emptyRooms({ subject: groupId, now }: DueRun, { table }: Kernel): Promise<DueResult> {
  const group = await table.get('Group', { groupId });
  const at = group && !group.deletedAt ? emptiedAt(group, now) : undefined;
  if (at === undefined || at > now) return 'done';
  const items = await everyItem((cursor) =>
    table.query('roomsOfGroup', { groupId }, { limit: 500, cursor, consistent: true }),
  );
  const rooms: Room[] = [{ groupId, roomId: groupId }, ...items];
  const done: boolean[] = [];
  for (const room of rooms) done.push(await emptied(table, room, now));
  return done.includes(false) ? 'more' : 'done';
}

async function emptied(table: Table, room: Room, now: number): Promise<boolean> {
  const { entries } = await newest(table, room, 1);
  const last = entries[0];
  // A closed room is deleted as a whole.
  if (!last || isClosedBy(last)) return true;
  let seq = seqOf(last.messageId);
  if (last.kind !== 'EMPTIED') {
    const { entry } = await appendAfter(table, room, last, {
      isOwn: ({ kind }) => kind === 'EMPTIED',
      make: (number, before) => ({
        entry: entryAfter(room, number, before, { kind: 'EMPTIED', accountId: byItself, at: iso(now) }),
      }),
    });
    seq = seqOf(entry.messageId);
  }
  return dropEntries(table, room, seq - 1);
}
