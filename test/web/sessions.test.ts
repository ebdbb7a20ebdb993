/** Rows 8, 9, 162: sessions that begin and end while something else is under way. Answers are held, and come too late. */
import type { Page } from 'playwright-core';
import { until } from '../journeys/until.ts';
import { type Person, password } from '../support/moim.ts';
import { found } from '../support/scene.ts';
import { useWeb, type Visitor } from './support/browser.ts';

const web = useWeb();

const accountOn = (page: Page) => page.evaluate(`localStorage.getItem('account')`);
const guests = '오늘의 인증이 벽돌 한 장이 돼요';

/** Something that has come so far, and goes on when it is let through. */
function held() {
  let letThrough = () => {};
  const through = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  return { count: 0, through, letThrough: () => letThrough() };
}
const reached = (of: { readonly count: number }) =>
  until(
    async () => of.count,
    (count) => count > 0,
  );

/** Holds the answers to a path, which moim has given by then. */
async function holdAnswers({ context }: Visitor, page: Page, path: string) {
  const hold = held();
  const tools = await context.newCDPSession(page);
  tools.on('Fetch.requestPaused', ({ requestId }) => {
    hold.count += 1;
    void hold.through.then(() => tools.send('Fetch.continueResponse', { requestId })).catch(() => {});
  });
  await tools.send('Fetch.enable', { patterns: [{ urlPattern: `*${path}`, requestStage: 'Response' }] });
  return hold;
}

/** Waits until a sign-in was answered, or waits for its turn. */
async function signInIsUnderWay(page: Page, answered: () => boolean) {
  const waits = () => page.evaluate<number>('navigator.locks.query().then(({ pending }) => pending.length)');
  await until(async () => answered() || (await waits()) > 0, Boolean);
}

function watchSignIn(page: Page): () => boolean {
  let isAnswered = false;
  page.on('response', (answer) => {
    if (answer.request().method() === 'POST' && answer.url().endsWith('/v1/sessions')) isAnswered = true;
  });
  return () => isAnswered;
}

async function signIn(page: Page, { email }: Person) {
  await page.getByLabel('이메일').fill(email);
  await page.getByLabel('비밀번호').fill(password);
  await page.getByRole('button', { name: '로그인', exact: true }).click();
}

test('row 162: a refresh of the session before that is refused after a new password signs nobody out', async () => {
  const mina = await web.moim.person('MinaRefused');
  const visitor = await web.visitAs(mina, { path: '/me/password', fresh: true });
  const { page } = visitor;
  await visitor.titled('비밀번호 바꾸기');
  await visitor.live();
  await page.evaluate('globalThis.isSame = true');
  const refusal = await holdAnswers(visitor, page, '/v1/sessions/refresh');
  const change = await holdAnswers(visitor, page, '/v1/accounts/me/password');
  const answered = watchSignIn(page);
  await page.getByLabel('지금 비밀번호').fill(password);
  await page.getByLabel('새 비밀번호').fill('Brand-New-Horse-9');
  await page.getByRole('button', { name: '비밀번호 바꾸기' }).click();
  await reached(change);
  // The end of the session closes the socket. It asks for a ticket, and so for a new token.
  await web.moim.settle();
  await reached(refusal);
  change.letThrough();
  await signInIsUnderWay(page, answered);
  refusal.letThrough();

  await page.getByText('비밀번호를 바꿨어요').waitFor();
  await until(
    () => page.evaluate('navigator.locks.query().then(({ held }) => held.length)'),
    (count) => count === 0,
  );
  await visitor.whole();
  expect([await accountOn(page), new URL(page.url()).pathname]).toEqual([mina.id, '/me/password']);
  expect(await page.evaluate('isSame')).toBe(true);
  await visitor.go('/me/devices');
  await page.getByText('이 기기', { exact: true }).waitFor();
});

test('row 8: who has signed out in another tab is not brought back by a refresh that comes late', async () => {
  const mina = await web.moim.person('MinaLate');
  const visitor = await web.visitAs(mina, { path: '/me', fresh: true });
  const { page, context } = visitor;
  await visitor.titled('나');
  const other = await context.newPage();
  // It has no socket: on its way to a new one it would refresh before the test holds the answer.
  await other.route('**/v1/socket-tickets', () => {});
  await other.addInitScript(`{
    globalThis.accounts = [];
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (name, value) {
      if (name === 'account') accounts.push(value);
      setItem.call(this, name, value);
    };
  }`);
  await other.goto(`${web.moim.apiUrl}/me`);
  await other.getByRole('heading', { level: 1, name: '나' }).waitFor();
  await visitor.whole();
  // Its token is too old by now; the first page begins anew.
  await web.moveTo(new Date(web.moim.clock.now() + 16 * 60_000).toISOString());
  await page.reload();
  await visitor.titled('나');
  await visitor.whole();
  const answer = await holdAnswers(visitor, other, '/v1/sessions/refresh');
  await other.evaluate(
    `accounts.length = 0; history.pushState(null, '', '/inbox'); dispatchEvent(new PopStateEvent('popstate'))`,
  );
  await reached(answer);
  await page.getByRole('button', { name: '로그아웃' }).click();
  await visitor.titled(guests);
  await other.getByRole('heading', { level: 1, name: guests }).waitFor();
  answer.letThrough();
  const atWork = 'navigator.locks.query().then(({ held, pending }) => held.length + pending.length)';
  await until(
    () => other.evaluate(atWork),
    (count) => count === 0,
  );
  await visitor.whole();

  expect([await accountOn(other), await other.evaluate('accounts')]).toEqual([null, []]);
  await other.getByRole('heading', { level: 1, name: guests }).waitFor();
});

test('row 9: a sign-in waits for a sign-out that was left open, and keeps its cookie', async () => {
  const mina = await web.moim.person('MinaLeaving');
  const visitor = await web.visitAs(mina, { path: '/me', fresh: true });
  const { page } = visitor;
  await visitor.titled('나');
  const current = '**/v1/sessions/current';
  await page.route(current, (route) => route.abort());
  await page.getByRole('button', { name: '로그아웃' }).click();
  await visitor.titled(guests);
  await visitor.lead('/sign-in');
  await visitor.titled('다시 만나서 반가워요');
  await page.unroute(current);
  const end = held();
  await page.route(current, async (route) => {
    end.count += 1;
    await end.through;
    await route.continue();
  });
  const answered = watchSignIn(page);
  await page.evaluate(`dispatchEvent(new Event('offline')); dispatchEvent(new Event('online'))`);
  await reached(end);
  await signIn(page, mina);
  await signInIsUnderWay(page, answered);
  end.letThrough();
  await visitor.titled(/MinaLeaving/);
  await page.reload();
  await visitor.titled(/MinaLeaving/);
  await visitor.whole();
  expect(await accountOn(page)).toBe(mina.id);
  const { body } = await mina.get('/v1/sessions');
  // The one of the test itself, and the new one.
  expect(body.items).toHaveLength(2);
});

test('rows 8, 130: too many refreshes sign nobody out, and a sign-out that moim could not carry out is made up for', async () => {
  const mina = await web.moim.person('MinaBusy');
  const visitor = await web.visitAs(mina, { path: '/me', fresh: true });
  const { page } = visitor;
  await visitor.titled('나');
  await visitor.whole();
  const refresh = '**/v1/sessions/refresh';
  const json = { code: 'TOO_MANY_REQUESTS', title: 'Later', status: 429 };
  await page.route(refresh, (route) => route.fulfill({ status: 429, headers: { 'retry-after': '60' }, json }));
  const refused = page.waitForResponse(refresh);
  await page.reload();
  await refused;
  await visitor.whole();
  expect(await accountOn(page)).toBe(mina.id);
  await page.unroute(refresh);
  await page.reload();
  await visitor.titled('나');

  const current = '**/v1/sessions/current';
  await page.route(current, (route) => route.fulfill({ status: 500, json: { message: 'Gateway' } }));
  await page.getByRole('button', { name: '로그아웃' }).click();
  await visitor.titled(guests);
  expect(await page.evaluate(`localStorage.getItem('leaving')`)).toBe('1');
  await page.unroute(current);
  await page.reload();
  await until(
    () => page.evaluate(`localStorage.getItem('leaving')`),
    (leaving) => leaving === null,
  );
  const { body } = await mina.get('/v1/sessions');
  expect(body.items).toHaveLength(1);
});

test('row 9: what was under way for one person is not done in the name of the next', async () => {
  const [mina, jihun, sora] = [
    await web.moim.person('MinaFirst'),
    await web.moim.person('JihunNext'),
    await web.moim.person('SoraTo'),
  ];
  await found(mina, {}, sora);
  await web.moim.settle();
  const visitor = await web.visitAs(mina, { path: `/messages/${sora.id}`, fresh: true });
  const { page } = visitor;
  const post = held();
  await page.route('**/v1/messages', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    post.count += 1;
    await post.through;
    await route.fulfill({ status: 503, json: { message: 'Gateway' } });
  });
  await page.getByLabel('쪽지 내용').fill('미나가 써요');
  await page.getByRole('button', { name: '보내기' }).click();
  await reached(post);
  await page.evaluate('globalThis.isSame = true');
  await visitor.lead('/me');
  await page.getByRole('button', { name: '로그아웃' }).click();
  await visitor.titled(guests);
  await visitor.lead('/sign-in');
  await visitor.titled('다시 만나서 반가워요');
  await signIn(page, jihun);
  await until(
    () => page.evaluate('globalThis.isSame').catch(() => true),
    (isSame) => isSame === undefined,
  );
  post.letThrough();
  await visitor.titled(/JihunNext/);
  await visitor.whole();
  expect([await accountOn(page), post.count]).toEqual([jihun.id, 1]);
  visitor.faults.length = 0;
});

test('row 9: a page hears what other tabs have done by what is on the device, also one that the browser had put aside', async () => {
  const mina = await web.moim.person('MinaAside');
  const visitor = await web.visitAs(mina, { path: '/me', fresh: true });
  const { page } = visitor;
  await visitor.titled('나');
  await visitor.whole();
  // News of a sign-out that comes after the next sign-in.
  await page.evaluate(`dispatchEvent(new StorageEvent('storage', { key: 'account', newValue: null }))`);
  expect(await accountOn(page)).toBe(mina.id);
  await page.evaluate(
    `localStorage.removeItem('account'); dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`,
  );
  await visitor.titled(guests);
});

test('the client runs before what asks for it: its refresh waits for nothing that waits for it', async () => {
  const mina = await web.moim.person('Mina9');
  // No screen was open before: nothing that the device has kept stands in the place of the answers.
  const { page, go, titled } = await web.visitAs(mina, { locale: 'en', fresh: true, path: '/manifest.webmanifest' });
  // The turn to refresh is somebody else's until both have run.
  await page.addInitScript(`
    navigator.locks.request('refresh', () => new Promise((free) => { globalThis.free = free; }));
    document.addEventListener('load', ({ target }) => { globalThis.isEarly ||= /early-/.test(target.src); }, true);
  `);
  await page.route('**/assets/early-*.js', async (route) => {
    await page.locator('.skeletons').first().waitFor();
    await route.continue();
  });
  await go('/');
  expect(await until(() => page.evaluate('globalThis.isEarly'), Boolean)).toBe(true);

  await page.evaluate('globalThis.free()');

  await titled(/Mina9/);
});
