/** What a device keeps of a person, what a sign-out leaves of it, and what its tabs tell each other. */
import { until } from '../journeys/until.ts';
import { found } from '../support/scene.ts';
import { itemsOf } from '../support/table.ts';
import { useWeb, type Visitor } from './support/browser.ts';
import { barriers, oddities, picture } from './support/looks.ts';
import { certifying, goToCertify, kept, own, press } from './support/outbox.ts';

const web = useWeb();
const keptTexts = async ({ page }: Visitor) => JSON.stringify(await kept(page, 'kept'));

test('the own address of mail, ways in and invite codes are never written to the device; home still opens without a network', async () => {
  const mina = await web.moim.person('DeviceMina');
  const { groupId } = await found(mina, { title: '매일 알고리즘 한 문제' });
  await web.moim.settle();
  const visitor = await web.visitAs(mina, { worker: true });
  const { page, context } = visitor;
  await visitor.titled(/DeviceMina/);
  for (const [path, text] of [
    ['/me/address', mina.email],
    ['/me/safety', mina.email],
    ['/me/sign-ins', '비밀번호'],
    ['/me/devices', '이 기기'],
    [`/groups/${groupId}/invites`, '초대'],
  ] as const) {
    await visitor.go(path);
    await page.getByText(text).first().waitFor();
    await visitor.whole();
    // As long as answers settle before they are written.
    await page.waitForFunction(`new Promise((resolve) => setTimeout(() => resolve(true), 400))`);
  }
  await visitor.go('/');
  await visitor.titled(/DeviceMina/);
  const text = await until(
    () => keptTexts(visitor),
    (each) => each.includes('DeviceMina'),
  );

  expect(text).toContain('DeviceMina');
  expect(text).not.toContain('@');
  for (const key of ['sign-ins', 'factors', 'exports', 'invite-code', '"sessions"']) expect(text).not.toContain(key);
  await page.evaluate('navigator.serviceWorker.ready');
  await page.reload();
  await visitor.titled(/DeviceMina/);
  await context.setOffline(true);
  await page.reload();
  await visitor.titled(/DeviceMina/);
});

test('row 155: a sign-out asks where something waits, clears the device without a network, and ends the session with the next one', async () => {
  const { mina, group, visitor } = await certifying(web, { worker: true });
  const { page, context } = visitor;
  await goToCertify(visitor);
  await page.evaluate(`caches.open('photos').then((cache) => cache.put('/media/x', new Response('a photo')))`);
  const before = await itemsOf(web.moim, 'Session', { accountId: mina.id });
  await context.setOffline(true);
  await press(visitor);
  await page.getByRole('heading', { name: '잘 담아 두었어요' }).waitFor();
  await page.getByRole('link', { name: '모임으로 가기' }).click();
  await page.getByRole('link', { name: '뒤로' }).click();
  await page.getByRole('link', { name: '나', exact: true }).click();
  await page.getByRole('button', { name: '로그아웃' }).click();

  const sheet = page.getByRole('dialog', { name: '아직 보내지 못한 인증 1건이 있어요' });
  await sheet.waitFor();
  await picture(page, 'device-sign-out-phone-light-ko');
  expect([await oddities(page), await barriers(page)]).toEqual([[], []]);
  await page.keyboard.press('Escape');
  expect(await kept(page)).toHaveLength(1);
  await page.getByRole('button', { name: '로그아웃' }).click();
  await sheet.getByRole('button', { name: '지우고 로그아웃하기' }).click();

  await visitor.titled('오늘의 인증이 벽돌 한 장이 돼요');
  expect(await kept(page)).toEqual([]);
  await until(
    () => keptTexts(visitor),
    (text) => !text.includes('Mina'),
  );
  expect(await keptTexts(visitor)).not.toContain('Mina');
  // The worker deletes them when it hears of it.
  expect(
    await until(
      () => page.evaluate(`caches.has('photos')`),
      (has) => !has,
    ),
  ).toBe(false);
  expect(await page.evaluate(`localStorage.getItem('account')`)).toBeNull();
  expect(await itemsOf(web.moim, 'Session', { accountId: mina.id })).toHaveLength(before.length);

  await context.setOffline(false);

  const after = await until(
    () => itemsOf(web.moim, 'Session', { accountId: mina.id }),
    (list) => list.length < before.length,
  );
  expect(after).toHaveLength(before.length - 1);
  expect(await own(mina, group)).toEqual([]);
});

test('two tabs: what one changes the other shows; both refresh and stay; a sign-out in one is one in both', async () => {
  const tao = await web.moim.person('DeviceTao');
  const visitor = await web.visitAs(tao, { locale: 'en', path: '/me/edit' });
  const { page, context } = visitor;
  const other = await context.newPage();
  await other.goto(web.moim.apiUrl);
  await other.getByRole('heading', { name: /DeviceTao/ }).waitFor();
  await page.getByLabel('Nickname').fill('Tao the early');
  await page.getByRole('button', { name: 'Save' }).click();
  await visitor.titled('Me');
  await other.getByRole('heading', { name: /Tao the early/ }).waitFor();

  // The access tokens of both have expired: both refresh, and the token works once.
  await web.moveTo(new Date(web.moim.clock.now() + 3_600_000).toISOString());
  await Promise.all([page.reload(), other.reload()]);
  await Promise.all([visitor.titled('Me'), other.getByRole('heading', { name: /Tao the early/ }).waitFor()]);
  await Promise.all([visitor.whole(), other.waitForLoadState('networkidle')]);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await visitor.titled('What you do today becomes a brick');
  await other.getByRole('heading', { name: /What you do today/ }).waitFor();
  const left = await until(
    () => keptTexts(visitor),
    (text) => !text.includes('Tao'),
  );
  expect(left).not.toContain('Tao');
});
