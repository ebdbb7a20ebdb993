/** Warning, removing and readmitting members (rows 31, 46, 47). */
import { has, memberWho, seen, unchanged } from '../../../shared/access/access.ts';
import { absent, allOf, is } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { outbox } from '../../../shared/data/outbox.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import type { Refusal } from '../../../shared/data/transaction.ts';
import { untilSettled } from '../../../shared/data/until-settled.ts';
import { check, patch, type Update, type Write } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { AccountItem } from '../../accounts/accounts/items.ts';
import { applicationRef, endedByKick } from '../core/application.ts';
import { departureWrites } from '../core/departure.ts';
import type { GroupItem, MembershipItem } from '../core/items.ts';
import { tellMembers } from '../core/members.ts';
import type { contract, MemberKicked, MemberWarned } from './contract.ts';
import { warnedOnce } from './rules.ts';

type Routes = typeof contract.routes;
type Writes = Record<string, Write | undefined>;

export async function kickMember(
  { params, body: { reason }, account: { accountId: by }, now }: RouteRequest<Routes['kickMember']>,
  { table }: Kernel,
): Promise<Answer<Routes['kickMember']>> {
  const found = await subjectOf(table, params, by);
  const refused = await table.commit<string>(
    {
      ...kickWrites(found, { by, reason, before: 'ACTIVE', now }),
      judge: judge(params.groupId, by),
    },
    noContent,
  );
  if (refused) throw gone(refused);
  return noContent;
}

/** Row 47. Each warning is one of its own, however many come at once: the next begins where the one before ended. */
export async function warnMember(
  { params, body: { reason }, account: { accountId: by }, now }: RouteRequest<Routes['warnMember']>,
  { table }: Kernel,
): Promise<Answer<Routes['warnMember']>> {
  return untilSettled(async () => {
    const found = await subjectOf(table, params, by);
    const { member, group } = found;
    const before = member.warnings ?? 0;
    const { warnings, kicked } = warnedOnce(before);
    const counted = before === 0 ? absent('warnings') : is('warnings', before);
    const change = { set: { warnings } };
    const answer = { body: { warnings, kicked } };
    const out = kicked ? kickWrites(found, { by, reason, before: `WARNED:${before}`, now }) : undefined;
    const refused = await table.commit<string>(
      {
        judge: judge(params.groupId, by),
        ...out,
        member: out
          ? joinedWith(out.member as Update, change.set, counted)
          : patch('Membership', params, change, allOf(unchanged(member), counted)),
        decision:
          out?.decision ??
          decided(now, {
            scopeId: params.groupId,
            by,
            subject: `member:${params.accountId}`,
            before: before === 0 ? 'ACTIVE' : `WARNED:${before}`,
            after: `WARNED:${warnings}`,
            reason,
          }),
        warned: outbox(now, {
          notice: 'WARNED',
          to: [params.accountId],
          actorId: by,
          values: { title: group.title, count: String(warnings), reason },
          link: { screen: 'group', groupId: params.groupId },
          event: { event: 'member.warned', data: { ...params, count: warnings } satisfies MemberWarned },
        }),
      },
      answer,
    );
    if (!refused) return answer;
    // Somebody else's warning came first, if they are a member still: this one comes after it.
    if (refused.judge || !refused.member || refused.member.item?.state !== 'ACTIVE') throw gone(refused);
    return undefined;
  });
}

/** Rows 31, 46: whoever is readmitted has left, with no warnings, and may come back whatever the group says of leaving. */
export async function liftKick(
  { params, account: { accountId: by }, now }: RouteRequest<Routes['liftKick']>,
  { table }: Kernel,
): Promise<Answer<Routes['liftKick']>> {
  const { groupId, accountId } = params;
  const found = await memberWho(table, 'discipline', groupId, by, {
    subject: ref('Membership', { groupId, accountId }),
  });
  const member = seen(found.subject, ({ state }) => state === 'KICKED');
  const refused = await table.commit({
    judge: judge(groupId, by),
    member: patch(
      'Membership',
      { groupId, accountId },
      { set: { state: 'LEFT', readmitted: true }, remove: ['warnings'] },
      is('state', 'KICKED'),
    ),
    decision: decided(now, {
      scopeId: groupId,
      by,
      subject: `member:${accountId}`,
      before: member.state,
      after: 'LEFT',
    }),
  });
  if (refused) throw new Problem('NOT_FOUND');
  return noContent;
}

interface Subject {
  readonly group: GroupItem;
  readonly member: MembershipItem;
  readonly account: AccountItem | undefined;
  readonly application: Parameters<typeof endedByKick>[0];
}

/** The member whom it is about, for those who may; never the leader, and nobody themselves. */
async function subjectOf(
  table: Table,
  { groupId, accountId }: { readonly groupId: string; readonly accountId: string },
  by: string,
): Promise<Subject> {
  const found = await memberWho(table, 'discipline', groupId, by, {
    group: ref('Group', { groupId }),
    subject: ref('Membership', { groupId, accountId }),
    account: ref('Account', { accountId }),
    application: applicationRef(groupId, accountId),
  });
  const { group, account, application } = found;
  const member = seen(found.subject, ({ state }) => state === 'ACTIVE');
  if (accountId === by) throw new Problem('OWN_DECISION');
  if (member.role === 'LEADER') throw new Problem('NOT_APPLICABLE');
  return { group, member, account, application };
}

const judge = (groupId: string, by: string) => check('Membership', { groupId, accountId: by }, has('discipline'));

/** Everything that a removal writes, whatever the cause: the seat, the application behind it, the record and the news. */
function kickWrites(
  { group, member, account, application }: Subject,
  { by, reason, before, now }: { by: string; reason: string; before: string; now: number },
): Writes {
  const { groupId, title } = group;
  const { accountId } = member;
  const nick = account?.nickname ?? catalogOf('ko').unknownPerson;
  const event = (why: string | null) => ({
    event: 'member.kicked',
    data: { groupId, accountId, reason: why } satisfies MemberKicked,
  });
  return {
    ...departureWrites(group, member, 'KICKED', now),
    application: endedByKick(application, now),
    decision: decided(now, { scopeId: groupId, by, subject: `member:${accountId}`, before, after: 'KICKED', reason }),
    kicked: outbox(now, {
      notice: 'KICKED',
      to: [accountId],
      actorId: by,
      values: { nick, title, reason },
      link: { screen: 'group', groupId },
      event: event(reason),
    }),
    others: tellMembers(group, 'MEMBER_KICKED', { nick, title }, by, now, event(null)),
  };
}

/** An update that sets more, under one condition more. */
const joinedWith = (write: Update, set: Readonly<Record<string, unknown>>, when: Update['when']): Update => ({
  ...write,
  changes: { ...write.changes, set: { ...write.changes.set, ...set } },
  when: allOf(write.when!, when!),
});

/** Why it did not happen: the right is gone, or the member; anything else was somebody else's change. */
const gone = (refused: Refusal<string>) =>
  refused.judge || (refused.member && refused.member.item?.state !== 'ACTIVE')
    ? new Problem('NOT_FOUND')
    : new Problem('TRY_AGAIN', { retryAfter: 1 });
