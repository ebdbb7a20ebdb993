/** The numbers of missions, certifications and excuses. */
export const missionLimits = {
  /** Row 53. The time of the last submission is kept for longer than it counts. */
  certification: {
    ...{ text: 1000, images: 5, link: 500, perDay: 1, decisions: 25 },
    ...{ throttleSeconds: 5, throttleKeptSeconds: 3600 },
  },
  /**
   * Rows 51-53. `live`: missions of a group before their end. `dueDays`: how far ahead one that is done once may end.
   * `unlimited`: what is left of a day without a limit. `onceShownDays`: for how long the home screen knows of one that is done.
   * `pastTerms`: how many former frequencies of a repeated one are known: one a week at most.
   */
  mission: {
    ...{ title: 50, content: 300, rule: 100, checklist: 20, checkItem: 60, perDay: 10 },
    ...{ live: { REPEAT: 2, ONCE: 50 }, dueDays: 366, unlimited: 99, onceShownDays: 400, pastTerms: 60 },
  },
  /** Row 137: in a month; days after the missed one. */
  makeUps: { most: 3, days: 3 },
  memberMonthDays: 100,
  /** Weeks of members that are read in one request: the most that it takes. */
  weeksAtOnce: 100,
  /** Row 58: days ahead. */
  skipDays: 6,
  /** Row 119: days of a range, and of a month without a grant; how far back and ahead it begins. */
  excuse: { mostDays: 31, freeDays: 10, daysBack: 3, daysAhead: 366, reason: 300 },
  /** Row 144: days without doing anything that are time away; days of a rest; characters of a word at leaving. */
  returning: { awayDays: 7, restDays: 30, word: 200 },
  /** Row 155: how old `occurredAt` may be; certifications of a month that are sent late. */
  late: { hours: 12, perMonth: 10 },
  /**
   * Rows 62, 133: weeks of a series and of a heat map; weeks of a member's missions, and missions, that are read at once.
   * `onceDays`: for how long one that is done once is known to have been done: longer than it may be due.
   */
  progress: { weeks: 26, memberWeeks: 600, missions: 100, onceDays: 400 },
  /** Row 64: how often one may nudge the same person, and how long it is kept. */
  nudge: { message: 100, everySeconds: 3600, keptSeconds: 30 * 86_400 },
  /** Weeks of missions of one person that the home screen reads at once. */
  ownWeeks: 400,
} as const;
