/** Row 96: seasons and their weeks, and when they close. */
import { addDays, countDays, weekStart } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import { dayBegins, type GroupDays } from '../../groups/core/day-rules.ts';
import type { SeasonState } from './values.ts';

interface Dates {
  readonly startDate: string;
  readonly endDate: string;
}
export type SeasonDates = Dates & { readonly seasonId: string };

export type SeasonError = {
  readonly pointer: '/startDate' | '/endDate';
  readonly reason: 'seasonStart' | 'seasonStartFixed' | 'seasonEnd' | 'seasonEndFixed' | 'seasonLength';
};

/** Why a new season cannot be: it begins today or later, and has one day to 53 weeks. */
export const newSeasonError = (dates: Dates, today: string): SeasonError | undefined =>
  dates.startDate < today ? { pointer: '/startDate', reason: 'seasonStart' } : lengthError(dates);

function lengthError({ startDate, endDate }: Dates): SeasonError | undefined {
  if (endDate < startDate) return { pointer: '/endDate', reason: 'seasonEnd' };
  if (countDays(startDate, endDate) > limits.season.days) return { pointer: '/endDate', reason: 'seasonLength' };
  return undefined;
}

/**
 * Why the days of a season cannot change so. The first day is fixed from a day before it on, and the last day may move to
 * tomorrow or later until it is over. So a record of today, written at the same moment, is in the same season and week before
 * and after the change.
 */
export function movedSeasonError(before: Dates, after: Dates, today: string): SeasonError | undefined {
  if (after.startDate !== before.startDate) {
    const fixed = addDays(today, limits.season.fixedDays);
    if (before.startDate <= fixed || after.startDate <= fixed)
      return { pointer: '/startDate', reason: 'seasonStartFixed' };
  }
  if (after.endDate !== before.endDate && (before.endDate < today || after.endDate <= today))
    return { pointer: '/endDate', reason: 'seasonEndFixed' };
  return lengthError(after);
}

/** Whether a season shares a day with another one. */
export const overlapsAny = ({ seasonId, startDate, endDate }: SeasonDates, seasons: readonly SeasonDates[]): boolean =>
  seasons.some((each) => each.seasonId !== seasonId && each.startDate <= endDate && startDate <= each.endDate);

/** The season that a day is in. */
export const seasonOn = <S extends Dates>(seasons: readonly S[], day: string): S | undefined =>
  seasons.find(({ startDate, endDate }) => startDate <= day && day <= endDate);

/** The week of a season that a day is in. Weeks are counted from the first day of the season, from 1. */
export const weekIn = ({ startDate }: Pick<Dates, 'startDate'>, day: string): number =>
  Math.floor((countDays(startDate, day) - 1) / 7) + 1;

/** The number of a whole season, beside those of its weeks. */
export const wholeSeason = 0;

/** How many weeks a season has. The last one may be short. */
export const weeksIn = (season: Dates): number => weekIn(season, season.endDate);

/** The first and the last day of a week of a season. */
export function daysOfWeek(
  { startDate, endDate }: Dates,
  week: number,
): { readonly from: string; readonly until: string } {
  const from = addDays(startDate, 7 * (week - 1));
  const last = addDays(from, 6);
  return { from, until: last < endDate ? last : endDate };
}

/** Row 95: whether a record of a day counts for boards: the day is in this ISO week or in the last one, and not ahead. */
export const counts = (day: string, today: string): boolean => addDays(weekStart(today), -7) <= day && day <= today;

/** When a board closes next, in milliseconds since 1970; undefined once all boards of the season are closed. */
export function nextClosing(season: Dates, days: GroupDays, after: number): number | undefined {
  for (let week = 1; week <= weeksIn(season); week++) {
    const at = closesAt(season, week, days);
    if (at > after) return at;
  }
  return undefined;
}

/**
 * When a board closes, in milliseconds since 1970: as soon as no day of it counts any more, which is at the beginning of a
 * Monday. The board of a season closes with its last week.
 *
 * @param week a week, or `wholeSeason`
 */
export function closesAt(season: Dates, week: number, days: GroupDays): number {
  const last = week === wholeSeason ? season.endDate : daysOfWeek(season, week).until;
  return dayBegins(addDays(weekStart(last), 14), days);
}

export function stateOn({ startDate, endDate }: Dates, today: string): SeasonState {
  if (today < startDate) return 'UPCOMING';
  return today <= endDate ? 'CURRENT' : 'OVER';
}
