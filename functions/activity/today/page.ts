/** The page of a group as its member sees it, in one call. */
import { memberOf } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { dayMs, hourMs, iso, isoWeek, localDay } from '../../../shared/core/time.ts';
import type { Reference, Table } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { ownViewOf } from '../../groups/core/view.ts';
import { memberPageOf, membersIn } from '../../groups/memberships/service.ts';
import type { CertificationItem, OwnWeekItem } from '../certifications/items.ts';
import { columnsOf, hoursOf, weeksOfMonth } from '../certifications/rules.ts';
import { wallIn } from '../certifications/wall.ts';
import { viewOf as missionViewOf } from '../missions/service.ts';
import { agendaRef } from './agenda.ts';
import type { contract } from './contract.ts';
import type { AgendaItem } from './items.ts';
import { progressOf } from './rules.ts';
import { ownWeeks, waitingFor } from './service.ts';

type Routes = typeof contract.routes;

/**
 * G5. With all parts seven requests in two round trips, whatever the size of the group. Everything is read at once: the
 * group with membership, own week and agenda; its missions; and the lists of the parts. Who is online follows.
 */
export async function getGroupPage(
  { params: { groupId }, query, account: { accountId }, locale, now }: RouteRequest<Routes['getGroupPage']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['getGroupPage']>> {
  const parts = new Set(query.include?.split(','));
  const [found, missions, members, roster, certifications, weeks] = await Promise.all([
    memberOf<More>(table, groupId, accountId, { ...ownWeeks(accountId, now), agenda: agendaRef(groupId) }),
    table.query('missionsOfGroup', { groupId }, { limit: limits.missionsShown }),
    parts.has('members') ? membersIn(table, groupId, { limit: limits.membersShown }) : undefined,
    parts.has('members') ? rosterOf(table, groupId) : undefined,
    parts.has('week') ? lately(table, groupId, accountId, now) : undefined,
    parts.has('wall') ? wallIn(table, groupId, monthsAround(now)) : undefined,
  ]);
  const { group, member, agenda } = found;
  const day = localDay(now, group.timeZone);
  const hours = hoursOf(group, iso(now));
  const own = found[`week ${isoWeek(day)}`];
  const seen = { viewer: member, locale, now };
  const body = {
    ...ownViewOf(group, member, now),
    day,
    missions: missions.items.map((each) => ({ ...missionViewOf(each), ...progressOf(each, own, day, hours) })),
    waiting: waitingFor(member.role, agenda),
    members: members && roster ? await memberPageOf({ table, bucket }, members, { ...seen, roster }) : null,
    week: certifications ? inWeek(certifications, isoWeek(day)) : null,
    wall: weeks ? columnsOf(day.slice(0, 7), weeks) : null,
  };
  return { body, version: group.version };
}

type More = {
  readonly agenda: Reference<AgendaItem>;
  readonly [week: `week ${string}`]: Reference<OwnWeekItem>;
};

/** Somebody's certifications since Monday, wherever the group is, and some of the days before. */
async function lately(table: Table, groupId: string, accountId: string, now: number): Promise<CertificationItem[]> {
  const options = { limit: limits.ownWeek, newestFirst: true, between: [iso(now - 8 * dayMs), iso(now)] as const };
  return (await table.query('certificationsOfMember', { groupId, accountId }, options)).items;
}

const inWeek = (certifications: readonly CertificationItem[], week: string) =>
  certifications
    .filter(({ day }) => isoWeek(day) === week)
    .map(({ certificationId: id, missionId, day, status }) => ({ id, missionId, day, status }));

/** The weeks of the month that it is somewhere in the world, or of the two months. */
function monthsAround(now: number): readonly [first: string, last: string] {
  const [from, to] = [now - 12 * hourMs, now + 14 * hourMs].map((time) => weeksOfMonth(iso(time).slice(0, 7)));
  return [from![0], to![1]];
}
