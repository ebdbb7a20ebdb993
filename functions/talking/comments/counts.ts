/** How many comments things have, to be shown with them. */
import { type Reference, ref, type Table } from '../../../shared/data/table.ts';
import type { CommentCountItem } from './items.ts';

/** Fewer are read by their keys: one request of half a unit each. */
const rangeFrom = 4;
/** Items of a range at most. Things that lie further apart are read by their keys. */
const rangeLimit = 100;

/**
 * How many comments some things of one kind and group have, by subject. Of a page, one request: the counts lie side by side
 * in the order of the things; a second one if they lie far apart. They may lag by a moment.
 *
 * @example const countOf = await commentCountsOf(table, groupId, posts.map((post) => subjectOf('post', post)));
 */
export async function commentCountsOf(
  table: Table,
  groupId: string,
  subjects: readonly string[],
): Promise<(subject: string) => number> {
  const wanted = subjects.toSorted();
  const range = wanted.length < rangeFrom ? undefined : await rangeOf(table, groupId, wanted);
  const rest = await byKey(table, groupId, range ? wanted.filter((each) => each < range.from) : wanted);
  const counts = new Map([...(range?.items ?? []), ...rest].map(({ subject, comments = 0 }) => [subject, comments]));
  return (subject) => counts.get(subject) ?? 0;
}

/** The counts of a range, the newest things first; `from` is the first subject that it came to. */
async function rangeOf(table: Table, groupId: string, wanted: readonly string[]) {
  const options = { limit: rangeLimit, newestFirst: true, between: [wanted[0]!, wanted.at(-1)!] as const };
  const { items, nextCursor } = await table.query('commentCountsOfGroup', { groupId }, options);
  return { items, from: nextCursor === null ? '' : items.at(-1)!.subject };
}

async function byKey(table: Table, groupId: string, subjects: readonly string[]): Promise<CommentCountItem[]> {
  if (subjects.length === 0) return [];
  const references = subjects.map((subject) => [subject, ref('CommentCount', { groupId, subject })] as const);
  const found = await table.getAll(Object.fromEntries<Reference<CommentCountItem>>(references), { eventual: true });
  return Object.values(found).flatMap((each) => (each ? [each] : []));
}
