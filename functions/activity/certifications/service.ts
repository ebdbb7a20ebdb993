import { has, memberOf, memberWho, seen, unchanged } from '../../../shared/access/access.ts';
import { may } from '../../../shared/access/powers.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso, localDay } from '../../../shared/core/time.ts';
import { decided } from '../../../shared/data/decision.ts';
import { outbox } from '../../../shared/data/outbox.ts';
import { ref } from '../../../shared/data/table.ts';
import { check, create, type Write } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { AccountItem } from '../../accounts/accounts/items.ts';
import { addBricks, nicknamesOf } from '../../accounts/accounts/people.ts';
import { blockedBy } from '../../accounts/blocks/service.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import { kinds } from '../../groups/core/rules.ts';
import { keepImages, uploadRefs, uploadsIn } from '../files/service.ts';
import type { MissionItem } from '../missions/items.ts';
import type { ReportedItem } from '../written/items.ts';
import { hasReported, reportedRef } from '../written/reported.ts';
import { isKeptFrom } from '../written/rules.ts';
import type { contract } from './contract.ts';
import type { CertificationItem } from './items.ts';
import {
  brickChange,
  hasEvidence,
  initialStatus,
  isHidden,
  isOpenOn,
  mayDecide,
  mayDelete,
  mayList,
  mayView,
} from './rules.ts';
import { brick, changed, deleted, freeDay, revised, takeDay, throttled } from './store.ts';
import type { Status } from './values.ts';
import { viewOf, viewsOf } from './view.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly bucket: Bucket };
type One = { readonly groupId: string; readonly certificationId: string };

export async function submitCertification(
  { params, body, account: { accountId }, locale, now }: RouteRequest<Routes['submitCertification']>,
  deps: Deps,
): Promise<Answer<Routes['submitCertification']>> {
  const { groupId, missionId } = params;
  const found = await memberOf(deps.table, groupId, accountId, {
    group: ref('Group', { groupId }),
    mission: ref('Mission', { groupId, missionId }),
    account: ref('Account', { accountId }),
    ...uploadRefs(body.uploadIds),
  });
  const { group, member } = found;
  const mission = seen(found.mission);
  const today = localDay(now, group.timeZone);
  if (!isOpenOn(today, hoursOf(group, now), mission)) throw new Problem('NOT_IN_PERIOD');
  requireEvidence(mission.way, { text: body.text, link: body.link, images: body.uploadIds.length }, locale);
  const images = await keepImages(deps, uploadsIn(found, body.uploadIds), { groupId, accountId, now });

  const at = iso(now);
  const certification: CertificationItem = {
    groupId,
    certificationId: newId(now),
    missionId,
    accountId,
    status: initialStatus(mission.approval, member.role),
    approval: mission.approval,
    way: mission.way,
    text: body.text,
    ...(body.link === undefined ? {} : { link: body.link }),
    images: images.keys,
    day: today,
    version: 1,
    createdAt: at,
    modifiedAt: at,
  };
  const nick = found.account?.nickname;
  const view = await viewOf(deps.bucket, certification, nick, locale);
  const answer = { body: view, version: 1, location: `/v1/groups/${groupId}/certifications/${view.id}` };
  const refused = await deps.table.commit(
    {
      member: stillMember(groupId, member),
      week: takeDay(mission, accountId, today),
      throttle: throttled(accountId, now),
      certification: create('Certification', { ...certification }),
      ...bricks(certification, undefined, certification.status, now),
      ...images.writes,
      notice: tellLeader(group, certification, view.author.nickname, now),
    },
    answer,
  );
  if (refused?.member) throw notAsRead(refused.member);
  if (refused?.week) throw new Problem('CERTIFICATION_LIMIT');
  if (refused?.throttle) throw new Problem('TOO_MANY_REQUESTS', { retryAfter: limits.certification.throttleSeconds });
  if (refused) throw new Problem('UPLOAD_INVALID');
  return answer;
}

export async function listCertifications(
  { params: { groupId }, query, account: { accountId }, locale }: RouteRequest<Routes['listCertifications']>,
  deps: Deps,
): Promise<Answer<Routes['listCertifications']>> {
  const own = query.author === 'me';
  const status = query.status ?? 'APPROVED';
  const { limit, cursor } = query;
  const options = { limit, cursor, newestFirst: true, binding: query.status ?? '' };
  const list = own
    ? deps.table.query('certificationsOfMember', { groupId, accountId }, options)
    : deps.table.query('certificationsByStatus', { groupId, status }, options);
  const [page, { member, reported }, blocked] = await Promise.all([
    list,
    memberOf(deps.table, groupId, accountId, { reported: reportedRef(accountId, groupId) }),
    own ? new Set<string>() : blockedBy(deps.table, accountId),
  ]);
  const judges = may(member.role, 'judgeCertifications');
  if (!mayList(status, own, judges)) return { body: { items: [], nextCursor: null } };
  // The index lags with all of an item's attributes: an item that waits again may be listed as it was when it was approved.
  const wanted = page.items.filter(
    (item) =>
      // Own certifications are listed from an index of all of them.
      (!own || !query.status || item.status === status) &&
      mayView(item, accountId, judges) &&
      !isHidden(item, blocked, judges) &&
      isLeft(item, accountId, { member, reported }),
  );
  return { body: { items: await viewsOf(deps, wanted, locale), nextCursor: page.nextCursor } };
}

export async function getCertification(
  { params, account: { accountId }, locale }: RouteRequest<Routes['getCertification']>,
  deps: Deps,
): Promise<Answer<Routes['getCertification']>> {
  const { certification } = await visible(deps, params, accountId);
  const [view] = await viewsOf(deps, [certification], locale);
  return { body: view!, version: certification.version };
}

export async function editCertification(
  { params, body, account: { accountId }, locale, now, ifMatch }: RouteRequest<Routes['editCertification']>,
  deps: Deps,
): Promise<Answer<Routes['editCertification']>> {
  const uploadIds = body.uploadIds ?? [];
  const found = await visible(deps, params, accountId, uploadRefs(uploadIds));
  const before = seen(found.certification, (certification) => certification.accountId === accountId);
  requireVersion(before, ifMatch);
  const { groupId } = params;
  const kept = await keepImages(deps, uploadsIn(found, uploadIds), { groupId, accountId, now });
  const text = body.text ?? before.text;
  const link = body.link === undefined ? before.link : (body.link ?? undefined);
  const images = body.uploadIds ? kept.keys : before.images;
  requireEvidence(before.way, { text, link, images: images.length }, locale);

  const status = initialStatus(before.approval, found.member.role);
  const after = revised(before, { text, link, images, status, reason: undefined }, now);
  const [view] = await viewsOf(deps, [after], locale);
  const refused = await deps.table.commit({
    member: stillMember(groupId, found.member),
    certification: changed(before, after),
    ...bricks(before, before.status, status, now),
    ...kept.writes,
    notice: status === before.status ? undefined : tellLeader(found.group, after, view!.author.nickname, now),
  });
  if (refused?.member) throw notAsRead(refused.member);
  if (refused) throw new Problem(refused.certification ? 'PRECONDITION_FAILED' : 'UPLOAD_INVALID');
  return { body: view!, version: after.version };
}

export async function deleteCertification(
  { params, account: { accountId }, now }: RouteRequest<Routes['deleteCertification']>,
  deps: Deps,
): Promise<Answer<Routes['deleteCertification']>> {
  const { certification, member } = await visible(deps, params, accountId);
  seen(certification, (each) => mayDelete(each, accountId, may(member.role, 'removeCertifications')));
  const refused = await deps.table.commit({
    member: stillMember(params.groupId, member),
    certification: deleted(certification),
    week: freeDay(certification),
    ...bricks(certification, certification.status, undefined, now),
  });
  if (refused?.member) throw notAsRead(refused.member);
  // Somebody else was first: it is gone, or it changed and may be deleted after another look.
  if (refused?.certification && !refused.certification.item) throw new Problem('NOT_FOUND');
  if (refused) throw new Problem('TRY_AGAIN', { retryAfter: 1 });
  return noContent;
}

export const approveCertification = (request: RouteRequest<Routes['approveCertification']>, deps: Deps) =>
  decide(request, deps, 'APPROVED', undefined);

export const denyCertification = (request: RouteRequest<Routes['denyCertification']>, deps: Deps) =>
  decide(request, deps, 'DENIED', request.body.reason);

/** The decision, its brick, its record and the news of it are one transaction: no second step, nothing twice (row 54). */
async function decide(
  { params, account, locale, now, ifMatch }: Omit<RouteRequest<Routes['approveCertification']>, 'query' | 'body'>,
  deps: Deps,
  status: 'APPROVED' | 'DENIED',
  reason: string | undefined,
) {
  const { groupId } = params;
  const found = await memberWho(deps.table, 'judgeCertifications', groupId, account.accountId, {
    certification: ref('Certification', { ...params }),
    reported: reportedRef(account.accountId, groupId),
  });
  const before = seen(found.certification, (each) => isLeft(each, account.accountId, found));
  if (before.accountId === account.accountId) throw new Problem('OWN_DECISION');
  requireVersion(before, ifMatch);
  if (!mayDecide(before.status, status)) throw new Problem('ALREADY_DECIDED');

  const after = revised(before, { status, reason }, now);
  const nick = (await nicknamesOf(deps.table, [before.accountId])).get(before.accountId);
  const view = await viewOf(deps.bucket, after, nick, locale);
  const answer = { body: view, version: after.version };
  const refused = await deps.table.commit(
    {
      judge: check('Membership', { groupId, accountId: account.accountId }, has('judgeCertifications')),
      certification: changed(before, after),
      ...bricks(before, before.status, status, now),
      decision: decided(now, {
        scopeId: groupId,
        by: account.accountId,
        subject: `certification:${before.certificationId}`,
        before: before.status,
        after: status,
        reason,
      }),
      notice: outbox(now, {
        notice: status === 'APPROVED' ? 'CERTIFICATION_APPROVED' : 'CERTIFICATION_DENIED',
        to: [before.accountId],
        actorId: account.accountId,
        values: { nick: view.author.nickname, reason: reason ?? '' },
        link: { screen: 'certification', ...params },
      }),
    },
    answer,
  );
  if (refused?.judge) throw new Problem('NOT_FOUND');
  if (refused) throw new Problem('PRECONDITION_FAILED');
  return answer;
}

/** The part in the group by which somebody writes, as it was read: a leader's own certification waits for nobody. */
const stillMember = (groupId: string, member: MemberAccess) =>
  check('Membership', { groupId, accountId: member.accountId }, unchanged(member));

/** Why nothing was written: the caller is no member any more, or one with another part. */
const notAsRead = ({ item }: { readonly item?: Readonly<Record<string, unknown>> | undefined }) =>
  item?.state === 'ACTIVE' ? new Problem('TRY_AGAIN', { retryAfter: 1 }) : new Problem('NOT_FOUND');

/** A certification that the caller may see, with the group and the caller's part in it. */
async function visible(deps: Deps, one: One, accountId: string, more: Record<never, never> = {}) {
  const found = await memberOf(deps.table, one.groupId, accountId, {
    group: ref('Group', { groupId: one.groupId }),
    certification: ref('Certification', { ...one }),
    reported: reportedRef(accountId, one.groupId),
    ...more,
  });
  const judges = may(found.member.role, 'judgeCertifications');
  const certification = seen(
    found.certification,
    (each) => mayView(each, accountId, judges) && isLeft(each, accountId, found),
  );
  return { ...found, certification };
}

/** Row 83: whether a certification is left to be seen by somebody, after what was reported. */
const isLeft = (
  certification: CertificationItem,
  viewerId: string,
  { member, reported }: { readonly member: MembershipItem; readonly reported?: ReportedItem | undefined },
) =>
  !isKeptFrom(certification, viewerId, {
    hides: may(member.role, 'hideReported'),
    reported: hasReported(reported, `certification:${certification.certificationId}`),
  });

/** The news for the leader that a certification waits; none of what waits for nobody. */
function tellLeader(group: GroupItem, certification: CertificationItem, nick: string, now: number): Write | undefined {
  const { groupId, certificationId, accountId, status } = certification;
  if (status !== 'WAITING') return undefined;
  return outbox(now, {
    notice: 'CERTIFICATION_SUBMITTED',
    to: [group.leaderId],
    actorId: accountId,
    values: { nick, title: group.title },
    link: { screen: 'certification', groupId, certificationId },
  });
}

/** The brick's ledger row and the counter that follows it, if a change of state moves them. */
function bricks(
  certification: CertificationItem,
  from: Status | undefined,
  to: Status | undefined,
  now: number,
): Record<string, Write | undefined> {
  const change = brickChange(from, to);
  if (change === 0) return {};
  return { brick: brick(certification, change, now), bricks: addBricks(certification.accountId, change) };
}

/** Row 42: a kind's policy, the group's days, and whether its leader has ended it. */
const hoursOf = ({ kind, startDate, endDate, status, disbandsAt }: GroupItem, now: number) => ({
  startDate,
  endDate,
  closes: kinds[kind].closes,
  over: status === 'COMPLETED' || (disbandsAt !== undefined && disbandsAt <= iso(now)),
});

function requireEvidence(
  way: MissionItem['way'],
  given: { text: string; link: string | undefined; images: number },
  locale: Locale,
) {
  if (hasEvidence(way, given)) return;
  const pointer = way === 'PHOTO' ? '/uploadIds' : way === 'LINK' ? '/link' : '/text';
  throw new Problem('INVALID_REQUEST', { errors: [{ pointer, reason: catalogOf(locale).fields.evidenceMissing }] });
}

function requireVersion({ version }: CertificationItem, ifMatch: number | undefined) {
  if (ifMatch !== undefined && ifMatch !== version) throw new Problem('PRECONDITION_FAILED');
}
