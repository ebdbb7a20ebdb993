/** Row 95: the boards of seasons. */
import { addDays } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import { daysOfWeek, type SeasonDates, seasonOn, weekIn, weeksIn, wholeSeason } from '../seasons/rules.ts';

/** The board of a week of a season, or of the whole season. */
export const boardIdOf = (seasonId: string, week: number) => `${seasonId}:${week}`;

/** A board as one looks at it: that of a week, or of the whole season. */
export interface Shown<S> {
  readonly season: S;
  readonly week: number;
}

/**
 * The board that a person looks at: the one that they ask for; else this week of the season of today; else the last season that
 * is over, as a whole.
 *
 * @returns undefined if there is none: no such board, or no season has begun
 */
export function boardAsked<S extends SeasonDates>(
  seasons: readonly S[],
  today: string,
  { seasonId, week }: { readonly seasonId?: string | undefined; readonly week?: number | undefined },
): Shown<S> | undefined {
  const begun = seasons.filter(({ startDate }) => startDate <= today);
  const season =
    seasonId === undefined
      ? (seasonOn(begun, today) ?? begun.toSorted((a, b) => (a.startDate < b.startDate ? -1 : 1)).at(-1))
      : seasons.find((each) => each.seasonId === seasonId);
  if (!season || (week ?? wholeSeason) > weeksIn(season)) return undefined;
  const now = season.startDate <= today && today <= season.endDate ? weekIn(season, today) : wholeSeason;
  return { season, week: week ?? now };
}

/** The weeks of a season that have begun, oldest first: the newest so many. */
export function weeksBegun(season: SeasonDates, today: string, most: number): number[] {
  if (today < season.startDate) return [];
  const last = today > season.endDate ? weeksIn(season) : weekIn(season, today);
  const first = Math.max(1, last - most + 1);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** Days after its last one on which a board may still change: two weeks at most until it closes, and some for a late closing. */
const daysAfter = 14 + limits.board.openDays;
/** A run may come late: it also follows what has begun meanwhile. */
const daysAhead = 8;

/** The boards that may still change: those of a few days ago, of today, and of the next days. */
export function openBoards(seasons: readonly SeasonDates[], today: string): string[] {
  const [first, last] = [addDays(today, -daysAfter), addDays(today, daysAhead)];
  const isOpen = (from: string, until: string) => from <= last && until >= first;
  return seasons.flatMap((season) => {
    const { seasonId, startDate, endDate } = season;
    if (!isOpen(startDate, endDate)) return [];
    const weeks = Array.from({ length: weeksIn(season) }, (_, i) => i + 1).filter((week) => {
      const { from, until } = daysOfWeek(season, week);
      return isOpen(from, until);
    });
    return [wholeSeason, ...weeks].map((week) => boardIdOf(seasonId, week));
  });
}
