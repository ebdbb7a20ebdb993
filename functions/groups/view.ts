import { iso, localDay } from '../../shared/core/time.ts';
import { above, is } from '../../shared/data/conditions.ts';
import { ref, type Table } from '../../shared/data/table.ts';
import { patch } from '../../shared/data/writes.ts';
import { noEnd, statusOn } from './rules.ts';
import type { GroupItem, GroupSummary, MembershipItem } from './store.ts';

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
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await table.query<MembershipItem, 'groupsOfAccount'>(
      'groupsOfAccount',
      { accountId },
      { limit: 50, cursor },
    );
    const groups = await table.getAll(
      Object.fromEntries(page.items.map(({ groupId }) => [groupId, ref<GroupItem>('Group', { groupId })])),
    );
    found.push(...page.items.map((membership) => ({ membership, group: groups[membership.groupId] })));
    cursor = page.nextCursor;
  }
  return found;
}

/** Takes somebody who is no more out of a group, and the group away if they were all of it. Doing it again is fine. */
export async function leaveForGood(table: Table, { groupId, accountId }: MembershipItem, now: number): Promise<void> {
  const group = await table.get<GroupItem>('Group', { groupId });
  const alone = group?.leaderId === accountId && group.memberCount === 1;
  await table.commit({
    member: patch(
      'Membership',
      { groupId, accountId },
      { set: { state: 'LEFT', leftAt: iso(now) } },
      is('state', 'ACTIVE'),
    ),
    group: patch(
      'Group',
      { groupId },
      {
        add: { memberCount: -1 },
        ...(alone ? { set: { deletedAt: iso(now) }, remove: ['gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk'] } : {}),
      },
      // Who joined since must not lose the group.
      alone ? is('memberCount', 1) : above('memberCount', 0),
    ),
  });
}
