/** Problems of what members write to each other: chat rooms, messages, posts, polls. */
export const talkingProblems = {
  RESUME_FIRST: {
    status: 409,
    when: 'The last entry that the sender knows does not exist, or too many have come after it.',
    remedy: 'Read on to the end. If your own entry is there, it was taken; else send it again from where you are now.',
  },
  ROOM_CLOSED: {
    status: 409,
    when: 'The chat room is closed, or outside the time in which people may write in it.',
    remedy: 'Show the room for reading only.',
  },
  ROOM_LIMIT: {
    status: 409,
    when: 'The study has as many open chat rooms as it may have.',
    remedy: 'Close one of them first, or write in one.',
  },
  POLL_CLOSED: {
    status: 409,
    when: 'The poll is closed, by somebody or because its time is over.',
    remedy: 'Show the poll with its result.',
  },
  POLL_HAS_BALLOTS: {
    status: 409,
    when: 'Somebody has voted, so the question and the choices stay as they are.',
    remedy: 'Show the poll; its author can delete it and make another one.',
  },
} as const;
