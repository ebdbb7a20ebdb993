import { memberOf, seen, stillMember } from '../../../shared/access/access.ts';
import { absent, is } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { upsert } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import { summaryOf } from '../../groups/core/view.ts';
import type { MissionItem } from '../missions/items.ts';
import type { contract } from './contract.ts';
import type { OwnReminder, OwnRemindersItem, RemindingItem } from './items.ts';
import { nextMoment } from './moment-rules.ts';
import { circleOf, ownName, ownRef, taskOf } from './part.ts';
import { isTooMany } from './rules.ts';
import { remindingRef, woken } from './waking.ts';

type Routes = typeof contract.routes;

/** What somebody has chosen, by mission. */
const chosenIn = (own: OwnRemindersItem | undefined): [missionId: string, OwnReminder][] =>
  Object.entries(own ?? {}).flatMap(([name, chosen]): [string, OwnReminder][] =>
    name.startsWith('mission ') ? [[name.slice('mission '.length), chosen as OwnReminder]] : [],
  );

const viewOf = (missionId: string, { groupId, times, weekdays, sentence }: OwnReminder) => ({
  ...{ groupId, missionId, times: [...times], weekdays: [...weekdays], sentence: sentence ?? null },
});

export async function listReminders(
  { account: { accountId } }: RouteRequest<Routes['listReminders']>,
  { table }: Kernel,
): Promise<Answer<Routes['listReminders']>> {
  const own = await table.get('OwnReminders', { accountId });
  return { body: { items: chosenIn(own).map(([missionId, chosen]) => viewOf(missionId, chosen)) } };
}

/** Row 146. The limits are conditions on the one item of the account: two requests at once cannot exceed them. */
export async function setReminder(
  { params: { groupId, missionId }, body, account: { accountId }, now }: RouteRequest<Routes['setReminder']>,
  { table }: Kernel,
): Promise<Answer<Routes['setReminder']>> {
  const found = await read(table, { groupId, missionId, accountId });
  seen(found.mission);
  const chosen: OwnReminder = {
    groupId,
    times: body.times.toSorted(),
    weekdays: body.weekdays.toSorted((a, b) => a - b),
    ...(body.sentence === null ? {} : { sentence: body.sentence }),
  };
  const others = chosenIn(found.own).filter(([other]) => other !== missionId);
  const fits = (list: typeof others) =>
    list.length < limits.reminders.own && !isTooMany([...list.map(([, each]) => each), chosen]);
  // Only where there is no room, those of missions that are gone are looked for.
  const there = fits(others) ? others : await stillThere(table, accountId, others);
  if (!fits(there)) throw new Problem('REMINDER_LIMIT');
  const gone = others.filter((each) => !there.includes(each)).map(([other]) => ownName(other));
  const isNothing = chosen.times.length === 0 && chosen.weekdays.length === 7 && chosen.sentence === undefined;
  const changes = isNothing
    ? { remove: [...gone, ownName(missionId)] }
    : { set: { [ownName(missionId)]: chosen }, remove: gone };
  await table.commit([
    stillMember(groupId, accountId),
    changed(found.own, accountId, changes),
    wakeFor(found, chosen, now),
  ]);
  return { body: viewOf(missionId, chosen) };
}

export async function clearReminder(
  { params: { groupId, missionId }, account: { accountId }, now }: RouteRequest<Routes['clearReminder']>,
  { table }: Kernel,
): Promise<Answer<Routes['clearReminder']>> {
  const found = await read(table, { groupId, missionId, accountId });
  const name = ownName(missionId);
  if (!found.own?.[name]) {
    seen(found.mission);
    return noContent;
  }
  await table.commit([changed(found.own, accountId, { remove: [name] }), wakeFor(found, undefined, now)]);
  return noContent;
}

const read = (
  table: Table,
  { groupId, missionId, accountId }: { groupId: string; missionId: string; accountId: string },
) =>
  memberOf(table, groupId, accountId, {
    mission: ref('Mission', { groupId, missionId }),
    account: ref('Account', { accountId }),
    own: ownRef(accountId),
    reminding: remindingRef(accountId),
  });

interface Changes {
  readonly set?: Readonly<Record<`mission ${string}`, OwnReminder>>;
  readonly remove: readonly `mission ${string}`[];
}

/** A change of what somebody has chosen, as it was read. */
const changed = (own: OwnRemindersItem | undefined, accountId: string, changes: Changes) =>
  or(
    overtaken,
    upsert(
      'OwnReminders',
      { accountId },
      { ...changes, add: { version: 1 } },
      own ? is('version', own.version) : absent('version'),
    ),
  );

interface Choosing {
  readonly group: GroupItem;
  readonly mission: MissionItem | undefined;
  readonly account: { readonly accountId: string; readonly timeZone?: string | undefined } | undefined;
  readonly reminding: RemindingItem | undefined;
}

/** Whoever chooses has done something: no reminder is unanswered any more. The mission is looked at by its next moment. */
function wakeFor({ group, mission, account, reminding }: Choosing, chosen: OwnReminder | undefined, now: number) {
  const circle = circleOf(group.groupId, summaryOf(group), now);
  if (!circle || !mission || !account?.timeZone) return [];
  const part = { timeZone: account.timeZone, circles: [], tasks: [taskOf(circle, mission, chosen)] };
  const first = nextMoment(part, now);
  return first ? woken(reminding, { accountId: account.accountId, at: first.at, answered: now }, now) : [];
}

/** Those whose mission is there, and in whose group the person still is. */
async function stillThere(table: Table, accountId: string, list: readonly (readonly [string, OwnReminder])[]) {
  const missions = list.map(([missionId, { groupId }]) => [missionId, ref('Mission', { groupId, missionId })] as const);
  const groups = list.map(([, { groupId }]) => [groupId, ref('Membership', { groupId, accountId })] as const);
  const [there, members] = await Promise.all([
    table.getAll(Object.fromEntries(missions)),
    table.getAll(Object.fromEntries(groups)),
  ]);
  return list.filter(([missionId, { groupId }]) => there[missionId] && members[groupId]?.state === 'ACTIVE') as [
    string,
    OwnReminder,
  ][];
}
