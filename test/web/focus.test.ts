/** Row 158: a screen that comes late takes the focus from nobody who has gone on, and a sheet can be opened again at once. */
import { found } from '../support/scene.ts';
import { desk, useWeb } from './support/browser.ts';
import { focused, lands, tabTo } from './support/keyboard.ts';

const web = useWeb();

test('row 158: the answer of a screen comes late: the focus stays where the person has gone meanwhile', async () => {
  const dana = await web.moim.person('Dana');
  const { page, go, whole, titled } = await web.visitAs(dana, { locale: 'en', viewport: desk });
  await titled(/Dana/);
  await whole();
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  await page.route(
    ({ pathname }) => pathname === '/v1/sessions',
    async (route) => {
      await held;
      await route.fallback();
    },
  );
  await go('/me/devices');
  await page.locator('.skeletons').waitFor();
  await tabTo(page, /^link "Inbox/);

  release();
  await whole();

  expect(await focused(page)).toMatch(/^link "Inbox/);
  // Who presses a link goes with it.
  await page.keyboard.press('Enter');
  await lands(page, /^heading "Inbox/);
});

test('row 158: a sheet that is closed and opened again in the same moment is open', async () => {
  const [leader, tao] = [await web.moim.person('Hyejin'), await web.moim.person('Taro')];
  const group = await found(leader, { title: 'A page a day', joinPolicy: 'APPLY' });
  await web.moim.settle();
  const { page } = await web.visitAs(tao, { locale: 'en', path: `/recruits/${group.groupId}` });
  await lands(page, /^heading "A page a day/);
  await tabTo(page, /^button "Apply/);
  for (let n = 0; n < 5; n++) {
    await page.keyboard.press('Enter');
    await lands(page, /^heading "Application/);
    await page.keyboard.press('Escape');
    await lands(page, /^button "Apply/);
  }
  expect(await page.getByRole('dialog').count()).toBe(0);
});
