/**
 * Where there are too many ways to be wrong for each route, each is asked a few of them, in turns, so that all routes
 * together are asked everything. SWEEPS=all asks each route everything.
 */
export const everything = process.env.SWEEPS === 'all';

/** Gives so many of a list at each call, going on where the last call ended. */
export function turns(size: number): <T>(things: readonly T[]) => readonly T[] {
  let next = 0;
  return (things) => {
    if (everything || size >= things.length) return things;
    const from = next;
    next += size;
    return Array.from({ length: size }, (_, i) => things[(from + i) % things.length]!);
  };
}
