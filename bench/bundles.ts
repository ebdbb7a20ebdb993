import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { type Bundle, buildFunctions } from '../lib/bundle.ts';
import { httpEvent } from './events.ts';
import { kilobytes, ms, times } from './measure.ts';
import { type Part, type Table, verdict } from './report.ts';
import { emptyFunction, type Start, type Started, startTimes } from './starts.ts';

/** The maximum size of a function in KB, minified; `test/infra/bundle-size.test.ts` enforces it. */
const sizeLimit = 750;
const rounds = 15;

/** The package that a file belongs to, or the folder for moim's own files. */
function ownerOf(path: string): string {
  const inPackage = path.split('node_modules/').at(-1)!;
  if (inPackage === path) return path.split('/').slice(0, 1).join('/');
  return inPackage
    .split('/')
    .slice(0, inPackage.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The contents of a bundle: bytes by package, largest first. */
function roomOf({ id }: Bundle): [string, number][] {
  const { outputs } = JSON.parse(readFileSync(`.build/meta/${id}.json`, 'utf8')) as Metafile;
  const bytes = new Map<string, number>();
  for (const { inputs } of Object.values(outputs))
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const owner = ownerOf(path);
      bytes.set(owner, (bytes.get(owner) ?? 0) + bytesInOutput);
    }
  return [...bytes].sort(([, a], [, b]) => b - a);
}

const largestOf = (bundles: readonly Bundle[]) =>
  bundles.reduce((most, each) => (each.bytes > most.bytes ? each : most));

function sizes(bundles: readonly Bundle[]): Table {
  // `parked-queue` has the consumers of all features, and nobody waits for its cold start.
  const largest = largestOf(bundles.filter(({ id }) => id !== 'parked-queue'));
  return {
    title: 'Size of each function',
    compares: 'The bundles as they are deployed: minified, and compressed with gzip. A KB is 1,000 bytes.',
    columns: ['function', 'KB', 'KB gzipped', 'largest parts (KB)'],
    rows: bundles.map((bundle) => [
      bundle.id,
      kilobytes(bundle.bytes),
      kilobytes(gzipSync(readFileSync(bundle.file), { level: 9 }).length),
      roomOf(bundle)
        .slice(0, 5)
        .map(([name, bytes]) => `${name} ${kilobytes(bytes)}`)
        .join(', '),
    ]),
    target: `<= ${sizeLimit} KB each, and 900 KB for parked-queue, whose cold start nobody waits for (a comparable bundle, built in the usual way: 487-603 KB; moonshot 40 KB)`,
    verdict: verdict(largest.bytes <= sizeLimit * 1000, `${largest.id} has ${kilobytes(largest.bytes)} KB`),
    notes: [
      'Nine tenths of every function are packages: the SDK (its core, and one client each for table, secret, mail, bucket and sockets), zod and pino. 40 KB would need our own signer and clients, in `shared/data` and `shared/adapters`.',
      '`lib/bundle.ts` leaves out code that never runs: the search for credentials, 136 KB a function; pino’s writers to files and threads, 20 KB; the reader of event streams, 18 KB. With that reader, esbuild could drop nothing of the SDK’s core.',
      'The next candidate: the table’s client in the two functions that have no table (`system-http`, `sessions-http-authorizer`).',
    ],
  };
}

function starts(bundles: readonly Bundle[], found: Readonly<Record<string, Started>>): Table {
  const empty = found.empty!;
  const row = (name: string, { loaded, answered }: Started) => [
    name,
    ms(loaded),
    ms(loaded - empty.loaded),
    times(loaded / empty.loaded),
    name === 'system-http' || name === 'empty' ? ms(answered) : '',
    name === 'system-http' ? times(answered / empty.answered) : '',
  ];
  const largest = largestOf(bundles).id;
  const slowest = bundles.reduce((most, { id }) => (found[id]!.loaded > found[most]!.loaded ? id : most), 'empty');
  const ratio = found[slowest]!.loaded / empty.loaded;
  return {
    title: 'Start of each function',
    compares: `Milliseconds from the start of a fresh Node process until the handler is loaded; for \`system-http\` also until it has answered GET /health. An empty function runs beside them. Medians of ${rounds} processes each, in turns.`,
    columns: ['function', 'loaded', 'over empty', 'ratio', 'first answer', 'ratio'],
    rows: [
      row('empty', empty),
      ...bundles.map(({ id }) => row(id, found[id]!)),
      row(`${largest} with a compile cache`, found.cached!),
    ],
    target:
      '<= 4.5 times an empty function (middy, zod, jose, Powertools and the SDK usually take that long to their first answer); moonshot 1.45',
    verdict: verdict(ratio <= 4.5, `${slowest} is at ${times(ratio)}`),
    notes: [
      'The last row is not deployed. It shows the start if V8’s compiled code were shipped with the bundle (NODE_COMPILE_CACHE). The cache must come from the Node version and processor of the deployment; any other ignores it.',
    ],
  };
}

export const bundles: Part = {
  name: 'bundles',
  title: 'Size and start of each function',
  async run(step) {
    const built = await buildFunctions();
    step(`${built.length} bundles, ${built.filter(({ fresh }) => !fresh).length} of them built now`);
    const processes: Record<string, Start> = { empty: emptyFunction() };
    for (const { id, file } of built) processes[id] = { file };
    const cache = { NODE_COMPILE_CACHE: resolve('.build/bench/compile-cache') };
    processes.cached = { file: largestOf(built).file, environment: cache };
    const system = built.find(({ id }) => id === 'system-http')!;
    const environment = { SERVICE: system.id, STAGE: 'bench' };
    processes[system.id] = { file: system.file, event: httpEvent('GET /health'), environment };
    return [sizes(built), starts(built, startTimes(processes, rounds, step))];
  },
};
