import { memberOf, seen, stillMay, stillMember } from '../../../shared/access/access.ts';
import { may } from '../../../shared/access/powers.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { create } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import { excusedOn } from '../../groups/core/excused-rules.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import { quotaOn } from '../../groups/core/quota-rules.ts';
import { isOver } from '../../groups/core/rules.ts';
import type { contract } from './contract.ts';
import type { CheckItem, MissionItem, MissionWeekItem } from './items.ts';
import { countedLive, hasRoom, missionDue } from './life.ts';
import { missionNews } from './news.ts';
import { isLive, lifeAtOf, mayMake, repetitionOf, repetitionOn, type Wish, wishErrors } from './rules.ts';
import { ownStateOf, weekIn } from './week-rules.ts';
import { ownWeeksIn, weekAmong, weekRefs } from './weeks.ts';

type Routes = typeof contract.routes;

/** Row 52. The count of live missions, which the group keeps, takes the place of the new one: also of two at once. */
export async function createMission(
  { params: { groupId }, body, account: { accountId }, locale, now }: RouteRequest<Routes['createMission']>,
  { table }: Kernel,
): Promise<Answer<Routes['createMission']>> {
  const { group, member } = await memberOf(table, groupId, accountId);
  const leads = may(member.role, 'runMissions');
  seen(member, () => mayMake(leads, body.kind, group.membersMayCreate ?? true));
  const today = groupDay(now, group);
  if (isClosed(group, today)) throw new Problem('NOT_APPLICABLE');
  // Else members would approve themselves.
  if (!leads && body.approval !== undefined && body.approval !== group.approval) throw new Problem('NOT_APPLICABLE');
  refuseWish(body, group, now, locale);

  const mission = newMission(group, body, accountId, now);
  const { missionId, kind, title } = mission;
  const answer = { body: viewOf(mission, today), version: 1, location: `/v1/groups/${groupId}/missions/${missionId}` };
  await table.commit(
    [
      leads ? stillMay('runMissions', groupId, accountId) : stillMember(groupId, accountId),
      or(
        (found) => ((found?.[`live${kind}`] ?? 0) >= limits.mission.live[kind] ? 'MISSION_LIMIT' : overtaken),
        countedLive(groupId, kind, 1, hasRoom(kind), is('version', group.version)),
      ),
      create('Mission', mission),
      missionDue(undefined, mission),
      charged({ limit: 'makeMission', subject: accountId }, now),
      tell(missionNews.created, now, {
        ...{ toMembersOf: groupId, by: accountId, title: group.title, mission: title },
        ...{ groupId, missionId },
      }),
    ],
    answer,
  );
  return answer;
}

/** Whether a group takes no missions any more. */
const isClosed = (group: GroupItem, today: string) => isOver(today, group) || group.disbandsAt !== undefined;

function newMission(
  group: GroupItem,
  body: RouteRequest<Routes['createMission']>['body'],
  makerId: string,
  now: number,
): MissionItem {
  const { groupId } = group;
  const { title, content, rule, kind, way, checklist, startDate, dueAt, perDayLimit } = body;
  const waits = startDate !== undefined && startDate > groupDay(now, group);
  const mission: MissionItem = {
    ...{ groupId, missionId: newId(now), title, content, rule, kind, way, ...repetitionOf(body, perDayLimit) },
    ...(checklist && checklist.length > 0 ? { checklist: checklistOf(checklist) } : {}),
    approval: body.approval ?? group.approval,
    ...(startDate === undefined ? {} : { startDate }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...{ status: waits ? 'WAIT' : 'ONGOING', liveIn: groupId, makerId, version: 1, createdAt: iso(now) },
  };
  const lifeAt = lifeAtOf(mission, group);
  return lifeAt === undefined ? mission : { ...mission, lifeAt };
}

/** A checklist as it is kept: without a word, an item asks for no picture. */
export const checklistOf = (items: Wish['checklist']): CheckItem[] =>
  (items ?? []).map(({ text, photo = false }) => ({ text, photo }));

/** Refuses what contradicts itself, with the fields that are wrong. */
export function refuseWish(wish: Wish, group: GroupItem, now: number, locale: Locale): void {
  const { fields } = catalogOf(locale);
  const errors = wishErrors(wish, group, groupDay(now, group), now);
  if (errors.length === 0) return;
  throw new Problem('INVALID_REQUEST', {
    errors: errors.map(({ pointer, reason }) => ({ pointer, reason: fields[reason] })),
  });
}

export async function listMissions(
  { params: { groupId }, query, account: { accountId }, now }: RouteRequest<Routes['listMissions']>,
  { table }: Kernel,
): Promise<Answer<Routes['listMissions']>> {
  const { status, mine, limit, cursor } = query;
  const options = { limit, cursor, binding: `${status ?? ''} ${mine ?? ''}` };
  const [page, weeks, found] = await Promise.all([
    status && isLive({ status })
      ? table.query('liveMissions', { liveIn: groupId }, options)
      : table.query('missionsOfGroup', { groupId }, options),
    ownWeeksIn(table, groupId, accountId, now),
    memberOf(table, groupId, accountId),
  ]);
  const today = groupDay(now, found.group);
  const items = page.items
    .map((each) => ownViewOf(each, weekIn(weeks, each, today), found, today))
    .filter((each) => (!status || each.status === status) && (!mine || each.mine === mine));
  return { body: { items, nextCursor: page.nextCursor } };
}

export async function getMission(
  { params, account: { accountId }, now }: RouteRequest<Routes['getMission']>,
  { table }: Kernel,
): Promise<Answer<Routes['getMission']>> {
  const { groupId, missionId } = params;
  const found = await memberOf(table, groupId, accountId, {
    mission: ref('Mission', params),
    ...weekRefs(groupId, accountId, missionId, now),
  });
  const mission = seen(found.mission);
  const today = groupDay(now, found.group);
  const week = weekAmong(found, mission.kind, today);
  return { body: ownViewOf(mission, week, found, today), version: mission.version };
}

/** A mission as a member sees it, with what they have done of it. */
const ownViewOf = (
  mission: MissionItem,
  week: MissionWeekItem | undefined,
  { group: { memberCount }, member }: { readonly group: GroupItem; readonly member: MembershipItem },
  today: string,
) => ({
  ...viewOf(mission, today),
  mine: ownStateOf(mission, week, today, quotaOn(member, mission.missionId, today)),
  quota: quotaOn(member, mission.missionId, today),
  done: mission.kind === 'ONCE' ? (mission.done ?? 0) : null,
  total: memberCount,
  excused: excusedOn(member, today) !== null,
});

/** A mission as members see it. */
export function viewOf(mission: MissionItem, today: string) {
  const { timesPerWeek, weekdays, perDayLimit } = repetitionOn(mission, today);
  const { next, checklist = [] } = mission;
  return {
    ...mission,
    id: mission.missionId,
    checklist: [...checklist],
    ...{ timesPerWeek, weekdays: [...weekdays], perDayLimit },
    next: next && next.from > today ? { ...next, weekdays: [...next.weekdays] } : null,
    startDate: mission.startDate ?? null,
    dueAt: mission.dueAt ?? null,
    implied: mission.implied === true,
    begun: mission.begun === true,
  };
}
