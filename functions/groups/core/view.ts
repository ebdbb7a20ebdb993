import { isPublic } from '../../../shared/access/access.ts';
import { localDay } from '../../../shared/core/time.ts';
import { dayStartOn, groupDay } from './day-rules.ts';
import type { GroupItem, GroupSummary, MembershipItem } from './items.ts';
import { noEnd, statusOn } from './rules.ts';

/** A group as everyone sees it who may see the group. */
export const viewOf = (group: GroupItem, now: number) => ({
  ...group,
  id: group.groupId,
  customCategory: group.customCategory ?? null,
  audience: group.audience ?? null,
  tags: [...group.tags],
  asks: [...(group.asks ?? [])],
  frequency: group.frequency ?? null,
  endDate: group.endDate === noEnd ? null : group.endDate,
  recruitUntil: group.recruitUntil ?? null,
  disbandsAt: group.disbandsAt ?? null,
  status: statusOn(localDay(now, group.timeZone), group),
  ...optionsOf(group, now),
});

/** What a group has decided on its missions; from the next Monday on its days may begin at another time (row 137). */
function optionsOf(group: GroupItem, now: number) {
  const today = groupDay(now, group);
  const { nextDayStart: next, membersMayCreate = true, makeUps = 0, excusesNeedApproval = false } = group;
  const dayStart = dayStartOn(group, today);
  return {
    membersMayCreate,
    dayStart,
    nextDayStart: next && next.from > today ? next : null,
    makeUps,
    excusesNeedApproval,
  };
}

/** The same with its files (row 32): what they are called, not where they are. */
export const detailOf = (group: GroupItem, now: number) => ({
  ...viewOf(group, now),
  files: (group.files ?? []).map(({ key: _, ...file }) => file),
});

/** The same as its member sees it. */
export function ownViewOf(group: GroupItem, { role, joinedAt, warnings = 0 }: MembershipItem, now: number) {
  const { notice = null, leaderId, planId = null } = group;
  return { group: detailOf(group, now), role, joinedAt, warnings, notice, leaderId, planId };
}

/** Where its leader finds a new group: only a public group has an address that everybody may ask. */
export const locationOf = (group: GroupItem) =>
  isPublic(group) ? `/v1/groups/${group.groupId}` : `/v1/accounts/me/groups/${group.groupId}`;

/** The part of a group that a membership keeps. */
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
  approvalStatus: group.approvalStatus,
  ...(group.disbandsAt ? { disbandsAt: group.disbandsAt } : {}),
  ...(group.dayStart === undefined ? {} : { dayStart: group.dayStart }),
  ...(group.nextDayStart === undefined ? {} : { nextDayStart: group.nextDayStart }),
});

// Seats do not count here. When the seats fill, the group's own status changes (`groupFilled`).
export const statusOfSummary = (group: GroupSummary, now: number) =>
  statusOn(localDay(now, group.timeZone), { ...group, capacity: 1, memberCount: 0 });

export const summaryViewOf = ({ groupId, group }: MembershipItem, now: number) => ({
  ...group,
  id: groupId,
  endDate: group.endDate === noEnd ? null : group.endDate,
  approvalStatus: group.approvalStatus ?? 'APPROVED',
  disbandsAt: group.disbandsAt ?? null,
  status: statusOfSummary(group, now),
});
