/** Problems of missions, certifications and excuses. */
export const missionProblems = {
  CERTIFICATION_LIMIT: {
    status: 409,
    when: 'The certifications of this mission for the day or the week are used up.',
    remedy: 'Offer to edit one that was denied; else offer it again tomorrow or next week.',
  },
  DAY_OVER: {
    status: 409,
    when: 'The certification was approved automatically, and its day is over.',
    remedy: 'Show it without editing; only the leader may still delete it.',
  },
  LATE_LIMIT: {
    status: 409,
    when: 'The account has sent as many certifications after their day as a month allows.',
    remedy: 'Tell the person, and take it out of the outbox.',
  },
  MAKE_UP_LIMIT: {
    status: 409,
    when: 'The member has made up for as many days of the month as the group allows.',
    remedy: 'Show how many a month allows.',
  },
  MAKE_UP_OVER: {
    status: 409,
    when: 'The day cannot be made up for: it was not missed, or it is more than three days ago.',
    remedy: 'Show the days that were missed lately.',
  },
  MISSION_LIMIT: {
    status: 409,
    when: 'The group has as many missions of this kind as it may have before their end.',
    remedy: 'Offer to end one of them.',
  },
  NOT_ON_WEEKDAY: {
    status: 409,
    when: 'The mission does not accept certifications on this day of the week.',
    remedy: 'Show its days of the week.',
  },
  NOT_IN_PERIOD: {
    status: 409,
    when: 'The mission accepts certifications only from its first day to the day after its last.',
    remedy: 'Show the period.',
  },
} as const;
