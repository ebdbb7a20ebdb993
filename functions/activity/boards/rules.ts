/**
 * The arithmetic of boards. A board knows how many members have each number of points, its *histogram*. That is all a rank
 * needs: one more than the number of members with more points. So equal points have equal ranks (1, 1, 3).
 */

/** What a member has on a board: a whole number above 0, and the instant of coming to it in milliseconds since 1970. */
export interface Points {
  readonly points: number;
  readonly reachedAt: number;
}

/** How many members have each number of points. */
export type Histogram = ReadonlyMap<number, number>;

/** What a member has, and what the member should have. Undefined for no points. */
export interface Move {
  readonly accountId: string;
  readonly before: Points | undefined;
  readonly after: Points | undefined;
}

/** Points have at most so many digits, so that texts sort as numbers do. */
const digits = 8;
export const mostPoints = 10 ** digits - 1;

/**
 * The histogram as one text: a step for each number of points that somebody has, from the most down. A step is the number of
 * members; before it, if the distance to the points above is not 1, that distance and a dot. One member after a distance is left
 * out. All numbers are in base 36. A board of 500 members has at most 4 KB, one of a million climbers has about 24 KB.
 */
export function packedHistogram(histogram: Histogram): string {
  const sorted = [...histogram].sort(([a], [b]) => b - a);
  let above = mostPoints;
  return sorted
    .map(([points, members]) => {
      const distance = above - points;
      above = points;
      if (distance === 1) return members.toString(36);
      return `${distance.toString(36)}.${members === 1 ? '' : members.toString(36)}`;
    })
    .join(' ');
}

/** The points and numbers of members of a packed histogram, most points first. */
function* stepsOf(packed: string): Generator<[points: number, members: number]> {
  if (packed === '') return;
  let points = mostPoints;
  for (const step of packed.split(' ')) {
    const dot = step.indexOf('.');
    points -= dot === -1 ? 1 : Number.parseInt(step.slice(0, dot), 36);
    yield [points, Number.parseInt(step.slice(dot + 1) || '1', 36)];
  }
}

export const histogramOf = (packed: string): Map<number, number> => new Map(stepsOf(packed));

/** The rank of somebody with so many points: one more than the number of members with more. */
export function rankIn(packed: string, points: number): number {
  let above = 0;
  for (const [each, members] of stepsOf(packed)) {
    if (each <= points) break;
    above += members;
  }
  return above + 1;
}

/** The mean of the points of all who have some; null if nobody has. */
export function meanIn(packed: string): number | null {
  let [points, members] = [0, 0];
  for (const [each, have] of stepsOf(packed)) {
    points += each * have;
    members += have;
  }
  return members === 0 ? null : points / members;
}

/** The ranks of several numbers of points, which must come in falling order, in one walk. */
export function ranksIn(packed: string, falling: readonly number[]): number[] {
  const steps = stepsOf(packed);
  let next = steps.next();
  let above = 0;
  return falling.map((points) => {
    for (; !next.done && next.value[0] > points; next = steps.next()) above += next.value[1];
    return above + 1;
  });
}

/**
 * The histogram after some members have moved. Undefined if it has nobody with the points that a member leaves: then the
 * scores were read later than the board.
 */
export function movedHistogram(before: Histogram, moves: readonly Move[]): Histogram | undefined {
  const after = new Map(before);
  for (const { before: from, after: to } of moves) {
    if (from) after.set(from.points, (after.get(from.points) ?? 0) - 1);
    if (to) after.set(to.points, (after.get(to.points) ?? 0) + 1);
  }
  const members = [...after.values()];
  if (members.some((each) => each < 0)) return undefined;
  return members.includes(0) ? new Map([...after].filter(([, each]) => each > 0)) : after;
}

/** By how many the members with points change. */
export const membersMoved = (moves: readonly Move[]): number =>
  moves.reduce((sum, { before, after }) => sum + (after ? 1 : 0) - (before ? 1 : 0), 0);

/** The moves of members who do not have what they should have. */
export const movesOf = (
  accountIds: readonly string[],
  has: (accountId: string) => Points | undefined,
  should: (accountId: string) => Points | undefined,
): Move[] =>
  accountIds
    .map((accountId) => ({ accountId, before: has(accountId), after: positive(should(accountId)) }))
    .filter(({ before, after }) => before?.points !== after?.points || before?.reachedAt !== after?.reachedAt);

const positive = (points: Points | undefined): Points | undefined => (points && points.points > 0 ? points : undefined);

const padded = (number: number, length: number) => String(number).padStart(length, '0');

/** Sorts scores: most points first, and of equal ones who reached them first. Instants have at most 14 digits. */
export const orderOf = ({ points, reachedAt }: Points): string =>
  `${padded(mostPoints - points, digits)}:${padded(reachedAt, 14)}`;

/** A place in the list of a board. */
export interface Place {
  readonly accountId: string;
  readonly order: string;
}

/** Sorts as the index of a board does. */
export const byPlace = (a: Place, b: Place): number =>
  a.order === b.order ? (a.accountId < b.accountId ? -1 : 1) : a.order < b.order ? -1 : 1;

/** The places next to one's own, so many on each side. What was read twice, or where one was before, is left out. */
export function placesAround<P extends Place>(found: readonly P[], own: P, most: number): P[] {
  const others = new Map(found.map((each) => [each.accountId, each]));
  others.set(own.accountId, own);
  const sorted = [...others.values()].sort(byPlace);
  const at = sorted.indexOf(own);
  return sorted.slice(Math.max(0, at - most), at + most + 1);
}
