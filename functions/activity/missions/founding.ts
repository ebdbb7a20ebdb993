/** The missions that come with a group (row 51): the one that its frequency implies, or those of a plan. */
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { patch, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { Frequency } from '../../groups/core/items.ts';
import type { Approval } from '../../groups/core/values.ts';
import type { MissionItem } from './items.ts';
import { repetition } from './rules.ts';

/** A mission without the group that it is in: what another group takes over. */
export type PlannedMission = Pick<
  MissionItem,
  'title' | 'content' | 'rule' | 'kind' | 'way' | 'checklist' | 'approval' | 'implied'
> &
  Pick<MissionItem, 'timesPerWeek' | 'weekdays' | 'perDayLimit'>;

interface Into {
  readonly groupId: string;
  readonly leaderId: string;
}

const begun = (mission: PlannedMission, { groupId, leaderId }: Into, now: number): MissionItem => ({
  ...mission,
  groupId,
  missionId: newId(now),
  makerId: leaderId,
  status: 'ONGOING',
  liveIn: groupId,
  version: 1,
  createdAt: iso(now),
});

/** Missions as others had them, for another group, in their order. */
export const copiedMissions = (into: Into, missions: readonly PlannedMission[], now: number): MissionItem[] =>
  missions.map((mission, i) => ({ ...begun(mission, into, now + i), createdAt: iso(now) }));

/** The repeat mission that every challenge implies by its frequency. */
export const impliedMission = (
  group: Into & { title: string; certificationRule: string; frequency: Frequency; approval: Approval },
  now: number,
): MissionItem =>
  begun(
    {
      title: group.title,
      content: '',
      rule: group.certificationRule,
      kind: 'REPEAT',
      way: 'PHOTO',
      approval: group.approval,
      ...repetition(group.frequency),
      perDayLimit: limits.certification.perDay,
      implied: true,
    },
    group,
    now,
  );

/** The counts of live missions of a group that is founded with these. */
export function liveCounts(missions: readonly MissionItem[]): { liveREPEAT?: number; liveONCE?: number } {
  const of = (kind: MissionItem['kind']) => missions.filter((mission) => mission.kind === kind).length;
  const [repeats, onces] = [of('REPEAT'), of('ONCE')];
  return { ...(repeats > 0 ? { liveREPEAT: repeats } : {}), ...(onces > 0 ? { liveONCE: onces } : {}) };
}

/** The writes by which the implied mission follows its group, which has not begun: nobody has certified for it yet. */
export async function followedMission(
  table: Table,
  groupId: string,
  { frequency, approval }: { readonly frequency?: Frequency | undefined; readonly approval?: Approval | undefined },
): Promise<Write[]> {
  const { items } = await table.query('missionsOfGroup', { groupId }, { limit: 100, consistent: true });
  const set = { ...(frequency ? repetition(frequency) : {}), approval };
  return items
    .filter(({ implied }) => implied)
    .flatMap((mission) => or(overtaken, patch('Mission', mission, { set, add: { version: 1 } })));
}
