/** The writers of a page of things, by name and picture. */
import type { Table } from '../../../shared/data/table.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import type { Person } from '../../accounts/accounts/people.ts';
import { namedIn, type People } from '../../groups/core/roster.ts';

/**
 * The writers of things of a group, by account: their names and pictures, or the text for unknown people if they have
 * withdrawn. One request if some of them have left the group, none otherwise.
 *
 * @param roster of the group (`rosterOf`), which is read beside the first request
 * @example
 * const [page, found, roster] = await Promise.all([list, memberOf(...), rosterOf(table, groupId)]);
 * const authorOf = await authorsOf(table, roster, page.items, locale);
 */
export async function authorsOf(
  table: Table,
  roster: People,
  things: readonly { readonly accountId: string }[],
  locale: Locale,
): Promise<(thing: { readonly accountId: string }) => Person> {
  const people = await namedIn(
    table,
    roster,
    things.map(({ accountId }) => accountId),
  );
  const unknown: Person = { nickname: catalogOf(locale).unknownPerson };
  return ({ accountId }) => people.get(accountId) ?? unknown;
}
