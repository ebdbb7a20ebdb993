import { memberOf, memberWho } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import { charged, type Use } from '../../../shared/data/quota.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import { isImageType } from '../../../shared/images/header.ts';
import { type Still, stillOf, type Unfit } from '../../../shared/images/still.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { beginsAs, type FileTypeName } from '../../../shared/product/file-types.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { KeptFile } from '../../groups/core/items.ts';
import type { contract } from './contract.ts';
import { arrivalKey, fileKey, isSealed, isUsable, type Owner, readTicket, ticketOf, type Upload } from './rules.ts';

type Routes = typeof contract.routes;
/** What a feature needs that takes uploads. */
export interface UploadDeps {
  readonly bucket: Bucket;
  readonly uploadKeys: SigningKeys;
}
type Deps = Kernel & UploadDeps;

export async function allowUpload(
  { params: { groupId }, body, account: { accountId }, now }: RouteRequest<Routes['allowUpload']>,
  deps: Deps,
): Promise<Answer<Routes['allowUpload']>> {
  await memberOf(deps.table, groupId, accountId);
  return allow(deps, { accountId, groupId }, body, now);
}

export async function allowFileUpload(
  { params: { groupId }, body, account: { accountId }, now }: RouteRequest<Routes['allowFileUpload']>,
  deps: Deps,
): Promise<Answer<Routes['allowFileUpload']>> {
  await memberWho(deps.table, 'editGroup', groupId, accountId);
  return allow(deps, { accountId, groupId }, body, now);
}

export const allowPictureUpload = (
  { body, account: { accountId }, now }: RouteRequest<Routes['allowPictureUpload']>,
  deps: Deps,
): Promise<Answer<Routes['allowPictureUpload']>> => allow(deps, { accountId }, body, now);

interface Wanted {
  readonly type: string;
  readonly bytes: number;
  readonly name?: string;
}

/** Row 108. Nothing is stored of an upload: its ticket says what was allowed. Only the count of its bytes is written. */
export async function allow(
  { table, tally, bucket, uploadKeys }: Kernel & UploadDeps,
  owner: Owner,
  { type, bytes, ...named }: Wanted,
  now: number,
): Promise<{ readonly body: Answer<Routes['allowUpload']>['body'] }> {
  const uploadId = newId(now);
  const seconds = limits.uploadSeconds;
  const [key, { url, fields }] = await Promise.all([
    uploadKeys.current(),
    bucket.allowUpload({ key: arrivalKey(uploadId), type, bytes, seconds }),
  ]);
  const expiresAt = ttl(now) + limits.unusedUploadSeconds;
  const ticket = ticketOf(key, owner, { uploadId, mediaType: type, bytes, expiresAt, ...named });
  const answer = { body: { uploadId: ticket, url, fields: { ...fields }, expiresAt: iso(now + seconds * 1000) } };
  const count = Math.max(bytes, limits.file.leastCounted);
  const use: Use = { limit: 'upload', subject: owner.accountId, count };
  const ofGroup = owner.groupId !== undefined && ({ limit: 'uploadOfGroup', subject: owner.groupId, count } as const);
  if (ofGroup) tally.refuse(ofGroup, now);
  await table.commit([charged(use, now)], answer);
  // Only then: what one member is refused takes nothing from the others.
  if (ofGroup) await tally.count(ofGroup, now);
  return answer;
}

interface User extends Owner {
  readonly now: number;
}

/**
 * The uploads that tickets stand for.
 *
 * @throws Problem UPLOAD_INVALID for a ticket that moim did not make for this account and group, or that has expired
 */
export const openUploads = (keys: SigningKeys, tickets: readonly string[], by: User): Promise<Upload[]> =>
  Promise.all(
    tickets.map(async (text) => {
      const ticket = readTicket(text);
      const key = ticket && (await keys.named(ticket.keyId));
      if (!ticket || !key || !isSealed(key, by, ticket) || !isUsable(ticket.upload, by.now))
        throw new Problem('UPLOAD_INVALID');
      return ticket.upload;
    }),
  );

/** An upload, and the place of its ticket in the request. */
interface Asked {
  readonly upload: Upload;
  /** RFC 6901 */
  readonly pointer: string;
}

/**
 * The photos in uploads, without metadata.
 *
 * @throws Problem UPLOAD_INVALID, whose `errors` say what is wrong with which photo: it is missing, no image, broken, moving,
 * another than was announced, or of too many pixels
 */
export async function readPhotos(
  bucket: Bucket,
  asked: readonly Asked[],
  maxPixels: number,
  locale: Locale,
): Promise<Still[]> {
  const looked = await Promise.all(
    asked.map(async ({ upload, pointer }) => ({ pointer, found: await look(bucket, upload, maxPixels) })),
  );
  const { fields } = catalogOf(locale);
  const errors = looked.flatMap(({ pointer, found }) =>
    typeof found === 'string' ? [{ pointer, reason: fields[found] }] : [],
  );
  if (errors.length > 0) throw new Problem('UPLOAD_INVALID', { errors });
  return looked.map(({ found }) => found as Still);
}

async function look(
  bucket: Bucket,
  { uploadId, mediaType, bytes }: Upload,
  maxPixels: number,
): Promise<Still | Unfit | 'uploadMissing' | 'photoOther'> {
  const file = await bucket.read(arrivalKey(uploadId));
  if (file?.length !== bytes) return 'uploadMissing';
  const still = stillOf(file, maxPixels);
  return typeof still === 'string' || still.type === mediaType ? still : 'photoOther';
}

/**
 * Takes uploads among the files of a group, at the version of the group that they are added to. Images are stored without
 * what a camera wrote into them. The caller makes `dropUnusedFile` due before: it deletes what the group does not show in
 * the end.
 *
 * @throws Problem UPLOAD_INVALID for an upload that is missing, or no such file. Of an image, `errors` say what is wrong
 */
export async function keepFiles(
  { bucket }: Pick<UploadDeps, 'bucket'>,
  asked: readonly Asked[],
  { groupId, version, locale }: { readonly groupId: string; readonly version: number; readonly locale: Locale },
): Promise<KeptFile[]> {
  const keyFor: KeyFor = (uploadId, etag) => fileKey(groupId, uploadId, etag, version);
  return Promise.all(
    asked.map(async (each) => {
      const { uploadId: id, name, mediaType } = each.upload;
      // Without a name it was allowed for something else.
      if (name === undefined) throw new Problem('UPLOAD_INVALID');
      const keep = isImageType(mediaType) ? keepImage : keepDocument;
      return { id, name, type: mediaType as FileTypeName, ...(await keep(bucket, each, keyFor, locale)) };
    }),
  );
}

type KeyFor = (uploadId: string, etag: string) => string;
type Stored = Pick<KeptFile, 'key' | 'bytes'>;

async function keepImage(bucket: Bucket, asked: Asked, keyFor: KeyFor, locale: Locale): Promise<Stored> {
  const [still] = await readPhotos(bucket, [asked], limits.photo.maxPixels, locale);
  const { bytes, type, print } = still!;
  const key = keyFor(asked.upload.uploadId, print);
  await bucket.put(key, bytes, type);
  return { key, bytes: bytes.length };
}

/**
 * Looks into the file of an upload, and copies exactly what was seen to where it stays.
 *
 * @throws Problem UPLOAD_INVALID for an upload that is missing, or begins like no file of its type
 */
export async function keepDocument(bucket: Bucket, { upload }: Pick<Asked, 'upload'>, keyFor: KeyFor): Promise<Stored> {
  const { uploadId, bytes, mediaType } = upload;
  const from = arrivalKey(uploadId);
  const file = await bucket.inspect(from);
  if (file?.bytes !== bytes || !beginsAs(mediaType, file.head)) throw new Problem('UPLOAD_INVALID');
  const key = keyFor(uploadId, file.etag);
  if (!(await bucket.keep(from, key, file))) throw new Problem('UPLOAD_INVALID');
  return { key, bytes };
}

/** Deletes the file of an upload, with all that a camera wrote into it, when nothing needs it. */
export const dropArrival = (bucket: Bucket, uploadId: string) => bucket.remove(arrivalKey(uploadId));
