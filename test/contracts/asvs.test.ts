/** The page that holds moim against ASVS: it is whole, its sums are right, and what it names is there. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const page = readFileSync('docs/asvs.md', 'utf8');
const rows = [...page.matchAll(/^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+) \| (.+) \| (.*) \| (.*) \|$/gm)].map(
  ([, id, level, asks, verdict, where, test]) => ({
    ...{ id: id!, level: level!, asks: asks!, verdict: verdict!.replaceAll('*', ''), where: where!, test: test! },
  }),
);
const verdicts = ['holds', 'partly', 'fails', 'not applicable'];
const counted = (level: string) => {
  const ofLevel = rows.filter((row) => row.level === level);
  return verdicts.map((verdict) => ofLevel.filter((row) => row.verdict === verdict).length);
};

test('has each of the 253 requirements of levels 1 and 2 once, with a verdict', () => {
  expect([rows.length, new Set(rows.map(({ id }) => id)).size]).toEqual([253, 253]);
  expect(rows.filter(({ verdict }) => !verdicts.includes(verdict))).toEqual([]);
});

test('is summed up as it is, also in SECURITY.md', () => {
  const summary = readFileSync('SECURITY.md', 'utf8');

  for (const level of ['1', '2']) {
    const line = `| ${level} | ${counted(level).join(' | ')} |`;
    expect(page).toContain(line);
    expect(summary).toContain(line);
  }
});

test('says of what does not hold why, also in SECURITY.md', () => {
  const short = rows.filter(({ verdict }) => verdict === 'partly' || verdict === 'fails');
  const summary = readFileSync('SECURITY.md', 'utf8');

  expect(short.length).toBeGreaterThan(0);
  expect(
    short.filter(
      ({ id, where }) =>
        where.split(' ').length < 8 || !new RegExp(`\\b${id.replaceAll('.', '\\.')}[,.]`).test(summary),
    ),
  ).toEqual([]);
});

test('names files and tests that are there', () => {
  const named = rows.flatMap(({ where, test }) =>
    [...`${where} ${test}`.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\.(?:ts|js|md|json)|lib\/\w+)`/g)].map(([, file]) => file!),
  );

  expect(new Set(named).size).toBeGreaterThan(100);
  expect(named.filter((file) => !existsSync(file))).toEqual([]);
});

test.each(['SECURITY.md', 'docs/asvs.md', 'docs/data.md', 'docs/limits.md', 'docs/signing-in.md', 'docs/keys.md'])(
  '%s leads to pages and files that are there',
  (file) => {
    const text = readFileSync(file, 'utf8');
    const links = [...text.matchAll(/\]\((?!https:)([^)#]+)/g)].map(([, to]) => join(dirname(file), to!));
    const files = [...text.matchAll(/`((?:functions|shared|lib|test|bin|docs)\/[\w./-]+)`/g)].map(([, to]) => to!);

    expect([...links, ...files].filter((to) => !existsSync(to))).toEqual([]);
  },
);

test('ASVS 1.2.5, 1.3.2: no function starts a process or runs a text as code', () => {
  const sources = globSync('{functions,shared}/**/*.ts');
  const running = /child_process|node:vm|\beval\(|new Function\(/;

  expect(sources.length).toBeGreaterThan(200);
  expect(sources.filter((file) => running.test(readFileSync(file, 'utf8')))).toEqual([]);
});
