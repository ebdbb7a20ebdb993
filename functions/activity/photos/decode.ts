/**
 * From the photo that was sent to the images that stay (row 118). Nothing of this rests on the order or the number of
 * deliveries: the certification is read as it is now, its write asks for what was read, and the bytes of an object tell
 * whether they are still the file.
 */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { untilSettled } from '../../../shared/data/meaning.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import { processImage } from '../../../shared/images/process.ts';
import { shownSize, stillOf } from '../../../shared/images/still.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { broken, ready } from '../certifications/decoding.ts';
import type { CertificationItem } from '../certifications/items.ts';
import { keysOf, type Photo } from '../certifications/photo.ts';

type Deps = Kernel & { readonly bucket: Bucket };

/** Decodes what is new of a certification's photos. A photo that cannot be decoded ends the certification as broken. */
export async function decode(
  { item, now, changedAt }: Change<CertificationItem>,
  { table, bucket }: Deps,
): Promise<void> {
  if (!item) return;
  const { groupId, certificationId } = item;
  /** What was made of each photo; undefined: it cannot be decoded. Also of one that an edit takes off meanwhile. */
  const made = new Map<string, Photo | undefined>();
  const isLate = now - changedAt > limits.photo.giveUpSeconds * 1000;
  const certification = await untilSettled(async () => {
    const before = await table.get('Certification', { groupId, certificationId });
    if (!before?.undecoded) return before;
    for (const photo of before.photos) {
      if (!photo.undecoded || made.has(photo.id)) continue;
      const size = await imagesOf(bucket, keysOf(groupId, photo), photo.hash, isLate);
      made.set(photo.id, size && whole(photo, size));
    }
    const photos = before.photos.map((photo) => (photo.undecoded ? made.get(photo.id) : photo));
    const opened = photos.filter((photo) => photo !== undefined);
    const isWhole = opened.length === photos.length;
    await table.commit(isWhole ? ready(before, opened) : broken(before, now));
    return isWhole ? { ...before, photos: opened } : undefined;
  });
  const shown = new Set(certification?.photos.map(({ id }) => id));
  const unshown = [...made.keys()].filter((id) => !shown.has(id));
  const keys = unshown.flatMap((id) => Object.values(keysOf(groupId, { id })));
  await Promise.all(keys.map((key) => bucket.remove(key)));
}

type Size = Pick<Photo, 'width' | 'height'>;

/**
 * Makes the two objects that stay of a photo, and gives the size of the image. Undefined if the photo is gone or cannot be
 * decoded; and if it is late, for one that ends its thread, which is tried again until then.
 *
 * @param hash of the photo as it was sent
 */
export async function imagesOf(
  bucket: Bucket,
  keys: { readonly full: string; readonly thumbnail: string },
  hash: string | undefined,
  isLate: boolean,
): Promise<Size | undefined> {
  const file = await bucket.read(keys.full);
  const still = file && stillOf(file, limits.photo.maxPixels);
  if (!still || typeof still === 'string') return undefined;
  // A run before this one got as far as that: the image has taken the place of the file, and the thumbnail is there.
  if (still.print !== hash) return shownSize(still);
  const images = await processImage(still, limits.photo).catch((error: unknown) => {
    if (!isLate) throw error;
  });
  if (!images) return undefined;
  await bucket.put(keys.thumbnail, images.thumbnail, images.type);
  await bucket.put(keys.full, images.full, images.type);
  return { width: images.width, height: images.height };
}

const whole = ({ undecoded: _, ...photo }: Photo, { width, height }: Size): Photo => ({
  ...photo,
  width,
  height,
});
