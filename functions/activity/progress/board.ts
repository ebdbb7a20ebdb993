/** What boards are computed of: missions, members and the period of a group, as the rules read them. */
import { addDays, fromIso, weekStart } from '../../../shared/core/time.ts';
import { type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { limits } from '../../../shared/product/limits.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import { excusedIn } from '../../groups/core/excused-rules.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import { kinds } from '../../groups/core/rules.ts';
import type { MissionItem } from '../missions/items.ts';
import { termsOf } from '../missions/rules.ts';
import type { ProgressItem, TeamScoreItem } from './items.ts';
import { countsOfRow } from './packed-rules.ts';
import { type Member, type Mission, type Setting, type Week, weeksBetween } from './rules.ts';

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

/** A mission as the rules read it. The day on which it ended belongs to it. */
export function missionOf(mission: MissionItem, group: GroupItem): Mission {
  const { missionId, kind, startDate, createdAt, dueAt, endedAt } = mission;
  const span = {
    from: startDate ?? groupDay(fromIso(createdAt), group),
    ...(endedAt === undefined ? {} : { until: groupDay(fromIso(endedAt), group) }),
  };
  if (kind === 'REPEAT') return { kind, missionId, ...span, terms: termsOf(mission) };
  return { kind, missionId, ...span, ...(dueAt === undefined ? {} : { dueDay: groupDay(fromIso(dueAt) - 1, group) }) };
}

/** When a group asks for something, and what day it is there. */
export function settingOf(group: GroupItem, now: number): Setting {
  const { kind, startDate, endDate, completedOn } = group;
  const from = kinds[kind].closes ? startDate : '';
  const until = completedOn !== undefined && completedOn < endDate ? completedOn : endDate;
  return { period: { from, until }, today: groupDay(now, group) };
}

/** A member as the rules read them. */
export const memberFrom = (
  { accountId, joinedAt, excused }: Pick<MembershipItem, 'accountId' | 'joinedAt' | 'excused'>,
  counts: Member['counts'],
  group: GroupItem,
): Member => ({ accountId, since: groupDay(fromIso(joinedAt), group), excused: excusedIn({ excused }), counts });

/** A member who is in the group, as its row has it. */
export type Present = ProgressItem & { readonly joinedAt: string };

/** The present members. One's own part is as the membership says, which does not lag. */
export function presentOf(rows: readonly ProgressItem[], own: MembershipItem): Present[] {
  const { groupId, accountId, joinedAt, excused } = own;
  const { excused: _, ...mine } = rows.find((row) => row.accountId === accountId) ?? { groupId, accountId };
  const others = rows.filter((row): row is Present => row.joinedAt !== undefined && row.accountId !== accountId);
  return [...others, { ...mine, joinedAt, ...(excused === undefined ? {} : { excused }) } as Present];
}

export const memberOfRow = (row: Present, group: GroupItem): Member => memberFrom(row, countsOfRow(row), group);

/** The last weeks of a group up to today, oldest first. */
export function shownWeeks(group: GroupItem, { today }: Setting): Week[] {
  const first = addDays(weekStart(today), -7 * (limits.progress.weeks - 1));
  const founded = groupDay(fromIso(group.createdAt), group);
  return weeksBetween(founded > first ? founded : first, today);
}
