/** Archives of any size go into the bucket part by part. */
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { inParts, partsOf } from '../../../functions/accounts/privacy/parts.ts';
import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { useMoim } from '../../support/moim.ts';
import { platformOf } from '../../support/platform.ts';
import { runs } from '../../support/runs.ts';

const moim = useMoim();

test('parts are of one size but the last, and together what came, however it came', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 40 })),
      fc.integer({ min: 1, max: 16 }),
      async (pieces, bytes) => {
        const parts: Uint8Array[] = [];
        for await (const part of inParts(Readable.from(pieces, { objectMode: true }), bytes)) parts.push(part);

        expect(Buffer.concat(parts)).toEqual(Buffer.concat(pieces));
        expect(parts.slice(0, -1).every(({ length }) => length === bytes)).toBe(true);
        expect(parts.at(-1)!.length).toBeLessThanOrEqual(bytes);
      },
    ),
    { numRuns: runs(200) },
  );
});

const mebibyte = 1024 * 1024;
test.each([0, 1000, 8 * mebibyte, 8 * mebibyte + 1, 17 * mebibyte])('%i bytes are stored whole', async (bytes) => {
  const content = Buffer.alloc(bytes, 'every byte of it: ');
  const pieces = function* () {
    for (let at = 0; at < bytes; at += 700_000) yield content.subarray(at, at + 700_000);
  };

  const stored = await partsOf(platformOf(moim, 'minute-job'))(
    `exports/a/${bytes}.zip`,
    Readable.from(pieces()),
    'application/zip',
  );

  expect(stored).toBe(bytes);
  const found = await bucketOf(platformOf(moim, 'minute-job')).read(`exports/a/${bytes}.zip`);
  expect(Buffer.compare(Buffer.from(found!), content)).toBe(0);
});

test('an archive whose content breaks off is not there', async () => {
  const broken = async function* () {
    yield Buffer.alloc(9 * mebibyte);
    yield Buffer.alloc(9 * mebibyte);
    throw new Error('the table went away');
  };

  await expect(
    partsOf(platformOf(moim, 'minute-job'))('exports/a/broken.zip', Readable.from(broken()), 'application/zip'),
  ).rejects.toThrow('the table');

  expect(await bucketOf(platformOf(moim, 'minute-job')).read('exports/a/broken.zip')).toBeUndefined();
});
