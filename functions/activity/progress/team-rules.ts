/** Points and levels of a team (row 68). */
import {
  countsOf,
  daysFor,
  isApproved,
  isExcused,
  type Member,
  type RepeatMission,
  type Setting,
  termsIn,
  type Week,
} from './rules.ts';
import { isReal } from './streak-rules.ts';

/** What a certification is worth in a team of so many present members. */
export const pointsFor = (members: number) => Math.max(1, Math.round(10 / members)) * 2;

/** What a ONCE mission is worth once every present member is done or skips. Two people are no team yet. */
export const bonusForOnce = (members: number) => (members > 2 ? members : 0);

/** What a member's full week of a REPEAT mission is worth. */
export const bonusForWeek = 2;

/**
 * Whether a member has done all that a week asked: days that are excused are not asked, unless they are certified. Skipped ones
 * are (row 58: a skip gives no points), and so are those that were made up for (row 137). A number of their own that is lower
 * changes nothing (row 144).
 */
export function isFullWeek(mission: RepeatMission, week: Week, member: Member, setting: Setting): boolean {
  const counts = countsOf(member, mission.missionId, week.week);
  const days = daysFor(mission, week, member, setting);
  const approved = days.filter((day) => isApproved(counts, day) && isReal(counts.approved, counts, day)).length;
  const asked = days.filter((day) => isApproved(counts, day) || !isExcused(day, member)).length;
  const quota = Math.min(termsIn(mission, week).timesPerWeek, asked);
  return quota > 0 && approved >= quota;
}

/** From which level on a level costs how much; 40 and 15 more for each band. The last band never ends. */
const bands = [
  { from: 1, cost: 40 },
  { from: 2, cost: 55 },
  { from: 26, cost: 70 },
  { from: 46, cost: 85 },
  { from: 71, cost: 100 },
] as const;

export interface Level {
  readonly level: number;
  /** Points towards the next level, of `cost`. */
  readonly points: number;
  readonly cost: number;
}

/**
 * The level of a sum of points, 1 at least.
 *
 * @example levelOf(1360) // { level: 26, points: 0, cost: 70 }
 */
export function levelOf(sum: number): Level {
  let rest = Math.max(0, sum);
  let found: Level = { level: 1, points: rest, cost: bands[0].cost };
  for (const [at, { from, cost }] of bands.entries()) {
    const inBand = (bands[at + 1]?.from ?? Number.POSITIVE_INFINITY) - from;
    const levels = Math.min(inBand, Math.floor(rest / cost));
    rest -= levels * cost;
    found = { level: from + levels, points: rest, cost };
    if (levels < inBand) break;
  }
  return found;
}
