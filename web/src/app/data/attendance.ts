/** Questions about attendance in a group. Their keys begin with `group` and its id, as all of a group. */
import { changed, type ListQuestion, type Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

export type AttendanceDay = Answer<'attendance', 'getAttendance'>;
export type Attendances = Answer<'attendance', 'listAttendances'>;
export type Attendance = ItemOf<Attendances>;
export type AttendanceState = Attendance['state'];
export type Rate = NonNullable<AttendanceDay['own']>;
export type Plan = Answer<'attendance', 'getAttendancePlan'>;
export type Meeting = Plan['meetings'][number];
export type Rates = Answer<'attendance', 'listAttendanceRates'>;
export type Waiting = ItemOf<Answer<'attendance', 'listWaitingAttendances'>>;
export type Told = Answer<'attendance', 'decideAttendances'>['results'][number];

const key = (groupId: string, ...more: readonly string[]) => ['group', groupId, 'attendance', ...more];

/** The meeting of today, and what the person has. */
export const attendanceDay = (groupId: string): Question<AttendanceDay> => ({
  key: key(groupId, 'day'),
  ask: () => api.attendance.getAttendance({ params: { groupId } }),
});

/** The weeks of a season, the last one first: the person's own, or those of a member for leaders and managers. */
export const attendances = (groupId: string, accountId?: string): ListQuestion<Attendances> => ({
  key: key(groupId, 'of', accountId ?? 'me'),
  ask: (cursor) =>
    api.attendance.listAttendances({
      params: { groupId },
      query: { limit: 20, ...(accountId ? { accountId } : {}), ...(cursor ? { cursor } : {}) },
    }),
});

/** What waits for leaders and managers: as many as one decision takes. */
export const attendancesWaiting = (groupId: string): Question<Answer<'attendance', 'listWaitingAttendances'>> => ({
  key: key(groupId, 'waiting'),
  ask: () => api.attendance.listWaitingAttendances({ params: { groupId }, query: { limit: 50 } }),
});

export const attendanceRates = (groupId: string): Question<Rates> => ({
  key: key(groupId, 'rates'),
  ask: () => api.attendance.listAttendanceRates({ params: { groupId } }),
});

export const attendancePlan = (groupId: string): Question<Plan> => ({
  key: key(groupId, 'plan'),
  ask: () => api.attendance.getAttendancePlan({ params: { groupId } }),
});

/** Everything of it is asked again where it is shown. */
export const attendanceChanged = (groupId: string): Promise<void> => changed(...key(groupId));
