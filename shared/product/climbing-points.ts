/** Row 95: what problems are worth. The server decides by it, and the web client shows it while a person enters a record. */

interface Solved {
  readonly level: number;
  readonly count: number;
}

/** The worth of a problem, in half points: below one's own level 1, equal 2, above 4. */
const worth = (level: number, own: number): number => {
  if (level === own) return 2;
  return level < own ? 1 : 4;
};

/**
 * What was solved, in half points, by the level that the member had at the time.
 *
 * @example pointsOf([{ level: 4, count: 3 }, { level: 5, count: 1 }], 4) // 10: five points
 */
export const pointsOf = (solved: readonly Solved[], ownLevel: number): number =>
  solved.reduce((sum, { level, count }) => sum + count * worth(level, ownLevel), 0);

/** Points are kept as halves, so that they are whole numbers. */
export const shownPoints = (halves: number): number => halves / 2;
