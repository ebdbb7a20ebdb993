/** Runs in a fresh process: builds, synthesizes and starts like `npm start`, and prints the time of each step. */
const began = performance.now();
const { buildFunctions } = await import('../lib/bundle.ts');
const { synthesize } = await import('../lib/synthesize.ts');
const { bundleOf } = await import('../local/runtime/bundles.ts');
const { systemClock } = await import('../local/runtime/clock.ts');
const { startCloud } = await import('../local/cloud.ts');
const loaded = performance.now();
await buildFunctions();
const built = performance.now();
const template = '.build/bench/cdk.out';
synthesize({ stage: 'dev', outdir: template });
const synthesized = performance.now();
const dataFolder = process.argv[2]!;
const cloud = await startCloud({ template, clock: systemClock, load: bundleOf, listen: 'random', dataFolder });
const started = performance.now();
await fetch(`${cloud.apiUrl}/health`);
const answered = performance.now();

const times = { began, load: loaded - began, build: built - loaded, synthesis: synthesized - built };
console.log(
  JSON.stringify({ ...times, start: started - synthesized, ready: started, firstAnswer: answered - started }),
);
process.exit(0);
