/**
 * `npm run web:build`: bundles the web client into `.build/web`, prints what a phone loads, and fails above the budgets.
 * `npm start`, the tests and `npm run web:deploy` call `buildWeb`.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build, type Metafile, type Plugin, transform } from 'esbuild';
import { firstWords } from './first-words.ts';

const source = 'web';
const outdir = '.build/web';

/** Bytes as gzip makes them (design: a phone on a slow network shows the first screen within 1.2 s). */
export const budgets = { entry: 40_000, css: 8_000, part: 60_000 };

export interface BuiltWeb {
  readonly folder: string;
  /** Paths in the folder. */
  readonly files: readonly string[];
  /** Bytes of gzip: what every page loads, the main sheet, and each part that comes when it is needed. */
  readonly sizes: { readonly entry: number; readonly css: number; readonly parts: Readonly<Record<string, number>> };
}

/**
 * The sheet of a screen, or of a part of the kit that few screens have, takes effect when its file is loaded: it comes in the same
 * part, and costs no request.
 */
const sheets: Plugin = {
  name: 'sheets',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/](?:screens|ui)[\\/].*\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'css', minify: true, target: 'es2024' });
      const layer = /[\\/]src[\\/]ui[\\/]/.test(path) ? 'parts' : 'screens';
      const text = JSON.stringify(`@layer ${layer}{${code.trim()}}`);
      return {
        loader: 'js',
        contents: `const sheet = new CSSStyleSheet(); sheet.replaceSync(${text}); document.adoptedStyleSheets.push(sheet);`,
      };
    });
  },
};

/**
 * What every page loads is one file: many small ones compress badly (39.1 KB instead of 34.5), and each is a request. esbuild
 * puts those modules into one chunk that all entries reach, so each part that comes later names all of them.
 *
 * @param first the modules that every page loads
 * @param later the modules that begin a part
 */
const oneStart = (first: readonly string[], later: ReadonlySet<string>): Plugin => ({
  name: 'one start',
  setup({ onLoad, onResolve }) {
    const start = { path: 'start', namespace: 'start' };
    onResolve({ filter: /^moim:start$/ }, () => start);
    onLoad({ filter: /./, namespace: start.namespace }, () => ({
      contents: first.map((path) => `import ${JSON.stringify(`./${path}`)};`).join('\n'),
      resolveDir: process.cwd(),
    }));
    onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
      const file = relative(process.cwd(), path).replaceAll('\\', '/');
      if (!later.has(file)) return undefined;
      const loader = file.endsWith('x') ? 'tsx' : 'ts';
      return { loader, contents: `import 'moim:start';\n${readFileSync(path, 'utf8')}` };
    });
  },
});

/**
 * In the bundle of `early.ts` the numbers of its files stand in the place of each part. Nothing is loaded for what it does at its
 * start, so the bundle has the paths and no screen.
 *
 * @param filesOf gives the files of a part, by its source
 */
const listed = (filesOf: (part: string) => readonly number[]): Plugin => ({
  name: 'listed',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^\./ }, ({ path, resolveDir }) => ({ path: join(resolveDir, path), sideEffects: false }));
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replace(/\(\) =>\s+import\('([^']+)'\)/g, (_, part) =>
        JSON.stringify(filesOf(relative(process.cwd(), join(dirname(path), part)).replaceAll('\\', '/'))),
      ),
    }));
  },
});

const common = {
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: 'esm',
  // Safari 17.4 and Chrome 122: they have all of it, also CSS nesting and `light-dark`.
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  absWorkingDir: process.cwd(),
  logLevel: 'silent',
  legalComments: 'none',
} satisfies Parameters<typeof build>[0];

interface Output {
  readonly path: string;
  readonly contents: string | Uint8Array;
}

/** The path of an output in the folder. */
const within = (path: string) => path.replaceAll('\\', '/').split(`${outdir}/`).at(-1)!;

async function bundlePages(reload: string): Promise<{ outputs: Output[]; metafile: Metafile }> {
  const { metafile: apart } = await bundle(reload, []);
  const later = new Set(Object.values(apart.outputs).flatMap(({ entryPoint }) => entryPoint ?? []));
  const inputsOf = (path: string) => atOnce(apart, path).flatMap((each) => Object.keys(apart.outputs[each]!.inputs));
  const { main } = entriesIn(apart);
  const texts = Object.keys(apart.outputs).filter((path) =>
    apart.outputs[path]!.entryPoint?.includes('/messages/common/'),
  );
  const first = new Set([main, ...texts].flatMap(inputsOf).filter((input) => !later.has(input)));
  const { outputFiles, metafile } = await bundle(reload, [oneStart([...first], later)]);
  return { outputs: outputFiles.map(({ path, contents }) => ({ path: within(path), contents })), metafile };
}

const bundle = (reload: string, more: readonly Plugin[]) =>
  build({
    ...common,
    entryPoints: {
      main: `${source}/src/main.tsx`,
      style: `${source}/src/styles/index.css`,
      fonts: `${source}/fonts/pretendard.css`,
    },
    outdir: `${outdir}/assets`,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file' },
    splitting: true,
    plugins: [sheets, ...more],
    define: { RELOAD: JSON.stringify(reload) },
  });

/** What asks for the files of the first screen; see `early.ts`. */
async function bundleEarly(metafile: Metafile): Promise<Output> {
  const first = new Set(atOnce(metafile, entriesIn(metafile).main));
  const outputOf = new Map(Object.entries(metafile.outputs).map(([path, { entryPoint }]) => [entryPoint, path]));
  const later = Object.keys(metafile.outputs).filter((path) => path.endsWith('.js') && !first.has(path));
  const filesOf = (part: string) =>
    atOnce(metafile, outputOf.get(part)!)
      .map((path) => later.indexOf(path))
      .filter((at) => at >= 0);
  const { outputFiles } = await build({
    ...common,
    format: 'iife',
    entryPoints: { early: `${source}/src/early.ts` },
    entryNames: '[name]-[hash]',
    outdir: `${outdir}/assets`,
    plugins: [listed(filesOf)],
    define: { FILES: JSON.stringify(later.map((path) => within(path).replace(/^assets\/|\.js$/g, '')).join(' ')) },
  });
  return { path: within(outputFiles[0]!.path), contents: outputFiles[0]!.text };
}

/** The worker knows the files that the first screens need, and has another name for each build. */
async function bundleWorker(shell: readonly string[], version: string): Promise<Output> {
  const { outputFiles } = await build({
    ...common,
    format: 'iife',
    entryPoints: [`${source}/src/sw.ts`],
    outfile: `${outdir}/sw.js`,
    define: { SHELL: JSON.stringify(shell), VERSION: JSON.stringify(version) },
  });
  return { path: 'sw.js', contents: outputFiles[0]!.text };
}

/** An entry with all that it imports at once, by their paths. */
function atOnce({ outputs }: Metafile, entry: string): string[] {
  const reached = new Set([entry]);
  for (const path of reached)
    for (const { path: next, kind } of outputs[path]!.imports) if (kind === 'import-statement') reached.add(next);
  return [...reached];
}

/** The outputs of the main files. */
function entriesIn({ outputs }: Metafile) {
  const find = (file: string) => Object.keys(outputs).find((path) => outputs[path]!.entryPoint === file)!;
  return {
    main: find(`${source}/src/main.tsx`),
    style: find(`${source}/src/styles/index.css`),
    fonts: find(`${source}/fonts/pretendard.css`),
  };
}

/** What works without a network also where it was not open before: what is due, to certify, and to sign out. */
const areasOffline = ['common', 'home', 'group', 'me', 'records', 'welcome'];
const partsOffline = [
  ...[
    'home/home',
    'group/group',
    'group/certify',
    'me/me',
    'records/records',
    'records/record',
    'records/ranking',
    'welcome/welcome',
  ].map((screen) => `screens/${screen}.tsx`),
  ...areasOffline.flatMap((area) => [`messages/${area}/ko.ts`, `messages/${area}/en.ts`]),
  ...['sending', 'photo', 'subscription'].map((part) => `app/${part}.ts`),
];

/** The files of these parts, with all that they import. */
function filesOffline(metafile: Metafile): string[] {
  const entries = new Set(partsOffline.map((part) => `${source}/src/${part}`));
  const found = Object.entries(metafile.outputs).filter(([, { entryPoint }]) => entryPoint && entries.has(entryPoint));
  return found.flatMap(([path]) => atOnce(metafile, path));
}

/** What the parts that come when they are needed add to what is there already. */
function partSizes(metafile: Metafile, gzip: (path: string) => number): Record<string, number> {
  const { main, style, fonts } = entriesIn(metafile);
  const first = new Set([...atOnce(metafile, main), style, fonts]);
  const lazy = Object.entries(metafile.outputs).filter(([path, { entryPoint }]) => entryPoint && !first.has(path));
  const sized = lazy.map(([path, { entryPoint }]) => {
    const added = atOnce(metafile, path).filter((each) => !first.has(each));
    const name = entryPoint!.replace(`${source}/src/`, '').replace(/\.tsx?$/, '');
    return [name, added.reduce((sum, each) => sum + gzip(each), 0)] as const;
  });
  return Object.fromEntries(sized.sort());
}

function pageOf(metafile: Metafile, early: Output): string {
  const { main, style, fonts } = entriesIn(metafile);
  const preloads = atOnce(metafile, main).filter((path) => path !== main);
  const lines = [
    // First in the queue, and nothing waits for it.
    `<script async fetchpriority="high" src="/${early.path}"></script>`,
    `<link rel="stylesheet" href="/${within(style)}" />`,
    `<script type="module" src="/${within(main)}"></script>`,
    // A phone has a good font, and loads none of this: `main.tsx` takes the attribute away in a wide window.
    `<link rel="stylesheet" href="/${within(fonts)}" id="fonts" disabled />`,
    ...preloads.map((path) => `<link rel="modulepreload" href="/${within(path)}" />`),
  ];
  return readFileSync(`${source}/index.html`, 'utf8')
    .replace('<!-- assets -->', lines.join('\n    '))
    .replace('<!-- first words -->', firstWords());
}

interface WebOptions {
  /** The address that tells a page of a new build; a page of the product knows none. */
  readonly reload?: string;
  /** The folder to write; `.build/web` unless given. */
  readonly folder?: string;
}

/**
 * Builds the client.
 *
 * @throws Error with the place in the source, if it cannot be bundled
 */
export async function buildWeb({ reload = '', folder = outdir }: WebOptions = {}): Promise<BuiltWeb> {
  const { outputs, metafile } = await bundlePages(reload);
  const early = await bundleEarly(metafile);
  const page = pageOf(metafile, early);
  const fixed = ['manifest.webmanifest', 'icon.svg', 'icon-180.png'].map((path) => ({
    path,
    contents: readFileSync(join(source, path)),
  }));
  const files: Output[] = [...outputs, early, { path: 'index.html', contents: page }, ...fixed];
  const version = createHash('sha256')
    .update(files.map(({ path, contents }) => path + createHash('sha256').update(contents).digest('hex')).join('\n'))
    .digest('hex')
    .slice(0, 12);
  const { main, style } = entriesIn(metafile);
  const all = new Set([...atOnce(metafile, main), style, ...filesOffline(metafile)]);
  const shell = [early.path, ...all].map((path) => `/${within(path)}`);
  files.push(await bundleWorker(['/index.html', '/icon.svg', '/manifest.webmanifest', ...shell], version));

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'assets'), { recursive: true });
  for (const { path, contents } of files) writeFileSync(join(folder, path), contents);
  // A font is compressed already.
  const shrinks = files.filter(({ path }) => !path.endsWith('.woff2'));
  const bytes = new Map(shrinks.map(({ path, contents }) => [path, gzipSync(contents, { level: 9 }).length]));
  const gzip = (path: string) => bytes.get(within(path))!;
  return {
    folder,
    files: files.map(({ path }) => path).sort(),
    sizes: {
      entry: atOnce(metafile, main).reduce((sum, path) => sum + gzip(path), 0),
      css: gzip(style),
      parts: partSizes(metafile, gzip),
    },
  };
}

/** What is above its budget, in words. */
export function tooLarge({ sizes: { entry, css, parts } }: Pick<BuiltWeb, 'sizes'>): string[] {
  const over = (name: string, size: number, budget: number) =>
    size > budget ? [`${name} is ${size} B of gzip, its budget is ${budget} B`] : [];
  return [
    ...over('the entry', entry, budgets.entry),
    ...over('the main sheet', css, budgets.css),
    ...Object.entries(parts).flatMap(([name, size]) => over(name, size, budgets.part)),
  ];
}

if (import.meta.main) {
  const started = performance.now();
  const built = await buildWeb();
  const { entry, css, parts } = built.sizes;
  const line = (name: string, size: number, budget: number) =>
    console.log(`  ${(size / 1000).toFixed(1).padStart(5)} KB of ${budget / 1000}  ${name}`);
  console.log(
    `built ${built.files.length} files into ${built.folder} in ${(performance.now() - started).toFixed(0)} ms (gzip)`,
  );
  line('entry: every page', entry, budgets.entry);
  line('main sheet', css, budgets.css);
  for (const [name, size] of Object.entries(parts)) line(name, size, budgets.part);
  const names = readdirSync(`${built.folder}/assets`).filter((name) => !name.endsWith('.woff2'));
  const all = names.map((name) => readFileSync(join(built.folder, 'assets', name)));
  console.log(
    `  ${(all.reduce((sum, file) => sum + brotliCompressSync(file).length, 0) / 1000).toFixed(1)} KB in all, brotli`,
  );
  const over = tooLarge(built);
  for (const each of over) console.error(each);
  process.exit(over.length > 0 ? 1 : 0);
}
