/**
 * `npm run docs:samples`: plays every sample against the product and writes `docs/samples.json`. What the product still answers
 * in the same form stays as it is; `--anew` writes everything.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { type JsonObject, printed } from '../../docgen/json.ts';
import { noSamples, type Samples } from '../../docgen/samples.ts';
import setUp from '../support/global-setup.ts';
import { startMoim } from '../support/moim.ts';
import { kept, recorded } from './recorded.ts';

const file = 'docs/samples.json';
const before = process.argv.includes('--anew') ? noSamples : (JSON.parse(readFileSync(file, 'utf8')) as Samples);
await setUp();
const moim = await startMoim();
try {
  const text = printed(kept(before, await recorded(moim)) as unknown as JsonObject);
  writeFileSync(file, text);
  console.log(`wrote ${file}, ${Math.round(text.length / 1024)} KB`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
await moim.close();
process.exit();
