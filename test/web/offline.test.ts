/** Without a network: what the device has is shown, and what cannot be done says so. */
import { until } from '../journeys/until.ts';
import { found } from '../support/scene.ts';
import { useWeb } from './support/browser.ts';
import { keptOn } from './support/kept.ts';

const web = useWeb();

test('row 155: a reload without a network shows home and a group as they were; a screen that was never open says what is missing, and comes with the network', async () => {
  const mina = await web.moim.person('Mina');
  await found(mina, { title: '매일 알고리즘 한 문제' });
  await web.moim.settle();
  const { page, context, titled } = await web.visitAs(mina, { locale: 'ko', worker: true });
  await titled(/Mina님/);
  await page.evaluate('navigator.serviceWorker.ready');
  // The worker has the page from its next opening on.
  await page.reload();
  await page.getByRole('link', { name: /매일 알고리즘/ }).click();
  await titled('매일 알고리즘 한 문제');
  // The page of the group and its feed are two answers, and each is kept when it has come.
  const kept = await until(
    () => keptOn(page),
    (text) => text.includes('"wall"') && text.includes('"feed"'),
  );
  expect(kept).toContain('"feed"');

  await context.setOffline(true);
  await page.reload();

  await titled('매일 알고리즘 한 문제');
  await page.getByText('인터넷이 끊겼어요').waitFor();
  await page.getByRole('link', { name: '뒤로' }).click();
  await titled(/Mina님/);
  await page.getByRole('link', { name: '알림' }).click();
  await page.getByText('불러오지 못했어요').waitFor();

  await context.setOffline(false);
  await page.getByText('인터넷이 끊겼어요').waitFor({ state: 'detached' });
  await titled('알림');

  // After a month without an answer nobody knows any more what is so, and the device keeps nothing for ever.
  await context.setOffline(true);
  await context.clock.setFixedTime(web.moim.clock.now() + 31 * 86_400_000);
  await page.reload();
  await page.getByText('불러오지 못했어요').waitFor();
  await page.getByRole('link', { name: '홈' }).click();
  await page.getByText('불러오지 못했어요').waitFor();
  expect(await page.getByText('매일 알고리즘').count()).toBe(0);
});
