/**
 * A group's places in the lists. Those by age and by word are written with the group (`relisted`), so that it is found at
 * once; the others, and what a change takes away, follow by the stream (`relist`).
 */

import { isPublic } from '../../../shared/access/access.ts';
import { iso, localDay, ttl } from '../../../shared/core/time.ts';
import { absent, is } from '../../../shared/data/conditions.ts';
import { nothing, Overtaken, overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { create, remove, upsert, type Write } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { GroupItem, ListedItem } from './items.ts';
import { facetsOf, newestFirst, ranksOf, type Standing, traitsOf, wordsOf } from './listing-rules.ts';
import { isOffered, lastDayToJoin, statusOn } from './rules.ts';
import type { Sort } from './values.ts';

/** A group as it is today to those who look for one. A group that is about to disband takes nobody. */
export function standingOf(group: GroupItem, now: number): Standing {
  const today = localDay(now, group.timeZone);
  return {
    isPublic: isPublic(group),
    isOffered: isOffered(today, group) && !group.disbandsAt,
    status: statusOn(today, group),
    lastDay: lastDayToJoin(group),
  };
}

type Places = Pick<ListedItem, 'facets' | 'traits' | 'orders' | 'words'>;
const nowhere: Places = { facets: [], traits: [], orders: {}, words: [] };

export const wordList = (word: string) => `word:${word}`;

interface Entry {
  readonly list: string;
  readonly order: string;
  readonly groupId: string;
  readonly traits?: readonly string[];
}

const keyOfEntry = ({ list, order, groupId }: Entry) => ({ list, order, groupId });

const stands = (entry: Entry, from?: string): Write =>
  upsert('Listing', keyOfEntry(entry), {
    set: { traits: entry.traits, from },
    remove: from ? ['until', 'expiresAt'] : ['until', 'expiresAt', 'from'],
  });

/** Stays for those who page through the list as it was; TTL takes it away. */
const stoodUntil = (entry: Entry, until: number): Write =>
  upsert('Listing', keyOfEntry(entry), {
    set: { until: iso(until), expiresAt: ttl(until) + limits.search.pagingSeconds },
  });

/** The writes that make a group found as what it is now: part of the transaction that founds or edits it. */
export function relisted(before: GroupItem | undefined, after: GroupItem, now: number): Write[] {
  if (!isPublic(after)) return [];
  const { groupId } = after;
  const order = newestFirst(after);
  const known = before ? wordsOf(before) : [];
  const words = wordsOf(after);
  // Nothing can stand there of a group that is new; a plain item is half the work of an update, of some forty.
  const stand = before ? stands : (entry: Entry) => create('Listing', { ...entry });
  const writes = words
    .filter((word) => !known.includes(word))
    .map((word) => stand({ list: wordList(word), order, groupId }));
  if (before) return writes;
  const [facets, traits] = [facetsOf(after, standingOf(after, now)), traitsOf(after)];
  const places: Places = { facets, traits, orders: { LATEST: order }, words };
  const entries = [...entriesOf(places, groupId).values()];
  return [...writes, ...entries.map((entry) => stand(entry)), create('Listed', { groupId, serial: 0, ...places })];
}

/** Every entry of a group but those of words, by its list. */
function entriesOf({ facets, traits, orders }: Places, groupId: string): Map<string, Entry> {
  const entries = facets.flatMap((facet) =>
    Object.entries(orders).map(([sort, order]) => ({ list: `${facet}:${sort}`, order, groupId, traits })),
  );
  return new Map(entries.map((entry) => [entry.list, entry]));
}

/** Where a group belongs. Where it moves to has a key that was never used, so that it can stand there from an instant on. */
function placesOf(group: GroupItem, { orders, serial }: Pick<ListedItem, 'orders' | 'serial'>, now: number): Places {
  const standing = standingOf(group, now);
  if (!standing.isPublic) return { ...nowhere, orders };
  const ranks = Object.entries(ranksOf(group, standing)).map(([sort, rank]) => {
    if (sort === 'LATEST') return [sort, rank];
    return [sort, orders[sort]?.startsWith(`${rank}.`) ? orders[sort] : `${rank}.${serial + 1}`];
  });
  return {
    facets: facetsOf(group, standing),
    traits: traitsOf(group),
    orders: Object.fromEntries(ranks),
    words: wordsOf(group),
  };
}

/** Rounds after which it is left to a later delivery: a group that changes faster than it is listed is busy, not broken. */
const rounds = 10;

/**
 * Brings a group's entries to what it is now, whatever it was that changed: nothing is written where nothing moves. What
 * stands is known from an item of its own that changes with the entries, so a change may come twice, late, or after the
 * next one.
 *
 * A run that wrote looks once more. The group may have changed between reading and writing, and the delivery of that change
 * may have come and gone in the meantime: it found nothing to do, as nothing was written yet.
 */
export async function relist(
  { item, old, now, signal }: Change<GroupItem, Old<GroupItem, 'groupId'>>,
  { table }: Kernel,
): Promise<void> {
  const { groupId } = (item ?? old)!;
  for (let n = 1; await untilSettled(() => relistOnce(table, groupId, now)); n++) {
    // Its time is over, so it is tried again in any case.
    if (signal.aborted) return;
    if (n === rounds) throw new Overtaken();
  }
}

/** Whether it wrote anything. */
async function relistOnce(table: Table, groupId: string, now: number): Promise<boolean> {
  const { group, listed } = await table.getAll({
    group: ref('Group', { groupId }),
    listed: ref('Listed', { groupId }),
  });
  const before: ListedItem = listed ?? { groupId, serial: 0, ...nowhere };
  const after = group ? placesOf(group, before, now) : nowhere;
  const { facets, traits, orders } = after;
  const gone = without(before.words, after.words);
  const come = without(after.words, before.words);
  const wordEntry = (word: string) => ({
    list: wordList(word),
    order: group ? newestFirst(group) : before.orders.LATEST!,
    groupId,
  });
  const steps: { readonly set: Partial<Places>; readonly writes: readonly Write[] }[] = [
    { set: { facets, traits, orders }, writes: movesOf(before, after, now) },
    {
      set: { words: without(before.words, gone) },
      writes: gone.map((word) => stoodUntil(wordEntry(word), now)),
    },
    { set: { words: after.words }, writes: come.map((word) => stands(wordEntry(word))) },
  ];

  let serial = listed?.serial;
  const due = steps.filter((step) => step.writes.length > 0);
  for (const { set, writes } of due) {
    const unread = serial === undefined ? absent('pk') : is('serial', serial);
    const whole = serial === undefined ? { ...nowhere, ...set } : set;
    serial = (serial ?? 0) + 1;
    await table.commit([or(overtaken, upsert('Listed', { groupId }, { set: { ...whole, serial } }, unread)), writes]);
  }
  if (listed && !group) await table.commit([or(nothing, remove('Listed', { groupId }))]);
  return due.length > 0;
}

const without = (all: readonly string[], some: readonly string[]) => all.filter((each) => !some.includes(each));

/**
 * The changes, but for words. An entry that moves leaves its old place at the instant at which it stands in the new one: a
 * little later than now, so that by then everybody reads both. One that comes back must not stand twice either.
 */
function movesOf(before: ListedItem, after: Places, now: number): Write[] {
  const [old, next] = [entriesOf(before, before.groupId), entriesOf(after, before.groupId)];
  const sameTraits = before.traits.join() === after.traits.join();
  const then = now + limits.search.settleMs;
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((list) => {
    const [left, taken] = [old.get(list), next.get(list)];
    if (left && taken && left.order === taken.order)
      return sameTraits ? [] : [upsert('Listing', keyOfEntry(taken), { set: { traits: after.traits } })];
    const sort = list.slice(list.lastIndexOf(':') + 1) as Sort;
    const isNew = sort === 'LATEST' || !(sort in before.orders);
    return [
      ...(left ? [stoodUntil(left, sort === 'LATEST' ? now : then)] : []),
      ...(taken ? [stands(taken, isNew ? undefined : iso(then))] : []),
    ];
  });
}
