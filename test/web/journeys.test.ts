/** The main job as people do it in their browsers: from the sign-up to a brick on the wall, in both languages. */
import { password } from '../support/moim.ts';
import { found } from '../support/scene.ts';
import { useWeb, type Visitor } from './support/browser.ts';
import { compose } from './support/looks.ts';

const web = useWeb();
const photo = 'test/support/certification.jpg';

/** Signs up in the page with the code from the mail box, until home is there. */
async function signUp({ page, go }: Visitor, texts: Record<string, string>, email: string, nickname: string) {
  await go('/');
  await page.getByLabel(texts.email!).fill(email);
  await page.getByRole('button', { name: texts.start! }).click();
  const code = page.getByLabel(texts.code!);
  await code.waitFor();
  // A phone drops the page while its owner reads the mail.
  await page.reload();
  await code.pressSequentially(await web.moim.codeFor(email));
  await page.getByLabel(texts.nickname!).fill(nickname);
  await page.getByLabel(texts.password!).fill(password);
  await page.getByRole('button', { name: texts.join! }).click();
}
const ko = {
  email: '이메일',
  start: '인증번호 받기',
  code: '인증번호',
  nickname: '닉네임',
  password: '비밀번호',
  join: '시작하기',
};
const en = {
  email: 'E-mail',
  start: 'Send me a code',
  code: 'Code',
  nickname: 'Nickname',
  password: 'Password',
  join: 'Start',
};

/** Joins a group through the API: its screens come with the area of finding. */
async function join(email: string, path: string) {
  const { tokens } = await web.moim.signIn(email);
  const { status } = await web.moim.guest.post(
    `${path}/members`,
    {},
    { authorization: `Bearer ${tokens.accessToken}` },
  );
  expect(status).toBe(201);
  await web.moim.settle();
}

async function certify({ page }: Visitor, button: string, submit: string) {
  await page.getByRole('link', { name: button }).click();
  await page.locator('input[type=file]').last().setInputFiles(photo);
  const send = page.getByRole('button', { name: submit });
  await send.click();
}

test('two people in Korean: sign-up by code, a photo, an approval over the socket, a brick on the wall', async () => {
  const leader = await web.moim.person('Jihun');
  const group = await found(leader, { title: '매일 알고리즘 한 문제' });
  const member = await web.visit({ locale: 'ko', motion: true });
  const { page } = member;

  await signUp(member, ko, 'mina@example.com', '미나');
  await member.titled('미나님,');
  await page.getByText('아직 참여하는 모임이 없어요').waitFor();
  await join('mina@example.com', group.path);
  await page.reload();
  await member.titled('미나님, 오늘도 한 장 쌓아 볼까요?');

  const lead = await web.visitAs(leader, { locale: 'ko', motion: true, path: `/groups/${group.groupId}` });
  await lead.titled('매일 알고리즘 한 문제');

  await page.getByRole('link', { name: '인증하기' }).click();
  await member.titled('오늘 인증');
  await page.locator('input[type=file]').last().setInputFiles(photo);
  await page.getByLabel('한마디').click();
  for (const parts of [
    ['ㅎ', '하', '한'],
    ['ㄱ', '그', '글'],
  ])
    await compose(page, parts);
  expect(await page.getByLabel('한마디').inputValue()).toBe('한글');
  // The leader is notified at once, for six seconds, and looks.
  await lead.live();
  const looks = lead.page.getByRole('status').getByRole('link', { name: /미나/ }).click();
  await Promise.all([looks, page.getByRole('button', { name: '한 장 쌓기' }).click()]);
  await member.titled('한 장 올렸어요!');
  await lead.titled('인증 확인');
  await lead.page.getByRole('img', { name: '미나님이 올린 인증 사진' }).waitFor();
  await member.live();
  const told = page.getByRole('status').getByText(/승인/).waitFor();
  await Promise.all([told, lead.page.getByRole('button', { name: '승인하기' }).click()]);
  await lead.page.getByText('모두 확인했어요').waitFor();
  await web.moim.settle();
  await page.getByRole('link', { name: '모임으로 가기' }).click();
  await page.getByText('오늘 2명 중 1명이 쌓았어요').waitFor();
  await page.locator('.dock').getByText('오늘 인증을 마쳤어요').waitFor();
  await page.getByRole('img', { name: '미나님이 올린 인증 사진' }).waitFor();
  expect(await page.locator('.wall .brick').count()).toBe(1);
});

test('one in English: sign-up, sent back with a reason, again, the inbox, the language, out and in again', async () => {
  const leader = await web.moim.person('Hana');
  const group = await found(leader, { title: 'A page a day' });
  const member = await web.visit({ locale: 'en' });
  const { page } = member;
  const email = 'tao@example.com';
  await signUp(member, en, email, 'Tao');
  await member.titled('Good to see you, Tao');
  await join(email, group.path);
  await page.reload();
  await page.getByRole('link', { name: 'A page a day' }).first().click();
  await member.titled('A page a day');
  await certify(member, 'Certify today', 'Lay my brick');
  await member.titled('Your brick is on its way!');
  await web.moim.settle();

  const lead = await web.visitAs(leader, { locale: 'en', path: `/groups/${group.groupId}/review` });
  await lead.page.getByRole('button', { name: 'Send back' }).click();
  await lead.page.getByRole('button', { name: 'The photo is hard to see' }).click();
  await lead.page.getByRole('button', { name: 'Send', exact: true }).click();
  await lead.page.getByText('All done').waitFor();
  await web.moim.settle();

  await page.getByRole('link', { name: 'Back to the group' }).click();
  await page.getByText('Please try again: The photo is hard to see').waitFor();
  await page.getByRole('link', { name: 'Home' }).waitFor({ state: 'hidden' });
  await member.go('/inbox');
  await page.getByRole('listitem').filter({ hasText: 'The photo is hard to see' }).waitFor();
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await page.getByRole('img', { name: 'unread' }).waitFor({ state: 'detached' });

  await page.getByRole('link', { name: 'Me', exact: true }).click();
  await page.getByRole('radio', { name: '한국어' }).check();
  await member.titled('나');
  await page.getByRole('button', { name: '로그아웃' }).click();
  await member.titled('오늘의 인증이 벽돌 한 장이 돼요');
  await member.go('/inbox');
  await member.titled('다시 만나서 반가워요');
  await page.getByLabel('이메일').fill(email);
  await page.getByLabel('비밀번호').fill('Wrong-Horse-8');
  await page.getByRole('button', { name: '로그인', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: '올바르지 않아요' }).waitFor();
  await page.getByLabel('비밀번호').fill(password);
  await page.getByRole('button', { name: '로그인', exact: true }).click();
  await member.titled('알림');
  expect(new URL(page.url()).pathname).toBe('/inbox');
});
