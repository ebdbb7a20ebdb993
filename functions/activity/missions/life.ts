/** The life of a mission (row 59): its status, its place among the live ones, and what is due of it. */
import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, anyOf, below } from '../../../shared/data/conditions.ts';
import { rescheduled } from '../../../shared/data/due.ts';
import { overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { or, ref } from '../../../shared/data/table.ts';
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
import type { GroupDays } from '../../groups/core/day-rules.ts';
import type { MissionItem } from './items.ts';
import { isLive, lifeAtOf } from './rules.ts';
import type { MissionKind, MissionStatus } from './values.ts';

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

/** Begins and ends missions. It decides by what it reads, so a run that is late, doubled or for nothing does no harm. */
export const missionLife = ({ subject, now }: DueRun, { table }: Kernel): Promise<DueResult> =>
  untilSettled(async (): Promise<DueResult> => {
    const [groupId = '', missionId = ''] = subject.split(':');
    const { group, mission } = await table.getAll({
      group: ref('Group', { groupId }),
      mission: ref('Mission', { groupId, missionId }),
    });
    if (!group || group.deletedAt || !mission?.lifeAt || mission.lifeAt > iso(now)) return 'done';
    const status = mission.status === 'WAIT' ? 'ONGOING' : 'END';
    // The days of the group may begin later by now than when this was made due.
    const at = lifeAtOf(mission, group);
    if (at !== undefined && at > iso(now)) {
      const { after, write } = revised('Mission', mission, { lifeAt: at });
      await table.commit([or(overtaken, write), missionDue(mission, after)]);
      return 'done';
    }
    await table.commit(movedOn(mission, { status }, group, now).writes);
    return 'done';
  });
