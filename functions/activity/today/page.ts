/** The page of a group as its member sees it, in one call. */
import { memberOf } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { dayMs, hourMs, iso, isoWeek } from '../../../shared/core/time.ts';
import { type Reference, ref, type Table } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { limits } from '../../../shared/product/limits.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import { excusedOn } from '../../groups/core/excused-rules.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { ownViewOf } from '../../groups/core/view.ts';
import { memberPageOf, membersIn } from '../../groups/memberships/service.ts';
import type { NotificationSettingsItem } from '../../talking/notifications/items.ts';
import { loudnessOf } from '../../talking/notifications/volume-rules.ts';
import type { CertificationItem } from '../certifications/items.ts';
import { columnsOf, hoursOf, weeksOfMonth } from '../certifications/rules.ts';
import { reasonOf } from '../certifications/view.ts';
import { wallIn } from '../certifications/wall.ts';
import { viewOf as missionViewOf } from '../missions/service.ts';
import { ownWeeksIn } from '../missions/weeks.ts';
import { agendaRef } from './agenda.ts';
import type { contract } from './contract.ts';
import type { AgendaItem } from './items.ts';
import { progressOf } from './rules.ts';
import { waitingFor } from './service.ts';

type Routes = typeof contract.routes;

/**
 * G5. With all parts eight requests in two round trips, whatever the size of the group. Everything is read at once: the
 * group with membership and agenda; its missions that are not over, and what the member has done of them; and the lists of the parts. Who is online follows.
 */
export async function getGroupPage(
  { params: { groupId }, query, account: { accountId }, locale, now }: RouteRequest<Routes['getGroupPage']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['getGroupPage']>> {
  const parts = new Set(query.include?.split(','));
  const [found, missions, own, members, roster, certifications, wall] = await Promise.all([
    memberOf<More>(table, groupId, accountId, {
      ...{ agenda: agendaRef(groupId), settings: ref('NotificationSettings', { accountId }) },
    }),
    table.query('liveMissions', { liveIn: groupId }, { limit: limits.missionsShown }),
    ownWeeksIn(table, groupId, accountId, now),
    parts.has('members') ? membersIn(table, groupId, { limit: limits.membersShown }) : undefined,
    parts.has('members') ? rosterOf(table, groupId) : undefined,
    parts.has('week') ? lately(table, groupId, accountId, now) : undefined,
    parts.has('wall') ? wallIn(table, groupId, monthsAround(now)) : undefined,
  ]);
  const { group, member, agenda, settings } = found;
  const day = groupDay(now, group);
  const when = { today: day, hours: hoursOf(group, iso(now)), now, member };
  const seen = { viewer: member, locale, now };
  const body = {
    ...ownViewOf(group, member, now),
    day,
    excused: excusedOn(member, day),
    loudness: loudnessOf(settings, groupId, now),
    missions: missions.items.map((each) => ({ ...missionViewOf(each, day), ...progressOf(each, own, when) })),
    waiting: waitingFor(member.role, agenda),
    members: members && roster ? await memberPageOf({ table, bucket }, members, { ...seen, roster }) : null,
    week: certifications ? inWeek(certifications, isoWeek(day), locale) : null,
    wall: wall ? columnsOf(day.slice(0, 7), wall) : null,
  };
  return { body, version: group.version };
}

type More = {
  readonly agenda: Reference<AgendaItem>;
  readonly settings: Reference<NotificationSettingsItem>;
};

/** Somebody's certifications since Monday, wherever the group is, and some of the days before. */
async function lately(table: Table, groupId: string, accountId: string, now: number): Promise<CertificationItem[]> {
  const options = { limit: limits.ownWeek, newestFirst: true, between: [iso(now - 8 * dayMs), iso(now)] as const };
  return (await table.query('certificationsOfMember', { groupId, accountId }, options)).items;
}

const inWeek = (certifications: readonly CertificationItem[], week: string, locale: Locale) =>
  certifications
    .filter(({ day }) => isoWeek(day) === week)
    .map((each) => {
      const { certificationId: id, missionId, day, status } = each;
      return { id, missionId, day, status, reason: reasonOf(each, locale) };
    });

/** The weeks of the month that it is somewhere in the world, or of the two months. */
function monthsAround(now: number): readonly [first: string, last: string] {
  const [from, to] = [now - 12 * hourMs, now + 14 * hourMs].map((time) => weeksOfMonth(iso(time).slice(0, 7)));
  return [from![0], to![1]];
}
