/** Long lists: ten cards first, the rest as one scrolls. */
import { crowd } from '../support/people.ts';
import { certify, found } from '../support/scene.ts';
import { useWeb } from './support/browser.ts';

const web = useWeb();

test('a feed draws ten cards at first and the others as one scrolls', async () => {
  const leader = await web.moim.person('Mina');
  const members = await crowd(web.moim, 12);
  const group = await found(leader, { title: 'A page a day', approval: 'AUTO', capacity: 20 }, ...members);
  for (const member of members) expect((await certify(member, group)).status).toBe(201);
  await web.moim.settle();

  const { page, titled, whole } = await web.visitAs(leader, { locale: 'en', path: `/groups/${group.groupId}` });
  await titled('A page a day');
  await whole();
  expect(await page.locator('.proof').count()).toBe(10);
  expect(await page.locator('.wall .brick').count()).toBe(12);

  await page.locator('.proof').nth(9).scrollIntoViewIfNeeded();
  await page.locator('.proof').nth(11).waitFor();
  expect(await page.locator('.proof').count()).toBe(12);
  // Its place was kept before a photo came.
  expect(await page.locator('.proof img').first().getAttribute('width')).toMatch(/^\d+$/);
});
