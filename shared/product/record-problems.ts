/** Problems of records and seasons. */
export const recordProblems = {
  LEVEL_NEEDED: {
    status: 409,
    when: 'The member has no level in the profile of the club, by which records get their points.',
    remedy: 'Ask for the level, set the profile of the club, and send the record again.',
  },
  RECORD_EXISTS: {
    status: 409,
    when: 'The member has a record of this day already.',
    remedy: 'Offer to edit it.',
  },
  RECORD_STRUCK: {
    status: 409,
    when: 'The leader has struck the record, and its day could still count.',
    remedy: 'Offer to edit the record instead; the leader can let it count again.',
  },
  SEASON_LIMIT: {
    status: 409,
    when: 'The club has as many seasons as it may have.',
    remedy: 'Edit one that has not begun.',
  },
  SEASON_OVERLAP: {
    status: 409,
    when: 'Another season has some of the same days.',
    remedy: 'Choose other days.',
  },
} as const;
