/** Row 159: push messages that arrive, and what people see when they do not. The push service and its browser are on this machine. */
import { until } from '../journeys/until.ts';
import { someone } from '../support/people.ts';
import { type PushServices, startPushServices, type Target } from '../support/push-services.ts';
import { found } from '../support/scene.ts';
import { itemsOf } from '../support/table.ts';
import { useWeb, type Visitor } from './support/browser.ts';
import { keptOn } from './support/kept.ts';
import { barriers, oddities, picture } from './support/looks.ts';

const web = useWeb();
const day = 86_400_000;
let services: PushServices;
beforeAll(async () => {
  services = await startPushServices(web.moim);
});
afterAll(() => services.close());

/** Chromium without Google cannot subscribe: the page is given a subscription of the push service of the test. */
const lend = ({ context }: Visitor, { registration }: Target, permission = 'granted') =>
  context.addInitScript(`{
    const subscription = {
      ...${JSON.stringify(registration.subscription)},
      options: { applicationServerKey: Uint8Array.from(atob('${services.publicKey}'.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0)).buffer },
      toJSON: () => (${JSON.stringify(registration.subscription)}),
      unsubscribe: async () => (localStorage.setItem('test-subscribed', ''), true),
    };
    PushManager.prototype.subscribe = async () => (localStorage.setItem('test-subscribed', 'yes'), subscription);
    PushManager.prototype.getSubscription = async () => (localStorage.getItem('test-subscribed') ? subscription : null);
    let permission = localStorage.getItem('test-permission') ?? 'default';
    Object.defineProperty(Notification, 'permission', { get: () => permission });
    Notification.requestPermission = async () => {
      window.asked = (window.asked ?? 0) + 1;
      permission = '${permission}';
      localStorage.setItem('test-permission', permission);
      return permission;
    };
  }`);

/** What the browser does with a message that has come: hands it to the worker, as the push service would. */
async function delivery({ context, page }: Visitor) {
  await context.grantPermissions(['notifications'], { origin: new URL(web.moim.apiUrl).origin });
  const session = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    session.on(
      'ServiceWorker.workerRegistrationUpdated',
      ({ registrations: [one] }) => one && resolve(one.registrationId),
    );
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await registered;
  const origin = new URL(web.moim.apiUrl).origin;
  return (data: string) => session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
}
const shownIn = ({ page }: Visitor) =>
  page.evaluate(
    `navigator.serviceWorker.ready.then((one) => one.getNotifications()).then((all) => all.map(({ body, data }) => ({ body, data })))`,
  ) as Promise<{ body: string; data: string }[]>;
/**
 * The notification that leads to a screen, right after its message came: Chromium takes each away after 25 seconds where the
 * system has no place of its own for them, so a slow machine never shows the first and the last together.
 */
const shownFor = async (visitor: Visitor, path: string) =>
  (
    await until(
      () => shownIn(visitor),
      (list) => list.some(({ data }) => data === path),
    )
  ).find(({ data }) => data === path);
/** The message that names somebody, once the push service has it. */
async function heardOf({ heard }: Target, nickname: string): Promise<string> {
  const find = async () => heard.find(({ message }) => message.text?.includes(nickname));
  return JSON.stringify((await until(find, (one) => one !== undefined))!.message);
}
const devicesOf = (accountId: string) => itemsOf(web.moim, 'Device', { accountId });

/** Somebody who has turned push messages on in their browser, by taps. */
async function turnedOn(name: string, locale: 'ko' | 'en' = 'ko') {
  const browser = services.browser();
  const person = await web.moim.person(name);
  const visitor = await web.visit({ locale, worker: true });
  await lend(visitor, browser);
  await web.visitAs(person, { path: '/me/devices', within: visitor });
  const { page } = visitor;
  await page.evaluate('navigator.serviceWorker.ready');
  const button = page.getByRole('button', { name: locale === 'ko' ? '켜기' : 'Turn on' });
  await button.waitFor();
  expect(await page.evaluate('window.asked ?? 0')).toBe(0);
  await button.click();
  await page.getByText(locale === 'ko' ? '알림을 받고 있어요' : 'On for this device').waitFor();
  return { browser, person, visitor };
}

test('row 159: turned on by a tap, tested, confirmed by the worker, opened on its screen, and ended by the sign-out', async () => {
  const { browser, person, visitor } = await turnedOn('PushMina');
  const { page } = visitor;
  const deliver = await delivery(visitor);
  await page.getByText('아직 도착한 알림이 없어요').waitFor();
  expect(await devicesOf(person.id)).toHaveLength(1);

  await page.getByRole('button', { name: '테스트 보내기' }).click();
  await page.getByText('보냈어요. 곧 알림이').waitFor();
  await deliver(JSON.stringify(browser.heard[0]!.message));
  expect(await shownFor(visitor, '/me/devices')).toMatchObject({ body: expect.stringMatching(/./) });
  await page.getByText('테스트 알림이 잘 도착했어요').waitFor();
  const [device] = await until(
    () => devicesOf(person.id),
    ([one]) => one?.receivedAt !== undefined,
  );
  expect(device).toMatchObject({ receivedAt: expect.any(String) });
  await page.reload();
  await page.getByText('최근 하루 안에 잘 도착했어요').waitFor();
  await picture(page, 'push-on-phone-light-ko');
  expect([await oddities(page), await barriers(page)]).toEqual([[], []]);

  // Every message shows something, also one that nobody can read, and leads to its screen.
  const { groupId, path } = await found(person, { title: '아침 글쓰기' });
  await (await someone(web.moim, '하나')).post(`${path}/members`);
  await web.moim.settle();
  await deliver(await heardOf(browser, '하나'));
  expect(await shownFor(visitor, `/groups/${groupId}`)).toMatchObject({ body: expect.stringContaining('하나') });
  await deliver('{"broken');
  expect(await shownFor(visitor, '/inbox')).toMatchObject({ body: '새 소식이 있어요.' });

  await visitor.go('/me');
  await page.getByRole('button', { name: '로그아웃' }).click();
  await visitor.titled('오늘의 인증이 벽돌 한 장이 돼요');
  await web.moim.settle();
  expect(await devicesOf(person.id)).toEqual([]);
  expect(await page.evaluate(`localStorage.getItem('test-subscribed')`)).toBe('');
  const shown = await until(
    () => shownIn(visitor),
    (list) => list.length === 0,
  );
  expect(shown).toEqual([]);
});

test('row 159: the icon counts what comes while nobody looks; a browser that gives the device another address tells moim', async () => {
  const { browser, person, visitor } = await turnedOn('PushSora');
  const { context, page } = visitor;
  const { path } = await found(person, { title: '아침 글쓰기' });
  await web.moim.settle();
  const [worker] = context.serviceWorkers();
  await worker!.evaluate('navigator.setAppBadge = async (count) => { self.badge = count; }');
  const quiet = await context.newPage();
  const deliver = await delivery({ ...visitor, page: quiet });
  const { unread } = (await person.get('/v1/accounts/me/today')).body;
  // The worker goes on from what the page wrote down.
  await until(
    () => keptOn(page, 'unread'),
    (text) => text === String(unread),
  );
  await page.close();
  await (await someone(web.moim, '하나')).post(`${path}/members`);
  await web.moim.settle();
  await deliver(await heardOf(browser, '하나'));
  const counted = await until(
    () => worker!.evaluate('self.badge') as Promise<number | undefined>,
    (count) => count !== undefined,
  );
  expect(counted).toBe(unread + 1);

  const next = services.browser();
  await worker!.evaluate(`{
    PushManager.prototype.subscribe = async () => ({ toJSON: () => (${JSON.stringify(next.registration.subscription)}) });
    const event = new Event('pushsubscriptionchange');
    event.waitUntil = (work) => { self.told = work; };
    dispatchEvent(event);
  }`);
  await worker!.evaluate('self.told');
  // Two joins within ten minutes would be one message.
  await web.moveTo(new Date(web.moim.clock.now() + 11 * 60_000).toISOString());
  await (await someone(web.moim, '두리')).post(`${path}/members`);
  await web.moim.settle();
  expect(await heardOf(next, '두리')).toContain('두리');
});

test('row 159: three days without a receipt: home says so and leads to the devices; 410 takes the device out of the list', async () => {
  const { browser, person, visitor } = await turnedOn('PushTao', 'en');
  const { page } = visitor;
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('Sent. It should show').waitFor();
  expect(browser.tries).toBe(1);
  await web.moveTo(new Date(web.moim.clock.now() + 3 * day).toISOString());

  await visitor.go('/');
  await page.getByText('have not arrived on this device for three days').waitFor();
  await picture(page, 'push-silent-home-phone-light-en');
  expect([await oddities(page), await barriers(page)]).toEqual([[], []]);
  await page.getByRole('link', { name: /Check now/ }).click();
  await page.getByText(/Sent, but not arriving/).waitFor();
  await picture(page, 'push-silent-phone-light-en');
  expect([await oddities(page), await barriers(page)]).toEqual([[], []]);

  browser.answers.push(410);
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('That device no longer accepts').waitFor();
  await page.getByRole('button', { name: 'Send a test' }).waitFor({ state: 'detached' });
  expect(await devicesOf(person.id)).toEqual([]);
});

test('row 159: who says no is told how to change that; an iPhone is told about the home screen; nobody is asked without a tap', async () => {
  const person = await web.moim.person('PushHana');
  const visitor = await web.visit({ worker: true });
  await lend(visitor, services.browser(), 'denied');
  await web.visitAs(person, { path: '/me/devices', within: visitor });
  await visitor.page.getByRole('button', { name: '켜기' }).click();
  await visitor.page.getByText('사이트 설정에서 알림을 허용').waitFor();

  const phone = await web.visit({ worker: true });
  await phone.context.addInitScript(
    `Object.defineProperty(navigator, 'userAgent', { get: () => 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)' })`,
  );
  await web.visitAs(person, { path: '/me/devices', within: phone });
  await phone.page.getByText('홈 화면에 추가하면 받을 수 있어요').waitFor();
  await picture(phone.page, 'push-install-phone-light-ko');
  expect([await oddities(phone.page), await barriers(phone.page)]).toEqual([[], []]);
});
