/**
 * Does work for each of many things, so many at a time. All of it is tried, whatever fails; then what failed first is
 * thrown. Results are in the order of the things.
 *
 * @param atOnce how many are at work at the same time, 1 or more
 * @throws the first failure
 * @example await inParallel(20, members, (member) => tell(member))
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

/**
 * Things in pieces of at most so many.
 *
 * @example piecesOf(2, [1, 2, 3]) // [[1, 2], [3]]
 */
export const piecesOf = <T>(size: number, things: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(things.length / size) }, (_, i) => things.slice(i * size, (i + 1) * size));
