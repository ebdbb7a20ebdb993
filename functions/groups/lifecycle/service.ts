import { changedSince, memberWho, requireVersion, stillMay } from '../../../shared/access/access.ts';
import type { Power } from '../../../shared/access/powers.ts';
import { iso, localDay } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, type Part, type Table } from '../../../shared/data/table.ts';
import { check } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { changedGroup, tellStatus } from '../core/change.ts';
import { groupDay } from '../core/day-rules.ts';
import { endWrites } from '../core/ending.ts';
import type { GroupItem } from '../core/items.ts';
import { presentMembers } from '../core/members.ts';
import { statusOn } from '../core/rules.ts';
import { viewOf } from '../core/view.ts';
import type { contract } from './contract.ts';
import { disbandingNews } from './news.ts';
import { daysRun, endOfGrace, goesAtOnce, maySet } from './rules.ts';

type Routes = typeof contract.routes;

/** Row 41. Setting what is set already is fine and changes nothing. */
export async function setStatus(
  { params: { groupId }, body: { status }, account: { accountId }, now, ifMatch }: RouteRequest<Routes['setStatus']>,
  { table }: Kernel,
): Promise<Answer<Routes['setStatus']>> {
  const before = await groupFor(table, 'setStatus', groupId, accountId);
  requireVersion(before, ifMatch);
  if (before.status === status && before.statusPinned) return { body: viewOf(before, now), version: before.version };
  const today = localDay(now, before.timeZone);
  const from = statusOn(today, before);
  if (before.disbandsAt || !maySet(from, status, today > before.endDate)) throw new Problem('NOT_APPLICABLE');

  const completedOn = status === 'COMPLETED' ? groupDay(now, before) : undefined;
  const { after, writes } = changedGroup(before, { status, statusPinned: true, completedOn }, now);
  await table.commit([
    actor('setStatus', groupId, accountId, now),
    or(changedSince(ifMatch), writes),
    record(groupId, accountId, from, status, now),
    tellStatus(after, from, status, accountId, now),
  ]);
  return { body: viewOf(after, now), version: after.version };
}

/** Row 39. The memberships say who is there: no group goes at once because a count says so. */
export async function disbandGroup(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['disbandGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['disbandGroup']>> {
  const before = await groupFor(table, 'disband', groupId, accountId);
  if (before.disbandsAt) throw new Problem('NOT_APPLICABLE');
  const { kind, memberCount, title, timeZone } = before;
  const mayGo = goesAtOnce(kind, memberCount - 1);
  const members = mayGo ? (await presentMembers(table, groupId)).map((member) => member.accountId) : [];
  const gone = mayGo && goesAtOnce(kind, members.length - 1);
  const disbandsAt = iso(gone ? now : endOfGrace(now));
  const answer = { body: { disbandsAt, gone } };
  // Somebody who comes in at this moment is no less a member: then it is looked at again.
  const alone = kind !== 'OPEN_ROOM' && or(overtaken, check('Group', { groupId }, is('memberCount', memberCount)));
  const date = localDay(endOfGrace(now), timeZone);
  const writes = gone
    ? [endWrites(before, { members, by: accountId, now }), alone]
    : [
        or(overtaken, changedGroup(before, { disbandsAt }, now).writes),
        tell(disbandingNews.disbanding, now, { toMembersOf: groupId, by: accountId, title, date, groupId }),
      ];
  await table.commit(
    [
      actor('disband', groupId, accountId, now),
      writes,
      record(groupId, accountId, 'KEPT', gone ? 'DISBANDED' : 'DISBANDING', now),
    ],
    answer,
  );
  return answer;
}

/** Row 39: the way back, as long as there is one. */
export async function keepGroup(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['keepGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['keepGroup']>> {
  const before = await groupFor(table, 'disband', groupId, accountId);
  if (!before.disbandsAt) return noContent;
  if (before.disbandsAt <= iso(now)) throw new Problem('NOT_APPLICABLE');
  await table.commit([
    actor('disband', groupId, accountId, now),
    or(overtaken, changedGroup(before, { disbandsAt: undefined }, now).writes),
    record(groupId, accountId, 'DISBANDING', 'KEPT', now),
    tell(disbandingNews.kept, now, { toMembersOf: groupId, by: accountId, title: before.title, groupId }),
  ]);
  return noContent;
}

/** The most certifications that are counted for a look at what would be gone. */
const countedAtMost = 1000;

/** Row 40: one look at the group, one at its missions, one at its certifications, all at once. */
export async function summarizeGroup(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['summarizeGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['summarizeGroup']>> {
  const [group, missions, certifications] = await Promise.all([
    groupFor(table, 'disband', groupId, accountId),
    table.query('missionsOfGroup', { groupId }, { limit: 100 }),
    table.query('certificationsByStatus', { groupId, status: 'APPROVED' }, { limit: countedAtMost }),
  ]);
  const { memberCount, startDate, endDate, timeZone } = group;
  return {
    body: {
      members: memberCount,
      days: daysRun(startDate, endDate, localDay(now, timeZone)),
      missions: missions.items.length,
      certifications: certifications.items.length,
      level: null,
    },
  };
}

async function groupFor(table: Table, power: Power, groupId: string, accountId: string): Promise<GroupItem> {
  const { group } = await memberWho(table, power, groupId, accountId);
  return group;
}

/** The acting member still has the power at the commit, and the group is within its limit of changes. */
const actor = (power: Power, groupId: string, accountId: string, now: number): Part[] => [
  stillMay(power, groupId, accountId),
  charged({ limit: 'changeGroup', subject: groupId }, now),
];

const record = (groupId: string, by: string, before: string, after: string, now: number) =>
  decided(now, { scopeId: groupId, by, subject: `group:${groupId}`, before, after });
