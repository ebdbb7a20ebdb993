import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { features as allFeatures } from '../functions/features.ts';
import type { PlacedFeature } from '../shared/core/contract.ts';
import { declaredIn, handsOver, isComposed, laneLimits } from '../shared/core/lanes.ts';
import { type FunctionName, functionsOf } from './function-id.ts';

export interface BuildOptions {
  /** The folder for `functions/<id>/index.js` and `meta/<id>.json`; `.build` unless given. */
  readonly outdir?: string;
  /** The ids of the functions to build; all unless given. */
  readonly only?: readonly string[];
  /** The features to build; those of the product unless given. */
  readonly features?: readonly PlacedFeature[];
}

export interface Bundle {
  readonly id: string;
  readonly file: string;
  readonly bytes: number;
  /** None of its inputs has changed since the last build. */
  readonly fresh: boolean;
}

export const settings = {
  bundle: true,
  minify: true,
  treeShaking: true,
  platform: 'node',
  target: 'node24',
  // An ESM bundle that imports node:http takes 24-34 ms longer to start on Node 24, a CommonJS bundle 2.6 ms.
  format: 'cjs',
  // Prefers the ES module build of a package, so that unused code can be dropped (548 KB instead of 750).
  mainFields: ['module', 'main'],
  legalComments: 'none',
  // Three bytes for a syllable of Korean instead of the six of `\uAC00`.
  charset: 'utf8' as const,
  logLevel: 'silent',
  metafile: true,
} satisfies Parameters<typeof build>[0];

const handlerOf = ({ feature }: FunctionName) => `functions/${feature.area}/${feature.name}/handler.ts`;
const fileOf = (outdir: string, { id }: FunctionName) => join(outdir, 'functions', id, 'index.js');
const metaOf = (outdir: string, { id }: FunctionName) => join(outdir, 'meta', `${id}.json`);

/**
 * Functions that process images do it in a thread. The thread's code and the codecs that it loads are files next to the
 * bundle.
 */
const imageWork = { asks: 'shared/images/process.ts', thread: 'shared/images/worker.ts', as: 'images.js' };

/** Whether a bundle is newer than all its inputs and than the code that builds it. */
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
  const parts = declaredIn(composed).map(([feature, declared], i) => {
    const named = `feature: '${feature}', declared: ${JSON.stringify(declared)}`;
    // What is handed over is not carried along.
    if (handsOver(composed) && Object.values(declared).every(({ heavy }) => heavy))
      return { line: '', value: `{ ${named} }` };
    return {
      line: `import { consumers as c${i} } from './functions/${areaOf.get(feature)}/${feature}/consumers.ts';`,
      value: `{ ${named}, consumers: c${i} }`,
    };
  });
  const all = `[${parts.map(({ value }) => value).join(', ')}]`;
  const within = laneLimits[composed.name as keyof typeof laneLimits];
  const [file, call] =
    trigger === 'queue'
      ? ['parked', `parkedFunction(${all}, ${within})`]
      : ['stream', `streamFunction({ within: ${within}, features: ${all} })`];
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

/**
 * Entry points that are not files: each passes on one export of a feature's handler under the name that Lambda calls, or
 * composes consumers.
 */
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
          // Not TypeScript: in TypeScript, a name that the handler does not export could be a type and would not fail.
          loader: 'js',
        };
      });
    },
  };
}

/** The part of the metafile about one bundle: its output, and all inputs that its entry reaches. */
function metaFor(metafile: Metafile, file: string, id: string): Metafile {
  const reached = new Set<string>();
  const reach = (path: string) => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const { path: next, external } of metafile.inputs[path]?.imports ?? []) if (!external) reach(next);
  };
  reach(`entry:${id}`);
  // Modules that the plugins make up (`entry:...`, `instead:...`) are not in any file.
  const inputs = Object.entries(metafile.inputs).filter(
    ([path]) => reached.has(path) && !/^(entry|instead):/.test(path),
  );
  const output = Object.entries(metafile.outputs).filter(([path]) => path === file);
  return { inputs: Object.fromEntries(inputs), outputs: Object.fromEntries(output) };
}

/**
 * Modules that functions would include but never run, and their replacements.
 *
 * - On Lambda credentials are in the environment, and the adapters pass them to every client. The credential chain that
 *   looks in files, on other hosts and in sign-in sessions is a quarter of a bundle (136 of 548 KB).
 * - moim calls no operation that streams events. The SDK imports the code that could read them dynamically, which keeps
 *   esbuild from dropping anything from that package.
 * - The log gets its destination (`shared/observe/log.ts`), so pino's own writers to files and worker threads are
 *   unused.
 * - moim asks for no attestation of passkeys (ADR 26), so what reads certificates of manufacturers is unused (300 KB).
 * - A mail has no attachments, so nodemailer's table of file types (39 KB) and its client that fetches files are unused.
 */
const instead: Readonly<Record<string, string>> = {
  '@aws-sdk/credential-provider-node': "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
  '@smithy/core/event-streams': 'export {};',
  'sonic-boom': 'module.exports = class Unused {};',
  'thread-stream': 'module.exports = class Unused {};',
  './mime-types.js': 'export {};',
  '../fetch/index.js': 'export default undefined;',
};
/** The package that alone may ask for a file by such a path of its own. */
const owner = /[\\/]node_modules[\\/]nodemailer[\\/]/;

/** The readers of certificates, for the package that verifies passkeys; it reads signatures by the two that are left. */
const certificates = {
  path: /^@peculiar\/(x509|asn1-x509|asn1-android|asn1-rsa|asn1-x509-post-quantum)$/,
  of: /[\\/]node_modules[\\/]@simplewebauthn[\\/]/,
};

/** What the documents say, and no function does: of each problem (10 KB of every bundle), of fields and
 * routes, of kinds of items, of a protocol. */
const documented = [
  {
    path: /[\\/]shared[\\/]product[\\/][\w-]*problems\.ts$/,
    text: /^ {4}(when|remedy):\s+(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"),$/gm,
    as: '',
  },
  {
    path: /[\\/](contract|[\w-]*fields)\.ts$/,
    text: /\bdescription:\s+(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/g,
    as: "description: ''",
  },
  {
    path: /[\\/]items\.ts$/,
    text: /\b(about|serves|stays|not):\s+(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/g,
    as: "$1: ''",
  },
  { path: /[\\/]functions[\\/].*[\\/]protocol\.ts$/, text: /`(?:[^`\\]|\\.)*`/g, as: "''" },
] as const;

/**
 * Packages that do nothing by being imported, and do not say so: without this, a function that shares a handler file with one
 * that verifies passkeys would carry them too.
 */
const idle = {
  path: /^(@simplewebauthn\/server|otpauth|\.{1,2}\/.*)$/,
  of: /[\\/]node_modules[\\/]@simplewebauthn[\\/]/,
};

export const leaveOutUnused: Plugin = {
  name: 'leave-out-unused',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: idle.path }, async ({ path, importer, kind, resolveDir, pluginData }) => {
      if (pluginData === 'asked' || (path.startsWith('.') && !idle.of.test(importer))) return undefined;
      const found = await resolve(path, { importer, kind, resolveDir, pluginData: 'asked' });
      return { ...found, sideEffects: false };
    });
    onResolve({ filter: new RegExp(`^(${Object.keys(instead).join('|')})$`) }, ({ path, kind, importer }) => {
      // The client of the bucket really uses a part of it.
      if (path === '@smithy/core/event-streams' && kind !== 'dynamic-import') return undefined;
      if (path.startsWith('.') && !owner.test(importer)) return undefined;
      return { path, namespace: 'instead' };
    });
    onResolve({ filter: certificates.path }, ({ path, importer }) =>
      certificates.of.test(importer) ? { path, namespace: 'instead' } : undefined,
    );
    for (const { path: filter, text, as } of documented)
      onLoad({ filter }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        return { contents: source.replace(text, as), loader: 'ts' };
      });
    onLoad({ filter: /./, namespace: 'instead' }, ({ path }) => ({
      contents: instead[path] ?? 'module.exports = {};',
      resolveDir: process.cwd(),
    }));
  },
};

/** Adds the image thread's files to a function's folder, and to the record of the function's inputs. */
async function addImageWork(folder: string, record: Metafile): Promise<void> {
  const { metafile } = await build({
    ...settings,
    absWorkingDir: process.cwd(),
    entryPoints: [imageWork.thread],
    outfile: join(folder, imageWork.as),
  });
  // The WebAssembly file of a codec is next to its loader.
  const codecs = Object.keys(metafile.inputs)
    .flatMap((path) => [path.replace(/\.js$/, '.wasm'), path.replace(/\.js$/, '_bg.wasm')])
    .filter((path) => path.endsWith('.wasm') && existsSync(path));
  for (const path of codecs) copyFileSync(path, join(folder, basename(path)));
  Object.assign(record.inputs, metafile.inputs);
  Object.assign(record.outputs, metafile.outputs);
}

/** Bundles functions in one run, so that shared files are read and parsed once. */
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
    // Inside the checkout, Node would otherwise treat the file as an ES module.
    writeFileSync(join(outdir, 'functions', name.id, 'package.json'), '{"type":"commonjs"}\n');
  }
}

/**
 * Bundles every function into a folder of its own, ready to be deployed. Functions without changes are skipped.
 *
 * @throws Error if a handler is missing or does not export its trigger
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
