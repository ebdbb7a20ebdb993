/** A list that comes page by page. */
type Pages<T> = (
  cursor: string | undefined,
) => Promise<{ readonly items: readonly T[]; readonly nextCursor: string | null }>;

/** A list, a page after another: for what is counted, and may be long. */
export async function* everyPage<T>(pages: Pages<T>): AsyncGenerator<readonly T[]> {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { items, nextCursor } = await pages(cursor);
    yield items;
    cursor = nextCursor;
  }
}

/** All items of a list: for what is bounded, or read whole by a job. People get pages. */
export async function everyItem<T>(pages: Pages<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const items of everyPage(pages)) found.push(...items);
  return found;
}

/** What is due of a list that begins with what has waited longest: page by page, up to the first that is not due yet. */
export async function* dueIn<T>(pages: Pages<T>, isDue: (item: T) => boolean): AsyncGenerator<readonly T[]> {
  for await (const items of everyPage(pages)) {
    const due = items.filter(isDue);
    if (due.length > 0) yield due;
    if (due.length < items.length) return;
  }
}
