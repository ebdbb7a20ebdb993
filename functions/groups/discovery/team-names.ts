/**
 * Row 6: whether a team has a name already, as a hint. Names of teams need not be unique. Only public teams count, which
 * everybody finds by a search anyway: an answer about private ones would tell strangers that they exist.
 */
import { isPublic } from '../../../shared/access/access.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import { limits } from '../../../shared/product/limits.ts';
import { normalized } from '../core/listing-rules.ts';
import { termsOf, wordsToAsk } from './rules.ts';

/**
 * Whether a public team has this title, in any case and width. Asks the index of words as a search does, and looks at as
 * many of the newest groups as one page of a search.
 */
export async function isTeamNamed(table: Table, name: string): Promise<boolean> {
  const words = wordsToAsk(termsOf(name));
  const pages = await Promise.all(
    words.map((word) => table.query('groupsWithWord', { word }, { limit: limits.search.entries })),
  );
  const [first = [], ...others] = pages.map(({ items }) => items.map(({ groupId }) => groupId));
  const ids = first.filter((id) => others.every((each) => each.includes(id))).slice(0, limits.search.candidates);
  if (ids.length === 0) return false;
  const references = Object.fromEntries(ids.map((groupId) => [groupId, ref('Group', { groupId })]));
  const groups = await table.getAll(references, { eventual: true });
  return Object.values(groups).some(
    (group) => group?.kind === 'TEAM' && isPublic(group) && normalized(group.title) === normalized(name),
  );
}
