/** A screen that is opened cold asks two things at most before it is there; what it does not show is asked afterwards. */
import { until } from '../journeys/until.ts';
import { someone } from '../support/people.ts';
import { certify, found } from '../support/scene.ts';
import { desk, phone, useWeb } from './support/browser.ts';
import { made } from './support/missions.ts';

const web = useWeb();
const me = 'GET /v1/accounts/me';
const today = 'GET /v1/accounts/me/today';
const own = 'GET /v1/accounts/me/groups/{id}';
const feed = 'GET /v1/groups/{id}/certifications';
const page = 'GET /v1/groups/{id}/page';
const members = 'GET /v1/groups/{id}/members';

const ownSteps = 'GET /v1/accounts/me/groups/{steps}';
const list = 'GET /v1/groups/{steps}/missions/{list}';

/** The screens that are opened most, with the title of each when it is there, and what is asked until then. */
const screens: readonly (readonly [path: string, title: RegExp, asked: readonly string[]])[] = [
  ['/', /Mina/, [me, today]],
  ['/groups/{id}', /A page a day/, [feed, page]],
  ['/groups/{id}/members', /A page a day/, [own, members]],
  ['/groups/{id}/progress', /A page a day/, [own, 'GET /v1/groups/{id}/progress']],
  ['/groups/{id}/certify', /Certify today/, [page]],
  ['/groups/{id}/review', /Certifications/, [feed, members]],
  ['/groups/{id}/manage', /Manage/, [own, today]],
  ['/groups/{id}/applications', /Applications/, [own, 'GET /v1/groups/{id}/applications']],
  ['/groups/{steps}/certify?mission={list}', /Certify today/, [list, 'GET /v1/groups/{steps}/page']],
  ['/groups/{steps}/missions', /Missions/, [ownSteps, 'GET /v1/groups/{steps}/missions']],
  ['/groups/{steps}/missions/new', /New mission/, [ownSteps, 'GET /v1/groups/{steps}/missions']],
  ['/groups/{steps}/missions/{list}/edit', /Edit the mission/, [ownSteps, list]],
  ['/groups/{steps}/excuses', /Take a break/, [ownSteps, 'GET /v1/groups/{steps}/excuses']],
  ['/find', /Find/, ['GET /v1/groups']],
  ['/inbox', /Inbox/, ['GET /v1/notifications']],
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
    if (window.painted !== undefined || !document.querySelector('h1') || document.querySelector('.skeletons')) return;
    window.painted = asked.length;
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
  const ids = { id: group.groupId, steps: steps.groupId, list: listId };
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
    const { asked, painted } = await until(
      async () => (await visitor.page.evaluate('({ asked, painted: window.painted })')) as Asked,
      (seen) => seen.painted !== undefined,
    );
    const needed = asked.slice(0, painted).filter((each) => each !== 'POST /v1/sessions/refresh');
    expect([path, needed.map(named).sort()]).toEqual([path, expected]);
  }
});

interface Asked {
  readonly asked: readonly string[];
  readonly painted?: number;
}
