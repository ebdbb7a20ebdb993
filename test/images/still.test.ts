/** Row 118: what a photo shows stays bit by bit; what a camera or a program wrote beside it goes. */
import { decode, turned } from '../../shared/images/codecs.ts';
import type { Orientation } from '../../shared/images/exif.ts';
import { type Still, stillOf } from '../../shared/images/still.ts';
import {
  asExtended,
  asPhotographed,
  asPlanted,
  chunkOf,
  jpegOf,
  leaks,
  painted,
  pngBomb,
  pngOf,
  talkative,
  webpOf,
} from '../support/pictures.ts';

const wide = painted(24, 12);
const most = 1_000_000;
const orientations = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const still = (file: Uint8Array): Still => {
  const found = stillOf(file, most);
  if (typeof found === 'string') throw new Error(`refused: ${found}`);
  return found;
};
/** What may be left of EXIF is its name, for the orientation. */
const upright = async (bytes: Buffer, orientation: Orientation) =>
  turned(await decode(bytes, still(bytes)), orientation);

const formats: [string, (orientation: number) => Promise<Buffer>][] = [
  ['a JPEG of a camera', async (o) => asPhotographed(await jpegOf(wide, { progressive: false }), o)],
  ['a progressive JPEG with a place in every segment', async (o) => asPlanted(await jpegOf(wide), o)],
  ['a PNG', async (o) => Buffer.concat([pngOf(wide, talkative(o)), Buffer.from('TRAILING-SECRET')])],
  ['a transparent PNG', async (o) => pngOf(painted(24, 12, 128), talkative(o))],
  ['a WebP', async (o) => Buffer.concat([asExtended(await webpOf(wide), wide, 0x0c, o), Buffer.from('GPS-SECRET')])],
];

describe.each(formats)('%s', (_, build) => {
  test.each(orientations)(
    'keeps its pixels and its orientation %i, and no place, text or time',
    async (orientation) => {
      const file = await build(orientation);
      const found = still(file);

      expect(leaks(file).length).toBeGreaterThan(1);
      expect(leaks(found.bytes)).toEqual([]);
      expect(found).toMatchObject({ width: 24, height: 12 });
      expect(found.orientation ?? 1).toBe(orientation);
      // The bytes alone say which way up they are: so do those that others get until they are decoded.
      expect(still(found.bytes)).toEqual(found);
      expect(await upright(found.bytes, orientation)).toEqual(turned(await decode(file, found), orientation));
    },
  );
});

test('the same photo with other metadata is the same bytes, and another orientation is another photo', async () => {
  const jpeg = await jpegOf(wide);
  const edited = (file: Buffer) => Buffer.from(file.toString('latin1').replaceAll('SECRET', 'S3CR3T'), 'latin1');
  const bytes = [jpeg, asPhotographed(jpeg, 1), edited(asPhotographed(jpeg, 1))].map((file) => still(file).bytes);
  const turnedOnes = [asPhotographed(jpeg, 6), edited(asPhotographed(jpeg, 6))].map((file) => still(file).bytes);

  expect(new Set(bytes.map(String)).size).toBe(1);
  expect(new Set(turnedOnes.map(String)).size).toBe(1);
  expect(bytes[0]!.equals(turnedOnes[0]!)).toBe(false);
});

test('row 118: a program that removes density and profile too, or cuts chunks anew, does not hide a photo', async () => {
  const jpeg = await jpegOf(wide);
  const profile = Buffer.from('ffe200124943435f50524f46494c4500010100ff', 'hex');
  const jfif = jpeg.indexOf(Buffer.from('JFIF\0', 'latin1'));
  const dense = Buffer.from(jpeg).fill(0x77, jfif + 8, jfif + 12);
  const bare = Buffer.concat([jpeg.subarray(0, 2), jpeg.subarray(jfif + 14)]);
  const withProfile = Buffer.concat([jpeg.subarray(0, 2), profile, jpeg.subarray(2)]);
  const png = pngOf(wide);
  const [idat, end] = [png.indexOf('IDAT') - 4, png.length - 12];
  const data = png.subarray(idat + 8, end - 4);
  const cut = [data.subarray(0, 20), data.subarray(20)].map((part) => chunkOf('IDAT', part));
  const prints = (files: readonly Buffer[]) => new Set(files.map((file) => still(file).print));

  expect(jfif).toBe(6);
  expect(prints([jpeg, dense, bare, withProfile, asPhotographed(jpeg, 1)]).size).toBe(1);
  expect(
    prints([png, Buffer.concat([png.subarray(0, idat), ...cut, png.subarray(end)]), pngOf(wide, talkative(1))]).size,
  ).toBe(1);
  expect(prints([jpeg, asPhotographed(jpeg, 6), png, await jpegOf(painted(24, 13))]).size).toBe(4);
});

test('a reserved segment of a JPEG goes, whatever is in it', async () => {
  const jpeg = await jpegOf(wide);
  const reserved = Buffer.concat([Buffer.from('ffc8000c', 'hex'), Buffer.from('GPS-SECRET')]);
  const found = still(Buffer.concat([jpeg.subarray(0, 2), reserved, jpeg.subarray(2)]));

  expect(leaks(found.bytes)).toEqual([]);
  expect(found.print).toBe(still(jpeg).print);
});

test('a colour profile stays', async () => {
  const jpeg = await jpegOf(wide);
  const profile = Buffer.from('ffe200124943435f50524f46494c4500010100ff', 'hex');
  const file = Buffer.concat([jpeg.subarray(0, 2), profile, jpeg.subarray(2)]);

  expect(still(file).bytes.includes(profile)).toBe(true);
});

test.each([
  ['HEIC of an iPhone', 'photoHeic', () => Buffer.from('\0\0\0\x24ftypheic\0\0\0\0mif1', 'latin1')],
  ['AVIF', 'photoHeic', () => Buffer.from('\0\0\0\x20ftypavif\0\0\0\0', 'latin1')],
  ['a film', 'photoKind', () => Buffer.from('\0\0\0\x20ftypisom\0\0\0\0', 'latin1')],
  ['a page', 'photoKind', () => Buffer.from('<!doctype html>')],
  [
    'report groups.md 13: three bytes of JPEG and then a page',
    'photoBroken',
    () => Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.from('<html>')]),
  ],
  ['a JPEG cut off', 'photoBroken', async () => (await jpegOf(wide)).subarray(0, -10)],
  ['a PNG cut off', 'photoBroken', () => pngOf(wide).subarray(0, -10)],
  ['a PNG with a flipped bit', 'photoBroken', () => pngOf(wide).fill(1, 45, 46)],
  ['a WebP cut off', 'photoBroken', async () => (await webpOf(wide)).subarray(0, -10)],
  ['a WebP that moves', 'photoMoves', async () => asExtended(await webpOf(wide), wide, 0x02)],
  [
    'a JPEG of a million comments',
    'photoBroken',
    async () => {
      const jpeg = await jpegOf(wide);
      return Buffer.concat([
        jpeg.subarray(0, 2),
        Buffer.alloc(4_000_000, Buffer.from('fffe0002', 'hex')),
        jpeg.subarray(2),
      ]);
    },
  ],
  ['a bomb', 'photoPixels', () => pngBomb(50_001, 1_000)],
])('%s is refused: %s', async (_, reason, build) => {
  expect(stillOf(await build(), 50_000_000)).toBe(reason);
});
