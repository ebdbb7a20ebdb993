/** Which file imports which, read from the text of every file, and which tests a change concerns by that. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

export interface Import {
  /** The file it stands in. */
  readonly file: string;
  /** A path from the root for files of moim (`shared/core/ids.ts`), else the package's name. */
  readonly target: string;
  /** Gone before anything runs. */
  readonly typeOnly: boolean;
}

export const folders = ['shared', 'functions', 'lib', 'docgen', 'client', 'local', 'bin', 'bench', 'test'].filter(
  existsSync,
);
export const texts = new Map(
  folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`))
    .map((file) => file.replaceAll('\\', '/'))
    .map((file) => [file, readFileSync(file, 'utf8')]),
);
export const files = [...texts.keys()];
/** The text of a file without its comments. */
export const codeOf = (file: string) =>
  texts
    .get(file)!
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');

function importsOf(file: string): Import[] {
  const statements = codeOf(file).matchAll(
    /^(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm,
  );
  const dynamic = codeOf(file).matchAll(/\bimport\('([^']+)'\)/g);
  const resolve = (target: string) => (target.startsWith('.') ? posix.join(posix.dirname(file), target) : target);
  return [
    ...[...statements].map(([, type, from, bare]) => ({
      file,
      target: resolve(from ?? bare ?? ''),
      typeOnly: type !== undefined,
    })),
    ...[...dynamic].map(([, from]) => ({ file, target: resolve(from!), typeOnly: false })),
  ];
}
export const imports: readonly Import[] = files.flatMap(importsOf);

/** The files by those that they are imported by, types aside. */
const importers = Map.groupBy(
  imports.filter(({ typeOnly }) => !typeOnly),
  ({ target }) => target,
);

/** These files, and all that import them directly or by way of others. */
export function reachedFrom(changed: readonly string[]): ReadonlySet<string> {
  const reached = new Set(changed);
  for (const file of reached) for (const importer of importers.get(file) ?? []) reached.add(importer.file);
  return reached;
}

/**
 * The test files that a change concerns. A cloud loads functions by name at run time, which no import shows: a feature's
 * handler that is reached counts for the tests of that feature, and for the access matrix.
 *
 * @param changed paths from the root
 */
export function testsOf(changed: readonly string[]): string[] {
  const reached = [...reachedFrom(changed)];
  const features = reached.flatMap((file) => /^functions\/(.+)\/handler\.ts$/.exec(file)?.[1] ?? []);
  const places = features.length > 0 ? [...features.map((feature) => `test/${feature}/`), 'test/sweeps/matrix'] : [];
  return files.filter(
    (file) => file.endsWith('.test.ts') && (reached.includes(file) || places.some((place) => file.startsWith(place))),
  );
}
