import { may, type Role } from '../../../shared/access/powers.ts';
import { iso, localDay, weekday } from '../../../shared/core/time.ts';
import type { ItemOf } from '../../../shared/data/registry.ts';
import { type Found, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import { excusedOn } from '../../groups/core/excused-rules.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import { statusOn } from '../../groups/core/rules.ts';
import type { GroupStatus } from '../../groups/core/values.ts';
import { statusOfSummary, summaryViewOf } from '../../groups/core/view.ts';
import { unreadIn } from '../../talking/notifications/unread.ts';
import { closedOn, hoursOf } from '../certifications/rules.ts';
import { repetitionOn } from '../missions/rules.ts';
import { firstDayAround, type Weeks, weeksBy } from '../missions/week-rules.ts';
import { agendaRef } from './agenda.ts';
import type { contract } from './contract.ts';
import type { AgendaItem } from './items.ts';
import { type Card, cardIn, cardOf, missionsIn, progressOf, queueIn } from './rules.ts';

type Routes = typeof contract.routes;

/**
 * Row 50, G1: the home screen. Four requests for up to 50 groups, however many missions they have: the memberships, and at
 * the same time what is unread and what the account has done lately; then session and account, and the agendas of the groups.
 */
export async function getToday(
  { query: { limit, cursor }, account: { accountId }, now }: RouteRequest<Routes['getToday']>,
  { table }: Kernel,
): Promise<Answer<Routes['getToday']>> {
  const [page, unread, done] = await Promise.all([
    table.query('groupsOfAccount', { accountId }, { limit, cursor, newestFirst: true, binding: 'today', ahead: true }),
    table.query('unreadOfAccount', { unreadBy: accountId }, { limit: limits.unread, newestFirst: true, ahead: true }),
    table.query(
      'ownWeeks',
      { accountId },
      { limit: limits.ownWeeks, between: [firstDayAround(now), '~'], ahead: true },
    ),
  ]);
  const weeks = weeksBy(done.items);
  const members = page.items.filter((member) => member.state === 'ACTIVE' && mayMatter(member, now));
  const found = await table.getAll<References>({
    settings: ref('NotificationSettings', { accountId }),
    ...Object.fromEntries(members.map(({ groupId }) => [`agenda ${groupId}`, agendaRef(groupId)] as const)),
  });
  const cards = await cardsOf(table, members, found);
  const entries = members.flatMap((member) => {
    const card = cards.get(member.groupId);
    return card ? entryOf({ member, card, agenda: found[`agenda ${member.groupId}`], weeks, now }) : [];
  });
  return {
    body: {
      items: entries.toSorted((a, b) => rankOf(a) - rankOf(b)),
      nextCursor: page.nextCursor,
      unread: unreadIn(unread.items, found.settings?.readUntil, now),
    },
  };
}

type References = {
  readonly settings: Reference<ItemOf<'NotificationSettings'>>;
  readonly [agenda: `agenda ${string}`]: Reference<AgendaItem>;
};

/**
 * The cards of groups. A group that has just been founded, and one that has just ended, have none in their agenda: these are
 * looked up in one request. Otherwise there is none.
 */
async function cardsOf(table: Table, members: readonly MembershipItem[], found: Found<References>) {
  const cards = new Map(members.map(({ groupId }) => [groupId, cardIn(found[`agenda ${groupId}`])]));
  const missing = [...cards.keys()].filter((groupId) => !cards.get(groupId));
  if (missing.length === 0) return cards;
  const references = missing.map((groupId) => [groupId, ref('Group', { groupId })] as const);
  const groups = await table.getAll(Object.fromEntries(references), { eventual: true });
  for (const groupId of missing) {
    const group = groups[groupId];
    if (group && !group.deletedAt) cards.set(groupId, cardOf(group));
  }
  return cards;
}

/** Whether a group is worth a look: it is not over, or takes certifications still, or somebody may wait for a decision. */
function mayMatter({ group, role }: MembershipItem, now: number): boolean {
  const day = groupDay(now, group);
  const isOpen = closedOn(day, hoursOf(group, iso(now)), { weekdays: [weekday(day)] }) === undefined;
  return isOpen || !isPast(statusOfSummary(group, now)) || may(role, 'judgeCertifications');
}

const isPast = (status: GroupStatus) => status === 'FINISHED' || status === 'COMPLETED';

interface Entry {
  readonly member: MembershipItem;
  readonly card: Card;
  readonly agenda: AgendaItem | undefined;
  readonly weeks: Weeks;
  readonly now: number;
}

function entryOf({ member, card: { notice, ...seats }, agenda, weeks, now }: Entry) {
  const { role, joinedAt, group } = member;
  const day = groupDay(now, group);
  const hours = hoursOf(group, iso(now));
  const missions = missionsIn(agenda).map((mission) => {
    const { timesPerWeek, weekdays, perDayLimit } = repetitionOn(mission, day);
    return {
      ...{ id: mission.missionId, title: mission.title, kind: mission.kind, way: mission.way },
      ...{ timesPerWeek, weekdays: [...weekdays], perDayLimit, dueAt: mission.dueAt ?? null },
      ...progressOf(mission, weeks, { today: day, hours, now }),
    };
  });
  const status = statusOn(localDay(now, group.timeZone), { ...group, ...seats });
  const entry = {
    ...{ group: { ...summaryViewOf(member, now), ...seats, status }, notice, role, joinedAt },
    ...{ day, excused: excusedOn(member, day), missions, waiting: waitingFor(role, agenda) },
  };
  return isPast(status) && rankOf(entry) === 2 ? [] : [entry];
}

/** How much of a group waits for a member who decides on certifications, applications and excuses. */
export const waitingIn = (role: Role, agenda: AgendaItem | undefined) => ({
  certifications: queueIn(agenda).length,
  applications: agenda?.applications ?? 0,
  excuses: agenda?.excuses ?? 0,
  reports: may(role, 'hideReported') ? (agenda?.reports ?? 0) : null,
});

/** What waits for the decision of a member; null for members who decide on nothing. */
export const waitingFor = (role: Role, agenda: AgendaItem | undefined) =>
  may(role, 'judgeCertifications') ? waitingIn(role, agenda) : null;

/** What a person has to do comes first, then what others wait for. */
function rankOf({
  missions,
  waiting,
}: {
  readonly missions: readonly { readonly left: number }[];
  readonly waiting: ReturnType<typeof waitingFor>;
}): 0 | 1 | 2 {
  if (missions.some(({ left }) => left > 0)) return 0;
  return waiting && waiting.certifications + waiting.applications + waiting.excuses + (waiting.reports ?? 0) > 0
    ? 1
    : 2;
}
