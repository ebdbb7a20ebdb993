/** Who may do what in a room, with all that a use case reads beside. */
import { memberOf } from '../../../shared/access/access.ts';
import { type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import type { ChatRoomItem } from './items.ts';
import { isOpenAt } from './rules.ts';
import type { Room } from './store.ts';

type More = Readonly<Record<string, Reference<unknown>>>;

/**
 * As `memberOf`, for a room of the group. The main room has no item: it is there as long as the group.
 *
 * @throws Problem NOT_FOUND, also for a room of another group; MEMBERSHIP_PENDING
 */
export async function inRoom<M extends More>(table: Table, { groupId, roomId }: Room, accountId: string, more: M) {
  const isMain = roomId === groupId;
  const room = isMain ? {} : { room: ref('ChatRoom', { groupId, roomId }) };
  const found = await memberOf(table, groupId, accountId, { ...more, ...room });
  const { room: opened } = found as { readonly room?: ChatRoomItem };
  if (!isMain && !opened) throw new Problem('NOT_FOUND');
  return { ...found, opened };
}

/** Whether members may write in a room now. */
export const isWritable = (group: GroupItem, room: ChatRoomItem | undefined, now: number) =>
  room?.closedAt === undefined && isOpenAt(group, now);

/** What a read that runs beside the look at the membership came to: who may not ask learns nothing of it. */
export type Settled<T> = () => T;

/** @example const [found, page] = await Promise.all([inRoom(...), settled(read())]); page() */
export const settled = <T>(reading: Promise<T>): Promise<Settled<T>> =>
  reading.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error;
    },
  );
