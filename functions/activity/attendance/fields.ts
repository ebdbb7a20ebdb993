/** Parts of answers about attendance, which the check-in at a meeting has, too. */
import * as z from 'zod';
import { because, day, id, instant } from '../../../shared/core/contract.ts';
import { attendanceStates } from './values.ts';

/** `{seasonId}:{week}:{accountId}`: a client takes it as it is. */
export const attendanceId = z
  .string()
  .regex(/^[0-9a-f-]{36}:\d{4}:[0-9a-f-]{36}$/, because('id'))
  .meta({ examples: ['01900000-0000-7000-8000-000000000000:0003:01900000-0000-7000-8000-000000000001'] });

export const attendance = z
  .object({
    id: attendanceId,
    accountId: id,
    seasonId: id.meta({ description: 'In a group without seasons, the id of the group' }),
    week: z.int().meta({ description: 'Week of the season, from 1' }),
    state: z.enum(attendanceStates),
    day,
    place: z.string().nullable(),
    requestedAt: instant.nullable().meta({ description: 'Null if the member asked for nothing' }),
    late: z.boolean().meta({ description: 'The member asked after the grace. It is LATE once it is accepted' }),
    alternate: z.boolean().meta({ description: 'At another place than the home gym of the member' }),
    sharedDevice: z.boolean().meta({
      description: 'Asked for by a check-in code, on a device that had checked in another member at the same meeting',
    }),
    reason: z.string().nullable().meta({ description: 'Why it was rejected; null if nobody decided in time' }),
  })
  .meta({ id: 'Attendance' });

/** Row 100: raw counts beside the rate. */
export const attendanceRate = z
  .object({
    present: z.int(),
    late: z.int(),
    absent: z.int(),
    holiday: z.int(),
    alternates: z.int(),
    alternatesLeft: z.int(),
    rate: z.number().min(0).max(1).nullable().meta({
      description:
        'A fraction. Two lates count as one absence, and holidays count for nothing. Null while nothing counts. For members who joined two seasons before or earlier: 1 if they came at all, else 0',
    }),
  })
  .meta({ id: 'AttendanceRate' });

/** Degrees of WGS 84. */
export const position = z
  .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
  .meta({ id: 'Position' });

/** A meeting to come, without its state. */
export const meetingAhead = z.object({ day, startsAt: instant, place: z.string().nullable() });

/** The meeting of a day. */
export const meetingOfDay = z
  .object({
    place: z.string().nullable(),
    staff: z.object({ id, nickname: z.string() }).nullable(),
    startsAt: instant,
    lateFrom: instant.meta({ description: 'Requests after this instant are late' }),
    closesAt: instant.meta({ description: 'Until then one may ask, and be decided on' }),
    asksPosition: z.boolean().meta({ description: 'A check-in code is taken near the place alone' }),
  })
  .meta({ id: 'MeetingOfDay' });
