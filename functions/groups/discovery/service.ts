import { iso } from '../../../shared/core/time.ts';
import { decodeValues, encodeValues } from '../../../shared/data/cursor.ts';
import { keyOf } from '../../../shared/data/keys.ts';
import { type Page, ref, type Table } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { GroupItem, ListingItem, WordItem } from '../core/items.ts';
import { standingOf } from '../core/listing.ts';
import { ranksOf } from '../core/listing-rules.ts';
import type { Sort } from '../core/values.ts';
import { viewOf } from '../core/view.ts';
import type { contract } from './contract.ts';
import {
  answersAlone,
  common,
  driverOf,
  type Filters,
  isFound,
  type Stretch,
  stoodAt,
  termsOf,
  traitsWanted,
  wordsToAsk,
} from './rules.ts';

type Routes = typeof contract.routes;

/** A question: the filters, and the page that is asked for. */
interface Search {
  readonly filters: Filters;
  readonly sort: Sort;
  readonly limit: number;
  readonly now: number;
  /** The words of the text that the index is asked for. */
  readonly words: readonly string[];
}

/** The name under which a cursor goes on in the index of words. */
const byWords = 'words';

/** Where a page goes on: in a list, or in the words, as it was at an instant; or in what is left of a small answer. */
type Place =
  | { readonly list: string; readonly at: string; readonly after?: string | undefined }
  | { readonly rest: readonly string[] };

interface Result {
  readonly groups: readonly GroupItem[];
  readonly next: Place | undefined;
}

type Entry = ListingItem | WordItem;

/** Rows 33-35, 37: however many groups there are, a page costs four requests at most, and two where one filter is asked for. */
export async function listGroups(
  { query: { limit, cursor, sort, ...filters }, now }: RouteRequest<Routes['listGroups']>,
  { table }: Kernel,
): Promise<Answer<Routes['listGroups']>> {
  const words = filters.text ? wordsToAsk(termsOf(filters.text)) : [];
  const search: Search = { filters, sort, limit, now, words };
  const list = listOf(search);
  const binding = ['groups', sort, driverOf(filters), ...traitsWanted(filters), filters.text ?? ''].join('\n');
  const place = cursor === undefined ? undefined : placeOf(binding, cursor, [list, byWords]);

  const page = place
    ? await goOn(table, search, place)
    : words.length > 0
      ? await lookUp(table, search)
      : await walk(table, search, { list, at: iso(now) });
  const items = page.groups.map((group) => viewOf(group, now));
  return { body: { items, nextCursor: page.next ? cursorOf(binding, page.next) : null } };
}

const listOf = ({ filters, sort }: Pick<Search, 'filters' | 'sort'>) => `${driverOf(filters)}:${sort}`;

const goOn = (table: Table, search: Search, place: Place) =>
  'rest' in place ? handOut(table, search, place.rest) : walk(table, search, place);

/** Where an entry stands in its list. Lists and words have the same kind of key. */
const positionOf = ({ order, groupId }: Entry) => keyOf('Listing', { list: '-', order, groupId }).sk;

const stretchOf = <E extends Entry>({ items, nextCursor }: Page<E>): Stretch<E> => ({
  entries: items,
  last: items.at(-1),
  isEnd: nextCursor === null,
});

/** A stretch of a list without what the filters leave out. */
async function readList(
  table: Table,
  { filters, limit }: Search,
  list: string,
  after?: string,
): Promise<Stretch<Entry>> {
  const size = answersAlone(filters) ? 2 * limit : limits.search.entries;
  const traits = traitsWanted(filters);
  const read = stretchOf(await table.query('listing', { list }, { limit: size, after }));
  return { ...read, entries: read.entries.filter((entry) => traits.every((trait) => entry.traits.includes(trait))) };
}

/** What may have all the words, newest first: one request a word, at the same time. */
async function readWords(table: Table, { words }: Search, after?: string): Promise<Stretch<Entry>> {
  // The more entries of two words are known, the fewer groups have to be read.
  const size = { limit: words.length > 1 ? limits.search.entries : limits.search.candidates, after };
  const read = await Promise.all(words.map((word) => table.query('groupsWithWord', { word }, size)));
  return common<Entry>(read.map(stretchOf), positionOf);
}

/** Those of these groups that are found, in the same order. Groups are judged as they are, never as the lists say. */
async function found(table: Table, { filters, now }: Search, ids: readonly string[]): Promise<GroupItem[]> {
  // A group that was public a moment ago harms nobody: whoever joins or opens it is judged by the group as it is.
  const groups = await table.getAll(Object.fromEntries(ids.map((groupId) => [groupId, ref('Group', { groupId })])), {
    eventual: true,
  });
  return ids.flatMap((id) => {
    const group = groups[id];
    return group && isFound(group, standingOf(group, now), filters) ? [group] : [];
  });
}

/**
 * The first page of a search for text. By newest the index of words is walked. In another order, where one request reads all
 * groups that may be found, the answer is put in order at once; else that order's list is walked.
 */
async function lookUp(table: Table, search: Search): Promise<Result> {
  const at = iso(search.now);
  const read = await readWords(table, search);
  if (search.sort === 'LATEST') return walk(table, search, { list: byWords, at }, { rounds: 1, read });
  const ids = read.entries.filter((entry) => stoodAt(at, entry)).map(({ groupId }) => groupId);
  if (!read.isEnd || ids.length > limits.search.candidates)
    return walk(table, search, { list: listOf(search), at }, { rounds: 1 });
  const rankOf = (group: GroupItem) => ranksOf(group, standingOf(group, search.now))[search.sort];
  const inOrder = (await found(table, search, ids))
    .map((group) => ({ group, rank: rankOf(group) }))
    .toSorted((one, other) => (one.rank < other.rank ? -1 : 1))
    .map(({ group }) => group);
  const rest = inOrder.slice(search.limit).map(({ groupId }) => groupId);
  return { groups: inOrder.slice(0, search.limit), next: rest.length > 0 ? { rest } : undefined };
}

/** The next of a small answer, whose order was settled at its first page. */
async function handOut(table: Table, search: Search, rest: readonly string[]): Promise<Result> {
  const left = rest.slice(search.limit);
  return {
    groups: await found(table, search, rest.slice(0, search.limit)),
    next: left.length > 0 ? { rest: left } : undefined,
  };
}

/**
 * Goes through a list, or the words, a round at a time: entries, then the groups of those that may be found. One round makes
 * a page where the list itself is the answer (a second only if nothing at all was found), or where two words are asked for;
 * others end after two, full or not.
 *
 * A round, and the three entries after which the next round, or the next page, may begin:
 *
 *     the list    ... | a  b  c  d  e  f  g  h  i  j | ...   one page of the index, up to `last` (j)
 *     possible          a     c  d     f     h     j         stood in the list at the instant and have the traits, or all words
 *     candidates        a     c  d     f                     the first of these: their groups are read, up to `lastCandidate` (f)
 *     found             a        d     f                     what the groups themselves say
 *     shown             a        d                           as many as there is room for, up to `lastShown` (d)
 *
 * The next begins after d if more was found than there is room for, else after f if more was possible, else after j.
 */
async function walk(
  table: Table,
  search: Search,
  { list, at, after }: Extract<Place, { list: string }>,
  { rounds, read }: { readonly rounds?: number; readonly read?: Stretch<Entry> } = {},
): Promise<Result> {
  const { filters, limit, words } = search;
  const alone = answersAlone(filters);
  const isByWords = list === byWords;
  const most = rounds ?? (isByWords && words.length > 1 ? 1 : 2);
  const readOn = (place?: string) =>
    isByWords ? readWords(table, search, place) : readList(table, search, list, place);

  const groups: GroupItem[] = [];
  for (let round = 1, beginsAfter = after; ; round++) {
    const stretch = (round === 1 ? read : undefined) ?? (await readOn(beginsAfter));
    const room = limit - groups.length;
    const possible = stretch.entries.filter((entry) => stoodAt(at, entry));
    const candidates = possible.slice(0, candidatesFor(room, { byText: filters.text !== undefined, isByWords }));
    const good = await found(
      table,
      search,
      candidates.map(({ groupId }) => groupId),
    );
    groups.push(...good.slice(0, room));

    const lastCandidate = candidates.at(-1);
    const lastShown = candidates.find(({ groupId }) => groupId === groups.at(-1)?.groupId);
    const isRoomShort = good.length > room;
    const nextAfter = isRoomShort ? lastShown : candidates.length < possible.length ? lastCandidate : stretch.last;
    const isListEnd = nextAfter === stretch.last && stretch.isEnd;
    if (isListEnd || !nextAfter) return { groups, next: undefined };
    beginsAfter = positionOf(nextAfter);
    if (groups.length === limit || round === most || (alone && groups.length > 0))
      return { groups, next: { list, at, after: beginsAfter } };
  }
}

/** A text is only seen on the group itself: more are read than there is room for, the fewer the likelier they are. */
function candidatesFor(room: number, { byText, isByWords }: { readonly byText: boolean; readonly isByWords: boolean }) {
  if (!byText) return room;
  return isByWords ? Math.min(limits.search.candidates, 2 * room) : limits.search.candidates;
}

const idBytes = 16;
const packed = (ids: readonly string[]) =>
  Buffer.from(ids.map((id) => id.replaceAll('-', '')).join(''), 'hex').toString('base64url');
const unpacked = (text: string) => {
  const bytes = Buffer.from(text, 'base64url');
  return Array.from({ length: Math.floor(bytes.length / idBytes) }, (_, i) =>
    bytes
      .toString('hex', i * idBytes, (i + 1) * idBytes)
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  );
};

const cursorOf = (binding: string, place: Place) =>
  encodeValues(binding, 'rest' in place ? [packed(place.rest)] : [place.list, place.at, place.after ?? '']);

/** A forged cursor reaches no other list than those of its own search. */
function placeOf(binding: string, cursor: string, lists: readonly string[]): Place {
  const values = decodeValues(binding, cursor);
  const [first, at, after] = values;
  if (values.length === 1) return { rest: unpacked(first!) };
  if (values.length !== 3 || !lists.includes(first!)) throw new Problem('INVALID_CURSOR');
  return { list: first!, at: at!, after };
}
