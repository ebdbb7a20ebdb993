import { atVersion, isVersion, requireVersion } from '../../../shared/access/access.ts';
import { active, activeAccount, isActive } from '../../../shared/access/accounts.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { iso, localDay } from '../../../shared/core/time.ts';
import { allOf, is } from '../../../shared/data/conditions.ts';
import { due } from '../../../shared/data/due.ts';
import { Overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { type ChangesOf, create, patch, remove } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import { processImage } from '../../../shared/images/process.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { claimedId, type Upload } from '../../activity/files/rules.ts';
import { openUploads, readPhotos, type UploadDeps } from '../../activity/files/service.ts';
import { reputationView, scoreRef } from '../../activity/reviews/service.ts';
import type { AccountItem, LivingAccount, Picture } from '../accounts/items.ts';
import { nicknameClaim } from '../accounts/rules.ts';
import { blockRef } from '../blocks/service.ts';
import type { contract } from './contract.ts';
import { changesOf, isMadeOf, pictureOf } from './rules.ts';
import { ownProfileOf, profileOf } from './view.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & UploadDeps;

export async function getOwnProfile(
  { account: { accountId } }: RouteRequest<Routes['getOwnProfile']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['getOwnProfile']>> {
  return ownAnswer(bucket, await living(table, accountId));
}

export async function getProfile(
  { params: { accountId }, account: viewer }: RouteRequest<Routes['getProfile']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['getProfile']>> {
  const { account, score, block } = await table.getAll({
    account: accountRef(accountId),
    score: scoreRef(accountId),
    block: blockRef(viewer.accountId, accountId),
  });
  const profile = await profileOf(bucket, activeAccount(account));
  return { body: { ...profile, reviews: reputationView(score), blocked: block !== undefined } };
}

/** Rows 5, 15. One update, unless it moves the claim of a nickname: then that and the account change together. */
export async function editProfile(
  { body, account: { accountId }, locale, ifMatch, now }: RouteRequest<Routes['editProfile']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['editProfile']>> {
  if (body.birthDate && body.birthDate >= localDay(now, 'UTC')) {
    const reason = catalogOf(locale).fields.birthDateNotPast;
    throw new Problem('INVALID_REQUEST', { errors: [{ pointer: '/birthDate', reason }] });
  }
  const changes = { ...changesOf(body), add: { version: 1 } };
  if (body.nickname === undefined) return ownAnswer(bucket, await changed(table, accountId, changes, ifMatch));

  const { nickname: old } = await living(table, accountId);
  const [before, after] = [nicknameClaim(old), nicknameClaim(body.nickname)];
  // In another case only, it is claimed already.
  const moves = before !== after;
  await table.commit([
    or(
      (account) => whyNot(account, ifMatch),
      patch('Account', { accountId }, changes, allOf(asExpected(ifMatch), is('nickname', old))),
    ),
    or(
      'NICKNAME_TAKEN',
      moves && create('NicknameClaim', { nickname: after, accountId }),
      moves && remove('NicknameClaim', { nickname: before }, is('accountId', accountId)),
    ),
  ]);
  return ownAnswer(bucket, await living(table, accountId));
}

export async function setPicture(
  { body, account: { accountId }, ifMatch, locale, now }: RouteRequest<Routes['setPicture']>,
  deps: Deps,
): Promise<Answer<Routes['setPicture']>> {
  const account =
    body.uploadId === undefined
      ? await changed(deps.table, accountId, shows({ avatar: body.avatar! }), ifMatch)
      : await takeUpload(deps, { accountId, locale, now }, body.uploadId, ifMatch);
  return ownAnswer(deps.bucket, account);
}

export async function removePicture(
  { account: { accountId }, ifMatch }: RouteRequest<Routes['removePicture']>,
  { table }: Deps,
): Promise<Answer<Routes['removePicture']>> {
  await changed(table, accountId, { remove: ['picture'], add: { version: 1 } }, ifMatch);
  return noContent;
}

interface By {
  readonly accountId: string;
  readonly locale: Locale;
  readonly now: number;
}

/**
 * Row 16. The images are stored first, then one write shows them. Their keys name the version of the account that they take
 * the place of, and the write asks for that version. So of several at once one shows its images, and a key is shown at most
 * once. Images that a run leaves behind which ends in between are deleted when the upload expires (`dropUnusedPicture`).
 */
async function takeUpload(
  { table, bucket, uploadKeys }: Deps,
  by: By,
  ticket: string,
  ifMatch: number | undefined,
): Promise<LivingAccount> {
  const { accountId } = by;
  const uploadId = claimedId(ticket);
  let before: LivingAccount | undefined = await living(table, accountId);
  if (isMadeOf(before.picture, accountId, uploadId)) return before;
  requireVersion(before, ifMatch);

  const [upload] = await openUploads(uploadKeys, [ticket], by);
  const images = await imagesOf({ table, bucket }, upload!, by);
  return untilSettled(async () => {
    const account = before ?? (await living(table, accountId));
    before = undefined;
    if (isMadeOf(account.picture, accountId, uploadId)) return account;
    requireVersion(account, ifMatch);
    const picture = pictureOf(accountId, uploadId, account.version);
    await Promise.all([
      bucket.put(picture.key, images.full, images.type),
      bucket.put(picture.thumbnailKey, images.thumbnail, images.type),
    ]);
    const after = await table.change(patch('Account', { accountId }, shows(picture), asExpected(account.version)));
    if (!after) throw new Overtaken();
    return activeAccount(after);
  });
}

/**
 * The images made of an upload. Each look at a file is paid for first. In the same transaction it becomes due to delete
 * what is not shown in the end.
 *
 * @throws Problem UPLOAD_INVALID, whose `errors` say why, if the file is not to be had, or no image that is accepted
 */
async function imagesOf(
  { table, bucket }: Pick<Deps, 'table' | 'bucket'>,
  upload: Upload,
  { accountId, locale, now }: By,
) {
  const { uploadId, expiresAt } = upload;
  const ends = { kind: 'dropUnusedPicture', subject: `${accountId}:${uploadId}`, at: iso(expiresAt * 1000) };
  await table.commit([charged({ limit: 'picture', subject: accountId }, now), due(ends)]);
  const pointer = '/uploadId';
  const [still] = await readPhotos(bucket, [{ upload, pointer }], limits.picture.maxPixels, locale);
  const images = await processImage(still!, limits.picture);
  if (images) return images;
  throw new Problem('UPLOAD_INVALID', { errors: [{ pointer, reason: catalogOf(locale).fields.photoBroken }] });
}

const accountRef = (accountId: string) => ref('Account', { accountId });
const shows = (picture: Picture) => ({ set: { picture }, add: { version: 1 } });

/** An account may be changed that is active, and in the version that was asked for, if one was. */
function asExpected(ifMatch: number | undefined) {
  return allOf(active, ...atVersion(ifMatch));
}

const living = async (table: Table, accountId: string) => activeAccount(await table.get('Account', { accountId }));

/** Changes an account with one update, and gives it back as it is then. */
async function changed(
  table: Table,
  accountId: string,
  changes: ChangesOf<'Account'>,
  ifMatch: number | undefined,
): Promise<LivingAccount> {
  const after = await table.change(patch('Account', { accountId }, changes, asExpected(ifMatch)));
  if (!after) throw whyNot(await table.get('Account', { accountId }), ifMatch);
  return activeAccount(after);
}

/** Why an account could not be changed. */
function whyNot(account: AccountItem | undefined, ifMatch: number | undefined): Problem {
  if (!isActive(account)) return new Problem('NOT_FOUND');
  return isVersion(account, ifMatch) ? new Overtaken() : new Problem('PRECONDITION_FAILED');
}

const ownAnswer = async (bucket: Bucket, account: LivingAccount) => ({
  body: await ownProfileOf(bucket, account),
  version: account.version,
});
