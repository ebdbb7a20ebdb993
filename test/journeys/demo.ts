/**
 * The main job from end to end, as two people live it: `npm run demo`. Starts a local cloud of its own on free ports, or
 * uses the one at MOIM_URL (and MOIM_MAIL_URL, its mail box). Every step prints what came back; the exit code is 0 only
 * if all of them hold.
 */
import { readFileSync } from 'node:fs';
import { buildFunctions } from '../../lib/bundle.ts';
import { synthesize } from '../../lib/synthesize.ts';
import { startCloud } from '../../local/cloud.ts';
import { bundleOf } from '../../local/runtime/bundles.ts';
import { shiftedClock } from '../../local/runtime/shifted-clock.ts';
import { journey } from './journey.ts';

async function ownCloud() {
  await buildFunctions();
  const template = '.build/demo/cdk.out';
  synthesize({ stage: 'dev', outdir: template });
  const clock = shiftedClock();
  return Object.assign(await startCloud({ template, clock, door: clock, load: bundleOf, listen: 'random' }), { clock });
}

const cloud = process.env.MOIM_URL ? undefined : await ownCloud();
const apiUrl = process.env.MOIM_URL ?? cloud!.apiUrl;
const mailUrl =
  process.env.MOIM_MAIL_URL ?? cloud?.consoleUrl ?? apiUrl.replace(/:(\d+)$/, (_, port) => `:${Number(port) + 2}`);
console.log(`moim at ${apiUrl}, mail box at ${mailUrl}\n`);

/** Moves the clock of the cloud that is the demo's own. */
const pass = (seconds: number) =>
  fetch(`${cloud!.consoleUrl}/clock`, { method: 'PUT', body: JSON.stringify({ by: `PT${seconds}S`, settle: true }) });

let failed = 0;
let count = 0;
try {
  const image = readFileSync('test/support/certification.jpg');
  await journey({ apiUrl, mailUrl, image, ...(cloud && { pass, now: cloud.clock.now }) }, (name, held, came) => {
    count++;
    if (!held) failed++;
    console.log(`${held ? '  ok' : 'FAIL'}  ${name}\n      ${came}`);
  });
} catch (error) {
  failed++;
  console.error(`FAIL  the journey broke off after ${count} steps`, error);
}
await cloud?.close();
console.log(`\n${count - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
