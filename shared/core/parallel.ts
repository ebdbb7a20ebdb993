/**
 * Runs work for many items, a limited number at a time. All items are tried even if some fail; then the first failure
 * is thrown. Results are in the order of the items.
 *
 * @param atOnce how many run at the same time, 1 or more
 * @throws the first failure
 * @example await inParallel(20, members, (member) => notify(member))
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
 * Splits a list into pieces of at most `size` items.
 *
 * @example piecesOf(2, [1, 2, 3]) // [[1, 2], [3]]
 */
export const piecesOf = <T>(size: number, things: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(things.length / size) }, (_, i) => things.slice(i * size, (i + 1) * size));
