/** Imports between files, read from the text of every file, and the tests that a change affects because of them. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

export interface Import {
  /** The file with the import. */
  readonly file: string;
  /** A path from the root for moim's own files (`shared/core/ids.ts`), else the name of the package. */
  readonly target: string;
  /** The import is removed before run time. */
  readonly typeOnly: boolean;
}

export const folders = [
  'shared',
  'functions',
  'lib',
  'docgen',
  'client',
  'local',
  'bin',
  'bench',
  'web',
  'test',
].filter(existsSync);
export const texts = new Map(
  folders
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.endsWith('.d.ts'))
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

/** The files by the files that they are imported by, except imports of types. */
const importers = Map.groupBy(
  imports.filter(({ typeOnly }) => !typeOnly),
  ({ target }) => target,
);

/** These files, and all that import them directly or indirectly. */
function reachedFrom(changed: readonly string[]): ReadonlySet<string> {
  const reached = new Set(changed);
  for (const file of reached) for (const importer of importers.get(file) ?? []) reached.add(importer.file);
  return reached;
}

/**
 * The test files that a change affects. A cloud loads functions by name at run time, which no import shows. If a
 * feature's handler is reached, the tests of that feature and the access matrix are therefore included.
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
