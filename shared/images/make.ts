import { decode, encode, resize, squareOf, unweighColours, weighColours } from './codecs.ts';
import type { Header } from './header.ts';

/** The work on one image. */
export interface Task {
  readonly bytes: Uint8Array;
  readonly header: Header;
  readonly longestSide: number;
  readonly thumbnailSide: number;
}

export interface Made {
  readonly full: Uint8Array;
  readonly thumbnail: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** WebP quality, 0 to 100: about where people begin to see no difference. */
const quality = { full: 80, thumbnail: 75 };

/**
 * Makes a new image from the pixels of an image, and a square thumbnail from its middle. Undefined if it cannot be
 * decoded.
 */
export async function make({ bytes, header, longestSide, thumbnailSide }: Task): Promise<Made | undefined> {
  const original = await decode(bytes, header).catch(() => undefined);
  if (!original) return undefined;
  const isWeighed = weighColours(original);
  const full = resize(original, longestSide);
  const thumbnail = resize(squareOf(full), thumbnailSide);
  if (isWeighed) for (const pixels of [full, thumbnail]) unweighColours(pixels);
  return {
    full: await encode(full, quality.full),
    thumbnail: await encode(thumbnail, quality.thumbnail),
    width: full.width,
    height: full.height,
  };
}
