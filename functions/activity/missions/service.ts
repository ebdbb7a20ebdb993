import { memberOf } from '../../../shared/access/access.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { create, patch, type Write } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { Frequency } from '../../groups/core/items.ts';
import type { Approval } from '../../groups/core/values.ts';
import type { contract } from './contract.ts';
import type { MissionItem } from './items.ts';
import { repetition } from './rules.ts';

type Routes = typeof contract.routes;

export async function listMissions(
  { params: { groupId }, query: { limit, cursor }, account: { accountId } }: RouteRequest<Routes['listMissions']>,
  { table }: Kernel,
): Promise<Answer<Routes['listMissions']>> {
  const missions = table.query('missionsOfGroup', { groupId }, { limit, cursor });
  const [page] = await Promise.all([missions, memberOf(table, groupId, accountId)]);
  return { body: { items: page.items.map(viewOf), nextCursor: page.nextCursor } };
}

/** A mission as members see it. */
export const viewOf = (mission: MissionItem) => ({
  ...mission,
  id: mission.missionId,
  weekdays: [...mission.weekdays],
});

/** Missions as others had them, for another group, in their order. */
export const copiedMissions = (
  groupId: string,
  missions: readonly Omit<MissionItem, 'groupId' | 'missionId' | 'createdAt'>[],
  now: number,
): Write[] =>
  missions.map((mission, i) =>
    create('Mission', { ...mission, groupId, missionId: newId(now + i), createdAt: iso(now) }),
  );

/** The repeat mission that every challenge implies by its frequency (row 51): written together with the group. */
export function impliedMission(
  group: { groupId: string; title: string; certificationRule: string; frequency: Frequency; approval: Approval },
  now: number,
): Write {
  return create('Mission', {
    groupId: group.groupId,
    missionId: newId(now),
    title: group.title,
    rule: group.certificationRule,
    kind: 'REPEAT',
    way: 'PHOTO',
    approval: group.approval,
    ...repetition(group.frequency),
    perDayLimit: limits.certification.perDay,
    implied: true,
    createdAt: iso(now),
  });
}

/** The writes by which the implied mission follows its group, which has not begun: nobody has certified for it yet. */
export async function followedMission(
  table: Table,
  groupId: string,
  { frequency, approval }: { readonly frequency?: Frequency | undefined; readonly approval?: Approval | undefined },
): Promise<Write[]> {
  const { items } = await table.query('missionsOfGroup', { groupId }, { limit: 100, consistent: true });
  const set = { ...(frequency ? repetition(frequency) : {}), approval };
  return items.filter(({ implied }) => implied).flatMap((mission) => or(overtaken, patch('Mission', mission, { set })));
}
