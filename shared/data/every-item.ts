/** All items of a list that comes page by page: for what is bounded, or read whole by a job. People get pages. */
export async function everyItem<T>(
  page: (cursor: string | undefined) => Promise<{ readonly items: readonly T[]; readonly nextCursor: string | null }>,
): Promise<T[]> {
  const found: T[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { items, nextCursor } = await page(cursor);
    found.push(...items);
    cursor = nextCursor;
  }
  return found;
}
