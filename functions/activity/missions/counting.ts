/**
 * Counts who has done a mission that is done once. Submitting and deciding write nothing for it: one item of a mission in
 * their transactions would make all members wait for each other. It follows by the stream: the week says what was counted
 * of it, in the transaction that moves the counts, so no change counts twice, however late or often it comes.
 */
import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, is } from '../../../shared/data/conditions.ts';
import { due } from '../../../shared/data/due.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import type { MissionItem, MissionWeekItem } from './items.ts';
import { countMove } from './life-rules.ts';
import { toldOf } from './week-rules.ts';

type Key = Pick<MissionWeekItem, 'groupId' | 'accountId' | 'missionId'>;

/** A member has done more or less of a mission. */
export async function countDone(
  { item, old, now }: Change<MissionWeekItem, Old<MissionWeekItem, 'groupId' | 'accountId' | 'missionId' | 'week'>>,
  { table }: Kernel,
): Promise<void> {
  const key = item ?? old;
  if (key?.week === 'ONCE') await recount(table, key, now);
}

/** Brings what is counted of a member to what is, and makes the life of the mission due if that moved it. */
const recount = (table: Table, { groupId, accountId, missionId }: Key, now: number): Promise<void> =>
  untilSettled(async () => {
    const key = { groupId, accountId, missionId, week: 'ONCE' };
    const { week, member, mission } = await table.getAll({
      week: ref('MissionWeek', key),
      member: ref('Membership', { groupId, accountId }),
      mission: ref('Mission', { groupId, missionId }),
    });
    if (!week || !mission) return;
    const told = member?.state === 'ACTIVE' ? toldOf(week) : undefined;
    if (told === week.told) return;
    const asRead = allOf(is('n', week.n), week.told === undefined ? absent('told') : is('told', week.told));
    const changes = told === undefined ? { remove: ['told' as const] } : { set: { told } };
    await table.commit([
      or(overtaken, patch('MissionWeek', key, changes, asRead)),
      or(overtaken, patch('Mission', { groupId, missionId }, { add: countMove(week.told, told) })),
      lifeDue(mission, now),
    ]);
  });

/** Lets the next minute look at a mission. */
const lifeDue = ({ groupId, missionId }: Pick<MissionItem, 'groupId' | 'missionId'>, now: number) =>
  due({ kind: 'missionLife', subject: `${groupId}:${missionId}`, at: iso(now) });

/** Somebody has left or come back: those who are left may all have done a mission by now. */
export async function countMember(
  { item, old, again, now }: Change<MembershipItem, Old<MembershipItem, 'groupId' | 'accountId' | 'state'>>,
  { table }: Kernel,
): Promise<void> {
  const key = item ?? old;
  if (!key || (!again && item?.state === old?.state) || old === undefined) return;
  const { groupId, accountId } = key;
  const live = await everyItem((cursor) =>
    table.query('liveMissions', { liveIn: groupId }, { limit: limits.missionsShown, cursor }),
  );
  for (const mission of live.filter(({ kind }) => kind === 'ONCE')) {
    await recount(table, { groupId, accountId, missionId: mission.missionId }, now);
    if ((mission.done ?? 0) > 0) await table.commit([lifeDue(mission, now)]);
  }
}
