/** Weeks of missions as the rules read them, and as the rows of boards keep them: short, because a board reads all members. */
import { addDays, isoWeek } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { MissionWeekItem } from '../missions/items.ts';
import { daysIn } from '../missions/week-rules.ts';
import type { ProgressItem } from './items.ts';
import { type Counts, type DayCounts, isApproved, isSkipped, isWaiting, once } from './rules.ts';
import { isReal } from './streak-rules.ts';

/** What a week of a mission counts. */
export function countsIn(week: MissionWeekItem): Counts {
  const of = (prefix: Parameters<typeof daysIn>[1]): DayCounts =>
    Object.fromEntries(daysIn(week, prefix).map(({ day, count }) => [day, count]));
  return { taken: of(''), approved: of('ok '), waiting: of('wait '), skipped: of('skip '), madeUp: of('made ') };
}

/**
 * The state of a day: approved, approved as a make-up; waiting, waiting as a make-up; skipped; or denied, which takes the day
 * as well. The rules ask for no more of a day.
 */
const letters = ['A', 'M', 'W', 'V', 'S', 'T'] as const;
type Letter = (typeof letters)[number];

function letterOf(counts: Counts, day: string): Letter {
  if (isApproved(counts, day)) return isReal(counts.approved, counts, day) ? 'A' : 'M';
  if (isWaiting(counts, day)) return isReal(counts.waiting, counts, day) ? 'W' : 'V';
  return isSkipped(counts, day) ? 'S' : 'T';
}

/** The attribute of a row that keeps a week of a mission. */
export const weekName = ({ missionId, week }: Pick<MissionWeekItem, 'missionId' | 'week'>) =>
  `week ${missionId} ${week}` as const;

/** Digits of the number of writes: a later text is greater, which a condition can compare. */
const digits = 6;

/**
 * A week of a mission as a text: how often it was written, and the state of each day, by its weekday or, for a mission that
 * is done once, by its date.
 *
 * @example packedWeek(week) // '000003 A1W2'
 */
export function packedWeek(week: MissionWeekItem): string {
  const counts = countsIn(week);
  const days = [...new Set([...Object.keys(counts.taken), ...Object.keys(counts.skipped)])].toSorted();
  const short = (day: string) => (week.week === once ? day : String(weekdayOf(day)));
  return `${String(week.n).padStart(digits, '0')} ${days.map((day) => letterOf(counts, day) + short(day)).join('')}`;
}

/** 1 Monday to 7 Sunday. Days are UTC days here: only their distance counts. */
const weekdayOf = (day: string) => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

/** The Monday of an ISO week: the fourth of January is always in the first one. */
const mondayOf = (week: string) => {
  const [year = '', nth = ''] = week.split('-W');
  const fourth = `${year}-01-04`;
  return addDays(fourth, 1 - weekdayOf(fourth) + 7 * (Number(nth) - 1));
};

const pattern = /([AMWVST])([\d-]+)/g;

/** The counts in a text that `packedWeek` made: one for each state, and the rules judge them as they judge the week. */
export function unpackedWeek(text: string, week: string): Counts {
  const monday = week === once ? '' : mondayOf(week);
  const days = [...text.slice(digits + 1).matchAll(pattern)].map(([, letter, at = '']) => ({
    letter: letter as Letter,
    day: week === once ? at : addDays(monday, Number(at) - 1),
  }));
  const of = (...wanted: readonly Letter[]): DayCounts =>
    Object.fromEntries(days.filter(({ letter }) => wanted.includes(letter)).map(({ day }) => [day, 1]));
  return {
    taken: of('A', 'M', 'W', 'V', 'T'),
    ...{ approved: of('A', 'M'), waiting: of('W', 'V'), skipped: of('S'), madeUp: of('M', 'V') },
  };
}

interface PackedWeek {
  readonly name: `week ${string}`;
  readonly missionId: string;
  readonly week: string;
  readonly text: string;
}

const weeksOf = (row: ProgressItem): PackedWeek[] =>
  Object.entries(row).flatMap(([name, text]) => {
    const [prefix, missionId = '', week = ''] = name.split(' ');
    return prefix === 'week' ? [{ name: name as PackedWeek['name'], missionId, week, text: String(text) }] : [];
  });

/** All counts of a member, by mission and week. */
export function countsOfRow(row: ProgressItem): ReadonlyMap<string, ReadonlyMap<string, Counts>> {
  const all = new Map<string, Map<string, Counts>>();
  for (const { missionId, week, text } of weeksOf(row)) {
    const weeks = all.get(missionId) ?? new Map<string, Counts>();
    all.set(missionId, weeks.set(week, unpackedWeek(text, week)));
  }
  return all;
}

/** The weeks of a row that no board shows any more. */
export function staleIn(row: ProgressItem, today: string): PackedWeek['name'][] {
  // A week more than is shown: it may be a day earlier elsewhere.
  const first = isoWeek(addDays(today, -7 * (limits.progress.weeks + 1)));
  const firstOnce = addDays(today, -limits.progress.onceDays);
  // One that was taken back has no day. It stays: without it, a run that is late would put back what was taken back.
  const isStale = ({ week, text }: PackedWeek) =>
    week === once ? text.length > digits + 10 && text.slice(-10) < firstOnce : week < first;
  return weeksOf(row)
    .filter(isStale)
    .map(({ name }) => name);
}
