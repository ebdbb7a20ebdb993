import { adminOf, groupSeenBy, memberOf, seen, stillAdmin } from '../../../shared/access/access.ts';
import { activeAccount } from '../../../shared/access/accounts.ts';
import { may } from '../../../shared/access/powers.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { iso, localDay } from '../../../shared/core/time.ts';
import { decided } from '../../../shared/data/decision.ts';
import { type Page, ref, type Table } from '../../../shared/data/table.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import { isOnline, presenceRef } from '../../talking/connections/presence.ts';
import { acceptedByEntry, applicationRef } from '../core/application.ts';
import { leavingWrites } from '../core/departure.ts';
import { entryWrites, requireEntry } from '../core/entry.ts';
import type { MembershipItem } from '../core/items.ts';
import { namedIn, type People, rosterOf } from '../core/roster.ts';
import { joinRefusal, pastOf } from '../core/rules.ts';
import type { contract } from './contract.ts';

type Routes = typeof contract.routes;

/** The read says why somebody may not join; the write alone decides who gets the last seat. */
export async function joinGroup(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['joinGroup']>,
  { table, tally }: Kernel,
): Promise<Answer<Routes['joinGroup']>> {
  await tally.count({ limit: 'join', subject: accountId }, now);
  const { group, member } = await groupSeenBy(table, groupId, accountId);
  const reason = joinRefusal(localDay(now, group.timeZone), group, pastOf(member));
  if (reason) throw new Problem(reason);

  // A club that took applications before lets everybody in now.
  const application = member?.state === 'PENDING' ? await table.get('Application', { groupId, accountId }) : undefined;
  const answer = joined(groupId, accountId, now);
  const writes = [entryWrites(group, { accountId, entered: 'JOINED', member }, now), acceptedByEntry(application, now)];
  await table.commit(writes, answer);
  return answer;
}

/** Row 20: what only administrators do, and what they may do with every other way too. */
export async function addMember(
  { params: { groupId, accountId }, account, account: { accountId: by }, now }: RouteRequest<Routes['addMember']>,
  { table }: Kernel,
): Promise<Answer<Routes['addMember']>> {
  const found = await adminOf(
    table,
    { account, now },
    {
      group: ref('Group', { groupId }),
      member: ref('Membership', { groupId, accountId }),
      account: ref('Account', { accountId }),
      application: applicationRef(groupId, accountId),
    },
  );
  const group = seen(found.group, ({ deletedAt }) => !deletedAt);
  activeAccount(found.account);
  if (accountId === by) throw new Problem('OWN_DECISION');
  const comer = { accountId, entered: 'ADDED', member: found.member } as const;
  requireEntry(group, comer, now);

  const answer = joined(groupId, accountId, now);
  await table.commit(
    [
      stillAdmin(by),
      entryWrites(group, comer, now),
      acceptedByEntry(found.application, now),
      decided(now, {
        scopeId: groupId,
        by,
        subject: `member:${accountId}`,
        before: found.member?.state ?? 'NONE',
        after: 'ACTIVE',
      }),
    ],
    answer,
  );
  return answer;
}

const joined = (groupId: string, accountId: string, now: number) => ({
  body: { groupId, accountId, role: 'MEMBER' as const, joinedAt: iso(now) },
  location: `/v1/groups/${groupId}/members`,
});

/** Row 43. The index holds those who are there, so a page is full; their names come beside it, who is online after it. */
export async function listMembers(
  { params: { groupId }, query, account: { accountId }, locale, now }: RouteRequest<Routes['listMembers']>,
  deps: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['listMembers']>> {
  const [page, { member: viewer }, roster] = await Promise.all([
    membersIn(deps.table, groupId, query),
    memberOf(deps.table, groupId, accountId),
    rosterOf(deps.table, groupId),
  ]);
  return { body: await memberPageOf(deps, page, { viewer, roster, locale, now }) };
}

/** A page of the members of a group, first joined first. */
export const membersIn = (
  table: Table,
  groupId: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<MembershipItem>> => table.query('presentMembers', { presentIn: groupId }, { limit, cursor });

interface Seen {
  /** The membership of the person who looks. */
  readonly viewer: MembershipItem;
  /** Names and pictures (`rosterOf`). */
  readonly roster: People;
  readonly locale: Locale;
  readonly now: number;
}

/** A page of members as one of them sees it. One request tells who is online, and one looks up names that the roster lacks. */
export async function memberPageOf(
  { table, bucket }: { readonly table: Table; readonly bucket: Bucket },
  page: Page<MembershipItem>,
  { viewer, roster, locale, now }: Seen,
) {
  const active = page.items.filter(({ state }) => state === 'ACTIVE');
  const ids = active.map((member) => member.accountId);
  const [presence, people] = await Promise.all([
    table.getAll(Object.fromEntries(ids.map((id) => [id, presenceRef(id)])), { eventual: true }),
    namedIn(table, roster, ids),
  ]);
  const items = active.map(async (member) => {
    const person = people.get(member.accountId);
    return {
      accountId: member.accountId,
      nickname: person?.nickname ?? catalogOf(locale).unknownPerson,
      picture: await thumbnailOf(bucket, person?.picture),
      role: member.role,
      joinedAt: member.joinedAt,
      online: isOnline(presence[member.accountId], now),
      warnings: may(viewer.role, 'discipline') ? (member.warnings ?? 0) : null,
    };
  });
  return { items: await Promise.all(items), nextCursor: page.nextCursor };
}

/** Row 44. Others may come, go or take the lead meanwhile: then it is looked at again. */
export async function leaveGroup(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['leaveGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['leaveGroup']>> {
  const { group, member } = await memberOf(table, groupId, accountId);
  await table.commit(await leavingWrites(table, group, member, { forGood: false, now }));
  return noContent;
}
