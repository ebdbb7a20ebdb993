import { isAdmin, memberOf, seen } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { newId } from '../../../shared/core/ids.ts';
import type { Environment } from '../../../shared/core/platform.ts';
import { iso, localDay } from '../../../shared/core/time.ts';
import { absent, anyOf, below } from '../../../shared/data/conditions.ts';
import { charged, tooMany, type Use } from '../../../shared/data/quota.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import type { Refusal } from '../../../shared/data/transaction.ts';
import { check, create, patch, type Write } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { impliedMission } from '../../activity/missions/service.ts';
import { dueOf } from '../core/change.ts';
import type { GroupItem, MembershipItem } from '../core/items.ts';
import { relisted } from '../core/listing.ts';
import { isPublic, kinds, mostSeats, noEnd, periodErrors, statusOn } from '../core/rules.ts';
import type { Kind } from '../core/values.ts';
import {
  detailOf,
  inTab,
  memberships,
  refusePeriod,
  refuseSeats,
  summaryOf,
  summaryViewOf,
  viewOf,
} from '../core/view.ts';
import type { contract } from './contract.ts';

type Routes = typeof contract.routes;

/** Rows 20-26. The group, its leader's seat, its first mission and its places in the lists are one transaction. */
export async function createGroup(
  { body, account: { accountId }, locale, now }: RouteRequest<Routes['createGroup']>,
  { table, environment }: Kernel,
): Promise<Answer<Routes['createGroup']>> {
  const group = newGroup(body, accountId, environment, locale, now);
  const answer = { body: viewOf(group, now), location: `/v1/groups/${group.groupId}`, version: group.version };
  const use: Use = { limit: 'foundGroup', subject: accountId };
  const refused = await table.commit<string>({ ...foundingWrites(group, now), use: charged(use, now) }, answer);
  if (refused) throw foundingRefusal(refused, use, now);
  return answer;
}

/** Why a group was not founded: what is refused of `foundingWrites`, or else the use that was charged with them. */
export function foundingRefusal(refused: Refusal<string>, use: Use, now: number): Problem {
  if (refused.admin) return new Problem('NOT_FOUND');
  return refused.count ? new Problem('GROUP_LIMIT') : tooMany(use, now);
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

/** A group as its kind and its founder want it. */
function foundedGroup(body: Founding, leaderId: string, { GROUP_APPROVAL }: Environment, now: number): GroupItem {
  const rule = kinds[body.kind];
  const group: GroupItem = {
    ...body,
    groupId: newId(now),
    audience: body.audience ?? undefined,
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
  } as never;
  const begun: GroupItem = { ...group, status: statusOn(localDay(now, group.timeZone), group) };
  return { ...begun, ...dueOf(begun, now) };
}

/** Everything that founding a group writes. `admin` and `count` are refused where its kind does not allow it. */
export function foundingWrites(group: GroupItem, now: number): Record<string, Write | undefined> {
  const { leaderId: accountId, frequency } = group;
  const leader: MembershipItem = { ...membershipOf(group, accountId, 'LEADER', now), founded: true };
  return {
    group: create('Group', { ...group }),
    leader: create('Membership', { ...leader }),
    mission: frequency ? impliedMission({ ...group, frequency }, now) : undefined,
    admin: kinds[group.kind].foundedBy === 'ADMIN' ? check('Account', { accountId }, isAdmin) : undefined,
    count: counted(group.kind, accountId, 1),
    ...relisted(undefined, group, now),
  };
}

/** A new membership, with what the member's own list shows of the group. */
export const membershipOf = (
  group: GroupItem,
  accountId: string,
  role: MembershipItem['role'],
  now: number,
): MembershipItem => ({
  groupId: group.groupId,
  accountId,
  role,
  state: 'ACTIVE',
  joinedAt: iso(now),
  presentIn: group.groupId,
  group: summaryOf(group),
});

/** Row 26: counts somebody in or out of the groups of a kind, where there is a limit; refused at the limit. */
export function counted(kind: Kind, accountId: string, by: 1 | -1): Write | undefined {
  const { perAccount } = kinds[kind];
  if (perAccount === undefined) return undefined;
  const name = `groups${kind}`;
  const room = by > 0 ? anyOf(absent(name), below(name, perAccount)) : undefined;
  return patch('Account', { accountId }, { add: { [name]: by, moves: 1 } }, room);
}

export async function getGroup(
  { params: { groupId }, now }: RouteRequest<Routes['getGroup']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['getGroup']>> {
  const group = seen(await table.get<GroupItem>('Group', { groupId }), isPublic);
  return { body: await detailOf(bucket, group, now), version: group.version };
}

export async function getOwnGroup(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['getOwnGroup']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['getOwnGroup']>> {
  const found = await memberOf(table, groupId, accountId, {
    group: ref<GroupItem>('Group', { groupId }),
    member: ref<MembershipItem>('Membership', { groupId, accountId }),
  });
  const { group, member } = found as unknown as { group: GroupItem; member: MembershipItem };
  const { role, joinedAt, warnings = 0 } = member;
  const { notice = null, leaderId, planId = null, version } = group;
  const detail = await detailOf(bucket, group, now);
  return { body: { group: detail, role, joinedAt, warnings, notice, leaderId, planId }, version };
}

/** Row 50, in one request: a membership carries what the list shows of its group. */
export async function listOwnGroups(
  { query: { tab, limit, cursor }, account: { accountId }, now }: RouteRequest<Routes['listOwnGroups']>,
  { table }: Kernel,
): Promise<Answer<Routes['listOwnGroups']>> {
  const options = { limit, cursor, newestFirst: true, binding: tab ?? '' };
  const page = await table.query<MembershipItem, 'groupsOfAccount'>('groupsOfAccount', { accountId }, options);
  const wanted = page.items.filter((each) => each.state === 'ACTIVE' && (!tab || inTab(each, tab, now)));
  const items = wanted.map((each) => ({ group: summaryViewOf(each, now), role: each.role, joinedAt: each.joinedAt }));
  return { body: { items, nextCursor: page.nextCursor } };
}

/** What somebody's leaving is judged by: their part in each of their groups. */
export const leadershipsOf = async (table: Table, accountId: string, now: number) =>
  (await memberships(table, accountId)).flatMap(({ membership: { role, state }, group }) =>
    group
      ? [
          {
            role,
            state,
            memberCount: group.memberCount,
            endsOn: group.endDate,
            today: localDay(now, group.timeZone),
            deleted: group.deletedAt !== undefined,
          },
        ]
      : [],
  );
