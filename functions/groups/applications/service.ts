import { has, memberWho, seen } from '../../../shared/access/access.ts';
import { iso, localDay } from '../../../shared/core/time.ts';
import { absent, allOf, is } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { outbox } from '../../../shared/data/outbox.ts';
import { charged, tooMany, type Use } from '../../../shared/data/quota.ts';
import { type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { check, checkIfThere } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { AccountItem } from '../../accounts/accounts/items.ts';
import type { ReviewScoreItem } from '../../activity/reviews/items.ts';
import { reputationView, reviewsAbout, scoreRef } from '../../activity/reviews/service.ts';
import { applicationRef, settled } from '../core/application.ts';
import { entryProblem, entryWrites, requireEntry } from '../core/entry.ts';
import type { ApplicationItem, GroupItem, MembershipItem } from '../core/items.ts';
import { isPublic, joinRefusal, pastOf } from '../core/rules.ts';
import type { contract } from './contract.ts';
import { applied } from './store.ts';

type Routes = typeof contract.routes;

/** Row 28. What is read says why somebody may not; one condition lets no two applications wait. */
export async function apply(
  { params: { groupId }, body: { message }, account: { accountId }, now }: RouteRequest<Routes['apply']>,
  { table }: Kernel,
): Promise<Answer<Routes['apply']>> {
  const found = await table.getAll({
    group: ref('Group', { groupId }),
    member: ref('Membership', { groupId, accountId }),
    account: ref('Account', { accountId }),
  });
  const account = seen(found.account, ({ status }) => status === 'ACTIVE');
  const group = seen(found.group, (each) => isPublic(each) || (found.member?.state === 'ACTIVE' && !each.deletedAt));
  const reason = joinRefusal(localDay(now, group.timeZone), group, pastOf(found.member), 'APPLY');
  if (reason) throw new Problem(reason);

  const application: ApplicationItem = { groupId, accountId, state: 'PENDING', message, appliedAt: iso(now) };
  const use: Use = { limit: 'apply', subject: accountId };
  const answer = { body: viewOf(application), location: '/v1/accounts/me/applications' };
  const refused = await table.commit(
    {
      application: applied(application),
      // A group that no longer takes applications, or is gone, gets none.
      group: check('Group', { groupId }, allOf(is('version', group.version), absent('deletedAt'))),
      // Who is removed at this moment does not wait to come back.
      member: checkIfThere('Membership', { groupId, accountId }, is('state', 'LEFT')),
      use: charged(use, now),
      notice: outbox(now, {
        notice: 'APPLICATION_RECEIVED',
        to: [group.leaderId],
        actorId: accountId,
        values: { nick: account.nickname, title: group.title },
        link: { screen: 'applications', groupId },
      }),
    },
    answer,
  );
  if (refused?.application) throw new Problem('ALREADY_APPLIED');
  if (refused?.group) throw new Problem('TRY_AGAIN', { retryAfter: 1 });
  if (refused?.member) throw new Problem(refused.member.item?.state === 'ACTIVE' ? 'ALREADY_MEMBER' : 'KICKED');
  if (refused) throw tooMany(use, now);
  return answer;
}

export async function listApplications(
  {
    params: { groupId },
    query: { state, limit, cursor },
    account: { accountId },
    locale,
  }: RouteRequest<Routes['listApplications']>,
  { table }: Kernel,
): Promise<Answer<Routes['listApplications']>> {
  const list = table.query('applicationsIn', { groupId, state }, { limit, cursor });
  const [page] = await Promise.all([list, memberWho(table, 'judgeApplications', groupId, accountId)]);
  // An index lags: what it still lists may have been decided.
  const items = page.items.filter((each) => each.state === state);
  return { body: { items: await receivedOf(table, items, locale), nextCursor: page.nextCursor } };
}

export async function listApplicantReviews(
  { params: { groupId, accountId }, query, account }: RouteRequest<Routes['listApplicantReviews']>,
  { table }: Kernel,
): Promise<Answer<Routes['listApplicantReviews']>> {
  const [page, { application }] = await Promise.all([
    reviewsAbout(table, accountId, query),
    memberWho(table, 'judgeApplications', groupId, account.accountId, {
      application: applicationRef(groupId, accountId),
    }),
  ]);
  // Of those who have applied, and as long as that is to be decided: the power is no way to look up anybody.
  seen(application, ({ state }) => state === 'PENDING');
  return { body: page };
}

export const acceptApplication = (request: RouteRequest<Routes['acceptApplication']>, deps: Kernel) =>
  decide(request, deps, 'ACCEPTED', undefined);

export const rejectApplication = (request: RouteRequest<Routes['rejectApplication']>, deps: Kernel) =>
  decide(request, deps, 'REJECTED', request.body.reason);

/** The decision, the seat, the record and the news are one transaction: of two who decide at once, one does. */
async function decide(
  {
    params: { groupId, accountId },
    account: { accountId: by },
    now,
  }: Omit<RouteRequest<Routes['acceptApplication']>, 'body'>,
  { table }: Kernel,
  state: 'ACCEPTED' | 'REJECTED',
  reason: string | undefined,
) {
  const found = await memberWho(table, 'judgeApplications', groupId, by, {
    group: ref('Group', { groupId }),
    application: applicationRef(groupId, accountId),
    applicant: ref('Membership', { groupId, accountId }),
    account: ref('Account', { accountId }),
  });
  const { group } = found;
  const before = seen(found.application);
  if (accountId === by) throw new Problem('OWN_DECISION');
  if (before.state !== 'PENDING') throw new Problem('ALREADY_DECIDED');
  const accepts = state === 'ACCEPTED';
  const comer = { accountId, member: found.applicant };
  if (accepts && found.account?.status !== 'ACTIVE') throw new Problem('NOT_APPLICABLE');
  if (accepts) requireEntry(group, comer, now);

  const after = { ...before, state, decidedAt: iso(now), ...(reason === undefined ? {} : { reason }) };
  const answer = { body: viewOf(after) };
  const refused = await table.commit<string>(
    {
      judge: check('Membership', { groupId, accountId: by }, has('judgeApplications')),
      application: settled(before, state, now, reason),
      ...(accepts ? entryWrites(group, comer, now) : {}),
      decision: decided(now, {
        scopeId: groupId,
        by,
        subject: `application:${accountId}`,
        before: 'PENDING',
        after: state,
        reason,
      }),
      notice: outbox(now, {
        notice: accepts ? 'APPLICATION_ACCEPTED' : 'APPLICATION_REJECTED',
        to: [accountId],
        actorId: by,
        values: { title: group.title },
        link: { screen: 'group', groupId },
      }),
    },
    answer,
  );
  if (refused?.judge) throw new Problem('NOT_FOUND');
  if (refused?.application) throw new Problem('ALREADY_DECIDED');
  if (refused) throw entryProblem(refused, group);
  return answer;
}

export async function listOwnApplications(
  { query: { limit, cursor }, account: { accountId } }: RouteRequest<Routes['listOwnApplications']>,
  { table }: Kernel,
): Promise<Answer<Routes['listOwnApplications']>> {
  const page = await ownApplications(table, accountId, { limit, cursor });
  const groups =
    page.items.length === 0
      ? {}
      : await table.getAll(Object.fromEntries(page.items.map(({ groupId }) => [groupId, ref('Group', { groupId })])));
  const items = page.items.map((each) => {
    const group = groups[each.groupId];
    return {
      ...viewOf(each),
      group: group && !group.deletedAt ? { id: group.groupId, kind: group.kind, title: group.title } : null,
    };
  });
  return { body: { items, nextCursor: page.nextCursor } };
}

export async function withdrawApplication(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['withdrawApplication']>,
  { table }: Kernel,
): Promise<Answer<Routes['withdrawApplication']>> {
  const application = seen(await table.get('Application', { groupId, accountId }));
  if (application.state === 'WITHDRAWN') return noContent;
  if (application.state !== 'PENDING') throw new Problem('ALREADY_DECIDED');
  const refused = await table.commit({ application: settled(application, 'WITHDRAWN', now) });
  if (refused && refused.application?.item?.state !== 'WITHDRAWN') throw new Problem('ALREADY_DECIDED');
  return noContent;
}

const ownApplications = (table: Table, accountId: string, page: { limit: number; cursor?: string | undefined }) =>
  table.query('applicationsOf', { accountId }, { ...page, newestFirst: true });

/** Applications as those see them who decide: names and what others think of the applicants, in one request for all. */
async function receivedOf(table: Table, applications: readonly ApplicationItem[], locale: Locale) {
  if (applications.length === 0) return [];
  const references = applications.flatMap(({ accountId }): [string, Reference<AccountItem & ReviewScoreItem>][] => [
    [`account ${accountId}`, ref('Account', { accountId })],
    [`score ${accountId}`, scoreRef(accountId) as Reference<AccountItem & ReviewScoreItem>],
  ]);
  const found = await table.getAll(Object.fromEntries(references));
  return applications.map((each) => ({
    ...viewOf(each),
    nickname: found[`account ${each.accountId}`]?.nickname ?? catalogOf(locale).unknownPerson,
    reputation: reputationView(found[`score ${each.accountId}`]),
  }));
}

const viewOf = ({ groupId, accountId, state, message, appliedAt, decidedAt, reason }: ApplicationItem) => ({
  groupId,
  accountId,
  state,
  message,
  appliedAt,
  decidedAt: decidedAt ?? null,
  reason: reason ?? null,
});
