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
import { isFree } from '../excuses/rules.ts';
import { repetitionOn } from '../missions/rules.ts';
import { firstDayAround, type Weeks, weeksBy } from '../missions/week-rules.ts';
import { missionOf, ownMember, settingOf, weeksSince } from '../progress/board.ts';
import { longestOf, streakOf } from '../progress/streak-rules.ts';
import { returnedOn, wayBackOf } from '../returning/rules.ts';
import { agendaRef } from './agenda.ts';
import type { contract } from './contract.ts';
import type { AgendaItem } from './items.ts';
import { type Card, cardIn, cardOf, meetingAhead, missionsIn, progressOf, queueIn } from './rules.ts';

type Routes = typeof contract.routes;

/**
 * Row 50, G1: the home screen. Five requests in two round trips for up to 50 groups, however many missions they have: the
 * memberships, and at the same time what is unread and what the account has done lately; then session and account, and at
 * the same time the agendas of the groups and what the account has done in the last weeks.
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
  const [settings, found] = await Promise.all([
    table.get('NotificationSettings', { accountId }),
    // A hundred items at most. They are only shown, and follow by the stream: they may lag, at half the price.
    table.getAll<References>(
      Object.fromEntries(
        members.flatMap(({ groupId }) => [
          [`agenda ${groupId}`, agendaRef(groupId)] as const,
          [`row ${groupId}`, ref('Progress', { groupId, accountId })] as const,
        ]),
      ),
      { eventual: true },
    ),
  ]);
  const cards = await cardsOf(table, members, found);
  const entries = members.flatMap((member) => {
    const card = cards.get(member.groupId);
    return card
      ? entryOf({
          ...{ member, card, agenda: found[`agenda ${member.groupId}`], row: found[`row ${member.groupId}`] },
          ...{ weeks, now },
        })
      : [];
  });
  return {
    body: {
      items: entries.toSorted((a, b) => rankOf(a) - rankOf(b)),
      nextCursor: page.nextCursor,
      unread: unreadIn(unread.items, settings?.readUntil, now),
    },
  };
}

type References = {
  readonly [row: `row ${string}`]: Reference<ItemOf<'Progress'>>;
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
  readonly row: ItemOf<'Progress'> | undefined;
  readonly weeks: Weeks;
  readonly now: number;
}

function entryOf({ member, card, agenda, row, weeks, now }: Entry) {
  const { notice, asksLeader, ...seats } = card;
  const { role, joinedAt, group } = member;
  const day = groupDay(now, group);
  const hours = hoursOf(group, iso(now));
  const missions = missionsIn(agenda).map((mission) => {
    const { timesPerWeek, weekdays, perDayLimit } = repetitionOn(mission, day);
    return {
      ...{ id: mission.missionId, title: mission.title, kind: mission.kind, way: mission.way },
      ...{ timesPerWeek, weekdays: [...weekdays], perDayLimit, dueAt: mission.dueAt ?? null },
      ...progressOf(mission, weeks, { today: day, hours, now, member }),
    };
  });
  const status = statusOn(localDay(now, group.timeZone), { ...group, ...seats });
  const entry = {
    ...{ group: { ...summaryViewOf(member, now), ...seats, status }, notice, role, joinedAt },
    ...{ day, excused: excusedOn(member, day), missions, waiting: waitingFor(role, agenda) },
    meeting: meetingAhead(agenda, { ...group, ...seats, groupId: member.groupId }, now),
    ...(isPast(status) ? over : ownPartOf({ member, card, agenda, row, weeks, now })),
  };
  return isPast(status) && rankOf(entry) === 2 ? [] : [entry];
}

const over = { streak: null, back: null };

/** The streak of a member, and what is offered after time away. */
function ownPartOf({ member, card, agenda, row, weeks, now }: Entry) {
  const { group, role } = member;
  const setting = settingOf(group, now);
  const missions = missionsIn(agenda).map((mission) => missionOf(mission, group));
  const own = ownMember(row, member, [...weeks.values()], group);
  const shown = weeksSince(own.since, setting.today);
  const repeated = missions.filter((mission) => mission.kind === 'REPEAT');
  const streaks = repeated.map((mission) => ({
    missionId: mission.missionId,
    ...streakOf(mission, shown, own, setting),
  }));
  const back = wayBackOf(missions, { ...own, returnedOn: returnedOn(member, group) }, member, setting);
  const mayLeave = role !== 'LEADER' || card.memberCount === 1 || group.kind === 'OPEN_ROOM';
  // What was excused before in these months is not read here: an excuse can still turn out to wait.
  const asksLeader = card.asksLeader || (back?.gap ? !isFree(back.gap, () => 0, false) : false);
  return { streak: longestOf(streaks) ?? null, back: back && { ...back, asksLeader, mayLeave } };
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
