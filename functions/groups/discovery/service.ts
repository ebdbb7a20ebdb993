import { iso } from '../../../shared/core/time.ts';
import { decodeValues, encodeValues } from '../../../shared/data/cursor.ts';
import { keyOf } from '../../../shared/data/keys.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { GroupItem, ListingItem } from '../core/items.ts';
import { standingOf, wordList } from '../core/listing.ts';
import { ranksOf } from '../core/listing-rules.ts';
import type { Sort } from '../core/values.ts';
import { viewOf } from '../core/view.ts';
import type { contract } from './contract.ts';
import { answersAlone, driverOf, type Filters, isFound, stoodAt, traitsWanted, wordsToAsk } from './rules.ts';

type Routes = typeof contract.routes;

/** A question: the filters, and the page that is asked for. */
interface Search {
  readonly filters: Filters;
  readonly sort: Sort;
  readonly limit: number;
  readonly now: number;
  /** The lists of the words of the text. */
  readonly words: readonly string[];
}

/** Where a page goes on: in a list as it was at an instant, or in what is left of a small answer. */
type Place =
  | { readonly list: string; readonly at: string; readonly after?: string | undefined }
  | { readonly rest: readonly string[] };

interface Page {
  readonly groups: readonly GroupItem[];
  readonly next: Place | undefined;
}

/** Rows 33-35, 37: however many groups there are, a page costs four requests at most, and two where one filter is asked for. */
export async function listGroups(
  { query: { limit, cursor, sort, ...filters }, now }: RouteRequest<Routes['listGroups']>,
  { table }: Kernel,
): Promise<Answer<Routes['listGroups']>> {
  const words = filters.text ? wordsToAsk(filters.text).map(wordList) : [];
  const search: Search = { filters, sort, limit, now, words };
  const list = listOf(search);
  const binding = ['groups', sort, driverOf(filters), ...traitsWanted(filters), filters.text ?? ''].join('\n');
  const place = cursor === undefined ? undefined : placeOf(binding, cursor, [list, ...words]);

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

const entriesOf = (table: Table, list: string, limit: number, after?: string) =>
  table.query('listing', { list }, { limit, after });
type Entries = Awaited<ReturnType<typeof entriesOf>>;

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
 * The first page of a search for text: asks for the words, and goes by the rarer. Where one request reads all that it may
 * be, the answer is put in order at once; else the word's list is walked, or, where another order is asked for, that
 * order's list.
 */
async function lookUp(table: Table, search: Search): Promise<Page> {
  const { candidates } = limits.search;
  const at = iso(search.now);
  const lists = await Promise.all(
    search.words.map(async (list) => ({ list, entries: await entriesOf(table, list, candidates) })),
  );
  const [rarest] = lists.toSorted((one, other) => (isRarer(one.entries, other.entries) ? -1 : 1));
  const { list, entries } = rarest!;
  if (search.sort === 'LATEST') return walk(table, search, { list, at }, { rounds: 1, read: entries });
  if (entries.nextCursor !== null) return walk(table, search, { list: listOf(search), at }, { rounds: 1 });
  const ids = entries.items.filter((entry) => stoodAt(at, entry)).map(({ groupId }) => groupId);
  const rankOf = (group: GroupItem) => ranksOf(group, standingOf(group, search.now))[search.sort];
  const inOrder = (await found(table, search, ids))
    .map((group) => ({ group, rank: rankOf(group) }))
    .toSorted((one, other) => (one.rank < other.rank ? -1 : 1))
    .map(({ group }) => group);
  const rest = inOrder.slice(search.limit).map(({ groupId }) => groupId);
  return { groups: inOrder.slice(0, search.limit), next: rest.length > 0 ? { rest } : undefined };
}

/** Which of two words fewer groups have, as far as one request tells: of two long lists the one that goes back further. */
function isRarer(one: Entries, other: Entries): boolean {
  if (one.nextCursor === null || other.nextCursor === null)
    return one.nextCursor === null && (other.nextCursor !== null || one.items.length <= other.items.length);
  return one.items.at(-1)!.order > other.items.at(-1)!.order;
}

/** The next of a small answer, whose order was settled at its first page. */
async function handOut(table: Table, search: Search, rest: readonly string[]): Promise<Page> {
  const left = rest.slice(search.limit);
  return {
    groups: await found(table, search, rest.slice(0, search.limit)),
    next: left.length > 0 ? { rest: left } : undefined,
  };
}

/**
 * Goes through a list, a round at a time: entries, then the groups of those that may be found. One round makes a page where
 * the list itself is the answer (a second only if nothing at all was found); others end after two, full or not.
 *
 * A round, and the three entries after which the next round, or the next page, may begin:
 *
 *     the list    ... | a  b  c  d  e  f  g  h  i  j | ...   one page of the index, up to `indexPageEnd` (j)
 *     possible          a     c  d     f     h     j         stood in the list at the instant and have the traits
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
  { rounds = 2, read }: { readonly rounds?: number; readonly read?: Entries } = {},
): Promise<Page> {
  const { filters, limit } = search;
  const traits = traitsWanted(filters);
  const alone = answersAlone(filters);
  const byWord = search.words.includes(list);
  const size = alone ? 2 * limit : byWord ? limits.search.candidates : limits.search.entries;
  const mayBe = (entry: ListingItem) =>
    stoodAt(at, entry) && traits.every((trait) => entry.traits?.includes(trait) ?? true);

  const groups: GroupItem[] = [];
  for (let round = 1, beginsAfter = after; ; round++) {
    const indexPage = (round === 1 ? read : undefined) ?? (await entriesOf(table, list, size, beginsAfter));
    const room = limit - groups.length;
    const possible = indexPage.items.filter(mayBe);
    const candidates = possible.slice(0, candidatesFor(room, { byText: filters.text !== undefined, byWord }));
    const good = await found(
      table,
      search,
      candidates.map(({ groupId }) => groupId),
    );
    groups.push(...good.slice(0, room));

    const indexPageEnd = indexPage.items.at(-1);
    const lastCandidate = candidates.at(-1);
    const lastShown = candidates.find(({ groupId }) => groupId === groups.at(-1)?.groupId);
    const isRoomShort = good.length > room;
    const nextAfter = isRoomShort ? lastShown : candidates.length < possible.length ? lastCandidate : indexPageEnd;
    const isListEnd = nextAfter === indexPageEnd && indexPage.nextCursor === null;
    if (isListEnd || !nextAfter) return { groups, next: undefined };
    beginsAfter = keyOf('Listing', nextAfter).sk;
    if (groups.length === limit || round === rounds || (alone && groups.length > 0))
      return { groups, next: { list, at, after: beginsAfter } };
  }
}

/** A text is only seen on the group itself: more are read than there is room for, the fewer the likelier they are. */
function candidatesFor(room: number, { byText, byWord }: { readonly byText: boolean; readonly byWord: boolean }) {
  if (!byText) return room;
  return byWord ? Math.min(limits.search.candidates, 2 * room) : limits.search.candidates;
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
