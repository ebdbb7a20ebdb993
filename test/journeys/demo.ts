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
import { systemClock } from '../../local/runtime/clock.ts';
import { journey } from './journey.ts';

async function ownCloud() {
  await buildFunctions();
  const template = '.build/demo/cdk.out';
  synthesize({ stage: 'dev', outdir: template });
  return startCloud({ template, clock: systemClock, load: bundleOf, listen: 'random' });
}

const cloud = process.env.MOIM_URL ? undefined : await ownCloud();
const apiUrl = process.env.MOIM_URL ?? cloud!.apiUrl;
const mailUrl =
  process.env.MOIM_MAIL_URL ?? cloud?.consoleUrl ?? apiUrl.replace(/:(\d+)$/, (_, port) => `:${Number(port) + 2}`);
console.log(`moim at ${apiUrl}, mail box at ${mailUrl}\n`);

let failed = 0;
let count = 0;
try {
  await journey({ apiUrl, mailUrl, image: readFileSync('test/support/certification.jpg') }, (name, held, came) => {
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
