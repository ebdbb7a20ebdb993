/** Serves a bucket engine for probes from outside: `node test/local/bucket/serve-bucket.ts [folder]` prints where. */
import { createBucketEngine } from '../../../local/engines/bucket/bucket-engine.ts';
import { owner } from '../../../local/engines/engine.ts';
import { systemClock } from '../../../local/runtime/clock.ts';
import { cors, serve } from './support.ts';

const folder = process.argv[2];
const engine = createBucketEngine({
  clock: systemClock,
  credentials: (id) => (id === 'KEY' ? { secretAccessKey: 'SECRET', caller: owner } : undefined),
  ...(folder === undefined ? {} : { folder }),
});
engine.createBucket('media', { cors });
serve(engine).then(({ endpoint }) => console.log(`${endpoint} KEY SECRET`));
