import { exifSaying, isExif, type Orientation, orientationIn, tiffOf } from './exif.ts';
import { mostPieces, type Parts } from './still.ts';

/** A progressive JPEG has about ten scans. Each scan costs a pass over all blocks, even if it has few bytes. */
const scansAtMost = 50;

const [startOfImage, endOfImage, startOfScan] = [0xd8, 0xd9, 0xda] as const;

/** SOF0-SOF15, without the three codes in between that have another meaning. */
const startsFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/**
 * Tables, frames, scans, restart intervals and the end: what a decoder needs. All else is APPn, COM, or of other files. C8 is
 * reserved: a segment of it could hold anything.
 */
const isNeeded = (marker: number) => marker >= 0xc0 && marker <= 0xdd && marker !== 0xc8;

/** The end of a scan's data: the next marker that is no restart marker and no FF that is data. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0 && at + 1 < file.length; at = file.indexOf(0xff, at)) {
    const next = file[at + 1]!;
    if (next === 0xff) at += 1;
    else if (next === 0 || (next >= 0xd0 && next <= 0xd7)) at += 2;
    else return at;
  }
  return file.length;
}

const segment = (marker: number, data: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};

const begins = (data: Buffer, text: string) => data.toString('latin1', 0, text.length) === text;

/**
 * What stays of an APPn segment: the density of the pixels without the small picture in JFIF, the colour profile, and how
 * Adobe's colours are turned. Nothing of all others.
 */
function keptOf(marker: number, data: Buffer): Buffer | undefined {
  if (marker === 0xe0 && begins(data, 'JFIF\0') && data.length >= 14)
    return segment(marker, Buffer.concat([data.subarray(0, 12), Buffer.alloc(2)]));
  if (marker === 0xe2 && begins(data, 'ICC_PROFILE\0')) return segment(marker, data);
  if (marker === 0xee && begins(data, 'Adobe') && data.length >= 12) return segment(marker, data.subarray(0, 12));
  return undefined;
}

interface Segment {
  readonly marker: number;
  /** Without the marker and the length. */
  readonly data: Buffer;
  /** All of it; of a scan with the pixels that follow. */
  readonly whole: Buffer;
}

const endSegment: Segment = { marker: endOfImage, data: Buffer.alloc(0), whole: Buffer.from([0xff, endOfImage]) };

/** The segments in the order of a decoder, up to the end marker or the first broken segment. */
function* segmentsOf(file: Buffer): Generator<Segment> {
  let pieces = 0;
  for (let at = file.indexOf(0xff, 2); at >= 0 && at + 1 < file.length; at = file.indexOf(0xff, at)) {
    const marker = file[at + 1]!;
    // Padding, and bytes that belong to no segment.
    if (marker === 0xff || marker === 0 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (marker === endOfImage) return yield endSegment;
    if (++pieces > mostPieces) return;
    const length = at + 4 <= file.length ? file.readUInt16BE(at + 2) : 0;
    const end = at + 2 + length;
    if (marker < 0xc0 || marker === startOfImage || length < 2 || end > file.length) return;
    const next = marker === startOfScan ? endOfScan(file, end) : end;
    yield { marker, data: file.subarray(at + 4, end), whole: file.subarray(at, next) };
    at = next;
  }
}

/**
 * A JPEG from its first marker to its last. What comes after the end marker is left out: further pictures, films and notes
 * of phones. Without an end marker a decoder would paint the rest grey, so such a file is broken.
 */
export function readJpeg(file: Buffer): Parts | undefined {
  const segments = [...segmentsOf(file)];
  const of = (fits: (marker: number) => boolean) => segments.filter(({ marker }) => fits(marker));
  const frames = of(startsFrame);
  const scans = of((marker) => marker === startOfScan).length;
  const frame = frames[0]?.data;
  if (segments.at(-1) !== endSegment || frames.length !== 1 || !frame || frame.length < 6) return undefined;
  if (scans === 0 || scans > scansAtMost) return undefined;

  const orientation = of((marker) => marker === 0xe1)
    .filter(({ data }) => isExif(data))
    .map(({ data }) => orientationIn(tiffOf(data)))
    .find((found) => found !== undefined);
  const kept = segments.flatMap(({ marker, data, whole }) =>
    isNeeded(marker) ? [whole] : (keptOf(marker, data) ?? []),
  );
  return {
    height: frame.readUInt16BE(1),
    width: frame.readUInt16BE(3),
    orientation,
    bytes: Buffer.concat(inOrder(kept, orientation)),
    // With the turn of Adobe's colours, which changes the pixels.
    picture: kept.filter((piece) => piece[1] !== 0xe0 && piece[1] !== 0xe2),
  };
}

/** JFIF comes first and once, EXIF next. */
function inOrder(kept: readonly Buffer[], orientation: Orientation | undefined): Buffer[] {
  const isJfif = (piece: Buffer) => piece[1] === 0xe0;
  const jfif = kept.find(isJfif);
  return [
    Buffer.from([0xff, startOfImage]),
    ...(jfif ? [jfif] : []),
    ...(orientation && orientation > 1 ? [segment(0xe1, exifSaying(orientation))] : []),
    ...kept.filter((piece) => !isJfif(piece)),
  ];
}
