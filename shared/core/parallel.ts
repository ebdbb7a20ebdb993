/**
 * Does work for each of many things, so many at a time. All of it is tried, whatever fails; then what failed first is
 * thrown. Results are in the order of the things.
 */
export async function inParallel<T, R>(
  atOnce: number,
  things: readonly T[],
  work: (thing: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < things.length; i = next++) {
      try {
        results[i] = await work(things[i]!);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, things.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}

/** Things in pieces of at most so many. */
export const piecesOf = <T>(size: number, things: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(things.length / size) }, (_, i) => things.slice(i * size, (i + 1) * size));
