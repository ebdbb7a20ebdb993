/** A project of somebody else, with the package installed from the file that `npm pack` makes. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildClient } from '../../client/build.ts';

const npm = (cwd: string, ...args: readonly string[]) =>
  execFileSync('npm', args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });

export interface Project {
  readonly folder: string;
  /** Deletes its folder. */
  remove(): void;
  /** What is in the package, by its path, with bytes. */
  readonly packed: readonly { readonly path: string; readonly size: number }[];
  readonly sizes: Readonly<Record<string, number>>;
  /** Compiles a file of the project in the strictest way; gives back what the compiler says, which is nothing if all is well. */
  compiled(files: readonly string[], resolution: 'bundler' | 'nodenext'): string;
}

export async function install(): Promise<Project> {
  // Each test process makes its own: two may do so at once.
  const { folder: built, sizes } = await buildClient(`.build/test/client-${process.pid}`);
  const folder = mkdtempSync(join(tmpdir(), 'moim-client-'));
  const [{ files, filename }] = JSON.parse(npm('.', 'pack', `./${built}`, '--json', '--pack-destination', folder));
  rmSync(built, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'somebody', private: true, type: 'module' }));
  npm(folder, 'install', `./${filename}`, '--offline', '--no-audit', '--no-fund', '--no-package-lock');
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
  for (const name of ['@types/node', 'undici-types'])
    symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
  return {
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
    packed: files,
    sizes,
    compiled(names, resolution) {
      const module = resolution === 'bundler' ? 'esnext' : 'nodenext';
      const strict = {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: false,
      };
      const place = { module, moduleResolution: resolution, target: 'es2023', types: ['node'], noEmit: true };
      const compilerOptions = { ...strict, ...place, verbatimModuleSyntax: true, erasableSyntaxOnly: true };
      const config = join(folder, `tsconfig.${resolution}.json`);
      writeFileSync(config, JSON.stringify({ compilerOptions, files: names }));
      try {
        return execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', config], { encoding: 'utf8' });
      } catch (error) {
        return (error as { stdout: string }).stdout;
      }
    },
  };
}
