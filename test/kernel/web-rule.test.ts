/** The rules of the web client (`web/README.md`), held against the text of its files. */
import { readdirSync, readFileSync } from 'node:fs';
import { features } from '../../functions/features.ts';
import { codeOf, files, type Import, imports, texts } from '../support/imports.ts';

const root = 'web/src';
const own = files.filter((file) => file.startsWith(`${root}/`));
const within = (path: string, place: string) => path.startsWith(`${root}/${place}`);
/** The area of a screen: `web/src/screens/group/review.tsx` is of `group`. */
const areaOf = (path: string) => /^web\/src\/screens\/([^/]+)\//.exec(path)?.[1];
const breaking = (broken: (each: Import) => boolean) =>
  imports
    .filter((each) => each.file.startsWith(`${root}/`) && broken(each))
    .map(({ file, target, typeOnly }) => `${file} -> ${typeOnly ? 'type ' : ''}${target}`);

test('the rules are held against something', () => {
  expect(own.length).toBeGreaterThan(40);
  expect(breaking(({ target }) => target === 'client/client.ts')).toEqual([
    'web/src/app/session.ts -> client/client.ts',
    'web/src/app/worker.ts -> client/client.ts',
  ]);
});

test('few packages, and of the repository only the client, numbers and file types of the product, particles and types of contracts', () => {
  const packages = ['preact', 'preact/hooks', '@tanstack/query-core', 'qr'];
  const allowed = ({ file, target, typeOnly }: Import) =>
    target.startsWith(`${root}/`) ||
    packages.includes(target) ||
    // What only the screens of posts load.
    (file.startsWith(`${root}/ui/`) && ['marked', 'sugar-high/core', 'sugar-high/lang'].includes(target)) ||
    target.startsWith('client/') ||
    [
      ...['shared/product/limits.ts', 'shared/product/file-types.ts', 'shared/charts/geometry.ts'],
      // What a record is worth is shown while one enters it, by the rule that decides it.
      'shared/product/climbing-points.ts',
      'shared/messages/particle.ts',
    ].includes(target) ||
    (typeOnly && /^functions\/.*\/(contract|values)\.ts$/.test(target));

  expect(breaking((each) => !allowed(each))).toEqual([]);
});

test('the client brings no schema along: a phone loads no zod', () => {
  const reached = new Set(own);
  for (const file of reached)
    for (const { file: from, target, typeOnly } of imports) if (from === file && !typeOnly) reached.add(target);

  expect([...reached].filter((file) => file === 'zod' || file.startsWith('functions/'))).toEqual([]);
});

test('what is below knows nothing above: app < messages < ui < screens < routes', () => {
  // Where it is said in words what a person chose, the app asks the messages for nothing.
  expect(
    breaking(({ file, target }) => within(file, 'app/') && !within(target, 'app/') && target.startsWith(root)),
  ).toEqual([]);
  expect(
    breaking(
      ({ file, target }) =>
        within(file, 'messages/') && target.startsWith(root) && !within(target, 'app/') && !within(target, 'messages/'),
    ),
  ).toEqual([]);
  expect(
    breaking(
      ({ file, target }) => within(file, 'ui/') && ['screens/', 'routes', 'shell'].some((at) => within(target, at)),
    ),
  ).toEqual([]);
  expect(
    breaking(
      ({ file, target }) => within(file, 'screens/') && ['routes', 'shell', 'main'].some((at) => within(target, at)),
    ),
  ).toEqual([]);
});

test('the kit asks nothing and goes nowhere: no API, no answers, no session, no paths', () => {
  const pure = ['app/days.ts', 'app/drafts.ts', 'app/focus.ts', 'app/problem.ts', 'app/settings.ts', 'app/store.ts'];

  expect(
    breaking(
      ({ file, target }) => within(file, 'ui/') && within(target, 'app/') && !pure.some((at) => within(target, at)),
    ),
  ).toEqual([]);
});

test('only the session and the worker make a client, and only the live module a socket', () => {
  expect(breaking(({ target, typeOnly }) => target === 'client/socket.ts' && !typeOnly)).toEqual([
    'web/src/app/live.ts -> client/socket.ts',
  ]);
});

test("a screen uses nothing of another area's folder, and only the routes load screens", () => {
  expect(
    breaking(
      ({ file, target }) =>
        areaOf(target) !== undefined && areaOf(file) !== undefined && areaOf(file) !== areaOf(target),
    ),
  ).toEqual([]);
  expect(breaking(({ file, target }) => areaOf(target) !== undefined && areaOf(file) === undefined)).toEqual(
    breaking(({ file, target }) => file === `${root}/routes.ts` && areaOf(target) !== undefined),
  );
});

test('no markup is written as a text, and nothing is drawn by it', () => {
  const found = own.filter((file) =>
    /innerHTML|dangerouslySetInnerHTML|insertAdjacentHTML|\beval\(|new Function/.test(codeOf(file)),
  );

  expect(found).toEqual([]);
});

test('passwords are masked, and managers may fill them in', () => {
  const fields = own.flatMap((file) => codeOf(file).match(/<Field\b[^>]*?name="\w*[pP]assword"[^>]*?\/>/g) ?? []);

  expect(fields.length).toBeGreaterThan(5);
  expect(
    fields.filter((field) => !/type="password"/.test(field) || !/autoComplete="(current|new)-password"/.test(field)),
  ).toEqual([]);
});

test('the app draws nothing, and only texts of the messages are shown in words', () => {
  expect(own.filter((file) => within(file, 'app/') && file.endsWith('.tsx'))).toEqual([]);
  const words = own
    .filter((file) => /\/(ui|screens|app)\//.test(file) && /[가-힣]/.test(codeOf(file).replace(/'한국어'/g, '')))
    .filter((file) => !file.endsWith('days.ts'));

  expect(words).toEqual([]);
});

test('every area has its texts in both languages, and Korean is written in 해요체', () => {
  const areas = readdirSync(`${root}/messages`).filter((name) => !name.endsWith('.ts'));

  expect(areas.map((area) => readdirSync(`${root}/messages/${area}`).sort())).toEqual(
    areas.map(() => ['en.ts', 'ko.ts']),
  );
  const formal = areas.flatMap((area) =>
    [...texts.get(`${root}/messages/${area}/ko.ts`)!.matchAll(/[^'\n]*(?:습니다|십시오)[^'\n]*/g)].map(
      ([line]) => line,
    ),
  );
  expect(formal).toEqual([]);
});

test('classes of screens belong to one area: no two sheets begin a rule with the same class', () => {
  // An area has sheets only if the kit is not enough.
  const sheets = readdirSync(`${root}/screens`).flatMap((area) =>
    readdirSync(`${root}/screens/${area}`)
      .filter((name) => name.endsWith('.css'))
      .map((name) => [area, `${root}/screens/${area}/${name}`] as const),
  );
  const kit = ['styles', 'ui'].flatMap((folder) =>
    readdirSync(`${root}/${folder}`)
      .filter((name) => name.endsWith('.css'))
      .map((name) => ['kit', `${root}/${folder}/${name}`] as const),
  );
  const all = [...sheets, ...kit].map(([area, file]) => {
    const css = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    const begun = [...css.matchAll(/^\s{0,2}\.([a-z-]+)[^\n]*\{/gm)].map(([, name]) => name!);
    const named = [...css.matchAll(/[^{};]+(?=\{)/g)].flatMap(([rule]) =>
      [...rule.matchAll(/\.([a-z][a-z-]*)/g)].map(([, name]) => name!),
    );
    return { area, begun, named };
  });
  const owners = new Map<string, Set<string>>();
  for (const { area, begun } of all)
    for (const name of begun) owners.set(name, (owners.get(name) ?? new Set()).add(area));

  expect(owners.size).toBeGreaterThan(40);
  expect([...owners].filter(([, areas]) => areas.size > 1).map(([name, areas]) => `${name}: ${[...areas]}`)).toEqual(
    [],
  );
  // Sheets stay when a screen goes: a second class, too, gets the rules of whoever begins one with it.
  const borrowed = all.flatMap(({ area, named }) =>
    named
      .map((name) => ({ name, by: [...(owners.get(name) ?? [])] }))
      .filter(({ by }) => by.length > 0 && !by.includes(area) && !by.includes('kit'))
      .map(({ name, by }) => `${area} names .${name} of ${by}`),
  );
  expect(borrowed).toEqual([]);
});

test('answers that no browser may keep are not kept on the device either: their questions say `kept: false`', () => {
  const routes = features.flatMap((feature) =>
    Object.entries(feature.routes).map(([name, { method, kept }]) => ({
      call: `api.${feature.name}.${name}(`,
      method,
      kept,
    })),
  );
  const never = routes.filter(({ method, kept }) => method === 'GET' && !kept);
  const questions = own
    .filter((file) => within(file, 'app/data/'))
    .flatMap((file) => readFileSync(file, 'utf8').split(/^export const /m))
    .filter((text) => never.some(({ call }) => text.includes(call)));

  expect(questions.length).toBeGreaterThan(1);
  expect(questions.filter((text) => !text.includes('kept: false')).map((text) => text.split(' ')[0])).toEqual([]);
});
