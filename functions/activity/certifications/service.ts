import {
  changedSince,
  memberOf,
  memberWho,
  requireVersion,
  seen,
  stillMay,
  unchanged,
} from '../../../shared/access/access.ts';
import { may } from '../../../shared/access/powers.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso, localDay } from '../../../shared/core/time.ts';
import { decided } from '../../../shared/data/decision.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { answered, ask, tell } from '../../../shared/data/outbox.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { check, create, revised } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { nicknamesOf } from '../../accounts/accounts/people.ts';
import { blockedBy } from '../../accounts/blocks/service.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import { judgesOf } from '../../groups/core/managers.ts';
import { kinds } from '../../groups/core/rules.ts';
import type { UploadDeps } from '../files/service.ts';
import type { MissionItem } from '../missions/items.ts';
import type { ReportedItem } from '../written/items.ts';
import { hasReported, reportedRef } from '../written/reported.ts';
import { isKeptFrom } from '../written/rules.ts';
import type { contract } from './contract.ts';
import type { CertificationItem } from './items.ts';
import { certificationNews } from './news.ts';
import { asDecoded, freeHashes, requireDecoded, takePhotos } from './photos.ts';
import {
  closedOn,
  hasEvidence,
  initialStatus,
  isHidden,
  isOnItsDay,
  mayDecide,
  mayDelete,
  mayList,
  mayView,
} from './rules.ts';
import { bricks, deleted, freeDay, isFull, takeDay, throttled, weekOf } from './store.ts';
import type { Decided } from './values.ts';
import { viewOf, viewsOf } from './view.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & UploadDeps;
type One = { readonly groupId: string; readonly certificationId: string };

export async function submitCertification(
  { params, body, account: { accountId }, locale, now }: RouteRequest<Routes['submitCertification']>,
  deps: Deps,
): Promise<Answer<Routes['submitCertification']>> {
  const { groupId, missionId } = params;
  const found = await memberOf(deps.table, groupId, accountId, {
    mission: ref('Mission', { groupId, missionId }),
    account: ref('Account', { accountId }),
  });
  const { group, member } = found;
  const mission = seen(found.mission);
  const today = localDay(now, group.timeZone);
  const closed = closedOn(today, hoursOf(group, now), mission);
  if (closed) throw new Problem(closed);
  requireEvidence(mission.way, { text: body.text, link: body.link, images: body.uploadIds.length }, locale);
  const certificationId = newId(now);
  const taking = { groupId, certificationId, accountId, locale, now };
  const taken = await takePhotos(deps, body.uploadIds, taking).catch((error: unknown) =>
    refuseFullDay(deps, mission, accountId, today, error),
  );

  const at = iso(now);
  const submitted: CertificationItem = {
    groupId,
    certificationId,
    missionId,
    accountId,
    status: initialStatus(mission.approval, member.role),
    approval: mission.approval,
    way: mission.way,
    text: body.text,
    ...(body.link === undefined ? {} : { link: body.link }),
    photos: taken.photos,
    ...(taken.photos.length > 0 ? { undecoded: true } : {}),
    day: today,
    version: 1,
    createdAt: at,
    modifiedAt: at,
  };
  const asking = askJudges(group, submitted, now);
  const certification = asking ? { ...submitted, askedBy: asking.asked } : submitted;
  const viewer = { accountId, judges: false };
  const view = await viewOf(deps.bucket, certification, found.account?.nickname, viewer, locale);
  const answer = { body: view, version: 1, location: `/v1/groups/${groupId}/certifications/${view.id}` };
  const writes = [
    stillInPart(member),
    takeDay(mission, accountId, today),
    throttled(accountId, now),
    create('Certification', certification),
    bricks(certification, undefined, certification.status, now),
    asking?.write,
    taken.writes,
  ];
  await taken.settle(deps.table.commit(writes, answer));
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
  // The index may lag: an item that waits again may still be listed as approved.
  const wanted = page.items.filter(
    (item) =>
      // Own certifications are listed from an index of all of them.
      (!own || !query.status || item.status === status) &&
      mayView(item, accountId, judges) &&
      !isHidden(item, blocked, judges) &&
      isLeft(item, accountId, { member, reported }),
  );
  return { body: { items: await viewsOf(deps, wanted, { accountId, judges }, locale), nextCursor: page.nextCursor } };
}

export async function getCertification(
  { params, account: { accountId }, locale }: RouteRequest<Routes['getCertification']>,
  deps: Deps,
): Promise<Answer<Routes['getCertification']>> {
  const { certification, judges } = await visible(deps, params, accountId);
  const [view] = await viewsOf(deps, [certification], { accountId, judges }, locale);
  return { body: view!, version: certification.version };
}

export async function editCertification(
  { params, body, account: { accountId }, locale, now, ifMatch }: RouteRequest<Routes['editCertification']>,
  deps: Deps,
): Promise<Answer<Routes['editCertification']>> {
  const found = await visible(deps, params, accountId);
  const before = seen(found.certification, (certification) => certification.accountId === accountId);
  requireVersion(before, ifMatch);
  if (!isOnItsDay(before, localDay(now, found.group.timeZone))) throw new Problem('DAY_OVER');
  const taking = { ...params, accountId, locale, now };
  const taken = body.uploadIds && (await takePhotos(deps, body.uploadIds, taking, before.photos));
  const text = body.text ?? before.text;
  const link = body.link === undefined ? before.link : (body.link ?? undefined);
  const photos = taken?.photos ?? before.photos;
  requireEvidence(before.way, { text, link, images: photos.length }, locale);

  const status = initialStatus(before.approval, found.member.role);
  // One that waits already asks nobody again.
  const asking = status === before.status ? undefined : askJudges(found.group, { ...before, status }, now);
  const askedBy = asking?.asked ?? (status === before.status ? before.askedBy : undefined);
  const changes = {
    ...{ text, link, photos, status, reason: undefined, askedBy, modifiedAt: iso(now) },
    undecoded: photos.some(({ decoded }) => !decoded) ? (true as const) : undefined,
    broken: undefined,
  };
  const { after, write } = revised('Certification', before, changes, asDecoded(before));
  const [view] = await viewsOf(deps, [after], { accountId, judges: false }, locale);
  const committed = deps.table.commit([
    stillInPart(found.member),
    or((item) => (item?.version === before.version ? overtaken : changedSince(ifMatch)), write),
    before.broken && takeDay(await missionOf(deps, before), accountId, before.day),
    bricks(before, before.status, status, now),
    askedBy === before.askedBy ? undefined : answered(before.askedBy, now),
    asking?.write,
    taken?.writes,
  ]);
  await (taken?.settle(committed) ?? committed);
  return { body: view!, version: after.version };
}

export async function deleteCertification(
  { params, account: { accountId }, now }: RouteRequest<Routes['deleteCertification']>,
  deps: Deps,
): Promise<Answer<Routes['deleteCertification']>> {
  const { certification, member, group } = await visible(deps, params, accountId);
  const removes = may(member.role, 'removeCertifications');
  seen(certification, (each) => mayDelete(each, accountId, removes));
  if (!removes && !isOnItsDay(certification, localDay(now, group.timeZone))) throw new Problem('DAY_OVER');
  await deps.table.commit([
    stillInPart(member),
    deleted(certification),
    freeDay(certification),
    freeHashes(certification),
    bricks(certification, certification.status, undefined, now),
    answered(certification.askedBy, now),
  ]);
  return noContent;
}

export const approveCertification = (request: RouteRequest<Routes['approveCertification']>, deps: Deps) =>
  decide(request, deps, 'APPROVED', undefined);

export const denyCertification = (request: RouteRequest<Routes['denyCertification']>, deps: Deps) =>
  decide(request, deps, 'DENIED', request.body.reason);

/** The decision, the brick, the record and the news are one transaction (row 54). */
async function decide(
  { params, account, locale, now, ifMatch }: Omit<RouteRequest<Routes['approveCertification']>, 'query' | 'body'>,
  deps: Deps,
  status: Decided,
  reason: string | undefined,
) {
  const { groupId } = params;
  const found = await memberWho(deps.table, 'judgeCertifications', groupId, account.accountId, {
    certification: ref('Certification', params),
    reported: reportedRef(account.accountId, groupId),
  });
  const before = seen(found.certification, (each) => isLeft(each, account.accountId, found));
  if (before.accountId === account.accountId) throw new Problem('OWN_DECISION');
  requireVersion(before, ifMatch);
  if (!mayDecide(before.status, status)) throw new Problem('ALREADY_DECIDED');
  if (status === 'APPROVED') requireDecoded(before);

  const { after, write } = revised('Certification', before, {
    status,
    reason,
    askedBy: undefined,
    modifiedAt: iso(now),
  });
  const nick = (await nicknamesOf(deps.table, [before.accountId])).get(before.accountId);
  const viewer = { accountId: account.accountId, judges: true };
  const view = await viewOf(deps.bucket, after, nick, viewer, locale);
  const answer = { body: view, version: after.version };
  const telling = { to: [before.accountId], by: account.accountId, ...params };
  await deps.table.commit(
    [
      stillMay('judgeCertifications', groupId, account.accountId),
      or(changedSince(ifMatch), write),
      bricks(before, before.status, status, now),
      decided(now, {
        scopeId: groupId,
        by: account.accountId,
        subject: `certification:${before.certificationId}`,
        before: before.status,
        after: status,
        reason,
      }),
      reason === undefined
        ? tell(certificationNews.approved, now, telling)
        : tell(certificationNews.denied, now, { ...telling, reason }),
      answered(before.askedBy, now),
    ],
    answer,
  );
  return answer;
}

/** The member still has the role that was read. The role decides whether a certification waits. */
const stillInPart = (member: MembershipItem) =>
  or((now) => (now?.state === 'ACTIVE' ? overtaken : 'NOT_FOUND'), check('Membership', member, unchanged(member)));

/** A certification that the caller may see, with the group and the caller's membership. */
async function visible(deps: Deps, one: One, accountId: string) {
  const found = await memberOf(deps.table, one.groupId, accountId, {
    certification: ref('Certification', one),
    reported: reportedRef(accountId, one.groupId),
  });
  const judges = may(found.member.role, 'judgeCertifications');
  const certification = seen(
    found.certification,
    (each) => mayView(each, accountId, judges) && isLeft(each, accountId, found),
  );
  return { ...found, certification, judges };
}

/**
 * Of a day that is used up this is told rather than what is wrong with an upload: it is gone when the same request has come
 * before, and its answer was lost.
 */
async function refuseFullDay(
  { table }: Deps,
  mission: MissionItem,
  accountId: string,
  today: string,
  error: unknown,
): Promise<never> {
  if (!(error instanceof Problem) || error.code !== 'UPLOAD_INVALID') throw error;
  const week = await table.get('MissionWeek', weekOf(mission.missionId, accountId, today));
  throw isFull(mission, week, today) ? new Problem('CERTIFICATION_LIMIT') : error;
}

const missionOf = async ({ table }: Deps, { groupId, missionId }: CertificationItem) =>
  seen(await table.get('Mission', { groupId, missionId }));

/** Row 83: whether the viewer sees a certification in spite of reports. */
const isLeft = (
  certification: CertificationItem,
  viewerId: string,
  { member, reported }: { readonly member: MembershipItem; readonly reported?: ReportedItem | undefined },
) =>
  !isKeptFrom(certification, viewerId, {
    hides: may(member.role, 'hideReported'),
    reported: hasReported(reported, `certification:${certification.certificationId}`),
  });

/** Rows 54, 125: asks everybody who may decide on a certification; undefined if it does not wait. */
function askJudges(group: GroupItem, { groupId, certificationId, accountId, status }: CertificationItem, now: number) {
  if (status !== 'WAITING') return undefined;
  const about = { by: accountId, title: group.title, groupId, certificationId };
  return ask(certificationNews.submitted, now, { to: judgesOf(group), ...about });
}

/** Row 42: the opening hours follow from the kind, from the days, and from the leader, who may have ended the group. */
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
