/** Streaks of a REPEAT mission, and the heat map of days (rows 119, 133, 137). */
import {
  type Counts,
  countsOf,
  type DayCounts,
  daysFor,
  isApproved,
  isExcused,
  isSkipped,
  isWaiting,
  type Member,
  type Mission,
  type RepeatMission,
  type Setting,
  termsIn,
  type Week,
} from './rules.ts';

/** DAY where every day that it takes is asked for; else WEEK. */
export type StreakUnit = 'DAY' | 'WEEK';

/**
 * A unit of a streak. `DONE` lengthens it. `KEPT`, by a make-up, keeps it alive. `WAITING` does not count yet and breaks
 * nothing, nor does `PAUSED`: excused or skipped. `RUNNING` is not over. `MISSED` ends it.
 */
export type UnitState = 'DONE' | 'KEPT' | 'WAITING' | 'WAITING_MAKE_UP' | 'PAUSED' | 'RUNNING' | 'MISSED';

export interface Unit {
  readonly unit: StreakUnit;
  readonly state: UnitState;
}

export interface Streak {
  /** Of the terms that hold now. */
  readonly unit: StreakUnit;
  readonly current: number;
  readonly best: number;
  /** What `current` becomes if all that waits is approved. */
  readonly pending: number;
}

const unitIn = (mission: RepeatMission, week: Week): StreakUnit => {
  const { timesPerWeek, weekdays } = termsIn(mission, week);
  return timesPerWeek === weekdays.length ? 'DAY' : 'WEEK';
};

/** Whether a day has more certifications than make-ups, of those that are approved, or wait. */
export const isReal = (those: DayCounts, { madeUp }: Counts, day: string) => those[day]! > (madeUp?.[day] ?? 0);

function dayState(counts: Counts, day: string, member: Member, today: string): UnitState {
  if (isApproved(counts, day)) return isReal(counts.approved, counts, day) ? 'DONE' : 'KEPT';
  if (isWaiting(counts, day)) return isReal(counts.waiting, counts, day) ? 'WAITING' : 'WAITING_MAKE_UP';
  if (isSkipped(counts, day) || isExcused(day, member)) return 'PAUSED';
  return day === today ? 'RUNNING' : 'MISSED';
}

/** A week of which `timesPerWeek` of more days are asked: it is done as a whole, or not. */
function weekState(counts: Counts, days: readonly string[], times: number, member: Member, today: string): UnitState {
  const states = days.map((day) => dayState(counts, day, member, today));
  const count = (...wanted: readonly UnitState[]) => states.filter((state) => wanted.includes(state)).length;
  const skipped = days.filter((day) => isSkipped(counts, day)).length;
  // Excused days are not asked for. Skipped ones are, and count as done for this.
  const excused = count('PAUSED') - skipped;
  const needed = Math.min(times, days.length - excused) - skipped;
  if (needed <= 0) return 'PAUSED';
  if (count('DONE') >= needed) return 'DONE';
  if (count('DONE', 'KEPT') >= needed) return 'KEPT';
  if (count('DONE', 'WAITING') >= needed) return 'WAITING';
  if (count('DONE', 'KEPT', 'WAITING', 'WAITING_MAKE_UP') >= needed) return 'WAITING_MAKE_UP';
  return days.at(-1)! >= today ? 'RUNNING' : 'MISSED';
}

/** The units of a mission for a member up to today, oldest first. Days and weeks on which nothing was asked are none. */
export function unitsOf(mission: RepeatMission, weeks: readonly Week[], member: Member, setting: Setting): Unit[] {
  const { today } = setting;
  return weeks.flatMap((week): Unit[] => {
    const days = daysFor(mission, week, member, setting);
    const counts = countsOf(member, mission.missionId, week.week);
    const unit = unitIn(mission, week);
    if (unit === 'DAY')
      return days.filter((day) => day <= today).map((day) => ({ unit, state: dayState(counts, day, member, today) }));
    if (days.length === 0 || days[0]! > today) return [];
    return [{ unit, state: weekState(counts, days, termsIn(mission, week).timesPerWeek, member, today) }];
  });
}

/**
 * The streak of a member (row 119): walks the units from the oldest. Days and weeks are not compared: where a mission
 * changes from one to the other, the streak begins again, and the best one is the best of the present unit.
 *
 * @param weeks all weeks that count, oldest first, up to the present one
 */
export function streakOf(mission: RepeatMission, weeks: readonly Week[], member: Member, setting: Setting): Streak {
  const unit = unitIn(mission, weeks.at(-1)!);
  let [current, best, pending] = [0, 0, 0];
  for (const each of unitsOf(mission, weeks, member, setting)) {
    if (each.unit !== unit || each.state === 'MISSED') [current, pending] = [0, 0];
    else if (each.state === 'DONE') [current, pending] = [current + 1, pending + 1];
    else if (each.state === 'WAITING') pending++;
    best = Math.max(best, current);
  }
  return { unit, current, best, pending };
}

/** A day of a heat map. `NONE`: nothing was asked, or it was one of several days of which the week asks for some. */
export interface HeatDay {
  readonly day: string;
  readonly state: 'DONE' | 'WAITING' | 'PAUSED' | 'MISSED' | 'OPEN' | 'NONE';
  /** Missions that were approved for the day. */
  readonly done: number;
}

/**
 * The heat map of a member over all REPEAT missions (row 133), up to today. Excused and skipped days are shown as such (row 119): a pause is visible.
 *
 * @param weeks oldest first
 */
export function heatOf(
  missions: readonly Mission[],
  weeks: readonly Week[],
  member: Member,
  setting: Setting,
): HeatDay[] {
  const repeated = missions.filter((mission) => mission.kind === 'REPEAT');
  return weeks.flatMap((week) => {
    const parts = repeated.map((mission) => ({
      counts: countsOf(member, mission.missionId, week.week),
      days: daysFor(mission, week, member, setting),
      isDaily: unitIn(mission, week) === 'DAY',
    }));
    const shown = week.days.filter((day) => day <= setting.today);
    return shown.map((day) => {
      const states = parts
        .filter(({ days }) => days.includes(day))
        .map(({ counts, isDaily }) => ({ state: dayState(counts, day, member, setting.today), isDaily }));
      const is = (...wanted: readonly UnitState[]) => states.filter(({ state }) => wanted.includes(state)).length;
      return { day, state: heatState(is, states), done: is('DONE', 'KEPT') };
    });
  });
}

function heatState(
  is: (...wanted: readonly UnitState[]) => number,
  states: readonly { readonly state: UnitState; readonly isDaily: boolean }[],
): HeatDay['state'] {
  if (is('DONE', 'KEPT') > 0) return 'DONE';
  if (is('WAITING', 'WAITING_MAKE_UP') > 0) return 'WAITING';
  if (is('RUNNING') > 0) return 'OPEN';
  if (states.some(({ state, isDaily }) => state === 'MISSED' && isDaily)) return 'MISSED';
  return is('PAUSED') > 0 ? 'PAUSED' : 'NONE';
}
