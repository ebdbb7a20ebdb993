/** The type of an image by its first bytes, and what is known of one before it is decoded. */
import type { Orientation } from './exif.ts';

const imageTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type ImageType = (typeof imageTypes)[number];
export const isImageType = (type: string): type is ImageType => (imageTypes as readonly string[]).includes(type);

export interface Header {
  readonly type: ImageType;
  /** As stored, before the rotation that the image asks for. */
  readonly width: number;
  readonly height: number;
  /** Which way the image asks to be turned; left out for one that is upright. */
  readonly orientation?: Orientation;
}

const textOf = (head: Uint8Array) => Buffer.from(head.subarray(0, 12)).toString('latin1');

/**
 * The type of an image by its first bytes, regardless of its name. JPEG starts with FF D8 FF, PNG with a signature of
 * eight bytes. WebP is a RIFF container named WEBP.
 */
export function imageTypeOf(head: Uint8Array): ImageType | undefined {
  const text = textOf(head);
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp';
  return undefined;
}

/** Whether a file begins like HEIC or AVIF: what phones write that save space (ISO 14496-12, the box `ftyp`). */
export const isHeic = (head: Uint8Array): boolean =>
  /^.{4}ftyp(hei[cxms]|hev[cxms]|mif[12]|msf1|avi[fs])/s.test(textOf(head));
