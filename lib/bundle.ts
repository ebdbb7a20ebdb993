import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { features as allFeatures } from '../functions/features.ts';
import type { Lane } from '../shared/core/consumer.ts';
import type { PlacedFeature } from '../shared/core/contract.ts';
import { declaredIn, isComposed, laneLimits } from '../shared/core/lanes.ts';
import { type FunctionName, functionsOf } from './function-id.ts';

export interface BuildOptions {
  /** Where `functions/<id>/index.js` and `meta/<id>.json` go; `.build` unless said. */
  readonly outdir?: string;
  /** The ids of the functions to build; all unless said. */
  readonly only?: readonly string[];
  /** The features to build; the product's unless said. */
  readonly features?: readonly PlacedFeature[];
}

export interface Bundle {
  readonly id: string;
  readonly file: string;
  readonly bytes: number;
  /** Nothing it is made of has changed since the last build. */
  readonly fresh: boolean;
}

const settings = {
  bundle: true,
  minify: true,
  treeShaking: true,
  platform: 'node',
  target: 'node24',
  // A bundle in ESM that imports node:http pays 24-34 ms at start on Node 24, CommonJS 2.6 ms.
  format: 'cjs',
  // The ES module build of a package first: what is not used of it can be dropped (548 KB instead of 750).
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'silent',
  metafile: true,
} satisfies Parameters<typeof build>[0];

const handlerOf = ({ feature }: FunctionName) => `functions/${feature.area}/${feature.name}/handler.ts`;
const fileOf = (outdir: string, { id }: FunctionName) => join(outdir, 'functions', id, 'index.js');
const metaOf = (outdir: string, { id }: FunctionName) => join(outdir, 'meta', `${id}.json`);

/** What works on images does it in a thread: its code, and the codecs that it loads, stand beside the bundle. */
const imageWork = { asks: 'shared/images/process.ts', thread: 'shared/images/worker.ts', as: 'images.js' };

/** Whether a bundle is younger than everything it was made of, and made by. */
function isFresh(outdir: string, name: FunctionName, features: readonly PlacedFeature[]): boolean {
  const built = statSync(fileOf(outdir, name), { throwIfNoEntry: false });
  if (!built || !existsSync(metaOf(outdir, name))) return false;
  const meta = JSON.parse(readFileSync(metaOf(outdir, name), 'utf8')) as Metafile & { readonly entry?: string };
  // The declarations of consumers are in no file of the bundle.
  if (meta.entry !== entryOf(name, features)) return false;
  return ['package-lock.json', 'lib/bundle.ts', ...Object.keys(meta.inputs)].every((path) => {
    const input = statSync(path, { throwIfNoEntry: false });
    return input !== undefined && input.mtimeMs < built.mtimeMs;
  });
}

/** The entry of a function that runs consumers of several features. */
function composedEntry({ feature: composed, trigger }: FunctionName, features: readonly PlacedFeature[]): string {
  const areaOf = new Map(features.map(({ name, area }) => [name, area]));
  const parts = declaredIn(composed).map(([feature, declared], i) => ({
    line: `import { consumers as c${i} } from './functions/${areaOf.get(feature)}/${feature}/consumers.ts';`,
    value: `{ feature: '${feature}', declared: ${JSON.stringify(declared)}, consumers: c${i} }`,
  }));
  const all = `[${parts.map(({ value }) => value).join(', ')}]`;
  const [file, call] =
    trigger === 'queue'
      ? ['parked', `parkedFunction(${all})`]
      : ['stream', `streamFunction({ within: ${laneLimits[composed.name as Lane]}, features: ${all} })`];
  return [
    `import { ${file}Function } from './shared/events/${file}.ts';`,
    ...parts.map(({ line }) => line),
    `export const handler = ${call};`,
  ].join('\n');
}

/** An entry hands over one export of a feature's handler, under the name that Lambda calls, or composes consumers. */
const entryOf = (name: FunctionName, features: readonly PlacedFeature[]) =>
  isComposed(name.trigger)
    ? composedEntry(name, features)
    : `export { ${name.trigger} as handler } from './${handlerOf(name)}';`;

/** Entries that exist in no folder. */
function entries(names: readonly FunctionName[], features: readonly PlacedFeature[]): Plugin {
  const byId = new Map(names.map((name) => [name.id, name]));
  return {
    name: 'entries',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /./ }, ({ kind, path }) =>
        kind === 'entry-point' ? { path, namespace: 'entry' } : undefined,
      );
      onLoad({ filter: /./, namespace: 'entry' }, ({ path }) => {
        const name = byId.get(path) as FunctionName;
        return {
          contents: entryOf(name, features),
          resolveDir: process.cwd(),
          // Not TypeScript: there, a name that the handler does not export could be a type, and is let pass.
          loader: 'js',
        };
      });
    },
  };
}

/** The part of the record that is about one bundle: its output, and all that can be reached from its entry. */
function metaFor(metafile: Metafile, file: string, id: string): Metafile {
  const reached = new Set<string>();
  const reach = (path: string) => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const { path: next, external } of metafile.inputs[path]?.imports ?? []) if (!external) reach(next);
  };
  reach(`entry:${id}`);
  // What the plugins make up is in no file: `entry:...`, `instead:...`.
  const inputs = Object.entries(metafile.inputs).filter(
    ([path]) => reached.has(path) && !/^(entry|instead):/.test(path),
  );
  const output = Object.entries(metafile.outputs).filter(([path]) => path === file);
  return { inputs: Object.fromEntries(inputs), outputs: Object.fromEntries(output) };
}

/**
 * What functions would carry and never run, and what stands in its place.
 *
 * - On Lambda credentials are in the environment, and the adapters hand them to every client. The chain that looks for
 *   them in files, on other hosts and in sign-in sessions is a quarter of a bundle (136 of 548 KB).
 * - No call of moim streams events. The SDK's import of what could read them is dynamic, which keeps esbuild from
 *   dropping anything of the package it is in.
 * - The log is handed its destination (`shared/observe/log.ts`): pino's own writers to files and worker threads stay idle.
 */
const instead: Readonly<Record<string, string>> = {
  '@aws-sdk/credential-provider-node': "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
  '@smithy/core/event-streams': 'export {};',
  'sonic-boom': 'module.exports = class Unused {};',
  'thread-stream': 'module.exports = class Unused {};',
};

const leaveOutUnused: Plugin = {
  name: 'leave-out-unused',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(${Object.keys(instead).join('|')})$`) }, ({ path, kind }) =>
      // The bucket's client takes a part of it in earnest.
      path === '@smithy/core/event-streams' && kind !== 'dynamic-import' ? undefined : { path, namespace: 'instead' },
    );
    onLoad({ filter: /./, namespace: 'instead' }, ({ path }) => ({
      contents: instead[path]!,
      resolveDir: process.cwd(),
    }));
  },
};

/** Puts what works on images into a function's folder, and into the record of what the function is made of. */
async function addImageWork(folder: string, record: Metafile): Promise<void> {
  const { metafile } = await build({
    ...settings,
    absWorkingDir: process.cwd(),
    entryPoints: [imageWork.thread],
    outfile: join(folder, imageWork.as),
  });
  // The loader of a codec has its WebAssembly beside it.
  const codecs = Object.keys(metafile.inputs)
    .flatMap((path) => [path.replace(/\.js$/, '.wasm'), path.replace(/\.js$/, '_bg.wasm')])
    .filter((path) => path.endsWith('.wasm') && existsSync(path));
  for (const path of codecs) copyFileSync(path, join(folder, basename(path)));
  Object.assign(record.inputs, metafile.inputs);
  Object.assign(record.outputs, metafile.outputs);
}

/** Bundles functions in one go, so that what they share is read and parsed once. */
async function bundle(
  outdir: string,
  names: readonly FunctionName[],
  features: readonly PlacedFeature[],
): Promise<void> {
  for (const name of names.filter((each) => !isComposed(each.trigger) && !existsSync(handlerOf(each)))) {
    const { feature, trigger } = name;
    throw new Error(
      `${handlerOf(name)} is missing: the contract of "${feature.name}" has work for its trigger "${trigger}". Write it, with an export "${trigger}"`,
    );
  }
  const { metafile } = await build({
    ...settings,
    absWorkingDir: process.cwd(),
    entryPoints: names.map(({ id }) => ({ in: id, out: `functions/${id}/index` })),
    outdir,
    plugins: [entries(names, features), leaveOutUnused],
  });
  mkdirSync(join(outdir, 'meta'), { recursive: true });
  for (const name of names) {
    const meta = metaFor(metafile, fileOf(outdir, name), name.id);
    if (meta.inputs[imageWork.asks]) await addImageWork(join(outdir, 'functions', name.id), meta);
    writeFileSync(metaOf(outdir, name), JSON.stringify({ ...meta, entry: entryOf(name, features) }));
    // Inside the checkout, Node would else take the file for an ES module.
    writeFileSync(join(outdir, 'functions', name.id, 'package.json'), '{"type":"commonjs"}\n');
  }
}

/**
 * Bundles every function into a folder of its own, ready to be deployed; what has not changed is left as it is.
 * Throws if a handler is missing or does not export its trigger.
 */
export async function buildFunctions(options: BuildOptions = {}): Promise<Bundle[]> {
  const { outdir = '.build', only, features = allFeatures } = options;
  const wanted = functionsOf(features).filter(({ id }) => only?.includes(id) ?? true);
  const stale = wanted.filter((name) => !isFresh(outdir, name, features));
  if (stale.length > 0) await bundle(outdir, stale, features);
  return wanted.map((name) => {
    const file = fileOf(outdir, name);
    return { id: name.id, file, bytes: statSync(file).size, fresh: !stale.includes(name) };
  });
}
