import { decode, encode, resize, squareOf, unweighColours, weighColours } from './codecs.ts';
import type { Header } from './header.ts';

/** What is to be made of an image. */
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

/** Of 100: where people begin not to see a difference. */
const quality = { full: 80, thumbnail: 75 };

/** Makes an image anew of its pixels, and a square of its middle; undefined if it cannot be read. */
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
