import { isAdmin, memberOf, memberWho, seen } from '../../shared/access/access.ts';
import type { Kernel } from '../../shared/adapters/kernel.ts';
import { newId } from '../../shared/core/ids.ts';
import type { Environment } from '../../shared/core/platform.ts';
import { type FieldError, Problem } from '../../shared/core/problems.ts';
import { iso, localDay, startOfDay } from '../../shared/core/time.ts';
import { absent, allOf, anyOf, atMost, below, is } from '../../shared/data/conditions.ts';
import { outbox } from '../../shared/data/outbox.ts';
import { charged, tooMany, type Use } from '../../shared/data/quota.ts';
import { ref, type Table } from '../../shared/data/table.ts';
import { check, create, moved, patch, type Write } from '../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../shared/http/exchange.ts';
import type { Locale } from '../../shared/messages/catalog.ts';
import { catalogOf } from '../../shared/messages/text.ts';
import { relisted } from '../discovery/listing.ts';
import { impliedMission } from '../missions/service.ts';
import type { contract } from './contract.ts';
import { isPublic, type Kind, kinds, mostSeats, nextChange, noEnd, type PeriodError, periodErrors } from './rules.ts';
import type { GroupItem, MembershipItem } from './store.ts';
import { inTab, memberships, summaryOf, summaryViewOf, viewOf } from './view.ts';

type Routes = typeof contract.routes;

/** Rows 20-26. The group, its leader's seat, its first mission and its places in the lists are one transaction. */
export async function createGroup(
  { body, account: { accountId }, locale, now }: RouteRequest<Routes['createGroup']>,
  { table, environment }: Kernel,
): Promise<Answer<Routes['createGroup']>> {
  const today = localDay(now, body.timeZone);
  const { kind, startDate = today, endDate, recruitUntil } = body;
  refuse(periodErrors(kind, { startDate, endDate, recruitUntil }, today), locale);
  const group = foundedGroup({ ...body, startDate }, accountId, environment, now);
  const [min] = kinds[kind].seats;
  if (group.capacity < min || group.capacity > mostSeats(kind, false))
    throw new Problem('INVALID_REQUEST', {
      errors: [{ pointer: '/capacity', reason: catalogOf(locale).fields.seats }],
    });
  const answer = { body: viewOf(group, now), location: `/v1/groups/${group.groupId}`, version: group.version };
  const use: Use = { limit: 'foundGroup', subject: accountId };
  const refused = await table.commit<string>({ ...foundingWrites(group, now), use: charged(use, now) }, answer);
  if (refused?.admin) throw new Problem('NOT_FOUND');
  if (refused?.count) throw new Problem('GROUP_LIMIT');
  if (refused) throw tooMany(use, now);
  return answer;
}

type Founding = RouteRequest<Routes['createGroup']>['body'] & { readonly startDate: string };

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
    status: 'RECRUITING',
    ...(GROUP_APPROVAL === 'on'
      ? { approvalStatus: 'PENDING', waitingFor: 'APPROVAL' }
      : { approvalStatus: 'APPROVED' }),
    paid: false,
    likes: 0,
    leaderId,
    version: 1,
    createdAt: iso(now),
  } as never;
  return { ...group, ...dueOf(group, now) };
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
  group: summaryOf(group),
});

/** Row 26: counts somebody in or out of the groups of a kind, where there is a limit; refused at the limit. */
export function counted(kind: Kind, accountId: string, by: 1 | -1): Write | undefined {
  const { perAccount } = kinds[kind];
  if (perAccount === undefined) return undefined;
  const name = `groups${kind}`;
  const room = by > 0 ? anyOf(absent(name), below(name, perAccount)) : undefined;
  return patch('Account', { accountId }, { add: { [name]: by } }, room);
}

/** When the group's dates next change something, and where the job looks for it. */
export function dueOf(group: GroupItem, now: number): Pick<GroupItem, 'dueAt' | 'dueShard'> {
  const day = nextChange(localDay(now, group.timeZone), group);
  if (day === undefined || group.deletedAt) return {};
  return { dueAt: iso(startOfDay(day, group.timeZone)), dueShard: group.groupId.slice(-1) };
}

/** The shards of `groupsDue`: the last digit of a group's id. */
export const dueShards = [...'0123456789abcdef'];

export async function getGroup(
  { params: { groupId }, now }: RouteRequest<Routes['getGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['getGroup']>> {
  const group = seen(await table.get<GroupItem>('Group', { groupId }), isPublic);
  return { body: viewOf(group, now), version: group.version };
}

export async function getOwnGroup(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['getOwnGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['getOwnGroup']>> {
  const found = await memberOf(table, groupId, accountId, {
    group: ref<GroupItem>('Group', { groupId }),
    member: ref<MembershipItem>('Membership', { groupId, accountId }),
  });
  const { group, member } = found as unknown as { group: GroupItem; member: MembershipItem };
  const { role, joinedAt, warnings = 0 } = member;
  const { notice = null, leaderId, version } = group;
  return { body: { group: viewOf(group, now), role, joinedAt, warnings, notice, leaderId }, version };
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

/** Rows 24, 25, 48, 49: what stands there must be what was read, and the members must fit into the seats. */
export async function editGroup(
  { params: { groupId }, body, account: { accountId }, locale, now, ifMatch }: RouteRequest<Routes['editGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['editGroup']>> {
  const found = await memberWho(table, 'editGroup', groupId, accountId, {
    group: ref<GroupItem>('Group', { groupId }),
  });
  const before = found.group as unknown as GroupItem;
  if (ifMatch !== undefined && ifMatch !== before.version) throw new Problem('PRECONDITION_FAILED');
  const today = localDay(now, before.timeZone);
  if (body.endDate !== undefined && (body.endDate <= today || body.endDate < before.endDate))
    refuse([{ pointer: '/endDate', reason: 'endOnlyLater' }], locale);
  if (body.recruitUntil && (body.recruitUntil > before.startDate || body.recruitUntil < today))
    refuse([{ pointer: '/recruitUntil', reason: 'deadlineAfterStart' }], locale);
  const capacity = body.capacity ?? before.capacity;
  if (capacity < before.memberCount) throw new Problem('CAPACITY_BELOW_MEMBERS');
  if (capacity > mostSeats(before.kind, before.paid)) throw new Problem('NOT_APPLICABLE');

  const named = Object.entries(body).filter(([, value]) => value !== undefined);
  const gone = named.filter(([, value]) => value === null).map(([name]) => name);
  if (body.category && body.category !== 'ETC') gone.push('customCategory');
  const set = Object.fromEntries(named.filter(([, value]) => value !== null));
  const kept = Object.entries(before).filter(([name]) => !gone.includes(name));
  const edited = { ...Object.fromEntries(kept), ...set, version: before.version + 1 } as unknown as GroupItem;
  const after = { ...edited, ...dueOf(edited, now) };
  const extended = after.endDate !== before.endDate;
  const refused = await table.commit<string>({
    group: patch(
      'Group',
      { groupId },
      {
        set: {
          ...set,
          version: after.version,
          ...(after.dueAt ? { dueAt: after.dueAt, ...moved('Group', { ...after }) } : {}),
        },
        remove: gone,
      },
      allOf(is('version', before.version), atMost('memberCount', capacity)),
    ),
    ...relisted(before, after, now),
    notice: extended
      ? outbox(now, {
          notice: 'GROUP_EXTENDED',
          to: [],
          toMembersOf: groupId,
          actorId: accountId,
          values: { title: after.title, date: after.endDate },
          link: { screen: 'group', groupId },
        })
      : undefined,
  });
  if (refused?.group?.item?.version === before.version) throw new Problem('CAPACITY_BELOW_MEMBERS');
  if (refused) throw new Problem('PRECONDITION_FAILED');
  return { body: viewOf(after, now), version: after.version };
}

/** Refuses a period with the fields that are wrong, in the caller's language. */
function refuse(errors: readonly (PeriodError | { pointer: string; reason: 'endOnlyLater' })[], locale: Locale): void {
  if (errors.length === 0) return;
  const { fields } = catalogOf(locale);
  const told: FieldError[] = errors.map(({ pointer, reason }) => ({ pointer, reason: fields[reason] }));
  throw new Problem('INVALID_PERIOD', { errors: told });
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
