/** Changing, ending and deleting missions: by their makers and leaders (row 52). */
import { changedSince, memberOf, requireVersion, seen, stillMay, stillMember } from '../../../shared/access/access.ts';
import { may } from '../../../shared/access/powers.ts';
import { absent, allOf, is } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { type Revision, remove, revised } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import type { contract } from './contract.ts';
import type { MissionItem, Repetition } from './items.ts';
import { countedLive, hasRoom, missionDue, movedOn } from './life.ts';
import { isLive, lifeAtOf, mayChange, nextMonday, pastOn, repetitionOf, repetitionOn, type Wish } from './rules.ts';
import { checklistOf, refuseWish, viewOf } from './service.ts';

type Routes = typeof contract.routes;
type Body = RouteRequest<Routes['editMission']>['body'];

/** A mission that the caller may change, with its group, and the check that they still may. */
async function changeable(table: Table, key: { groupId: string; missionId: string }, accountId: string) {
  const { group, member, ...found } = await memberOf(table, key.groupId, accountId, { mission: ref('Mission', key) });
  const leads = may(member.role, 'runMissions');
  const mission = seen(found.mission, (each) => mayChange(each, accountId, leads));
  const still = leads ? stillMay('runMissions', key.groupId, accountId) : stillMember(key.groupId, accountId);
  return { group, mission, leads, still };
}

/** Row 51. What members rely on does not change under them: what it asks for is fixed once somebody has certified it. */
export async function editMission(
  { params, body, account: { accountId }, locale, now, ifMatch }: RouteRequest<Routes['editMission']>,
  { table }: Kernel,
): Promise<Answer<Routes['editMission']>> {
  const { group, mission: before, leads, still } = await changeable(table, params, accountId);
  requireVersion(before, ifMatch);
  const today = groupDay(now, group);
  const kind = body.kind ?? before.kind;
  if (!isLive(before) || isFixed(before, body)) throw new Problem('NOT_APPLICABLE');
  if (!leads && (kind === 'REPEAT' || body.approval !== undefined)) throw new Problem('NOT_APPLICABLE');
  const wish = wishOf(before, body);
  refuseWish(wish, group, now, locale);

  const changes = changesOf(before, body, wish, today);
  const next = { ...before, ...changes } as MissionItem;
  const lifeAt = lifeAtOf(next, group);
  const { after, write } = revised(
    'Mission',
    before,
    { ...changes, lifeAt },
    ...(before.begun ? [] : [absent<'begun'>('begun')]),
  );
  await table.commit([
    still,
    or((found) => (found?.version === before.version ? overtaken : changedSince(ifMatch)), write),
    missionDue(before, after),
    kind !== before.kind && kindMoved(group, before, kind),
  ]);
  return { body: viewOf(after, today), version: after.version };
}

/** Whether an edit wants what can no longer change. */
function isFixed({ begun, implied, status, kind, way }: MissionItem, body: Body): boolean {
  const asks = (body.kind ?? kind) !== kind || (body.way ?? way) !== way || body.checklist !== undefined;
  const follows = body.frequency ?? body.weekdays ?? body.timesPerWeek ?? body.approval;
  return (
    (asks && (begun === true || (implied === true && body.kind === 'ONCE'))) ||
    (body.startDate !== undefined && status !== 'WAIT') ||
    (implied === true && follows !== undefined)
  );
}

/** The mission as it would be. Dates that stay are not looked at again. */
function wishOf(before: MissionItem, body: Body): Wish {
  const kind = body.kind ?? before.kind;
  const way = body.way ?? before.way;
  const current: Partial<Repetition> = before.kind === 'REPEAT' && kind === 'REPEAT' ? (before.next ?? before) : {};
  const said = body.frequency
    ? { frequency: body.frequency, weekdays: body.weekdays, timesPerWeek: body.timesPerWeek }
    : {
        weekdays: body.weekdays ?? current.weekdays,
        timesPerWeek: body.timesPerWeek ?? (body.weekdays ? undefined : current.timesPerWeek),
      };
  // An end that stays is looked at again where what it has to fit changes.
  const fits = kind === before.kind && body.startDate === undefined;
  const dueAt = body.dueAt === undefined && !fits ? before.dueAt : (body.dueAt ?? undefined);
  return {
    ...{ kind, way, checklist: body.checklist ?? (way === 'CHECKLIST' ? before.checklist : undefined) },
    ...{ startDate: body.startDate ?? (before.status === 'WAIT' ? before.startDate : undefined), dueAt },
    ...said,
  };
}

function changesOf(before: MissionItem, body: Body, wish: Wish, today: string): Revision<'Mission'> {
  const { title, content, rule, approval, startDate } = body;
  const said = Object.entries({ title, content, rule, approval, startDate }).filter(([, value]) => value !== undefined);
  const { kind, way, checklist } = wish;
  const current = before.next ?? before;
  const asked = repetitionOf(wish, body.perDayLimit === undefined ? current.perDayLimit : body.perDayLimit);
  return {
    ...Object.fromEntries(said),
    ...{ kind, way, checklist: way === 'CHECKLIST' ? checklistOf(checklist) : undefined },
    ...(body.dueAt === undefined ? {} : { dueAt: body.dueAt ?? undefined }),
    ...(startDate !== undefined && startDate <= today ? { status: 'ONGOING' } : {}),
    ...repeated(before, asked, kind !== before.kind || before.status === 'WAIT', today),
  };
}

/** How often a mission is to be certified: at once as long as it has not begun, else from the next Monday on. */
function repeated(before: MissionItem, asked: Repetition, atOnce: boolean, today: string): Revision<'Mission'> {
  const now = repetitionOn(before, today);
  const { timesPerWeek, weekdays, perDayLimit } = atOnce ? asked : now;
  const same = JSON.stringify([asked.timesPerWeek, asked.weekdays, asked.perDayLimit]);
  const stays = same === JSON.stringify([timesPerWeek, weekdays, perDayLimit]);
  const next = stays ? undefined : { from: nextMonday(today), ...asked };
  return { timesPerWeek, weekdays, perDayLimit, next, past: atOnce ? undefined : pastOn(before, today) };
}

/** A mission of another kind takes a place among those. */
const kindMoved = ({ groupId }: GroupItem, before: MissionItem, kind: MissionItem['kind']) =>
  or(
    (found) => ((found?.[`live${kind}`] ?? 0) >= limits.mission.live[kind] ? 'MISSION_LIMIT' : overtaken),
    countedLive(groupId, kind, 1, hasRoom(kind)),
    countedLive(groupId, before.kind, -1),
  );

/** Row 59: a mission ends by hand. */
export async function endMission(
  { params, account: { accountId }, now, ifMatch }: RouteRequest<Routes['endMission']>,
  { table }: Kernel,
): Promise<Answer<Routes['endMission']>> {
  const { group, mission, still } = await changeable(table, params, accountId);
  requireVersion(mission, ifMatch);
  if (!isLive(mission)) throw new Problem('NOT_APPLICABLE');
  const { after, writes } = movedOn(mission, { status: 'END', endedBy: accountId }, group, now);
  const answer = { body: viewOf(after, groupDay(now, group)), version: after.version };
  await table.commit([still, ...or(changedSince(ifMatch), writes)], answer);
  return answer;
}

/** Only while nobody has certified it. A certification that comes at the same moment finds it gone, or keeps it. */
export async function deleteMission(
  { params, account: { accountId } }: RouteRequest<Routes['deleteMission']>,
  { table }: Kernel,
): Promise<Answer<Routes['deleteMission']>> {
  const { mission, still } = await changeable(table, params, accountId);
  if (mission.begun || mission.implied) throw new Problem('NOT_APPLICABLE');
  const { groupId, kind, version } = mission;
  await table.commit([
    still,
    or(
      (found) => (found ? overtaken : 'NOT_FOUND'),
      remove('Mission', params, allOf(is('version', version), absent('begun'))),
    ),
    isLive(mission) && or(overtaken, countedLive(groupId, kind, -1)),
    missionDue(mission, undefined),
  ]);
  return noContent;
}
