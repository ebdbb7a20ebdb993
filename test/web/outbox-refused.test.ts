/** Row 155: a refusal is told with what to do next, and nothing that waits is dropped silently or sent for somebody else. */
import { until } from '../journeys/until.ts';
import { password } from '../support/moim.ts';
import { certify } from '../support/scene.ts';
import { useWeb } from './support/browser.ts';
import { barriers, oddities, picture } from './support/looks.ts';
import { certifying, done, isSubmission, kept, own, photo, press } from './support/outbox.ts';

const web = useWeb();

test('row 155: the day was used up elsewhere: the person is told, saves the photo and deletes it', async () => {
  const { mina, group, visitor } = await certifying(web);
  const { page, context } = visitor;
  await context.setOffline(true);
  await page.getByLabel('한마디').fill('오늘은 그래프를 풀었어요');
  await press(visitor);
  await page.getByRole('heading', { name: '잘 담아 두었어요' }).waitFor();
  expect((await certify(mina, group)).status).toBe(201);
  await web.moim.settle();

  await context.setOffline(false);

  await page.getByRole('heading', { name: '아직 올리지 못했어요' }).waitFor();
  await page.getByText('이미 올린 인증이 있어요').waitFor();
  await page.getByText('오늘은 그래프를 풀었어요').waitFor();
  await picture(page, 'outbox-refused-phone-light-ko');
  expect([await oddities(page), await barriers(page)]).toEqual([[], []]);
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: '사진 저장하기' }).click();
  expect((await saving).suggestedFilename()).toBe('moim-2026-03-02-1.jpg');
  await page.getByRole('link', { name: '모임으로 가기' }).click();
  await page
    .getByRole('link', { name: /올리는 중인 내 인증/ })
    .filter({ hasText: '아직 못 올렸어요' })
    .click();
  await page.getByRole('button', { name: '이 인증 지우기' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '이 인증 지우기' }).click();
  await visitor.titled('오늘 인증');

  expect(await kept(page)).toEqual([]);
  expect(await own(mina, group)).toHaveLength(1);
});

test('row 155: the person was removed from the group meanwhile: home still shows it, and says why', async () => {
  const { leader, mina, group, visitor } = await certifying(web, { locale: 'en' });
  const { page, context } = visitor;
  await context.setOffline(true);
  await press(visitor);
  await page.getByRole('heading', { name: 'Saved on this device' }).waitFor();
  await leader.post(`${group.path}/members/${mina.id}/kick`, { reason: 'no reason that matters here' });
  await web.moim.settle();
  await context.setOffline(false);

  await page.getByRole('heading', { name: 'Not sent yet' }).waitFor();
  await page.getByText('The group has ended, or you are no longer in it').waitFor();
  await visitor.go('/');
  await page
    .getByRole('link', { name: /매일 알고리즘 한 문제/ })
    .filter({ hasText: 'Not sent yet' })
    .waitFor();
  await picture(page, 'outbox-home-refused-phone-light-en');
  expect([await oddities(page), await barriers(page)]).toEqual([[], []]);
  expect(await kept(page)).toMatchObject([{ state: 'REFUSED', shots: [expect.any(Number)] }]);
});

test('row 155: certified at 23:50 without a network, sent at 00:20: it counts for yesterday, and is marked late', async () => {
  await web.moveTo('2026-03-02T14:50:00Z');
  const { mina, group, visitor } = await certifying(web);
  const { page, context } = visitor;
  await context.setOffline(true);
  await press(visitor);
  await page.getByRole('heading', { name: '잘 담아 두었어요' }).waitFor();
  await web.moveTo('2026-03-02T15:20:00Z');
  await context.setOffline(false);

  await done(page);
  expect(await own(await signedInAgain(mina), group)).toMatchObject([{ day: '2026-03-02', late: true }]);
});

test('row 155: the day was used up before it could be sent: the person is told, and sends it for today', async () => {
  await web.moveTo('2026-03-03T14:50:00Z');
  const { mina, group, visitor } = await certifying(web);
  const { page, context } = visitor;
  await context.setOffline(true);
  await press(visitor);
  await page.getByRole('heading', { name: '잘 담아 두었어요' }).waitFor();
  expect((await certify(mina, group)).status).toBe(201);
  await web.moveTo('2026-03-03T15:20:00Z');
  await context.setOffline(false);

  await page.getByText('인증하려던 날이 지났어요').waitFor();
  await page.getByRole('button', { name: '오늘 몫으로 보내기' }).click();
  await done(page);
  expect(await own(await signedInAgain(mina), group)).toMatchObject([
    { day: '2026-03-04', late: false },
    { day: '2026-03-03' },
  ]);
});

test('row 155: the clock of the device is wrong: what is pressed now counts for today', async () => {
  for (const hours of [2, -14]) {
    const { mina, group, visitor } = await certifying(web);
    await visitor.context.clock.setFixedTime(web.moim.clock.now() + hours * 3_600_000);
    await press(visitor);
    await done(visitor.page);
    expect(await own(mina, group)).toMatchObject([{ late: false }]);
    expect(await own(mina, group)).toHaveLength(1);
  }
});

test('row 155: 12 hours are over: nothing is sent by itself; the person sends it for today', async () => {
  const { mina, group, visitor } = await certifying(web);
  const { page, context } = visitor;
  const posts: string[] = [];
  context.on('request', (request) => {
    if (request.method() === 'POST' && isSubmission(request.url())) posts.push(request.url());
  });
  await context.setOffline(true);
  await press(visitor);
  await page.getByRole('heading', { name: '잘 담아 두었어요' }).waitFor();
  await web.moveTo(new Date(web.moim.clock.now() + 12 * 3_600_000 + 1000).toISOString());
  await context.setOffline(false);

  await page.getByText('인증하려던 날이 지났어요').waitFor();
  expect(posts).toEqual([]);
  await page.getByRole('button', { name: '오늘 몫으로 보내기' }).click();
  await done(page);

  expect(await own(await signedInAgain(mina), group)).toMatchObject([{ late: false }]);
});

test('row 155: it had arrived before it was too old, and only the answer was lost: it counts as sent', async () => {
  const { mina, group, visitor } = await certifying(web);
  const { page } = visitor;
  await page.route('**/certifications', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    await route.fetch().catch(() => {});
    await route.abort('connectionreset').catch(() => {});
  });
  await press(visitor);
  await page.getByRole('heading', { name: '보내고 있어요' }).waitFor();
  const first = await until(
    () => own(mina, group),
    (list) => list.length > 0,
  );
  // The page is closed for that day: nothing is on its way while the clocks move.
  await visitor.go('/manifest.webmanifest');
  await web.moveTo(new Date(web.moim.clock.now() + 86_400_000).toISOString());
  await page.unroute('**/certifications');
  await visitor.go(`/groups/${group.groupId}/certify`);

  await done(page);
  expect(first).toHaveLength(1);
  expect(await own(await signedInAgain(mina), group)).toHaveLength(1);
});

test('row 155: the answer is lost, and the same call comes again a day later: it had arrived, and counts as sent', async () => {
  const { mina, group, visitor } = await certifying(web);
  const { page } = visitor;
  let calls = 0;
  await page.route('**/certifications', async (route) => {
    if (route.request().method() !== 'POST' || calls++ > 0) return route.fallback();
    await route.fetch();
    // A computer that slept: its client repeats the call when it wakes.
    await web.moveTo(new Date(web.moim.clock.now() + 86_400_000).toISOString());
    await route.abort('connectionreset');
  });

  await press(visitor);

  await done(page);
  expect(await own(await signedInAgain(mina), group)).toHaveLength(1);
});

test('an upload that moim does not take any more is made anew', async () => {
  const { mina, group, visitor } = await certifying(web);
  const { page, context } = visitor;
  await page.route('**/missions/*/certifications', (route) => route.abort('connectionreset'));
  await press(visitor);
  await page.waitForRequest((request) => isSubmission(request.url()));
  await context.setOffline(true);
  await page.unroute('**/missions/*/certifications');
  // As old as it would be after a day: its ticket is worth nothing.
  await page.evaluate(`new Promise((resolve) => {
    const opening = indexedDB.open('moim');
    opening.onsuccess = () => {
      const objects = opening.result.transaction('outbox', 'readwrite').objectStore('outbox');
      objects.getAll().onsuccess = ({ target: { result: [entry] } }) => {
        entry.shots[0].uploadId = 'a'.repeat(40);
        objects.put(entry, entry.id).onsuccess = resolve;
      };
    };
  })`);
  await page.reload({ waitUntil: 'commit' }).catch(() => {});
  await context.setOffline(false);
  await visitor.go(`/groups/${group.groupId}/certify`);

  await done(page);
  expect(await own(mina, group)).toMatchObject([{ images: [expect.any(String)] }]);
});

test('row 155: whose session has ended finds it after the next sign-in; somebody else on the device neither sees nor sends it', async () => {
  const { mina, group, visitor } = await certifying(web);
  const { page, context } = visitor;
  const other = await web.moim.person('Jihun155');
  await context.setOffline(true);
  await press(visitor);
  await page.getByRole('heading', { name: '잘 담아 두었어요' }).waitFor();
  await mina.send('DELETE', '/v1/sessions');
  await web.moim.settle();
  await context.setOffline(false);

  await visitor.titled('다시 만나서 반가워요');
  await page.getByText('보내지 못한 인증이 이 기기에 있어요').waitFor();
  await picture(page, 'outbox-sign-in-phone-light-ko');
  expect([await oddities(page), await barriers(page)]).toEqual([[], []]);
  const signIn = async (email: string) => {
    await page.getByLabel('이메일').fill(email);
    await page.getByLabel('비밀번호').fill(password);
    await page.getByRole('button', { name: '로그인', exact: true }).click();
  };
  // For somebody else the page is loaded anew.
  const anew = page.waitForEvent('load');
  await signIn(other.email);
  await anew;
  expect(await page.evaluate(`localStorage.getItem('account')`)).toBe(other.id);
  await visitor.go('/');
  await visitor.titled(/Jihun155/);
  await visitor.whole();
  expect(await page.getByText(/올리는 중|아직 못/).count()).toBe(0);
  expect(await kept(page)).toMatchObject([{ accountId: mina.id, state: 'SENDING' }]);
  expect(await own(await signedInAgain(mina), group)).toEqual([]);
  await visitor.go('/me');
  await page.getByRole('button', { name: '로그아웃' }).click();
  await visitor.titled('오늘의 인증이 벽돌 한 장이 돼요');
  expect(await kept(page)).toHaveLength(1);

  await visitor.go('/sign-in');
  await signIn(mina.email);

  await page.getByText('매일 알고리즘 한 문제에 인증을 올렸어요').waitFor();
  expect(await own(await signedInAgain(mina), group)).toHaveLength(1);
});

/** The same person with a new session, beside the browser. */
async function signedInAgain(person: { readonly email: string }) {
  const { tokens } = await web.moim.signIn(person.email);
  const headers = { authorization: `Bearer ${tokens.accessToken}` };
  return { get: (path: string) => web.moim.guest.get(path, headers) } as Parameters<typeof own>[0];
}

test('several photos: added, put in order, taken out, five at most, by keyboard too; moim has them in that order', async () => {
  const { mina, group, visitor } = await certifying(web);
  const { page } = visitor;
  const choose = (files: string[]) => page.locator('input[type=file]').last().setInputFiles(files);
  await choose([photo, photo, photo]);
  const list = page.getByRole('list', { name: '사진 5장 중 3장' });
  await list.waitFor();
  await picture(page, 'certify-photos-phone-light-ko');
  expect([await oddities(page), await barriers(page)]).toEqual([[], []]);
  const addresses = () => list.locator('img').evaluateAll((all) => all.map((each) => each.getAttribute('src')));
  const [a, b, c] = await addresses();
  await page.getByRole('button', { name: '사진 3 앞으로 옮기기' }).focus();
  await page.keyboard.press('Enter');
  expect(await addresses()).toEqual([a, c, b]);
  await page.getByRole('button', { name: '사진 1 뒤로 옮기기' }).click();
  expect(await addresses()).toEqual([c, a, b]);
  await page.getByRole('button', { name: '사진 2 빼기' }).click();
  await page.getByRole('list', { name: '사진 5장 중 2장' }).waitFor();
  await choose([photo, photo, photo, photo]);
  await page.getByRole('alert').filter({ hasText: '사진은 5장까지' }).waitFor();
  await page.getByRole('list', { name: '사진 5장 중 5장' }).waitFor();
  await page.getByRole('button', { name: '사진 5 빼기' }).click();
  await page.getByRole('button', { name: '사진 4 빼기' }).click();

  await page.getByRole('button', { name: '한 장 쌓기' }).click();
  await done(page);

  const [made] = await own(mina, group);
  expect(made.images).toHaveLength(3);
});
