import { iso } from '../../../shared/core/time.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import { quotaOn } from '../../groups/core/quota-rules.ts';
import type { AttendancePlanItem } from '../attendance/items.ts';
import { type AnySeason, type Calendar, type Dated, dayAt, nextMeeting, timesOf } from '../attendance/rules.ts';
import { type hoursOf, missionClosed } from '../certifications/rules.ts';
import type { MissionItem } from '../missions/items.ts';
import { isLive } from '../missions/rules.ts';
import { daysIn, leftOn, ownStateOf, type Weeks, weekIn } from '../missions/week-rules.ts';
import type { AgendaItem } from './items.ts';

const kept = [
  ...(['missionId', 'title', 'kind', 'way', 'timesPerWeek', 'weekdays', 'perDayLimit', 'next'] as const),
  ...(['startDate', 'dueAt', 'status', 'createdAt', 'past'] as const),
];
/** A mission as the agenda of its group keeps it. */
export type AgendaMission = Pick<MissionItem, (typeof kept)[number]>;

/** A mission as one text, which a condition can compare; undefined for one that is over. */
export const packed = (mission: AgendaMission): string | undefined =>
  isLive(mission) ? JSON.stringify(Object.fromEntries(kept.map((name) => [name, mission[name]]))) : undefined;

/** The missions of a group, oldest first: ids sort by the time at which they were made. */
export const missionsIn = (agenda: AgendaItem | undefined): AgendaMission[] =>
  Object.entries(agenda ?? {})
    .filter(([name]) => name.startsWith('mission '))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, text]): AgendaMission => JSON.parse(String(text)));

/** What a card of a group shows that changes with the group alone. */
export interface Card {
  readonly notice: string | null;
  readonly memberCount: number;
  readonly capacity: number;
  /** Whether every excuse needs a grant. */
  readonly asksLeader: boolean;
}

export const cardOf = ({
  notice,
  memberCount,
  capacity,
  excusesNeedApproval: asksLeader = false,
}: Pick<GroupItem, 'notice' | 'memberCount' | 'capacity' | 'excusesNeedApproval'>): Card => ({
  ...{ notice: notice ?? null, memberCount, capacity, asksLeader },
});

/** The card of a group, if the agenda has it already and the group has not ended. */
export const cardIn = (agenda: AgendaItem | undefined): Card | undefined =>
  agenda?.card === undefined ? undefined : JSON.parse(agenda.card);

type Plan = Pick<AttendancePlanItem, 'meetings' | 'holidays'>;

/** When a group meets as one text: without who looks after it and where exactly; undefined if it never does. */
export const packedMeetings = (plan: Plan | undefined, seasons: readonly AnySeason[]): string | undefined =>
  plan && plan.meetings.length > 0
    ? JSON.stringify({
        plan: {
          meetings: plan.meetings.map(({ weekday, start, graceMinutes, place, since }) => ({
            ...{ weekday, start, graceMinutes, place, since },
          })),
          holidays: plan.holidays,
        },
        seasons: seasons.map(({ seasonId, startDate, endDate }) => ({ seasonId, startDate, endDate })),
      })
    : undefined;

/** The meeting of today as long as its day is open, or the next one; null if there is none. */
export function meetingAhead(agenda: Pick<AgendaItem, 'meetings'> | undefined, group: Dated, now: number) {
  if (agenda?.meetings === undefined) return null;
  const calendar: Calendar = { ...(JSON.parse(agenda.meetings) as Omit<Calendar, 'group'>), group };
  const { day: today, state, meeting } = dayAt(calendar, now);
  const ahead = state === 'OPEN' && meeting ? { day: today, meeting } : nextMeeting(calendar, today);
  if (!ahead) return null;
  const { startsAt } = timesOf(ahead.meeting, ahead.day, group.timeZone);
  return { day: ahead.day, startsAt: iso(startsAt), place: ahead.meeting.place ?? null };
}

/** What a member has done of a mission this week, or in all of one that is done once, and what is left of it today. */
export function progressOf(
  mission: AgendaMission,
  weeks: Weeks,
  {
    today,
    hours,
    now,
    member,
  }: {
    readonly today: string;
    readonly hours: ReturnType<typeof hoursOf>;
    readonly now: number;
    readonly member: Pick<MembershipItem, 'quotas'>;
  },
) {
  const week = weekIn(weeks, mission, today);
  const closed = missionClosed(mission, today, hours, iso(now)) ?? null;
  const quota = quotaOn(member, mission.missionId, today);
  const mine = ownStateOf(mission, week, today, quota);
  return {
    days: daysIn(week).map(({ day, count }) => ({ day, certifications: count })),
    left: closed || mine === 'SKIPPED' ? 0 : leftOn(mission, week, today),
    ...{ closed, mine, quota },
  };
}

/** A certification that waits: since when, which, and whose. */
export interface Waiting {
  readonly since: string;
  readonly certificationId: string;
  readonly accountId: string;
}

/** Certifications that wait as one text, the oldest first; undefined if there are none. Times sort as texts. */
export const packedQueue = (waiting: readonly Waiting[], most: number): string | undefined =>
  waiting
    .map((one) => `${placeOf(one)} ${one.accountId}`)
    .toSorted()
    .slice(0, most)
    .join('\n') || undefined;

export const queueIn = (agenda: Pick<AgendaItem, 'certifications'> | undefined): Waiting[] =>
  (agenda?.certifications?.split('\n') ?? []).map((line) => {
    const [since = '', certificationId = '', accountId = ''] = line.split(' ');
    return { since, certificationId, accountId };
  });

/** The place of a certification in a queue over all groups. */
export const placeOf = ({ since, certificationId }: Omit<Waiting, 'accountId'>) => `${since} ${certificationId}`;
