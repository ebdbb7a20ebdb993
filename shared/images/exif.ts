/** The one fact of a photo's EXIF that its pixels need: which way up it is. */

/** 1 to 8, as EXIF counts them: from 5 on width and height change places; 1 is upright. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const preamble = Buffer.from('Exif\0\0', 'latin1');
const orientationTag = 0x0112;

/** A block of EXIF without the words that a JPEG, and some writers of WebP, put before it. */
export const tiffOf = (data: Buffer): Buffer =>
  data.subarray(0, preamble.length).equals(preamble) ? data.subarray(preamble.length) : data;

/** Whether the data of a segment of a JPEG is EXIF. */
export const isExif = (data: Buffer): boolean => data.subarray(0, preamble.length).equals(preamble);

/** The orientation in a TIFF block; undefined if it has none, or is broken. */
export function orientationIn(tiff: Buffer): Orientation | undefined {
  const order = tiff.toString('latin1', 0, 2);
  if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return undefined;
  const little = order === 'II';
  const short = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const start = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (short(2) !== 42 || start + 2 > tiff.length) return undefined;
  const count = short(start);
  for (let at = start + 2; at < start + 2 + count * 12 && at + 12 <= tiff.length; at += 12) {
    // A short (type 3), whose value is in the entry itself.
    if (short(at) !== orientationTag || short(at + 2) !== 3) continue;
    const value = short(at + 8);
    return value >= 1 && value <= 8 ? (value as Orientation) : undefined;
  }
  return undefined;
}

/** A TIFF block of 26 bytes that says an orientation and nothing else. */
export function tiffSaying(orientation: Orientation): Buffer {
  // Header, one entry (a short), no further directory.
  const tiff = Buffer.from('4d4d002a000000080001' + '0112000300000001' + '00000000' + '00000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}

/** The data of a JPEG's segment that says an orientation. */
export const exifSaying = (orientation: Orientation): Buffer => Buffer.concat([preamble, tiffSaying(orientation)]);
