/**
 * The ledger of a team's points (row 68) follows what earned them. A row exists as long as its cause does, and goes with the
 * points that it has, whatever the size of the team is by then.
 */
import { inParallel } from '../../../shared/core/parallel.ts';
import { addDays, iso, isoWeek } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { Overtaken, overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import type { ItemOf } from '../../../shared/data/registry.ts';
import { or, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { create, remove, upsert } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import { presentMembers } from '../../groups/core/members.ts';
import type { MissionItem, MissionWeekItem } from '../missions/items.ts';
import { weeksOf } from '../missions/weeks.ts';
import { memberFrom, missionOf, settingOf } from './board.ts';
import { countsIn } from './packed-rules.ts';
import { weeksBetween } from './rules.ts';
import { bonusForOnce, bonusForWeek, isFullWeek, pointsFor } from './team-rules.ts';

/** What gives points: its key in the ledger, what decides on it, and what it is worth by that. */
interface Cause<M extends Readonly<Record<string, Reference<unknown>>>> {
  readonly groupId: string;
  readonly cause: string;
  readonly by: M;
  readonly worth: (
    found: { readonly [K in keyof M]: M[K] extends Reference<infer T> ? T | undefined : never },
    group: GroupItem,
  ) => number;
}

/** Rounds after which it is left to a later delivery. */
const rounds = 10;

/** Brings the row of a cause to what is now. A run that wrote looks once more: what it read may have changed meanwhile. */
async function settle<M extends Readonly<Record<string, Reference<unknown>>>>(
  table: Table,
  now: number,
  cause: Cause<M>,
): Promise<void> {
  for (let n = 1; await untilSettled(() => written(table, now, cause)); n++) if (n === rounds) throw new Overtaken();
}

/** Whether it wrote. */
async function written<M extends Readonly<Record<string, Reference<unknown>>>>(
  table: Table,
  now: number,
  { groupId, cause, by, worth }: Cause<M>,
): Promise<boolean> {
  const key = { groupId, cause };
  const found = await table.getAll({ ...by, group: ref('Group', { groupId }), row: ref('TeamPoint', key) });
  const { group, row } = found as { readonly group?: GroupItem; readonly row?: ItemOf<'TeamPoint'> };
  // The ledger of a group that has ended goes with it.
  if (!group || group.deletedAt) return false;
  const points = worth(found as never, group);
  if (points > 0 === (row !== undefined)) return false;
  await table.commit(
    row
      ? [
          or(overtaken, remove('TeamPoint', key, is('points', row.points))),
          upsert('TeamScore', { groupId }, { add: { points: -row.points } }),
        ]
      : [
          or(overtaken, create('TeamPoint', { ...key, points, earnedAt: iso(now) })),
          upsert('TeamScore', { groupId }, { add: { points } }),
        ],
  );
  return true;
}

type Certification = ItemOf<'Certification'>;

/** A certification is worth points while it is approved, as many as when that was seen. */
export async function scoreCertification(
  { item, old, again, now }: Change<Certification, Old<Certification, 'groupId' | 'certificationId' | 'status'>>,
  { table }: Kernel,
): Promise<void> {
  const key = item ?? old;
  if (!key || (!again && item?.status === old?.status)) return;
  const { groupId, certificationId } = key;
  await settle(table, now, {
    groupId,
    cause: `certification ${certificationId}`,
    by: { certification: ref('Certification', { groupId, certificationId }) },
    worth: ({ certification }, { memberCount }) =>
      // Row 137: a make-up gives no points.
      certification?.status === 'APPROVED' && !certification.madeUp ? pointsFor(Math.max(1, memberCount)) : 0,
  });
}

/**
 * A mission that is done once is worth a bonus while everybody has done it. One that repeats and ends in a week asks for less
 * of it.
 */
export async function scoreMission(
  { item, old, again, now }: Change<MissionItem, Old<MissionItem, 'groupId' | 'missionId' | 'status'>>,
  { table }: Kernel,
): Promise<void> {
  if (!item || (!again && item.status === old?.status)) return;
  const { groupId, missionId } = item;
  if (item.kind === 'REPEAT') {
    const group = await table.get('Group', { groupId });
    if (group && !group.deletedAt) await settleWeeks(table, now, group, [item]);
    return;
  }
  await settle(table, now, {
    groupId,
    cause: `once ${missionId}`,
    by: { mission: ref('Mission', { groupId, missionId }) },
    worth: ({ mission }, { memberCount }) => (mission?.status === 'SUCCESS' ? bonusForOnce(memberCount) : 0),
  });
}

type WeekKey = Pick<MissionWeekItem, 'groupId' | 'accountId' | 'missionId' | 'week'>;

/** A full week of a repeated mission is worth a bonus, as long as it is full. */
export async function scoreWeek(
  { item, old, now }: Change<MissionWeekItem, Old<MissionWeekItem, keyof WeekKey>>,
  { table }: Kernel,
): Promise<void> {
  const key = item ?? old;
  if (key && key.week !== 'ONCE') await settleWeek(table, now, key);
}

const settleWeek = (table: Table, now: number, { groupId, accountId, missionId, week }: WeekKey): Promise<void> =>
  settle(table, now, {
    groupId,
    cause: `week ${missionId} ${accountId} ${week}`,
    by: {
      item: ref('MissionWeek', { groupId, accountId, missionId, week }),
      mission: ref('Mission', { groupId, missionId }),
      member: ref('Membership', { groupId, accountId }),
    },
    worth: ({ item, mission, member }, group) =>
      item && mission && member && isFull(item, mission, member, group, now) ? bonusForWeek : 0,
  });

function isFull(item: MissionWeekItem, kept: MissionItem, member: MembershipItem, group: GroupItem, now: number) {
  const mission = missionOf(kept, group);
  // `until` of a week is its Sunday.
  const [week] = weeksBetween(item.until, item.until);
  if (mission.kind !== 'REPEAT' || !week) return false;
  const counts = new Map([[item.missionId, new Map([[item.week, countsIn(item)]])]]);
  return isFullWeek(mission, week, memberFrom(member, counts, group), settingOf(group, now));
}

type Ends = 'startDate' | 'endDate' | 'completedOn';

/** A group ends on another day: it asks for less of that week, which may be full by that, or no longer. */
export async function scoreGroup(
  { item, old, again, now }: Change<GroupItem, Old<GroupItem, 'groupId'>>,
  { table }: Kernel,
): Promise<void> {
  const before = old as Partial<Pick<GroupItem, Ends>> | undefined;
  const same = (['startDate', 'endDate', 'completedOn'] as const).every((name) => item?.[name] === before?.[name]);
  if (!item || item.deletedAt || (!again && same)) return;
  await settleWeeks(table, now, item, await repeatedIn(table, item.groupId));
}

/** Missions that repeat, before their end. */
async function repeatedIn(table: Table, groupId: string): Promise<MissionItem[]> {
  const live = await everyItem((cursor) =>
    table.query('liveMissions', { liveIn: groupId }, { limit: limits.missionsShown, cursor }),
  );
  return live.filter(({ kind }) => kind === 'REPEAT');
}

/** Looks again at the present week and the last, of all members who have something approved in them. */
async function settleWeeks(table: Table, now: number, group: GroupItem, missions: readonly MissionItem[]) {
  const { groupId } = group;
  const today = groupDay(now, group);
  const members = await presentMembers(table, groupId);
  for (const mission of missions)
    for (const day of [today, addDays(today, -7)]) {
      const weeks = await weeksOf(table, mission, members, day, false);
      const done = [...weeks.values()].filter(({ okTotal = 0 }) => okTotal > 0);
      await inParallel(settledAtOnce, done, (week) => settleWeek(table, now, week));
    }
}
const settledAtOnce = 20;

/** Somebody is excused on other days: the present week and the last may be full by that, or no longer. */
export async function scoreExcused(
  { item, old, again, now }: Change<MembershipItem, Old<MembershipItem, 'groupId' | 'accountId'>>,
  { table }: Kernel,
): Promise<void> {
  if (!item || (!again && item.excused === old?.excused)) return;
  const { groupId, accountId } = item;
  const today = groupDay(now, item.group);
  const weeks = [today, addDays(today, -7)].map(isoWeek);
  for (const { missionId } of await repeatedIn(table, groupId))
    for (const week of weeks) await settleWeek(table, now, { groupId, accountId, missionId, week });
}
