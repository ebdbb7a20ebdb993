/** Clubs in the browser: founded by an administrator, applied to while signing up, the gate, and profiles. */
import { password } from '../support/moim.ts';

import { administerIn } from './support/administrator.ts';
import { useWeb, type Visitor } from './support/browser.ts';
import { barriers, oddities, picture } from './support/looks.ts';

const web = useWeb();

async function looked({ page }: Visitor, name: string) {
  await picture(page, name);
  expect(await oddities(page)).toEqual([]);
  expect(await barriers(page)).toEqual([]);
}

test('rows 13, 15, 20, in Korean: a club is founded; a newcomer applies while signing up, waits, and is let in with a name', async () => {
  const leader = await web.moim.person('Jihun');
  const lead = await web.visitAs(leader, { path: '/me' });
  await lead.titled('나');
  await lead.page.getByText('Jihun').first().waitFor();
  await lead.go('/new');
  expect(await lead.page.getByRole('radio', { name: /동호회/ }).count()).toBe(0);
  await administerIn(web, leader);
  await lead.go('/new');
  await lead.page.getByRole('radio', { name: /동호회/ }).check();
  await lead.page.getByRole('button', { name: '다음' }).click();
  await lead.page.getByLabel('모임 이름').fill('바위타기');
  await lead.page.getByRole('button', { name: '다음' }).click();
  await lead.page.getByRole('button', { name: '다음' }).click();
  await lead.titled('누가 들어올 수 있나요?');
  for (const name of ['이름', '실력']) {
    await lead.page.getByText(name, { exact: true }).click();
    await lead.page.getByRole('switch', { name, checked: true }).waitFor({ state: 'attached' });
  }
  await looked(lead, 'club-found');
  await lead.page.getByRole('button', { name: '모임 열기' }).click();
  await lead.page.waitForURL(/\/groups\/[0-9a-f-]{36}$/);
  const groupId = /[0-9a-f-]{36}$/.exec(lead.page.url())![0];
  await web.moim.settle();

  const visitor = await web.visit();
  const { page, titled } = visitor;
  const email = 'hayun@example.com';
  await visitor.go(`/recruits/${groupId}`);
  await page.getByText('이것을 물어봐요').waitFor();
  await looked(visitor, 'club-recruit');
  await page.getByRole('link', { name: '가입하면서 신청하기' }).click();
  await titled('바위타기에 함께해요');
  await looked(visitor, 'club-start');
  await page.getByLabel('이메일').fill(email);
  await page.getByRole('button', { name: '인증번호 받기' }).click();
  const code = page.getByLabel('인증번호');
  await code.waitFor();
  await code.pressSequentially(await web.moim.codeFor(email));
  await page.getByLabel('닉네임').fill('하윤');
  await page.getByLabel('비밀번호').fill(password);
  await page.getByLabel('이름', { exact: true }).fill('Hayun');
  await page.getByLabel('실력').selectOption('4');
  await page.getByLabel('하고 싶은 말').fill('주말마다 올라요');
  await looked(visitor, 'club-sign-up');
  await page.getByRole('button', { name: '가입하고 신청하기' }).click();
  // What is wrong stands at its field, and nothing is lost.
  await page.getByRole('alert').waitFor();
  expect(await page.getByLabel('이름', { exact: true }).getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('이름', { exact: true }).fill('김하윤');
  await page.getByRole('button', { name: '가입하고 신청하기' }).click();
  await titled('바위타기');
  await page.getByText('신청서를 보냈어요. 답을 기다리고 있어요.').waitFor();

  // Inside, the club has not answered; everything else is free.
  await visitor.go(`/groups/${groupId}/members`);
  await page.getByText('모임의 답을 기다리고 있어요').waitFor();
  await looked(visitor, 'club-pending');
  await page.getByRole('link', { name: '보낸 신청 보기' }).click();
  await titled('보낸 신청');

  await web.moim.settle();
  await lead.go(`/groups/${groupId}/applications`);
  await lead.page.getByText('김하윤').waitFor();
  await lead.page.getByText('4단계').waitFor();
  await looked(lead, 'club-application');
  await lead.page.getByRole('button', { name: '함께하기' }).click();
  await lead.page.getByText('하윤님과 함께하게 됐어요').waitFor();
  await web.moim.settle();

  await visitor.go(`/groups/${groupId}/members`);
  await page.getByRole('link', { name: '멤버 프로필' }).click();
  await titled('멤버 프로필');
  await page.getByText('김하윤').waitFor();
  await looked(visitor, 'club-profiles');
  await page.getByRole('link', { name: '내 프로필 고치기' }).click();
  await page.getByLabel('자주 가는 곳').fill('더클라임');
  await looked(visitor, 'club-profile');
  await page.getByRole('button', { name: '저장하기' }).click();
  await titled('멤버 프로필');
  await page.getByText('더클라임').waitFor();
});

test('row 13, in English: an application is declined with the reason that a club owes, and one applies again', async () => {
  const leader = await web.moim.person('Hana');
  const lead = await web.visitAs(leader, { locale: 'en', path: '/me' });
  await lead.titled('Me');
  await administerIn(web, leader);
  const { body: club } = await leader.post('/v1/groups', {
    kind: 'CLUB',
    title: 'Wall to wall',
    category: 'SPORTS',
    asks: ['REAL_NAME', 'HOME_GYM'],
  });
  const tao = await web.moim.person('Tao');
  const visitor = await web.visitAs(tao, { locale: 'en', path: `/recruits/${club.id}` });
  const { page } = visitor;
  const apply = async (name: string) => {
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Home gym').fill('Rock Valley');
    await page.getByRole('button', { name: 'Send' }).click();
  };
  await apply('Tao');
  await page.getByRole('dialog').getByRole('alert').waitFor();
  expect(await page.getByLabel('Name', { exact: true }).getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('Name', { exact: true }).fill('타오');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('You have applied. Waiting for an answer.').waitFor();
  await web.moim.settle();

  await lead.go(`/groups/${club.id}/applications`);
  await lead.page.getByText('Rock Valley').waitFor();
  await lead.page.getByRole('button', { name: 'Not now' }).click();
  const sheet = lead.page.getByRole('dialog');
  expect(await sheet.getByRole('textbox').getAttribute('required')).not.toBeNull();
  await sheet.getByRole('textbox').fill('We are full this season');
  await sheet.locator('button[type=submit]').click();
  await sheet.waitFor({ state: 'detached' });
  await web.moim.settle();
  await visitor.go('/applications');
  await page.getByText('We are full this season', { exact: false }).waitFor();
  await visitor.go(`/groups/${club.id}`);
  await page.getByRole('button', { name: 'Apply' }).waitFor();
});
