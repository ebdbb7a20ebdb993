import { decode, encode, resize, squareOf, turned, unweighColours, weighColours } from './codecs.ts';
import type { Header } from './header.ts';

/** The work on one image. */
export interface Task {
  readonly bytes: Uint8Array;
  readonly header: Header;
  readonly longestSide: number;
  readonly thumbnailSide: number;
  /** Whether the thumbnail is the square in the middle; else it is the whole image. */
  readonly isSquare: boolean;
}

export interface Made {
  readonly full: Uint8Array;
  readonly thumbnail: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** WebP quality, 0 to 100: about where people begin to see no difference. */
const quality = { full: 80, thumbnail: 75 };

/** Makes a new image from the pixels of an image, upright, and its thumbnail. Undefined if it cannot be decoded. */
export async function make({ bytes, header, longestSide, thumbnailSide, isSquare }: Task): Promise<Made | undefined> {
  const original = await decode(bytes, header).catch(() => undefined);
  if (!original) return undefined;
  const isWeighed = weighColours(original);
  const full = turned(resize(original, longestSide), header.orientation);
  const thumbnail = resize(isSquare ? squareOf(full) : full, thumbnailSide);
  if (isWeighed) for (const pixels of new Set([full, thumbnail])) unweighColours(pixels);
  return {
    full: await encode(full, quality.full),
    thumbnail: await encode(thumbnail, quality.thumbnail),
    width: full.width,
    height: full.height,
  };
}
