/** `npm start` as a person runs it: a process of its own with the built bundles, its data on disk, killed and started again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCloud } from '../../local/cloud.ts';
import { systemClock } from '../../local/runtime/clock.ts';
import { journey } from '../journeys/journey.ts';
import { jpeg } from '../support/moim.ts';
import { sourceOf } from '../support/source.ts';
import { testTemplates } from '../support/templates.ts';
import { askForCode, folder, freePort, killAll, start } from './process.ts';

afterAll(killAll);

test('it says when it is ready and where; the journey holds; killed under load it has lost no acknowledged write', async () => {
  const data = folder();
  const port = freePort();
  const first = start(data, port);
  await first.ready;
  const console = `http://127.0.0.1:${port + 2}`;
  const paths = ['/', '/docs', '/mail', '/mail.json', '/openapi.json'].map((path) => console + path);
  const pages = await Promise.all([`${first.url}/health`, ...paths].map((url) => fetch(url)));

  const steps: [string, boolean, string][] = [];
  await journey({ apiUrl: first.url, mailUrl: console, image: jpeg }, (...step) => steps.push(step));

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
