/**
 * A group's places in the lists and the words that find it. They follow by the stream (`relist`): nothing of them is written
 * with the group itself.
 *
 * A run first writes down what it is about to do (the intent, in `Listed` and `Indexed`), then every entry by itself. Its last
 * write is the seal: by it others know that all is done. An entry knows the serial of the intent that wrote it and refuses
 * older ones. So a run may end anywhere, come twice, or go on after the next one: whoever comes later finishes the intent
 * before making another, and what an older run still writes changes nothing.
 */

import { isPublic } from '../../../shared/access/access.ts';
import { fingerprint } from '../../../shared/core/ids.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { iso, localDay, ttl } from '../../../shared/core/time.ts';
import { absent, anyOf, below, is } from '../../../shared/data/conditions.ts';
import { nothing, Overtaken, overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { drop, patch, remove, upsert, type Write } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { GroupItem, IndexedItem, ListedItem, Places } from './items.ts';
import { facetsOf, ranksOf, type Standing, traitsOf, wordsOf } from './listing-rules.ts';
import { isOffered, lastDayToJoin, statusOn } from './rules.ts';
import { sorts } from './values.ts';

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

const noWords = fingerprintOf([]);

function fingerprintOf(words: readonly string[]): string {
  return fingerprint(...words.toSorted());
}

/** Where a group belongs. Where it moves to has a key that was never used, so that it can stand there from an instant on. */
function placesOf(group: GroupItem | undefined, { orders, serial }: ListedItem, now: number): Places {
  const standing = group && standingOf(group, now);
  if (!standing?.isPublic) return { facets: [], traits: [], orders };
  const ranks = Object.entries(ranksOf(group!, standing)).map(([sort, rank]) => {
    if (sort === 'LATEST') return [sort, rank];
    return [sort, orders[sort]?.startsWith(`${rank}.`) ? orders[sort] : `${rank}.${serial + 1}`];
  });
  return { facets: facetsOf(group!, standing), traits: traitsOf(group!), orders: Object.fromEntries(ranks) };
}

const isSame = (one: Places, other: Places) =>
  [one, other]
    .map(({ facets, traits, orders }) => JSON.stringify([facets, traits, sorts.map((sort) => orders[sort])]))
    .every((text, _, [first]) => text === first);

/** Rounds after which it is left to a later delivery: a group that changes faster than it is listed is busy, not broken. */
const rounds = 10;

/**
 * Brings a group's entries to what it is now, whatever it was that changed: nothing is written where nothing moves. A change
 * may come twice, late, or after the next one.
 *
 * A run that wrote looks once more. The group may have changed between reading and writing, and the delivery of that change
 * may have come and gone in the meantime: it found nothing to do, as nothing was written yet.
 */
export async function relist(
  { item, old, now, signal }: Change<GroupItem, Old<GroupItem, 'groupId'>>,
  { table }: Kernel,
): Promise<void> {
  const { groupId } = (item ?? old)!;
  let finished: number | undefined;
  for (let n = 1; ; n++) {
    const serial = await untilSettled(() => relistOnce(table, groupId, { now, signal, finished }));
    if (serial === undefined) return;
    if (n === rounds) throw new Overtaken();
    finished = serial;
  }
}

interface Run {
  readonly now: number;
  readonly signal: AbortSignal;
  /** The intent that this run has finished itself. */
  readonly finished: number | undefined;
}

/** Gives back the serial of the intent that it made and finished; undefined where there was nothing to do. */
async function relistOnce(table: Table, groupId: string, run: Run): Promise<number | undefined> {
  run.signal.throwIfAborted();
  const { group, listed } = await table.getAll({
    group: ref('Group', { groupId }),
    listed: ref('Listed', { groupId }),
  });
  if (listed && listed.serial !== run.finished && !(await isFinished(table, listed)))
    await carryOut(table, listed, await table.get('Indexed', { groupId }), run);

  const { now } = run;
  const before: ListedItem = listed ?? {
    groupId,
    serial: 0,
    at: now,
    facets: [],
    traits: [],
    orders: {},
    words: noWords,
  };
  const places = placesOf(group, before, now);
  const words = group && isPublic(group) ? wordsOf(group) : [];
  const known = fingerprintOf(words);
  if (known === before.words && isSame(places, before)) {
    if (listed && !group) await forget(table, listed);
    return undefined;
  }

  const serial = before.serial + 1;
  const { facets, traits, orders } = before;
  const intent: ListedItem = { groupId, serial, at: now, ...places, words: known, was: { facets, traits, orders } };
  const indexed =
    known === before.words ? undefined : reindexed(await table.get('Indexed', { groupId }), words, intent);
  const unread = listed ? is('serial', listed.serial) : absent('pk');
  await table.commit([
    or(overtaken, upsert('Listed', { groupId }, { set: intent }, unread)),
    indexed && or(overtaken, upsert('Indexed', { groupId }, { set: indexed })),
  ]);
  await carryOut(table, intent, indexed, run);
  return serial;
}

/** The group is gone, and all its entries with it. */
const forget = (table: Table, { groupId, serial }: ListedItem) =>
  table.commit([or(nothing, remove('Listed', { groupId }, is('serial', serial))), drop('Indexed', { groupId })]);

function reindexed(before: IndexedItem | undefined, words: readonly string[], { groupId, serial }: ListedItem) {
  const [known, wanted] = [new Set(before?.words), new Set(words)];
  const coming = words.filter((word) => !known.has(word));
  return {
    groupId,
    serial,
    words: [...words.filter((word) => known.has(word)), ...coming],
    coming: coming.length,
    leaving: [...known].filter((word) => !wanted.has(word)),
  };
}

/** Writes at the same time. A group has up to 32 entries in lists, and some hundred words. */
const atOnce = 25;

/** Writes every entry of an intent, and then its seal. Doing it again is fine. */
async function carryOut(
  table: Table,
  intent: ListedItem,
  indexed: IndexedItem | undefined,
  { signal }: Pick<Run, 'signal'>,
): Promise<void> {
  const { coming, leaving } = movesOf(intent);
  const seal = coming.at(-1)?.write ?? sealed(intent);
  const words = indexed?.serial === intent.serial ? wordMovesOf(intent, indexed) : [];
  const others = [...words, ...leaving, ...coming.slice(0, -1).map(({ write }) => write)];
  await inParallel(atOnce, others, async (write) => {
    // Its time is over: the next try goes on.
    signal.throwIfAborted();
    await table.commit([or(nothing, write)]);
  });
  await table.commit([or(nothing, seal)]);
}

/** The seal of an intent that brings no entry. One that it takes away expires, and could not tell for long. */
const sealed = ({ groupId, serial }: ListedItem): Write =>
  patch('Listed', { groupId }, { remove: ['was'] }, is('serial', serial));

/** Whether all entries of an intent are written: its seal is the last of those that come. */
async function isFinished(table: Table, intent: ListedItem): Promise<boolean> {
  if (!intent.was) return true;
  const last = movesOf(intent).coming.at(-1);
  const entry = last && (await table.get('Listing', last.entry));
  return entry !== undefined && entry.serial >= intent.serial;
}

/** What an intent may still write to: not what a later one has written. */
const notAfter = (serial: number) => anyOf(absent('serial'), below('serial', serial));

/** Stays for those who page through the list as it was; TTL takes it away. Until then older intents are known by it. */
const goneAt = (until: number, serial: number) => ({
  set: { until: iso(until), expiresAt: ttl(until) + limits.search.pagingSeconds, serial },
});

function wordMovesOf({ groupId, at, serial, orders }: ListedItem, { words, coming, leaving }: IndexedItem): Write[] {
  const write = (word: string, changes: Parameters<typeof upsert<'Word'>>[2]) =>
    upsert('Word', { word, order: orders.LATEST!, groupId }, changes, notAfter(serial));
  return [
    ...words
      .slice(words.length - coming)
      .map((word) => write(word, { set: { serial }, remove: ['until', 'expiresAt'] })),
    ...leaving.map((word) => write(word, goneAt(at, serial))),
  ];
}

interface Entry {
  readonly list: string;
  readonly order: string;
  readonly groupId: string;
}

/** Every entry of a group in the lists, by its list. */
function entriesOf({ facets, orders }: Places, groupId: string): Map<string, Entry> {
  const entries = facets.flatMap((facet) =>
    sorts.flatMap((sort) => {
      const order = orders[sort];
      return order === undefined ? [] : [{ list: `${facet}:${sort}`, order, groupId }];
    }),
  );
  return new Map(entries.map((entry) => [entry.list, entry]));
}

interface Moves {
  readonly coming: { readonly entry: Entry; readonly write: Write }[];
  readonly leaving: Write[];
}

/**
 * The entries that an intent writes, always in the same order. An entry that moves leaves its old place at the instant at which
 * it stands in the new one: a little later than the intent, so that by then everybody reads both. One that comes back must not
 * stand twice either.
 */
function movesOf({ groupId, serial, at, was, traits, ...places }: ListedItem): Moves {
  const moves: Moves = { coming: [], leaving: [] };
  if (!was) return moves;
  const [old, next] = [entriesOf(was, groupId), entriesOf({ traits, ...places }, groupId)];
  const isSameFace = was.traits.join() === traits.join();
  const then = at + limits.search.settleMs;
  const write = (entry: Entry, changes: Parameters<typeof upsert<'Listing'>>[2]) =>
    upsert('Listing', entry, changes, notAfter(serial));
  const isLatest = (list: string) => list.endsWith(':LATEST');
  const sortOf = (list: string) => list.slice(list.lastIndexOf(':') + 1);
  for (const [list, entry] of old)
    if (next.get(list)?.order !== entry.order)
      moves.leaving.push(write(entry, goneAt(isLatest(list) ? at : then, serial)));
  for (const [list, entry] of next) {
    const stays = old.get(list)?.order === entry.order;
    if (stays && isSameFace) continue;
    const set = { traits, serial };
    // What was never in this order stands at once.
    const isNew = isLatest(list) || !(sortOf(list) in was.orders);
    const changes = stays
      ? { set }
      : isNew
        ? { set, remove: ['until', 'expiresAt', 'from'] as const }
        : { set: { ...set, from: iso(then) }, remove: ['until', 'expiresAt'] as const };
    moves.coming.push({ entry, write: write(entry, changes) });
  }
  return moves;
}
