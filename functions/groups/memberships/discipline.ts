/** Warning, removing and readmitting members (rows 31, 46, 47). */
import { memberWho, seen, stillMay, stillMember, unchanged } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, is } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { or, type Part, ref, type Table } from '../../../shared/data/table.ts';
import { drop, patch, upsert } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { peopleOf } from '../../accounts/accounts/people.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import { applicationRef, endedByKick } from '../core/application.ts';
import { departureWrites } from '../core/departure.ts';
import type { ApplicationItem, GroupItem, MembershipItem } from '../core/items.ts';
import { counted } from '../core/members.ts';
import type { contract, MemberKicked, MemberWarned } from './contract.ts';
import { memberNews } from './news.ts';
import { warnedOnce } from './rules.ts';

type Routes = typeof contract.routes;

export async function kickMember(
  { params, body: { reason }, account: { accountId: by }, now }: RouteRequest<Routes['kickMember']>,
  { table, tally }: Kernel,
): Promise<Answer<Routes['kickMember']>> {
  await tally.count({ limit: 'tellMember', subject: `${by}:${params.accountId}` }, now);
  const found = await subjectOf(table, params, by);
  await table.commit(
    [stillMay('discipline', params.groupId, by), kickWrites(found, { by, reason, before: 'ACTIVE', now })],
    noContent,
  );
  return noContent;
}

/** Row 47. Simultaneous warnings are counted one after another: each starts from the count that the last one left. */
export async function warnMember(
  { params, body: { reason }, account: { accountId: by }, now }: RouteRequest<Routes['warnMember']>,
  { table, tally }: Kernel,
): Promise<Answer<Routes['warnMember']>> {
  await tally.count({ limit: 'tellMember', subject: `${by}:${params.accountId}` }, now);
  const found = await subjectOf(table, params, by);
  const { member, group } = found;
  const { groupId, accountId } = params;
  const { title } = group;
  const known = member.warnings ?? 0;
  const before = known === 0 ? 'ACTIVE' : `WARNED:${known}`;
  const { warnings, kicked } = warnedOnce(known);
  const asCounted = known === 0 ? absent('warnings') : is('warnings', known);
  const answer = { body: { warnings, kicked } };
  await table.commit(
    [
      stillMay('discipline', groupId, by),
      stillMember(groupId, accountId),
      // Another warning may come first. Then this one is decided again.
      or(overtaken, patch('Membership', params, { set: { warnings } }, allOf(unchanged(member), asCounted))),
      kicked
        ? kickWrites(found, { by, reason, before, now })
        : decided(now, {
            scopeId: groupId,
            by,
            subject: `member:${accountId}`,
            before,
            after: `WARNED:${warnings}`,
            reason,
          }),
      tell(memberNews.warned, now, {
        to: [accountId],
        by,
        title,
        count: String(warnings),
        reason,
        groupId,
        event: { event: 'member.warned', data: { ...params, count: warnings } satisfies MemberWarned },
      }),
    ],
    answer,
  );
  return answer;
}

/**
 * Rows 31, 46: a readmitted member counts as left, without warnings, and may rejoin even if the group does not allow
 * it.
 */
export async function liftKick(
  { params, account: { accountId: by }, now }: RouteRequest<Routes['liftKick']>,
  { table }: Kernel,
): Promise<Answer<Routes['liftKick']>> {
  const { groupId, accountId } = params;
  const found = await memberWho(table, 'discipline', groupId, by, {
    subject: ref('Membership', { groupId, accountId }),
  });
  const member = seen(found.subject, ({ state }) => state === 'KICKED');
  const readmitted = { set: { state: 'LEFT', readmitted: true }, remove: ['warnings'] } as const;
  await table.commit([
    stillMay('discipline', groupId, by),
    or('NOT_FOUND', patch('Membership', { groupId, accountId }, readmitted, is('state', 'KICKED'))),
    drop('Barred', { groupId, accountId }),
    decided(now, { scopeId: groupId, by, subject: `member:${accountId}`, before: member.state, after: 'LEFT' }),
  ]);
  return noContent;
}

/** Row 46: those whose removal may be lifted, with the names that they have now. */
export async function listBarred(
  {
    params: { groupId },
    query: { limit, cursor },
    account: { accountId: by },
    locale,
  }: RouteRequest<Routes['listBarred']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['listBarred']>> {
  const list = table.query('barredFromGroup', { groupId }, { limit, cursor });
  const [page] = await Promise.all([list, memberWho(table, 'discipline', groupId, by)]);
  const people = await peopleOf(
    table,
    page.items.map(({ accountId }) => accountId),
  );
  const items = page.items.map(async ({ accountId, since, reason }) => {
    const person = people.get(accountId);
    const nickname = person?.nickname ?? catalogOf(locale).unknownPerson;
    return { accountId, nickname, picture: await thumbnailOf(bucket, person?.picture), since, reason };
  });
  return { body: { items: await Promise.all(items), nextCursor: page.nextCursor } };
}

interface Subject {
  readonly group: GroupItem;
  readonly member: MembershipItem;
  readonly application: ApplicationItem | undefined;
}

/**
 * The member to discipline. Needs the power to do so.
 *
 * @throws Problem OWN_DECISION for oneself, NOT_APPLICABLE for the leader
 */
async function subjectOf(
  table: Table,
  { groupId, accountId }: { readonly groupId: string; readonly accountId: string },
  by: string,
): Promise<Subject> {
  const { group, subject, application } = await memberWho(table, 'discipline', groupId, by, {
    subject: ref('Membership', { groupId, accountId }),
    application: applicationRef(groupId, accountId),
  });
  const member = seen(subject, ({ state }) => state === 'ACTIVE');
  if (accountId === by) throw new Problem('OWN_DECISION');
  if (member.role === 'LEADER') throw new Problem('NOT_APPLICABLE');
  return { group, member, application };
}

/** All writes of a removal: the membership, the seat, the application that led to it, the record and the news. */
function kickWrites(
  { group, member, application }: Subject,
  { by, reason, before, now }: { by: string; reason: string; before: string; now: number },
): Part[] {
  const { groupId, title } = group;
  const { accountId } = member;
  const event = (why: string | null) => ({
    event: 'member.kicked',
    data: { groupId, accountId, reason: why } satisfies MemberKicked,
  });
  return [
    stillMember(groupId, accountId),
    departureWrites(group, member, 'KICKED', now),
    upsert('Barred', { groupId, accountId }, { set: { since: iso(now), reason } }),
    or(overtaken, counted(group.kind, accountId, -1)),
    endedByKick(application, now),
    decided(now, { scopeId: groupId, by, subject: `member:${accountId}`, before, after: 'KICKED', reason }),
    tell(memberNews.kicked, now, { to: [accountId], by, title, reason, groupId, event: event(reason) }),
    tell(memberNews.memberKicked, now, {
      toMembersOf: groupId,
      by,
      person: accountId,
      title,
      groupId,
      event: event(null),
    }),
  ];
}
