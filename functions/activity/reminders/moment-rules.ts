/**
 * When somebody is reminded: instants on the clocks of their groups, and on their own clock. Pure. Every instant is computed
 * from the day and the time on the clock, so a night of 23 or 25 hours moves nothing.
 */
import { addDays, fromIso, instantOf, localDay, weekday } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import { dayStartOn, type GroupDays, groupDay } from '../../groups/core/day-rules.ts';

const { dailyAt, eveAt, dueDayAt, groupEndsInDays } = limits.reminders;

/** A group as reminders see it. Days are those of the group (`groupDay`). */
export interface Circle {
  readonly groupId: string;
  readonly title: string;
  readonly days: GroupDays;
  /** Its first day and its last. */
  readonly from: string;
  readonly until: string;
  /** Whether the last day is an end that can be announced. */
  readonly ends: boolean;
}

/** The times at which somebody wants to be reminded of a mission (row 146). Times and weekdays are those of their own clock. */
export interface OwnTimes {
  /** `HH:MM`; none where 20:00 stays. */
  readonly times: readonly string[];
  /** 1 is Monday, 7 is Sunday. */
  readonly weekdays: readonly number[];
  readonly sentence?: string | undefined;
}

/** A mission of a group, for one member. */
export interface Task {
  readonly circle: Circle;
  readonly missionId: string;
  readonly title: string;
  readonly kind: 'REPEAT' | 'ONCE';
  /** The weekdays of a REPEAT mission in the week of a day. */
  readonly weekdaysOn: (day: string) => readonly number[];
  /** Its first day, if that is later than the group's. */
  readonly from?: string | undefined;
  /** The instant by which a ONCE mission is to be done. */
  readonly dueAt?: string | undefined;
  readonly own?: OwnTimes | undefined;
}

/** DAILY: 20:00. OWN: a time of one's own. EVE, DUE_DAY: a ONCE mission is due tomorrow, today. END: the group ends in three days. */
export type Cause = 'DAILY' | 'OWN' | 'EVE' | 'DUE_DAY' | 'END';

export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly cause: Cause;
  readonly circle: Circle;
  /** Absent with END. */
  readonly task?: Task;
  /** The day of the group at that instant. */
  readonly day: string;
}

/** Who is reminded: their zone, and what they take part in. */
export interface Part {
  readonly timeZone: string;
  readonly circles: readonly Circle[];
  readonly tasks: readonly Task[];
}

/** Days after which a pattern of weekdays repeats, and two for zones that are a day apart. */
const scanned = 9;

const later = (a: string, b: string) => (a > b ? a : b);

/** The last day on which a ONCE mission can be done. An instant at the very end of a day is on that day. */
const dueDayOf = (dueAt: string, days: GroupDays) => groupDay(fromIso(dueAt) - 1, days);

/** Whether a mission asks for something on a day of its group, whatever was done. */
function asksOn({ circle, kind, from = '', dueAt, weekdaysOn }: Task, day: string): boolean {
  if (day < circle.from || day > circle.until || day < from) return false;
  if (kind === 'REPEAT') return weekdaysOn(day).includes(weekday(day));
  return dueAt === undefined || day <= dueDayOf(dueAt, circle.days);
}

/**
 * The first moment of somebody after an instant; undefined if none is ahead.
 *
 * @param after milliseconds since 1970
 * @param notBefore a day of the moment's group, before which none counts
 */
export function nextMoment(part: Part, after: number, notBefore = ''): Moment | undefined {
  let first: Moment | undefined;
  for (const source of sourcesOf(part)) {
    const found = source(after, notBefore);
    if (found && (!first || found.at < first.at)) first = found;
  }
  return first;
}

/** All moments of somebody after one instant and until another, in their order. */
export function momentsIn(part: Part, after: number, until: number): Moment[] {
  const found: Moment[] = [];
  for (const source of sourcesOf(part))
    for (let one = source(after, ''); one && one.at <= until; one = source(one.at, '')) found.push(one);
  return found.toSorted((a, b) => a.at - b.at);
}

/** The first moment of one cause after an instant. */
type Source = (after: number, notBefore: string) => Moment | undefined;

function sourcesOf({ timeZone, circles, tasks }: Part): Source[] {
  return [
    ...circles.filter(({ ends }) => ends).map(endOf),
    ...tasks.flatMap((task): Source[] => [
      ...(task.own && task.own.times.length > 0 ? [ownOf(task, task.own, timeZone)] : dailyOf(task)),
      ...(task.dueAt === undefined ? [] : [dueOf(task, task.dueAt, 'EVE'), dueOf(task, task.dueAt, 'DUE_DAY')]),
    ]),
  ];
}

/** 20:00 on each chosen day that a REPEAT mission asks for. A ONCE mission is reminded of by its date. */
function dailyOf(task: Task): Source[] {
  const { circle, kind, own } = task;
  if (kind !== 'REPEAT') return [];
  return [
    (after, notBefore) => {
      const first = later(localDay(after, circle.days.timeZone), later(notBefore, later(circle.from, task.from ?? '')));
      for (let n = 0; n < scanned; n++) {
        const day = addDays(first, n);
        if (day > circle.until) return undefined;
        const at = wall(day, dailyAt, circle.days.timeZone);
        const isChosen = own === undefined || own.weekdays.includes(weekday(day));
        if (at > after && isChosen && asksOn(task, day)) return { at, cause: 'DAILY', circle, task, day };
      }
      return undefined;
    },
  ];
}

/**
 * Times of one's own clock. A time before the group's day begins belongs to the evening before (row 137): its weekday is that
 * of the day before.
 */
function ownOf(task: Task, { times, weekdays }: OwnTimes, timeZone: string): Source {
  const { circle } = task;
  const inOrder = times.toSorted();
  return (after, notBefore) => {
    // Zones lie up to 26 hours apart.
    const start = later(notBefore, later(circle.from, task.from ?? ''));
    const first = later(localDay(after, timeZone), addDays(start, -2));
    for (let n = 0; n < scanned + 3; n++) {
      const date = addDays(first, n);
      for (const time of inOrder) {
        const at = wall(date, time, timeZone);
        const own = time < dayStartOn(circle.days, date) ? addDays(date, -1) : date;
        if (at <= after || !weekdays.includes(weekday(own))) continue;
        const day = groupDay(at, circle.days);
        if (day >= notBefore && asksOn(task, day) && isBeforeDue(task, at))
          return { at, cause: 'OWN', circle, task, day };
      }
    }
    return undefined;
  };
}

const isBeforeDue = ({ dueAt }: Task, at: number) => dueAt === undefined || at < fromIso(dueAt);

/** 06:00 on the day before a ONCE mission is due, 12:00 on the day itself. */
function dueOf(task: Task, dueAt: string, cause: 'EVE' | 'DUE_DAY'): Source {
  const { circle } = task;
  const dueDay = dueDayOf(dueAt, circle.days);
  const day = cause === 'EVE' ? addDays(dueDay, -1) : dueDay;
  const at = wall(day, cause === 'EVE' ? eveAt : dueDayAt, circle.days.timeZone);
  const counts = asksOn(task, day) && isBeforeDue(task, at);
  return (after, notBefore) =>
    counts && at > after && day >= notBefore ? { at, cause, circle, task, day } : undefined;
}

/** 20:00, three days before the last day. */
function endOf(circle: Circle): Source {
  const day = addDays(circle.until, -groupEndsInDays);
  const at = day < circle.from ? undefined : wall(day, dailyAt, circle.days.timeZone);
  return (after, notBefore) =>
    at !== undefined && at > after && day >= notBefore ? { at, cause: 'END', circle, day } : undefined;
}

/**
 * `instantOf`, remembered: at 20:00 everybody in a zone asks for the same few instants, and each costs some 50 us. Bounded,
 * because times are chosen by people.
 */
const known = new Map<string, number>();
function wall(day: string, time: string, timeZone: string): number {
  const name = `${day} ${time} ${timeZone}`;
  const found = known.get(name) ?? instantOf(day, time, timeZone);
  if (known.size >= 5000) known.clear();
  known.set(name, found);
  return found;
}
