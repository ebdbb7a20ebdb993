import { crc32 } from 'node:zlib';
import { type Orientation, orientationIn, tiffOf, tiffSaying } from './exif.ts';
import { mostPieces, type Parts } from './still.ts';

/** Chunks that the pixels and their colours need. All others are left out: texts, times, EXIF, what programs note. */
const needed = new Set(
  ['IHDR PLTE IDAT IEND', 'tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs'].flatMap((names) =>
    names.split(' '),
  ),
);

/** Those that make the pixels. Programs cut IDAT into other pieces, so only the data counts. */
const pixels = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT']);

const chunk = (name: string, data: Buffer): Buffer => {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(name, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
};

interface Chunk {
  readonly name: string;
  readonly data: Buffer;
  readonly whole: Buffer;
}

/** The chunks up to IEND, or to the first broken one: each with length, name, data and checksum. */
function* chunksOf(file: Buffer): Generator<Chunk> {
  for (let at = 8, pieces = 0; at + 12 <= file.length && pieces < mostPieces; pieces++) {
    const end = at + 12 + file.readUInt32BE(at);
    if (end > file.length || crc32(file.subarray(at + 4, end - 4)) !== file.readUInt32BE(end - 4)) return;
    const name = file.toString('latin1', at + 4, at + 8);
    yield { name, data: file.subarray(at + 8, end - 4), whole: file.subarray(at, end) };
    if (name === 'IEND') return;
    at = end;
  }
}

/** A PNG from IHDR to IEND. What comes after IEND is left out. */
export function readPng(file: Buffer): Parts | undefined {
  const chunks = [...chunksOf(file)];
  const named = (wanted: string) => chunks.filter(({ name }) => name === wanted);
  const [header] = chunks;
  if (header?.name !== 'IHDR' || header.data.length !== 13 || named('IHDR').length > 1) return undefined;
  if (chunks.at(-1)?.name !== 'IEND' || named('IDAT').length === 0) return undefined;

  const orientation: Orientation | undefined = named('eXIf')
    .map(({ data }) => orientationIn(tiffOf(data)))
    .find((found) => found !== undefined);
  const kept = chunks.filter(({ name }) => needed.has(name)).map(({ whole }) => whole);
  // EXIF comes before the pixels.
  if (orientation && orientation > 1) kept.splice(1, 0, chunk('eXIf', tiffSaying(orientation)));
  return {
    width: header.data.readUInt32BE(0),
    height: header.data.readUInt32BE(4),
    orientation,
    bytes: Buffer.concat([file.subarray(0, 8), ...kept]),
    picture: chunks.filter(({ name }) => pixels.has(name)).map(({ data }) => data),
  };
}
