/** Rows 94, 95, 97: what a record may be, and what it is worth. */
import { fromIso } from '../../../shared/core/time.ts';
import { type GroupDays, groupDay } from '../../groups/core/day-rules.ts';
import { closesAt, counts, type SeasonDates, seasonOn, weekIn, wholeSeason } from '../seasons/rules.ts';
import type { Solved } from './items.ts';
import type { Counted } from './standing-rules.ts';

interface Times {
  readonly startedAt: string;
  readonly endedAt: string;
}

export interface TimesError {
  readonly pointer: '/endedAt';
  readonly reason: 'recordEnd' | 'recordAhead' | 'recordDay';
}

/** Row 94: a record begins before it ends, has ended, and is within one day of the group. It may end with the day. */
export function timesError({ startedAt, endedAt }: Times, days: GroupDays, now: number): TimesError | undefined {
  const [start, end] = [fromIso(startedAt), fromIso(endedAt)];
  if (start >= end) return { pointer: '/endedAt', reason: 'recordEnd' };
  if (end > now) return { pointer: '/endedAt', reason: 'recordAhead' };
  return groupDay(start, days) === groupDay(end - 1, days) ? undefined : { pointer: '/endedAt', reason: 'recordDay' };
}

export const minutesOf = ({ startedAt, endedAt }: Times): number =>
  Math.round((fromIso(endedAt) - fromIso(startedAt)) / 60_000);

/** Levels that occur, lowest first; a level with nothing solved is left out. */
export const tidySolved = (solved: readonly Solved[]): Solved[] =>
  solved.filter(({ count }) => count > 0).toSorted((a, b) => a.level - b.level);

/**
 * What of a record counts after a write. A record of this ISO week or the last one counts as it is now; one that is older keeps
 * what counted. So a board has nothing to look at but what was written.
 *
 * @param points undefined if the record is deleted
 */
export function countedNow(
  before: Counted,
  { day, points }: { readonly day: string; readonly points: number | undefined },
  seasons: readonly SeasonDates[],
  today: string,
): Counted {
  if (!counts(day, today)) return before;
  const season = seasonOn(seasons, day);
  if (!season || points === undefined) return {};
  return { counted: points, seasonId: season.seasonId, week: weekIn(season, day) };
}

/** What a record adds to boards: nothing while it is struck. */
export const countingOf = (record: (Counted & { readonly struckAt?: string }) | undefined): Counted =>
  record && record.struckAt === undefined ? record : {};

/** The boards on which what a record counts can still change: that of the season, and that of its week. */
export function boardsOpenFor(
  { seasonId, week }: Counted,
  seasons: readonly SeasonDates[],
  days: GroupDays,
  now: number,
): number[] {
  const season = seasons.find((each) => each.seasonId === seasonId);
  if (!season || week === undefined) return [];
  return [wholeSeason, week].filter((board) => now < closesAt(season, board, days));
}

/** Whether a struck record has to stay: without it, the day would be free for another record that counts. */
export const mustStay = (
  { struckAt, day }: { readonly struckAt?: string; readonly day: string },
  today: string,
): boolean => struckAt !== undefined && counts(day, today);

interface Sums {
  readonly minutes: number;
  readonly solved: readonly Solved[];
}
interface Totals {
  readonly minutes: number;
  readonly records: number;
  readonly solved: Readonly<Record<string, number>>;
}

/** Row 97: totals after a record has changed; undefined stands for no record. */
export function movedTotals(totals: Totals, before: Sums | undefined, after: Sums | undefined): Totals {
  const solved = new Map(Object.entries(totals.solved));
  const add = (sums: Sums | undefined, sign: 1 | -1) => {
    for (const { level, count } of sums?.solved ?? [])
      solved.set(String(level), (solved.get(String(level)) ?? 0) + sign * count);
  };
  add(before, -1);
  add(after, 1);
  return {
    minutes: totals.minutes - (before?.minutes ?? 0) + (after?.minutes ?? 0),
    records: totals.records - (before ? 1 : 0) + (after ? 1 : 0),
    solved: Object.fromEntries([...solved].filter(([, count]) => count > 0)),
  };
}

/** Problems by level as they are shown, lowest first. */
export const solvedIn = (solved: Readonly<Record<string, number>>): Solved[] =>
  Object.entries(solved)
    .map(([level, count]) => ({ level: Number(level), count }))
    .toSorted((a, b) => a.level - b.level);
