import { type Face, normalized, pairsOf, type Standing, type Text, traitsOf } from '../core/listing-rules.ts';
import type { GroupStatus } from '../core/values.ts';

/** The filters of a list. A group is found if it matches all of them. */
export interface Filters {
  readonly kind?: string | undefined;
  readonly category?: string | undefined;
  readonly audience?: string | undefined;
  readonly tag?: string | undefined;
  readonly status?: GroupStatus | undefined;
  readonly text?: string | undefined;
}

/**
 * The lists to look for a term in, two at most: any of them holds every group that is found. Those that begin a word of
 * the term, because of descriptions only these are listed.
 */
export function wordsToAsk(term: string): string[] {
  const { all, starts } = pairsOf(term);
  const asked = starts.length > 0 ? starts : all;
  return [...new Set([asked[0], asked.at(-1)])].filter((word) => word !== undefined);
}

/** Whether the texts of a group contain a term. */
export const contains = ({ title, description, tags, recruit }: Text, term: string) =>
  [title, description, recruit.title, recruit.target, ...tags].some((text) =>
    normalized(text).includes(normalized(term)),
  );

/** The traits that filters ask for. */
export const traitsWanted = ({ kind, category, audience, tag }: Filters): string[] =>
  Object.entries({ tag, audience, category, kind }).flatMap(([name, value]) => (value ? [`${name}:${value}`] : []));

/** The list that leaves least to be filtered out. Only the list of a status holds groups that accept no members. */
export const driverOf = (filters: Filters): string =>
  filters.status ? `status:${filters.status}` : (traitsWanted(filters)[0] ?? 'all');

/** Whether the list answers the filters alone, so that nothing has to be filtered out. */
export const answersAlone = (filters: Filters): boolean =>
  !filters.text && traitsWanted(filters).every((trait) => trait === driverOf(filters));

/** Whether a group belongs on the page. Only the group as it is now decides; a list may lag. */
export function isFound(group: Face & Text, { isPublic, isOffered, status }: Standing, filters: Filters): boolean {
  if (!isPublic || !(filters.status ? status === filters.status : isOffered)) return false;
  const traits = traitsOf(group);
  return (
    traitsWanted(filters).every((trait) => traits.includes(trait)) && (!filters.text || contains(group, filters.text))
  );
}

/** Whether an entry was valid at an instant. */
export const stoodAt = (at: string, { from = '', until }: { from?: string | undefined; until?: string | undefined }) =>
  from <= at && (until === undefined || at < until);
