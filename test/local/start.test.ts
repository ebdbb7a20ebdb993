/** `npm start` as a person runs it: a process of its own with the built bundles, its data on disk, killed and started again. */
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adminGrant } from '../../bin/admin-grant.ts';
import { run } from '../../bin/table.ts';
import { startCloud } from '../../local/cloud.ts';
import { systemClock } from '../../local/runtime/clock.ts';
import { addressesIn } from '../../local/runtime/running.ts';
import { addDays, instantOf, localDay } from '../../shared/core/time.ts';
import { journey } from '../journeys/journey.ts';
import { jpeg } from '../support/moim.ts';
import { sourceOf } from '../support/source.ts';
import { testTemplates } from '../support/templates.ts';
import { askForCode, folder, freePort, killAll, start } from './process.ts';

afterAll(killAll);

/** Moves moim to noon of tomorrow: through a midnight the journey would be one of two days. */
async function atNoon(console: string): Promise<() => number> {
  const zone = 'Asia/Seoul';
  const noon = instantOf(addDays(localDay(Date.now(), zone), 1), '12:00', zone);
  const body = JSON.stringify({ at: new Date(noon).toISOString(), jump: true, settle: true });
  const { status } = await fetch(`${console}/clock`, { method: 'PUT', body });
  expect(status).toBe(200);
  const ahead = noon - Date.now();
  return () => Date.now() + ahead;
}

test('it says when it is ready and where; the journey holds; killed under load it has lost no acknowledged write', async () => {
  const data = folder();
  const port = await freePort();
  const first = start(data, port, { MOIM_DOOR: 'open' });
  await first.ready;
  const console = `http://127.0.0.1:${port + 2}`;
  const now = await atNoon(console);
  const paths = ['/', '/docs', '/mail', '/mail.json', '/openapi.json'].map((path) => console + path);
  const pages = await Promise.all([`${first.url}/health`, ...paths].map((url) => fetch(url)));

  const steps: [string, boolean, string][] = [];
  await journey({ apiUrl: first.url, mailUrl: console, image: jpeg, now }, (...step) => steps.push(step));

  const acknowledged: string[] = [];
  const load = Array.from({ length: 8 }, async (_, worker) => {
    for (let i = 0; i < 1000; i++) {
      const email = `w${worker}-${i}@example.com`;
      const status = await askForCode(first.url, email).catch(() => 'gone');
      if (status === 'gone') return;
      if (status === '202') acknowledged.push(email);
      if (acknowledged.length === 30) first.child.kill('SIGKILL');
    }
  });
  await Promise.all(load);
  await first.ended;
  const again = start(data, port);
  await again.ready;
  const statuses = await Promise.all(acknowledged.map((email) => askForCode(again.url, email)));
  const stranger = await askForCode(again.url, 'stranger@example.com');
  again.child.kill('SIGINT');

  expect(first.output()).toMatch(/ready after [\d.]+ s/);
  for (const word of ['API', 'Socket', 'Documents', 'Mail box', 'curl']) expect(first.output()).toContain(word);
  expect(pages.map(({ status }) => status)).toEqual(Array(6).fill(200));
  expect(steps.filter(([, held]) => !held)).toEqual([]);
  expect(steps.length).toBeGreaterThanOrEqual(60);
  expect(acknowledged.length).toBeGreaterThanOrEqual(30);
  expect(new Set(statuses)).toEqual(new Set(['202 again']));
  expect(stranger).toBe('202');
  expect(await again.ended).toBe(0);
});

test('what keeps it from starting is said plainly, with what to do', async () => {
  const broken = folder();
  writeFileSync(join(broken, 'table.sqlite'), 'this is no database, however one looks at it');
  const options = { clock: systemClock, load: sourceOf, listen: 'random', dataFolder: broken } as const;

  const moim = start(broken, 'moim');

  expect(await moim.ended).toBe(1);
  expect(moim.output()).toBe('moim cannot start: PORT is "moim": give a port from 1 to 65531\n');
  // Whatever keeps the cloud from starting is said in the same way: only what is said is left to look at.
  const template = testTemplates();
  await expect(startCloud({ ...options, template })).rejects.toThrow(/table\.sqlite is broken.*Delete it/);
});

test('a second start in one folder, or on a taken port, is refused in a sentence before anything is touched', async () => {
  const data = folder();
  // What is below it is free, too: another moim would be the first to want it.
  const port = (await freePort(2)) + 5;
  const first = start(data, port);
  await first.ready;
  const written = () =>
    readdirSync(join(data, 'cdk.out')).map((name) => [name, statSync(join(data, 'cdk.out', name)).mtimeMs]);
  const before = written();

  const sameFolder = start(data, await freePort());
  const elsewhere = folder();
  const samePort = start(elsewhere, port - 2);
  const codes = [await sameFolder.ended, await samePort.ended];

  expect(codes).toEqual([1, 1]);
  expect(sameFolder.output()).toBe(
    `moim cannot start: a moim at ${first.url} uses the folder ${data}: end it, or set PORT and MOIM_DATA for a second one\n`,
  );
  expect(samePort.output()).toBe(
    `moim cannot start: port ${port} is taken: end what uses it, or set PORT to another (five in a row are used)\n`,
  );
  expect(written()).toEqual(before);
  expect(readdirSync(elsewhere)).not.toContain('cdk.out');
  expect((await fetch(`${first.url}/health`)).status).toBe(200);

  const scripts = { MOIM_DATA: data };
  const found = await run(adminGrant, ['nobody@example.com'], scripts);
  const said = await run(adminGrant, ['nobody@example.com'], { ...scripts, PORT: '9' });
  first.child.kill('SIGINT');

  expect(await first.ended).toBe(0);
  // Each step is told, with its time, from the first on.
  expect(first.output()).toMatch(
    /^moim starts on port \d+, .*\n +\d+\.\d s {2}bundling.*\n +\d+\.\d s {2}bundled \d+ of \d+ .*\n +\d+\.\d s {2}synthesized \d stacks .*\n +\d+\.\d s {2}opened/,
  );
  expect(first.output()).toMatch(/\nending: .*\nended\. Data stays in .*\n$/);
  // The scripts find a moim on another port by its folder; a port that is said counts more; one that has ended is not there.
  expect(found).toEqual({ code: 1, text: 'nobody signs in with nobody@example.com: sign up first' });
  expect(said.text).toMatch(/^no moim answers at http:\/\/127\.0\.0\.1:12 .*: start one, or say by PORT=… /);
  expect(addressesIn(data)).toBeUndefined();
});
