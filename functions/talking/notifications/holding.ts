/** Row 147: what is pushed at once, and what waits so that news of one kind from one group is one push message (ADR 32). */
import { beginningOfIds, namedId } from '../../../shared/core/ids.ts';
import { fromIso, iso, minuteMs, ttl } from '../../../shared/core/time.ts';
import { due, dueOnce } from '../../../shared/data/due.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import type { OutboxItem } from '../../../shared/data/items.ts';
import { nothing, type Outcome } from '../../../shared/data/meaning.ts';
import type { Announcement } from '../../../shared/data/outbox.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { create } from '../../../shared/data/writes.ts';
import type { News } from '../../../shared/messages/news.ts';
import { limits } from '../../../shared/product/limits.ts';
import { placeOfHeld, toldAtOnce } from './bundle-rules.ts';
import type { HeldItem } from './items.ts';

const { bundleMs, lateMs, heldSeconds } = limits.volume;

/** What stands for a kind of news of a group on a device: a later message takes the place of an earlier one. */
export const tagOf = (groupId: string, notice: string) => namedId('push', groupId, notice);

/** Held news of a kind from an event on that happened at an instant. */
export function heldSince(table: Table, groupId: string, notice: string, since: number): Promise<HeldItem[]> {
  const between = [placeOfHeld(notice, beginningOfIds(since)), placeOfHeld(notice, '~')] as const;
  return everyItem((cursor) =>
    table.query('heldOfGroup', { groupId }, { limit: 1000, cursor, between, consistent: true }),
  );
}

/**
 * Holds an event, once, however often it comes. Its entry among what is due follows, also when the event comes again and was not
 * pushed yet: the function may have died in between, and an event without a run would never be pushed.
 *
 * @returns what is held of the event: as it was first
 */
export async function hold(
  table: Table,
  held: Omit<HeldItem, 'place' | 'heldAt' | 'expiresAt'> & { readonly notice: string; readonly eventId: string },
  now: number,
): Promise<Pick<HeldItem, 'told'>> {
  const { notice, eventId, ...rest } = held;
  const { groupId } = rest;
  let known: HeldItem | undefined;
  const repeated = (there: HeldItem | undefined): Outcome => {
    known = there;
    return nothing;
  };
  const item = { ...rest, place: placeOfHeld(notice, eventId), heldAt: iso(now), expiresAt: ttl(now) + heldSeconds };
  await table.commit([or(repeated, create('Held', item))]);
  const first = known ?? item;
  const entry = { kind: 'pushHeld', subject: `${notice}:${groupId}`, at: iso(fromIso(first.heldAt) + bundleMs) };
  if (first.waits && first.pushedAt === undefined) await table.commit(known ? dueOnce(entry) : [due(entry)]);
  return first;
}

/** Whether an event comes so late that it wakes nobody any more whom it does not concern in person. */
export const isLate = (happenedAt: number, now: number) => now - happenedAt > lateMs;

/**
 * Of the people whose devices an event may wake, those who are told now. The first of its kind that concerns somebody comes at once;
 * the others wait for ten minutes, and so does what happens in a group.
 */
export async function heldFrom(
  table: Table,
  news: News,
  item: OutboxItem & Announcement,
  accountIds: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> {
  const { groupId } = item.link;
  const isAlone = groupId === undefined || news.many === undefined || news.concerns === 'account';
  // Several things that were gathered have waited already.
  if (isAlone || item.count !== undefined) return new Set(accountIds);
  const isYours = news.concerns === 'you';
  if (isLate(fromIso(item.createdAt), now)) return new Set(isYours ? accountIds : []);
  if (accountIds.length === 0) return new Set();
  const { outboxId: eventId, actorId, notice } = item;
  // What waited may have been created ten minutes before the last ten; half an hour has room for what came late.
  const lately = isYours ? await heldSince(table, groupId, notice, now - 30 * minuteMs) : [];
  const told = isYours ? toldAtOnce(lately, placeOfHeld(notice, eventId), accountIds, now) : [];
  const to = isYours || item.toMembersOf === undefined ? { to: accountIds } : {};
  const waits = told.length < accountIds.length;
  const held = await hold(table, { groupId, notice, eventId, actorId, ...to, told, waits }, now);
  return new Set(held.told);
}
