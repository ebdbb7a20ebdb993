/** The guides, run as they are written: their shell and their TypeScript, against a moim that has just been started. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { body, guides as ordered } from '../../docgen/guide-page.ts';
import { type ProblemCode, problemDefinitions } from '../../shared/product/problems.ts';
import { install, type Project } from '../client/installed.ts';
import { folder, freePort, killAll, type Started, start } from '../local/process.ts';
import { blocksIn, guides, isAsShown, type Part, partsOf, textOf } from './blocks.ts';
import { asModule, begin, runBash, runTypeScript } from './running.ts';

let moim: Started;
let env: Record<string, string>;
let pages: string;
let project: Project;
beforeAll(async () => {
  const port = await freePort();
  moim = start(folder(), port);
  project = await install();
  await moim.ready;
  pages = `http://127.0.0.1:${port + 2}`;
  env = { MOIM: moim.url, MAIL: `${pages}/mail.json` };
});
afterAll(() => {
  killAll();
  project.remove();
});

/** A folder as a reader has it: with a photo. */
function place(name: string): string {
  const here = join(project.folder, name);
  mkdirSync(here);
  cpSync('test/support/certification.jpg', join(here, 'photo.jpg'));
  return here;
}
const wrong = (parts: readonly Part[], outputs: readonly string[]) =>
  parts.flatMap(({ code, shown }, nth) =>
    isAsShown(outputs[nth]!, shown) ? [] : [{ code, shown, printed: outputs[nth] }],
  );

test('there are the five guides, and each has the same code in both languages', () => {
  expect(guides).toHaveLength(5);
  for (const guide of guides) expect(blocksIn(textOf(guide, 'ko'))).toEqual(blocksIn(textOf(guide, 'en')));
});

test('the docs page lists them in both languages, each page has all of the guide, and each link leads somewhere', async () => {
  const get = async (path: string) => {
    const answer = await fetch(pages + path);
    return { status: answer.status, text: await answer.text() };
  };
  const plain = (text: string) =>
    text.replace(/[&<>"']/g, (c) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[c] ?? '#39'};`);
  const linked = (page: string) => [...page.matchAll(/href="(\/docs\/guides\/[^"]+)"/g)].map(([, path]) => path!);
  const listed = linked((await get('/docs')).text);

  expect([...listed].sort()).toEqual(
    guides.flatMap((guide) => [guide, `${guide}.ko`].map((name) => `/docs/guides/${name}`)).sort(),
  );
  expect(ordered).toHaveLength(guides.length);
  for (const guide of guides)
    for (const language of ['en', 'ko'] as const) {
      const { status, text } = await get(`/docs/guides/${guide}${language === 'ko' ? '.ko' : ''}`);
      expect([status, /<html lang="(\w+)"/.exec(text)?.[1], text.match(/<h1/g)?.length]).toEqual([200, language, 1]);
      for (const block of blocksIn(textOf(guide, language))) expect(text).toContain(plain(block.text.trim()));
      for (const path of linked(text)) expect(listed).toContain(path);
      expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
    }
  for (const path of ['none', '..%2fbudgets', '../budgets', 'stay-signed-in.md', ''])
    expect((await get(`/docs/guides/${path}`)).status).toBe(404);
});

test('a guide is shown as text: nothing in it becomes markup, and no address leads out of the web', () => {
  const { html } = body(
    '<script>alert(1)</script>\n\n![<b>](x" onerror="y) <i>soft</i> [go](javascript:alert) [<u>](https://moim.example/?a="b)',
  );

  expect(html).not.toMatch(/<(script|img|i|u|b)\b|javascript:|onerror="/);
  expect(html).toContain('&lt;script&gt;');
});

test.each(guides)('%s: its shell prints what it shows', async (guide) => {
  const parts = partsOf(blocksIn(textOf(guide, 'en')), 'bash');
  const printed = await runBash(parts, place(`${guide}-sh`), env);

  expect(parts.length).toBeGreaterThan(3);
  expect(wrong(parts, printed)).toEqual([]);
});

test('their TypeScript compiles in a strict project', () => {
  const files = guides.map((guide) => {
    const file = join(place(`${guide}-ts`), 'guide.ts');
    writeFileSync(file, asModule(partsOf(blocksIn(textOf(guide, 'en')), 'ts')));
    return file;
  });

  expect(project.compiled(files, 'nodenext')).toBe('');
});

test.each(guides)('%s: its TypeScript prints what it shows', async (guide) => {
  const parts = partsOf(blocksIn(textOf(guide, 'en')), 'ts');
  const here = place(`${guide}-run`);
  writeFileSync(join(here, 'guide.ts'), asModule(parts));

  expect(parts.length).toBeGreaterThan(3);
  expect(wrong(parts, await runTypeScript('guide.ts', parts, here, env))).toEqual([]);
});

test('the codes that they name are those of moim, with their status', () => {
  for (const guide of guides)
    for (const language of ['en', 'ko'] as const) {
      const named = [...textOf(guide, language).matchAll(/`([A-Z]+(?:_[A-Z]+)+)`(?: ?\((\d{3})\))?/g)];
      for (const [, code = '', status] of named) {
        const known = problemDefinitions[code as ProblemCode] as { status: number } | undefined;
        expect([guide, code, status ?? String(known?.status)]).toEqual([guide, code, String(known?.status)]);
      }
    }
});

test('the example of the client lists the groups, joins the room, shows what is said and answers', async () => {
  const here = place('example');
  // Two people of a group, as the guide makes them, and what the example needs of them.
  const parts = partsOf(blocksIn(textOf('listen-and-answer-live', 'en')), 'ts').slice(0, 2);
  const then = `
await jisoo.client.memberships.joinGroup({ params: { groupId } });
console.log(JSON.stringify({ email: \`minji-\${run}@example.com\`, groupId }));
const say = (text: string) =>
  jisoo.client.chat.sendMessage({ params: { groupId, roomId: groupId }, body: { clientId: crypto.randomUUID(), after: 0, text } });
process.stdin.once('data', () => say('!missions').then(() => process.exit()));
`;
  writeFileSync(join(here, 'jisoo.ts'), asModule([...parts, { code: then, shown: '' }]));
  cpSync(join(project.folder, 'node_modules/moim-client/example/chat.ts'), join(here, 'chat.ts'));
  const jisoo = begin('jisoo.ts', here, env);
  const { email } = JSON.parse((await jisoo.says(/^\{.*\}$/m))[0]);
  const chat = begin('chat.ts', here, { ...env, EMAIL: email, PASSWORD: 'Correct-Horse-7' });

  await chat.says(/^1\. A page a day\n/);
  await chat.says(/You are in/);
  chat.write('Good morning\n');
  await chat.says(/^minji\d+: Good morning$/m);
  jisoo.write('go\n');
  await chat.says(/^jisoo\d+: !missions$/m);
  await chat.says(/^minji\d+: - .+$/m);
  chat.end();

  expect(await chat.ended).toBe(0);
  expect(await jisoo.ended).toBe(0);
  const lost = begin('chat.ts', here, { ...env, EMAIL: email, PASSWORD: 'Wrong-Horse-7' });
  await lost.says(/^SIGN_IN_FAILED: /m);
  expect(await lost.ended).toBe(1);
});
