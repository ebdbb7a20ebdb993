import { memberOf, memberWho, seen, stillMay } from '../../../shared/access/access.ts';
import { may } from '../../../shared/access/powers.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, is } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { answered, ask, tell } from '../../../shared/data/outbox.ts';
import { or, type Part, type Reference, ref } from '../../../shared/data/table.ts';
import { check, create, patch, revised, type Write } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import { type Excused, excusedIn, packedExcused } from '../../groups/core/excused-rules.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import { judgesOf } from '../../groups/core/managers.ts';
import type { MemberMonthItem } from '../missions/items.ts';
import { monthFreed, monthUsed } from '../missions/months.ts';
import type { contract } from './contract.ts';
import type { ExcuseItem } from './items.ts';
import { excuseNews } from './news.ts';
import { daysByMonth, isFree, mayTakeBack, overlaps, rangeError } from './rules.ts';

type Routes = typeof contract.routes;

/** Row 119. The membership keeps the days that are granted: whatever reads it knows that the member is excused. */
export async function requestExcuse(
  { params: { groupId }, body, account: { accountId }, locale, now }: RouteRequest<Routes['requestExcuse']>,
  { table }: Kernel,
): Promise<Answer<Routes['requestExcuse']>> {
  const { from, until, reason } = body;
  const found = await memberOf(table, groupId, accountId, monthRefs(groupId, accountId, body));
  const { group, member } = found;
  const error = rangeError(body, groupDay(now, group));
  if (error)
    throw new Problem('INVALID_REQUEST', {
      errors: [{ pointer: error.pointer, reason: catalogOf(locale).fields[error.reason] }],
    });
  const granted = excusedIn(member);
  if (granted.some((range) => overlaps(range, body))) throw new Problem('NOT_APPLICABLE');

  const months = found as { readonly [month: `month ${string}`]: MemberMonthItem | undefined };
  const used = (month: string) => months[`month ${month}`]?.excused ?? 0;
  const free = isFree(body, used, group.excusesNeedApproval ?? false);
  const excuseId = newId(now);
  const wanted: ExcuseItem = {
    ...{ groupId, excuseId, accountId, from, until, reason, version: 1, createdAt: iso(now) },
    ...(free ? { state: 'GRANTED', free } : { state: 'PENDING', waitingIn: groupId }),
  };
  const asking = free
    ? undefined
    : ask(excuseNews.requested, now, {
        ...{ to: judgesOf(group), by: accountId, title: group.title, from, until, groupId },
      });
  const excuse = asking ? { ...wanted, askedBy: asking.asked } : wanted;
  const answer = { body: viewOf(excuse), version: 1 };
  await table.commit(
    [
      free
        ? or(overtaken, excusedAs(member, [...granted, { excuseId, from, until }]))
        : or('NOT_FOUND', check('Membership', member, is('state', 'ACTIVE'))),
      free && usedDays(excuse),
      create('Excuse', excuse),
      asking?.write,
    ],
    answer,
  );
  return answer;
}

type MonthRefs = { readonly [month: `month ${string}`]: Reference<MemberMonthItem> };

/** The months of a range; of one that is too long, those that a range may have. */
function monthRefs(groupId: string, accountId: string, { from, until }: { from: string; until: string }): MonthRefs {
  if (until < from) return {};
  const last = until.slice(0, 7);
  const months = [...daysByMonth({ from, until: last > from.slice(0, 7) ? capped(from, until) : until }).keys()];
  return Object.fromEntries(
    months.map((month) => [`month ${month}`, ref('MemberMonth', { groupId, accountId, month })] as const),
  );
}

/** A later end is refused in any case. */
const capped = (from: string, until: string) => {
  const most = iso(Date.parse(`${from}T00:00:00Z`) + limits.excuse.mostDays * 86_400_000).slice(0, 10);
  return until < most ? until : most;
};

const usedDays = (excuse: ExcuseItem): Write[] =>
  [...daysByMonth(excuse)].flatMap(([month, days]) =>
    or(overtaken, monthUsed(excuse, month, 'excused', limits.excuse.freeDays, days)),
  );

/** The membership with other excused days, if they are as they were read. */
function excusedAs(member: MembershipItem, ranges: readonly Excused[]): Write {
  const excused = packedExcused(ranges);
  const asRead = member.excused === undefined ? absent('excused') : is('excused', member.excused);
  const changes = excused === undefined ? { remove: ['excused' as const] } : { set: { excused } };
  return patch('Membership', member, changes, allOf(is('state', 'ACTIVE'), asRead));
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
        ...{ scopeId: groupId, by: accountId, subject: `excuse:${before.excuseId}` },
        ...{ before: before.state, after: state, reason: refusal },
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

const viewOf = (excuse: ExcuseItem) => ({ ...excuse, id: excuse.excuseId, refusal: excuse.refusal ?? null });
