/** The life of a mission (row 59): its status, its place among the live ones, and what is due of it. */
import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, anyOf, below } from '../../../shared/data/conditions.ts';
import { rescheduled } from '../../../shared/data/due.ts';
import { overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import {
  type ConditionOn,
  patch,
  type Revision,
  revised,
  type UpdateOf,
  type Write,
} from '../../../shared/data/writes.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { dayBegins, type GroupDays, groupDay } from '../../groups/core/day-rules.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import { presentMembers } from '../../groups/core/members.ts';
import type { MissionItem } from './items.ts';
import { lifeOf } from './life-rules.ts';
import { isLive, lifeAtOf } from './rules.ts';
import type { MissionKind, MissionStatus } from './values.ts';
import { toldOf } from './week-rules.ts';
import { weeksOf } from './weeks.ts';

/** The entry of a mission among what is due. */
const dueOf = (mission: MissionItem | undefined) =>
  mission?.lifeAt === undefined
    ? undefined
    : { kind: 'missionLife', subject: `${mission.groupId}:${mission.missionId}`, at: mission.lifeAt };

/** The writes that keep the entry in step; `before` is undefined for a new mission, `after` for one that is deleted. */
export const missionDue = (before: MissionItem | undefined, after: MissionItem | undefined): Write[] =>
  rescheduled(dueOf(before), dueOf(after));

/**
 * Counts the live missions of a group. One more is refused at the limit of the kind (row 52), unless it only comes back.
 */
export function countedLive(
  groupId: string,
  kind: MissionKind,
  by: 1 | -1,
  ...when: readonly ConditionOn<'Group'>[]
): UpdateOf<'Group'> {
  const name = `live${kind}` as const;
  return patch('Group', { groupId }, { add: { [name]: by } }, allOf(absent('deletedAt'), ...when));
}
export const hasRoom = (kind: MissionKind): ConditionOn<'Group'> =>
  anyOf(absent(`live${kind}`), below(`live${kind}`, limits.mission.live[kind]));

/**
 * A mission after a change of its life, and the writes that bring it there: refused as overtaken unless it is as it was read.
 * The attributes that follow from its status follow: the list of live ones and its count, its end, what is due.
 */
export function movedOn(
  before: MissionItem,
  changes: Revision<'Mission'> & { readonly status: MissionStatus },
  days: GroupDays,
  now: number,
): { readonly after: MissionItem; readonly writes: Write[] } {
  const next = { ...before, ...changes } as MissionItem;
  const live = isLive(next);
  const { after, write } = revised('Mission', before, {
    ...changes,
    lifeAt: lifeAtOf(next, days),
    liveIn: live ? before.groupId : undefined,
    endedAt: live ? undefined : (before.endedAt ?? iso(now)),
  });
  const counted = live === isLive(before) ? [] : or(overtaken, countedLive(before.groupId, before.kind, live ? 1 : -1));
  return { after, writes: [...or(overtaken, write), ...counted, ...missionDue(before, after)] };
}

/**
 * Brings the status of a mission to what is (row 59). It runs when a date has come, and a minute after somebody has done it or
 * has taken that back, or has left. It decides by what it reads, so a run that is late, doubled or for nothing does no harm.
 */
export const missionLife = ({ subject, now }: DueRun, { table }: Kernel): Promise<DueResult> =>
  untilSettled(async (): Promise<DueResult> => {
    const [groupId = '', missionId = ''] = subject.split(':');
    const { group, mission } = await table.getAll({
      group: ref('Group', { groupId }),
      mission: ref('Mission', { groupId, missionId }),
    });
    if (!group || group.deletedAt || !mission) return 'done';
    const status = await statusNow(table, group, mission, now);
    if (status === mission.status) await keptDue(table, group, mission, now);
    else {
      const successAt = status === 'SUCCESS' ? iso(now) : undefined;
      await table.commit(movedOn(mission, { status, successAt }, group, now).writes);
    }
    return 'done';
  });

/** What the status of a mission should be. Everybody is looked at only where the counts say that all have done it, or nobody. */
async function statusNow(table: Table, group: GroupItem, mission: MissionItem, now: number): Promise<MissionStatus> {
  const { kind, startDate, dueAt, endedBy, done = 0, skipped = 0 } = mission;
  const facts = {
    begun: startDate === undefined || dayBegins(startDate, group) <= now,
    over: dueAt !== undefined && dueAt <= iso(now),
    ended: endedBy !== undefined,
    anyDone: done > 0,
    allDone: mission.status === 'SUCCESS' || done + skipped >= group.memberCount,
  };
  const status = lifeOf(kind, facts);
  if (status !== 'SUCCESS' && status !== 'FAIL') return status;
  const members = (await presentMembers(table, group.groupId)).filter(
    ({ joinedAt }) => mission.successAt === undefined || joinedAt <= mission.successAt,
  );
  const weeks = await weeksOf(table, mission, members, groupDay(now, group), false);
  const told = members.map(({ accountId }) => toldOf(weeks.get(accountId) ?? {}));
  return lifeOf(kind, { ...facts, anyDone: told.includes('DONE'), allDone: !told.includes(undefined) });
}

/** An entry of an instant that has passed is gone; the days of the group may begin later by now than when it was written. */
async function keptDue(table: Table, group: GroupItem, mission: MissionItem, now: number): Promise<void> {
  const lifeAt = lifeAtOf(mission, group);
  if (lifeAt === mission.lifeAt || lifeAt === undefined || lifeAt <= iso(now)) return;
  const { after, write } = revised('Mission', mission, { lifeAt });
  await table.commit([or(overtaken, write), missionDue(mission, after)]);
}
