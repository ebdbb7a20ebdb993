/** Rows 98, 99, 102, 103: the meeting of today, and asking for attendance. */
import { memberOf } from '../../../shared/access/access.ts';
import { may } from '../../../shared/access/powers.ts';
import { iso } from '../../../shared/core/time.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { managersOf } from '../../groups/core/managers.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { arrivalRefs, arrive, requested } from './arriving.ts';
import type { contract } from './contract.ts';
import {
  type Calendar,
  countsIn,
  dayAt,
  hereOf,
  nextMeeting,
  seasonsIn,
  timesOf,
  wasTooEarly,
  weekIdOf,
} from './rules.ts';
import { attendanceRef, attendancesIn, calendarRefs, countRef, ofPresent } from './store.ts';
import { rateView, seasonView, staffOf, viewOf } from './view.ts';

type Routes = typeof contract.routes;

/** Two round trips: the week of today is known after the first one. */
export async function getAttendance(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['getAttendance']>,
  { table }: Kernel,
): Promise<Answer<Routes['getAttendance']>> {
  const [{ group, member, plan, seasons }, roster] = await Promise.all([
    memberOf(table, groupId, accountId, calendarRefs(groupId)),
    rosterOf(table, groupId),
  ]);
  const calendar: Calendar = { group, plan, seasons: seasons?.list ?? [] };
  const { day, state, season, week, meeting, times } = dayAt(calendar, now);
  const own = season && {
    mine: attendanceRef({ groupId, accountId, weekId: weekIdOf(season.seasonId, week!) }),
    count: countRef(groupId, season.seasonId, accountId),
  };
  const judges = may(member.role, 'judgeAttendance');
  const weekId = season && weekIdOf(season.seasonId, week!);
  const [found, ofWeek, waiting] = await Promise.all([
    own && table.getAll(own),
    judges && weekId && state === 'OPEN' ? attendancesIn(table, groupId, weekId) : undefined,
    judges &&
      table
        .query('attendancesWaiting', { waitingIn: groupId }, { limit: limits.attendance.waiting })
        .then(({ items }) => ofPresent(table, groupId, roster, items)),
  ]);
  const next = nextMeeting(calendar, day);
  const all = { seasons: seasonsIn(calendar), timeZone: group.timeZone };
  return {
    body: {
      ...{ day, state },
      season: season ? seasonView(season) : null,
      week: week ?? null,
      meeting:
        meeting && times
          ? {
              place: meeting.place ?? null,
              staff: staffOf(meeting, roster),
              ...{ startsAt: iso(times.startsAt), lateFrom: iso(times.lateFrom), closesAt: iso(times.closesAt) },
              asksPosition: meeting.position !== undefined,
            }
          : null,
      next: next
        ? {
            day: next.day,
            startsAt: iso(timesOf(next.meeting, next.day, group.timeZone).startsAt),
            place: next.meeting.place ?? null,
          }
        : null,
      mine: found?.mine && !wasTooEarly(found.mine, day) ? viewOf(found.mine) : null,
      own: season ? rateView(countsIn(found?.count), season, member, all) : null,
      waiting: waiting ? waiting.length : null,
      here: ofWeek ? hereOf(ofWeek, day, roster) : null,
    },
  };
}

export async function requestAttendance(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['requestAttendance']>,
  { table }: Kernel,
): Promise<Answer<Routes['requestAttendance']>> {
  const found = await memberOf(table, groupId, accountId, arrivalRefs(groupId, accountId));
  const { group, member } = found;
  // Nobody is above a leader, as with certifications (row 54).
  if (member.role === 'LEADER') {
    const { after, writes } = await arrive(table, found, now);
    const answer = { body: viewOf(after) };
    try {
      await table.commit(writes, answer);
      return answer;
    } catch (error) {
      // A manager may accept one more alternate than a season allows (row 99), also that of a leader.
      const isOneMore = error instanceof Problem && error.code === 'ALTERNATES_USED';
      if (!isOneMore || managersOf(group).length === 0) throw error;
    }
  }
  const { after, writes } = await requested(table, found, now);
  const answer = { body: viewOf(after) };
  await table.commit(writes, answer);
  return answer;
}
