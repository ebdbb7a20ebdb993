/** Problems of attendance. */
export const attendanceProblems = {
  ATTENDANCE_CLOSED: {
    status: 409,
    when: 'The group has no meeting now: no season, no meeting on this day of the week, a holiday, or the day is closed already.',
    remedy: 'Show the day again, with the next meeting.',
  },
  ATTENDANCE_EXISTS: {
    status: 409,
    when: 'The member has an attendance of this week already, or a request that waits.',
    remedy: 'Show it.',
  },
  ALTERNATES_USED: {
    status: 409,
    when: 'The member has attended at another place than their own as often as a season allows.',
    remedy: 'Tell the manager, and offer to accept it nevertheless, with `override`.',
  },
} as const;
