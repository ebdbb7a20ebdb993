import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { localDay } from '../../../shared/core/time.ts';
import { everyPage } from '../../../shared/data/every-item.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { GroupItem, GroupSummary, MembershipItem } from './items.ts';
import { noEnd, type PeriodError, statusOn } from './rules.ts';

/** A group as everybody may see it who may see it at all. */
export const viewOf = (group: GroupItem, now: number) => ({
  ...group,
  id: group.groupId,
  customCategory: group.customCategory ?? null,
  audience: group.audience ?? null,
  tags: [...group.tags],
  frequency: group.frequency ?? null,
  endDate: group.endDate === noEnd ? null : group.endDate,
  recruitUntil: group.recruitUntil ?? null,
  disbandsAt: group.disbandsAt ?? null,
  status: statusOn(localDay(now, group.timeZone), group),
});

/** The same with its files (row 32); the links are signed here, without a request. */
export const detailOf = async (bucket: Bucket, group: GroupItem, now: number) => ({
  ...viewOf(group, now),
  files: await Promise.all(
    (group.files ?? []).map(async ({ key, ...file }) => ({
      ...file,
      url: await bucket.link(key, limits.downloadSeconds, file.name),
    })),
  ),
});

/** What a membership keeps of its group. */
export const summaryOf = (group: GroupItem): GroupSummary => ({
  kind: group.kind,
  title: group.title,
  category: group.category,
  startDate: group.startDate,
  endDate: group.endDate,
  timeZone: group.timeZone,
  status: group.status,
  ...(group.statusPinned === undefined ? {} : { statusPinned: group.statusPinned }),
  version: group.version,
  ...(group.disbandsAt ? { disbandsAt: group.disbandsAt } : {}),
});

// Seats do not count here: where they filled, the group's own status says so by now.
const statusOfSummary = (group: GroupSummary, now: number) =>
  statusOn(localDay(now, group.timeZone), { ...group, capacity: 1, memberCount: 0 });

export const summaryViewOf = ({ groupId, group }: MembershipItem, now: number) => ({
  ...group,
  id: groupId,
  endDate: group.endDate === noEnd ? null : group.endDate,
  disbandsAt: group.disbandsAt ?? null,
  status: statusOfSummary(group, now),
});

/** Refuses a period with the fields that are wrong, in the caller's language. */
export function refusePeriod(errors: readonly (PeriodError | undefined)[], locale: Locale): void {
  const { fields } = catalogOf(locale);
  const told = errors.flatMap((error) => (error ? [{ pointer: error.pointer, reason: fields[error.reason] }] : []));
  if (told.length > 0) throw new Problem('INVALID_PERIOD', { errors: told });
}

/** Refuses seats that a group of the kind cannot have (row 25). */
export function refuseSeats(locale: Locale): never {
  throw new Problem('INVALID_REQUEST', { errors: [{ pointer: '/capacity', reason: catalogOf(locale).fields.seats }] });
}

/** Row 50. */
export function inTab(
  membership: MembershipItem,
  tab: 'IN_PROGRESS' | 'NOT_STARTED' | 'FINISHED' | 'FOUNDED',
  now: number,
): boolean {
  if (tab === 'FOUNDED') return membership.founded === true;
  const status = statusOfSummary(membership.group, now);
  if (tab === 'NOT_STARTED') return status === 'RECRUITING';
  return tab === 'IN_PROGRESS' ? status === 'IN_PROGRESS' : status === 'FINISHED' || status === 'COMPLETED';
}

/** Every membership of an account, present and past, with its group. */
export async function memberships(table: Table, accountId: string) {
  const found: { membership: MembershipItem; group: GroupItem | undefined }[] = [];
  const pages = everyPage((cursor) =>
    table.query<MembershipItem, 'groupsOfAccount'>('groupsOfAccount', { accountId }, { limit: 50, cursor }),
  );
  for await (const page of pages) {
    const groups = await table.getAll(
      Object.fromEntries(page.map(({ groupId }) => [groupId, ref<GroupItem>('Group', { groupId })])),
    );
    found.push(...page.map((membership) => ({ membership, group: groups[membership.groupId] })));
  }
  return found;
}
