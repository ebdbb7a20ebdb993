/** How far people have read: marks that only move forward, and numbers that are compared with them. No write per recipient. */
import { absent, anyOf, below } from '../../../shared/data/conditions.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { upsert } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { inRoom } from './access.ts';
import { hearersOf, post, roomIds } from './listeners.ts';
import { messageIdOf, unreadOf } from './rules.ts';
import type { By, Done } from './sending.ts';
import type { Room } from './store.ts';

/**
 * Moves somebody's mark forward. Two requests; two more, at the same time, tell who listens.
 *
 * @throws Problem NOT_FOUND; RESUME_FIRST if no entry has that number
 */
export async function markRead(table: Table, by: By, room: Room & { readonly seq: number }): Promise<Done<undefined>> {
  const { groupId, roomId, seq } = room;
  const { accountId, now } = by;
  const { entry } = await inRoom(table, room, accountId, {
    entry: ref('ChatEntry', { groupId, messageId: messageIdOf(roomId, seq) }),
  });
  if (!entry) throw new Problem('RESUME_FIRST');
  const [seqName, nthName] = [`seq ${roomId}`, `nth ${roomId}`] as const;
  const forward = anyOf(absent(seqName), below(seqName, seq));
  const set = { [seqName]: seq, [nthName]: entry.nth };
  const moved = await table.commit(or(nothing, upsert('ChatMark', { groupId, accountId }, { set }, forward)));
  return {
    result: undefined,
    async tell(deps, signal) {
      if (!moved) return;
      const hearers = await hearersOf(deps.table, room, accountId, now);
      if (hearers.length > limits.chat.shown) return;
      const event = { event: 'chat.read', data: { ...roomIds(room), accountId, seq } };
      const isTold = ({ connectionId, hasBlocked }: (typeof hearers)[number]) =>
        connectionId !== by.connectionId && !hasBlocked;
      await post(deps, groupId, hearers, (hearer) => (isTold(hearer) ? event : undefined), signal);
    },
  };
}

/** How far each present member has read; 0 for those without a mark. Three requests at the same time. */
export async function readMarks(table: Table, { accountId }: Pick<By, 'accountId'>, room: Room) {
  const { groupId, roomId } = room;
  const [, roster, { items }] = await Promise.all([
    inRoom(table, room, accountId, {}),
    rosterOf(table, groupId),
    table.query('marksOfGroup', { groupId }, { limit: limits.membersAtOnce }),
  ]);
  const read = new Map(items.map((mark) => [mark.accountId, mark[`seq ${roomId}`]]));
  const marks = [...roster.keys()].map((each) => ({ accountId: each, seq: read.get(each) ?? 0 }));
  return { members: roster.size, items: marks };
}

/** The last numbers of rooms, for whoever is a member: one request, however many rooms. */
export async function headsFor(table: Table, { accountId }: Pick<By, 'accountId'>, rooms: readonly Room[]) {
  const found = await table.getAll(
    Object.fromEntries(
      rooms.flatMap(({ groupId, roomId }) => [
        [`member ${groupId}`, ref('Membership', { groupId, accountId })],
        [`head ${groupId} ${roomId}`, ref('ChatHead', { groupId, roomId })],
        [`mark ${groupId}`, ref('ChatMark', { groupId, accountId })],
      ]),
    ),
  );
  const items = found as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  return rooms.flatMap(({ groupId, roomId }) => {
    if (items[`member ${groupId}`]?.state !== 'ACTIVE') return [];
    const head = items[`head ${groupId} ${roomId}`] as { seq: number; nth: number } | undefined;
    const read = items[`mark ${groupId}`]?.[`nth ${roomId}`] as number | undefined;
    return [{ roomId, head: head?.seq ?? 0, unread: unreadOf(head, read) }];
  });
}
