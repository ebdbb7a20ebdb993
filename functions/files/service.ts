import { memberOf } from '../../shared/access/access.ts';
import type { Bucket } from '../../shared/adapters/bucket.ts';
import type { Kernel } from '../../shared/adapters/kernel.ts';
import { newId } from '../../shared/core/ids.ts';
import { limits } from '../../shared/core/limits.ts';
import { Problem } from '../../shared/core/problems.ts';
import { iso, ttl } from '../../shared/core/time.ts';
import { absent, allOf, is } from '../../shared/data/conditions.ts';
import { charged, tooMany, type Use } from '../../shared/data/quota.ts';
import { ref } from '../../shared/data/table.ts';
import { create, patch, remove, type Write } from '../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../shared/http/exchange.ts';
import { imageTypeOf } from '../../shared/images/header.ts';
import type { contract } from './contract.ts';
import { arrivalKey, certificationKey, isPersonal } from './rules.ts';
import type { UploadItem } from './store.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly bucket: Bucket };

export async function allowUpload(
  { params: { groupId }, body, account: { accountId }, now }: RouteRequest<Routes['allowUpload']>,
  deps: Deps,
): Promise<Answer<Routes['allowUpload']>> {
  await memberOf(deps.table, groupId, accountId);
  return allow(deps, { accountId, groupId, ...body }, now);
}

export const allowPictureUpload = (
  { body, account: { accountId }, now }: RouteRequest<Routes['allowPictureUpload']>,
  deps: Deps,
): Promise<Answer<Routes['allowPictureUpload']>> => allow(deps, { accountId, ...body }, now);

interface Wanted extends Pick<UploadItem, 'accountId' | 'groupId' | 'bytes'> {
  readonly type: string;
}

async function allow({ table, bucket }: Deps, { type, bytes, ...owner }: Wanted, now: number) {
  const uploadId = newId(now);
  const seconds = limits.uploadSeconds;
  const { url, fields } = await bucket.allowUpload({ key: arrivalKey(uploadId), type, bytes, seconds });
  const answer = { body: { uploadId, url, fields: { ...fields }, expiresAt: iso(now + seconds * 1000) } };
  const upload = { uploadId, ...owner, mediaType: type, bytes };
  const use: Use = { limit: 'upload', subject: owner.accountId };
  const refused = await table.commit(
    {
      upload: create('Upload', upload, { expiresAt: ttl(now) + limits.unusedUploadSeconds }),
      use: charged(use, now),
    },
    answer,
  );
  if (refused) throw tooMany(use, now);
  return answer;
}

/** Names uploads, to be read in one request with what else a use case needs, and found again by `uploadsIn`. */
export const uploadRefs = (uploadIds: readonly string[]): Record<never, never> =>
  Object.fromEntries(uploadIds.map((uploadId) => [uploadId, ref<UploadItem>('Upload', { uploadId })]));

/** The uploads that `uploadRefs` named, in their order; undefined for what is not there. */
export const uploadsIn = (found: object, uploadIds: readonly string[]) =>
  uploadIds.map((uploadId) => (found as Record<string, UploadItem | undefined>)[uploadId]);

/**
 * Takes uploads into a certification: looks into each file, keeps those that are the images they were announced as, and
 * gives back their keys with the writes that use them up.
 *
 * @throws Problem UPLOAD_INVALID for what is missing, somebody else's, of another group, expired, or no such image
 */
export async function keepImages(
  { bucket }: Deps,
  uploads: readonly (UploadItem | undefined)[],
  { groupId, accountId, now }: { readonly groupId: string; readonly accountId: string; readonly now: number },
): Promise<{ keys: string[]; writes: Record<string, Write> }> {
  const keep = async (upload: UploadItem | undefined): Promise<readonly [string, Write, string]> => {
    const own = upload && upload.accountId === accountId && upload.groupId === groupId && upload.expiresAt > now / 1000;
    const file = own ? await bucket.inspect(arrivalKey(upload.uploadId)) : undefined;
    if (!own || !file || file.bytes !== upload.bytes || imageTypeOf(file.head) !== upload.mediaType)
      throw new Problem('UPLOAD_INVALID');
    const { uploadId } = upload;
    const key = certificationKey(groupId, uploadId, file.etag);
    if (!(await bucket.keep(arrivalKey(uploadId), key, file))) throw new Problem('UPLOAD_INVALID');
    return [`upload ${uploadId}`, remove('Upload', { uploadId }, is('accountId', accountId)), key];
  };
  const kept = await Promise.all(uploads.map(keep));
  return {
    keys: kept.map(([, , key]) => key),
    writes: Object.fromEntries(kept.map(([name, write]) => [name, write])),
  };
}

/** The file of an account's own upload; undefined if it is not there, or not the one that was announced. */
export async function readPersonalUpload(
  bucket: Bucket,
  upload: UploadItem | undefined,
  accountId: string,
  now: number,
): Promise<Uint8Array | undefined> {
  if (!upload || !isPersonal(upload, accountId, now)) return undefined;
  const file = await bucket.read(arrivalKey(upload.uploadId));
  return file?.length === upload.bytes && imageTypeOf(file) === upload.mediaType ? file : undefined;
}

/** Uses up an account's own upload: refused for whoever comes second. The item stays until it ends, and tells then. */
export const usedUp = (uploadId: string, accountId: string, now: number): Write =>
  patch('Upload', { uploadId }, { set: { usedAt: iso(now) } }, allOf(is('accountId', accountId), absent('usedAt')));

/** Drops the file of an upload, with all that a camera wrote into it, when it is not needed any more. */
export const dropArrival = (bucket: Bucket, uploadId: string) => bucket.remove(arrivalKey(uploadId));
