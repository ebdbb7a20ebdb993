/**
 * Sizes of photos, measured with the product's own codecs. No photo of anybody is in the repository, so one is painted: as
 * in nature, details half as large have half the contrast, and a camera adds a little noise. The original is a JPEG as
 * phones take it, with its 12 megapixels.
 */
import { encode, type Pixels, resize } from '../shared/images/codecs.ts';
import { jpegOf } from '../test/support/pictures.ts';

const phone = { width: 4000, height: 3000 };
const jpegQuality = 92;
/** WebP quality, as in `shared/images/make.ts`: of small pictures and of others. */
const quality = (side: number) => (side <= 480 ? 75 : 80);

/** Numbers in [0, 1) that are the same in each run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One size of details: random values on a grid, blended between its points, added to a channel. */
function addDetails(
  channel: Float32Array,
  width: number,
  height: number,
  size: number,
  contrast: number,
  seed: number,
) {
  const next = chance(seed);
  const columns = Math.ceil(width / size) + 2;
  const grid = Float32Array.from({ length: columns * (Math.ceil(height / size) + 2) }, () => (next() - 0.5) * contrast);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / size) * columns;
    const down = (y % size) / size;
    for (let x = 0; x < width; x++) {
      const at = row + Math.floor(x / size);
      const right = (x % size) / size;
      const above = grid[at]! + (grid[at + 1]! - grid[at]!) * right;
      const below = grid[at + columns]! + (grid[at + columns + 1]! - grid[at + columns]!) * right;
      channel[y * width + x]! += above + (below - above) * down;
    }
  }
}

/** A picture with the statistics of a photo. `busy` is the contrast of its finest details, of 256. */
function photoLike(width: number, height: number, busy: number): Pixels {
  const channels = [0, 1, 2].map((which) => {
    const channel = new Float32Array(width * height).fill(128);
    // Brightness has all details, colours the coarse ones.
    const finest = which === 0 ? 1 : 16;
    for (let size = finest; size <= 1024; size *= 2)
      addDetails(channel, width, height, size, Math.min(busy * size, which === 0 ? 180 : 60), 7 * size + which);
    return channel;
  });
  const [light, blue, red] = channels as [Float32Array, Float32Array, Float32Array];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const [y, b, r] = [light[i]!, blue[i]! - 128, red[i]! - 128];
    data.set([y + 1.4 * r, y - 0.34 * b - 0.71 * r, y + 1.77 * b, 255], i * 4);
  }
  return { data, width, height };
}

export interface PhotoSizes {
  /** Bytes of the file that a phone sends. */
  readonly original: number;
  /** Bytes as WebP, by the longer side in pixels. */
  readonly shown: Readonly<Record<number, number>>;
}

/** Sizes of a photo and of what is made of it for screens. Takes some ten seconds. */
export async function photoSizes(
  busy: number,
  sides: readonly number[],
  { width, height } = phone,
): Promise<PhotoSizes> {
  const photo = photoLike(width, height, busy);
  const original = (await jpegOf(photo, { quality: jpegQuality })).length;
  const shown: Record<number, number> = {};
  for (const side of sides) shown[side] = (await encode(resize(photo, side), quality(side))).byteLength;
  return { original, shown };
}
