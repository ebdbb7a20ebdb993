/** What a member has done of a mission: how a certification moves it, and what it says. */
import { addDays, hourMs, iso, isoWeek, weekStart } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { MissionItem, MissionWeekItem, Repetition } from './items.ts';
import { repetitionOn } from './rules.ts';
import type { OwnState } from './values.ts';

/** The state of a certification, as far as weeks count it. BROKEN: its photos could not be opened, and its day is free. */
export type Counted = 'WAITING' | 'APPROVED' | 'DENIED' | 'SKIPPED' | 'BROKEN';

/** A certification or a skip, as far as a week counts it. */
export interface Place {
  readonly groupId: string;
  readonly accountId: string;
  readonly missionId: string;
  /** Its mission is done once. */
  readonly once?: true | undefined;
  readonly day: string;
  readonly madeUp?: true | undefined;
}

/** The week that counts a day of a mission. */
export const weekOf = (once: boolean | undefined, day: string) => (once ? 'ONCE' : isoWeek(day));

export const weekKeyOf = ({ groupId, accountId, missionId, once, day }: Place) => ({
  ...{ groupId, accountId, missionId },
  week: weekOf(once, day),
});

/** What a certification in a state adds to the counts of its week. */
function held(status: Counted | undefined, { day, madeUp }: Pick<Place, 'day' | 'madeUp'>): Record<string, number> {
  if (status === undefined || status === 'BROKEN') return {};
  if (status === 'SKIPPED') return { [`skip ${day}`]: 1, skipTotal: 1 };
  const taken = { [day]: 1, total: 1 };
  if (status === 'DENIED') return taken;
  const counts = { ...taken, ...(madeUp ? { [`made ${day}`]: 1 } : {}) };
  if (status === 'WAITING') return { ...counts, [`wait ${day}`]: 1, waitTotal: 1 };
  return { ...counts, [`ok ${day}`]: 1, okTotal: 1 };
}

/** How the counts of a week move when a certification goes from one state to another; undefined: it does not exist. */
export function weekMove(
  place: Pick<Place, 'day' | 'madeUp'>,
  from: Counted | undefined,
  to: Counted | undefined,
): Record<string, number> {
  const [before, after] = [held(from, place), held(to, place)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const moves = names.map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)] as const);
  return Object.fromEntries(moves.filter(([, by]) => by !== 0));
}

/** The last day on which the home screen has to know about it: Sunday, or for one that is done once a year later. */
export const untilOf = ({ once, day }: Pick<Place, 'once' | 'day'>) =>
  once ? addDays(day, limits.mission.onceShownDays) : addDays(weekStart(day), 6);

/** What a week counts by day: '' takes the day, 'ok ' is approved, 'wait ' waits, 'made ' makes up, 'skip ' skips. */
type Prefix = '' | 'ok ' | 'wait ' | 'made ' | 'skip ';

/** The days of a week on which something is counted. */
export const daysIn = (week: MissionWeekItem | undefined, prefix: Prefix = '') =>
  Object.entries(week ?? {})
    .filter(([name, count]) => name.startsWith(`${prefix}2`) && Number(count) > 0)
    .map(([name, count]) => ({ day: name.slice(prefix.length), count: Number(count) }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));

/** A certification that is deleted. */
interface Gone {
  readonly certificationId: string;
  readonly laidAt?: string | undefined;
}

export type LaidName = `laid ${string}`;

/** What a week keeps of a certification that is deleted: when its brick was first laid. */
export const laidOf = ({ certificationId, laidAt }: Gone): Record<LaidName, string> =>
  laidAt === undefined ? {} : { [`laid ${certificationId}`]: laidAt };

/** Row 161: the earliest brick of a week whose certification was deleted: a new certification takes it over. */
export function laidBefore(
  week: MissionWeekItem | undefined,
): { readonly name: LaidName; readonly at: string } | undefined {
  const [first] = Object.entries(week ?? {})
    .filter(([name]) => name.startsWith('laid '))
    .map(([name, at]) => ({ name: name as LaidName, at: String(at) }))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return first;
}

const on = (week: MissionWeekItem | undefined, day: string, prefix: Prefix = '') =>
  Number(week?.[`${prefix}${day}` as `2${string}`] ?? 0);

const isSkipped = (week: MissionWeekItem | undefined, day: string): boolean => on(week, day, 'skip ') > 0;

/**
 * How often a member may still certify a mission on a day (rows 51, 53): by the limit of the day, and by the days of the week.
 * Days count towards the week, however many certifications they have.
 */
export function leftOn(
  mission: Pick<MissionItem, 'kind'> & Repetition & Pick<MissionItem, 'next'>,
  week: MissionWeekItem | undefined,
  day: string,
): number {
  if (mission.kind === 'ONCE') return (week?.total ?? 0) > 0 ? 0 : 1;
  const { timesPerWeek, perDayLimit } = repetitionOn(mission, day);
  const ofDay = on(week, day);
  const days = daysIn(week).length;
  if (ofDay === 0 && days >= timesPerWeek) return 0;
  return Math.max(0, (perDayLimit ?? limits.mission.unlimited) - ofDay);
}

/** Row 58: whether there is something to skip: the day is neither taken nor skipped, and the week asks for more. */
export function maySkipIn(
  mission: Parameters<typeof leftOn>[0],
  week: MissionWeekItem | undefined,
  day: string,
): boolean {
  if (mission.kind === 'ONCE') return (week?.total ?? 0) + (week?.skipTotal ?? 0) === 0;
  const busy = daysIn(week).length + daysIn(week, 'skip ').length;
  return on(week, day) === 0 && !isSkipped(week, day) && busy < repetitionOn(mission, day).timesPerWeek;
}

/** Whether a member has done or skipped a mission that is done once. */
export const toldOf = ({ okTotal = 0, skipTotal = 0 }: Pick<MissionWeekItem, 'okTotal' | 'skipTotal'>) => {
  if (okTotal > 0) return 'DONE';
  return skipTotal > 0 ? 'SKIPPED' : undefined;
};

/**
 * What a member has done of a mission: of one that is done once in all, else on a day or in its full week.
 *
 * @param quota how often a week they do it by their own choice (row 144)
 */
export function ownStateOf(
  mission: Pick<MissionItem, 'kind' | 'next'> & Repetition,
  week: MissionWeekItem | undefined,
  day: string,
  quota: number | null = null,
): OwnState {
  if (mission.kind === 'ONCE') {
    const told = toldOf(week ?? {});
    if (told) return told;
    return (week?.waitTotal ?? 0) > 0 ? 'WAITING' : 'TODO';
  }
  if (on(week, day, 'ok ') > 0) return 'DONE';
  if (isSkipped(week, day)) return 'SKIPPED';
  if (on(week, day) > 0) return on(week, day, 'wait ') > 0 ? 'WAITING' : 'TODO';
  return daysIn(week).length >= (quota ?? repetitionOn(mission, day).timesPerWeek) ? 'DONE' : 'TODO';
}

/** Weeks of missions, by week and mission. */
export type Weeks = ReadonlyMap<string, MissionWeekItem>;

const placeOf = (week: string, missionId: string) => `${week} ${missionId}`;

export const weeksBy = (items: readonly MissionWeekItem[]): Weeks =>
  new Map(items.map((each) => [placeOf(each.week, each.missionId), each]));

/** The week of a mission that a day counts for. */
export const weekIn = (weeks: Weeks, { kind, missionId }: Pick<MissionItem, 'kind' | 'missionId'>, day: string) =>
  weeks.get(placeOf(weekOf(kind === 'ONCE', day), missionId));

/** The days that it may be now in any group of the world: from 12 hours behind UTC, with a day that begins at six, to 14 ahead. */
const daysAround = (now: number) => [now - 18 * hourMs, now + 14 * hourMs].map((time) => iso(time).slice(0, 10));

/** The weeks that it may be now in any group of the world: two at most. */
export const weeksAround = (now: number): string[] => [...new Set(daysAround(now).map(isoWeek))];

/** The first day that it may be now in any group of the world. */
export const firstDayAround = (now: number): string => daysAround(now)[0]!;
