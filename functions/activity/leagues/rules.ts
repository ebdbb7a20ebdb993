/** Row 161: weeks, boards, and what counts. Pure. */
import { addDays, dayMs, fromIso, instantOf, localDay, minuteMs, weekStart } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import { audiences, categories } from '../../groups/core/values.ts';
import type { Points } from '../boards/rules.ts';
import type { BrickItem } from '../certifications/items.ts';
import type { LeagueMemberItem } from './items.ts';
import type { ShownAs, WeekState } from './values.ts';

const { zone, dayStart, parts, closeMinutes, bricksADay, sentDays, adultFrom } = limits.league;

/** Everybody; by category of the group; by audience of the group. No category is called like an audience. */
export const leagues = ['ALL', ...categories, ...audiences] as const;
export type League = (typeof leagues)[number];

/** When a week begins, in milliseconds since 1970: on its Monday at 05:00 of Seoul, wherever people and groups are. */
export const beginningOf = (week: string): number => instantOf(week, dayStart, zone);
export const nextWeek = (week: string): string => addDays(week, 7);
export const weekBefore = (week: string): string => addDays(week, -7);
export const endOf = (week: string): number => beginningOf(nextWeek(week));
/** From then on, what is read of the boards never changes. */
export const closingOf = (week: string): number => endOf(week) + closeMinutes * minuteMs;

/** The week of an instant, by its Monday. */
export function weekOf(instant: number): string {
  const monday = weekStart(localDay(instant, zone));
  return instant < beginningOf(monday) ? weekBefore(monday) : monday;
}

/** The weeks from one to another, both included. */
export const weeksFrom = (first: string, last: string): string[] =>
  first > last ? [] : [first, ...weeksFrom(nextWeek(first), last)];

/** Whether a day is the Monday of a week that has begun. */
export const hasBegun = (week: string, now: number): boolean => weekStart(week) === week && beginningOf(week) <= now;

/** The part of the leagues that an account is in. Ids end in random digits, so the parts are equally large. */
export const partOf = (accountId: string): number => Number.parseInt(accountId.slice(-2), 16) % parts;
export const allParts = Array.from({ length: parts }, (_, part) => part);
/** A part has marks and histograms of its own: nobody waits for another part. */
export const scopeOfPart = (part: number): string => `LEAGUE-${part}`;
export const partOfScope = (scopeId: string): number => Number(scopeId.slice(scopeId.lastIndexOf('-') + 1));

export const boardIdOf = (week: string, league: League, part: number): string => `${week}:${league}:${part}`;

/** The boards of some weeks in a part. That of everybody comes last: it is closed after the others. */
export const boardIdsOf = (weeks: readonly string[], part: number): string[] =>
  weeks.flatMap((week) => leagues.toReversed().map((league) => boardIdOf(week, league, part)));

type Stay = Pick<LeagueMemberItem, 'leftAt' | 'since'>;

export const takesPart = (member: Pick<Stay, 'leftAt'> | undefined): boolean =>
  member !== undefined && member.leftAt === undefined;

/**
 * Whether a member is counted in a week. Who has left or is suspended keeps the weeks that were over, also while these are still
 * counted.
 */
export const isCountedIn = ({ since, leftAt }: Stay, suspendedAt: string | undefined, week: string): boolean =>
  week >= since && [leftAt, suspendedAt].every((at) => at === undefined || week < weekOf(fromIso(at)));

/** Whether a member may be counted in a week that is open now, or was the last one. */
export const mayCount = ({ leftAt }: Pick<Stay, 'leftAt'>, now: number): boolean =>
  leftAt === undefined || weekOf(fromIso(leftAt)) >= weekOf(now);

/** From which week on somebody is counted who joins. Who is back in the week in which they left has missed none. */
export const sinceOf = (before: Stay | undefined, now: number): string =>
  before && mayCount(before, now) ? before.since : weekOf(now);

/** The time that a certification was sent at, at the earliest, for its brick to count in a week. */
export const earliestSent = (week: string): number => beginningOf(week) - sentDays * dayMs;

type Laid = Pick<BrickItem, 'earnedAt' | 'category' | 'audience'>;

/** The leagues in which a brick counts. Of a row from before leagues nothing is known but that it was laid. */
const leaguesOf = ({ category, audience }: Laid): League[] => [
  'ALL',
  ...(category ? [category] : []),
  ...(audience ? [audience] : []),
];

/** Seoul has had no summer time since, so each day of a league has 24 hours. */
const epoch = '2000-01-03';

/** What somebody has on the boards of some weeks: a point a brick, and as many a day as anybody can do. */
export function standingOf(bricks: readonly Laid[], weeks: readonly string[], part: number): Map<string, Points> {
  const standing = new Map<string, Points>();
  const onDay = new Map<number, number>();
  for (const brick of bricks.toSorted((a, b) => (a.earnedAt < b.earnedAt ? -1 : 1))) {
    const reachedAt = fromIso(brick.earnedAt);
    const week = weekOf(reachedAt);
    if (!weeks.includes(week)) continue;
    const day = Math.floor((reachedAt - beginningOf(epoch)) / dayMs);
    const nth = (onDay.get(day) ?? 0) + 1;
    onDay.set(day, nth);
    if (nth > bricksADay) continue;
    for (const league of leaguesOf(brick)) {
      const boardId = boardIdOf(week, league, part);
      standing.set(boardId, { points: (standing.get(boardId)?.points ?? 0) + 1, reachedAt });
    }
  }
  return standing;
}

interface KnownOfAge {
  readonly birthDate?: string | undefined;
}

/** How somebody is shown who has not chosen: by an animal, unless their birth date says that they are 19. */
export function usualFor({ birthDate }: KnownOfAge, now: number): ShownAs {
  const today = localDay(now, zone);
  const latest = `${Number(today.slice(0, 4)) - adultFrom}${today.slice(4)}`;
  return birthDate !== undefined && birthDate <= latest ? 'NICKNAME' : 'ANIMAL';
}

/** The change of a membership by a choice; without one, what is usual for the age counts. */
export function chosen(
  before: Pick<LeagueMemberItem, 'namedSince' | 'shownAs'> | undefined,
  choice: ShownAs | undefined,
  account: KnownOfAge,
  now: number,
): Pick<LeagueMemberItem, 'namedSince' | 'shownAs'> {
  const shownAs = choice ?? before?.shownAs;
  const way = shownAs ?? usualFor(account, now);
  return {
    ...(shownAs ? { shownAs } : {}),
    ...(way === 'NICKNAME' ? { namedSince: before?.namedSince ?? weekOf(now) } : {}),
  };
}

/** How somebody is shown on the boards of a week. */
export function shownIn(
  { namedSince, shownAs }: Pick<LeagueMemberItem, 'namedSince' | 'shownAs'>,
  week: string,
  account: KnownOfAge,
  now: number,
): ShownAs {
  if (namedSince === undefined || namedSince > week) return 'ANIMAL';
  return shownAs ?? usualFor(account, now);
}

/**
 * How far a week is.
 *
 * @param closed whether each board that there is of it is closed
 */
export function stateOf(week: string, closed: readonly boolean[], now: number): WeekState {
  if (now < endOf(week)) return 'OPEN';
  return now >= closingOf(week) && closed.every(Boolean) ? 'FINAL' : 'COUNTING';
}
