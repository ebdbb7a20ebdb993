/** Helpers for answers: outcomes, pages of lists, and costs. */
import type { Actor, Reply } from './actor.ts';
import type { Moim } from './moim.ts';

// biome-ignore lint/suspicious/noExplicitAny: items and answers are named by the test that reads them
type Json = any;

/** Follows a list's cursors to its end: the items of each page. */
export async function pagesOf(who: Actor, path: string, limit: number): Promise<Json[][]> {
  const pages: Json[][] = [];
  const separator = path.includes('?') ? '&' : '?';
  for (let cursor = ''; ; ) {
    const { body } = await who.get(`${path}${separator}limit=${limit}${cursor}`);
    pages.push(body.items);
    if (!body.nextCursor) return pages;
    cursor = `&cursor=${body.nextCursor}`;
  }
}
export const idsOf = (pages: readonly Json[][]): string[] => pages.flat().map(({ id }) => id);

/** The status of a successful answer, the code of a refusal. */
export const outcome = ({ status, body }: Reply<Json>) => (status < 300 ? status : body.code);

/** How often each outcome occurred. */
export const tally = (replies: readonly Reply<Json>[]) => {
  const counts: Record<string, number> = {};
  for (const reply of replies) counts[outcome(reply)] = (counts[outcome(reply)] ?? 0) + 1;
  return counts;
};

/** The cost of the last request of a route, from the log. */
export function costOf(moim: Moim, route: string): Json {
  for (const { line } of moim.logs.toReversed()) {
    const entry = JSON.parse(line);
    if (entry.route === route && entry.message === 'answered') {
      const { requests, roundTrips, readUnits, writeUnits } = entry;
      return { requests, roundTrips, readUnits, writeUnits };
    }
  }
  throw new Error(`no log line has the cost of ${route}`);
}

/** The write units that all consumers of the stream used since a line of the log. */
export const followedSince = (moim: Moim, line: number): number =>
  moim.logs
    .slice(line)
    .filter(({ functionId }) => /-stream$/.test(functionId))
    .map((entry) => JSON.parse(entry.line))
    .filter(({ message }) => message === 'consumed')
    .reduce((sum, { writeUnits }) => sum + writeUnits, 0);
