/** The dependency rule of docs/architecture.md, held against the text of every file. */
import { features } from '../../functions/features.ts';
import { codeOf, files, folders, type Import, imports, texts } from '../support/imports.ts';

const under = (path: string, ...places: readonly string[]) => places.some((place) => path.startsWith(`${place}/`));
const ours = (target: string) => under(target, ...folders);
const featureOf = (path: string) => /^functions\/([^/]+\/[^/]+)\//.exec(path)?.[1];
const named = (path: string, name: string) => featureOf(path) !== undefined && path.endsWith(`/${name}.ts`);
/** Pure decisions: a folder's `rules.ts`, and those that go by what they are about (`listing-rules.ts`). */
const isRules = (path: string) => featureOf(path) !== undefined && /[/-]rules\.ts$/.test(path);
/** What breaks a rule, as people read it. */
const breaking = (broken: (each: Import) => boolean) =>
  imports.filter(broken).map(({ file, target, typeOnly }) => `${file} -> ${typeOnly ? 'type ' : ''}${target}`);

test('the rule is held against something', () => {
  expect(imports.length).toBeGreaterThan(300);
  expect(
    breaking(({ file, target }) => file === 'functions/groups/groups/service.ts' && target === 'shared/core/ids.ts'),
  ).toEqual(['functions/groups/groups/service.ts -> shared/core/ids.ts']);
});

test('the core stands on nothing but itself', () => {
  expect(
    breaking(
      ({ file, target, typeOnly }) =>
        under(file, 'shared/core') && ours(target) && !under(target, 'shared/core') && !typeOnly,
    ),
  ).toEqual([]);
});

test('what is shared knows no feature, no stack and no stand-in, but for the rows of the key registry', () => {
  expect(breaking(({ file, target }) => under(file, 'shared') && ours(target) && !under(target, 'shared'))).toEqual([
    'shared/data/registry.ts -> functions/items.ts',
  ]);
});

test('rows of the key registry, `items.ts`, know how a row is made and types, no more', () => {
  expect(
    breaking(({ file, target, typeOnly }) => named(file, 'items') && !typeOnly && target !== 'shared/data/kind.ts'),
  ).toEqual([]);
  expect(
    breaking(({ target, typeOnly }) => target === 'functions/items.ts' && !typeOnly).filter(
      (each) => !each.startsWith('test/'),
    ),
  ).toEqual(['shared/data/registry.ts -> functions/items.ts']);
});

test('news, `news.ts`, know how news are made, no more', () => {
  const isNews = ({ file, target }: Import) => named(file, 'news') && target !== 'shared/messages/news.ts';

  expect(files.filter((file) => named(file, 'news')).length).toBeGreaterThan(5);
  expect(breaking(isNews)).toEqual([]);
});

test('features run without stacks, stand-ins and tests', () => {
  expect(
    breaking(({ file, target }) => under(file, 'functions') && ours(target) && !under(target, 'shared', 'functions')),
  ).toEqual([]);
});

test('the AWS SDK is called by the data layer, the adapters, the stream, an operator and the local cloud alone', () => {
  const callers = ['shared/data', 'shared/adapters', 'shared/events', 'bin', 'local', 'test', 'bench'];
  // Adapters with one user stand beside it.
  const beside = ['functions/accounts/privacy/parts.ts'];

  expect(
    breaking(
      ({ file, target }) => target.startsWith('@aws-sdk/') && !under(file, ...callers) && !beside.includes(file),
    ),
  ).toEqual([]);
});

test('rules know the core, the numbers of the product, other rules, classes of news, the words of features and types, no more', () => {
  expect(
    breaking(
      ({ file, target, typeOnly }) =>
        isRules(file) &&
        !typeOnly &&
        !under(target, 'shared/core', 'shared/product') &&
        !isRules(target) &&
        !named(target, 'values') &&
        !['node:crypto', 'shared/messages/news.ts'].includes(target),
    ),
  ).toEqual([]);
});

test('contracts know the core, the numbers of the product, zod, other contracts, news, kinds and the words of features', () => {
  const allowed = (target: string) =>
    under(target, 'shared/core', 'shared/product') ||
    ['zod', 'shared/access/powers.ts', 'shared/messages/news.ts', 'functions/news.ts'].includes(target) ||
    // The rights that follow from the rows.
    ['shared/data/fates.ts', 'shared/data/counters.ts'].includes(target) ||
    ['contract', 'fields', 'values', 'news', 'kinds', 'protocol'].some((name) => named(target, name));

  expect(breaking(({ file, target }) => named(file, 'contract') && !allowed(target))).toEqual([]);
});

test('the words of features, `values.ts`, know nothing', () => {
  expect(breaking(({ file }) => named(file, 'values'))).toEqual([]);
});

test('the kinds of what members write, `kinds.ts`, know types, no more', () => {
  expect(files.filter((file) => named(file, 'kinds'))).toEqual(['functions/activity/written/kinds.ts']);
  expect(breaking(({ file, typeOnly }) => named(file, 'kinds') && !typeOnly)).toEqual([]);
});

test('stores know no service', () => {
  expect(breaking(({ file, target }) => named(file, 'store') && named(target, 'service'))).toEqual([]);
});

test('a feature reads and writes the items of another by its services alone', () => {
  const foreign = ({ file, target }: Import) => featureOf(file) !== undefined && featureOf(file) !== featureOf(target);

  expect(breaking((each) => foreign(each) && named(each.target, 'store') && !each.typeOnly)).toEqual([]);
});

/** The folders of `functions/<area>/` that each folder imports, types counted: whoever reads one needs to know these. */
const folderImports = new Map<string, Set<string>>();
for (const { file, target } of imports) {
  const [from, to] = [featureOf(file), featureOf(target)];
  if (from && to && from !== to) folderImports.set(from, (folderImports.get(from) ?? new Set()).add(to));
}

test('no two folders of features import each other, not even types', () => {
  const both = [...folderImports].flatMap(([one, others]) =>
    [...others].filter((other) => one < other && folderImports.get(other)?.has(one)).map((other) => [one, other]),
  );

  expect(folderImports.size).toBeGreaterThan(15);
  expect(both).toEqual([]);
});

test('the core of an area imports no other folder of it', () => {
  const siblings = [...folderImports].flatMap(([folder, others]) => {
    const [area, name] = folder.split('/');
    return name === 'core' ? [...others].filter((other) => other.startsWith(`${area}/`)) : [];
  });

  expect(files).toContain('functions/groups/core/rules.ts');
  expect(siblings).toEqual([]);
});

test('the list of features names every folder that has a contract, under its area', () => {
  const contracts = files.filter((file) => named(file, 'contract')).map(featureOf);

  expect(features.map(({ area, name }) => `${area}/${name}`).sort()).toEqual(contracts.sort());
});

test.each(['items', 'news'])('the list functions/%s.ts names every folder that has such a file', (name) => {
  const listed = imports.filter(({ file }) => file === `functions/${name}.ts`).map(({ target }) => featureOf(target));
  const there = files.filter((file) => named(file, name)).map(featureOf);

  expect(there.length).toBeGreaterThan(5);
  expect(listed.filter((folder) => folder !== undefined).toSorted()).toEqual(there.toSorted());
});

test('stacks, documents and client know the contracts and the key registry, never what runs behind them', () => {
  const values = (target: string) =>
    named(target, 'contract') ||
    under(target, 'shared/core', 'shared/product') ||
    ['functions/features.ts', 'shared/access/powers.ts', 'shared/data/keys.ts', 'shared/data/registry.ts'].includes(
      target,
    );

  expect(
    breaking(
      ({ file, target, typeOnly }) =>
        under(file, 'lib', 'docgen', 'client') && under(target, 'functions', 'shared') && !typeOnly && !values(target),
    ),
  ).toEqual([]);
});

test('the attributes of indexes are named in one place', () => {
  // `gsi1pk`, and what puts such a name together.
  const naming = files.filter((file) => !under(file, 'test', 'bench') && /gsi\d[ps]k|\}[ps]k\b/.test(codeOf(file)));

  expect(naming).toEqual(['shared/data/keys.ts']);
});

describe('time and chance', () => {
  const found = (pattern: RegExp) =>
    files
      .filter(
        (file) => under(file, 'shared', 'functions') && pattern.test(codeOf(file).replace(/^import[\s\S]*?;$/gm, '')),
      )
      .sort();

  test('are read from the machine in few places, each for a reason', () => {
    // The process as a platform; the offset between the platform's clock and the machine's, for signatures.
    expect(found(/\bDate\.now\b|new Date\(\)|\bperformance\.|\bTemporal\.Now\b|hrtime/)).toEqual([
      'shared/adapters/aws.ts',
      'shared/core/deployable.ts',
    ]);
    // Salts of push messages; ids and secrets; salts; the spread of repetitions; the nonce of a sealed answer.
    expect(found(/\bMath\.random\b|\brandom(Bytes|UUID|Int)\b|getRandomValues/)).toEqual([
      'functions/talking/devices/encryption.ts',
      'shared/core/ids.ts',
      'shared/core/password.ts',
      'shared/data/calls.ts',
      'shared/http/idempotency.ts',
    ]);
  });

  test('and environment of the process: where a function meets it', () => {
    expect(found(/\bprocess\./)).toEqual(['shared/core/deployable.ts']);
  });
});

test('no line is written past the log', () => {
  expect(files.filter((file) => under(file, 'shared', 'functions') && /\bconsole\./.test(codeOf(file)))).toEqual([]);
});

test('no file is longer than 350 lines, but for generated ones', () => {
  const long = files
    .filter((file) => !texts.get(file)!.startsWith('// biome-ignore-all format: generated'))
    .map((file) => [file, texts.get(file)!.split('\n').length - 1] as const)
    .filter(([, lines]) => lines > 350);

  expect(long).toEqual([]);
});

test('no file only passes on what is in others, but the one entry of the package', () => {
  const barrels = files.filter((file) => {
    const code = codeOf(file);
    const rest = code.replace(/^(import|export)\s[^'";]*?from\s+'[^']+';?/gm, '').trim();
    return /^export\s[^'";]*?from\s/m.test(code) && rest === '';
  });

  expect(barrels).toEqual(['client/index.ts']);
});
