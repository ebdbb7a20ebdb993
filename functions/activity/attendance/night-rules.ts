/** Row 101: what the night's run closes, and whom it marks. Pure. */
import { addDays, fromIso, localDay, startOfDay } from '../../../shared/core/time.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import { isOver } from '../../groups/core/rules.ts';
import { daysOfWeek, seasonOn, weekIn } from '../seasons/rules.ts';
import {
  type AnySeason,
  type Calendar,
  closingOf,
  isHoliday,
  isSameGym,
  meetingOn,
  planOf,
  seasonsIn,
  timesOf,
} from './rules.ts';

/** A day of a week on which a meeting is planned. */
interface PlannedDay {
  readonly day: string;
  readonly place?: string | undefined;
  readonly isHoliday: boolean;
}

/** What the night of a day closes. */
export interface Night {
  readonly day: string;
  readonly season: AnySeason;
  readonly week: number;
  readonly isLastOfWeek: boolean;
  /** Whether the week has a meeting that is no holiday: by the plan as it is, or one that was held by an earlier plan. */
  readonly hasMeeting: boolean;
  /** The planned days of the week, by day. */
  readonly planned: readonly PlannedDay[];
}

/** What the run closes on a day; undefined outside of every season. */
export function nightOf(calendar: Calendar, day: string): Night | undefined {
  const season = seasonOn(seasonsIn(calendar), day);
  if (!season) return undefined;
  const week = weekIn(season, day);
  const { from, until } = daysOfWeek(season, week);
  const plan = planOf(calendar);
  const planned: PlannedDay[] = [];
  for (let each = from; each <= until; each = addDays(each, 1)) {
    const meeting = meetingOn(plan, each);
    if (meeting) planned.push({ day: each, place: meeting.place, isHoliday: isHoliday(plan, each) });
  }
  const wasHeld = plan.heldOn !== undefined && from <= plan.heldOn && plan.heldOn <= until;
  const hasMeeting = wasHeld || planned.some((each) => !each.isHoliday);
  return { day, season, week, isLastOfWeek: day === until, hasMeeting, planned };
}

/** Whether anything may have to be done on a day: a meeting is planned, or a week ends. */
export function hasNight(calendar: Calendar, day: string): boolean {
  if (meetingOn(planOf(calendar), day)) return true;
  return nightOf(calendar, day)?.isLastOfWeek ?? false;
}

/** The days that have closed since one, up to an instant; those of a group without meetings, too. */
export function daysToClose(closedUntil: string, timeZone: string, now: number): string[] {
  const days: string[] = [];
  for (let day = addDays(closedUntil, 1); closingOf(day, timeZone) <= now; day = addDays(day, 1)) days.push(day);
  return days;
}

/**
 * The last day on which a meeting was held: after a day by the plan as it is, else as it was noted before. A plan that changes later
 * does not know it any more.
 *
 * @param now a meeting that has begun by then is held
 */
export function heldOn(calendar: Calendar, after: string, now: number): string | undefined {
  const { group } = calendar;
  const plan = planOf(calendar);
  for (let day = localDay(now, group.timeZone); day > after; day = addDays(day, -1)) {
    const meeting = meetingOn(plan, day);
    if (!meeting || isHoliday(plan, day) || isOver(day, group) || !seasonOn(seasonsIn(calendar), day)) continue;
    if (timesOf(meeting, day, group.timeZone).startsAt <= now) return day;
  }
  return plan.heldOn;
}

/**
 * The next day on which the run has something to look at; undefined without meetings, and once the group is over. A week in which
 * one was held is closed, also when none is planned any more.
 */
export function nextNight(calendar: Calendar, after: string): string | undefined {
  const plan = planOf(calendar);
  if (plan.meetings.length === 0) {
    const season = plan.heldOn === undefined ? undefined : seasonOn(seasonsIn(calendar), plan.heldOn);
    const until = season && daysOfWeek(season, weekIn(season, plan.heldOn!)).until;
    return until !== undefined && until > after && !isOver(until, calendar.group) ? until : undefined;
  }
  for (let day = addDays(after, 1); !isOver(day, calendar.group); day = addDays(day, 1))
    // There is one within a week: each week has the day of a meeting.
    if (hasNight(calendar, day)) return day;
  return undefined;
}

/**
 * Row 101: what a member has who came to no meeting of the week so far. A holiday frees those whose own place it concerns. Who
 * has no own place is free if every meeting of the week is on a holiday. A week without any meeting marks nobody.
 */
export function missed(night: Night, homeGym: string | undefined): 'HOLIDAY' | 'ABSENT' | undefined {
  const { day, planned, isLastOfWeek, hasMeeting } = night;
  const today = planned.find((each) => each.day === day);
  if (today?.isHoliday) {
    const isOwn = homeGym !== undefined && today.place !== undefined;
    const isFree = isOwn ? isSameGym(today.place, homeGym) : !hasMeeting && planned.at(-1) === today;
    if (isFree) return 'HOLIDAY';
  }
  return isLastOfWeek && hasMeeting ? 'ABSENT' : undefined;
}

/**
 * Row 101: whether a member was there when a week began. Whoever left in it and came back was: to leave on a Sunday for a minute is no
 * way around an absence. Whoever was gone when it began comes anew.
 */
export function wasThere(
  { joinedAt, leftBefore }: Pick<MembershipItem, 'joinedAt' | 'leftBefore'>,
  { season, week }: Night,
  timeZone: string,
): boolean {
  const begins = startOfDay(daysOfWeek(season, week).from, timeZone);
  return fromIso(joinedAt) <= begins || (leftBefore !== undefined && fromIso(leftBefore) > begins);
}
