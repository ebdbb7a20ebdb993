/** Problems of check-in codes. */
export const checkInProblems = {
  CHECK_IN_CLOSED: {
    status: 409,
    when: 'No meeting of the group takes codes now: they begin 15 minutes before its start, and end with its grace, at the latest when the day closes.',
    remedy: 'Show when codes are taken; offer to ask for attendance on the day of a meeting.',
  },
  CHECK_IN_CODE_WRONG: {
    status: 422,
    when: 'The code is not one of now. It counts as a try.',
    remedy: 'Let the member type the code that is shown now.',
  },
  CHECK_IN_TRIES_USED: {
    status: 429,
    when: 'The member has sent five wrong codes today. The right code is not taken that day either.',
    remedy: 'Offer to ask for attendance: those who lead decide on it.',
  },
  CHECK_IN_ELSEWHERE: {
    status: 409,
    when: 'The meeting takes codes only near its place, and the position was missing or too far away. It counts as no try.',
    remedy: 'Ask the device for its position and send it along, or offer to ask for attendance.',
  },
} as const;
