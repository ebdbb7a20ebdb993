/** Photos of certifications (row 118): taking them from uploads, and showing them. */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent, exists } from '../../../shared/data/conditions.ts';
import { Overtaken, overtaken } from '../../../shared/data/meaning.ts';
import { or, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { create, drop, type Write } from '../../../shared/data/writes.ts';
import type { Still } from '../../../shared/images/still.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { claimedId, type Upload } from '../files/rules.ts';
import { openUploads, readPhotos, type UploadDeps } from '../files/service.ts';
import type { CertificationItem, ImageHashItem } from './items.ts';
import { hashesOf, imagesState, keysOf, newPhoto, type Photo, photoId, uploadOf } from './photo.ts';

type Deps = UploadDeps & { readonly table: Table };

interface By {
  readonly groupId: string;
  readonly certificationId: string;
  readonly accountId: string;
  readonly locale: Locale;
  readonly now: number;
}

/** The photos of a certification as a request wants them. */
export interface Taken {
  readonly photos: readonly Photo[];
  /** Writes for the same commit: which photos this certification is the first to show, and no longer shows. */
  readonly writes: readonly Write[];
  /** Runs the commit; if it is refused, the objects that were stored for it are deleted. */
  settle<T>(commit: Promise<T>): Promise<T>;
}

/**
 * Takes uploads as the photos of a certification: looks through each file, removes what a camera wrote into it, and stores
 * the rest. An upload whose photo the certification has already is not looked at again. Two that show the same photo at
 * once both want to be its first; one of them is overtaken, and decides again.
 *
 * @param tickets the `uploadIds` of the request
 * @param before the photos that the certification has so far
 * @throws Problem UPLOAD_INVALID, whose `errors` say what is wrong with which photo
 */
export async function takePhotos(
  { table, bucket, uploadKeys }: Deps,
  tickets: readonly string[],
  by: By,
  before: readonly Photo[] = [],
): Promise<Taken> {
  const known = new Map(before.map((photo) => [uploadOf(photo), photo]));
  const places = tickets.map((ticket, i) => ({ ticket, pointer: `/uploadIds/${i}` }));
  const fresh = places.filter(({ ticket }) => !known.has(claimedId(ticket)));
  const uploads = await openUploads(
    uploadKeys,
    fresh.map(({ ticket }) => ticket),
    by,
  );
  const asked = uploads.map((upload, i) => ({ upload, pointer: fresh[i]!.pointer }));
  const stills = await readPhotos(bucket, asked, limits.photo.maxPixels, by.locale);
  const files = stills.map((still, i) => fileOf(still, uploads[i]!, by.now));
  const firsts = await firstsOf(table, by.groupId, files);
  const { groupId } = by;
  await Promise.all(files.map((file) => bucket.put(keysOf(groupId, file).full, file.still.bytes, file.still.type)));

  const made = files.map(({ id, hash, still }) => {
    const first = firsts.get(hash)?.certificationId;
    return newPhoto(id, hash, still, first === by.certificationId ? undefined : first);
  });
  const madeOf = new Map(made.map((photo) => [uploadOf(photo), photo]));
  const photos = tickets.map((ticket) => known.get(claimedId(ticket)) ?? madeOf.get(claimedId(ticket))!);
  return {
    photos,
    writes: hashWrites(by, before, photos),
    async settle(commit) {
      try {
        return await commit;
      } catch (error) {
        if (isRefusal(error)) await Promise.all(made.map((photo) => bucket.remove(keysOf(groupId, photo).full)));
        throw error;
      }
    },
  };
}

/** A commit that was surely not done. Of one that ended otherwise nobody knows whether its objects are shown. */
const isRefusal = (error: unknown) =>
  error instanceof Overtaken ||
  (error instanceof Problem && error.code !== 'TRY_AGAIN' && !error.code.startsWith('IDEMPOTENCY_'));

const fileOf = (still: Still, { uploadId }: Upload, now: number) => ({
  id: photoId(uploadId, newId(now).slice(-8)),
  hash: still.print,
  still,
});

/** Who showed these photos first, by hash, in one read. */
async function firstsOf(
  table: Table,
  groupId: string,
  files: readonly { readonly hash: string }[],
): Promise<ReadonlyMap<string, ImageHashItem>> {
  const refs: Record<string, Reference<ImageHashItem>> = Object.fromEntries(
    files.map(({ hash }) => [hash, ref('ImageHash', { groupId, hash })]),
  );
  const found = files.length > 0 ? await table.getAll(refs) : {};
  return new Map(Object.entries(found).flatMap(([hash, item]) => (item ? [[hash, item] as const] : [])));
}

function hashWrites(
  { groupId, certificationId, now }: By,
  before: readonly Photo[],
  after: readonly Photo[],
): readonly Write[] {
  const [old, held] = [hashesOf(before), hashesOf(after)];
  const firsts = held.filter((hash) => !old.includes(hash));
  const gone = old.filter((hash) => !held.includes(hash));
  const item = (hash: string) => ({ groupId, hash, certificationId, createdAt: iso(now) });
  return [...or(overtaken, ...firsts.map((hash) => create('ImageHash', item(hash)))), ...freed(groupId, gone)];
}

/** The writes by which others may be the first to show these photos. */
const freed = (groupId: string, hashes: readonly string[]): Write[] =>
  hashes.map((hash) => drop('ImageHash', { groupId, hash }));

/** The writes by which a certification that ends no longer holds its photos. */
export const freeHashes = ({ groupId, photos }: Pick<CertificationItem, 'groupId' | 'photos'>): Write[] =>
  freed(groupId, hashesOf(photos));

/** Row 118: nobody approves photos that may turn out to be none. */
export function requireDecoded(certification: CertificationItem): void {
  const state = imagesState(certification);
  if (state === 'DECODING') throw new Problem('NOT_DECODED', { retryAfter: limits.photo.retrySeconds });
  if (state === 'BROKEN') throw new Problem('PHOTO_BROKEN');
}

/**
 * The photos are decoded, or not, as they were when they were read. Decoding leaves the version as it is: nobody edits against
 * it.
 */
export const asDecoded = ({ undecoded }: CertificationItem) => (undecoded ? exists('undecoded') : absent('undecoded'));

/** The part of a certification's view about its photos. */
export async function photosView(bucket: Bucket, certification: CertificationItem, tellsDuplicate: boolean) {
  const { groupId, photos } = certification;
  const state = imagesState(certification);
  const duplicate = photos.find(({ duplicateOf }) => duplicateOf !== undefined)?.duplicateOf;
  return {
    images: await Promise.all(photos.map((photo) => bucket.show(keysOf(groupId, photo).full))),
    thumbnails:
      state === 'DECODING'
        ? null
        : await Promise.all(photos.map((photo) => bucket.show(keysOf(groupId, photo).thumbnail))),
    sizes: photos.map(({ width, height }) => ({ width, height })),
    imagesState: state,
    duplicateOf: (tellsDuplicate && duplicate) || null,
  };
}
