import { digitsOf, lastNumber } from '../../../shared/core/digits.ts';
import { addDays, dayMs, startOfDay } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import { isOver, kinds, noEnd } from '../../groups/core/rules.ts';
import type { ChatEntryItem, ChatPaceItem } from './items.ts';

/** The characters of a room's id that its messages share; the last group of a UUID has room for a number. */
const shared = 24;

/**
 * The id of an entry: that of its room, with the number in place of the last twelve digits. So an id is found without an
 * index, the ids of a room sort by their numbers, and each is a UUID as those of all things are.
 *
 * @example messageIdOf('01900000-0000-7000-8000-0000000000ff', 42) // '01900000-0000-7000-8000-000000000042'
 */
export const messageIdOf = (roomId: string, seq: number) => roomId.slice(0, shared) + digitsOf(seq);

/** The number of an entry by its id. */
export const seqOf = (messageId: string) => Number(messageId.slice(shared));

/** Whether an id may be that of an entry of a room. */
export const isOfRoom = (roomId: string, messageId: string) =>
  messageId.startsWith(roomId.slice(0, shared)) && /^\d{12}$/.test(messageId.slice(shared));

/** The ids of a room's entries between two numbers, both included. */
export const idsBetween = (roomId: string, from: number, to = lastNumber): [string, string] => [
  messageIdOf(roomId, from),
  messageIdOf(roomId, to),
];

type Dates = Pick<
  GroupItem,
  | 'kind'
  | 'timeZone'
  | 'dayStart'
  | 'nextDayStart'
  | 'startDate'
  | 'endDate'
  | 'status'
  | 'capacity'
  | 'memberCount'
  | 'completedOn'
>;

/**
 * Row 74: when the rooms of a group that is over are emptied: 30 days after its last day. Milliseconds since 1970; undefined
 * as long as the group is not over.
 */
export function emptiedAt(group: Dates, now: number): number | undefined {
  if (!isOver(groupDay(now, group), group)) return undefined;
  const { completedOn, endDate, timeZone, status } = group;
  const last = status === 'COMPLETED' ? (completedOn ?? endDate) : endDate;
  // A group without an end is over only because its leader says so.
  if (last === noEnd) return undefined;
  return startOfDay(addDays(last, 1), timeZone) + limits.chat.keptDays * dayMs;
}

/** Rows 42, 74: whether people may write in the rooms of a group. Reading is always possible. */
export function isOpenAt(group: Dates, now: number): boolean {
  const end = emptiedAt(group, now);
  if (end !== undefined && now >= end) return false;
  if (!kinds[group.kind].closes) return true;
  const today = groupDay(now, group);
  return today >= group.startDate && today <= addDays(group.endDate, limits.openDaysAfterEnd);
}

type Pace = Pick<ChatPaceItem, 'sent' | 'mutedUntil'>;

/**
 * Row 75: three messages in a second, over all sockets and ways; the fourth mutes its sender for five seconds.
 *
 * @param pace as it was read; undefined for somebody who has not written lately
 * @returns the pace after this message; and until when nothing is taken, in milliseconds since 1970, if it is refused.
 * `isNew`: the muting begins with this message and has to be written
 */
export function paced(
  pace: Pace | undefined,
  now: number,
): { readonly after: Pace; readonly mutedUntil?: number; readonly isNew?: boolean } {
  const { sent = [], mutedUntil = 0 } = pace ?? {};
  const { burst, burstMs, muteMs } = limits.chat;
  if (mutedUntil > now) return { after: { sent, mutedUntil }, mutedUntil };
  // A clock that is ahead in another function counts as now.
  const recent = sent.filter((at) => now - at < burstMs);
  if (recent.length < burst) return { after: { sent: [...recent, now] } };
  const until = now + muteMs;
  return { after: { sent: [], mutedUntil: until }, mutedUntil: until, isNew: true };
}

/** The part of a room's listeners that a socket is in: by its characters, which are random. */
export function partOf(connectionId: string): string {
  let sum = 0;
  for (const each of connectionId) sum += each.charCodeAt(0);
  return String(sum % limits.chat.listenerParts);
}

/** Whether the next entry is a message, for the count of them. */
export const nthAfter = (before: Pick<ChatEntryItem, 'nth'> | undefined, isMessage: boolean) =>
  (before?.nth ?? 0) + (isMessage ? 1 : 0);

/** Whether a room was closed, by its last entry. */
export const isClosedBy = (last: Pick<ChatEntryItem, 'kind' | 'isAfterClosing'> | undefined): boolean =>
  last?.kind === 'CLOSED' || last?.isAfterClosing === true;

/** How many messages somebody has not read, by the numbers of the room and of their mark. */
export const unreadOf = (head: { readonly nth: number } | undefined, read: number | undefined) =>
  Math.max(0, (head?.nth ?? 0) - (read ?? 0));

/**
 * How many entries of a page fit into a number of bytes: one at least. Texts are long, and a gateway takes 128 KB.
 *
 * @param sizes of each entry, in bytes, in the order of the page
 */
export function fitting(sizes: readonly number[], bytes: number): number {
  let [n, sum] = [0, 0];
  for (; n < sizes.length; n++) {
    sum += sizes[n]!;
    if (sum > bytes) break;
  }
  return Math.min(sizes.length, Math.max(1, n));
}
