import { decode, type Pixels } from '../../shared/images/codecs.ts';
import { make } from '../../shared/images/make.ts';
import { processImage } from '../../shared/images/process.ts';
import { stillOf } from '../../shared/images/still.ts';
import { limits } from '../../shared/product/limits.ts';
import {
  asExtended,
  asPhotographed,
  colours,
  headerOf,
  jpegOf,
  painted,
  pngBomb,
  pngOf,
  secrets,
  talkative,
  webpOf,
} from '../support/pictures.ts';

const options = { longestSide: 64, thumbnailSide: 16, isSquare: true, seconds: 10 };
const wide = painted(120, 60);

/** As a service does it: what is no image, or too large, is not decoded. */
async function made(bytes: Uint8Array, maxPixels: number = limits.picture.maxPixels, more: object = {}) {
  const still = stillOf(bytes, maxPixels);
  return typeof still === 'string' ? undefined : processImage(still, { ...options, ...more });
}

/** As `processImage` does it, without its thread: that the thread does the same is a test below. */
const madeOf = (bytes: Uint8Array) => make({ bytes, header: headerOf(bytes)!, ...options });

/** The colour in the middle of each quarter, row by row, by its name. */
function quarters({ data, width, height }: Pixels): string[] {
  const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
  const nameOf = (colour: number[]) =>
    Object.entries(colours).find(([, each]) => each.every((value, i) => Math.abs(value - colour[i]!) < 40))?.[0] ?? '?';
  const [left, right] = [width >> 2, width - 1 - (width >> 2)];
  const [top, bottom] = [height >> 2, height - 1 - (height >> 2)];
  return [at(left, top), at(right, top), at(left, bottom), at(right, bottom)].map(nameOf);
}
const seen = async (bytes: Uint8Array) => decode(bytes, headerOf(bytes)!);
const leaks = (bytes: Uint8Array) => secrets.filter((text) => Buffer.from(bytes).includes(text, 0, 'latin1'));

describe('row 16: what comes out is what the image shows, and nothing else', () => {
  test.each([
    ['a JPEG', 'image/jpeg', async () => asPhotographed(await jpegOf(wide), 1)],
    ['a progressive JPEG', 'image/jpeg', async () => asPhotographed(await jpegOf(wide, { progressive: true }), 1)],
    ['a PNG', 'image/png', async () => Buffer.concat([pngOf(wide, talkative(1)), Buffer.from('TRAILING-SECRET')])],
    ['a WebP', 'image/webp', async () => asExtended(await webpOf(wide), wide)],
  ])('of %s', async (_, from, build) => {
    const file = await build();

    const image = await made(file);

    expect(leaks(file).length).toBeGreaterThan(3);
    expect(headerOf(file)?.type).toBe(from);
    expect(image).toMatchObject({ type: 'image/webp', width: 64, height: 32 });
    expect([leaks(image!.full), leaks(image!.thumbnail)]).toEqual([[], []]);
    expect(headerOf(image!.full)).toEqual({ type: 'image/webp', width: 64, height: 32 });
    expect(headerOf(image!.thumbnail)).toEqual({ type: 'image/webp', width: 16, height: 16 });
    expect(quarters(await seen(image!.full))).toEqual(['red', 'green', 'blue', 'white']);
    expect(quarters(await seen(image!.thumbnail))).toEqual(['red', 'green', 'blue', 'white']);
  });

  test.each([
    [1, 64, ['red', 'green', 'blue', 'white']],
    [2, 64, ['green', 'red', 'white', 'blue']],
    [3, 64, ['white', 'blue', 'green', 'red']],
    [4, 64, ['blue', 'white', 'red', 'green']],
    [5, 32, ['red', 'blue', 'green', 'white']],
    [6, 32, ['blue', 'red', 'white', 'green']],
    [7, 32, ['white', 'green', 'blue', 'red']],
    [8, 32, ['green', 'white', 'red', 'blue']],
  ])('turned as the camera says (EXIF orientation %i)', async (orientation, width, expected) => {
    const image = await madeOf(asPhotographed(await jpegOf(wide), orientation));

    expect([image!.width, image!.height]).toEqual([width, 96 - width]);
    expect(quarters(await seen(image!.full))).toEqual(expected);
  });

  test('a small image stays as large as it is; its thumbnail is the square in its middle', async () => {
    const image = await madeOf(pngOf(painted(10, 6)));

    expect([image!.width, image!.height]).toEqual([10, 6]);
    expect(headerOf(image!.thumbnail)).toMatchObject({ width: 6, height: 6 });
  });

  test('a sliver is not scaled to nothing', async () => {
    const image = await madeOf(pngOf(painted(4000, 2)));

    expect([image!.width, image!.height]).toEqual([64, 1]);
  });

  test('what is transparent stays so, with no colour left in it, and none of it in the edges', async () => {
    const half = painted(200, 200);
    for (let i = 0; i < half.data.length; i += 4) {
      const isLeft = (i / 4) % 200 < 100;
      half.data.set(isLeft ? [255, 255, 255, 255] : [0, 0, 0, 0], i);
    }

    const image = await madeOf(pngOf(half));

    const { data } = await seen(image!.full);
    const visible = Array.from({ length: data.length / 4 }, (_, i) => [...data.subarray(i * 4, i * 4 + 4)]);
    expect(new Set(visible.map(([, , , alpha]) => alpha! > 127))).toEqual(new Set([true, false]));
    expect(visible.filter(([red, , , alpha]) => alpha! > 64 && red! < 230)).toEqual([]);
  });
});

describe('what is refused', () => {
  const builds: [string, () => Promise<Uint8Array> | Uint8Array][] = [
    ['nothing', () => new Uint8Array()],
    ['a page', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a GIF', () => Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1')],
    ['a PNG that says it is 30,000 by 30,000', () => pngBomb(30_000, 30_000)],
    ['a PNG that says it is as large as can be written', () => pngBomb(0xffffffff, 0xffffffff)],
    ['a PNG whose pixels are far fewer than it says', () => pngBomb(1_000, 1_000)],
    ['a PNG of no width', () => pngBomb(0, 10)],
    ['a PNG that starts like a JPEG', () => Buffer.concat([Buffer.from('ffd8ff', 'hex'), pngOf(wide)])],
    ['a PNG cut off', () => pngOf(wide).subarray(0, -20)],
    ['a PNG whose pixels are no deflate stream', () => pngOf(wide).fill(0xff, 41, 60)],
    ['a JPEG cut off', async () => (await jpegOf(wide)).subarray(0, -20)],
    ['a JPEG of two sizes', async () => twoFrames(await jpegOf(wide))],
    ['a WebP cut off', async () => (await webpOf(wide)).subarray(0, -20)],
    ['a WebP that moves', async () => asExtended(await webpOf(wide), wide, 0x02)],
    ['a WebP that says it is another size', async () => asExtended(await webpOf(wide), { width: 10, height: 10 })],
  ];
  function twoFrames(jpeg: Buffer): Buffer {
    const frame = Buffer.from('ffc0000b080001000101011100', 'hex');
    return Buffer.concat([jpeg.subarray(0, 2), frame, jpeg.subarray(2)]);
  }

  test.each(builds)('%s', async (_, build) => {
    expect(await made(await build())).toBeUndefined();
  });

  test('a JPEG of more scans than a decoder should have to go through', async () => {
    const jpeg = await jpegOf(wide);
    const start = jpeg.indexOf(Buffer.from([0xff, 0xda]));
    const scan = jpeg.subarray(start, -2);
    const scans = Buffer.concat([jpeg.subarray(0, start), ...Array(51).fill(scan), Buffer.from([0xff, 0xd9])]);

    expect(headerOf(jpeg)).toMatchObject({ width: 120 });
    expect(headerOf(scans)).toBeUndefined();
  });

  test('one pixel more than may be', async () => {
    expect(await made(pngOf(painted(10, 10)), 100)).toBeDefined();
    expect(await made(pngOf(painted(101, 1)), 100)).toBeUndefined();
  });

  test('what takes too long, and then the next is taken again', async () => {
    // A hundred milliseconds of work: a thread that waits makes a small image within the one that it is given here.
    const large = pngOf(painted(2000, 1000));

    expect(await made(large, undefined, { seconds: 0.001 })).toBeUndefined();
    expect(await made(pngOf(wide))).toMatchObject({ width: 64 });
  });
});

test('several at once are made one after another, each its own', async () => {
  const widths = [2, 3, 4, 5];

  const images = await Promise.all(widths.map((width) => made(pngOf(painted(width, 40)))));

  expect(images.map((each) => each?.width)).toEqual(widths);
});

test('the thread does what the code does: the same bytes', async () => {
  const file = await jpegOf(wide);

  const here = await madeOf(file);

  const { full, thumbnail } = (await made(file))!;
  expect(Buffer.from(full).equals(here!.full)).toBe(true);
  expect(Buffer.from(thumbnail).equals(here!.thumbnail)).toBe(true);
});
