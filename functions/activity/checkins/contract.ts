import * as z from 'zod';
import { because, day, feature, id, instant, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { attendance, position } from '../attendance/fields.ts';

const { totp, checkIn: limit } = limits;

const showCodes = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/check-in-codes',
  summary: 'Show the check-in codes of now',
  description: `Leaders and managers; others get 404. The codes of the next ${limit.shownMinutes} minutes, each with the instant at which the next one takes its place: from ${limit.opensMinutes} minutes before the start of the meeting of today to the end of its grace, within its day and before that closes (${limits.attendance.closesAt}). A code is good in its own ${totp.stepSeconds} seconds, and in those before and after. Show them by \`now\`, which is the clock that counts; ask again before the last one ends.`,
  auth: 'account',
  kept: false,
  result: z.object({
    now: instant,
    meeting: z
      .object({ day, place: z.string().nullable(), startsAt: instant, opensAt: instant, closesAt: instant })
      .nullable()
      .meta({ description: 'Null if there is no meeting today' }),
    codes: z.array(z.object({ code: z.string(), until: instant }).meta({ id: 'CheckInCode' })),
  }),
});

const checkIn = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/check-ins',
  summary: 'Check in with a code',
  description: `Members; others get 404. A member with the code of now is present, or late, without a decision. A device counts for one member at a meeting: the next member on it becomes a request that waits, with \`sharedDevice\`. So does a member after a rejection at the same meeting, and a manager, who can read the code; a leader needs nobody. A request in time stays in time. Where the meeting asks for a position, it must be within ${limit.metres} m; it is rounded, compared and not stored. Five wrong codes are answered on a day of the group; then ask for attendance instead.`,
  auth: 'account',
  body: z
    .strictObject({
      code: z.string().regex(/^\d{6}$/, because('checkInCode')),
      device: id.meta({
        description:
          'A random UUID that the client keeps on the device, also after a sign-out. Only a hash is stored, for two days',
      }),
      position: position.optional(),
    })
    .meta({ examples: [{ code: '482913', device: '01900000-0000-7000-8000-000000000001' }] }),
  result: attendance,
  problems: [
    ...(['CHECK_IN_CLOSED', 'CHECK_IN_CODE_WRONG', 'CHECK_IN_ELSEWHERE', 'CHECK_IN_TRIES_USED'] as const),
    ...(['ATTENDANCE_EXISTS', 'ALTERNATES_USED'] as const),
  ],
});

export const contract = feature({
  name: 'checkins',
  summary: 'Check-in codes for the meetings of a group',
  routes: { showCodes, checkIn },
  rights: {
    http: {
      read: [
        ...(['Group', 'Membership', 'Seasons', 'AttendancePlan', 'Attendance', 'ClubProfile'] as const),
        ...(['CheckInDevice', 'Quota'] as const),
      ],
      write: [
        ...(['Attendance', 'AttendanceCount', 'AttendancePlan', 'Due', 'Outbox'] as const),
        ...(['CheckInDevice', 'Quota'] as const),
      ],
      check: ['Membership', 'Quota'],
    },
  },
});
