import { may, type Role } from '../../../shared/access/powers.ts';
import { hourMs, iso, isoWeek, localDay, weekday } from '../../../shared/core/time.ts';
import type { ItemOf } from '../../../shared/data/registry.ts';
import { type Found, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import { statusOn } from '../../groups/core/rules.ts';
import type { GroupStatus } from '../../groups/core/values.ts';
import { statusOfSummary, summaryViewOf } from '../../groups/core/view.ts';
import { unreadIn } from '../../talking/notifications/unread.ts';
import type { OwnWeekItem } from '../certifications/items.ts';
import { closedOn, hoursOf } from '../certifications/rules.ts';
import { agendaRef } from './agenda.ts';
import type { contract } from './contract.ts';
import type { AgendaItem } from './items.ts';
import { type Card, cardIn, cardOf, missionsIn, progressOf, queueIn } from './rules.ts';

type Routes = typeof contract.routes;

/**
 * Row 50, G1: the home screen. Three requests for up to 50 groups, however many missions they have: the memberships, and at
 * the same time what is unread; then session and account, the account's own week, and the agendas of the groups.
 */
export async function getToday(
  { query: { limit, cursor }, account: { accountId }, now }: RouteRequest<Routes['getToday']>,
  { table }: Kernel,
): Promise<Answer<Routes['getToday']>> {
  const [page, unread] = await Promise.all([
    table.query('groupsOfAccount', { accountId }, { limit, cursor, newestFirst: true, binding: 'today', ahead: true }),
    table.query('unreadOfAccount', { unreadBy: accountId }, { limit: limits.unread, newestFirst: true, ahead: true }),
  ]);
  const members = page.items.filter((member) => member.state === 'ACTIVE' && mayMatter(member, now));
  const found = await table.getAll<References>({
    settings: ref('NotificationSettings', { accountId }),
    ...ownWeeks(accountId, now),
    ...Object.fromEntries(members.map(({ groupId }) => [`agenda ${groupId}`, agendaRef(groupId)] as const)),
  });
  const cards = await cardsOf(table, members, found);
  const entries = members.flatMap((member) => {
    const card = cards.get(member.groupId);
    return card ? entryOf({ member, card, agenda: found[`agenda ${member.groupId}`], found, now }) : [];
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
  readonly [week: `week ${string}`]: Reference<OwnWeekItem>;
  readonly [agenda: `agenda ${string}`]: Reference<AgendaItem>;
};

/** The weeks that it may be now in any zone of the world, from 12 hours behind UTC to 14 ahead: two at most. */
export function ownWeeks(
  accountId: string,
  now: number,
): { readonly [week: `week ${string}`]: Reference<OwnWeekItem> } {
  const weeks = [now - 12 * hourMs, now + 14 * hourMs].map((time) => isoWeek(iso(time).slice(0, 10)));
  return Object.fromEntries(weeks.map((week) => [`week ${week}`, ref('OwnWeek', { accountId, week })] as const));
}

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
  const day = localDay(now, group.timeZone);
  const isOpen = closedOn(day, hoursOf(group, iso(now)), { weekdays: [weekday(day)] }) === undefined;
  return isOpen || !isPast(statusOfSummary(group, now)) || may(role, 'judgeCertifications');
}

const isPast = (status: GroupStatus) => status === 'FINISHED' || status === 'COMPLETED';

interface Entry {
  readonly member: MembershipItem;
  readonly card: Card;
  readonly agenda: AgendaItem | undefined;
  readonly found: Found<References>;
  readonly now: number;
}

function entryOf({ member, card: { notice, ...seats }, agenda, found, now }: Entry) {
  const { role, joinedAt, group } = member;
  const day = localDay(now, group.timeZone);
  const week = found[`week ${isoWeek(day)}`];
  const missions = missionsIn(agenda).map((mission) => ({
    ...mission,
    id: mission.missionId,
    weekdays: [...mission.weekdays],
    ...progressOf(mission, week, day, hoursOf(group, iso(now))),
  }));
  const status = statusOn(day, { ...group, ...seats });
  const entry = {
    ...{ group: { ...summaryViewOf(member, now), ...seats, status }, notice, role, joinedAt },
    ...{ day, missions, waiting: waitingFor(role, agenda) },
  };
  return isPast(status) && rankOf(entry) === 2 ? [] : [entry];
}

/** How much of a group waits for a member who decides on certifications and applications. */
export const waitingIn = (role: Role, agenda: AgendaItem | undefined) => ({
  certifications: queueIn(agenda).length,
  applications: agenda?.applications ?? 0,
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
  return waiting && waiting.certifications + waiting.applications + (waiting.reports ?? 0) > 0 ? 1 : 2;
}
