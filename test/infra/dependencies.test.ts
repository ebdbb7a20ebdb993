/** F26: few packages ship, each dependency has a reason, and a release can say what is in it. */
import { readFileSync } from 'node:fs';
import { judged, type Report } from '../../bin/advisories.ts';
import { bill } from '../../bin/sbom.ts';
import { lockedIn, packageAt, shipped } from '../../bin/shipped.ts';

const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const direct = [dependencies, devDependencies, optionalDependencies].flatMap((each) => Object.entries<string>(each));

/** The names in the table of CONTRIBUTING; a star stands for any. */
const [, after = ''] = readFileSync('CONTRIBUTING.md', 'utf8').split('## Why each dependency');
const named = after
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => [...line.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));
const fits = (name: string, pattern: string) =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

test('every dependency has its reason in CONTRIBUTING, and every reason its dependency', () => {
  // Named in the reason of another.
  const beside = ['oidc-provider', ...Object.keys(optionalDependencies)];
  const without = direct.filter(([name]) => !beside.includes(name) && !named.some((pattern) => fits(name, pattern)));

  expect(without.map(([name]) => name)).toEqual([]);
  expect(named.filter((pattern) => !direct.some(([name]) => fits(name, pattern)))).toEqual([]);
});

test('versions are exact, and the lock file proves the content of each package', () => {
  const locked = lockedIn();

  expect(direct.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  expect(
    Object.entries(locked).filter(([, { integrity, inBundle }]) => !inBundle && !integrity?.startsWith('sha512-')),
  ).toEqual([]);
});

test('102 packages ship: another one is a decision', () => {
  // 24 of them come with the check of passkeys; bundles carry a quarter of their code (`lib/bundle.ts`).
  expect(shipped().map(packageAt)).toHaveLength(102);
});

test('the bill of materials names all that ships and nothing else, with its hashes', () => {
  const { components, dependencies: edges, metadata } = bill();
  const refs = components.map((each) => each['bom-ref']);
  const locked = lockedIn();
  const expected = shipped().map((place) => `${packageAt(place)}@${locked[place]!.version}`);

  expect(refs.toSorted()).toEqual([...new Set(expected)].toSorted());
  expect(components.every((each) => (each as { hashes?: unknown[] }).hashes?.length === 1)).toBe(true);
  expect(metadata.component).toMatchObject({ name: 'moim' });
  expect(edges.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.includes(ref))).toEqual([]);
});

describe('known weaknesses', () => {
  const report = (name: string, severity: string): Report =>
    ({ vulnerabilities: { [name]: { name, severity, nodes: [`node_modules/${name}`] } } }) as never;
  const ships = ['node_modules/zod'];

  test.each([
    ['zod', 'critical', 1, 'critical: zod, which ships: update within 7 days'],
    ['zod', 'high', 1, 'high: zod, which ships: update within 7 days'],
    ['zod', 'moderate', 0, 'moderate: zod, which ships: update within 30 days'],
    ['jest', 'critical', 0, 'critical: jest, which does not ship: update within 30 days'],
    ['jest', 'low', 0, 'low: jest, which does not ship: update within 90 days'],
  ])('of %s, %s: ends with %i', (name, severity, code, line) => {
    expect(judged(report(name, severity), ships)).toEqual({ code, lines: [line] });
  });

  test('are none, or nobody answers: both end well, and say which', () => {
    expect(judged({ vulnerabilities: {} }, ships)).toEqual({ code: 0, lines: ['no package has a known weakness'] });
    expect(judged({ message: 'ECONNREFUSED' }, ships)).toEqual({
      code: 0,
      lines: ['nobody looked for known weaknesses: ECONNREFUSED'],
    });
    expect(judged({}, ships).code).toBe(0);
  });
});
