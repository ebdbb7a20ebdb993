/**
 * The machine of every board: ranks by points, exact at each instant (ADR 33). A new board is a `Source`: it says which
 * boards are open, and what a member has on them.
 *
 * A cause writes a mark in its own transaction (`marked`). Later `follow` brings the boards to what the source says of the
 * marked members. Three things make that exact, whoever runs twice, late, at the same time, or dies:
 *
 * - A board and the scores that move with it change in one transaction, under the version of the board that was read.
 *   So the histogram counts exactly the scores, at every instant.
 * - `follow` reads the board before it asks the source. So the next version of a board is made of what was true later than
 *   what the version before was made of. A slow run never brings an old score back: its version is gone by then.
 * - A mark is removed by the token that was read before all that. A later cause writes another token, and the mark stays.
 */
import { newSecret } from '../../../shared/core/ids.ts';
import { inParallel, piecesOf } from '../../../shared/core/parallel.ts';
import { iso } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { everyItem, everyPage } from '../../../shared/data/every-item.ts';
import { nothing, Overtaken, overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { or, type Part, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { create, drop, patch, remove, upsert, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { BoardItem, ScoreItem, ScoreMarkItem } from './items.ts';
import {
  byPlace,
  histogramOf,
  type Move,
  membersMoved,
  movedHistogram,
  movesOf,
  orderOf,
  type Points,
  packedHistogram,
} from './rules.ts';

/** What a member has on each board, by board. A board that is not named: no points. */
export type Standing = ReadonlyMap<string, Points>;

/** Where the points of the boards of a scope come from. */
export interface Source {
  /** The group whose boards they are, or a part of the leagues. */
  readonly scopeId: string;
  /** The boards that may still change. A closed one among them is left alone. */
  readonly boardIds: readonly string[];
  /** What members have now, strongly consistent. Without an entry, a member has nothing. */
  standings(accountIds: readonly string[]): Promise<ReadonlyMap<string, Standing>>;
}

export const boardRef = (scopeId: string, boardId: string): Reference<BoardItem> => ref('Board', { scopeId, boardId });
export const scoreRef = (boardId: string, accountId: string): Reference<ScoreItem> =>
  ref('Score', { boardId, accountId });

/** The write by which a cause says that a member has more or less now. Commit it together with the cause; two units. */
export const marked = (scopeId: string, accountId: string, now: number): Write =>
  upsert('ScoreMark', { scopeId, accountId }, { set: { token: newSecret(), markedAt: iso(now) } });

/** So many members are followed at once: each is one action of a transaction, the board is another. */
const pageSize = limits.board.moves;
/** DynamoDB reads a hundred items in one request. */
const itemsAtOnce = 100;
const atOnce = 10;

/**
 * Follows every mark of a scope, and removes it. Nothing is written where the boards say already what is so.
 *
 * @param sourceNow the boards that are open, read anew: a mark may be of a board that was opened a moment ago
 */
export async function followMarks(table: Table, scopeId: string, sourceNow: () => Promise<Source>): Promise<void> {
  const pages = everyPage((cursor) =>
    table.query('scoreMarks', { scopeId }, { limit: pageSize, cursor, consistent: true }),
  );
  for await (const marks of pages) {
    if (marks.length === 0) return;
    await follow(
      table,
      await sourceNow(),
      marks.map(({ accountId }) => accountId),
    );
    await inParallel(atOnce, marks, (mark) => table.commit(unmarked(mark)));
  }
}

/** Removes a mark. Nothing happens if a later cause has written it since. */
const unmarked = ({ scopeId, accountId, token }: ScoreMarkItem): Write[] =>
  or(nothing, remove('ScoreMark', { scopeId, accountId }, is('token', token)));

/** Brings the open boards to what the source says of some members: at most as many as `limits.board.moves`. */
async function follow(table: Table, source: Source, accountIds: readonly string[]): Promise<void> {
  const { scopeId, boardIds } = source;
  if (accountIds.length === 0 || boardIds.length === 0) return;
  await untilSettled(async () => {
    // First of all the boards: what is read after them is at least as new.
    const boards = await allOfThem(table, boardIds, (boardId) => boardRef(scopeId, boardId));
    const open = boardIds.filter((boardId) => boards.get(boardId)?.closedAt === undefined);
    // A board that is not there has no scores.
    const known = open.filter((boardId) => boards.has(boardId));
    const pairs = known.flatMap((boardId) => accountIds.map((accountId) => ({ boardId, accountId })));
    const [standings, scores] = await Promise.all([
      source.standings(accountIds),
      allOfThem(table, pairs, ({ boardId, accountId }) => scoreRef(boardId, accountId)),
    ]);
    const scoreOf = new Map([...scores].map(([{ boardId, accountId }, score]) => [`${boardId} ${accountId}`, score]));
    await inParallel(atOnce, open, async (boardId) => {
      const moves = movesOf(
        accountIds,
        (accountId) => scoreOf.get(`${boardId} ${accountId}`),
        (accountId) => standings.get(accountId)?.get(boardId),
      );
      if (moves.length > 0) await table.commit(movesWrites({ scopeId, boardId }, boards.get(boardId), moves));
    });
  });
}

/** The items that some things lead to, by thing, as many requests at once as it takes. */
async function allOfThem<K, T>(
  table: Table,
  things: readonly K[],
  referenceOf: (thing: K) => Reference<T>,
): Promise<ReadonlyMap<K, T>> {
  const found = new Map<K, T>();
  await inParallel(atOnce, piecesOf(itemsAtOnce, things), async (some) => {
    const items = await table.getAll(Object.fromEntries(some.map((thing, i) => [i, referenceOf(thing)])));
    some.forEach((thing, i) => {
      const item = items[i];
      if (item) found.set(thing, item as T);
    });
  });
  return found;
}

type BoardKey = Pick<BoardItem, 'scopeId' | 'boardId'>;

/** The transaction of some moves: the board under the version that was read, and the scores. */
function movesWrites(key: BoardKey, before: BoardItem | undefined, moves: readonly Move[]): Write[] {
  const histogram = movedHistogram(histogramOf(before?.histogram ?? ''), moves);
  if (!histogram) throw new Overtaken();
  const after = {
    version: (before?.version ?? 0) + 1,
    members: (before?.members ?? 0) + membersMoved(moves),
    histogram: packedHistogram(histogram),
  };
  const board = before
    ? patch('Board', key, { set: after }, is('version', before.version))
    : create('Board', { ...key, ...after });
  return [...or(overtaken, board), ...moves.map((move) => scoreWrite(key.boardId, move))];
}

function scoreWrite(boardId: string, { accountId, after }: Move): Write {
  const key = { boardId, accountId };
  if (!after) return drop('Score', key);
  const { points, reachedAt } = after;
  return upsert('Score', key, { set: { points, reachedAt, order: orderOf(after) } });
}

/** The members with points on a board, as the list has them: most points first, and of equal ones who reached them first. */
export async function scoresOn(table: Table, boardId: string): Promise<ScoreItem[]> {
  const all = await everyItem((cursor) =>
    table.query('scoresOnBoard', { boardId }, { limit: 1000, cursor, consistent: true }),
  );
  return all.toSorted(byPlace);
}

/**
 * The scores next to a place on a board, with whoever is at it. They come from an index, which lags behind the board by a moment:
 * `placesAround` puts them in order.
 */
export async function scoresAround(table: Table, boardId: string, order: string, most: number): Promise<ScoreItem[]> {
  // One more than asked for: oneself is among them.
  const limit = most + 1;
  const [above, below] = await Promise.all([
    table.query('ranking', { boardId }, { limit, between: ['0', order], newestFirst: true }),
    table.query('ranking', { boardId }, { limit, between: [order, '~'] }),
  ]);
  return [...above.items, ...below.items];
}

/** Those of some boards that are not closed, also those that are not there yet. */
export async function openAmong(table: Table, scopeId: string, boardIds: readonly string[]): Promise<string[]> {
  const boards = await allOfThem(table, boardIds, (boardId) => boardRef(scopeId, boardId));
  return boardIds.filter((boardId) => boards.get(boardId)?.closedAt === undefined);
}

/**
 * Closes a board for ever, also one that nobody is on. Follow the marks of all that counts on it before: what is followed
 * later changes it no more.
 *
 * @param more what is committed with the closing, once. Whatever it reads of the board's scores is what they are for ever:
 * otherwise the commit is refused, and it is asked anew
 */
export async function closeBoard(
  table: Table,
  { scopeId, boardId }: BoardKey,
  now: number,
  more: () => Promise<Part> = async () => undefined,
): Promise<void> {
  const key = { scopeId, boardId };
  await untilSettled(async () => {
    const board = await table.get('Board', key);
    if (board?.closedAt !== undefined) return;
    const closedAt = iso(now);
    const write = board
      ? patch('Board', key, { set: { closedAt, version: board.version + 1 } }, is('version', board.version))
      : create('Board', { ...key, version: 1, members: 0, histogram: '', closedAt });
    await table.commit([or(overtaken, write), await more()]);
  });
}

/** Whether causes of before an instant still wait to be followed. Marks that were rewritten since do not count: they were followed. */
export async function waitsSince(table: Table, scopeId: string, instant: number): Promise<boolean> {
  const pages = everyPage((cursor) =>
    table.query('scoreMarks', { scopeId }, { limit: itemsAtOnce, cursor, consistent: true }),
  );
  for await (const marks of pages) if (marks.some(({ markedAt }) => markedAt < iso(instant))) return true;
  return false;
}
