/** Rows 98-100, 102, 103: what a day is, who is late, what counts, and the rate. Pure. */
import { addDays, fromIso, instantOf, localDay, minuteMs, weekday } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import { type GroupTerms, isOver } from '../../groups/core/rules.ts';
import type { Season } from '../seasons/items.ts';
import { seasonOn, weekIn } from '../seasons/rules.ts';
import type { AttendanceCountItem, AttendanceItem, AttendancePlanItem, Meeting } from './items.ts';
import type { AttendanceState, DayState } from './values.ts';

const { closesAt, settleMinutes } = limits.attendance;

/** A season with its name; the period of a group has none. */
export type AnySeason = Omit<Season, 'name'> & { readonly name?: string };
type Plan = Pick<AttendancePlanItem, 'meetings' | 'holidays' | 'heldOn'>;
export type Dated = GroupTerms & { readonly groupId: string; readonly timeZone: string };

/** What decides about a day. */
export interface Calendar {
  readonly group: Dated;
  readonly plan: Plan | undefined;
  /** By their first day; empty in a group without seasons. */
  readonly seasons: readonly AnySeason[];
}

/** The period of a group, as a season (row 103). */
export const periodOf = ({ groupId, startDate, endDate }: Dated): AnySeason => ({
  seasonId: groupId,
  startDate,
  endDate,
});

/** Where weeks are counted: the seasons of a club; in a group without any, its period. */
export const seasonsIn = ({ group, seasons }: Omit<Calendar, 'plan'>): readonly AnySeason[] =>
  seasons.length > 0 ? seasons : [periodOf(group)];

/** Season and week as one text that sorts by the week. */
export const weekIdOf = (seasonId: string, week: number): string => `${seasonId}:${String(week).padStart(4, '0')}`;

/** The id of an attendance, which leads to its item. */
export const attendanceIdOf = ({ weekId, accountId }: Pick<AttendanceItem, 'weekId' | 'accountId'>): string =>
  `${weekId}:${accountId}`;

/** The key that an id leads to. */
export function keyOfId(id: string): Pick<AttendanceItem, 'weekId' | 'accountId'> {
  const [seasonId = '', week = '', accountId = ''] = id.split(':');
  return { weekId: `${seasonId}:${week}`, accountId };
}

const nothingPlanned: Plan = { meetings: [], holidays: [] };
export const planOf = ({ plan = nothingPlanned }: Pick<Calendar, 'plan'>): Plan => plan;

/** The meeting that is planned on a day, also on a holiday. */
export const meetingOn = ({ meetings }: Plan, day: string): Meeting | undefined =>
  meetings.find((meeting) => meeting.weekday === weekday(day) && meeting.since <= day);

export const isHoliday = ({ holidays }: Plan, day: string): boolean => holidays.includes(day);

/** The instant at which a day closes, in milliseconds since 1970 (row 101). */
export const closingOf = (day: string, timeZone: string): number => instantOf(day, closesAt, timeZone);

/** The instant from which no request of a day is on its way any more. */
export const settledFrom = (day: string, timeZone: string): number =>
  closingOf(day, timeZone) + settleMinutes * minuteMs;

export interface Times {
  readonly startsAt: number;
  /** Who asks later than this is late; at this instant nobody is. */
  readonly lateFrom: number;
  readonly closesAt: number;
}

/** When a meeting of a day begins and ends. The grace is real time, also where the clock changes. */
export function timesOf({ start, graceMinutes }: Meeting, day: string, timeZone: string): Times {
  const startsAt = instantOf(day, start, timeZone);
  return { startsAt, lateFrom: startsAt + graceMinutes * minuteMs, closesAt: closingOf(day, timeZone) };
}

/** Row 99: judged at the request, not at the decision. */
export const isLate = (now: number, { lateFrom }: Pick<Times, 'lateFrom'>): boolean => now > lateFrom;

/**
 * Rows 99, 156: whether a code alone no longer makes a member present at the meeting of a day: somebody has rejected their request there,
 * or the device of their code had counted for another member.
 */
export const needsDecision = ({ day, state, sharedDevice, again, decidedBy }: AttendanceItem, today: string): boolean =>
  day === today && (sharedDevice === true || again === true || (state === 'REJECTED' && decidedBy !== undefined));

/**
 * Whether an absence that the night has marked is of a week that goes on: its season was made longer after its last day had closed.
 * Then it stands for nobody who still comes. One that a manager has written stays.
 */
export const wasTooEarly = (
  { state, day, decidedBy }: Pick<AttendanceItem, 'state' | 'day' | 'decidedBy'>,
  today: string,
): boolean => state === 'ABSENT' && decidedBy === undefined && day < today;

/** Whether a member who has an attendance in a week may have another one in it instead. */
export const givesWay = (before: AttendanceItem, today: string): boolean =>
  before.state === 'REJECTED' || wasTooEarly(before, today);

export interface Day {
  readonly day: string;
  readonly state: DayState;
  readonly season?: AnySeason | undefined;
  readonly week?: number | undefined;
  /** Of HOLIDAY, OPEN and CLOSED days. */
  readonly meeting?: Meeting | undefined;
  readonly times?: Times | undefined;
}

/** What the day of an instant is in a group. Days are those of the calendar in its zone. */
export function dayAt(calendar: Calendar, now: number): Day {
  const { group } = calendar;
  const plan = planOf(calendar);
  const day = localDay(now, group.timeZone);
  const season = isOver(day, group) ? undefined : seasonOn(seasonsIn(calendar), day);
  const counted = season && { season, week: weekIn(season, day) };
  if (plan.meetings.length === 0) return { day, state: 'NO_PLAN', ...counted };
  if (!season) return { day, state: 'NO_SEASON' };
  const meeting = meetingOn(plan, day);
  if (!meeting) return { day, state: 'NO_MEETING', ...counted };
  if (isHoliday(plan, day)) return { day, state: 'HOLIDAY', ...counted, meeting };
  const times = timesOf(meeting, day, group.timeZone);
  return { day, state: now < times.closesAt ? 'OPEN' : 'CLOSED', ...counted, meeting, times };
}

/** How far the next meeting is looked for: a week of holidays, and one between two seasons. */
const daysAhead = 21;

/** The next meeting after a day that is no holiday. */
export function nextMeeting(calendar: Calendar, after: string): { day: string; meeting: Meeting } | undefined {
  const plan = planOf(calendar);
  for (let n = 1; n <= daysAhead; n++) {
    const day = addDays(after, n);
    const meeting = meetingOn(plan, day);
    if (!meeting || isHoliday(plan, day) || isOver(day, calendar.group)) continue;
    if (seasonOn(seasonsIn(calendar), day)) return { day, meeting };
  }
  return undefined;
}

/** The season of a day, or the last one that has begun. */
export const latestSeason = (seasons: readonly AnySeason[], day: string): AnySeason | undefined =>
  seasons.findLast(({ startDate }) => startDate <= day);

const isDone = ({ state }: Pick<AttendanceItem, 'state'>): boolean => state !== 'PENDING' && state !== 'REJECTED';

/**
 * Row 156: how many have come to the meeting of a day, of how many members who can: those who came on another day of the week, or
 * have it off, are not waited for.
 *
 * @param rows the attendances of its week
 * @param members the members who are present in the group
 */
export function hereOf(
  rows: readonly Pick<AttendanceItem, 'accountId' | 'day' | 'decidedBy' | 'state'>[],
  day: string,
  members: ReadonlyMap<string, unknown>,
): { readonly came: number; readonly of: number } {
  const done = rows.filter((row) => isDone(row) && !wasTooEarly(row, day) && members.has(row.accountId));
  const came = done.filter((row) => row.day === day && (row.state === 'PRESENT' || row.state === 'LATE')).length;
  return { came, of: members.size - (done.length - came) };
}

// Generations (row 100).

/** Which season a member came with: the one of that day, else the next one. */
const generationOf = (seasons: readonly AnySeason[], joinedOn: string): number => {
  const found = seasons.findIndex(({ endDate }) => endDate >= joinedOn);
  return found === -1 ? seasons.length : found;
};

/** Row 100: whether somebody is an old member (OB) in a season: they came two seasons before it, or earlier. */
export function isOld(seasons: readonly AnySeason[], seasonId: string, joinedAt: string, timeZone: string): boolean {
  const at = seasons.findIndex((season) => season.seasonId === seasonId);
  return at - generationOf(seasons, localDay(fromIso(joinedAt), timeZone)) >= 2;
}

// Alternates (row 99).

const tidyGym = (name: string) => name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');
export const isSameGym = (a: string, b: string) => tidyGym(a) === tidyGym(b);

/** Row 99: whether a meeting is at another place than a member's own. Old members have no own place. */
export const isAlternate = (place: string | undefined, homeGym: string | undefined, old: boolean): boolean =>
  place !== undefined && homeGym !== undefined && !old && !isSameGym(place, homeGym);

// Counts and the rate (row 100).

export const countNames = ['present', 'late', 'absent', 'holiday', 'alternates'] as const;
type CountName = (typeof countNames)[number];
export type Counts = { readonly [N in CountName]: number };

const countOf: { readonly [S in AttendanceState]?: CountName } = {
  PRESENT: 'present',
  LATE: 'late',
  ABSENT: 'absent',
  HOLIDAY: 'holiday',
};

type Counted = Pick<AttendanceItem, 'state' | 'alternate'>;

/** What an attendance adds to the counts of its member. */
function countedBy(attendance: Counted | undefined): Counts {
  const counts = { present: 0, late: 0, absent: 0, holiday: 0, alternates: 0 };
  const name = attendance && countOf[attendance.state];
  if (name) counts[name] = 1;
  if (attendance?.alternate === 'COUNTED') counts.alternates = 1;
  return counts;
}

/** By how much counts move when an attendance changes; counts that stay are left out. */
export function movedCounts(before: Counted | undefined, after: Counted): { readonly [N in CountName]?: number } {
  const [from, to] = [countedBy(before), countedBy(after)];
  return Object.fromEntries(
    countNames.map((name) => [name, to[name] - from[name]] as const).filter(([, by]) => by !== 0),
  );
}

export const countsIn = (item: AttendanceCountItem | undefined): Counts => ({
  present: item?.present ?? 0,
  late: item?.late ?? 0,
  absent: item?.absent ?? 0,
  holiday: item?.holiday ?? 0,
  alternates: item?.alternates ?? 0,
});

/** Row 100: a fraction; two lates cost one absence. Null while nothing counts. */
export function rateOf({ present, late, absent }: Omit<Counts, 'alternates' | 'holiday'>, old: boolean): number | null {
  if (old) return present + late > 0 ? 1 : 0;
  const odd = late % 2;
  const all = present + absent + odd + Math.floor(late / 2);
  return all === 0 ? null : (present + odd) / all;
}
