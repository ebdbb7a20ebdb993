/** A list that comes page by page: gives the page after a cursor, the first page for undefined. */
type Pages<T> = (
  cursor: string | undefined,
) => Promise<{ readonly items: readonly T[]; readonly nextCursor: string | null }>;

/**
 * The pages of a list, one after another. For lists that may be long and are only counted or passed on.
 *
 * @example
 * const pages = (cursor?: string) => table.query('membersOfGroup', { groupId }, { limit: 100, cursor });
 * for await (const members of everyPage(pages)) count += members.length;
 */
export async function* everyPage<T>(pages: Pages<T>): AsyncGenerator<readonly T[]> {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { items, nextCursor } = await pages(cursor);
    yield items;
    cursor = nextCursor;
  }
}

/**
 * All items of a list in memory. For lists with a known bound, and for jobs; people get pages.
 *
 * @example await everyItem((cursor) => table.query('devicesOfAccount', { accountId }, { limit: 100, cursor }))
 */
export async function everyItem<T>(pages: Pages<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const items of everyPage(pages)) found.push(...items);
  return found;
}

/**
 * The due items at the start of a list that is sorted by due time, page by page, up to the first item that is not due
 * yet.
 *
 * @param isDue must be true for every item up to some place in the list, false for all after it
 */
export async function* dueIn<T>(pages: Pages<T>, isDue: (item: T) => boolean): AsyncGenerator<readonly T[]> {
  for await (const items of everyPage(pages)) {
    const due = items.filter(isDue);
    if (due.length > 0) yield due;
    if (due.length < items.length) return;
  }
}
