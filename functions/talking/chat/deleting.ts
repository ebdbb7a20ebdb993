/** Row 73: what its author or the leader deletes is gone for good. The deletion is an entry, so every client learns of it. */
import { has } from '../../../shared/access/access.ts';
import { may } from '../../../shared/access/powers.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent, is } from '../../../shared/data/conditions.ts';
import { overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { check, patch } from '../../../shared/data/writes.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { personOf } from '../../accounts/accounts/people.ts';
import { inRoom, settled } from './access.ts';
import { freed } from './files.ts';
import type { ChatEntryItem } from './items.ts';
import { hearersOf } from './listeners.ts';
import { isOfRoom, seqOf } from './rules.ts';
import { type By, type Done, tellEntry } from './sending.ts';
import { appendAfter, entryAfter, newest, type Room } from './store.ts';

/** @throws Problem NOT_FOUND unless it is a message of the room that the caller may delete */
export async function deleteMessage(
  table: Table,
  by: By,
  room: Room & { readonly messageId: string },
): Promise<Done<undefined>> {
  const { groupId, roomId, messageId } = room;
  const { accountId, now } = by;
  return untilSettled(async (): Promise<Done<undefined>> => {
    const [found, look] = await Promise.all([
      inRoom(table, room, accountId, {
        message: ref('ChatEntry', { groupId, messageId }),
        account: ref('Account', { accountId }),
      }),
      settled(newest(table, room, 1)),
    ]);
    const { message, member } = found;
    const isOwn = message?.accountId === accountId;
    if (!isOfRoom(roomId, messageId)) throw new Problem('NOT_FOUND');
    if (message?.kind !== 'MESSAGE' || !(isOwn || may(member.role, 'removeMessages'))) throw new Problem('NOT_FOUND');
    if (message.deletedAt !== undefined) return { result: undefined, tell: async () => {} };
    const still = isOwn ? is('state', 'ACTIVE') : has('removeMessages');
    const { entry } = await appendAfter(table, room, look().entries[0], {
      isOwn: () => false,
      make: (seq, before) => ({
        entry: entryAfter(room, seq, before, {
          ...{ kind: 'DELETED', accountId, target: seqOf(messageId), at: iso(now) },
        }),
        along: [
          or('NOT_FOUND', check('Membership', { groupId, accountId }, still as never)),
          ...goneNow({ groupId, messageId }, now),
          ...freed(message),
        ],
      }),
    });
    const nickname = personOf(found.account)?.nickname ?? '';
    return {
      result: undefined,
      async tell(deps, signal) {
        const hearers = await hearersOf(deps.table, room, accountId, now);
        // The socket that asked gets the event too: its reply says nothing of the new number.
        const all = { accountId, now };
        await tellEntry(deps, { by: all, room, event: 'chat.deleted', entry, nickname }, hearers, signal);
      },
    };
  });
}

const goneNow = (key: Pick<ChatEntryItem, 'groupId' | 'messageId'>, now: number) =>
  or(
    overtaken,
    patch(
      'ChatEntry',
      key,
      { set: { deletedAt: iso(now) }, remove: ['text', 'files', 'undecoded'] },
      absent('deletedAt'),
    ),
  );
