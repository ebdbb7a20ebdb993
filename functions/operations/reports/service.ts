import { adminOf, memberOf, memberWhoOrAdmin, stillMember } from '../../../shared/access/access.ts';
import { iso } from '../../../shared/core/time.ts';
import { decided } from '../../../shared/data/decision.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { byItself, tell } from '../../../shared/data/outbox.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import type { Write } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { hasReported, hiddenWrite, idIn, kindOf, thereStill, thingRef } from '../../activity/written/reported.ts';
import { one, readAlong } from '../../activity/written/seen.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import type { contract } from './contract.ts';
import { decidable } from './deciding.ts';
import { caseRef, countedOnce, file } from './filing.ts';
import { reportNews } from './news.ts';
import { decidedState, type LeadersNews, waitingPlace } from './rules.ts';
import { closed, stateOf } from './store.ts';
import { viewsOf } from './view.ts';

type Routes = typeof contract.routes;

/** Row 83. */
export async function report(
  { params: { groupId }, body, account: { accountId }, locale, now }: RouteRequest<Routes['report']>,
  { table }: Kernel,
): Promise<Answer<Routes['report']>> {
  const { subject, reason, text } = body;
  const found = await memberOf(table, groupId, accountId, {
    ...readAlong(accountId, groupId),
    thing: thingRef(groupId, subject),
    known: caseRef(groupId, subject),
  });
  if (hasReported(found.reported, subject)) return countedOnce(table, accountId, groupId);
  const thing = one(kindOf(subject), found.thing, found);
  if (thing.accountId === accountId) {
    const errors = [{ pointer: '/subject', reason: catalogOf(locale).fields.ownThing }];
    throw new Problem('INVALID_REQUEST', { errors });
  }
  const { group } = found;
  const waitingIn = waitingPlace(groupId, thing.accountId, group.leaderId);
  return file(
    table,
    {
      ...{ groupId, subject, authorId: thing.accountId, waitingIn, reporterId: accountId, reason, text },
      still: stillMember(groupId, accountId),
      thing: (third) => (third ? hiddenWrite(groupId, subject, iso(now)) : thereStill(groupId, subject)),
      // Only those who can decide on it: what the leader wrote is for administrators, who have a list of what waits.
      tell: (news) =>
        waitingIn === groupId && group.leaderId !== accountId ? tellLeader(group, news, now) : undefined,
    },
    found.known,
    now,
  );
}

/** In nobody's name: neither is the reporter told, nor is it lost where the leader has blocked them. */
const tellLeader = ({ groupId, leaderId, title }: GroupItem, news: LeadersNews, now: number): Write =>
  tell(reportNews[news], now, { to: [leaderId], by: byItself, title, groupId });

export async function listReports(
  { params: { groupId }, query, account, locale, now }: RouteRequest<Routes['listReports']>,
  { table }: Kernel,
): Promise<Answer<Routes['listReports']>> {
  const [page] = await Promise.all([
    casesIn(table, groupId, query),
    memberWhoOrAdmin(table, 'hideReported', groupId, { account, now }),
  ]);
  // Somebody may lead the group by now who wrote what was reported.
  const items = page.items.filter(({ authorId }) => authorId !== account.accountId);
  return { body: { items: await viewsOf(table, items, locale), nextCursor: page.nextCursor } };
}

export async function listReportsOfLeaders(
  { query, account, locale, now }: RouteRequest<Routes['listReportsOfLeaders']>,
  { table }: Kernel,
): Promise<Answer<Routes['listReportsOfLeaders']>> {
  const [page] = await Promise.all([casesIn(table, 'ADMIN', query), adminOf(table, { account, now })]);
  return { body: { items: await viewsOf(table, page.items, locale), nextCursor: page.nextCursor } };
}

/** A decision on a thing holds whatever reports came before it; a report that comes at the same moment looks anew. */
export async function decideReport(
  { params: { groupId }, body, account, account: { accountId }, now }: RouteRequest<Routes['decideReport']>,
  { table }: Kernel,
): Promise<Answer<Routes['decideReport']>> {
  const { subject, decision, reason } = body;
  const found = await memberWhoOrAdmin(
    table,
    'hideReported',
    groupId,
    { account, now },
    {
      thing: thingRef(groupId, subject),
      known: caseRef(groupId, subject),
    },
  );
  const { still, thing } = found;
  const before = decidable(found.known, accountId, decision);

  const state = decidedState(decision);
  const answer = { body: { subject, state, decidedAt: iso(now) } } as const;
  const hiddenAt = state === 'HIDDEN' ? (thing?.hiddenAt ?? iso(now)) : undefined;
  await table.commit(
    [
      still,
      or('ALREADY_DECIDED', closed(before, state, accountId, now)),
      // If its author has deleted it meanwhile, the case is only put away.
      thing && or(overtaken, hiddenWrite(groupId, subject, hiddenAt)),
      decided(now, {
        scopeId: groupId,
        by: accountId,
        subject: `${kindOf(subject)}:${idIn(subject)}`,
        authorId: before.authorId,
        before: stateOf(before),
        after: state,
        reason,
      }),
    ],
    answer,
  );
  return answer;
}

const casesIn = (table: Table, waitingIn: string, page: { limit: number; cursor?: string | undefined }) =>
  table.query('casesIn', { waitingIn }, { ...page, newestFirst: true });
