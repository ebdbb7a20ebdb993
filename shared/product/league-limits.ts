/** Row 161: the numbers of leagues. */
export const leagueLimits = {
  /**
   * `dayStart`: a week begins on Monday at this time of Asia/Seoul. `parts`: accounts are spread over so many parts, each with
   * its own marks, histograms and lists (ADR 36); another number would need a new week. `shown`: ranks that others see.
   * `adultFrom`: years of age from which a nickname is what one is shown by without a choice. `closeMinutes`: how long after its end a
   * week is closed, so that what the stream brings late still counts.
   */
  league: {
    ...{ zone: 'Asia/Seoul', dayStart: '05:00', parts: 8, shown: 1000, adultFrom: 19, closeMinutes: 10 },
    /**
     * `bricksADay`: more bricks of one day do not count: nobody does so much. `sentDays`: a brick counts whose certification was sent
     * at most so many days before its week. `read`: bricks of a person that are looked at, the newest. `page`: rows of a page.
     * `beside`: people above and below oneself.
     */
    ...{ bricksADay: 30, sentDays: 14, read: 1000, page: 50, beside: 2 },
  },
} as const;
