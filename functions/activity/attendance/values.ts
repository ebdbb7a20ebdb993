/**
 * Rows 98-103. PENDING: asked for, and waits for a decision. PRESENT, LATE: decided. REJECTED: refused by somebody, or by the end of
 * the day. HOLIDAY, ABSENT: by the night's run.
 */
export const attendanceStates = ['PENDING', 'PRESENT', 'LATE', 'REJECTED', 'HOLIDAY', 'ABSENT'] as const;
export type AttendanceState = (typeof attendanceStates)[number];

/** What a decision may say. */
export const attendanceDecisions = ['ACCEPTED', 'REJECTED'] as const;
export type AttendanceDecision = (typeof attendanceDecisions)[number];

/** What a correction may say. */
export const correctedStates = ['PRESENT', 'LATE', 'HOLIDAY', 'ABSENT'] as const satisfies readonly AttendanceState[];
export type CorrectedState = (typeof correctedStates)[number];

/** What a day is. OPEN: one may ask for attendance now. CLOSED: the meeting is over, and the night's run has come. */
export const dayStates = ['NO_PLAN', 'NO_SEASON', 'NO_MEETING', 'HOLIDAY', 'OPEN', 'CLOSED'] as const;
export type DayState = (typeof dayStates)[number];
