/**
 * The slow second computation of every number of progress, from the list of what was written: by days, by hand, by trying
 * every future.
 */
import type { Member, OnceMission, RepeatMission, Setting, Share } from '../../functions/activity/progress/rules.ts';
import { dayOfWeek, type History, later, mondayOf, type Written } from './histories.ts';

/** What a member has written for a mission on a day, as it stands. */
export const on = (history: History, accountId: string, missionId: string, day?: string): Written[] =>
  history.written.filter(
    (each) =>
      each.accountId === accountId &&
      each.missionId === missionId &&
      (day === undefined || each.day === day) &&
      each.state !== 'DELETED',
  );

const within = (day: string, from: string, until = '9') => from <= day && day <= until;

/** Whether a mission can be asked of a member on a day. */
export function isAsked(mission: RepeatMission, day: string, member: Member, { period }: Setting): boolean {
  let terms = mission.terms[0]!;
  for (const each of mission.terms) if (each.from <= mondayOf(day)) terms = each;
  return (
    terms.weekdays.includes(dayOfWeek(day)) &&
    within(day, period.from, period.until) &&
    within(day, mission.from, mission.until) &&
    day >= member.since
  );
}

export const timesIn = (mission: RepeatMission, monday: string) => {
  let times = mission.terms[0]!.timesPerWeek;
  for (const each of mission.terms) if (each.from <= monday) times = each.timesPerWeek;
  return times;
};

const subsets = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: 2 ** all.length }, (_, bits) => all.filter((_one, at) => (bits >> at) % 2 === 1));

/** Done and due of a REPEAT mission in a week: a miss is what is left undone in the best of all futures. */
export function slowWeek(history: History, mission: RepeatMission, monday: string, member: Member): Share {
  const { setting } = history;
  const written = on(history, member.accountId, mission.missionId);
  const days = [0, 1, 2, 3, 4, 5, 6].map((at) => later(monday, at));
  const can = days.filter((day) => isAsked(mission, day, member, setting));
  const there = (day: string, ...states: readonly string[]) =>
    written.some((each) => each.day === day && states.includes(each.state));
  const excused = (day: string) => member.excused.some(({ from, until }) => within(day, from, until));
  const approved = can.filter((day) => there(day, 'APPROVED'));
  const waiting = can.filter((day) => there(day, 'WAITING') && !there(day, 'APPROVED'));
  const open = can.filter((day) => day >= setting.today && !there(day, 'APPROVED', 'WAITING', 'DENIED', 'SKIPPED'));
  const times = timesIn(mission, monday);
  const end = (done: readonly string[]) => {
    const asked = can.filter((day) => !excused(day) || done.includes(day) || there(day, 'SKIPPED'));
    const skipped = asked.filter((day) => there(day, 'SKIPPED') && !done.includes(day)).length;
    const quota = Math.min(times, asked.length);
    return { quota, missed: Math.max(0, quota - skipped - done.length) };
  };
  const futures = subsets(open).map((more) => end([...approved, ...waiting, ...more]).missed);
  const done = Math.min(approved.length, end([...approved, ...waiting]).quota);
  return { done, due: done + Math.min(...futures) };
}

/** The sums of a member over all REPEAT missions and all weeks from the first day to today. */
export function slowShare(history: History, member: Member): Share {
  let [done, due] = [0, 0];
  for (const mission of history.missions)
    for (let monday = mondayOf(history.firstDay); monday <= history.setting.today; monday = later(monday, 7)) {
      if (mission.kind === 'ONCE') continue;
      const week = slowWeek(history, mission, monday, member);
      done += week.done;
      due += week.due;
    }
  return { done, due };
}

/** Done and due of a ONCE mission, told as a story. */
export function slowOnce(history: History, mission: OnceMission, member: Member): Share {
  const { today, period } = history.setting;
  const ends = [mission.dueDay, mission.until, period.until].filter((day) => day !== undefined);
  if (ends.some((day) => day < member.since)) return { done: 0, due: 0 };
  if (today < mission.from) return { done: 0, due: 0 };
  const states = on(history, member.accountId, mission.missionId).map(({ state }) => state);
  if (states.includes('APPROVED')) return { done: 1, due: 1 };
  const { dueDay } = mission;
  if (states.includes('WAITING') || states.includes('SKIPPED') || dueDay === undefined) return { done: 0, due: 0 };
  const endedBefore = ends.some((day) => day < dueDay);
  const isExcused = member.excused.some(({ from, until }) => within(dueDay, from, until));
  return { done: 0, due: dueDay < today && !endedBefore && !isExcused ? 1 : 0 };
}

/**
 * A streak by looking back from every unit in turn: what lengthens it up to the first miss.
 *
 * @returns current, best, pending; or undefined where the mission changed between days and weeks
 */
export function slowStreak(history: History, mission: RepeatMission, member: Member): number[] | undefined {
  const { today } = history.setting;
  const daily = mission.terms.map(({ timesPerWeek, weekdays }) => timesPerWeek === weekdays.length);
  if (new Set(daily).size > 1) return undefined;
  const written = on(history, member.accountId, mission.missionId);
  const state = (day: string) => {
    const own = written.filter((each) => each.day === day);
    const approved = own.filter((each) => each.state === 'APPROVED');
    const waits = own.filter((each) => each.state === 'WAITING');
    const real = (some: readonly Written[]) => some.some(({ isMakeUp }) => !isMakeUp);
    // A make-up that waits beside an approved one is no case of its own.
    if (approved.length > 0)
      return approved.length > own.filter((e) => e.isMakeUp && e.state !== 'DENIED').length ? 'real' : 'made up';
    if (waits.length > 0) return real(waits) ? 'waits' : 'made up waits';
    if (own.some((each) => each.state === 'SKIPPED')) return 'skipped';
    return member.excused.some(({ from, until }) => within(day, from, until)) ? 'excused' : 'nothing';
  };
  // A unit: how it counts now, how it would count, and whether it ends a streak.
  const units: { now: number; later: number; ends: boolean }[] = [];
  for (let monday = mondayOf(history.firstDay); monday <= today; monday = later(monday, 7)) {
    const days = [0, 1, 2, 3, 4, 5, 6].map((at) => later(monday, at));
    const can = days.filter((day) => isAsked(mission, day, member, history.setting));
    if (daily[0])
      for (const day of can.filter((one) => one <= today)) {
        const it = state(day);
        const ends = it === 'nothing' && day < today;
        units.push({ now: Number(it === 'real'), later: Number(it === 'real' || it === 'waits'), ends });
      }
    else if (can.length > 0 && can[0]! <= today) {
      const number = (...kinds: string[]) => can.filter((day) => kinds.includes(state(day))).length;
      const needed = Math.min(timesIn(mission, monday), can.length - number('excused')) - number('skipped');
      const all = number('real', 'made up', 'waits', 'made up waits');
      const keeps = number('real', 'made up') >= needed;
      units.push({
        now: Number(needed > 0 && number('real') >= needed),
        later: Number(needed > 0 && (number('real') >= needed || (!keeps && number('real', 'waits') >= needed))),
        ends: needed > 0 && all < needed && can.at(-1)! < today,
      });
    }
  }
  const back = (from: number, counted: 'now' | 'later') => {
    let length = 0;
    for (let at = from; at >= 0 && !units[at]!.ends; at--) length += units[at]![counted];
    return length;
  };
  const last = units.length - 1;
  return [back(last, 'now'), Math.max(0, ...units.map((_, at) => back(at, 'now'))), back(last, 'later')];
}
