import { atVersion, isVersion, requireVersion } from '../../../shared/access/access.ts';
import { active, activeAccount, isActive } from '../../../shared/access/accounts.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { localDay } from '../../../shared/core/time.ts';
import { allOf, is } from '../../../shared/data/conditions.ts';
import { nothing, Overtaken } from '../../../shared/data/meaning.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { type ChangesOf, create, patch, remove } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import { processImage } from '../../../shared/images/process.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { UploadItem } from '../../activity/files/items.ts';
import { readPersonalUpload, uploadRefs, uploadsIn, usedUp } from '../../activity/files/service.ts';
import { reputationView, scoreRef } from '../../activity/reviews/service.ts';
import type { AccountItem, LivingAccount, Picture } from '../accounts/items.ts';
import { nicknameClaim } from '../accounts/rules.ts';
import type { contract } from './contract.ts';
import { changesOf, objectsOf, pictureOf } from './rules.ts';
import { ownProfileOf, profileOf } from './view.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly bucket: Bucket };

export async function getOwnProfile(
  { account: { accountId } }: RouteRequest<Routes['getOwnProfile']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['getOwnProfile']>> {
  return ownAnswer(bucket, await living(table, accountId));
}

export async function getProfile(
  { params: { accountId } }: RouteRequest<Routes['getProfile']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['getProfile']>> {
  const { account, score } = await table.getAll({ account: accountRef(accountId), score: scoreRef(accountId) });
  return { body: { ...(await profileOf(bucket, activeAccount(account))), reviews: reputationView(score) } };
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
  { body, account: { accountId }, ifMatch, now }: RouteRequest<Routes['setPicture']>,
  deps: Deps,
): Promise<Answer<Routes['setPicture']>> {
  const account =
    body.uploadId === undefined
      ? await changed(deps.table, accountId, shows({ avatar: body.avatar! }), ifMatch)
      : await takeUpload(deps, accountId, body.uploadId, ifMatch, now);
  return ownAnswer(deps.bucket, account);
}

export async function removePicture(
  { account: { accountId }, ifMatch }: RouteRequest<Routes['removePicture']>,
  { table }: Deps,
): Promise<Answer<Routes['removePicture']>> {
  await changed(table, accountId, { remove: ['picture'], add: { version: 1 } }, ifMatch);
  return noContent;
}

/**
 * Row 16. The images are stored first, under keys of their upload, then one transaction shows them and uses the upload
 * up. Whoever comes second, or again, finds the picture shown, or the upload used. Images that are left by a run that ends
 * in between go with the upload (`dropUpload`).
 */
async function takeUpload(
  { table, bucket }: Deps,
  accountId: string,
  uploadId: string,
  ifMatch: number | undefined,
  now: number,
): Promise<LivingAccount> {
  const picture = pictureOf(accountId, uploadId);
  const found = await table.getAll({ account: accountRef(accountId), ...uploadRefs([uploadId]) });
  const account = activeAccount(found.account);
  if (objectsOf(account.picture).includes(picture.key)) return account;
  requireVersion(account, ifMatch);

  const images = await imagesOf({ table, bucket }, uploadsIn(found, [uploadId])[0], accountId, now);
  if (images) {
    await Promise.all([
      bucket.put(picture.key, images.full, images.type),
      bucket.put(picture.thumbnailKey, images.thumbnail, images.type),
    ]);
    await table.commit([
      or(nothing, usedUp(uploadId, accountId, now)),
      or((before) => whyNot(before, ifMatch), patch('Account', { accountId }, shows(picture), asExpected(ifMatch))),
    ]);
  }
  const after = await living(table, accountId);
  if (!objectsOf(after.picture).includes(picture.key)) throw new Problem('UPLOAD_INVALID');
  return after;
}

/** The images made of an upload; undefined if it is not to be had, or no image. Each look at a file is paid for first. */
async function imagesOf(
  { table, bucket }: Pick<Deps, 'table' | 'bucket'>,
  upload: UploadItem | undefined,
  accountId: string,
  now: number,
) {
  await table.commit([charged({ limit: 'picture', subject: accountId }, now)]);
  const bytes = await readPersonalUpload(bucket, upload, accountId, now);
  const images = bytes && (await processImage(bytes, limits.picture));
  return images?.from === upload?.mediaType ? images : undefined;
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
