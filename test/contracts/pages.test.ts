/** The pages that people read lead to what is there: links and headings, files, commands, routes. */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { features } from '../../functions/features.ts';

const texts = new Map(
  globSync(['*.md', '{client,docs,web}/**/*.md']).map((file) => [
    file.replaceAll('\\', '/'),
    readFileSync(file, 'utf8'),
  ]),
);
const pages = [...texts.keys()];
/** Without blocks of code, in which brackets and signs mean something else. */
const wordsOf = (page: string) => texts.get(page)!.replace(/```[\s\S]*?```/g, '');
const quoted = (page: string) => [...wordsOf(page).matchAll(/`([^`\n]+)`/g)].map(([, text]) => text!);
/** What pages name and nothing has: for a message that can be read. */
const missing = <T>(found: (page: string) => readonly T[], isThere: (one: T, page: string) => boolean) =>
  pages.flatMap((page) =>
    found(page)
      .filter((one) => !isThere(one, page))
      .map((one) => `${page}: ${one}`),
  );

const slug = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
const headings = new Map(
  pages.map((page) => [page, [...wordsOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading!))]),
);

test('links lead to a file and a heading that exist', () => {
  const links = (page: string) =>
    [...wordsOf(page).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)]
      .map(([, inText, inTag]) => (inText ?? inTag)!)
      .filter((to) => !/^(?:https?|mailto):/.test(to));

  expect(pages.flatMap(links).length).toBeGreaterThan(200);
  expect(
    missing(links, (to, page) => {
      const [path, heading] = to.split('#') as [string, string?];
      const file = path === '' ? page : join(dirname(page), path).replaceAll('\\', '/');
      return existsSync(file) && (heading === undefined || headings.get(file)?.includes(heading) !== false);
    }),
  ).toEqual([]);
});

test('files that are named exist, also by the end of their path', () => {
  const kinds = '{ts,tsx,js,json,css,yml,md}';
  const all = globSync(
    ['bench', 'bin', 'client', 'docgen', 'docs', 'functions', 'lib', 'local', 'shared', 'test', 'web'].map(
      (folder) => `${folder}/**/*.${kinds}`,
    ),
  ).map((file) => `/${file.replaceAll('\\', '/')}`);
  const named = (page: string) =>
    quoted(page).filter((text) => /^\w[\w.-]*(?:\/[\w.-]+)+\.(?:tsx?|js|css|md)$/.test(text));
  const isThere = new Map<string, boolean>();

  expect(pages.flatMap(named).length).toBeGreaterThan(400);
  expect(
    missing(named, (file) => {
      if (!isThere.has(file))
        isThere.set(
          file,
          all.some((each) => each.endsWith(`/${file}`)),
        );
      return isThere.get(file)!;
    }),
  ).toEqual([]);
});

test('routes that are named exist', () => {
  const form = (path: string) => path.replace(/[?#].*/, '').replace(/\{[^}]*\}/g, '{}');
  const routes = features.flatMap((feature) =>
    Object.values(feature.routes).map(({ method, path }) => `${method} ${form(path)}`),
  );
  const named = (page: string) =>
    quoted(page).filter((text) => /^(?:GET|POST|PUT|PATCH|DELETE) (?:\/v1|…)\/\S+$/.test(text));

  expect(pages.flatMap(named).length).toBeGreaterThan(80);
  expect(
    missing(named, (text) => {
      const [method, path] = text.split(' ') as [string, string];
      const end = form(path).replace('…', '');
      return routes.some((route) =>
        path.startsWith('…') ? route.startsWith(method) && route.endsWith(end) : route === `${method} ${end}`,
      );
    }),
  ).toEqual([]);
});

test('commands that are named exist, and the README names each', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = (page: string) =>
    [...texts.get(page)!.matchAll(/npm run (?:--silent |-s )?([a-z][\w:-]*)/g)].map(([, script]) => script!);
  const rows = [...texts.get('README.md')!.matchAll(/^\| (`npm [^|]+) \|/gm)]
    .map(([, commands]) => commands!)
    .join(' ');
  const inTable = [...rows.matchAll(/`npm (?:run (?:--silent )?)?([a-z][\w:-]*)/g)].map(([, script]) => script);

  expect(pages.flatMap(named).length).toBeGreaterThan(100);
  expect(missing(named, (script) => script in scripts)).toEqual([]);
  expect(Object.keys(scripts).filter((script) => !inTable.includes(script))).toEqual([]);
});

test('CONTRIBUTING says what each switch of the night does', () => {
  const [, nightly = ''] = /nightly = \{([\s\S]*?)\n\};/.exec(readFileSync('test/circles.js', 'utf8')) ?? [];
  const switches = [...nightly.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name!);
  const rows = [...texts.get('CONTRIBUTING.md')!.matchAll(/^\| (`[A-Z].*?) \|/gm)].map(([, names]) => names!).join(' ');

  expect(switches.length).toBeGreaterThan(8);
  expect(switches.filter((name) => !rows.includes(`\`${name}=`))).toEqual([]);
});

test('the budgets name each part that is measured', () => {
  const [head = '', ...rest] = texts.get('docs/budgets.md')!.split('## How to read it');
  const parts = [...rest.join('').matchAll(/<!-- measured: ([\w-]+) -->/g)].map(([, name]) => name!);

  expect(parts.length).toBeGreaterThan(8);
  expect(parts.filter((name) => !head.includes(`\`${name}\``))).toEqual([]);
});

test('the tree in the README has each folder of the repository', () => {
  const [, tree = ''] = /## The tree\n+```\n([\s\S]*?)```/.exec(texts.get('README.md')!) ?? [];
  const folders = readdirSync('.', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^\.|^node_modules$|^cdk\.out$|^coverage$/.test(entry.name))
    .map(({ name }) => name);

  expect(folders.length).toBeGreaterThan(8);
  expect(folders.filter((name) => !new RegExp(`(?:^|\\s)${name}/`).test(tree))).toEqual([]);
});
