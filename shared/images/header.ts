/**
 * Facts about an image before anything is decoded: its type, its size in pixels, and that it is complete. The check is
 * cheap, so a broken file, an animation or a decompression bomb is refused before it costs anything.
 */
export const imageTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type ImageType = (typeof imageTypes)[number];

export interface Header {
  readonly type: ImageType;
  /** As stored, before the rotation that the image asks for. */
  readonly width: number;
  readonly height: number;
}

type Size = Pick<Header, 'width' | 'height'> | undefined;

/** A progressive JPEG has about ten scans. Each scan costs a pass over all blocks, even if it has few bytes. */
const scansAtMost = 50;

/**
 * The type of an image by its first bytes, regardless of its name. JPEG starts with FF D8 FF, PNG with a signature of
 * eight bytes. WebP is a RIFF container named WEBP.
 */
export function imageTypeOf(head: Uint8Array): ImageType | undefined {
  const text = Buffer.from(head.subarray(0, 12)).toString('latin1');
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp';
  return undefined;
}

/** The header of a complete, still image; undefined for everything else. */
export function headerOf(bytes: Uint8Array): Header | undefined {
  const type = imageTypeOf(bytes);
  if (!type) return undefined;
  const size = sizes[type](Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return size && size.width > 0 && size.height > 0 ? { type, ...size } : undefined;
}

/** SOF0-SOF15, without the three codes in between that have another meaning. */
const startsFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/**
 * The markers of a JPEG in the order of a decoder, each with the position and length of its segment. Ends at the first
 * broken marker.
 */
function* markersOf(
  file: Buffer,
): Generator<{ readonly marker: number; readonly at: number; readonly length: number }> {
  for (let at = file.indexOf(0xff, 2); at >= 0 && at + 1 < file.length; at = file.indexOf(0xff, at)) {
    const marker = file[at + 1]!;
    // Bytes between the markers of a scan: padding, an FF that is data, and restart markers.
    if (marker === 0xff) at += 1;
    else if (marker === 0 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else {
      const length = marker !== 0xd9 && at + 4 <= file.length ? file.readUInt16BE(at + 2) : 0;
      yield { marker, at, length };
      at += 2 + length;
    }
  }
}

/** Without an end marker (EOI) a decoder would paint the rest grey. */
function sizeOfJpeg(file: Buffer): Size {
  let size: Size;
  let scans = 0;
  for (const { marker, at, length } of markersOf(file)) {
    if (marker === 0xd9) return scans > 0 ? size : undefined;
    if (marker < 0xc0 || length < 2 || at + 2 + length > file.length) return undefined;
    if (marker === 0xda && ++scans > scansAtMost) return undefined;
    if (!startsFrame(marker)) continue;
    if (size || length < 8) return undefined;
    size = { height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7) };
  }
  return undefined;
}

/** Chunks from IHDR to IEND, each with length, name, data and checksum. */
function sizeOfPng(file: Buffer): Size {
  let size: Size;
  for (let at = 8; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at);
    const name = file.toString('latin1', at + 4, at + 8);
    if ((name === 'IHDR') !== (at === 8) || at + 12 + length > file.length) return undefined;
    if (name === 'IHDR' && length === 13)
      size = { width: file.readUInt32BE(at + 8), height: file.readUInt32BE(at + 12) };
    if (name === 'IEND') return size;
    at += 12 + length;
  }
  return undefined;
}

/** A RIFF container whose first chunk holds the size: lossy, lossless, or extended (where bit 1 marks an animation). */
function sizeOfWebp(file: Buffer): Size {
  if (file.length < 30 || file.readUInt32LE(4) + 8 > file.length) return undefined;
  const chunk = file.toString('latin1', 12, 16);
  if (chunk === 'VP8 ') {
    const isKeyFrame = file.readUIntBE(23, 3) === 0x9d012a;
    return isKeyFrame ? { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff } : undefined;
  }
  if (chunk === 'VP8L') {
    const bits = file.readUInt32LE(21);
    return file[20] === 0x2f ? { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 } : undefined;
  }
  if (chunk === 'VP8X' && !(file[20]! & 0x02))
    return { width: file.readUIntLE(24, 3) + 1, height: file.readUIntLE(27, 3) + 1 };
  return undefined;
}

const sizes: Readonly<Record<ImageType, (file: Buffer) => Size>> = {
  'image/jpeg': sizeOfJpeg,
  'image/png': sizeOfPng,
  'image/webp': sizeOfWebp,
};
