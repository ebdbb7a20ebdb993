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
  quotaIn,
  type RepeatMission,
  type Setting,
  termsIn,
  timesBefore,
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
  /** The best one in the other unit, if the mission has counted in it before: it stays to be seen (row 144). */
  readonly former: { readonly unit: StreakUnit; readonly best: number } | null;
  /** What `current` becomes if all that waits is approved. */
  readonly pending: number;
}

/** Whoever does a mission less often than it asks counts weeks (row 144). */
const unitIn = (mission: RepeatMission, week: Week, member: Member): StreakUnit => {
  const { timesPerWeek, weekdays } = termsIn(mission, week);
  return (quotaIn(mission, week, member)?.times ?? timesPerWeek) === weekdays.length ? 'DAY' : 'WEEK';
};

/** Whether each day was asked for on a day: what somebody chose within a week leaves the days before as they were. */
function isDailyOn(mission: RepeatMission, week: Week, member: Member, day: string): boolean {
  const own = quotaIn(mission, week, member);
  if (!own || own.from <= day) return unitIn(mission, week, member) === 'DAY';
  return timesBefore(mission, week, member) === termsIn(mission, week).weekdays.length;
}

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
    const all = daysFor(mission, week, member, setting);
    const counts = countsOf(member, mission.missionId, week.week);
    const unit = unitIn(mission, week, member);
    if (unit === 'DAY')
      return all.filter((day) => day <= today).map((day) => ({ unit, state: dayState(counts, day, member, today) }));
    const own = quotaIn(mission, week, member);
    const days = own ? all.filter((day) => day >= own.from) : all;
    if (days.length === 0 || days[0]! > today) return [];
    const times = own?.times ?? termsIn(mission, week).timesPerWeek;
    return [{ unit, state: weekState(counts, days, times, member, today) }];
  });
}

/**
 * The streak of a member (row 119): walks the units from the oldest. Days and weeks are not compared: where a mission
 * changes from one to the other, the streak begins again, and the best one is the best of the present unit.
 *
 * @param weeks all weeks that count, oldest first, up to the present one
 */
export function streakOf(mission: RepeatMission, weeks: readonly Week[], member: Member, setting: Setting): Streak {
  const unit = unitIn(mission, weeks.at(-1)!, member);
  const best = { DAY: 0, WEEK: 0 };
  let [current, pending, counted] = [0, 0, unit];
  for (const each of unitsOf(mission, weeks, member, setting)) {
    if (each.unit !== counted) [current, pending, counted] = [0, 0, each.unit];
    if (each.state === 'MISSED') [current, pending] = [0, 0];
    else if (each.state === 'DONE') [current, pending] = [current + 1, pending + 1];
    else if (each.state === 'WAITING') pending++;
    best[each.unit] = Math.max(best[each.unit], current);
  }
  const other = unit === 'DAY' ? 'WEEK' : 'DAY';
  const now = counted === unit ? { current, pending } : { current: 0, pending: 0 };
  return { unit, ...now, best: best[unit], former: best[other] > 0 ? { unit: other, best: best[other] } : null };
}

/** The days that a streak stands for: of two, the longer one. */
const daysOf = ({ unit }: Pick<Streak, 'unit'>, count: number) => (unit === 'WEEK' ? 7 * count : count);

/**
 * The streak that stands for a member in a group, where several missions repeat: the longest that goes on, of equal ones that
 * with the better best one, else that of the older mission.
 *
 * @param streaks in the order of their missions
 */
export const longestOf = <T extends Streak>(streaks: readonly T[]): T | undefined =>
  streaks.toSorted((a, b) => daysOf(b, b.current) - daysOf(a, a.current) || daysOf(b, b.best) - daysOf(a, a.best))[0];

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
      isDailyOn: (day: string) => isDailyOn(mission, week, member, day),
    }));
    const shown = week.days.filter((day) => day <= setting.today);
    return shown.map((day) => {
      const states = parts
        .filter(({ days }) => days.includes(day))
        .map(({ counts, ...part }) => ({
          state: dayState(counts, day, member, setting.today),
          isDaily: part.isDailyOn(day),
        }));
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

/** The days of a group: on how many missions members have done something, of those that repeat. Who missed one is not shown. */
export function groupDays(
  missions: readonly Mission[],
  weeks: readonly Week[],
  members: readonly Member[],
  { today }: Pick<Setting, 'today'>,
): HeatDay[] {
  const repeated = missions.filter((mission) => mission.kind === 'REPEAT');
  return weeks.flatMap((week) => {
    const all = members.flatMap((member) => repeated.map(({ missionId }) => countsOf(member, missionId, week.week)));
    return week.days
      .filter((day) => day <= today)
      .map((day) => {
        const done = all.filter((counts) => isApproved(counts, day)).length;
        return { day, state: done > 0 ? 'DONE' : day === today ? 'OPEN' : 'NONE', done };
      });
  });
}
