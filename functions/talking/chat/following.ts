/** What follows from changes of entries, sockets and memberships. */

import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, anyOf, below, is } from '../../../shared/data/conditions.ts';
import { nothing, overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { byItself } from '../../../shared/data/outbox.ts';
import { or } from '../../../shared/data/table.ts';
import { patch, upsert } from '../../../shared/data/writes.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import type { ConnectionItem } from '../connections/items.ts';
import { tellOfLeft } from './history.ts';
import type { ChatEntryItem } from './items.ts';
import { forget, listenersOf, listenersOfGroup, type Telling } from './listeners.ts';
import { seqOf } from './rules.ts';
import { tellEntry } from './sending.ts';
import { appendAfter, entryAfter, newest } from './store.ts';

/** The last numbers of a room only move forward, so repeated and late deliveries change nothing. */
export async function followEntries({ item }: Change<ChatEntryItem>, { table }: Kernel): Promise<void> {
  if (!item) return;
  const { groupId, roomId, messageId, nth, at } = item;
  const seq = seqOf(messageId);
  const forward = anyOf(absent('seq'), below('seq', seq));
  await table.commit(or(nothing, upsert('ChatHead', { groupId, roomId }, { set: { seq, nth, at } }, forward)));
}

/**
 * Row 83: a message was hidden, or is shown again. The entry that says so and its mark on the message are one transaction, so a
 * repeated delivery finds it done.
 */
export async function tellHidden(
  { item, old, again, now }: Change<ChatEntryItem, Partial<ChatEntryItem>>,
  deps: Kernel & Telling,
): Promise<void> {
  if (item?.kind !== 'MESSAGE' || (!again && item.hiddenAt === old?.hiddenAt)) return;
  const { table } = deps;
  const { groupId, roomId, messageId } = item;
  const entry = await untilSettled(async () => {
    const message = await table.get('ChatEntry', { groupId, messageId });
    if (!message || message.hiddenAt === message.toldHidden) return undefined;
    const { hiddenAt, toldHidden } = message;
    const asRead = (name: 'hiddenAt' | 'toldHidden', value: string | undefined) =>
      value === undefined ? absent(name) : is(name, value);
    const told = hiddenAt === undefined ? { remove: ['toldHidden' as const] } : { set: { toldHidden: hiddenAt } };
    const unchanged = allOf(asRead('hiddenAt', hiddenAt), asRead('toldHidden', toldHidden));
    const { entries } = await newest(table, item, 1);
    const kind = hiddenAt === undefined ? 'RESTORED' : 'HIDDEN';
    const appended = await appendAfter(table, item, entries[0], {
      isOwn: () => false,
      make: (seq, before) => ({
        entry: entryAfter(item, seq, before, { kind, accountId: byItself, target: seqOf(messageId), at: iso(now) }),
        along: or(overtaken, patch('ChatEntry', { groupId, messageId }, told, unchanged)),
      }),
    });
    return appended.entry;
  });
  if (!entry) return;
  const listeners = await listenersOf(table, { groupId, roomId }, now);
  const hearers = listeners.map((listener) => ({ ...listener, hasBlocked: false }));
  const event = entry.kind === 'HIDDEN' ? 'chat.deleted' : 'chat.restored';
  const by = { accountId: byItself, now };
  await tellEntry(deps, { by, room: item, event, entry, nickname: '' }, hearers);
}

const prefix = 'room ';

/** A socket was closed. What it listened to is known only here: a change that comes again leaves it to the next post. */
export async function dropListener(
  { old, now }: Change<ConnectionItem, Partial<ConnectionItem>>,
  deps: Kernel & Telling,
): Promise<void> {
  const { accountId, connectionId } = old ?? {};
  if (!accountId || !connectionId) return;
  for (const [name, groupId] of Object.entries(old ?? {})) {
    if (!name.startsWith(prefix)) continue;
    const room = { groupId: String(groupId), roomId: name.slice(prefix.length) };
    await forget(deps.table, room.groupId, [{ roomId: room.roomId, connectionId }]);
    await tellOfLeft(deps, room, accountId, now);
  }
}

/** Row 71: whoever has left a group, or was removed from it, hears nothing more. */
export async function dropMember(
  { item, old, again, now }: Change<MembershipItem, Partial<MembershipItem>>,
  deps: Kernel & Telling,
): Promise<void> {
  if (!item || item.state === 'ACTIVE' || (!again && old?.state !== 'ACTIVE')) return;
  const { groupId, accountId } = item;
  const member = await deps.table.get('Membership', { groupId, accountId });
  if (member?.state === 'ACTIVE') return;
  const listeners = await listenersOfGroup(deps.table, groupId, now);
  const gone = listeners.filter((listener) => listener.accountId === accountId);
  if (gone.length === 0) return;
  await forget(deps.table, groupId, gone);
  for (const roomId of new Set(gone.map((listener) => listener.roomId)))
    await tellOfLeft(deps, { groupId, roomId }, accountId, now);
}
