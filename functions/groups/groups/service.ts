import { adminOf, isPublic, memberOf, seen, stillAdmin } from '../../../shared/access/access.ts';
import { newId } from '../../../shared/core/ids.ts';
import type { Environment } from '../../../shared/core/platform.ts';
import { iso, localDay } from '../../../shared/core/time.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, type Part } from '../../../shared/data/table.ts';
import { create } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { impliedMission, liveCounts } from '../../activity/missions/founding.ts';
import type { MissionItem } from '../../activity/missions/items.ts';
import { dueAtOf, groupDue } from '../core/change.ts';
import type { GroupItem, MembershipItem } from '../core/items.ts';
import { counted, membershipOf } from '../core/members.ts';
import { kinds, mostSeats, noEnd, periodErrors, statusOn } from '../core/rules.ts';
import { detailOf, locationOf, ownViewOf, statusOfSummary, summaryViewOf, viewOf } from '../core/view.ts';
import type { contract } from './contract.ts';
import { refusePeriod, refuseSeats } from './refusals.ts';

type Routes = typeof contract.routes;

/** Rows 20-26. The group, its leader's seat and its first mission are one transaction; lists follow by the stream (`relist`). */
export async function createGroup(
  { body, account, locale, now }: RouteRequest<Routes['createGroup']>,
  { table, environment }: Kernel,
): Promise<Answer<Routes['createGroup']>> {
  const { accountId } = account;
  if (kinds[body.kind].foundedBy === 'ADMIN') await adminOf(table, { account, now });
  const group = newGroup(body, accountId, environment, locale, now);
  const answer = { body: viewOf(group, now), location: locationOf(group), version: group.version };
  const use = charged({ limit: 'foundGroup', subject: accountId }, now);
  await table.commit([foundingWrites(group, now), use], answer);
  return answer;
}

type Body = RouteRequest<Routes['createGroup']>['body'];
type Founding = Body & { readonly startDate: string };

/**
 * A group as somebody wants it, before it is written.
 *
 * @throws Problem INVALID_PERIOD, and INVALID_REQUEST for seats that its kind cannot have
 */
export function newGroup(
  body: Body,
  leaderId: string,
  environment: Environment,
  locale: Locale,
  now: number,
): GroupItem {
  const today = localDay(now, body.timeZone);
  const { kind, startDate = today, endDate, recruitUntil } = body;
  refusePeriod(periodErrors(kind, { startDate, endDate, recruitUntil }, today), locale);
  const group = foundedGroup({ ...body, startDate }, leaderId, environment, now);
  const [min] = kinds[kind].seats;
  if (group.capacity < min || group.capacity > mostSeats(kind, false)) refuseSeats(locale);
  return group;
}

/** The part of a body that was given. */
export const given = <T extends object>(body: T) =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as {
    readonly [Name in keyof T]: Exclude<T[Name], undefined>;
  };

/** A group as its kind and its founder want it. */
function foundedGroup(body: Founding, leaderId: string, { GROUP_APPROVAL }: Environment, now: number): GroupItem {
  const rule = kinds[body.kind];
  const { audience, ...rest } = body;
  const group: GroupItem = {
    ...given(rest),
    groupId: newId(now),
    ...(audience ? { audience } : {}),
    status: 'RECRUITING',
    endDate: body.endDate ?? noEnd,
    capacity: body.capacity ?? rule.seats[2],
    memberCount: 1,
    joinPolicy: body.joinPolicy ?? rule.joinPolicy,
    visibility: body.visibility ?? rule.visibility,
    approval: body.approval ?? rule.approval,
    ...(GROUP_APPROVAL === 'on'
      ? { approvalStatus: 'PENDING', waitingFor: 'APPROVAL' }
      : { approvalStatus: 'APPROVED' }),
    paid: false,
    likes: 0,
    leaderId,
    version: 1,
    createdAt: iso(now),
  };
  const begun: GroupItem = { ...group, status: statusOn(localDay(now, group.timeZone), group) };
  const dueAt = dueAtOf(begun, now);
  return dueAt === undefined ? begun : { ...begun, dueAt };
}

/**
 * Everything that founding a group writes. Refused where its kind is for administrators alone (NOT_FOUND), or its
 * leader is in as many of the kind as one may be (GROUP_LIMIT).
 *
 * @param missions its first missions: unless given, the one that its frequency implies
 */
export function foundingWrites(
  group: GroupItem,
  now: number,
  missions: readonly MissionItem[] = firstMissions(group, now),
): Part[] {
  const { leaderId: accountId, kind } = group;
  return [
    kinds[kind].foundedBy === 'ADMIN' && stillAdmin(accountId),
    or('GROUP_LIMIT', counted(kind, accountId, 1)),
    create('Group', { ...group, ...liveCounts(missions) }),
    groupDue(undefined, group),
    create('Membership', { ...membershipOf(group, accountId, 'LEADER', now), founded: true }),
    missions.map((mission) => create('Mission', mission)),
  ];
}

const firstMissions = ({ frequency, ...group }: GroupItem, now: number): MissionItem[] =>
  frequency ? [impliedMission({ ...group, frequency }, now)] : [];

export async function getGroup(
  { params: { groupId }, now }: RouteRequest<Routes['getGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['getGroup']>> {
  const group = seen(await table.get('Group', { groupId }), isPublic);
  return { body: detailOf(group, now), version: group.version };
}

export async function getOwnGroup(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['getOwnGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['getOwnGroup']>> {
  const { group, member } = await memberOf(table, groupId, accountId);
  return { body: ownViewOf(group, member, now), version: group.version };
}

/** Row 50: whether a membership belongs on a tab. */
function inTab(
  membership: MembershipItem,
  tab: NonNullable<RouteRequest<Routes['listOwnGroups']>['query']['tab']>,
  now: number,
): boolean {
  if (tab === 'FOUNDED') return membership.founded === true;
  const status = statusOfSummary(membership.group, now);
  if (tab === 'NOT_STARTED') return status === 'RECRUITING';
  return tab === 'IN_PROGRESS' ? status === 'IN_PROGRESS' : status === 'FINISHED' || status === 'COMPLETED';
}

/** Row 50, in one request: a membership carries what the list shows of its group. */
export async function listOwnGroups(
  { query: { tab, limit, cursor }, account: { accountId }, now }: RouteRequest<Routes['listOwnGroups']>,
  { table }: Kernel,
): Promise<Answer<Routes['listOwnGroups']>> {
  const options = { limit, cursor, newestFirst: true, binding: tab ?? '' };
  const page = await table.query('groupsOfAccount', { accountId }, options);
  const wanted = page.items.filter((each) => each.state === 'ACTIVE' && (!tab || inTab(each, tab, now)));
  const items = wanted.map((each) => ({ group: summaryViewOf(each, now), role: each.role, joinedAt: each.joinedAt }));
  return { body: { items, nextCursor: page.nextCursor } };
}
