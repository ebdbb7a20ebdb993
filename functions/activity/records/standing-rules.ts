/**
 * Row 95: what a member has on the boards of a season, as one short text: `board:points:instant`, joined by spaces. Board 0 is
 * that of the season, the others those of its weeks. Numbers are in base 36; the instant is when the member came to the points.
 * A season of 53 weeks is 900 bytes.
 */
import { fromIso } from '../../../shared/core/time.ts';
import { wholeSeason } from '../seasons/rules.ts';

export interface Standing {
  readonly points: number;
  /** Milliseconds since 1970. */
  readonly reachedAt: number;
}
/** By board of one season: `wholeSeason`, or the week. */
export type Standings = ReadonlyMap<number, Standing>;

export const standingsIn = (packed = ''): Map<number, Standing> =>
  new Map(
    packed
      .split(' ')
      .filter((entry) => entry !== '')
      .map((entry): [number, Standing] => {
        const [board = 0, points = 0, reachedAt = 0] = entry.split(':').map((part) => Number.parseInt(part, 36));
        return [board, { points, reachedAt }];
      }),
  );

export const packedStandings = (standings: Standings): string =>
  [...standings]
    .sort(([a], [b]) => a - b)
    .map(([board, { points, reachedAt }]) => [board, points, reachedAt].map((n) => n.toString(36)).join(':'))
    .join(' ');

/** What counts of a record, in half points, and where. */
export interface Counted {
  readonly counted?: number;
  readonly seasonId?: string;
  readonly week?: number;
}

/**
 * The standings of all seasons after a record counts otherwise. The same record, if nothing of it changes, changes nothing: then
 * the boards keep who reached a score first.
 *
 * @param on whether a board moves: `wholeSeason`, or the week
 * @returns undefined if they are the same
 */
export function movedStandings(
  all: Readonly<Record<string, string>>,
  before: Counted,
  after: Counted,
  now: number,
  on: (board: number) => boolean = () => true,
): Record<string, string> | undefined {
  const changed = new Map<string, Map<number, Standing>>();
  const by = new Map<string, number>();
  for (const [{ counted = 0, seasonId, week }, sign] of [[before, -1] as const, [after, 1] as const])
    if (seasonId !== undefined && week !== undefined)
      for (const board of [wholeSeason, week].filter(on)) {
        const name = `${seasonId} ${board}`;
        by.set(name, (by.get(name) ?? 0) + sign * counted);
      }
  for (const [name, difference] of by) {
    if (difference === 0) continue;
    const [seasonId = '', board] = name.split(' ');
    const standings = changed.get(seasonId) ?? standingsIn(all[seasonId]);
    const points = (standings.get(Number(board))?.points ?? 0) + difference;
    changed.set(seasonId, standings.set(Number(board), { points, reachedAt: now }));
  }
  if (changed.size === 0) return undefined;
  return { ...all, ...Object.fromEntries([...changed].map(([id, each]) => [id, packedStandings(each)])) };
}

/** What a member had on some boards of the season of a record, packed. */
export const standingsOn = (
  all: Readonly<Record<string, string>>,
  { seasonId = '' }: Counted,
  boards: readonly number[],
): string => packedStandings(new Map([...standingsIn(all[seasonId])].filter(([board]) => boards.includes(board))));

/** A record that was struck, with what its member had until then. */
interface Struck extends Counted {
  readonly struckAt?: string;
  readonly struckFrom?: string;
}

/**
 * The standings of all seasons after a record is restored. On a board on which nothing has changed since it was struck, the
 * member has what they had, as long as they had it: so who came to a score first stays before others.
 *
 * @param on whether a board moves: `wholeSeason`, or the week
 * @returns undefined if they are the same
 */
export function restoredStandings(
  all: Readonly<Record<string, string>>,
  record: Struck,
  now: number,
  on: (board: number) => boolean,
): Record<string, string> | undefined {
  const moved = movedStandings(all, {}, record, now, on);
  const { seasonId = '', struckAt, struckFrom } = record;
  if (!moved || struckAt === undefined) return moved;
  const [before, after] = [standingsIn(all[seasonId]), standingsIn(moved[seasonId])];
  for (const [board, had] of standingsIn(struckFrom)) {
    const isAsStruck = before.get(board)?.reachedAt === fromIso(struckAt);
    if (on(board) && isAsStruck && after.get(board)?.points === had.points) after.set(board, had);
  }
  return { ...moved, [seasonId]: packedStandings(after) };
}
