import { memberOf, memberWho, seen, stillMay } from '../../../shared/access/access.ts';
import { may } from '../../../shared/access/powers.ts';
import { allOf, is } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { answered, tell } from '../../../shared/data/outbox.ts';
import { or, type Part, ref } from '../../../shared/data/table.ts';
import { check, patch, revised, type Write } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import { type Excused, excusedIn, packedExcused } from '../../groups/core/excused-rules.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import { monthFreed } from '../missions/months.ts';
import { asExcused, askedExcuse, monthRefs, usedIn, viewOf } from './asking.ts';
import type { contract } from './contract.ts';
import type { ExcuseItem } from './items.ts';
import { excuseNews } from './news.ts';
import { daysByMonth, mayTakeBack, overlaps, rangeError } from './rules.ts';

type Routes = typeof contract.routes;

/** Row 119. The membership keeps the days that are granted: whatever reads it knows that the member is excused. */
export async function requestExcuse(
  { params: { groupId }, body, account: { accountId }, locale, now }: RouteRequest<Routes['requestExcuse']>,
  { table }: Kernel,
): Promise<Answer<Routes['requestExcuse']>> {
  const found = await memberOf(table, groupId, accountId, monthRefs(groupId, accountId, body));
  const { group, member } = found;
  const error = rangeError(body, groupDay(now, group));
  if (error)
    throw new Problem('INVALID_REQUEST', {
      errors: [{ pointer: error.pointer, reason: catalogOf(locale).fields[error.reason] }],
    });
  if (excusedIn(member).some((range) => overlaps(range, body))) throw new Problem('NOT_APPLICABLE');

  const asked = askedExcuse(group, member, { ...body, used: usedIn(found) }, now);
  const answer = { body: viewOf(asked.excuse), version: 1 };
  const { granted } = asked;
  await table.commit(
    [
      granted
        ? or(overtaken, excusedAs(member, granted))
        : or('NOT_FOUND', check('Membership', member, is('state', 'ACTIVE'))),
      asked.writes,
    ],
    answer,
  );
  return answer;
}

/** The membership with other excused days, if they are as they were read. */
function excusedAs(member: MembershipItem, ranges: readonly Excused[]): Write {
  const excused = packedExcused(ranges);
  const changes = excused === undefined ? { remove: ['excused' as const] } : { set: { excused } };
  return patch('Membership', member, changes, allOf(is('state', 'ACTIVE'), asExcused(member)));
}

export async function listExcuses(
  { params: { groupId }, query, account: { accountId } }: RouteRequest<Routes['listExcuses']>,
  { table }: Kernel,
): Promise<Answer<Routes['listExcuses']>> {
  const { state, limit, cursor } = query;
  const options = { limit, cursor, binding: state ?? '' };
  const [page, { member }] = await Promise.all([
    state
      ? table.query('excusesWaiting', { waitingIn: groupId }, options)
      : table.query('excusesOf', { accountId }, { ...options, between: [groupId, groupId] }),
    memberOf(table, groupId, accountId),
  ]);
  const judges = may(member.role, 'grantExcuses');
  if (state && !judges) return { body: { items: [], nextCursor: null } };
  return { body: { items: page.items.map(viewOf), nextCursor: page.nextCursor } };
}

export async function withdrawExcuse(
  { params, account: { accountId }, now }: RouteRequest<Routes['withdrawExcuse']>,
  { table }: Kernel,
): Promise<Answer<Routes['withdrawExcuse']>> {
  const found = await memberOf(table, params.groupId, accountId, { excuse: ref('Excuse', params) });
  const { group, member } = found;
  const before = seen(found.excuse, (each) => each.accountId === accountId);
  if (!mayTakeBack(before, groupDay(now, group))) throw new Problem('NOT_APPLICABLE');
  const { write } = revised('Excuse', before, { state: 'WITHDRAWN', waitingIn: undefined, askedBy: undefined });
  const rest = excusedIn(member).filter(({ excuseId }) => excuseId !== before.excuseId);
  await table.commit([
    or(overtaken, write),
    or(overtaken, excusedAs(member, rest)),
    before.free && [...daysByMonth(before)].map(([month, days]) => monthFreed(before, month, 'excused', days)),
    answered(before.askedBy, now),
  ]);
  return noContent;
}

export const grantExcuse = (request: RouteRequest<Routes['grantExcuse']>, deps: Kernel) =>
  decide(request, deps, undefined);

export const refuseExcuse = (request: RouteRequest<Routes['refuseExcuse']>, deps: Kernel) =>
  decide(request, deps, request.body.reason);

/** A decision with the days that it grants, its record and the news in one transaction. */
async function decide(
  { params, account: { accountId }, now }: Omit<RouteRequest<Routes['grantExcuse']>, 'query' | 'body'>,
  { table }: Kernel,
  refusal: string | undefined,
) {
  const { groupId } = params;
  const { group, ...found } = await memberWho(table, 'grantExcuses', groupId, accountId, {
    excuse: ref('Excuse', params),
  });
  const before = seen(found.excuse);
  if (before.accountId === accountId) throw new Problem('OWN_DECISION');
  if (before.state !== 'PENDING') throw new Problem('ALREADY_DECIDED');
  const state = refusal === undefined ? 'GRANTED' : 'REFUSED';
  const changes = { state, refusal, waitingIn: undefined, askedBy: undefined } as const;
  const { after, write } = revised('Excuse', before, changes);
  const member = await table.get('Membership', { groupId, accountId: before.accountId });
  const answer = { body: viewOf(after), version: after.version };
  await table.commit(
    [
      stillMay('grantExcuses', groupId, accountId),
      or(overtaken, write),
      state === 'GRANTED' && member?.state === 'ACTIVE' && or(overtaken, excusedAs(member, joined(member, before))),
      decided(now, {
        scopeId: groupId,
        by: accountId,
        subject: `excuse:${before.excuseId}`,
        authorId: before.accountId,
        before: before.state,
        after: state,
        reason: refusal,
      }),
      newsOf(group, before, accountId, refusal, now),
      answered(before.askedBy, now),
    ],
    answer,
  );
  return answer;
}

const joined = (member: MembershipItem, { excuseId, from, until }: ExcuseItem): Excused[] => [
  ...excusedIn(member),
  { excuseId, from, until },
];

function newsOf(group: GroupItem, excuse: ExcuseItem, by: string, reason: string | undefined, now: number): Part {
  const { from, until, groupId } = excuse;
  const telling = { to: [excuse.accountId], by, title: group.title, from, until, groupId };
  return reason === undefined
    ? tell(excuseNews.granted, now, telling)
    : tell(excuseNews.refused, now, { ...telling, reason });
}
