/** Long lists: ten cards first, the rest as one scrolls; and what a group of many costs. */
import { crowd } from '../support/people.ts';
import { certify, found } from '../support/scene.ts';
import { useWeb } from './support/browser.ts';

const web = useWeb();

test('a feed draws ten cards at first and the others as one scrolls; a group is drawn from five answers, home from three', async () => {
  const leader = await web.moim.person('Mina');
  const members = await crowd(web.moim, 12);
  const group = await found(leader, { title: 'A page a day', approval: 'AUTO', capacity: 20 }, ...members);
  for (const member of members) expect((await certify(member, group)).status).toBe(201);
  await web.moim.settle();

  const { page, titled } = await web.visitAs(leader, { locale: 'en' });
  // The first page has asked all of its own by then.
  await titled(/Mina/);
  await page.waitForLoadState('networkidle');
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/v1/')) asked.push(`${request.method()} ${pathname.replaceAll(group.groupId, '{id}')}`);
  });
  await page.reload();
  await titled(/Mina/);
  await page.waitForLoadState('networkidle');
  const beside = ['POST /v1/sessions/refresh', 'POST /v1/socket-tickets'];
  expect(asked.filter((each) => !beside.includes(each)).sort()).toEqual([
    'GET /v1/accounts/me',
    'GET /v1/accounts/me/today',
    'GET /v1/notifications',
  ]);

  asked.length = 0;
  await page
    .getByRole('link', { name: /A page a day/ })
    .first()
    .click();
  await titled('A page a day');
  await page.waitForLoadState('networkidle');
  expect(await page.locator('.proof').count()).toBe(10);
  expect(await page.locator('.wall .brick').count()).toBe(12);
  expect(asked.sort()).toEqual([
    'GET /v1/accounts/me/groups/{id}',
    // The feed, and the person's own.
    'GET /v1/groups/{id}/certifications',
    'GET /v1/groups/{id}/certifications',
    'GET /v1/groups/{id}/members',
    'GET /v1/groups/{id}/wall',
  ]);

  await page.locator('.proof').nth(9).scrollIntoViewIfNeeded();
  await page.locator('.proof').nth(11).waitFor();
  expect(await page.locator('.proof').count()).toBe(12);
  // Its place was kept before a photo came.
  expect(await page.locator('.proof img').first().getAttribute('width')).toMatch(/^\d+$/);
});
