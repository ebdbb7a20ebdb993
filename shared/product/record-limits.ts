/** The numbers of records, seasons and boards. */
export const recordLimits = {
  /** Row 94: levels of problems, and how many of one level; characters of the name of a gym. */
  record: { level: { min: 1, max: 10 }, count: 999, gym: 50, day: 31 },
  /**
   * Row 96: characters of a name; seasons of a group; days of a season: 53 weeks. A first day is fixed from `fixedDays` before it on,
   * so that no record of that day is on its way while it moves.
   */
  season: { name: 30, most: 40, days: 371, fixedDays: 1 },
  /**
   * Row 95. `moves`: members that one transaction of a board moves, of the hundred actions that DynamoDB takes. `closeMinutes`: how long
   * after its end a board is closed: longer than any request takes. `openDays`: a board whose closing keeps failing is followed for
   * so long after its end. `top`, `around`: members that a page of a board begins with, and on each side of one's own place;
   * `weeks`: the newest weeks of its chart.
   */
  board: { moves: 90, closeMinutes: 2, openDays: 14, top: 10, around: 2, weeks: 13 },
} as const;
