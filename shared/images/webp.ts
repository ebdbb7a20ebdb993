import { type Orientation, orientationIn, tiffOf, tiffSaying } from './exif.ts';
import { mostPieces, type Parts } from './still.ts';

type Size = Pick<Parts, 'width' | 'height'>;

/** Bits of the first byte of VP8X that say what else is in the file. */
const flags = { profile: 0x20, alpha: 0x10, exif: 0x08, moves: 0x02 };

const riff = (name: string, data: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
};

/** The size that the pixels themselves say: of a lossy or a lossless picture. */
function sizeOf(name: string, data: Buffer): Size | undefined {
  if (name === 'VP8 ') {
    const isKeyFrame = data.length >= 10 && data.readUIntBE(3, 3) === 0x9d012a;
    return isKeyFrame ? { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff } : undefined;
  }
  if (data.length < 5 || data[0] !== 0x2f) return undefined;
  const bits = data.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

const canvasOf = (data: Buffer): Size => ({ width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 });

/**
 * A WebP: a RIFF container with the pixels, in the extended form with more. EXIF, XMP and unknown chunks are left out, and
 * what comes after the container. One that moves is `'moves'`.
 */
export function readWebp(file: Buffer): Parts | 'moves' | undefined {
  const whole = file.length >= 12 ? file.readUInt32LE(4) + 8 : 0;
  if (whole < 20 || whole > file.length) return undefined;
  const found = new Map<string, Buffer>();
  for (let at = 12, pieces = 0; at + 8 <= whole; ) {
    const length = file.readUInt32LE(at + 4);
    const end = at + 8 + length;
    if (end > whole || ++pieces > mostPieces) return undefined;
    const name = file.toString('latin1', at, at + 4);
    if (name === 'ANIM' || name === 'ANMF') return 'moves';
    if (!found.has(name)) found.set(name, file.subarray(at + 8, end));
    at = end + (length % 2);
  }
  const extended = found.get('VP8X');
  const name = found.has('VP8 ') ? 'VP8 ' : 'VP8L';
  const pixels = found.get(name);
  if (extended && (extended.length < 10 || extended[0]! & flags.moves))
    return extended[0]! & flags.moves ? 'moves' : undefined;
  const size = pixels && sizeOf(name, pixels);
  if (!pixels || !size) return undefined;
  if (!extended) return { ...size, bytes: container([riff(name, pixels)]), picture: [pixels], orientation: undefined };
  const canvas = canvasOf(extended);
  if (canvas.width !== size.width || canvas.height !== size.height) return undefined;
  const alpha = found.get('ALPH');
  const picture = alpha ? [pixels, alpha] : [pixels];
  return { ...size, ...inExtendedForm(found, extended, riff(name, pixels)), picture };
}

function inExtendedForm(found: ReadonlyMap<string, Buffer>, extended: Buffer, pixels: Buffer) {
  const [profile, alpha, exif] = [found.get('ICCP'), found.get('ALPH'), found.get('EXIF')];
  const orientation: Orientation | undefined = exif && orientationIn(tiffOf(exif));
  const isTurned = orientation !== undefined && orientation > 1;
  const head = Buffer.alloc(10);
  head[0] = (profile ? flags.profile : 0) | (extended[0]! & flags.alpha) | (isTurned ? flags.exif : 0);
  extended.copy(head, 4, 4, 10);
  const bytes = container([
    riff('VP8X', head),
    ...(profile ? [riff('ICCP', profile)] : []),
    ...(alpha ? [riff('ALPH', alpha)] : []),
    pixels,
    ...(isTurned ? [riff('EXIF', tiffSaying(orientation))] : []),
  ]);
  return { orientation, bytes };
}

const container = (chunks: readonly Buffer[]) =>
  riff('RIFF', Buffer.concat([Buffer.from('WEBP', 'latin1'), ...chunks]));
