/**
 * What the README promises of a feature: it is its folder, its tests and a line each in the lists that it appears in, and
 * everything else follows. Here a toy feature is added to a copy of the tree by that recipe alone, and taken out again.
 * Each line that is forgotten is told by something that says what to do.
 */
import { copyOfTree, folder, lines, type Omission } from './recipe.ts';

const tree = copyOfTree();
const original = tree.everything();
afterAll(() => tree.remove());

const typecheck = (...args: readonly string[]) => tree.run('node_modules/typescript/bin/tsc', ['--noEmit', ...args]);
const documents = (...args: readonly string[]) => tree.run('bin/docs.ts', args);
const build = () => tree.run('bin/build.ts');
const jest = (...args: readonly string[]) => tree.run('node_modules/jest/bin/jest.js', args, { MOIM_LOG: '1' });
/** For tests that need neither bundles nor stacks. */
const jestAlone = (...args: readonly string[]) => jest('-c', 'alone.config.js', ...args);
const ends = (code: number, output: RegExp) => ({ code, output: expect.stringMatching(output) });

test('a feature is added by its files and its lines alone', () => {
  tree.addFiles();
  tree.add(...Object.values(lines));

  const forgotten = documents('--check');
  const written = documents();
  const checked = documents('--check');
  const compiled = typecheck();

  expect(forgotten).toEqual(ends(1, /docs\/openapi\.json.*docs\/asyncapi\.json.*Run `npm run docs`/));
  expect(written).toEqual(ends(0, /wrote/));
  expect(checked).toEqual(ends(0, /the documents are as the contracts say/));
  expect(compiled).toEqual({ code: 0, output: '' });
  const named = {
    'docs/openapi.json': ['giveKudos', 'listKudos', 'KUDOS_TO_ONESELF', 'KUDOS_GIVEN'],
    'docs/asyncapi.json': ['kudos.given', 'KUDOS_GIVEN'],
    'docs/access-patterns.md': ['KudosBoard', 'kudosByAccount', 'kudosBoardsToClear'],
    'docs/problems.md': ['KUDOS_TO_ONESELF'],
    'client/route-table.ts': ['giveKudos', 'listKudos'],
  };
  for (const [file, names] of Object.entries(named))
    expect([file, names.filter((name) => !tree.read(file).includes(name))]).toEqual([file, []]);
});

test('it is bundled, deployed, granted, answered, told, worked by the clock, purged, and held to all rules', () => {
  const played = jest(
    'test/activity/kudos/',
    'test/sweeps/matrix',
    'test/contracts/(openapi|asyncapi|documents|same-for-all)',
    'test/kernel/(dependency-rule|keys|messages|fates)',
    'test/accounts/privacy/holdings',
    // The lines of the toy may make a file longer than files are.
    ...['-t', '^(?!no file is longer than)'],
  );

  const failures = played.output.match(/^(FAIL|Test suite failed|Tests: ).*$/gm)?.join('\n');
  expect({ code: played.code, output: failures }).toEqual(ends(0, /^Tests: +1 skipped, \d+ passed, \d+ total$/));
  for (const file of ['give-kudos', 'purge'])
    expect(played.output).toContain(`PASS test/activity/kudos/${file}.test.ts`);
});

/** Omissions by what they are of, and what is told of each. They are made together, in one program. */
type Omissions = Readonly<Record<string, Omission & { readonly told: RegExp }>>;
const of = (name: string, text: string, instead = '') => ({ file: `${folder}/${name}.ts`, text, instead });
const inItsFolder = (name: string, message: string) =>
  new RegExp(String.raw`^functions/activity/kudos/${name}\.ts(?:(?!\nfunctions/|\nshared/)[^])*?${message}`, 'm');

const compiled: Omissions = {
  'the English text': { ...lines.english, told: /^shared\/messages\/en\.ts.*'KUDOS_TO_ONESELF' is missing/m },
  'the Korean text': { ...lines.korean, told: /^shared\/messages\/ko\.ts.*'KUDOS_TO_ONESELF' is missing/m },
  'a number': { ...lines.number, told: inItsFolder('contract', "'kudosText' does not exist") },
  'a limit': { ...lines.fairUse, told: inItsFolder('service', `'"kudos"' is not assignable to type '"apply"`) },
  'a use case': {
    ...of('service', 'export async function listKudos', 'async function listKudos'),
    told: inItsFolder('handler', "'listKudos' is missing"),
  },
  'the work of a job': {
    ...of('handler', '{ beginWeek });', '{});'),
    told: inItsFolder('handler', "'beginWeek' is missing"),
  },
  'a value in one language': {
    ...of('news', "you in {title}.'", "you.'"),
    told: inItsFolder('news', 'the languages name different values'),
  },
  'an id that the screen needs': {
    ...of('service', ', title, groupId, event }', ', title, event }'),
    told: inItsFolder('service', "'groupId' is missing"),
  },
  'a fate': { ...of('items', 'group: { dropped: { key: true } }'), told: inItsFolder('items', "'group' is missing") },
  'its row among what members write': { ...lines.written, told: inItsFolder('service', `'"kudos"' is not assignable`) },
  'a problem': {
    ...of('contract', "['KUDOS_TO_ONESELF'", "['KUDOS_TOO_LATE'"),
    told: inItsFolder('contract', `'"KUDOS_TOO_LATE"' is not assignable`),
  },
  'its kinds of items in the list': { ...lines.items, told: inItsFolder('contract', `'"Kudos"' is not assignable`) },
};

test('what is forgotten is told by the compiler, each by itself', () => {
  const { code, output } = tree.without(Object.values(compiled), () => typecheck('-p', 'tsconfig.product.json'));
  const untold = Object.entries(compiled).flatMap(([what, { told }]) => (told.test(output) ? [] : [what]));

  expect(code).not.toBe(0);
  expect({ untold, output }).toEqual({ untold: [], output });
});

test('a function that the handler does not export is told by the build', () => {
  const built = tree.without([of('handler', 'export const job', 'const job')], build);

  expect(built).toEqual(ends(1, /No matching export in "\S+kudos\/handler\.ts" for import "job"/));
});

test('what is missing in the lists of features, kinds of items and news is told by the rules that hold all files', () => {
  const omitted = [lines.contract, lines.contractImport, lines.items, lines.itemsImport, lines.news, lines.newsImport];

  const { code, output } = tree.without(omitted, () => jestAlone('test/kernel/dependency-rule'));

  expect(code).toBe(1);
  expect(output).toContain('the list of features names every folder that has a contract');
  for (const list of ['items', 'news'])
    expect(output).toContain(`the list functions/${list}.ts names every folder that has such a file`);
  expect(output.match(/activity\/kudos"/g)).toHaveLength(3);
});

test('who may use a route is asked for by the access matrix, who compares a counter by the rules of counters', () => {
  const { code, output } = tree.without([lines.needs], () =>
    jestAlone('test/sweeps/matrix', 'test/rules/reconciliation'),
  );

  expect(code).toBe(1);
  expect(output).toContain('giveKudos has no line in `needs`: say in test/sweeps/relations.ts who may use it');
  expect(output).toContain('every kind whose changes mark something has a consumer');
});

test('rights are asked for by the local cloud, and what a body must name by the sweeps', () => {
  const right = of(
    'contract',
    "read: ['Group', 'Membership', 'KudosBoard', 'Account', 'Reported']",
    "read: ['Group', 'Membership', 'Account', 'Reported']",
  );
  const played = ['kudos/give-kudos', 'test/sweeps/(matrix|retries)', '-t', 'week|giveKudos|kudos a repetition'];

  const { code, output } = tree.without([right, lines.bodies, lines.living], () => jest(...played));

  expect(code).toBe(1);
  expect(output).toContain(
    'kudos-http may not read KudosBoard: add it to rights.http.read in functions/activity/kudos/contract.ts',
  );
  expect(output).toMatch(/leader: 404 NOT_FOUND .*say so in `bodies` or `scene` of matrix\.test\.ts/);
  expect(output).toContain('say so in `living` of test/sweeps/samples.ts');
});

test('a feature that is taken out leaves nothing behind', () => {
  tree.takeOutFiles();
  tree.takeOut(...Object.values(lines));
  const written = documents();
  const now = tree.everything();

  expect(written).toEqual(ends(0, /wrote/));
  expect([...now].filter(([file, text]) => original.get(file) !== text).map(([file]) => file)).toEqual([]);
  expect([...original.keys()].filter((file) => !now.has(file))).toEqual([]);
});
