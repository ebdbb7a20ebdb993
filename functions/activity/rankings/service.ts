/** Row 95. */
import { memberOf, seen } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { iso } from '../../../shared/core/time.ts';
import type { Table } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { shownPoints } from '../../../shared/product/climbing-points.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { boardRef, scoreRef } from '../boards/boards.ts';
import type { BoardItem, ScoreItem } from '../boards/items.ts';
import { rankIn, ranksIn } from '../boards/rules.ts';
import { weeksIn, wholeSeason } from '../seasons/rules.ts';
import { seasonsRef } from '../seasons/service.ts';
import { authorsOf } from '../written/authors.ts';
import type { contract } from './contract.ts';
import { boardIdOf } from './rules.ts';

type Routes = typeof contract.routes;

interface Asked {
  readonly groupId: string;
  readonly seasonId: string;
  readonly week: number | undefined;
  readonly accountId: string;
}

/** A board with one's own score on it, as they were at one instant: only then is the rank right. */
async function boardOf(table: Table, { groupId, seasonId, week = wholeSeason, accountId }: Asked) {
  const boardId = boardIdOf(seasonId, week);
  const more = {
    seasons: seasonsRef(groupId),
    board: boardRef(groupId, boardId),
    score: scoreRef(boardId, accountId),
  };
  const { seasons, board, score } = await memberOf(table, groupId, accountId, more, { snapshot: true });
  seen(
    seasons?.list.find((each) => each.seasonId === seasonId),
    (season) => week <= weeksIn(season),
  );
  return { board, score };
}

export const shownBoard = (board: BoardItem | undefined) => ({
  members: board?.members ?? 0,
  closedAt: board?.closedAt ?? null,
});

export const placeOf = (board: BoardItem | undefined, score: ScoreItem | undefined) => ({
  rank: board && score ? rankIn(board.histogram, score.points) : null,
  points: shownPoints(score?.points ?? 0),
});

/** Rows of a list with their ranks, names and pictures. They come in falling order. */
export async function rankedOf(
  bucket: Bucket,
  board: BoardItem | undefined,
  rows: readonly ScoreItem[],
  nameOf: Awaited<ReturnType<typeof authorsOf>>,
) {
  const ranks = ranksIn(
    board?.histogram ?? '',
    rows.map(({ points }) => points),
  );
  return Promise.all(
    rows.map(async (row, i) => {
      const { nickname, picture } = nameOf(row);
      const account = { id: row.accountId, nickname, picture: await thumbnailOf(bucket, picture) };
      return { account, rank: ranks[i]!, points: shownPoints(row.points), reachedAt: iso(row.reachedAt) };
    }),
  );
}

/** One request, however many members there are. */
export async function getOwnRank(
  { params, query: { week }, account: { accountId } }: RouteRequest<Routes['getOwnRank']>,
  { table }: Kernel,
): Promise<Answer<Routes['getOwnRank']>> {
  const { board, score } = await boardOf(table, { ...params, week, accountId });
  return { body: { ...shownBoard(board), ...placeOf(board, score) } };
}

/** The list comes from an index, which lags behind the board by a moment. */
export async function getRanking(
  { params, query, account: { accountId }, locale }: RouteRequest<Routes['getRanking']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['getRanking']>> {
  const { week, limit, cursor } = query;
  const boardId = boardIdOf(params.seasonId, week ?? wholeSeason);
  const [page, { board, score }, roster] = await Promise.all([
    table.query('ranking', { boardId }, { limit, cursor }),
    boardOf(table, { ...params, week, accountId }),
    rosterOf(table, params.groupId),
  ]);
  const nameOf = await authorsOf(table, roster, page.items, locale);
  return {
    body: {
      ...shownBoard(board),
      me: placeOf(board, score),
      items: await rankedOf(bucket, board, page.items, nameOf),
      nextCursor: page.nextCursor,
    },
  };
}
