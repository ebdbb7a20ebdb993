/**
 * A screen that is opened cold asks two things at most before it is there; what it does not show is asked afterwards. What it
 * waits for is asked before the client has come.
 */
import { until } from '../journeys/until.ts';
import { someone } from '../support/people.ts';
import { certify, found } from '../support/scene.ts';
import { itemsOf, put } from '../support/table.ts';
import { desk, phone, useWeb, type Visitor } from './support/browser.ts';
import { made } from './support/missions.ts';

const web = useWeb();
const me = 'GET /v1/accounts/me';
const today = 'GET /v1/accounts/me/today';
const own = 'GET /v1/accounts/me/groups/{id}';
const feed = 'GET /v1/groups/{id}/certifications';
const page = 'GET /v1/groups/{id}/page';
const members = 'GET /v1/groups/{id}/members';

const ownSteps = 'GET /v1/accounts/me/groups/{steps}';
const ownClub = 'GET /v1/accounts/me/groups/{club}';
const list = 'GET /v1/groups/{steps}/missions/{list}';

/** The screens that are opened most, with the title of each when it is there, and what is asked until then. */
const screens: readonly (readonly [path: string, title: RegExp, asked: readonly string[]])[] = [
  ['/', /Mina/, [me, today]],
  ['/groups/{id}', /A page a day/, [feed, page]],
  ['/groups/{id}/members', /A page a day/, [own, members]],
  ['/groups/{id}/progress', /A page a day/, [own, 'GET /v1/groups/{id}/progress']],
  ['/groups/{id}/talk', /A page a day/, [own, 'GET /v1/groups/{id}/rooms']],
  ['/groups/{id}/rooms/{id}', /Everybody/, [own, 'GET /v1/groups/{id}/rooms/{id}/entries']],
  ['/groups/{id}/posts', /A page a day/, [own, 'GET /v1/groups/{id}/posts']],
  ['/groups/{id}/posts/new', /New post/, [own]],
  ['/groups/{id}/certify', /Certify today/, [page]],
  ['/groups/{id}/review', /Certifications/, [feed, members]],
  ['/groups/{id}/manage', /Manage/, [own, today]],
  ['/groups/{id}/applications', /Applications/, [own, 'GET /v1/groups/{id}/applications']],
  ['/groups/{steps}/certify?mission={list}', /Certify today/, [list, 'GET /v1/groups/{steps}/page']],
  ['/groups/{steps}/missions', /Missions/, [ownSteps, 'GET /v1/groups/{steps}/missions']],
  ['/groups/{steps}/missions/new', /New mission/, [ownSteps, 'GET /v1/groups/{steps}/missions']],
  ['/groups/{steps}/missions/{list}/edit', /Edit the mission/, [ownSteps, list]],
  ['/groups/{steps}/excuses', /Take a break/, [ownSteps, 'GET /v1/groups/{steps}/excuses']],
  ['/groups/{id}/attendance', /A page a day/, [own, 'GET /v1/groups/{id}/attendance']],
  ['/groups/{id}/attendance/waiting', /Attendance requests/, [own, 'GET /v1/groups/{id}/attendances/waiting']],
  ['/groups/{id}/attendance/members', /Member attendance/, [own, 'GET /v1/groups/{id}/attendances/rates']],
  ['/groups/{id}/attendance/plan', /Meetings/, [own, 'GET /v1/groups/{id}/attendance-plan']],
  ['/groups/{id}/attendance/code', /Check-in code/, [own, 'GET /v1/groups/{id}/check-in-codes']],
  ['/groups/{id}/check-in', /Check in with a code/, [own, 'GET /v1/groups/{id}/attendance']],
  ['/groups/{id}/polls', /A page a day/, [own, 'GET /v1/groups/{id}/polls']],
  ['/groups/{id}/polls/new', /Make a poll/, [own]],
  ['/groups/{club}/records', /Wall/, [ownClub, 'GET /v1/groups/{club}/records']],
  ['/groups/{club}/records/2026-03-02', /Record of/, [ownClub, 'GET /v1/groups/{club}/records']],
  ['/groups/{club}/ranking', /Wall/, [ownClub, 'GET /v1/groups/{club}/ranking']],
  ['/groups/{club}/seasons', /Seasons/, [ownClub, 'GET /v1/groups/{club}/seasons']],
  ['/find', /Find/, ['GET /v1/groups']],
  ['/inbox', /Inbox/, ['GET /v1/notifications']],
  ['/leagues', /National league/, ['GET /v1/accounts/me/league', 'GET /v1/leagues']],
  ['/messages', /Messages/, ['GET /v1/messages']],
  ['/me', /Me/, [me, 'GET /v1/accounts/me/profile']],
];

/** Notes what a page asks, and how much of it before its title was there with nothing that stands for what comes. */
const watch = `{
  const asked = (window.asked = []);
  const { fetch } = window;
  window.fetch = (given, options) => {
    const { pathname } = new URL(given.url ?? given, location.href);
    if (pathname.startsWith('/v1/')) asked.push((options?.method ?? given.method ?? 'GET') + ' ' + pathname);
    return fetch(given, options);
  };
  new MutationObserver(() => {
    if (window.painted !== undefined || !document.querySelector('#app h1') || document.querySelector('.skeletons')) return;
    window.painted = asked.length;
    const files = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
    const isNamed = (path) => document.querySelector('head [href="' + path + '"], head [src="' + path + '"]');
    window.late = files.filter((path) => path.endsWith('.js') && !isNamed(path));
  }).observe(document, { childList: true, subtree: true });
}`;

test.each([
  ['phone', phone],
  ['wide window', desk],
] as const)('a screen opened cold is there after two answers at most, on a %s', async (on, viewport) => {
  const leader = await web.moim.person(`Mina ${on}`);
  const member = await someone(web.moim);
  const group = await found(leader, { title: 'A page a day' }, member);
  await certify(member, group);
  const steps = await found(leader, { title: 'Six weeks' }, member);
  const { id: listId } = await made(
    leader.post(`${steps.path}/missions`, {
      ...{ kind: 'REPEAT', way: 'CHECKLIST', title: 'One chapter', frequency: { every: 'DAY' } },
      checklist: [{ text: 'Five problems' }, { text: 'One question' }],
    }),
  );
  const club = await found(leader, { title: 'Wall to wall' });
  const [kept] = await itemsOf(web.moim, 'Group', { groupId: club.groupId });
  await put(web.moim, 'Group', { ...kept, kind: 'CLUB' });
  const ids = { id: group.groupId, steps: steps.groupId, list: listId, club: club.groupId };
  const named = (text: string) =>
    Object.entries(ids).reduce((now, [name, id]) => now.replaceAll(id, `{${name}}`), text);
  const filled = (path: string) => path.replace(/\{(\w+)\}/g, (_, name: keyof typeof ids) => ids[name]);
  await web.moim.settle();
  const visitor = await web.visitAs(leader, { locale: 'en', viewport, fresh: true });
  await visitor.page.addInitScript(watch);

  for (const [path, title, expected] of screens) {
    // Cold: the device has kept nothing.
    await visitor.go('/manifest.webmanifest');
    await visitor.page.evaluate(`new Promise((resolve) => { indexedDB.deleteDatabase('moim').onsuccess = resolve; })`);
    await visitor.go(filled(path));
    await visitor.titled(title);
    const { asked, painted, late } = await until(
      async () => (await visitor.page.evaluate('({ asked, painted: window.painted, late: window.late })')) as Asked,
      (seen) => seen.painted !== undefined,
    );
    const needed = asked.slice(0, painted).filter((each) => each !== 'POST /v1/sessions/refresh');
    expect([path, needed.map(named).sort()]).toEqual([path, expected]);
    // Every file of the screen is asked for at the start: a phone learns of none by another.
    expect([path, late]).toEqual([path, []]);
  }
});

interface Asked {
  readonly asked: readonly string[];
  readonly painted?: number;
  /** Scripts that nothing in the head names. */
  readonly late?: readonly string[];
}

/** A page has not loaded while a script of it is held. */
const opening = { waitUntil: 'commit' } as const;

/** Holds the client back, as a slow network does. Gives what lets it through. */
async function withoutClient({ page }: Visitor): Promise<() => void> {
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route('**/assets/main-*.js', (route) => held.then(() => route.continue()));
  return letThrough;
}

test.each([
  ['ko', 'dark', phone, '오늘의 인증이 벽돌 한 장이 돼요', '이메일'],
  ['en', 'light', desk, 'What you do today becomes a brick', 'E-mail'],
] as const)(
  'a guest reads the first words before the client has come, and they stay in their place: %s, %s',
  async (locale, theme, viewport, title, field) => {
    const visitor = await web.visit({ locale, theme, viewport, fresh: true });
    const { page } = visitor;
    await page.addInitScript(`localStorage.setItem('theme', '${theme}')`);
    await page.emulateMedia({ colorScheme: theme === 'dark' ? 'light' : 'dark' });
    const letThrough = await withoutClient(visitor);
    const texts = page.locator('.wordmark:visible, h1:visible, .lead:visible');
    const seen = async () => ({
      // A font that comes later may make them a little wider.
      places: await texts.evaluateAll((all) =>
        all.map((each) => [each.textContent, each.getBoundingClientRect().x, each.getBoundingClientRect().y]),
      ),
      root: await page.evaluate(`[document.documentElement.lang, document.documentElement.dataset.theme]`),
    });

    await page.goto(web.moim.apiUrl, opening);
    await visitor.titled(title);
    const first = await seen();
    expect(await page.getByLabel(field).count()).toBe(0);
    letThrough();
    await page.getByLabel(field).waitFor();

    expect(first.places).toHaveLength(3);
    expect(first.root).toEqual([locale, theme]);
    expect(await seen()).toEqual(first);
    expect(await page.locator('h1').count()).toBe(1);
  },
);

test('answers of the first screen are asked before the client has come, each once; the words for guests are not shown to members', async () => {
  const mina = await web.moim.person('MinaEarly');
  const visitor = await web.visitAs(mina, { path: '/manifest.webmanifest', fresh: true });
  const { page } = visitor;
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/v1/')) asked.push(`${request.method()} ${pathname}`);
  });
  const letThrough = await withoutClient(visitor);

  await page.goto(web.moim.apiUrl, opening);
  await until(
    async () => asked.length,
    (count) => count === 3,
  );
  const early = [...asked].sort();
  expect(await page.locator('h1:visible').count()).toBe(0);
  letThrough();
  await visitor.titled(/MinaEarly/);
  await visitor.whole();

  expect(early).toEqual([me, today, 'POST /v1/sessions/refresh']);
  expect(asked.filter((each) => early.includes(each)).sort()).toEqual(early);
});
