import { may } from '../../../shared/access/powers.ts';
import { hourMs, iso, isoWeek, localDay, weekday } from '../../../shared/core/time.ts';
import { type Reference, ref } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import type { GroupStatus } from '../../groups/core/values.ts';
import { statusOfSummary, viewOf } from '../../groups/core/view.ts';
import type { OwnWeekItem } from '../certifications/items.ts';
import { closedOn, hoursOf } from '../certifications/rules.ts';
import { agendaRef } from './agenda.ts';
import type { contract } from './contract.ts';
import type { AgendaItem } from './items.ts';
import { doneFor, leftToday, missionsIn, queueIn } from './rules.ts';

type Routes = typeof contract.routes;

/**
 * Row 50, G1: the home screen. Three requests for up to 50 groups, however many missions they have: the memberships; beside
 * them session, account and the account's own week; then the groups and their agendas.
 */
export async function getToday(
  { query: { limit, cursor }, account: { accountId }, now }: RouteRequest<Routes['getToday']>,
  { table }: Kernel,
): Promise<Answer<Routes['getToday']>> {
  const [page, weeks] = await Promise.all([
    table.query('groupsOfAccount', { accountId }, { limit, cursor, newestFirst: true, binding: 'today' }),
    table.getAll(ownWeeks(accountId, now)),
  ]);
  const members = page.items.filter((member) => member.state === 'ACTIVE' && mayMatter(member, now));
  const found = await table.getAll(
    Object.fromEntries(
      members.flatMap(({ groupId }): [string, Reference<GroupItem & AgendaItem>][] => [
        [`group ${groupId}`, ref('Group', { groupId }) as Reference<never>],
        [`agenda ${groupId}`, agendaRef(groupId) as Reference<never>],
      ]),
    ),
    { eventual: true },
  );
  const entries = members.flatMap((member) => {
    const group = found[`group ${member.groupId}`];
    return group && !group.deletedAt
      ? entryOf({ member, group, agenda: found[`agenda ${member.groupId}`], weeks, now })
      : [];
  });
  const items = entries.toSorted((a, b) => rankOf(a) - rankOf(b));
  return { body: { items, nextCursor: page.nextCursor } };
}

/** The weeks that it may be now in any zone of the world, from 12 hours behind UTC to 14 ahead: two at most. */
function ownWeeks(accountId: string, now: number): Readonly<Record<string, Reference<OwnWeekItem>>> {
  const weeks = [now - 12 * hourMs, now + 14 * hourMs].map((time) => isoWeek(iso(time).slice(0, 10)));
  return Object.fromEntries(weeks.map((week) => [week, ref('OwnWeek', { accountId, week })]));
}

/** Whether a group is worth a look: it is not over, or takes certifications still, or somebody may wait for a decision. */
function mayMatter({ group, role }: MembershipItem, now: number): boolean {
  const day = localDay(now, group.timeZone);
  const isOpen = closedOn(day, hoursOf(group, iso(now)), { weekdays: [weekday(day)] }) === undefined;
  return isOpen || !isPast(statusOfSummary(group, now)) || may(role, 'judgeCertifications');
}

const isPast = (status: GroupStatus) => status === 'FINISHED' || status === 'COMPLETED';

interface Found {
  readonly member: MembershipItem;
  readonly group: GroupItem;
  readonly agenda: AgendaItem | undefined;
  readonly weeks: Readonly<Record<string, OwnWeekItem | undefined>>;
  readonly now: number;
}

function entryOf({ member, group, agenda, weeks, now }: Found) {
  const day = localDay(now, group.timeZone);
  const hours = hoursOf(group, iso(now));
  const missions = missionsIn(agenda).map(({ missionId, weekdays, ...mission }) => {
    const done = doneFor(missionId, weeks[isoWeek(day)]);
    const closed = closedOn(day, hours, { weekdays });
    const left = leftToday(mission, done, day, closed);
    return { ...mission, id: missionId, weekdays: [...weekdays], days: done.days, left, closed: closed ?? null };
  });
  const waiting = may(member.role, 'judgeCertifications')
    ? { certifications: queueIn(agenda).length, applications: agenda?.applications ?? 0 }
    : null;
  const entry = {
    ...{ group: viewOf(group, now), notice: group.notice ?? null, role: member.role, joinedAt: member.joinedAt },
    ...{ day, missions, waiting },
  };
  return isPast(entry.group.status) && rankOf(entry) === 2 ? [] : [entry];
}

/** What a person has to do comes first, then what others wait for. */
function rankOf({
  missions,
  waiting,
}: {
  readonly missions: readonly { readonly left: number }[];
  readonly waiting: { readonly certifications: number; readonly applications: number } | null;
}): 0 | 1 | 2 {
  if (missions.some(({ left }) => left > 0)) return 0;
  return waiting && waiting.certifications + waiting.applications > 0 ? 1 : 2;
}
