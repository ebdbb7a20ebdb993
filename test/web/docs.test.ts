/** #18.2: the docs page as a developer uses it: finds a call, sets values, copies, sends, by keyboard, in both themes and widths. */
import { until } from '../journeys/until.ts';
import { password } from '../support/moim.ts';
import { desk, phone, useWeb, type Visitor } from './support/browser.ts';
import { hears, lands } from './support/keyboard.ts';
import { barriers, picture } from './support/looks.ts';

const web = useWeb();
const open = async (visitor: Visitor, hash = '') => {
  await visitor.page.goto(`${web.moim.consoleUrl}/docs${hash}`);
  await visitor.page.getByRole('heading', { level: 1, name: 'moim API' }).waitFor();
};
const item = ({ page }: Visitor, id: string) => page.locator(`#${id}`);
/** Goes to a call by its address, as a link in a chat would. */
async function to(visitor: Visitor, id: string) {
  await visitor.page.evaluate(`location.hash = '${id}'`);
  await item(visitor, id).locator('.samples').waitFor();
}
/** Sends the call that is open, as it stands or with another body; gives what the page shows of the answer. */
async function send(visitor: Visitor, id: string, body?: object, agree?: 'Send it' | 'Cancel') {
  const panel = item(visitor, id).locator('.send');
  if (!(await panel.getByRole('button', { name: /^Send to/ }).isVisible()))
    await panel.getByText('Send it from here').click();
  if (body) await panel.getByRole('textbox', { name: 'Body' }).fill(JSON.stringify(body));
  await panel.getByRole('button', { name: /^Send to/ }).click();
  if (agree) await visitor.page.getByRole('dialog').getByRole('button', { name: agree }).click();
  if (agree === 'Cancel') return '';
  await panel.locator('.result p').first().waitFor();
  return panel.locator('.result p').first().innerText();
}

test('#18.2: signs in from the page, founds a group with the token, and every sample names them', async () => {
  const mina = await web.moim.person('mina');
  const visitor = await web.visit({ viewport: desk, fresh: true });
  const { page, context } = visitor;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(visitor, '#signIn');

  const signedIn = await send(visitor, 'signIn', { email: mina.email, password }, 'Send it');
  await page.getByRole('button', { name: 'Use this token' }).click();
  await hears(page, 'token is set');
  await to(visitor, 'getOwnAccount');
  const me = await send(visitor, 'getOwnAccount');
  const account = await item(visitor, 'getOwnAccount').locator('.result pre').innerText();
  await to(visitor, 'createGroup');
  const founded = await send(visitor, 'createGroup');
  await page.getByRole('button', { name: 'Use as groupId' }).click();
  const groupId = await page.getByLabel('groupId', { exact: true }).inputValue();
  await to(visitor, 'getGroup');
  const read = await send(visitor, 'getGroup');
  await item(visitor, 'getGroup').getByRole('button', { name: 'Copy: request' }).click();
  await hears(page, 'Copied');
  const command = (await page.evaluate('navigator.clipboard.readText()')) as string;
  await item(visitor, 'getGroup').getByRole('button', { name: 'TypeScript' }).click();
  await item(visitor, 'getGroup').getByRole('button', { name: 'Copy: request' }).click();
  const call = await until(
    () => page.evaluate('navigator.clipboard.readText()') as Promise<string>,
    (text) => text.includes('client.groups'),
  );

  expect([signedIn, me, founded, read].map((text) => text.slice(0, 3))).toEqual(['201', '200', '201', '200']);
  expect(JSON.parse(account)).toMatchObject({ id: mina.id, nickname: 'mina' });
  expect((await mina.get(`/v1/groups/${groupId}`)).body.title).toBe('Algorithms every day');
  expect(command).toBe(`curl -i "${web.moim.apiUrl}/v1/groups/${groupId}"`);
  expect(call).toContain(`client.groups.getGroup({ params: { groupId: '${groupId}' } })`);

  await picture(page, 'docs-sent');
  // A reload of the tab keeps what was set; another tab knows nothing of it.
  await page.reload();
  await item(visitor, 'getGroup').locator('.samples').waitFor();
  expect(await page.getByLabel('groupId', { exact: true }).inputValue()).toBe(groupId);
  const other = await context.newPage();
  await other.goto(`${web.moim.consoleUrl}/docs`);
  expect(await other.getByLabel('Access token').inputValue()).toBe('');
  await other.close();

  // What deletes is asked each time, and may be called off; what is refused is shown as it came.
  await to(visitor, 'signOut');
  await send(visitor, 'signOut', undefined, 'Cancel');
  await to(visitor, 'kickMember');
  expect(await send(visitor, 'kickMember', {}, 'Send it')).toMatch(/^4\d\d [A-Z_]+/);
  expect((await mina.get('/v1/accounts/me')).status).toBe(200);
});

test('#18.2: by keyboard and in Korean: finds a call, opens it, and the address names it', async () => {
  const visitor = await web.visit({ viewport: desk });
  const { page } = visitor;
  await open(visitor);

  await page.keyboard.press('/');
  await lands(page, /^searchbox "Search in English or Korean/);
  await page.keyboard.type('초대코드');
  await page.getByText('2 found').waitFor();
  const found = await page.locator('.item:not(.hidden)').evaluateAll((all) => all.map(({ id }) => id));
  const contents = await page.locator('nav a:not(.hidden)').allInnerTexts();
  await page.keyboard.press('Enter');
  const opened = await page.locator('summary:focus').innerText();
  await item(visitor, 'getInviteCode').locator('.samples').waitFor();

  expect(found).toEqual(['getInviteCode', 'renewInviteCode']);
  expect(contents).toEqual(['invites 초대', 'Get the invite code of a group', 'Renew the invite code of a group']);
  expect(opened).toMatch(/Get the invite code of a group/);
  expect(new URL(page.url()).hash).toBe('#getInviteCode');
  await page.keyboard.press('Escape');
  expect(await page.locator('.item.hidden').count()).toBe(0);

  // While a syllable is typed, with an ending, and what no section is about.
  const counts: Record<string, string> = {};
  for (const words of ['모이', '채팅을', '웹훅', '메시지 보내']) {
    await page.getByRole('searchbox').fill(words);
    counts[words] = (await page.locator('header output').innerText()).split('\n')[0]!;
  }
  expect(counts.웹훅).toBe('Nothing found');
  expect(Number.parseInt(counts.모이!, 10)).toBeGreaterThan(20);
  expect(Number.parseInt(counts.채팅을!, 10)).toBeGreaterThan(5);
});

test('#18.2: pages of other sites send nothing through the page', async () => {
  const foreign = await fetch(`${web.moim.consoleUrl}/docs/api/v1/groups`);
  const asking = await fetch(`${web.moim.consoleUrl}/docs/api/v1/groups`, {
    method: 'OPTIONS',
    headers: { origin: 'https://other.example', 'access-control-request-headers': 'x-moim-docs' },
  });

  expect(foreign.status).toBe(403);
  expect(asking.status).toBe(403);
  expect(asking.headers.get('access-control-allow-origin')).toBeNull();
});

const ways = [
  ['light', 'phone'],
  ['dark', 'desk'],
  ['dark', 'phone'],
  ['light', 'desk'],
] as const;
test.each(process.env.WEB === 'all' ? ways : ways.slice(0, 2))(
  '#18.2: without barriers, %s, %s',
  async (theme, width) => {
    const visitor = await web.visit({ theme, viewport: width === 'desk' ? desk : phone });
    const { page } = visitor;
    await open(visitor, '#submitCertification');
    await item(visitor, 'submitCertification').getByText('Send it from here').click();
    await item(visitor, 'socket-chat.send'.replace('.', '\\.')).locator('summary').first().click();
    await picture(page, `docs-${width}-${theme}`);
    // The other sections are made by the same lines; axe would take a minute for all of them.
    await page.evaluate(`for (const each of document.querySelectorAll('.item:not([open], .wide)')) each.remove()`);

    expect(await barriers(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    const small = `[...document.querySelectorAll('button, input, textarea')].filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44).map((each) => each.outerHTML)`;
    expect(await page.evaluate(small)).toEqual([]);
  },
);
