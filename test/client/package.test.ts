/** The package `moim-client`, as another project has it: what is in it, what it weighs, how it compiles and where it runs. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { budgets } from '../../client/build.ts';
import { clientTypes } from '../../docgen/client-types.ts';
import { features } from '../../functions/features.ts';
import { blocksIn, partsOf } from '../guides/blocks.ts';
import { everything } from '../sweeps/turns.ts';
import { install, type Project } from './installed.ts';

let project: Project;
beforeAll(async () => {
  project = await install();
});
afterAll(() => project.remove());

const file = (name: string, text: string) => {
  writeFileSync(join(project.folder, name), text);
  return join(project.folder, name);
};
const run = (path: string) =>
  execFileSync(process.execPath, ['--no-warnings', path], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });

test('it has its code, its types, its README and an example, needs nothing, and is within its budget', () => {
  const { license, version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const made = JSON.parse(readFileSync(join(project.folder, 'node_modules/moim-client/package.json'), 'utf8'));
  const types = ['api', 'client', 'clock', 'connection', 'index', 'problem-error', 'problems', 'room', 'socket'];
  const ofRooms = ['room-log', 'room-outbox', 'room-presence', 'room-reader'];
  const declarations = [...types, ...ofRooms].map((name) => `${name}.d.ts`);

  expect(project.packed.map(({ path }) => path).sort()).toEqual(
    ['README.md', 'example/chat.ts', 'index.js', 'package.json', ...declarations].sort(),
  );
  // Nobody publishes by mistake what has no licence yet.
  expect(made).toMatchObject({
    name: 'moim-client',
    version,
    license,
    private: true,
    sideEffects: false,
    type: 'module',
  });
  expect(Object.keys(made).filter((key) => /dependencies/i.test(key))).toEqual([]);
  expect(readFileSync(join(project.folder, 'node_modules/moim-client/index.js'), 'utf8')).not.toMatch(
    /^import |require\(/m,
  );
  for (const [name, most] of Object.entries(budgets)) {
    expect(project.sizes[name]).toBeLessThanOrEqual(most);
    // A budget far above its size would say nothing.
    expect(project.sizes[name]).toBeGreaterThan(most * 0.8);
  }
  const readme = readFileSync('client/README.md', 'utf8');
  const links = [...readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, path]) => path!);
  expect(links.filter((path) => !project.packed.some((packed) => packed.path === path))).toEqual([]);
  expect(readme).toContain(`${(project.sizes.everything! / 1000).toFixed(0)} KB`);
});

test('its types hold in a strict project, resolved as by a bundler and as by Node', () => {
  const use = file(
    'use.ts',
    `import { type Certification, createClient, createSocket, type Events, pages, ProblemError, type ProblemCode } from 'moim-client';
const client = createClient({ baseUrl: 'http://127.0.0.1:1' });
export async function use(groupId: string): Promise<Certification | undefined> {
  const group = await client.groups.getGroup({ params: { groupId } });
  const cursor: string | null = (await client.discovery.listGroups({ query: { limit: 5 } })).nextCursor;
  for await (const each of pages((at) => client.discovery.listGroups({ query: { cursor: at } }))) void each.title;
  const socket = createSocket({ ticket: () => client.connections.issueSocketTicket() });
  socket.on('notification', (news: Events['notification']) => news.text satisfies string);
  const { time }: { time: string } = await socket.send('ping');
  try { await client.sessions.signOut(); } catch (error) {
    if (error instanceof ProblemError) { const code: ProblemCode = error.code; if (code === 'NOT_FOUND') return undefined; }
  }
  // @ts-expect-error a path's ids are required
  await client.groups.getGroup();
  // @ts-expect-error each field with its type
  await client.sessions.signIn({ body: { email: 'a@example.com', password: 1 } });
  // @ts-expect-error a choice is one of its values
  await client.certifications.listCertifications({ params: { groupId }, query: { status: 'LOST' } });
  // @ts-expect-error answers have the fields of the contract, and no other
  void group.colour;
  // @ts-expect-error codes are those of moim
  const none: ProblemCode = 'GONE';
  void [cursor, time, none];
  return (await client.certifications.listCertifications({ params: { groupId } })).items[0];
}
`,
  );
  const example = join(project.folder, 'node_modules/moim-client/example/chat.ts');
  const own = file('chat.ts', readFileSync(example, 'utf8'));
  const readme = partsOf(blocksIn(readFileSync('client/README.md', 'utf8')), 'ts').map(({ code }) => code);
  const shown = file(
    'readme.ts',
    `import { createClient, createRoom, createSocket, NoAnswerError, ProblemError } from 'moim-client';
declare const email: string, password: string, groupId: string;
declare const showFull: () => void, showOffline: () => void, readAgain: () => void;
declare const show: (text: string) => void, draw: (...all: unknown[]) => void;
${readme.join('\n').replace(/^import .*\n/gm, '')}`,
  );

  expect(readme.length).toBeGreaterThan(3);
  expect(project.compiled([use, own, shown], 'nodenext')).toBe('');
  expect(project.compiled([use, own, shown], 'bundler')).toBe('');
});

// The compiler takes eight seconds to compare every call, so that is for the night. Every build compiles the client with these types.
const compare = () => {
  const here = '.build/client-types-check';
  rmSync(here, { recursive: true, force: true });
  mkdirSync(here, { recursive: true });
  writeFileSync(`${here}/made.d.ts`, clientTypes(features));
  // Both without what makes no difference: \`readonly\`, and types that are named or put together in another way.
  writeFileSync(
    `${here}/same.ts`,
    `import type * as own from '../../client/api.ts';
import type * as made from './made.d.ts';
type Flat<T> = T extends (...given: infer A) => infer R
  ? (...given: Flat<A> extends infer B extends unknown[] ? B : never) => Flat<R>
  : T extends Promise<infer P> ? Promise<Flat<P>> : T extends AbortSignal ? 'signal'
  : T extends object ? { -readonly [K in keyof T]: Flat<T[K]> } : T;
type Same<A, B> = (<T>() => T extends Flat<A> ? 1 : 2) extends <T>() => T extends Flat<B> ? 1 : 2 ? true : false;
type Different<A, B> = {
  [K in keyof A | keyof B]: K extends keyof A & keyof B ? (Same<A[K], B[K]> extends true ? never : K) : K;
}[keyof A | keyof B];
type Calls = { [F in keyof own.Api | keyof made.Api]: F extends keyof own.Api & keyof made.Api ? Different<own.Api[F], made.Api[F]> : F };
// The parts of a group's page are one text for a client; within the project the compiler reads them.
type Known = 'getGroupPage';
export const calls: { [F in keyof Calls]: Exclude<Calls[F], Known> } = {} as { [F in keyof Calls]: never };
export const different: Exclude<Calls[keyof Calls], Known> extends never ? 'same' : Calls[keyof Calls] = 'same';
export const actions: Different<own.Actions, made.Actions> extends never ? 'same' : Different<own.Actions, made.Actions> = 'same';
export const events: Different<own.Events, made.Events> extends never ? 'same' : Different<own.Events, made.Events> = 'same';
`,
  );
  writeFileSync(
    `${here}/tsconfig.json`,
    JSON.stringify({
      extends: '../../tsconfig.json',
      compilerOptions: { incremental: false, tsBuildInfoFile: null, types: ['node'] },
      files: ['same.ts', '../../functions/talking/devices/http-ece.d.ts'],
      include: [],
    }),
  );
  const tsc = ['node_modules/typescript/bin/tsc', '-p', here, '--noErrorTruncation'];
  let said = '';
  try {
    execFileSync(process.execPath, tsc, { encoding: 'utf8' });
  } catch (error) {
    said = (error as { stdout: string }).stdout;
  }

  expect(said).toBe('');
};
if (everything) test('its types are those of the contracts, call by call', compare, 180_000);

test('it runs in Node, and where there is only what React Native has', () => {
  const text = `
import http from 'node:http';
const server = http.createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  const { method, url, headers } = request;
  response.end(JSON.stringify({ method, url, key: headers['idempotency-key'] ?? null }));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const { createClient } = await import('moim-client');
const client = createClient({ baseUrl: 'http://127.0.0.1:' + server.address().port });
const controller = new AbortController();
console.log(JSON.stringify([
  await client.discovery.listGroups({ query: { title: '책 한 장', limit: 1 }, signal: controller.signal }),
  await client.accounts.requestEmailCode({ body: { email: 'a@example.com', purpose: 'REGISTER' } }),
]));
controller.abort();
await client.discovery.listGroups({ signal: controller.signal }).catch((error) => console.log(error.name));
server.close();
`;
  const poor = `
delete AbortSignal.timeout; delete AbortSignal.any; delete globalThis.URLSearchParams; delete globalThis.WebSocket;
delete Array.prototype.toSorted; delete Promise.withResolvers;
const full = globalThis.crypto;
Object.defineProperty(globalThis, 'crypto', { value: { getRandomValues: (array) => full.getRandomValues(array) } });
${text}`;
  const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/;

  for (const path of [file('full.mjs', text), file('poor.mjs', poor)]) {
    const [answers = '', aborted] = run(path).trim().split('\n');
    const [get, post] = JSON.parse(answers);
    expect(get).toMatchObject({
      method: 'GET',
      url: '/v1/groups?title=%EC%B1%85%20%ED%95%9C%20%EC%9E%A5&limit=1',
      key: null,
    });
    expect(post).toMatchObject({ method: 'POST', url: '/v1/email-verifications', key: expect.stringMatching(uuid) });
    expect(aborted).toBe('AbortError');
  }
});
