import { groupSeenBy, memberWho, seen, stillMay } from '../../../shared/access/access.ts';
import { isActive } from '../../../shared/access/accounts.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { iso, localDay } from '../../../shared/core/time.ts';
import { decided } from '../../../shared/data/decision.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { answered, tell } from '../../../shared/data/outbox.ts';
import { charged } from '../../../shared/data/quota.ts';
import type { ItemOf } from '../../../shared/data/registry.ts';
import { or, type Part, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { personOf } from '../../accounts/accounts/people.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import { reputationView, reviewsAbout, scoreRef } from '../../activity/reviews/service.ts';
import { profileItem, requireProfile, storedProfile } from '../clubs/applying.ts';
import { profileRef, profileViewOf } from '../clubs/service.ts';
import { applicationRef, applicationWrites, settled, waitEnded } from '../core/application.ts';
import { entryWrites, requireEntry } from '../core/entry.ts';
import type { ApplicationItem, GroupItem } from '../core/items.ts';
import { joinRefusal, pastOf } from '../core/rules.ts';
import type { contract } from './contract.ts';
import { applicationNews } from './news.ts';

type Routes = typeof contract.routes;

/** Row 28. The read says why somebody may not; one condition lets no two applications wait. */
export async function apply(
  {
    params: { groupId },
    body: { message, profile },
    account: { accountId },
    locale,
    now,
  }: RouteRequest<Routes['apply']>,
  { table }: Kernel,
): Promise<Answer<Routes['apply']>> {
  const { group, member } = await groupSeenBy(table, groupId, accountId);
  const reason = joinRefusal(localDay(now, group.timeZone), group, pastOf(member), 'APPLY');
  if (reason) throw new Problem(reason);
  requireProfile(group, profile, '/profile', locale);

  const { application, writes } = applicationWrites(group, { accountId, message, member }, now);
  const answer = { body: viewOf(application), location: '/v1/accounts/me/applications' };
  await table.commit(
    [
      writes,
      profile && storedProfile(profileItem(group, accountId, profile, now)),
      charged({ limit: 'apply', subject: accountId }, now),
    ],
    answer,
  );
  return answer;
}

export async function listApplications(
  {
    params: { groupId },
    query: { state, limit, cursor },
    account: { accountId },
    locale,
  }: RouteRequest<Routes['listApplications']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['listApplications']>> {
  const list = table.query('applicationsIn', { groupId, state }, { limit, cursor });
  const [page, { group }] = await Promise.all([list, memberWho(table, 'judgeApplications', groupId, accountId)]);
  return {
    body: { items: await receivedOf({ table, bucket }, group, page.items, locale), nextCursor: page.nextCursor },
  };
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
  // Only while the application waits: the power must not become a way to look up just anyone.
  seen(application, ({ state }) => state === 'PENDING');
  return { body: page };
}

export const acceptApplication = (request: RouteRequest<Routes['acceptApplication']>, deps: Kernel) =>
  decide(request, deps, 'ACCEPTED', undefined);

export const rejectApplication = (request: RouteRequest<Routes['rejectApplication']>, deps: Kernel) =>
  decide(request, deps, 'REJECTED', request.body.reason);

/** Row 13: a club says why it rejects somebody, as the deployment does. */
function requireReason({ kind }: GroupItem, reason: string | undefined, locale: Locale): void {
  if (kind !== 'CLUB' || reason !== undefined) return;
  const errors = [{ pointer: '/reason', reason: catalogOf(locale).fields.rejectionReason }];
  throw new Problem('INVALID_REQUEST', { errors });
}

/** The decision, the seat, the record and the news are one transaction: of two who decide at once, one does. */
async function decide(
  {
    params: { groupId, accountId },
    account: { accountId: by },
    locale,
    now,
  }: Omit<RouteRequest<Routes['acceptApplication']>, 'body'>,
  { table }: Kernel,
  state: 'ACCEPTED' | 'REJECTED',
  reason: string | undefined,
) {
  const found = await memberWho(table, 'judgeApplications', groupId, by, {
    application: applicationRef(groupId, accountId),
    applicant: ref('Membership', { groupId, accountId }),
    account: ref('Account', { accountId }),
  });
  const { group } = found;
  const before = seen(found.application);
  if (accountId === by) throw new Problem('OWN_DECISION');
  if (before.state !== 'PENDING') throw new Problem('ALREADY_DECIDED');
  const accepts = state === 'ACCEPTED';
  if (!accepts) requireReason(group, reason, locale);
  // Row 28: recruiting ends first, and then the leader chooses.
  const comer = { accountId, entered: 'ACCEPTED', member: found.applicant, inTime: true } as const;
  if (accepts && !isActive(found.account)) throw new Problem('NOT_APPLICABLE');
  if (accepts) requireEntry(group, comer, now);

  const after = { ...before, state, decidedAt: iso(now), ...(reason === undefined ? {} : { reason }) };
  const answer = { body: viewOf(after) };
  const news = accepts ? applicationNews.accepted : applicationNews.rejected;
  await table.commit(
    [
      stillMay('judgeApplications', groupId, by),
      or('ALREADY_DECIDED', settled(before, state, now, reason)),
      accepts ? entryWrites(group, comer, now) : waitEnded(before, group.kind, found.applicant),
      decided(now, {
        scopeId: groupId,
        by,
        subject: `application:${accountId}`,
        before: 'PENDING',
        after: state,
        reason,
      }),
      tell(news, now, { to: [accountId], by, title: group.title, groupId }),
      answered(before.askedBy, now),
      group.kind === 'CLUB' && decisionMail(group, found.account, { accepts, reason }, now),
    ],
    answer,
  );
  return answer;
}

/** Row 13: an applicant to a club may not be signed in again before the decision, so a mail tells it too. */
function decisionMail(
  { title }: GroupItem,
  applicant: ItemOf<'Account'> | undefined,
  { accepts, reason = '' }: { readonly accepts: boolean; readonly reason: string | undefined },
  now: number,
): Part {
  if (!isActive(applicant) || applicant.email === undefined) return undefined;
  const template = accepts ? 'CLUB_ACCEPTED' : 'CLUB_REJECTED';
  return mailOrder(now, { to: applicant.email, template, locale: applicant.locale, values: { title, reason } });
}

export async function listOwnApplications(
  { query: { limit, cursor }, account: { accountId } }: RouteRequest<Routes['listOwnApplications']>,
  { table }: Kernel,
): Promise<Answer<Routes['listOwnApplications']>> {
  const page = await ownApplications(table, accountId, { limit, cursor });
  const references = page.items.map(({ groupId }) => [groupId, ref('Group', { groupId })] as const);
  const groups = await table.getAll(Object.fromEntries(references), { eventual: true });
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
  const found = await table.getAll({
    application: applicationRef(groupId, accountId),
    group: ref('Group', { groupId }),
    member: ref('Membership', { groupId, accountId }),
  });
  const application = seen(found.application);
  if (application.state === 'WITHDRAWN') return noContent;
  if (application.state !== 'PENDING') throw new Problem('ALREADY_DECIDED');
  await table.commit([
    or(
      (stands) => (stands?.state === 'WITHDRAWN' ? nothing : 'ALREADY_DECIDED'),
      settled(application, 'WITHDRAWN', now),
    ),
    waitEnded(application, found.group?.kind, found.member),
    answered(application.askedBy, now),
  ]);
  return noContent;
}

const ownApplications = (table: Table, accountId: string, page: { limit: number; cursor?: string | undefined }) =>
  table.query('applicationsOf', { accountId }, { ...page, newestFirst: true });

type People = Record<`account ${string}`, Reference<ItemOf<'Account'>>> &
  Record<`score ${string}`, Reference<ItemOf<'ReviewScore'>>> &
  Record<`profile ${string}`, Reference<ItemOf<'ClubProfile'>>>;

/**
 * Applications as those see them who decide: names, what others think of the applicants, and what these tell a club, in
 * one request for all.
 */
async function receivedOf(
  { table, bucket }: { readonly table: Table; readonly bucket: Bucket },
  { groupId, kind }: GroupItem,
  applications: readonly ApplicationItem[],
  locale: Locale,
) {
  const references: People = {};
  for (const { accountId } of applications) {
    references[`account ${accountId}`] = ref('Account', { accountId });
    references[`score ${accountId}`] = scoreRef(accountId);
    if (kind === 'CLUB') references[`profile ${accountId}`] = profileRef(groupId, accountId);
  }
  const found = await table.getAll(references, { eventual: true });
  return Promise.all(
    applications.map(async (each) => {
      const person = personOf(found[`account ${each.accountId}`]);
      return {
        ...viewOf(each),
        nickname: person?.nickname ?? catalogOf(locale).unknownPerson,
        picture: await thumbnailOf(bucket, person?.picture),
        reputation: reputationView(found[`score ${each.accountId}`]),
        profile: kind === 'CLUB' ? profileViewOf(found[`profile ${each.accountId}`]) : null,
      };
    }),
  );
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
