import { appendTo, type Log, type NewEntry } from '../../../shared/data/log.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import { create } from '../../../shared/data/writes.ts';
import type { ChatEntryItem } from './items.ts';
import { idsBetween, isClosedBy, messageIdOf, nthAfter, seqOf } from './rules.ts';

/** A room of a group: the main room has the group's id. */
export interface Room {
  readonly groupId: string;
  readonly roomId: string;
}

/** The log of a room. */
export const logOf = (table: Table, { groupId, roomId }: Room): Log<ChatEntryItem> => ({
  numberOf: ({ messageId }) => seqOf(messageId),
  async from(number, limit) {
    const options = { limit, between: idsBetween(roomId, number), consistent: true } as const;
    const { items, nextCursor } = await table.query('entriesOfGroup', { groupId }, options);
    return { entries: items, more: nextCursor !== null };
  },
  creation: (entry) => create('ChatEntry', entry),
});

/** An entry in the place after another. */
export const entryAfter = (
  { groupId, roomId }: Room,
  seq: number,
  before: ChatEntryItem | undefined,
  rest: Pick<ChatEntryItem, 'kind' | 'accountId' | 'at'> & Partial<ChatEntryItem>,
): ChatEntryItem => ({
  ...{ groupId, roomId, messageId: messageIdOf(roomId, seq), nth: nthAfter(before, rest.kind === 'MESSAGE') },
  ...(isClosedBy(before) ? { isAfterClosing: true } : {}),
  ...rest,
});

/**
 * Appends an entry after the last one, which was read a moment ago. For what is decided by the items that it changes along, and
 * not by a client's id.
 */
export const appendAfter = (
  table: Table,
  room: Room,
  last: ChatEntryItem | undefined,
  wanted: Omit<NewEntry<ChatEntryItem>, 'after'>,
) => {
  const after = last ? seqOf(last.messageId) : 0;
  return appendTo(table, logOf(table, room), { ...wanted, after }, { known: last, entries: [] });
};

/** The newest entries of a room before a number, newest first, strongly consistent. */
export async function newest(
  table: Table,
  { groupId, roomId }: Room,
  limit: number,
  before?: number,
): Promise<{ readonly entries: ChatEntryItem[]; readonly more: boolean }> {
  const between = idsBetween(roomId, 1, before === undefined ? undefined : before - 1);
  const options = { limit, between, newestFirst: true, consistent: true } as const;
  const { items, nextCursor } = await table.query('entriesOfGroup', { groupId }, options);
  return { entries: items, more: nextCursor !== null };
}

/** The entries of some numbers that exist, strongly consistent: one request. */
export async function single(
  table: Table,
  { groupId, roomId }: Room,
  seqs: readonly number[],
): Promise<{ readonly entries: ChatEntryItem[]; readonly more: false }> {
  const found = await table.getAll(
    Object.fromEntries(seqs.map((seq) => [seq, ref('ChatEntry', { groupId, messageId: messageIdOf(roomId, seq) })])),
  );
  return { entries: Object.values(found).filter((entry) => entry !== undefined), more: false };
}
