import * as z from 'zod';
import { because, day, feature, id, pageOf, pageQuery, route, serverEvent } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';
import { decisionReason, line } from '../../../shared/product/text-fields.ts';
import { attendance, attendanceId, attendanceRate, meetingAhead, meetingOfDay, position } from './fields.ts';
import { attendanceDecisions, attendanceStates, correctedStates, dayStates } from './values.ts';

const limit = limits.attendance;
/** From 00:00 to 23:30: a day closes at 23:57. */
const start = z.string().regex(/^(?:(?:[01]\d|2[0-2]):[0-5]\d|23:(?:[0-2]\d|30))$/, because('meetingStart'));
const person = z.object({ id, nickname: z.string(), picture: thumbnail });
const isEachOnce = (values: readonly unknown[]) => new Set(values).size === values.length;

const season = z
  .object({
    id: id.meta({ description: 'In a group without seasons, the id of the group' }),
    name: z.string().nullable(),
    startDate: day,
    endDate: day.nullable(),
  })
  .meta({ id: 'AttendanceSeason' });

const meeting = z
  .object({
    weekday: z.int().min(1).max(7).meta({ description: '1 Monday to 7 Sunday' }),
    start: z.string().meta({ description: '`HH:MM` by the clock of the group' }),
    graceMinutes: z.int(),
    place: z.string().nullable(),
    position: position.nullable(),
    staff: z.object({ id, nickname: z.string() }).nullable(),
  })
  .meta({ id: 'PlannedMeeting' });

const plan = z
  .object({
    meetings: z.array(meeting),
    holidays: z.array(day),
    version: z.int().meta({ description: 'It is also the ETag. 0: nothing is planned yet' }),
  })
  .meta({ id: 'AttendancePlan' });

const planned = '/v1/groups/{groupId}/attendance-plan';
const all = '/v1/groups/{groupId}/attendances';

const getAttendancePlan = route({
  method: 'GET',
  path: planned,
  summary: 'Get when the group meets',
  description: 'Members; others get 404. One meeting a day at most, each week of a season; and the days without one.',
  auth: 'account',
  result: plan,
});

const setAttendancePlan = route({
  method: 'PUT',
  path: planned,
  summary: 'Set when the group meets',
  description:
    'Leaders and managers; others get 404. Replaces all meetings and holidays. Requests and decisions stay as they are, and a week in which a meeting was held still closes with absences. Without meetings there is no attendance. Idempotent.',
  auth: 'account',
  body: z
    .strictObject({
      meetings: z
        .array(
          z.strictObject({
            weekday: z.int().min(1).max(7),
            start,
            graceMinutes: z.int().min(0).max(limit.mostGraceMinutes).default(limit.graceMinutes),
            place: line({ min: 1, max: limit.place }).optional(),
            position: position.optional().meta({ description: 'Check-in codes are taken near it alone' }),
            staffId: id.optional().meta({ description: 'A present member who looks after it' }),
          }),
        )
        .max(limit.meetings)
        .refine((meetings) => isEachOnce(meetings.map(({ weekday }) => weekday)), because('duplicates')),
      holidays: z.array(day).max(limit.holidays).refine(isEachOnce, because('duplicates')).default([]),
    })
    .meta({
      examples: [{ meetings: [{ weekday: 2, start: '19:00', place: 'Rock Valley' }], holidays: ['2027-05-05'] }],
    }),
  result: plan,
  problems: ['PRECONDITION_FAILED'],
});

const getAttendance = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/attendance',
  summary: 'Get the meeting of today',
  description:
    'Members; others get 404. By the calendar of the group. `state` says whether one may ask for attendance now; the other parts say why, and when next.',
  auth: 'account',
  result: z
    .object({
      day,
      state: z.enum(dayStates),
      season: season.nullable(),
      week: z.int().nullable(),
      meeting: meetingOfDay.nullable().meta({ description: 'Null on a day without a meeting, and on a holiday' }),
      next: meetingAhead.nullable().meta({ description: 'The meeting after today, within three weeks' }),
      mine: attendance.nullable().meta({ description: 'Your attendance of this week' }),
      own: attendanceRate.nullable().meta({ description: 'Your counts and rate in this season' }),
      waiting: z
        .int()
        .nullable()
        .meta({ description: 'How many wait for a decision, up to 100; null for others than leaders and managers' }),
      here: z.object({ came: z.int(), of: z.int() }).nullable().meta({
        description:
          'How many have come to the meeting of today, of how many members who have not come on another day of the week or have it off. Null unless `state` is OPEN, and for others than leaders and managers',
      }),
    })
    .meta({ id: 'AttendanceDay' }),
});

const requestAttendance = route({
  method: 'POST',
  path: all,
  summary: 'Ask for attendance',
  description:
    'Members; others get 404. On a day with a meeting, once a week of the season; again after a rejection. Whether it is late is judged by the instant of the request. Leaders and managers are asked to decide; that of a leader needs no decision, but for a third alternate, if there are managers.',
  auth: 'account',
  status: 201,
  result: attendance,
  problems: ['ATTENDANCE_CLOSED', 'ATTENDANCE_EXISTS', 'ALTERNATES_USED'],
});

const listAttendances = route({
  method: 'GET',
  path: all,
  summary: 'List the attendances of a season',
  description:
    'Members for their own; leaders and managers for the member that `accountId` names, also a former one; others get 404. Last week first. Without `seasonId`, the season of today, or the last one before; nothing if there is none.',
  auth: 'account',
  query: z.strictObject({ accountId: id.optional(), seasonId: id.optional(), ...pageQuery }),
  result: z.object({
    season: season.nullable(),
    own: attendanceRate.nullable(),
    items: z.array(attendance),
    nextCursor: z.string().nullable(),
  }),
});

const listAttendanceRates = route({
  method: 'GET',
  path: `${all}/rates`,
  summary: 'List the attendance rates of members',
  description:
    'Leaders and managers; others get 404. All present members, first joined first. Without `seasonId`, the season of today, or the last one before; nothing if there is none.',
  auth: 'account',
  query: z.strictObject({ seasonId: id.optional() }),
  result: z.object({
    season: season.nullable(),
    week: z.int().nullable().meta({ description: 'The week of today, if it is in the season' }),
    items: z.array(
      z
        .object({
          account: person,
          ...attendanceRate.shape,
          thisWeek: z.enum(attendanceStates).nullable(),
        })
        .meta({ id: 'AttendanceOfMember' }),
    ),
  }),
});

const listWaitingAttendances = route({
  method: 'GET',
  path: `${all}/waiting`,
  summary: 'List attendances that wait',
  description:
    'Leaders and managers; others get 404. Oldest first; nothing of people who have left. It may lag by a moment behind a decision.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(
    z
      .object({
        ...attendance.shape,
        account: person,
        homeGym: z
          .string()
          .nullable()
          .meta({ description: 'The home gym that the member had named when they asked; null if none' }),
      })
      .meta({ id: 'WaitingAttendance' }),
  ),
});

const decideAttendances = route({
  method: 'POST',
  path: `${all}/decisions`,
  summary: 'Decide on several attendances',
  description:
    'Leaders and managers; others get 404. Nobody decides on their own. Each is decided for itself, with a result of its own: what stands in the way of one stops no other. That of somebody who has left is NOT_FOUND. A repetition finds its own decisions done. Members are notified. A third alternate of a season needs `override`.',
  auth: 'account',
  body: z
    .strictObject({
      ids: z.array(attendanceId).min(1).max(limit.decisions).refine(isEachOnce, because('duplicates')),
      decision: z.enum(attendanceDecisions),
      reason: decisionReason.optional().meta({ description: 'Needed for REJECTED, and only for it' }),
      override: z.boolean().default(false).meta({ description: 'Accept also more alternates than a season allows' }),
    })
    .refine(({ decision, reason }) => decision !== 'REJECTED' || reason !== undefined, {
      ...because('rejectionReason'),
      path: ['reason'],
    })
    .refine(({ decision, reason }) => decision !== 'ACCEPTED' || reason === undefined, {
      ...because('reasonOfAcceptance'),
      path: ['reason'],
    })
    .meta({
      examples: [
        {
          ids: ['01900000-0000-7000-8000-000000000000:0003:01900000-0000-7000-8000-000000000001'],
          decision: 'ACCEPTED',
        },
      ],
    }),
  result: z.object({
    results: z.array(
      z
        .object({
          id: attendanceId,
          state: z.enum(attendanceStates).nullable(),
          problem: z
            .object({ code: z.string(), title: z.string() })
            .nullable()
            .meta({ description: 'Why it was not decided; then `state` is null' }),
        })
        .meta({ id: 'AttendanceResult' }),
    ),
  }),
});

const correctAttendance = route({
  method: 'POST',
  path: `${all}/corrections`,
  summary: 'Correct the attendance of a member',
  description:
    'Leaders and managers, but not for themselves; others get 404. For a week that has begun, also if the member has no attendance in it. One that waits is decided, not corrected. The history of decisions keeps what it was.',
  auth: 'account',
  body: z
    .strictObject({
      accountId: id,
      seasonId: id,
      week: z.int().min(1).max(9999),
      state: z.enum(correctedStates),
      reason: decisionReason,
    })
    .meta({
      examples: [
        {
          accountId: '01900000-0000-7000-8000-000000000001',
          seasonId: '01900000-0000-7000-8000-000000000000',
          week: 3,
          state: 'PRESENT',
          reason: 'Was there from the beginning',
        },
      ],
    }),
  result: attendance,
  problems: ['OWN_DECISION', 'NOT_APPLICABLE', 'TOO_MANY_REQUESTS'],
});

const attendanceChanged = serverEvent({
  name: 'attendance.changed',
  summary: 'An attendance that you may decide on has changed',
  data: z.object({ groupId: id }).meta({ id: 'AttendanceChanged' }),
});
export type AttendanceChanged = z.infer<typeof attendanceChanged.data>;

export const contract = feature({
  name: 'attendance',
  summary: 'Attendance at the meetings of a group',
  routes: {
    getAttendancePlan,
    setAttendancePlan,
    getAttendance,
    requestAttendance,
    listAttendances,
    listAttendanceRates,
    listWaitingAttendances,
    decideAttendances,
    correctAttendance,
  },
  events: { attendanceChanged },
  due: {
    closeAttendance: {
      summary: 'Closes the day of a group with attendance: rejects what waits, marks holidays and absences',
      rights: {
        read: ['Group', 'AttendancePlan', 'Seasons'],
        query: ['attendancesOfGroup', 'membersOfGroup', 'profilesOfClub'],
        write: ['AttendancePlan', 'Attendance', 'AttendanceCount', 'Outbox', 'Due'],
        check: ['Membership'],
      },
    },
  },
  rights: {
    http: {
      read: [
        ...(['Group', 'Membership', 'Seasons', 'AttendancePlan', 'Attendance', 'AttendanceCount'] as const),
        ...(['ClubProfile', 'Account'] as const),
      ],
      query: [
        ...(['attendancesOfGroup', 'attendancesWaiting', 'attendancesOfMember', 'attendanceCountsOfGroup'] as const),
        ...(['presentMembers', 'rosterOfGroup'] as const),
      ],
      write: ['AttendancePlan', 'Attendance', 'AttendanceCount', 'Decision', 'Outbox', 'Due', 'Quota'],
      check: ['Membership'],
      readObjects: ['pictures/'],
    },
  },
});
