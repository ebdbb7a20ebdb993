/**
 * What missions ask of a member, and what the member has done of it (rows 60-62, 119, 137). Days are days of the group:
 * `YYYY-MM-DD` in its zone, moved by its start of the day. Weeks are ISO weeks. Nothing here counts hours, so no change of
 * a clock matters.
 */
import { addDays, isoWeek, weekStart } from '../../../shared/core/time.ts';

/** How many certifications count for a day. A day that is missing has none. */
export type DayCounts = Readonly<Record<string, number>>;

/** The certifications of a member for a mission in one week; for a ONCE mission, all of them. */
export interface Counts {
  /** In whatever state. */
  readonly taken: DayCounts;
  readonly approved: DayCounts;
  /** Those that wait for a decision. */
  readonly waiting: DayCounts;
  readonly skipped: DayCounts;
  /** Make-ups among those that are approved or wait (row 137). */
  readonly madeUp?: DayCounts;
}

/** Both ends are days and belong to it. Without `until`, it has no end. */
export interface Span {
  readonly from: string;
  readonly until?: string;
}

/** How often a mission repeats, from a Monday on. */
export interface Terms {
  readonly from: string;
  readonly timesPerWeek: number;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekdays: readonly number[];
}

export interface RepeatMission extends Span {
  readonly kind: 'REPEAT';
  readonly missionId: string;
  /** Oldest first, and at least one. A change holds from the next Monday on, so weeks that are over keep what they asked. */
  readonly terms: readonly Terms[];
}

export interface OnceMission extends Span {
  readonly kind: 'ONCE';
  readonly missionId: string;
  /** The last day on which it can be certified. Without it, it is never missed. */
  readonly dueDay?: string;
}

export type Mission = RepeatMission | OnceMission;

/** The key of a ONCE mission's counts, beside the weeks of REPEAT missions. */
export const once = 'ONCE';

/** How often a week somebody does a mission from a day on, by their own choice (row 144). Null: as often as it asks again. */
export interface Quota {
  readonly missionId: string;
  readonly from: string;
  readonly timesPerWeek: number | null;
}

export interface Member {
  readonly accountId: string;
  /** The day of this joining. Who left and came back starts again. */
  readonly since: string;
  /** Days that are excused (row 119). */
  readonly excused: readonly Required<Span>[];
  /** What they ask of themselves, oldest first. */
  readonly quotas?: readonly Quota[];
  /** By mission, then by ISO week or `once`. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, Counts>>;
}

export interface Setting {
  /** From the first day of the group to its last: the day it was ended, if its leader has ended it early. */
  readonly period: Span;
  readonly today: string;
}

/** A week with its days, Monday to Sunday: computed once for all members. */
export interface Week {
  readonly week: string;
  readonly days: readonly string[];
}

/** Certified and due: a fraction, so that equal rates are equal. */
export interface Share {
  readonly done: number;
  readonly due: number;
}

/** One mission in one week. */
export interface Standing extends Share {
  /** How often the week asks for it, without what is excused and skipped. Never below `done`. */
  readonly asked: number;
  /** What cannot be done any more. `due` is `done` and this. */
  readonly missed: number;
  /** Days from today on that are open. */
  readonly left: number;
  /** Days that count as soon as somebody approves. */
  readonly waiting: number;
}

const nothing: Share = { done: 0, due: 0 };
const none: Counts = { taken: {}, approved: {}, waiting: {}, skipped: {} };
const idle: Standing = { ...nothing, asked: 0, missed: 0, left: 0, waiting: 0 };

/** The weeks from the one of a day to the one of another. */
export function weeksBetween(first: string, last: string): Week[] {
  const weeks: Week[] = [];
  for (let monday = weekStart(first); monday <= last; monday = addDays(monday, 7)) {
    const days = [monday, ...[1, 2, 3, 4, 5, 6].map((later) => addDays(monday, later))];
    weeks.push({ week: isoWeek(monday), days });
  }
  return weeks;
}

const isIn = (day: string, { from, until }: Span) => from <= day && (until === undefined || day <= until);

export const isExcused = (day: string, { excused }: Pick<Member, 'excused'>) =>
  excused.some((range) => isIn(day, range));

export const countsOf = ({ counts }: Pick<Member, 'counts'>, missionId: string, week: string): Counts =>
  counts.get(missionId)?.get(week) ?? none;

const has = (counts: DayCounts, day: string) => (counts[day] ?? 0) > 0;
export const isApproved = ({ approved }: Counts, day: string) => has(approved, day);
export const isWaiting = (counts: Counts, day: string) => has(counts.waiting, day) && !isApproved(counts, day);
export const isSkipped = (counts: Counts, day: string) =>
  has(counts.skipped, day) && !isApproved(counts, day) && !isWaiting(counts, day);
/** From today on: nothing was sent for it, and it is not skipped. */
const isOpen = (counts: Counts, day: string, today: string) =>
  day >= today && !has(counts.taken, day) && !isSkipped(counts, day);

/** The terms that hold in a week: the latest that began by its Monday. */
export const termsIn = ({ terms }: RepeatMission, { days }: Week): Terms =>
  terms.findLast(({ from }) => from <= days[0]!) ?? terms[0]!;

/** Days of a week on which a mission can be asked of a member: in the group's period, the mission's life and the membership. */
export function daysFor(mission: RepeatMission, week: Week, { since }: Pick<Member, 'since'>, { period }: Setting) {
  const { weekdays } = termsIn(mission, week);
  return week.days.filter(
    (day, at) => weekdays.includes(at + 1) && day >= since && isIn(day, period) && isIn(day, mission),
  );
}

/** The own number of times that holds in a week, and from which day on; undefined where the mission's holds in all of it. */
export function quotaIn(mission: RepeatMission, week: Week, { quotas = [] }: Pick<Member, 'quotas'>) {
  const [monday, sunday] = [week.days[0]!, week.days[6]!];
  const own = quotas.findLast(({ missionId, from }) => missionId === mission.missionId && from <= sunday);
  if (!own || (own.timesPerWeek === null && own.from <= monday)) return undefined;
  const { timesPerWeek } = termsIn(mission, week);
  return { from: own.from, times: Math.min(own.timesPerWeek ?? timesPerWeek, timesPerWeek) };
}

/**
 * What a REPEAT mission asks of a member in a week, and what of it is done, missed and still possible. A day counts once,
 * however many certifications it has. A miss counts when it cannot be avoided any more; what waits is not held against the
 * member. Days that are excused leave what is asked, but a day that is certified or skipped in spite of it counts.
 *
 * A number of one's own (row 144) changes what is asked from its day on alone: what was missed by then stays missed, and
 * what was done by then is part of the number.
 */
export function standingIn(mission: RepeatMission, week: Week, member: Member, setting: Setting): Standing {
  const { timesPerWeek } = termsIn(mission, week);
  const counts = countsOf(member, mission.missionId, week.week);
  const days = daysFor(mission, week, member, setting);
  const own = quotaIn(mission, week, member);
  const standing = (some: readonly string[], times: number, ahead = 0) =>
    standingOn(some, { counts, times, ahead }, member, setting.today);
  if (!own || own.from <= week.days[0]!) return standing(days, own?.times ?? timesPerWeek);
  const later = days.filter((day) => day >= own.from);
  const earlier = days.filter((day) => day < own.from);
  const before = standing(earlier, timesBefore(mission, week, member), later.length);
  const skipped = earlier.filter((day) => isSkipped(counts, day)).length;
  const after = standing(later, Math.max(0, own.times - before.done - before.waiting - skipped));
  return {
    asked: before.done + before.waiting + after.asked,
    ...sumOf([before, after]),
    missed: before.missed + after.missed,
    left: after.left,
    waiting: before.waiting + after.waiting,
  };
}

/** What was asked in a week before the day of its change. What was chosen for later weeks changes nothing of it. */
export const timesBefore = (mission: RepeatMission, week: Week, { quotas = [] }: Pick<Member, 'quotas'>) => {
  const isOf = ({ missionId, from }: Quota) => missionId === mission.missionId && from <= week.days[6]!;
  const former = quotas.slice(0, quotas.findLastIndex(isOf));
  return quotaIn(mission, week, { quotas: former })?.times ?? termsIn(mission, week).timesPerWeek;
};

/** @param ahead days of the week besides, all of which can still be certified */
function standingOn(
  days: readonly string[],
  { counts, times, ahead }: { readonly counts: Counts; readonly times: number; readonly ahead: number },
  member: Member,
  today: string,
): Standing {
  let [approved, waiting, skipped, left, asked, open] = [0, 0, 0, 0, 0, 0];
  for (const day of days) {
    if (isApproved(counts, day)) approved++;
    else if (isWaiting(counts, day)) waiting++;
    else if (isSkipped(counts, day)) skipped++;
    else {
      const isLeft = isOpen(counts, day, today);
      if (isLeft) left++;
      if (isExcused(day, member)) {
        // An excused day can still be certified until it is over. Until then it is no reason to call another day a miss.
        if (isLeft) open++;
        continue;
      }
    }
    asked++;
  }
  const quota = Math.min(times, asked);
  const done = Math.min(approved, quota);
  const missed = Math.max(0, Math.min(times, asked + open + ahead) - skipped - approved - waiting - left - ahead);
  return { asked: Math.max(done, quota - skipped), done, missed, due: done + missed, left, waiting };
}

/** ONCE: due from when it is done, or from the day after its last; not if it was skipped, excused that day, or ended before. */
export function standingOnce(mission: OnceMission, member: Member, { period, today }: Setting): Standing {
  const { dueDay, from, until, missionId } = mission;
  // Row 60: what had ended before they joined is not theirs.
  const last = [dueDay, until, period.until].filter((day) => day !== undefined).sort()[0];
  if ((last !== undefined && last < member.since) || today < from) return idle;
  const counts = countsOf(member, missionId, once);
  const any = (some: DayCounts) => Object.values(some).some((count) => count > 0);
  if (any(counts.approved)) return { ...idle, done: 1, due: 1, asked: 1 };
  if (any(counts.waiting)) return { ...idle, asked: 1, waiting: 1 };
  if (any(counts.skipped)) return idle;
  const isOver = last !== undefined && today > last;
  if (!isOver) return { ...idle, asked: 1, left: any(counts.taken) ? 0 : 1 };
  const isMissed = last === dueDay && !isExcused(dueDay, member);
  return isMissed ? { ...idle, asked: 1, missed: 1, due: 1 } : idle;
}

/** What missions were done and due in one week. A ONCE mission belongs to the week in which it was done, or missed. */
export function shareIn(missions: readonly Mission[], week: Week, member: Member, setting: Setting): Share {
  return sumOf(
    missions.map((mission) => {
      if (mission.kind === 'REPEAT') return standingIn(mission, week, member, setting);
      return isInWeek(mission, week, member) ? standingOnce(mission, member, setting) : nothing;
    }),
  );
}

function isInWeek({ missionId, dueDay }: OnceMission, { days }: Week, member: Member): boolean {
  const { approved } = countsOf(member, missionId, once);
  const doneOn = Object.keys(approved).find((day) => has(approved, day));
  const day = doneOn ?? dueDay;
  if (day === undefined) return false;
  // Done before this joining, it counts in the week of the joining: earlier weeks are not theirs.
  return isIn(day < member.since ? member.since : day, { from: days[0]!, until: days[6]! });
}

export const sumOf = (shares: readonly Share[]): Share => ({
  done: shares.reduce((sum, { done }) => sum + done, 0),
  due: shares.reduce((sum, { due }) => sum + due, 0),
});

/** Row 62: from 0 to 1; null while nothing is due, which is neither 0 nor 1. */
export const rateOf = ({ done, due }: Share): number | null => (due === 0 ? null : done / due);

/** Row 62: the mean of the members' rates, without those of whom nothing was due. */
export function teamRate(shares: readonly Share[]): number | null {
  const rates = shares.map(rateOf).filter((rate) => rate !== null);
  return rates.length === 0 ? null : rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}

/** One week of a chart: the member beside the team. */
export interface WeekOfSeries extends Share {
  readonly week: string;
  readonly rate: number | null;
  readonly team: number | null;
}

/**
 * The weekly series of every member beside the team (row 62), and what each has done in all these weeks: one pass.
 *
 * @param weeks oldest first (`weeksBetween`)
 * @returns by account
 */
export function seriesOf(
  missions: readonly Mission[],
  weeks: readonly Week[],
  members: readonly Member[],
  setting: Setting,
): ReadonlyMap<string, { readonly total: Share; readonly series: readonly WeekOfSeries[] }> {
  const table = members.map((member) => weeks.map((week) => shareIn(missions, week, member, setting)));
  const team = weeks.map((_, at) => teamRate(table.map((row) => row[at]!)));
  return new Map(
    members.map(({ accountId }, row) => {
      const shares = table[row]!;
      const series = weeks.map(({ week }, at) => ({
        week,
        ...shares[at]!,
        rate: rateOf(shares[at]!),
        team: team[at]!,
      }));
      return [accountId, { total: sumOf(shares), series }];
    }),
  );
}
