/** The person's own account in the browser: a proof that is asked for once, ways in, devices. */
import { TOTP, URI } from 'otpauth';
import { password } from '../support/moim.ts';
import { useWeb, type Visitor } from './support/browser.ts';
import { paste } from './support/keyboard.ts';
import { barriers, oddities, picture, readQr } from './support/looks.ts';

const web = useWeb();

const later = (minutes: number) => new Date(web.moim.clock.now() + minutes * 60_000).toISOString();

async function signIn({ page, titled, go }: Visitor, email: string, word: string) {
  await go('/sign-in');
  await titled('다시 만나서 반가워요');
  await page.getByLabel('이메일').fill(email);
  await page.getByLabel('비밀번호').fill(word);
  await page.getByRole('button', { name: '로그인', exact: true }).click();
}

test('row 162: a new password six minutes after the sign-in asks for a proof, once, and then goes on by itself', async () => {
  const mina = await web.moim.person('Mina');
  const visitor = await web.visitAs(mina, { path: '/me/password' });
  const other = await web.visitAs(mina, { path: '/' });
  const { page } = visitor;
  await visitor.titled('비밀번호 바꾸기');
  await web.moveTo(later(6));
  const next = 'Brand-New-Horse-9';
  await page.getByLabel('지금 비밀번호').fill(password);
  await page.getByLabel('새 비밀번호').fill(next);
  await page.getByRole('button', { name: '비밀번호 바꾸기' }).click();
  const sheet = page.getByRole('dialog', { name: '한 번 더 확인할게요' });
  await sheet.waitFor();
  await picture(page, 'prove-phone-light-ko');
  expect(await oddities(page)).toEqual([]);
  expect(await barriers(page)).toEqual([]);

  // Who closes the sheet is told why nothing happened, and has lost no word.
  await sheet.getByRole('button', { name: '닫기' }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.getByLabel('새 비밀번호').inputValue()).toBe(next);
  await page.getByRole('button', { name: '비밀번호 바꾸기' }).click();

  await sheet.getByLabel('비밀번호').fill('Wrong-Horse-8');
  await sheet.getByRole('button', { name: '확인하기' }).click();
  await sheet.getByRole('alert').waitFor();
  await sheet.getByLabel('비밀번호').fill(password);
  await sheet.getByRole('button', { name: '확인하기' }).click();
  await page.getByText('비밀번호를 바꿨어요').waitFor();
  await sheet.waitFor({ state: 'detached' });

  // This device came back by itself; the other has to sign in.
  await web.moim.settle();
  await visitor.go('/me/devices');
  await visitor.titled('로그인한 기기');
  await page.getByText('이 기기', { exact: true }).waitFor();
  await other.go('/me');
  await other.titled('다시 만나서 반가워요');
  await signIn(other, mina.email, next);
  await other.titled('Mina님,');
});

test('row 162: an authenticator app is linked, and the next sign-in asks for its code', async () => {
  const hana = await web.moim.person('Hana');
  const visitor = await web.visitAs(hana, { path: '/me/app' });
  const { page } = visitor;
  await page.getByRole('button', { name: '시작하기' }).click();
  const secret = (await page.locator('.copied code').textContent())!.replace(/\s/g, '');
  // What an app reads from the screen is the address with the same secret.
  const address = URI.parse(await readQr(page));
  expect([address.secret.base32, address.label]).toEqual([secret, hana.email]);
  const code = () => new TOTP({ secret }).generate({ timestamp: web.moim.clock.now() });
  // Apps show it in two parts.
  await page.getByLabel('숫자 6자리').focus();
  await paste(page, code().replace(/^.../, '$& '));
  expect(await page.getByLabel('숫자 6자리').inputValue()).toBe(code());
  await page.getByRole('button', { name: '연결하기' }).click();
  await visitor.titled('복구 코드');
  const codes = await page.getByRole('list', { name: '복구 코드' }).getByRole('listitem').allTextContents();
  expect(codes).toHaveLength(10);
  await page.getByRole('button', { name: '적어 두었어요' }).click();
  await page.getByText('복구 코드 10개가 남았어요').waitFor();

  await visitor.go('/me');
  await page.getByRole('button', { name: '로그아웃' }).click();
  await visitor.titled('오늘의 인증이 벽돌 한 장이 돼요');
  await signIn(visitor, hana.email, password);
  await visitor.titled('인증 앱의 숫자를 적어 주세요');
  await page.getByLabel('숫자 6자리').fill(codes[0]!.trim());
  await page.getByRole('button', { name: '로그인', exact: true }).click();
  await visitor.titled('Hana님,');
});

test('rows 8, 15, 16: a brick, a nickname, birthday and gender are chosen, and another device is signed out', async () => {
  const tao = await web.moim.person('Tao');
  const visitor = await web.visitAs(tao, { locale: 'en', path: '/me/edit' });
  const other = await web.visitAs(tao, { path: '/' });
  const { page } = visitor;
  await visitor.titled('Edit profile');
  await page.getByRole('radio', { name: 'Brick 3' }).check();
  await page.getByText('Picture saved').waitFor();
  await page.getByLabel('Use a photo').setInputFiles('test/support/certification.jpg');
  await page.getByRole('button', { name: 'Remove photo' }).waitFor();
  await page.getByLabel('Nickname').fill('Tao the early');
  await page.getByLabel('Birthday').fill('1999-12-31');
  await page.getByLabel('Gender').selectOption({ label: 'Other' });
  await page.getByRole('button', { name: 'Save' }).click();
  await visitor.titled('Me');
  await page.getByText('Tao the early').waitFor();
  const { tokens } = await web.moim.signIn(tao.email);
  const headers = { authorization: `Bearer ${tokens.accessToken}` };
  const { body } = await web.moim.guest.get('/v1/accounts/me/profile', headers);
  expect(body).toMatchObject({
    ...{ nickname: 'Tao the early', birthDate: '1999-12-31', gender: 'OTHER', timeZone: 'Asia/Seoul' },
    picture: { avatar: null, url: expect.any(String) },
  });

  await visitor.go('/me/devices');
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await visitor.titled('What you do today becomes a brick');
  await web.moim.settle();
  await other.go('/me');
  await other.titled('다시 만나서 반가워요');
});
