/** The cheers of certifications, to be shown with them. */
import { type Reference, ref, type Table } from '../../../shared/data/table.ts';
import type { CheerCountItem, CheerItem } from './items.ts';
import { cheersFor } from './rules.ts';

interface Shown {
  readonly groupId: string;
  readonly certificationId: string;
  readonly status: string;
}

export type CheersView = ReturnType<typeof cheersFor>;
type Found<T> = ReadonlyMap<string, T>;

/** Fewer are read by their keys: one request of half a unit each. */
const rangeFrom = 4;
/** Items of a range at most. Certifications that lie further apart are read by their keys. */
const rangeLimit = 100;

/**
 * The cheers of some certifications of one group as a viewer sees them, by certification; null for those that are not
 * approved. Of a page, two requests at once: what counts and what is the viewer's own lie side by side, in the order of the
 * certifications. They may lag by a moment.
 */
export async function cheersOf(
  table: Table,
  certifications: readonly Shown[],
  accountId: string,
): Promise<(certification: Shown) => CheersView | null> {
  const approved = certifications.filter(({ status }) => status === 'APPROVED');
  const { counts, own } = await readOf(table, approved, accountId);
  return ({ certificationId, status }) =>
    status === 'APPROVED' ? cheersFor(counts.get(certificationId), own.get(certificationId)) : null;
}

async function readOf(
  table: Table,
  certifications: readonly Shown[],
  accountId: string,
): Promise<{ readonly counts: Found<CheerCountItem>; readonly own: Found<CheerItem> }> {
  const ids = certifications.map(({ certificationId }) => certificationId).toSorted();
  const [{ groupId } = { groupId: '' }] = certifications;
  if (ids.length < rangeFrom) return byKey(table, { groupId, accountId, counts: ids, own: ids });
  const options = { limit: rangeLimit, newestFirst: true, between: [ids[0]!, ids.at(-1)!] as const };
  const [counts, own] = await Promise.all([
    table.query('cheerCountsOfGroup', { groupId }, options),
    table.query('cheersOfMember', { accountId, groupId }, options),
  ]);
  const rest = await byKey(table, { groupId, accountId, counts: beyond(ids, counts), own: beyond(ids, own) });
  return { counts: new Map([...rest.counts, ...byId(counts.items)]), own: new Map([...rest.own, ...byId(own.items)]) };
}

const byId = <T extends { readonly certificationId: string }>(items: readonly T[]) =>
  new Map(items.map((item) => [item.certificationId, item]));

/** Those that a range did not come to. */
const beyond = (
  ids: readonly string[],
  page: { readonly items: readonly { readonly certificationId: string }[]; readonly nextCursor: string | null },
) => (page.nextCursor === null ? [] : ids.filter((id) => id < page.items.at(-1)!.certificationId));

interface Wanted {
  readonly groupId: string;
  readonly accountId: string;
  readonly counts: readonly string[];
  readonly own: readonly string[];
}

async function byKey(table: Table, { groupId, accountId, counts, own }: Wanted) {
  const references = Object.fromEntries<Reference<unknown>>([
    ...counts.map(
      (certificationId) => [`count ${certificationId}`, ref('CheerCount', { groupId, certificationId })] as const,
    ),
    ...own.map(
      (certificationId) => [`own ${certificationId}`, ref('Cheer', { accountId, groupId, certificationId })] as const,
    ),
  ]);
  const isNone = counts.length + own.length === 0;
  const found: Readonly<Record<string, unknown>> = isNone ? {} : await table.getAll(references, { eventual: true });
  const some = <T>(ids: readonly string[], name: string) =>
    new Map(ids.flatMap((id) => (found[`${name} ${id}`] ? [[id, found[`${name} ${id}`] as T] as const] : [])));
  return { counts: some<CheerCountItem>(counts, 'count'), own: some<CheerItem>(own, 'own') };
}
