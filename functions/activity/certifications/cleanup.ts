/** Deletes what is no longer shown of photos (row 118): by the stream, so also after a function that ended in between. */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { dropArrival } from '../files/service.ts';
import type { CertificationItem } from './items.ts';
import { keysOf, uploadOf } from './photo.ts';

/**
 * The objects of photos that a change took off; and the files as they were sent, with all that a camera wrote into them, when
 * nothing needs them any more. Each id is used once, so what is gone never comes back, however late this runs.
 */
export async function dropPhotos(
  { after, old }: Change<CertificationItem, Old<CertificationItem, 'groupId' | 'undecoded'>>,
  { bucket }: Kernel & { readonly bucket: Bucket },
): Promise<void> {
  if (!old) return;
  const left = after?.photos ?? [];
  const gone = (old.photos ?? []).filter(({ id }) => !left.some((photo) => photo.id === id));
  const decoded = old.undecoded && !after?.undecoded ? left : [];
  await Promise.all([
    ...gone.flatMap((photo) => Object.values(keysOf(old.groupId, photo))).map((key) => bucket.remove(key)),
    ...[...gone, ...decoded].map((photo) => dropArrival(bucket, uploadOf(photo))),
  ]);
}
