/** Report F02: the mail about a new address leads to a screen that brings the old one back. */
import { password } from '../support/moim.ts';
import { useWeb } from './support/browser.ts';
import { lands } from './support/keyboard.ts';
import { barriers, oddities, picture } from './support/looks.ts';

const web = useWeb();
const better = 'quiet-Granite-204!';

test('a change of address is undone from the old one, by keyboard; the secret leaves the address; a link is good once', async () => {
  const dana = await web.moim.person('Dana Kim');
  const { page, context, go, titled } = await web.visitAs(dana, { path: '/me' });
  const [email, purpose] = ['thief@example.com', 'EMAIL'];
  await web.moim.guest.post('/v1/email-verifications', { email, purpose });
  const code = await web.moim.codeFor(email);
  const { body } = await web.moim.guest.post('/v1/email-verifications/confirm', { email, purpose, code });
  expect((await dana.send('PUT', '/v1/accounts/me/email', { body: { ticket: body.ticket } })).status).toBe(204);
  await web.moim.settle();
  const { text } = await web.moim.mail.next(dana.email, (mail) => mail.text.includes('/undo-email#'));
  const link = /\/undo-email#[\w-]{43}/.exec(text)![0];

  await go(link);
  await titled(/되돌릴까요/);
  expect(await page.evaluate('location.href')).toBe(`${web.moim.apiUrl}/undo-email`);
  await picture(page, 'undo-email-phone-light-ko');
  const field = page.getByLabel('새 비밀번호');
  await field.focus();
  await page.keyboard.type('dana');
  await page.keyboard.press('Enter');
  await page.locator('.error').first().waitFor();
  await lands(page, /^textbox "새 비밀번호/);
  await field.fill(better);
  await page.keyboard.press('Enter');
  await lands(page, /^heading ".*되돌렸어요/);
  await picture(page, 'undo-email-done-phone-light-ko');
  expect([await oddities(page), await barriers(page)]).toEqual([[], []]);

  // The device that was signed in is not any more.
  await page.getByRole('link', { name: '로그인하기' }).click();
  await page.getByLabel('이메일').fill(dana.email);
  await page.getByLabel('비밀번호').fill(better);
  await page.keyboard.press('Enter');
  await titled(/Dana/);
  expect((await web.moim.signIn(dana.email, password)).status).not.toBe(201);

  // A link that is opened again, while the page is open.
  await go('/undo-email');
  await titled(/다시 열어/);
  await page.evaluate(`location.hash = '${link.split('#')[1]}'`);
  await titled(/되돌릴까요/);
  await page.getByLabel('새 비밀번호').fill(better);
  await page.getByRole('button', { name: '되돌리기' }).click();
  await titled(/쓸 수 없는/);
  await picture(page, 'undo-email-expired-phone-light-ko');
  expect([await oddities(page), await barriers(page)]).toEqual([[], []]);
  expect(await context.pages()).toHaveLength(1);
});
