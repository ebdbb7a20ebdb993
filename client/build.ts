/**
 * `npm run client:build`: makes the package `moim-client` in `.build/client`, prints its size, and fails above the budget.
 * `npm pack ./.build/client` then gives the file that other projects install.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { clientTypes } from '../docgen/client-types.ts';
import { features } from '../functions/features.ts';
import { limits } from '../shared/product/limits.ts';

/** Bytes of gzip, minified: what a page loads that uses the part. 11.0 and 5.4 KB were measured; a tenth is left to grow. */
export const budgets = { everything: 12_100, callsAlone: 6_000 };

const common = { bundle: true, format: 'esm', target: 'es2022', platform: 'neutral', legalComments: 'none' } as const;

/** Bytes that a page loads for these names, with the whole package behind it as its bundler finds it. */
async function weighed(outdir: string, names: string): Promise<number> {
  const { outputFiles } = await build({
    ...common,
    minify: true,
    write: false,
    stdin: { contents: `export { ${names} } from './${outdir}/index.js';`, resolveDir: '.' },
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}

const write = (path: string, text: string) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

/**
 * Puts the client into a folder of its own, with what it needs of the project: the types of the API without the contracts, and
 * of the limits those of a chat alone, as all of them would be half of the package.
 */
function stage(staged: string): void {
  for (const file of readdirSync('client').filter((name) => name.endsWith('.ts') && name !== 'build.ts'))
    cpSync(`client/${file}`, `${staged}/client/${file}`);
  write(`${staged}/client/api.ts`, clientTypes(features));
  cpSync('shared/core/clock.ts', `${staged}/shared/core/clock.ts`);
  write(`${staged}/shared/product/limits.ts`, `export const limits = ${JSON.stringify({ chat: limits.chat })};\n`);
  write(
    `${staged}/shared/product/problems.ts`,
    "export type { FieldError, ProblemCode } from '../../client/api.ts';\n",
  );
  const { compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8'));
  const forTypes = {
    noEmit: false,
    incremental: false,
    tsBuildInfoFile: null,
    declaration: true,
    emitDeclarationOnly: true,
  };
  const places = { rootDir: '.', outDir: 'types', lib: ['es2022', 'dom'], types: [] };
  const options = { ...compilerOptions, ...forTypes, ...places, skipLibCheck: false };
  write(
    `${staged}/tsconfig.json`,
    JSON.stringify({ compilerOptions: options, include: ['client/index.ts'], exclude: [] }),
  );
}

/** Compiles what was staged, and writes the declaration files that `index.d.ts` reaches beside each other. */
function writeTypes(staged: string, outdir: string): void {
  const compiler = ['node_modules/typescript/bin/tsc', '--project', staged];
  execFileSync(process.execPath, compiler, { stdio: 'inherit' });
  const written = new Set<string>();
  const flatten = (path: string) => {
    if (written.has(path)) return;
    written.add(path);
    const text = readFileSync(`${staged}/types/${path}.d.ts`, 'utf8').replace(/'(\.[^']+)\.ts'/g, (_, from: string) => {
      const next = join(dirname(path), from);
      flatten(next);
      return `'./${basename(next)}.js'`;
    });
    const all = path === 'client/index' ? "export type * from './api.js';\n" : '';
    writeFileSync(`${outdir}/${basename(path)}.d.ts`, text + all);
  };
  flatten('client/index');
}

/**
 * Makes the package.
 *
 * @param outdir within this folder: what is compiled on the way has to be a module of this project
 * @returns the folder, and what a page loads of the package, in bytes of gzip
 */
export async function buildClient(outdir = '.build/client') {
  const staged = `${outdir}-source`;
  for (const folder of [outdir, staged]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  stage(staged);
  const bundle = { entryPoints: [`${staged}/client/index.ts`], outfile: `${outdir}/index.js` };
  await build({ ...common, ...bundle, logLevel: 'error' });
  writeTypes(staged, outdir);
  rmSync(staged, { recursive: true });
  for (const path of ['package.json', 'README.md', 'example'])
    cpSync(`client/${path}`, `${outdir}/${path}`, { recursive: true });
  const everything = await weighed(
    outdir,
    'createClient, pages, createSocket, createRoom, ProblemError, NoAnswerError',
  );
  const callsAlone = await weighed(outdir, 'createClient, pages, ProblemError, NoAnswerError');
  return { folder: outdir, sizes: { everything, callsAlone } };
}

if (import.meta.main) {
  const { folder, sizes } = await buildClient();
  console.log(`moim-client in ${folder}; minified and gzipped:`);
  for (const [name, most] of Object.entries(budgets)) {
    const size = sizes[name as keyof typeof sizes];
    if (size > most) process.exitCode = 1;
    console.log(`  ${name.padEnd(12)} ${size} bytes, at most ${most}${size > most ? ': TOO LARGE' : ''}`);
  }
}
