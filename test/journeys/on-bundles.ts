/**
 * Runs the journey on the built bundles, over real HTTP and in real time, and prints what came of it as JSON. A process of
 * its own: jest would read every bundle through its own module system, which takes longer than the journey.
 */
import { readFileSync } from 'node:fs';
import { bundleOf } from '../../local/bundles.ts';
import { systemClock } from '../../local/clock.ts';
import { startCloud } from '../../local/cloud.ts';
import { journey } from './journey.ts';

const [, , template = ''] = process.argv;
const cloud = await startCloud({ template, clock: systemClock, load: bundleOf, listen: 'random', inProcess: false });
const broken: string[] = [];
let steps = 0;
const image = readFileSync('test/support/certification.jpg');
await journey({ apiUrl: cloud.apiUrl, mailUrl: cloud.consoleUrl, image }, (name, held, came) => {
  steps++;
  if (!held) broken.push(`${name}: ${came}`);
});
await cloud.settle();
const errors = cloud.logs
  .map(({ functionId, line }) => ({ functionId, ...(JSON.parse(line) as { level: string; errorMessage?: string }) }))
  .filter(({ level }) => level === 'ERROR')
  .map(({ functionId, errorMessage }) => `${functionId}: ${errorMessage}`);
console.log(JSON.stringify({ steps, broken, errors, queues: cloud.queues.all() }));
await cloud.close();
