import { memberOf, memberWho } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import { absent, allOf, is } from '../../../shared/data/conditions.ts';
import { charged, type Use } from '../../../shared/data/quota.ts';
import { or, type Reference, ref } from '../../../shared/data/table.ts';
import { create, patch, remove, type UpdateOf, type Write } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import { imageTypeOf } from '../../../shared/images/header.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { beginsAs, type FileTypeName } from '../../../shared/product/file-types.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { KeptFile } from '../../groups/core/items.ts';
import type { contract } from './contract.ts';
import type { UploadItem } from './items.ts';
import { arrivalKey, certificationKey, fileKey, isOwn } from './rules.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly bucket: Bucket };

export async function allowUpload(
  { params: { groupId }, body, account: { accountId }, now }: RouteRequest<Routes['allowUpload']>,
  deps: Deps,
): Promise<Answer<Routes['allowUpload']>> {
  await memberOf(deps.table, groupId, accountId);
  return allow(deps, { accountId, groupId, ...body }, now);
}

export async function allowFileUpload(
  { params: { groupId }, body, account: { accountId }, now }: RouteRequest<Routes['allowFileUpload']>,
  deps: Deps,
): Promise<Answer<Routes['allowFileUpload']>> {
  await memberWho(deps.table, 'editGroup', groupId, accountId);
  return allow(deps, { accountId, groupId, ...body }, now);
}

export const allowPictureUpload = (
  { body, account: { accountId }, now }: RouteRequest<Routes['allowPictureUpload']>,
  deps: Deps,
): Promise<Answer<Routes['allowPictureUpload']>> => allow(deps, { accountId, ...body }, now);

interface Wanted extends Pick<UploadItem, 'accountId' | 'groupId' | 'bytes' | 'name'> {
  readonly type: string;
}

async function allow({ table, bucket }: Deps, { type, bytes, ...owner }: Wanted, now: number) {
  const uploadId = newId(now);
  const seconds = limits.uploadSeconds;
  const { url, fields } = await bucket.allowUpload({ key: arrivalKey(uploadId), type, bytes, seconds });
  const answer = { body: { uploadId, url, fields: { ...fields }, expiresAt: iso(now + seconds * 1000) } };
  const upload = { uploadId, ...owner, mediaType: type, bytes };
  const use: Use = { limit: 'upload', subject: owner.accountId };
  await table.commit(
    [create('Upload', upload, { expiresAt: ttl(now) + limits.unusedUploadSeconds }), charged(use, now)],
    answer,
  );
  return answer;
}

type UploadName = `upload ${string}`;

/** Names uploads, to be read in one request with whatever else a use case needs, and found again by `uploadsIn`. */
export const uploadRefs = (uploadIds: readonly string[]): Readonly<Record<UploadName, Reference<UploadItem>>> =>
  Object.fromEntries(uploadIds.map((uploadId) => [`upload ${uploadId}`, ref('Upload', { uploadId })]));

/** The uploads that `uploadRefs` named, in the order of the ids; undefined for each that is not there. */
export const uploadsIn = (
  found: Readonly<Record<UploadName, UploadItem | undefined>>,
  uploadIds: readonly string[],
): (UploadItem | undefined)[] => uploadIds.map((uploadId) => found[`upload ${uploadId}`]);

/**
 * Takes uploads into a certification. Each file is inspected: it must be the image that it was announced as. Gives back
 * the keys of the kept images, and the writes that use the uploads up. Such a write is refused as UPLOAD_INVALID if its
 * upload was used meanwhile.
 *
 * @throws Problem UPLOAD_INVALID for an upload that is missing, expired, of another account or group, or no such image
 */
export async function keepImages(
  { bucket }: Pick<Deps, 'bucket'>,
  uploads: readonly (UploadItem | undefined)[],
  by: User,
): Promise<{ keys: string[]; writes: Write[] }> {
  const looksRight = (head: Uint8Array, { mediaType }: UploadItem) => imageTypeOf(head) === mediaType;
  const kept = await Promise.all(uploads.map((each) => keep(bucket, each, by, looksRight, certificationKey)));
  return { keys: kept.map(({ key }) => key), writes: usesOf(kept) };
}

/**
 * Takes uploads among the files of a group: as `keepImages`, for uploads that are files. A file that is kept and then
 * not written down with the group is deleted when its upload ends (`dropUnusedFile`).
 */
export async function keepFiles(
  { bucket }: Pick<Deps, 'bucket'>,
  uploads: readonly (UploadItem | undefined)[],
  by: User,
): Promise<{ files: KeptFile[]; writes: Write[] }> {
  const looksRight = (head: Uint8Array, { name, mediaType }: UploadItem) =>
    name !== undefined && beginsAs(mediaType, head);
  const kept = await Promise.all(uploads.map((each) => keep(bucket, each, by, looksRight, fileKey)));
  const files = kept.map(({ upload: { uploadId: id, name = '', mediaType, bytes }, key }) => ({
    ...{ id, name, type: mediaType as FileTypeName, bytes, key },
  }));
  return { files, writes: usesOf(kept) };
}

interface User {
  readonly groupId: string;
  readonly accountId: string;
  readonly now: number;
}
interface Kept {
  readonly upload: UploadItem;
  readonly key: string;
}

/** Looks into the file of an upload, and copies exactly what was seen to where it stays. */
async function keep(
  bucket: Bucket,
  upload: UploadItem | undefined,
  { now, ...by }: User,
  looksRight: (head: Uint8Array, upload: UploadItem) => boolean,
  keyFor: typeof fileKey,
): Promise<Kept> {
  const own = upload && isOwn(upload, by, now);
  const file = own ? await bucket.inspect(arrivalKey(upload.uploadId)) : undefined;
  if (!own || !file || file.bytes !== upload.bytes || !looksRight(file.head, upload))
    throw new Problem('UPLOAD_INVALID');
  const key = keyFor(by.groupId, upload.uploadId, file.etag);
  if (!(await bucket.keep(arrivalKey(upload.uploadId), key, file))) throw new Problem('UPLOAD_INVALID');
  return { upload, key };
}

/** The writes that use uploads up. */
const usesOf = (kept: readonly Kept[]): Write[] =>
  kept.flatMap(({ upload: { uploadId, accountId } }) =>
    or('UPLOAD_INVALID', remove('Upload', { uploadId }, is('accountId', accountId))),
  );

/** The file of an account's own upload; undefined if it is not there, or not the one that was announced. */
export async function readPersonalUpload(
  bucket: Bucket,
  upload: UploadItem | undefined,
  accountId: string,
  now: number,
): Promise<Uint8Array | undefined> {
  if (!upload || !isOwn(upload, { accountId }, now)) return undefined;
  const file = await bucket.read(arrivalKey(upload.uploadId));
  return file?.length === upload.bytes && imageTypeOf(file) === upload.mediaType ? file : undefined;
}

/**
 * Uses up an account's own upload: refused for a second use, and the caller says what that means. The item stays until
 * its end, whose event drops the file.
 */
export const usedUp = (uploadId: string, accountId: string, now: number): UpdateOf<'Upload'> =>
  patch('Upload', { uploadId }, { set: { usedAt: iso(now) } }, allOf(is('accountId', accountId), absent('usedAt')));

/** Deletes the file of an upload, with all that a camera wrote into it, when nothing needs it. */
export const dropArrival = (bucket: Bucket, uploadId: string) => bucket.remove(arrivalKey(uploadId));
