import fc from 'fast-check';
import { processImage } from '../../shared/images/process.ts';
import { stillOf } from '../../shared/images/still.ts';
import {
  asExtended,
  asPhotographed,
  headerOf,
  jpegOf,
  painted,
  pngOf,
  talkative,
  webpOf,
} from '../support/pictures.ts';

/** `IMAGE_MUTATIONS=5000 npx jest test/images/fuzz` drives the codecs harder. */
const mutations = Number(process.env.IMAGE_MUTATIONS ?? 20);
const options = { longestSide: 64, thumbnailSide: 16, isSquare: true, seconds: 10 };
const pixels = painted(40, 30);
const originals: Buffer[] = [];

beforeAll(async () => {
  originals.push(
    asPhotographed(await jpegOf(pixels), 6),
    asPhotographed(await jpegOf(pixels, { progressive: false }), 3),
    pngOf(pixels, talkative(1)),
    await webpOf(pixels),
    asExtended(await webpOf(painted(40, 30, 128)), pixels),
  );
});

/** A real image with bytes overwritten, a stretch taken out, another put in twice, its end cut off. */
const mutated = fc
  .record({
    which: fc.nat(4),
    overwritten: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 12 }),
    out: fc.tuple(fc.nat(), fc.oneof(fc.constant(0), fc.nat(20))),
    twice: fc.tuple(fc.nat(), fc.oneof(fc.constant(0), fc.nat(40))),
    cut: fc.oneof(fc.constant(0), fc.nat(60)),
  })
  .map(({ which, overwritten, out, twice, cut }) => {
    const file = Buffer.from(originals[which]!);
    for (const [at, byte] of overwritten) file[at % file.length] = byte;
    const [start, length] = [out[0] % file.length, out[1]];
    const shorter = Buffer.concat([file.subarray(0, start), file.subarray(start + length)]);
    const [from, to] = [twice[0] % shorter.length, (twice[0] % shorter.length) + twice[1]];
    const longer = Buffer.concat([shorter.subarray(0, to), shorter.subarray(from)]);
    return longer.subarray(0, Math.max(0, longer.length - cut));
  });

test('row 16: no bytes make the reading of a header fail or run on', () => {
  const start = fc.constantFrom(
    '',
    'ffd8ff',
    '89504e470d0a1a0a',
    '52494646ffffffff57454250',
    '89504e470d0a1a0a0000000d49484452',
  );
  const bytes = fc
    .tuple(start, fc.uint8Array({ maxLength: 200 }))
    .map(([hex, rest]) => Buffer.concat([Buffer.from(hex, 'hex'), rest]));

  fc.assert(
    fc.property(fc.oneof(bytes, mutated), (file) => {
      const header = headerOf(file);
      if (header) expect(header.width > 0 && header.height > 0).toBe(true);
    }),
    { numRuns: mutations * 100 },
  );
});

test(
  'row 16: no broken image makes the processing fail or hang: it is refused, or an image comes out',
  async () => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(mutated, async (file) => {
        const still = stillOf(file, 1_000_000);
        const image = typeof still === 'string' ? undefined : await processImage(still, options);
        if (!image) return;
        made++;
        expect(headerOf(image.full)).toEqual({ type: 'image/webp', width: image.width, height: image.height });
        expect(headerOf(image.thumbnail)).toBeDefined();
      }),
      { numRuns: originals.length + mutations, examples: originals.map((file) => [file]) },
    );
    expect(made).toBeGreaterThanOrEqual(originals.length);
  },
  60_000 + mutations * 500,
);
