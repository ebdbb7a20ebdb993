/** Writes the generated documents. With `--check` it writes nothing and fails if one is not as the contracts say. */
import { readFile, writeFile } from 'node:fs/promises';
import { documentsOf } from '../docgen/documents.ts';
import type { Samples } from '../docgen/samples.ts';
import { features } from '../functions/features.ts';

const checking = process.argv.includes('--check');
const root = new URL('../', import.meta.url);
const stale: string[] = [];
const samples = JSON.parse(await readFile(new URL('docs/samples.json', root), 'utf8')) as Samples;

for (const [path, text] of Object.entries(documentsOf(features, samples))) {
  const file = new URL(path, root);
  const before = await readFile(file, 'utf8').catch(() => '');
  if (before === text) continue;
  stale.push(path);
  if (!checking) await writeFile(file, text);
}

if (checking && stale.length > 0) {
  console.error(`not as the contracts say: ${stale.join(', ')}. Run \`npm run docs\` and commit what it writes`);
  process.exitCode = 1;
} else console.log(stale.length > 0 ? `wrote ${stale.join(', ')}` : 'the documents are as the contracts say');
