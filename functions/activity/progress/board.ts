/** What boards are computed of: missions, members and the period of a group, as the rules read them. */
import { addDays, fromIso, weekStart } from '../../../shared/core/time.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { limits } from '../../../shared/product/limits.ts';
import { type GroupDays, groupDay } from '../../groups/core/day-rules.ts';
import { excusedIn } from '../../groups/core/excused-rules.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import { quotasIn } from '../../groups/core/quota-rules.ts';
import { kinds } from '../../groups/core/rules.ts';
import type { MissionItem, MissionWeekItem } from '../missions/items.ts';
import { termsOf } from '../missions/rules.ts';
import type { ProgressItem, TeamScoreItem } from './items.ts';
import { countsIn, countsOfRow } from './packed-rules.ts';
import { type Counts, type Member, type Mission, type Setting, type Week, weeksBetween } from './rules.ts';

export const scoreRef = (groupId: string): Reference<TeamScoreItem> => ref('TeamScore', { groupId });

/** The newest missions of a group, and with many of them also those before their end that are older. */
export async function missionsOf(table: Table, groupId: string): Promise<MissionItem[]> {
  const options = { limit: limits.progress.missions, newestFirst: true };
  const { items, nextCursor } = await table.query('missionsOfGroup', { groupId }, options);
  if (nextCursor === null) return items;
  const live = await table.query('liveMissions', { liveIn: groupId }, { limit: limits.progress.missions });
  const known = new Set(items.map(({ missionId }) => missionId));
  return [...items, ...live.items.filter(({ missionId }) => !known.has(missionId))];
}

type KeptMission = Parameters<typeof termsOf>[0] &
  Pick<MissionItem, 'missionId' | 'kind' | 'startDate' | 'createdAt' | 'dueAt' | 'endedAt'>;

/** A mission as the rules read it, whole or as an agenda keeps it. The day on which it ended belongs to it. */
export function missionOf(mission: KeptMission, group: GroupDays): Mission {
  const { missionId, kind, startDate, createdAt, dueAt, endedAt } = mission;
  const span = {
    from: startDate ?? groupDay(fromIso(createdAt), group),
    ...(endedAt === undefined ? {} : { until: groupDay(fromIso(endedAt), group) }),
  };
  if (kind === 'REPEAT') return { kind, missionId, ...span, terms: termsOf(mission) };
  return { kind, missionId, ...span, ...(dueAt === undefined ? {} : { dueDay: groupDay(fromIso(dueAt) - 1, group) }) };
}

type Dated = GroupDays & Pick<GroupItem, 'kind' | 'startDate' | 'endDate' | 'completedOn'>;

/** When a group asks for something, and what day it is there. */
export function settingOf(group: Dated, now: number): Setting {
  const { kind, startDate, endDate, completedOn } = group;
  const from = kinds[kind].closes ? startDate : '';
  const until = completedOn !== undefined && completedOn < endDate ? completedOn : endDate;
  return { period: { from, until }, today: groupDay(now, group) };
}

/** A member as the rules read them. */
export const memberFrom = (
  { accountId, joinedAt, ...kept }: Pick<MembershipItem, 'accountId' | 'joinedAt' | 'excused' | 'quotas'>,
  counts: Member['counts'],
  group: GroupDays,
): Member => ({
  ...{ accountId, since: groupDay(fromIso(joinedAt), group), counts },
  ...{ excused: excusedIn(kept), quotas: quotasIn(kept) },
});

/** A member who is in the group, as its row has it. */
export type Present = ProgressItem & { readonly joinedAt: string };

/** The present members. One's own part is as the membership says, which does not lag. */
export function presentOf(rows: readonly ProgressItem[], own: MembershipItem): Present[] {
  const others = rows.filter((row): row is Present => row.joinedAt !== undefined && row.accountId !== own.accountId);
  return [
    ...others,
    rowOf(
      rows.find(({ accountId }) => accountId === own.accountId),
      own,
    ),
  ];
}

/** The row of a member, with what the membership says, which does not lag. */
function rowOf(
  row: ProgressItem | undefined,
  { groupId, accountId, joinedAt, excused, quotas }: MembershipItem,
): Present {
  return { ...row, groupId, accountId, joinedAt, excused, quotas } as Present;
}

export const memberOfRow = (row: Present, group: GroupDays): Member => memberFrom(row, countsOfRow(row), group);

/**
 * A member with what they did themselves, of which the present weeks are read beside the row: they do not lag behind what
 * was just certified.
 */
export function ownMember(
  row: ProgressItem | undefined,
  membership: MembershipItem,
  own: readonly MissionWeekItem[],
  group: GroupDays,
): Member {
  const counts = new Map([...countsOfRow(rowOf(row, membership))].map(([id, weeks]) => [id, new Map(weeks)]));
  for (const item of own.filter(({ groupId }) => groupId === membership.groupId))
    counts.set(item.missionId, (counts.get(item.missionId) ?? new Map()).set(item.week, countsIn(item)));
  return memberFrom(membership, counts, group);
}

/** The last weeks that boards show, oldest first, since a day. */
export function weeksSince(since: string, today: string): Week[] {
  const first = addDays(weekStart(today), -7 * (limits.progress.weeks - 1));
  return weeksBetween(since > first ? since : first, today);
}

/** The last weeks of a group up to today, oldest first. */
export function shownWeeks(group: GroupItem, { today }: Setting): Week[] {
  return weeksSince(groupDay(fromIso(group.createdAt), group), today);
}

/** All rows of a group. A page of the table is 1 MB: of a club of 500 one or two. */
export const rowsOf = (table: Table, groupId: string): Promise<ProgressItem[]> =>
  everyItem((cursor) => table.query('progressOfGroup', { groupId }, { limit: 500, cursor }));

/** What orders members of equal rates. Of approvals, the day that they are for is known. */
export function rankedOf({ joinedAt }: Present, { accountId, counts }: Member, missions: readonly Mission[]) {
  const known = new Set(missions.map(({ missionId }) => missionId));
  const days = [...counts]
    .filter(([missionId]) => known.has(missionId))
    .flatMap(([, weeks]) => [...weeks.values()].flatMap(({ approved }) => Object.keys(approved)));
  const last = days.toSorted().at(-1);
  return { accountId, joinedAt, ...(last === undefined ? {} : { lastApprovedAt: last }) };
}

/** What a member has done, by mission and week. */
export function countsByMission(items: readonly MissionWeekItem[]): Member['counts'] {
  const all = new Map<string, Map<string, Counts>>();
  for (const item of items) {
    const weeks = all.get(item.missionId) ?? new Map<string, Counts>();
    all.set(item.missionId, weeks.set(item.week, countsIn(item)));
  }
  return all;
}
