import { changedSince, memberOf, requireVersion, seen } from '../../../shared/access/access.ts';
import { activeAccount } from '../../../shared/access/accounts.ts';
import { may } from '../../../shared/access/powers.ts';
import { iso } from '../../../shared/core/time.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { answered } from '../../../shared/data/outbox.ts';
import { or, type Part, ref } from '../../../shared/data/table.ts';
import { revised } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { blockedBy } from '../../accounts/blocks/service.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { commentCountsOf } from '../../talking/comments/counts.ts';
import { cheersOf } from '../cheers/view.ts';
import type { UploadDeps } from '../files/service.ts';
import { monthFreed, monthOf } from '../missions/months.ts';
import { laidOf, leftOn, weekKeyOf } from '../missions/week-rules.ts';
import { movedWeek } from '../missions/weeks.ts';
import { authorsOf } from '../written/authors.ts';
import { subjectOf } from '../written/reported.ts';
import { mayJudge, one, readAlong, shown } from '../written/seen.ts';
import type { contract } from './contract.ts';
import type { CertificationItem } from './items.ts';
import { asDecoded, freeHashes, takePhotos } from './photos.ts';
import { firstLaid, initialStatus, isOnItsDay, mayDelete, mayDeleteOn, mayList } from './rules.ts';
import { bricks, countedAs, deleted, takeDay } from './store.ts';
import { askJudges, requireEvidence, stillInPart } from './submitting.ts';
import { type OthersSay, viewOf } from './view.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & UploadDeps;
type One = { readonly groupId: string; readonly certificationId: string };

export async function listCertifications(
  { params: { groupId }, query, account: { accountId }, locale }: RouteRequest<Routes['listCertifications']>,
  deps: Deps,
): Promise<Answer<Routes['listCertifications']>> {
  const own = query.author === 'me';
  const status = query.status ?? 'APPROVED';
  const { limit, cursor } = query;
  // Who waits longest is decided on first, and what comes in meanwhile moves nothing under the hands of whoever decides.
  const newestFirst = own || status !== 'WAITING';
  const options = { limit, cursor, newestFirst, binding: query.status ?? '' };
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
  const [authorOf, othersSay] = await Promise.all([
    authorsOf(deps.table, roster, items, locale),
    othersSayOf(deps, items, accountId),
  ]);
  const viewer = { accountId, judges };
  const views = items.map((each) => viewOf(deps.bucket, each, authorOf(each), viewer, locale, othersSay(each)));
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
  const [authorOf, othersSay] = await Promise.all([
    authorsOf(deps.table, roster, [certification], locale),
    othersSayOf(deps, [certification], accountId),
  ]);
  const viewer = { accountId, judges: mayJudge('certification', member) };
  return {
    body: await viewOf(deps.bucket, certification, authorOf(certification), viewer, locale, othersSay(certification)),
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
  if (before.status === 'SKIPPED') throw new Problem('NOT_APPLICABLE');
  if (!isOnItsDay(before, groupDay(now, found.group))) throw new Problem('DAY_OVER');
  const taking = { ...params, accountId, locale, now };
  const taken = body.uploadIds && (await takePhotos(deps, body.uploadIds, taking, before.photos));
  const text = body.text ?? before.text;
  const link = body.link === undefined ? before.link : (body.link ?? undefined);
  const photos = taken?.photos ?? before.photos;
  const { way, itemPhotos = 0 } = before;
  requireEvidence({ way, items: 0, itemPhotos }, { text, link, images: photos.length, checked: [] }, locale);

  const status = initialStatus(before.approval, found.member.role);
  // One that waits already asks nobody again.
  const asking = status === before.status ? undefined : askJudges(found.group, { ...before, status }, now);
  const askedBy = asking?.asked ?? (status === before.status ? before.askedBy : undefined);
  const changes = {
    ...{ text, link, photos, status, reason: undefined, askedBy, modifiedAt: iso(now) },
    laidAt: firstLaid(before, status, iso(now)),
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
    bricks(before, before.status, status, now, found.group),
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
  if (!removes && !mayDeleteOn(certification, today)) throw new Problem('DAY_OVER');
  const laidAt = firstLaid(certification, certification.status, iso(now));
  await deps.table.commit([
    stillInPart(member),
    deleted(certification),
    movedWeek(certification, countedAs(certification), undefined, undefined, {
      set: laidOf({ ...certification, laidAt }),
    }),
    certification.madeUp && monthFreed(certification, monthOf(certification.day), 'madeUp'),
    freeHashes(certification),
    bricks(certification, certification.status, undefined, now),
    answered(certification.askedBy, now),
  ]);
  return noContent;
}

/** What others have to say to some certifications of one group: requests that run beside each other. */
async function othersSayOf({ table }: Deps, certifications: readonly CertificationItem[], accountId: string) {
  const subjectOfOne = (each: CertificationItem) => subjectOf('certification', each);
  const [first] = certifications;
  const [cheersFor, countOf] = await Promise.all([
    cheersOf(table, certifications, accountId),
    first && commentCountsOf(table, first.groupId, certifications.map(subjectOfOne)),
  ]);
  return (each: CertificationItem): OthersSay => ({
    cheers: cheersFor(each),
    comments: countOf?.(subjectOfOne(each)) ?? 0,
  });
}

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
