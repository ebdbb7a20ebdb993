/** Row 155: a certification waits on the device and is sent exactly once, whatever happens on the way, and the person sees it. */
import { until } from '../journeys/until.ts';
import { useWeb } from './support/browser.ts';
import { barriers, oddities, picture } from './support/looks.ts';
import { certifying, done, goToCertify, isSubmission, kept, own, press } from './support/outbox.ts';

const web = useWeb();

test('row 155: without a network it is kept, shown on three screens, survives a closed app, and is sent once at the next start', async () => {
  const { mina, group, visitor } = await certifying(web, { worker: true });
  const { page, context } = visitor;
  await goToCertify(visitor);
  await context.setOffline(true);
  await page.getByText('연결되면 보낼게요').waitFor();

  await press(visitor);

  await page.getByRole('heading', { name: '잘 담아 두었어요' }).waitFor();
  await picture(page, 'outbox-waits-phone-light-ko');
  expect([await oddities(page), await barriers(page)]).toEqual([[], []]);
  await page.getByRole('link', { name: '모임으로 가기' }).click();
  await page
    .getByRole('link', { name: /올리는 중인 내 인증/ })
    .filter({ hasText: '연결되면 보낼게요' })
    .waitFor();
  await picture(page, 'outbox-group-phone-light-ko');
  expect([await oddities(page), await barriers(page)]).toEqual([[], []]);
  await page.getByRole('link', { name: '뒤로' }).click();
  await page
    .getByRole('link', { name: /올리는 중인 인증/ })
    .filter({ hasText: '연결되면 보낼게요' })
    .waitFor();
  await picture(page, 'outbox-home-phone-light-ko');
  expect([await oddities(page), await barriers(page)]).toEqual([[], []]);
  expect(await kept(page)).toMatchObject([{ accountId: mina.id, state: 'SENDING', shots: [expect.any(Number)] }]);
  await page.close();
  expect(await own(mina, group)).toEqual([]);

  await context.setOffline(false);
  const next = await context.newPage();
  const told = next.getByText('매일 알고리즘 한 문제에 인증을 올렸어요').waitFor();
  await Promise.all([told, next.goto(web.moim.apiUrl)]);

  const items = await own(mina, group);
  expect(items).toMatchObject([{ status: 'WAITING', images: [expect.any(String)] }]);
  // The photo does not stay.
  expect(await kept(next)).toMatchObject([{ state: 'SENT', shots: [] }]);
});

test('row 155: an answer that is lost, five times: one certification, and the person sees it arrive', async () => {
  const { mina, group, visitor } = await certifying(web);
  const { page } = visitor;
  let lost = 0;
  await page.route('**/certifications', async (route) => {
    if (route.request().method() !== 'POST' || lost === 5) return route.fallback();
    lost++;
    await route.fetch();
    await route.abort('connectionreset');
  });

  await press(visitor);
  await page.getByRole('heading', { name: '보내고 있어요' }).waitFor();

  await done(page);
  expect(lost).toBe(5);
  expect(await own(mina, group)).toHaveLength(1);
});

test('row 155: an upload that is cut, and a 503 for each step: one certification with its photo', async () => {
  const { mina, group, visitor } = await certifying(web, { locale: 'ko' });
  const { page } = visitor;
  const failed: Record<string, number> = {};
  const failOnce = (name: string, answer: 'cut' | 503) =>
    page.route(
      (url) => (name === 'bucket' ? url.origin !== new URL(web.moim.apiUrl).origin : url.pathname.endsWith(name)),
      async (route) => {
        if (route.request().method() !== 'POST' || failed[name]) return route.fallback();
        failed[name] = 1;
        if (answer === 'cut') return route.abort('connectionreset');
        const body = JSON.stringify({ message: 'Service Unavailable' });
        return route.fulfill({ status: 503, contentType: 'application/json', body });
      },
    );
  await failOnce('bucket', 'cut');
  await failOnce('/uploads', 503);
  await failOnce('/certifications', 503);

  await press(visitor);
  await done(page);

  expect(failed).toEqual({ bucket: 1, '/uploads': 1, '/certifications': 1 });
  expect(await own(mina, group)).toMatchObject([{ images: [expect.any(String)] }]);
});

test('row 155: the app is closed while the answer is on its way; another tab, and this one again, send nothing twice', async () => {
  const { mina, group, visitor } = await certifying(web);
  const { page, context } = visitor;
  const keys: (string | undefined)[] = [];
  context.on('request', (request) => {
    if (request.method() === 'POST' && isSubmission(request.url())) keys.push(request.headers()['idempotency-key']);
  });
  let isHeld = false;
  await page.route('**/certifications', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    // It reached moim, and the phone is switched off before the answer.
    await route.fetch();
    isHeld = true;
  });
  await press(visitor);
  await until(
    async () => isHeld,
    (held) => held,
  );
  const other = await context.newPage();
  await other.goto(`${web.moim.apiUrl}/groups/${group.groupId}`);
  await other.getByRole('link', { name: /올리는 중인 내 인증/ }).waitFor();
  const sentBefore = keys.length;
  // The first tab has the lock: the other one waits for it.
  expect(sentBefore).toBe(1);
  await page.close({ runBeforeUnload: false });

  await other.getByText('매일 알고리즘 한 문제에 인증을 올렸어요').waitFor();
  expect(new Set(keys).size).toBe(1);
  expect(await own(mina, group)).toHaveLength(1);
});

test('row 155: two tabs and two taps on the network at once: each entry leaves once', async () => {
  const { mina, group, visitor } = await certifying(web);
  const { page, context } = visitor;
  const posts: string[] = [];
  context.on('request', (request) => {
    if (request.method() === 'POST' && isSubmission(request.url())) posts.push(request.url());
  });
  const other = await context.newPage();
  await other.goto(`${web.moim.apiUrl}/groups/${group.groupId}`);
  // With its answers: a screen that still loads when the network goes shows none of its own.
  await other.getByRole('heading', { level: 1, name: '매일 알고리즘 한 문제' }).waitFor();
  await context.setOffline(true);
  await press(visitor);
  await page.getByRole('heading', { name: '잘 담아 두었어요' }).waitFor();
  // One tab’s change is seen by the other.
  await other.getByRole('link', { name: /올리는 중인 내 인증/ }).waitFor();

  await context.setOffline(false);

  await done(page);
  await other.locator('.rows').getByText('올렸어요').waitFor();
  expect(posts).toHaveLength(1);
  expect(await own(mina, group)).toHaveLength(1);
});

test('row 155: the browser wakes the worker when no page is open, and it sends what waits', async () => {
  const { mina, group, visitor } = await certifying(web, { worker: true });
  const { page, context } = visitor;
  await visitor.go(`/groups/${group.groupId}/certify`);
  await page.locator('input[type=file]').last().waitFor({ state: 'attached' });
  await context.setOffline(true);
  await press(visitor);
  await page.getByRole('heading', { name: '잘 담아 두었어요' }).waitFor();
  // No page of the site is open: the protocol only needs one of any kind.
  const quiet = await context.newPage();
  await page.close();
  await context.setOffline(false);
  const session = await context.newCDPSession(quiet);
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [one] = registrations;
      if (one) resolve(one.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await registered;
  const origin = new URL(web.moim.apiUrl).origin;
  await session.send('ServiceWorker.dispatchSyncEvent', { origin, registrationId, tag: 'outbox', lastChance: false });

  const items = await until(
    () => own(mina, group),
    (list) => list.length > 0,
  );
  expect(items).toHaveLength(1);
  // The person finds it sent, and is told.
  const told = quiet.getByText('매일 알고리즘 한 문제에 인증을 올렸어요').waitFor();
  await Promise.all([told, quiet.goto(web.moim.apiUrl)]);
  expect(await own(mina, group)).toHaveLength(1);
});
