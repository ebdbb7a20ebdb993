/** A photo of a certification (row 118): its objects in the bucket, and what its state says. No I/O. */
import { type Still, shownSize } from '../../../shared/images/still.ts';
import type { ImagesState } from './values.ts';

export interface Photo {
  /** Names its objects. It is used once, so a late deletion never meets an object that is shown. */
  readonly id: string;
  /** SHA-256, in base64url, of the file without metadata, as it was sent. */
  readonly hash: string;
  /** Pixels of the image that is shown, upright. */
  readonly width: number;
  readonly height: number;
  /** Whether the objects that stay have taken the place of the file. */
  readonly decoded?: true;
  /** The certification of the group that showed the same photo first. Without it, this one did. */
  readonly duplicateOf?: string;
}

interface State {
  readonly undecoded?: true;
  readonly broken?: true;
}
export const imagesState = ({ undecoded, broken }: State): ImagesState =>
  broken ? 'BROKEN' : undecoded ? 'DECODING' : 'READY';

/**
 * The id of a photo.
 *
 * @param use new for each use of the upload
 */
export const photoId = (uploadId: string, use: string) => `${uploadId}-${use}`;

/** The upload that a photo was sent with. */
export const uploadOf = ({ id }: Pick<Photo, 'id'>) => id.slice(0, 36);

/** The keys of the objects of a photo: the file without metadata, the image of 1,600 pixels, and the thumbnail. */
export function keysOf(groupId: string, { id }: Pick<Photo, 'id'>) {
  const sent = `certifications/${groupId}/${id}`;
  return { sent, full: `${sent}-1600.webp`, thumbnail: `${sent}-480.webp` };
}

/** The object that people are shown: until it is decoded, the file without metadata. */
export const shownKey = (groupId: string, photo: Photo) => keysOf(groupId, photo)[photo.decoded ? 'full' : 'sent'];

/** A photo that was just taken. */
export const newPhoto = (id: string, hash: string, still: Still, duplicateOf: string | undefined): Photo => ({
  id,
  hash,
  ...shownSize(still),
  ...(duplicateOf === undefined ? {} : { duplicateOf }),
});

/** The hashes that a certification holds as the first of its group to show them. */
export const hashesOf = (photos: readonly Photo[]): string[] => [
  ...new Set(photos.filter(({ duplicateOf }) => duplicateOf === undefined).map(({ hash }) => hash)),
];
