import { mkdirSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunctions } from '../../lib/bundle.ts';
import { feature, placed, route } from '../../shared/core/contract.ts';

const greets = placed(
  'operations',
  feature({
    name: 'greets',
    summary: 'Greets',
    routes: { hello: route({ method: 'GET', path: '/hello', summary: 'Hello', auth: 'none' }) },
    rights: { http: {} },
  }),
);

const home = process.cwd();
afterEach(() => process.chdir(home));

/** A checkout with one feature whose handler is this text. */
function checkout(handler: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'moim-checkout-'));
  mkdirSync(join(folder, 'functions/operations/greets'), { recursive: true });
  writeFileSync(join(folder, 'functions/operations/greets/handler.ts'), handler);
  mkdirSync(join(folder, 'lib'));
  for (const file of ['package-lock.json', 'lib/bundle.ts']) writeFileSync(join(folder, file), '');
  process.chdir(folder);
  return folder;
}

const build = () => buildFunctions({ features: [greets] });

test('a bundle is one CommonJS file that exports the handler, with a record of what is in it', async () => {
  const folder = checkout('const unused = "never said"; export const http = async (): Promise<string> => "hello";');

  const [bundle] = await build();

  const file = join(folder, '.build/functions/greets-http/index.js');
  expect(await createRequire(file)(file).handler()).toBe('hello');
  expect(readFileSync(file, 'utf8')).not.toContain('never said');
  expect(bundle).toMatchObject({ id: 'greets-http', bytes: readFileSync(file).length, fresh: false });
  expect(JSON.parse(readFileSync(join(folder, '.build/meta/greets-http.json'), 'utf8')).inputs).toHaveProperty([
    'functions/operations/greets/handler.ts',
  ]);
});

test('what has not changed is not built again, what has changed is', async () => {
  const folder = checkout('export const http = async () => "hello";');
  const age = (file: string, hours: number) => {
    const time = new Date(Date.now() - hours * 3_600_000);
    utimesSync(join(folder, file), time, time);
  };
  const handler = 'functions/operations/greets/handler.ts';
  for (const file of ['package-lock.json', 'lib/bundle.ts', handler]) age(file, 1);
  await build();

  const [same] = await build();
  writeFileSync(join(folder, handler), 'export const http = async () => "good evening";');
  age(handler, -1);
  const [other] = await build();

  expect(same?.fresh).toBe(true);
  expect(other?.fresh).toBe(false);
  expect(readFileSync(join(folder, '.build/functions/greets-http/index.js'), 'utf8')).toContain('good evening');
});

test('a feature without a handler is named', async () => {
  checkout('');
  const absent = { ...greets, name: 'absent' };

  await expect(buildFunctions({ features: [absent] })).rejects.toThrow(
    'functions/operations/absent/handler.ts is missing: the contract of "absent" has work for its trigger "http"',
  );
});

test('a handler that does not export its trigger is refused', async () => {
  checkout('export const job = async () => undefined;');

  await expect(build()).rejects.toThrow(
    'No matching export in "functions/operations/greets/handler.ts" for import "http"',
  );
});
