/** Signing in at providers in the browser: there and back, the first time, what is refused, and linking. */
import { type LocalProvider, startLocalProvider } from '../accounts/identities/local-provider.ts';
import { register } from '../accounts/identities/support.ts';
import { password } from '../support/moim.ts';
import { administerIn } from './support/administrator.ts';
import { useWeb, type VisitOptions, type Visitor } from './support/browser.ts';
import { barriers, oddities, picture } from './support/looks.ts';
import { site, underName } from './support/site.ts';

const web = useWeb();
let provider: LocalProvider;
beforeAll(async () => {
  provider = await startLocalProvider(web.moim.clock.now);
  await register(web.moim, provider.registrations);
});
afterAll(() => provider.stop());

/** A browser whose person is known to providers: each shows a page on which one agrees or does not. */
async function known(person: object, options: VisitOptions = {}): Promise<Visitor> {
  const visitor = await web.visit({ ...options, fresh: true });
  await underName(web, visitor);
  await visitor.context.route(`${provider.url}/*/authorize?*`, async (route) => {
    const asked = new URL(route.request().url());
    const back = (query: string) => `${asked.searchParams.get('redirect_uri')}?${query}`.replaceAll('&', '&amp;');
    const no = new URLSearchParams({ error: 'access_denied', state: asked.searchParams.get('state')! });
    const yes = provider.agree(asked.href, person);
    const body = `<h1>At the provider</h1><a href="${back(yes)}">Agree</a> <a href="${back(no.toString())}">Refuse</a>`;
    await route.fulfill({ contentType: 'text/html', body });
  });
  return visitor;
}

const agree = ({ page }: Visitor) => page.getByRole('link', { name: 'Agree' }).click();
/** What a screen of its own must be: without barriers. */
async function looked({ page }: Visitor, name: string) {
  await picture(page, name);
  expect(await oddities(page)).toEqual([]);
  expect(await barriers(page)).toEqual([]);
}

test('row 7, in Korean: comes with GitHub, chooses a name, links Kakao, and keeps at least one way in', async () => {
  const visitor = await known({ id: 7, emails: [{ email: 'octo@example.com', primary: true, verified: true }] });
  const { page, titled } = visitor;
  const addresses: string[] = [];
  page.on('framenavigated', (frame) => addresses.push(frame.url()));
  await page.goto(`${site}/`);
  await page.getByRole('button', { name: '깃허브 계정으로 계속하기' }).waitFor();
  await looked(visitor, 'social-welcome');
  await page.getByRole('button', { name: '깃허브 계정으로 계속하기' }).click();
  await agree(visitor);

  await titled('거의 다 됐어요! 뭐라고 부를까요?');
  await page.getByText('octo@example.com').waitFor();
  await looked(visitor, 'social-nickname');
  // The code has left the address and is in no storage, and neither is the ticket.
  expect(addresses.some((address) => address.includes('code='))).toBe(true);
  expect(await page.evaluate('[location.href, sessionStorage.length]')).toEqual([`${site}/social-sign-in`, 0]);
  await page.getByLabel('닉네임').fill('문어');
  await page.getByRole('button', { name: '시작하기' }).click();
  await titled(/문어님/);

  await page.goto(`${site}/me/safety`);
  await page.getByRole('link', { name: /간편 로그인/ }).click();
  await titled('간편 로그인');
  await page.getByRole('button', { name: '연결하기 카카오' }).click();
  await agree(visitor);
  await page.getByText('카카오 계정을 연결했어요').waitFor();
  await titled('간편 로그인');
  await looked(visitor, 'social-linked');
  await page.getByRole('button', { name: '연결 끊기 깃허브' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: '연결 끊기' }).click();
  await page.getByText('깃허브 계정의 연결을 끊었어요').waitFor();
  await sheet.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '연결 끊기 카카오' }).click();
  await sheet.getByRole('button', { name: '연결 끊기' }).click();
  await sheet.getByText('하나뿐인 로그인 방법은 해제할 수 없어요', { exact: false }).waitFor();

  await page.goto(`${site}/me`);
  await page.getByRole('button', { name: '로그아웃' }).click();
  await titled('오늘의 인증이 벽돌 한 장이 돼요');
  await page.getByRole('link', { name: '이미 가입했어요' }).click();
  await page.getByRole('button', { name: '카카오 계정으로 계속하기' }).click();
  await agree(visitor);
  await titled(/문어님/);
});

test('row 7, in English: an address that Naver does not vouch for is explained with its name; signed in as before, it is linked', async () => {
  const mina = await web.moim.person('Mina');
  const visitor = await known({ id: 'n-1', email: mina.email }, { locale: 'en' });
  const { page, titled } = visitor;
  await page.goto(`${site}/sign-in`);
  await page.getByRole('button', { name: 'Continue with Naver' }).click();
  await agree(visitor);
  await titled('This address has an account already');
  await page
    .getByRole('alert')
    .getByText(/Naver does not tell us/)
    .waitFor();
  await looked(visitor, 'social-known');
  await page.getByRole('link', { name: 'Sign in as before' }).click();
  await page.getByLabel('E-mail').fill(mina.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await titled('Linked sign-ins');
  await page.getByRole('button', { name: 'Link Naver' }).click();
  await agree(visitor);
  await page.getByText('Naver is linked').waitFor();
  const { body } = await mina.get('/v1/accounts/me/identities');
  expect(body.items).toMatchObject([{ provider: 'naver', email: mina.email }]);

  // The same account of Naver cannot lead into two accounts.
  const tao = await web.moim.person('Tao');
  const other = await known({ id: 'n-1' }, { locale: 'en' });
  await other.page.goto(`${site}/sign-in?then=/me/social`);
  await other.page.getByLabel('E-mail').fill(tao.email);
  await other.page.getByLabel('Password', { exact: true }).fill(password);
  await other.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await other.page.getByRole('button', { name: 'Link Naver' }).click();
  await agree(other);
  await other.titled('Linked to another account');
  await other.page.getByRole('link', { name: 'Go back' }).click();
  await other.titled('Linked sign-ins');
});

test('row 7: who refuses there, loses the answer, or comes with an address of elsewhere can always go on', async () => {
  const visitor = await known({ id: 8, emails: [] }, { locale: 'en' });
  const { page, titled } = visitor;
  const begin = () => page.getByRole('button', { name: 'Continue with GitHub' }).click();
  await page.goto(`${site}/sign-in`);
  await begin();
  await page.getByRole('link', { name: 'Refuse' }).click();
  await titled('You are not in yet');
  await page.getByRole('link', { name: 'Start over' }).click();
  await titled('Good to see you again');

  // The answers are lost on their way. The same request is sent again, and moim gives the same answer.
  let isLost = true;
  await page.route(`${site}/v1/social-sign-ins/complete`, async (route) => {
    if (!isLost) return route.fallback();
    await route.fetch({ url: route.request().url().replace(site, web.moim.apiUrl) });
    await route.abort();
  });
  await begin();
  await agree(visitor);
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  isLost = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await titled('Almost there! What do we call you?');

  // A link with a code that somebody sends does nothing: this tab did not begin it.
  await page.goto(`${site}/social-sign-in?code=stolen&state=stolen`);
  await titled('Please start over');
  await looked(visitor, 'social-lost');
  expect(page.url()).toBe(`${site}/social-sign-in`);
  await page.getByRole('link', { name: 'Start over' }).click();
  await titled('Good to see you again');
});

test('rows 7, 13: who comes with Kakao through a club has an account, and an application with what the club asks for', async () => {
  const leader = await web.moim.person('Sora');
  await administerIn(web, leader);
  const { body: club } = await leader.post('/v1/groups', {
    kind: 'CLUB',
    title: 'Wall to wall',
    category: 'SPORTS',
    asks: ['LEVEL'],
  });
  const visitor = await known({ id: 99 }, { locale: 'en' });
  const { page, titled } = visitor;
  await page.goto(`${site}/?club=${club.id}`);
  await titled('Join Wall to wall');
  await page.getByRole('button', { name: 'Continue with Kakao' }).click();
  await agree(visitor);
  await page.getByLabel('Nickname').fill('climber');
  await page.getByLabel('Level').selectOption('7');
  await looked(visitor, 'social-club');
  await page.getByRole('button', { name: 'Sign up and apply' }).click();
  await titled('Wall to wall');
  await page.getByText('You have applied. Waiting for an answer.').waitFor();
  await web.moim.settle();
  const { body } = await leader.get(`/v1/groups/${club.id}/applications`);
  expect(body.items).toMatchObject([{ nickname: 'climber', profile: { level: 7 } }]);
});

test.each([
  ['Kakao, which asks nobody again: a new sign-in is the proof', 'Kakao', { id: 41 }],
  [
    'Apple, which asks again and says when',
    'Apple',
    {
      sub: '001.zoe',
      get auth_time() {
        return Math.floor(web.moim.clock.now() / 1000);
      },
    },
  ],
])('row 162: an account without a password proves who it is at %s, and comes back', async (_, name, person) => {
  const visitor = await known(person, { locale: 'en' });
  const { page, titled } = visitor;
  await page.goto(`${site}/sign-in`);
  await page.getByRole('button', { name: `Continue with ${name}` }).click();
  await agree(visitor);
  await page.getByLabel('Nickname').fill(`Zoe ${name}`);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await titled(/Zoe/);
  await web.moveTo(new Date(web.moim.clock.now() + 6 * 60_000).toISOString());
  await page.goto(`${site}/me/data`);
  const ask = page.getByRole('button', { name: 'Make the file' });
  await ask.click();
  const sheet = page.getByRole('dialog', { name: 'Please confirm it is you' });
  await sheet.getByRole('button', { name: `Use my ${name} account` }).waitFor();
  await looked(visitor, `social-prove-${name}`);
  await sheet.getByRole('button', { name: `Use my ${name} account` }).click();
  await agree(visitor);
  await titled('My data and account');
  await ask.click();
  await page.getByText('It is being made. We will e-mail you when it is ready.').waitFor();
});
