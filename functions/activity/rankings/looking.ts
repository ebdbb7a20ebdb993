/** Rows 95, 133: a board as one looks at it: the first members, oneself with those around, and the points of each week. */
import type { Table } from '../../../shared/data/table.ts';
import { limits } from '../../../shared/product/limits.ts';
import { boardRef, scoreRef, scoresAround } from '../boards/boards.ts';
import type { BoardItem, ScoreItem } from '../boards/items.ts';
import { meanIn, placesAround } from '../boards/rules.ts';
import type { RecordTotalsItem } from '../records/items.ts';
import { standingsIn } from '../records/standing-rules.ts';
import type { Season } from '../seasons/items.ts';
import { daysOfWeek } from '../seasons/rules.ts';
import { boardIdOf, type Shown, weeksBegun } from './rules.ts';

const { top: first, around, weeks: weeksShown } = limits.board;

/** Points are halves. */
export interface Look {
  readonly board: BoardItem | undefined;
  readonly score: ScoreItem | undefined;
  /** The first ones. */
  readonly top: readonly ScoreItem[];
  /** Oneself with those around; nobody if one is among the first, or has no points. */
  readonly around: readonly ScoreItem[];
  /** Oldest first. `average`: of those who have points; null if nobody has. */
  readonly weeks: readonly WeekLook[];
  /** What one's records say: the board has it after the next minute. */
  readonly coming: number;
}
export interface WeekLook {
  readonly week: number;
  readonly from: string;
  readonly points: number;
  readonly average: number | null;
}

interface Of {
  readonly groupId: string;
  readonly accountId: string;
  readonly shown: Shown<Season>;
  readonly totals: RecordTotalsItem | undefined;
  readonly today: string;
}

/**
 * Three requests at once: board and score as they were at one instant, the first members, and the boards of the weeks. Two more
 * if one is not among the first.
 */
export async function lookAt(table: Table, { groupId, accountId, shown, totals, today }: Of): Promise<Look> {
  const { season, week } = shown;
  const boardId = boardIdOf(season.seasonId, week);
  const own = standingsIn(totals?.standings[season.seasonId]);
  const begun = weeksBegun(season, today, weeksShown);
  const boardOfWeek = (each: number) => boardRef(groupId, boardIdOf(season.seasonId, each));
  const [{ board, score }, { items: top }, boards] = await Promise.all([
    table.getAll({ board: boardRef(groupId, boardId), score: scoreRef(boardId, accountId) }, { snapshot: true }),
    table.query('ranking', { boardId }, { limit: first }),
    begun.length === 0
      ? undefined
      : table.getAll(Object.fromEntries(begun.map((each) => [each, boardOfWeek(each)])), { eventual: true }),
  ]);
  const isAmong = top.some((row) => row.accountId === accountId);
  return {
    ...{ board, score, top, coming: own.get(week)?.points ?? 0 },
    around:
      score && !isAmong ? placesAround(await scoresAround(table, boardId, score.order, around), score, around) : [],
    weeks: begun.map((each) => ({
      ...{ week: each, from: daysOfWeek(season, each).from, points: own.get(each)?.points ?? 0 },
      average: meanIn(boards?.[each]?.histogram ?? ''),
    })),
  };
}
