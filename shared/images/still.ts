/**
 * What an uploaded file is, before anything is decoded: its type, its size in pixels, that it is complete and does not move;
 * and the file without all that a camera or a program wrote into it beside the picture. The pixels stay as they are, bit by
 * bit. The check is cheap, so a broken file, an animation or a decompression bomb is refused before it costs anything.
 */
import { createHash } from 'node:crypto';
import type { Orientation } from './exif.ts';
import { type Header, type ImageType, imageTypeOf, isHeic } from './header.ts';
import { readJpeg } from './jpeg.ts';
import { readPng } from './png.ts';
import { readWebp } from './webp.ts';

/**
 * The most segments or chunks of a file. A real photo has a hundred; a PNG in pieces of a kilobyte has ten thousand. Each
 * takes some memory while it is looked at.
 */
export const mostPieces = 20_000;

/** What is read of a file of one type. Width and height are as stored, before it is turned. */
export interface Parts {
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation | undefined;
  /** The file without metadata. Only an orientation other than upright is written back. */
  readonly bytes: Buffer;
  /** Of these the pieces that make the pixels, without how they are to be shown: density, profile of colours. */
  readonly picture: readonly Buffer[];
}

/** A complete, still image without metadata. */
export interface Still extends Header {
  readonly bytes: Buffer;
  /**
   * By what the photo is known again: the first 128 bits of SHA-256 of its pixels as they are coded, and of its orientation.
   * Programs that remove metadata often remove density and profile too, so these are no part of it.
   */
  readonly print: string;
}

/** Why a file is none. Each is a reason of a field (`shared/messages`). */
export type Unfit = 'photoHeic' | 'photoKind' | 'photoBroken' | 'photoMoves' | 'photoPixels';

const readers: Readonly<Record<ImageType, (file: Buffer) => Parts | 'moves' | undefined>> = {
  'image/jpeg': readJpeg,
  'image/png': readPng,
  'image/webp': readWebp,
};

/**
 * The image in a file without its metadata, or why there is none.
 *
 * @param maxPixels the maximum width times height
 * @example
 * const still = stillOf(file, limits.photo.maxPixels);
 * if (typeof still === 'string') throw refused(still);
 */
export function stillOf(file: Uint8Array, maxPixels: number): Still | Unfit {
  const type = imageTypeOf(file);
  if (!type) return isHeic(file) ? 'photoHeic' : 'photoKind';
  const parts = readers[type](Buffer.from(file.buffer, file.byteOffset, file.byteLength));
  if (parts === 'moves') return 'photoMoves';
  if (!parts || parts.width === 0 || parts.height === 0) return 'photoBroken';
  if (parts.width * parts.height > maxPixels) return 'photoPixels';
  const { width, height, orientation = 1, bytes, picture } = parts;
  const print = printOf(orientation, picture);
  return { type, width, height, ...(orientation > 1 ? { orientation } : {}), bytes, print };
}

/** More bits would only make items larger than the kilobyte that a write unit holds. */
function printOf(orientation: Orientation, picture: readonly Buffer[]): string {
  const hash = createHash('sha256').update(String(orientation));
  for (const piece of picture) hash.update(piece);
  return hash.digest().subarray(0, 16).toString('base64url');
}

/** Width and height as people see them. */
export const shownSize = ({ width, height, orientation = 1 }: Header) =>
  orientation > 4 ? { width: height, height: width } : { width, height };
