/** Passkeys with the authenticator of Chromium's developer tools: made after a proof, and then the way in. */
import { password } from '../support/moim.ts';
import { useWeb, type Visitor } from './support/browser.ts';
import { site, underName } from './support/site.ts';

const web = useWeb();

/** A device with a finger that always fits. */
async function withAuthenticator({ context, page }: Visitor) {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test('row 162: a passkey is added, signs in without a password, and is removed after a proof by itself', async () => {
  const mina = await web.moim.person('Mina');
  const visitor = await web.visit({ fresh: true });
  const { page, titled } = visitor;
  await underName(web, visitor);
  await withAuthenticator(visitor);
  await page.goto(`${site}/sign-in?then=/me`);
  await page.getByLabel('이메일').fill(mina.email);
  await page.getByLabel('비밀번호').fill(password);
  await page.getByRole('button', { name: '로그인', exact: true }).click();
  await titled('나');
  await page.getByRole('link', { name: '로그인과 안전' }).click();
  await page.getByRole('link', { name: '패스키 더하기' }).click();
  await page.getByLabel('이름').fill('내 휴대폰');
  await page.getByRole('button', { name: '패스키 만들기' }).click();
  await page.getByText('내 휴대폰 패스키를 만들었어요').waitFor();
  await page.getByText('잘 지키고 있어요').waitFor();

  await page.getByRole('link', { name: '뒤로' }).click();
  await titled('나');
  await page.getByRole('button', { name: '로그아웃' }).click();
  await titled('오늘의 인증이 벽돌 한 장이 돼요');
  await page.getByRole('link', { name: '이미 가입했어요' }).click();
  await page.getByRole('button', { name: '패스키로 로그인' }).click();
  await titled('Mina님,');

  await web.moveTo(new Date(web.moim.clock.now() + 6 * 60_000).toISOString());
  await page.getByRole('link', { name: '나', exact: true }).click();
  await page.getByRole('link', { name: '로그인과 안전' }).click();
  await page.getByRole('button', { name: '지우기' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '지우기' }).click();
  await page.getByRole('button', { name: '패스키로 확인하기' }).click();
  await page.getByText('내 휴대폰 패스키를 지웠어요').waitFor();
  await page.getByText('한 겹 더 쌓아 볼까요?').waitFor();
  const { tokens } = await web.moim.signIn(mina.email);
  const headers = { authorization: `Bearer ${tokens.accessToken}` };
  expect((await web.moim.guest.get('/v1/accounts/me/factors', headers)).body.passkeys).toEqual([]);
});
