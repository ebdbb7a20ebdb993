import { readFileSync } from 'node:fs';
import type { Metafile } from 'esbuild';
import { features } from '../../functions/features.ts';
import { functionsOf } from '../../lib/function-id.ts';

/**
 * Bytes: what a function may have before somebody has to ask what is in it (`npm run bench -- bundles` tells). A third of
 * the largest are the clients of the table and the bucket. The one that tries again has the consumers of all features, the
 * minute's what is due of all of them, and nobody waits for either.
 */
const limit = (id: string) => (['parked-queue', 'minute-job'].includes(id) ? 900_000 : 750_000);
const ids = functionsOf(features).map(({ id }) => id);

test.each(ids)('the bundle of %s has at most 750 KB, 900 KB where all consumers or all that is due are in it', (id) => {
  const bundle = readFileSync(`.build/functions/${id}/index.js`);

  expect(bundle.length).toBeGreaterThan(1_000);
  expect(bundle.length).toBeLessThanOrEqual(limit(id));
});

test.each(ids)('%s carries nothing that it would never run', (id) => {
  const { outputs } = JSON.parse(readFileSync(`.build/meta/${id}.json`, 'utf8')) as Metafile;
  const carried = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const idle = carried.filter((path) =>
    /node_modules\/(sonic-boom|thread-stream|@aws-sdk\/credential-provider-(ini|sso|process|http|login)|nodemailer\/.*\/fetch)\//.test(
      path,
    ),
  );

  expect(carried.length).toBeGreaterThan(10);
  expect(idle).toEqual([]);
});
