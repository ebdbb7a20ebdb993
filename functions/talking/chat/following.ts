/** What follows from changes of entries, sockets and memberships. */

import { inParallel } from '../../../shared/core/parallel.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, anyOf, below, is } from '../../../shared/data/conditions.ts';
import { due } from '../../../shared/data/due.ts';
import { nothing, overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { byItself } from '../../../shared/data/outbox.ts';
import { or, type Part, type Table } from '../../../shared/data/table.ts';
import { type ConditionOn, patch, upsert } from '../../../shared/data/writes.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import type { ConnectionItem } from '../connections/items.ts';
import { tellOfLeft } from './history.ts';
import type { ChatEntryItem, ChatHeadItem } from './items.ts';
import { forget, listenersOf, listenersOfGroup, type Telling } from './listeners.ts';
import { messageIdOf, seqOf } from './rules.ts';
import { tellEntry } from './sending.ts';
import { appendAfter, entryAfter, newest } from './store.ts';

/**
 * The numbers of a room only move forward, and so does its last line: by the number of the message, then by that of the entry
 * that says what became of it. So entries may come twice, late and in any order. The first message that wakes devices has them
 * told ten minutes later; those that come until then find it arranged and write nothing for it (ADR 32).
 */
export async function followEntries({ item, now }: Change<ChatEntryItem>, { table }: Kernel): Promise<void> {
  if (!item) return;
  const { groupId, roomId, messageId, nth, at, kind, silent } = item;
  const key = { groupId, roomId };
  const seq = seqOf(messageId);
  const forward = anyOf(absent('seq'), below('seq', seq));
  const numbers = { seq, nth, at };
  const line = await lineOf(item, table);
  // A message is behind all that is known: its line is, too.
  const both = kind === 'MESSAGE' && line ? { ...line, set: { ...numbers, ...line.set } } : { set: numbers };
  const moved = await table.change(upsert('ChatHead', key, both, forward));
  if (line && !(moved && kind === 'MESSAGE')) await keepLine(table, key, line);
  if (kind === 'MESSAGE' && !silent) await wakeLater(table, moved ?? key, seq, now);
}

type Line = NonNullable<Awaited<ReturnType<typeof lineOf>>>;

/** A line that is older than the one that is known changes nothing. */
async function keepLine(table: Table, key: RoomOfGroup, line: Line): Promise<void> {
  const { line: about, lineBy } = line.set;
  const isNews = anyOf(
    anyOf(absent('line'), below('line', about)),
    allOf<'line' | 'lineBy'>(is('line', about), below('lineBy', lineBy)),
  );
  await table.commit(or(nothing, upsert('ChatHead', key, line, isNews as never)));
}

type RoomOfGroup = Pick<ChatHeadItem, 'groupId' | 'roomId'>;

async function wakeLater(table: Table, known: ChatHeadItem | RoomOfGroup, seq: number, now: number): Promise<void> {
  const head = 'seq' in known ? known : await table.get('ChatHead', known);
  if (!head || head.pushAt !== undefined || (head.pushed ?? 0) >= seq) return;
  await table.commit(toldLater(head, now, absent('pushAt')));
}

/** The writes that have devices told of a room ten minutes from now. */
export function toldLater(
  { groupId, roomId }: RoomOfGroup,
  now: number,
  condition: ConditionOn<'ChatHead'>,
  more: { readonly pushed?: number } = {},
): Part[] {
  const pushAt = iso(now + limits.volume.bundleMs);
  return [
    or(nothing, patch('ChatHead', { groupId, roomId }, { set: { ...more, pushAt } }, condition)),
    due({ kind: 'pushRoom', subject: `${groupId}:${roomId}`, at: pushAt }),
  ];
}

/** What an entry makes of the last line of its room: nothing, a closing. */
async function lineOf(entry: ChatEntryItem, table: Table) {
  const { kind, messageId, groupId, roomId, target } = entry;
  const lineBy = seqOf(messageId);
  const ofMessage = (said: ChatEntryItem, line: number) => ({
    set: { line, lineBy, lineAt: said.at, lineOf: said.accountId, ...saidIn(said) },
    remove: ['lineIs' as const],
  });
  if (kind === 'MESSAGE') return ofMessage(entry, lineBy);
  if (kind === 'EMPTIED') return { set: { line: lineBy, lineBy }, remove: lineParts };
  if (target === undefined) return undefined;
  if (kind === 'DELETED' || kind === 'HIDDEN')
    return { set: { line: target, lineBy, lineIs: kind }, remove: ['lineText' as const] };
  if (kind !== 'RESTORED') return undefined;
  // Deleted since, it stays without a text: that entry has the larger number.
  const message = await table.get('ChatEntry', { groupId, messageId: messageIdOf(roomId, target) });
  return message && ofMessage(message, target);
}

const saidIn = ({ text = '', files = [] }: ChatEntryItem) => ({ lineText: beginningOf(text), lineFiles: files.length });
const lineParts = ['lineAt', 'lineOf', 'lineText', 'lineFiles', 'lineIs'] as const;
const beginningOf = (text: string) => [...text].slice(0, limits.chat.lineOfRoom).join('');

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
  // The socket stays open: if they come back, it joins anew, and the others hear of it.
  await inParallel(10, gone, ({ roomId, connectionId }) =>
    deps.table.commit(or(nothing, patch('Connection', { accountId, connectionId }, { remove: [`room ${roomId}`] }))),
  );
  await forget(deps.table, groupId, gone);
  for (const roomId of new Set(gone.map((listener) => listener.roomId)))
    await tellOfLeft(deps, { groupId, roomId }, accountId, now);
}
