/**
 * Other people's tools at work on moim's documents: what they generate compiles, signs somebody up in Korean, founds a group with
 * a Korean title, reads it again, and understands a refusal. `npm run test:tools` installs them, from a lock file of their own.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { password, useMoim } from '../support/moim.ts';
import type { Scene, Used } from './uses/scene.ts';

const moim = useMoim();
const out = '.build/tools';
const api = './docs/openapi.json';

/** Runs a tool of this folder; its output is in the error if it fails. */
function run(tool: string, ...words: string[]): string {
  try {
    return execFileSync(`test/tools/node_modules/.bin/${tool}`, words, { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${tool}: ${stdout}${stderr}`.slice(0, 4000));
  }
}

beforeAll(async () => {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
});

describe('the document of the HTTP API', () => {
  test('redocly: is valid', () => {
    expect(() => run('redocly', 'lint', api)).not.toThrow();
  });

  test('spectral: no error and no warning, but that some calls need no description and moim names nobody to write to', async () => {
    await writeFile(
      `${out}/spectral.json`,
      JSON.stringify({ extends: ['spectral:oas'], rules: { 'operation-description': 'off', 'info-contact': 'off' } }),
    );
    expect(run('spectral', 'lint', api, '-r', `${out}/spectral.json`, '--fail-severity', 'warn')).toContain(
      'No results',
    );
  });

  test('four generators of clients, and one of validators, take it', async () => {
    const made = (target: string, client: string) => ({
      input: resolve(api),
      output: { target: resolve(out, target), client, baseUrl: moim.apiUrl },
    });
    const config = { fetch: made('orval-fetch.ts', 'fetch'), zod: made('orval-zod.ts', 'zod') };
    await writeFile(`${out}/orval.config.json`, JSON.stringify(config));
    run('openapi-typescript', api, '-o', `${out}/openapi-typescript.ts`);
    run('oazapfts', api, `${out}/oazapfts.ts`);
    run('swagger-typescript-api', 'generate', '-p', api, '-o', out, '-n', 'swagger-typescript-api.ts', '--silent');
    run('openapi-ts', '-i', api, '-o', `${out}/hey-api`);
    run('orval', '--config', `${out}/orval.config.json`);

    expect(run('tsc', '-p', 'test/tools')).toBe('');
  });

  const uses = readdirSync('test/tools/uses').filter((file) => file !== 'scene.ts');
  test.each(uses)('%s: signs up in Korean, founds a group, reads it, understands a refusal', async (file) => {
    const name = file.replace('.ts', '');
    await build({
      entryPoints: [`test/tools/uses/${file}`],
      outfile: `${out}/uses/${name}.mjs`,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
      nodePaths: ['test/tools/node_modules'],
    }).catch(({ message }: Error) => {
      throw new Error(message);
    });
    const { use } = (await import(pathToFileURL(`${out}/uses/${name}.mjs`).href)) as {
      use: (scene: Scene) => Promise<Used>;
    };
    const nickname = `민아${uses.indexOf(file) + 1}`;
    const title = '매일 알고리즘 한 문제 ✏️';

    expect(
      await use({ apiUrl: moim.apiUrl, ticket: await ticketFor(`${name}@example.com`), password, nickname, title }),
    ).toEqual({ nickname, title, refusal: 'INVALID_REQUEST' });
  });
});

describe('the document of the socket', () => {
  const document = readFileSync('docs/asyncapi.json', 'utf8');
  // The packages of this folder: `import` by name would look for them in the product's.
  const installed = createRequire(resolve('test/tools/package.json'));

  test('@asyncapi/parser: has no error', async () => {
    const { Parser } = installed('@asyncapi/parser');
    const { diagnostics } = await new Parser().parse(document);
    const errors = diagnostics.filter(({ severity }: { severity: number }) => severity === 0);

    expect(
      errors.map(({ message, path }: { message: string; path: string[] }) => `${path.join('/')}: ${message}`),
    ).toEqual([]);
  });

  test('modelina: makes types of it that compile, one for each message by its own name', async () => {
    const { TypeScriptGenerator } = installed('@asyncapi/modelina');
    const models: { result: string; modelName: string }[] = await new TypeScriptGenerator({
      modelType: 'interface',
    }).generate(JSON.parse(document));
    await writeFile(`${out}/modelina.ts`, models.map(({ result }) => `export ${result}`).join('\n\n'));

    expect(models.map(({ modelName }) => modelName)).toEqual(
      expect.arrayContaining(['ChatEntry', 'ChatSend', 'ChatSendReplyData']),
    );
    expect(run('tsc', '--noEmit', '--strict', '--skipLibCheck', '--target', 'es2024', `${out}/modelina.ts`)).toBe('');
  });
});

describe('the workflows', () => {
  test.each(readdirSync('.github/workflows'))('%s is one by the schema of GitHub Actions', async (file) => {
    const require = createRequire(resolve('test/tools/package.json'));
    const { validateWorkflow } = require('@action-validator/core');

    expect(validateWorkflow(readFileSync(`.github/workflows/${file}`, 'utf8')).errors).toEqual([]);
  });
});

async function ticketFor(email: string): Promise<string> {
  await moim.guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' });
  const code = await moim.codeFor(email);
  const { body } = await moim.guest.post('/v1/email-verifications/confirm', { email, purpose: 'REGISTER', code });
  return body.ticket;
}
