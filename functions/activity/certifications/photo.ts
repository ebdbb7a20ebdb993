/** A photo of a certification (row 118): its objects in the bucket, and what its state says. No I/O. */
import { type Still, shownSize } from '../../../shared/images/still.ts';
import type { ImagesState } from './values.ts';

export interface Photo {
  /** Names its objects. It is used once, so a late deletion never meets an object that is shown. */
  readonly id: string;
  /** Of the picture as it was sent (`print`). */
  readonly hash: string;
  /** Pixels of the image that is shown, upright. */
  readonly width: number;
  readonly height: number;
  /** There until the image that stays has taken the place of the file, with a thumbnail beside it. */
  readonly undecoded?: true;
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

/**
 * The keys of the objects of a photo. `full` is the file without metadata until it is decoded; then the image of 1,600 pixels
 * takes its place, so an address that was given out goes on showing the photo.
 */
export function keysOf(groupId: string, { id }: Pick<Photo, 'id'>) {
  const full = `certifications/${groupId}/${id}`;
  return { full, thumbnail: `${full}-480` };
}

/** A photo that was just taken. */
export const newPhoto = (id: string, hash: string, still: Still, duplicateOf: string | undefined): Photo => ({
  id,
  hash,
  ...shownSize(still),
  undecoded: true,
  ...(duplicateOf === undefined ? {} : { duplicateOf }),
});

/** The hashes that a certification holds as the first of its group to show them. */
export const hashesOf = (photos: readonly Photo[]): string[] => [
  ...new Set(photos.filter(({ duplicateOf }) => duplicateOf === undefined).map(({ hash }) => hash)),
];
