/**
 * The toy feature, and how it is added: its files, and the lines that the README's recipe asks for elsewhere. The toy has
 * no consumer, so nothing compares its counter, which `test/rules/reconciliation.test.ts` tells.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A line that the recipe asks for: it stands right after the first place where `after` is. */
export interface Line {
  readonly file: string;
  readonly after: string;
  readonly text: string;
}

/** What somebody forgets to write, and what stands there then. */
export interface Omission {
  readonly file: string;
  readonly text: string;
  readonly instead?: string;
}

const line = (file: string, after: string, text: string): Line => ({ file, after, text });

/** The lines in files of others. */
export const lines = {
  contractImport: line(
    'functions/features.ts',
    "from '../shared/core/contract.ts';\n",
    "import { contract as kudos } from './activity/kudos/contract.ts';\n",
  ),
  contract: line('functions/features.ts', '  activity: { ', 'kudos, '),
  itemsImport: line(
    'functions/items.ts',
    "from '../shared/data/items.ts';\n",
    "import { items as kudos } from './activity/kudos/items.ts';\n",
  ),
  items: line('functions/items.ts', 'export const items = {\n', '  ...kudos,\n'),
  newsImport: line(
    'functions/news.ts',
    "from '../shared/messages/news.ts';\n",
    "import { kudosNews } from './activity/kudos/news.ts';\n",
  ),
  news: line('functions/news.ts', 'const all = [\n', '  ...Object.values(kudosNews),\n'),
  written: line(
    'functions/activity/written/kinds.ts',
    'export const kinds = {\n',
    "  kudos: { entity: 'Kudos', id: 'kudosId', says: ({ text, createdAt }) => ({ text, writtenAt: createdAt }) },\n",
  ),
  decisions: line('shared/product/decision-kinds.ts', 'export const groupDecisionKinds = [\n', "  'kudos',\n"),
  number: line('shared/product/limits.ts', 'export const limits = {\n', '  kudosText: 200,\n'),
  fairUse: line(
    'shared/product/fair-use-limits.ts',
    'export const fairUse = {\n',
    '  kudos: { times: 3, seconds: 3600 },\n',
  ),
  problem: line(
    'shared/product/problems.ts',
    'export const problemDefinitions = {\n',
    "  KUDOS_TO_ONESELF: {\n    status: 409,\n    when: 'The account thanks itself.',\n    remedy: 'Offer the other members.',\n  },\n",
  ),
  english: line('shared/messages/en.ts', '  problems: {\n', "    KUDOS_TO_ONESELF: 'You cannot thank yourself.',\n"),
  korean: line(
    'shared/messages/ko.ts',
    '  problems: {\n',
    "    KUDOS_TO_ONESELF: '나에게는 고마움을 전할 수 없어요.',\n",
  ),
  koreanName: line(
    'docgen/page-korean.ts',
    'export const featureNames: Readonly<Record<string, string>> = {\n',
    "  kudos: '고마움',\n",
  ),
  // Who may use the routes, and bodies that name somebody who is there: what the sweeps cannot know.
  needs: line(
    'test/sweeps/relations.ts',
    'export const needs: Readonly<Record<string, readonly Need[]>> = {\n',
    "  giveKudos: ['MEMBER'],\n  listKudos: ['MEMBER'],\n",
  ),
  living: line(
    'test/sweeps/samples.ts',
    'const living: Readonly<Record<string, (world: World) => Promise<Given>>> = {\n',
    "  giveKudos: async ({ leader, member }) => ({ token: tokenOf(leader), body: { to: member.id, text: 'Thanks' } }),\n",
  ),
  bodies: line(
    'test/sweeps/matrix.test.ts',
    'const bodies: Readonly<Record<string, (scene: Scene) => object>> = {\n',
    '  giveKudos: () => ({ to: people.blocked.id }),\n',
  ),
} satisfies Record<string, Line>;

const toy = 'test/contracts/toy';
export const folder = 'functions/activity/kudos';
const testFolder = 'test/activity/kudos';
/** Files of the toy that are no part of its folder. */
const tests: Readonly<Record<string, string>> = { 'use-case.ts': 'give-kudos.test.ts', 'purge.ts': 'purge.test.ts' };

export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** A copy of the tree in a folder of its own. */
export interface Tree {
  read(file: string): string;
  add(...wanted: readonly Line[]): void;
  takeOut(...wanted: readonly Line[]): void;
  addFiles(): void;
  takeOutFiles(): void;
  /** Does something while texts are left out of files. */
  without<T>(omissions: readonly Omission[], work: () => T): T;
  /** Runs a script or a tool's command with Node, as the scripts of `package.json` do. */
  run(script: string, args?: readonly string[], environment?: Readonly<Record<string, string>>): Ran;
  /** Every file that is kept, with what is in it. */
  everything(): ReadonlyMap<string, string>;
  remove(): void;
}

/** What is kept, without what is made. */
const kept = ['bench', 'bin', 'client', 'docgen', 'docs', 'functions', 'lib', 'local', 'shared', 'test', 'web'];
const files = ['cdk.json', 'jest.config.js', 'package.json', 'package-lock.json', 'tsconfig.json'];

export function copyOfTree(): Tree {
  const root = mkdtempSync(join(tmpdir(), 'moim-toy-'));
  for (const name of [...kept, ...files])
    cpSync(name, join(root, name), { recursive: true, filter: (path) => !path.replaceAll('\\', '/').endsWith(toy) });
  // For checks that take less than all: what the product is made of, and tests that need no bundles and no stacks.
  writeFileSync(join(root, 'tsconfig.product.json'), '{"extends":"./tsconfig.json","include":["functions","shared"]}');
  writeFileSync(
    join(root, 'alone.config.js'),
    "import all from './jest.config.js';\nexport default { ...all, globalSetup: undefined };\n",
  );
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'), 'junction');
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const replace = (file: string, old: string, text: string) => {
    const [before, ...rest] = read(file).split(old);
    if (rest.length === 0)
      throw new Error(`${file} has no ${JSON.stringify(old)}: the recipe's place is elsewhere now`);
    write(file, before + text + rest.join(old));
  };
  return {
    read,
    add(...wanted) {
      for (const { file, after, text } of wanted) replace(file, after, after + text);
    },
    takeOut(...wanted) {
      for (const { file, text } of wanted) replace(file, text, '');
    },
    addFiles() {
      for (const name of readdirSync(toy))
        write(
          tests[name] ? `${testFolder}/${tests[name]}` : `${folder}/${name}`,
          readFileSync(join(toy, name), 'utf8'),
        );
    },
    takeOutFiles() {
      for (const each of [folder, testFolder]) rmSync(join(root, each), { recursive: true });
    },
    without(omissions, work) {
      const before = new Map(omissions.map(({ file }) => [file, read(file)]));
      try {
        for (const { file, text, instead = '' } of omissions) replace(file, text, instead);
        return work();
      } finally {
        for (const [file, text] of before) write(file, text);
      }
    },
    run(script, args = [], environment = {}) {
      const { NODE_V8_COVERAGE: _, JEST_WORKER_ID: __, ...inherited } = process.env;
      const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
        cwd: root,
        encoding: 'utf8',
        env: { ...inherited, NO_COLOR: '1', ...environment },
        maxBuffer: 1e9,
      });
      return { code: status, output: stdout + stderr };
    },
    everything: () =>
      new Map(
        kept.flatMap((name) =>
          readdirSync(join(root, name), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map(({ parentPath, name: file }) => join(parentPath, file))
            .map((path) => [path.slice(root.length + 1), readFileSync(path, 'latin1')] as const),
        ),
      ),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
