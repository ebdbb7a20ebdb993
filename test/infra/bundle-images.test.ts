/** What works on images stands beside the bundle of the function that needs it, and nowhere else. */

import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Metafile } from 'esbuild';
import { features } from '../../functions/features.ts';
import { functionsOf } from '../../lib/function-id.ts';
import type { Made } from '../../shared/images/make.ts';
import { asExtended, asPhotographed, headerOf, jpegOf, painted, pngOf, webpOf } from '../support/pictures.ts';

const folderOf = (id: string) => `.build/functions/${id}`;
const besides = (id: string) =>
  readdirSync(folderOf(id)).filter((file) => !['index.js', 'package.json'].includes(file));
const ids = functionsOf(features).map(({ id }) => id);

test('the two functions that decode carry the thread and five codecs, under a megabyte in all', () => {
  const files = [
    'images.js',
    'mozjpeg_dec.wasm',
    'squoosh_png_bg.wasm',
    'squoosh_resize_bg.wasm',
    'webp_dec.wasm',
    'webp_enc_simd.wasm',
  ];
  const bytes = files.map((file) => statSync(`${folderOf('profiles-http')}/${file}`).size);

  expect(Object.fromEntries(ids.map((id) => [id, besides(id)]).filter(([, found]) => found!.length > 0))).toEqual({
    'heavy-queue': files,
    'profiles-http': files,
  });
  expect(bytes.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(1_000_000);
});

test('the record of the function names what the thread is made of, so that a change of it is built', () => {
  const { inputs } = JSON.parse(readFileSync('.build/meta/profiles-http.json', 'utf8')) as Metafile;

  expect(Object.keys(inputs)).toEqual(
    expect.arrayContaining(['shared/images/process.ts', 'shared/images/worker.ts', 'shared/images/codecs.ts']),
  );
});

test.each([
  ['a JPEG', async () => asPhotographed(await jpegOf(painted(60, 40)), 6)],
  ['a PNG', async () => pngOf(painted(40, 60))],
  ['a WebP', async () => asExtended(await webpOf(painted(40, 60)), { width: 40, height: 60 })],
])('the bundled thread makes an image of %s, as the source does', async (_, build) => {
  const bytes = await build();
  const task = { bytes, header: headerOf(bytes), longestSide: 30, thumbnailSide: 10, isSquare: true };
  const worker = new Worker(resolve(folderOf('profiles-http'), 'images.js'));
  worker.postMessage(task);

  const [made] = (await once(worker, 'message')) as [Made];

  await worker.terminate();
  expect(headerOf(made.full)).toEqual({ type: 'image/webp', width: 20, height: 30 });
  expect(headerOf(made.thumbnail)).toEqual({ type: 'image/webp', width: 10, height: 10 });
});
