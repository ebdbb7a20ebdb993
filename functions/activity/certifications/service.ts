import {
  changedSince,
  memberOf,
  memberWho,
  requireVersion,
  seen,
  stillMay,
  unchanged,
} from '../../../shared/access/access.ts';
import { activeAccount } from '../../../shared/access/accounts.ts';
import { may } from '../../../shared/access/powers.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { decided } from '../../../shared/data/decision.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { answered, ask, tell } from '../../../shared/data/outbox.ts';
import { or, type Part, ref } from '../../../shared/data/table.ts';
import { check, create, revised } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { blockedBy } from '../../accounts/blocks/service.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import { judgesOf } from '../../groups/core/managers.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import type { UploadDeps } from '../files/service.ts';
import type { MissionItem } from '../missions/items.ts';
import { leftOn, weekKeyOf } from '../missions/week-rules.ts';
import { movedWeek, weekAmong, weekRefs } from '../missions/weeks.ts';
import { authorsOf } from '../written/authors.ts';
import { mayJudge, one, readAlong, shown } from '../written/seen.ts';
import type { contract } from './contract.ts';
import type { CertificationItem } from './items.ts';
import { certificationNews } from './news.ts';
import { asDecoded, freeHashes, requireDecoded, takePhotos } from './photos.ts';
import {
  hasEvidence,
  hoursOf,
  initialStatus,
  isOnItsDay,
  mayDecide,
  mayDelete,
  mayList,
  missionClosed,
} from './rules.ts';
import { bricks, countedAs, deleted, markBegun, takeDay, throttled } from './store.ts';
import type { Decided } from './values.ts';
import { viewOf } from './view.ts';

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
    ...weekRefs(groupId, accountId, missionId, now),
  });
  const { group, member } = found;
  const mission = seen(found.mission);
  const today = groupDay(now, group);
  const closed = missionClosed(mission, today, hoursOf(group, iso(now)), iso(now));
  if (closed) throw new Problem(closed);
  requireEvidence(mission.way, { text: body.text, link: body.link, images: body.uploadIds.length }, locale);
  const week = weekAmong(found, mission.kind, today);
  if (leftOn(mission, week, today) === 0) throw new Problem('CERTIFICATION_LIMIT');
  const certificationId = newId(now);
  const taken = await takePhotos(deps, body.uploadIds, { groupId, certificationId, accountId, locale, now });

  const at = iso(now);
  const submitted: CertificationItem = {
    groupId,
    certificationId,
    missionId,
    missionTitle: mission.title,
    ...(mission.kind === 'ONCE' ? { once: true } : {}),
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
  const view = await viewOf(deps.bucket, certification, activeAccount(found.account), viewer, locale);
  const answer = { body: view, version: 1, location: `/v1/groups/${groupId}/certifications/${view.id}` };
  const writes = [
    stillInPart(member),
    takeDay(certification, week),
    throttled(accountId, now),
    create('Certification', certification),
    bricks(certification, undefined, certification.status, now),
    asking?.write,
    taken.writes,
  ];
  await taken.settle(markBegun(deps.table, mission).then(() => deps.table.commit(writes, answer)));
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
  const [page, { member, reported }, blocked, roster] = await Promise.all([
    list,
    memberOf(deps.table, groupId, accountId, readAlong(accountId, groupId)),
    own ? new Set<string>() : blockedBy(deps.table, accountId),
    rosterOf(deps.table, groupId),
  ]);
  const judges = mayJudge('certification', member);
  if (!mayList(status, own, judges)) return { body: { items: [], nextCursor: null } };
  // Own certifications are listed from an index of all of them.
  const wanted = page.items.filter((item) => !own || !query.status || item.status === status);
  const items = shown('certification', wanted, { member, reported, blocked });
  const authorOf = await authorsOf(deps.table, roster, items, locale);
  const views = items.map((each) => viewOf(deps.bucket, each, authorOf(each), { accountId, judges }, locale));
  return { body: { items: await Promise.all(views), nextCursor: page.nextCursor } };
}

export async function getCertification(
  { params, account: { accountId }, locale }: RouteRequest<Routes['getCertification']>,
  deps: Deps,
): Promise<Answer<Routes['getCertification']>> {
  const [{ certification, member }, roster] = await Promise.all([
    visible(deps, params, accountId),
    rosterOf(deps.table, params.groupId),
  ]);
  const authorOf = await authorsOf(deps.table, roster, [certification], locale);
  const viewer = { accountId, judges: mayJudge('certification', member) };
  return {
    body: await viewOf(deps.bucket, certification, authorOf(certification), viewer, locale),
    version: certification.version,
  };
}

export async function editCertification(
  { params, body, account: { accountId }, locale, now, ifMatch }: RouteRequest<Routes['editCertification']>,
  deps: Deps,
): Promise<Answer<Routes['editCertification']>> {
  const found = await visible(deps, params, accountId);
  const before = seen(found.certification, (certification) => certification.accountId === accountId);
  requireVersion(before, ifMatch);
  if (!isOnItsDay(before, groupDay(now, found.group))) throw new Problem('DAY_OVER');
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
    undecoded: photos.some(({ undecoded }) => undecoded) ? (true as const) : undefined,
    broken: undefined,
  };
  const { after, write } = revised('Certification', before, changes, asDecoded(before));
  const viewer = { accountId, judges: false };
  const view = await viewOf(deps.bucket, after, activeAccount(found.account), viewer, locale);
  const committed = deps.table.commit([
    stillInPart(found.member),
    or((item) => (item?.version === before.version ? overtaken : changedSince(ifMatch)), write),
    await takenAgain(deps, before, after),
    bricks(before, before.status, status, now),
    askedBy === before.askedBy ? undefined : answered(before.askedBy, now),
    asking?.write,
    taken?.writes,
  ]);
  await (taken?.settle(committed) ?? committed);
  return { body: view, version: after.version };
}

export async function deleteCertification(
  { params, account: { accountId }, now }: RouteRequest<Routes['deleteCertification']>,
  deps: Deps,
): Promise<Answer<Routes['deleteCertification']>> {
  const { certification, member, group } = await visible(deps, params, accountId);
  const removes = may(member.role, 'removeCertifications');
  seen(certification, (each) => mayDelete(each, accountId, removes));
  const today = groupDay(now, group);
  if (!removes && !isOnItsDay(certification, today)) throw new Problem('DAY_OVER');
  await deps.table.commit([
    stillInPart(member),
    deleted(certification),
    movedWeek(certification, countedAs(certification), undefined),
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
  const [found, roster] = await Promise.all([
    memberWho(deps.table, 'judgeCertifications', groupId, account.accountId, {
      certification: ref('Certification', params),
      ...readAlong(account.accountId, groupId),
    }),
    rosterOf(deps.table, groupId),
  ]);
  const before = one('certification', found.certification, found);
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
  const authorOf = await authorsOf(deps.table, roster, [after], locale);
  const viewer = { accountId: account.accountId, judges: true };
  const view = await viewOf(deps.bucket, after, authorOf(after), viewer, locale);
  const answer = { body: view, version: after.version };
  const telling = { to: [before.accountId], by: account.accountId, ...params };
  await deps.table.commit(
    [
      stillMay('judgeCertifications', groupId, account.accountId),
      or(changedSince(ifMatch), write),
      movedWeek(before, before.status, status),
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

/**
 * A certification that the caller may see, with the group, the caller's membership and account. The
 * account costs nothing: it comes with the session.
 */
async function visible(deps: Deps, key: One, accountId: string) {
  const found = await memberOf(deps.table, key.groupId, accountId, {
    certification: ref('Certification', key),
    account: ref('Account', { accountId }),
    ...readAlong(accountId, key.groupId),
  });
  return { ...found, certification: one('certification', found.certification, found) };
}

/** The write that takes the day of a certification again whose photos could not be opened. */
async function takenAgain({ table }: Deps, before: CertificationItem, after: CertificationItem): Promise<Part> {
  if (!before.broken) return movedWeek(after, before.status, after.status);
  const { mission, week } = await table.getAll({
    mission: ref('Mission', before),
    week: ref('MissionWeek', weekKeyOf(before)),
  });
  if (leftOn(seen(mission), week, before.day) === 0) throw new Problem('CERTIFICATION_LIMIT');
  return takeDay(after, week, 'BROKEN');
}

/** Rows 54, 125: asks everybody who may decide on a certification; undefined if it does not wait. */
function askJudges(group: GroupItem, { groupId, certificationId, accountId, status }: CertificationItem, now: number) {
  if (status !== 'WAITING') return undefined;
  const about = { by: accountId, title: group.title, groupId, certificationId };
  return ask(certificationNews.submitted, now, { to: judgesOf(group), ...about });
}

function requireEvidence(
  way: MissionItem['way'],
  given: { text: string; link: string | undefined; images: number },
  locale: Locale,
) {
  if (hasEvidence(way, given)) return;
  const pointer = way === 'PHOTO' ? '/uploadIds' : way === 'LINK' ? '/link' : '/text';
  throw new Problem('INVALID_REQUEST', { errors: [{ pointer, reason: catalogOf(locale).fields.evidenceMissing }] });
}
