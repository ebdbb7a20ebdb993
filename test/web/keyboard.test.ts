/**
 * Row 158: the main journeys with the keyboard alone. After each page, sheet, refusal and decision it is said where the focus is,
 * and what a screen reader is told.
 */
import { password, upload } from '../support/moim.ts';
import { someone } from '../support/people.ts';
import { certify, found } from '../support/scene.ts';
import { desk, useWeb } from './support/browser.ts';
import { focused, hears, lands, press, tabTo, write } from './support/keyboard.ts';

const web = useWeb();

test('row 158, in Korean: signs up, is refused a weak password, founds a group', async () => {
  const visitor = await web.visit();
  const { page, go } = visitor;
  await go('/');
  await lands(page, /^heading "오늘의 인증이/);
  // Said by moim, at the field: not by the browser, in its own language.
  await write(page, /^textbox "이메일/, 'mina@');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: '메일 주소를 끝까지 적어 주세요.' }).waitFor();
  await lands(page, /^textbox "이메일/);
  await page.keyboard.type('example.com');
  await page.keyboard.press('Enter');
  await lands(page, /^heading "메일로 받은|^heading "인증번호|^heading/);
  await page.getByLabel('인증번호', { exact: true }).waitFor();
  await write(page, /^textbox "인증번호/, await web.moim.codeFor('mina@example.com'));
  await page.getByLabel('닉네임').waitFor();
  await lands(page, /^heading/);
  await write(page, /^textbox "닉네임/, '미나');
  await write(page, /^textbox "비밀번호/, 'weak');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await lands(page, /^textbox "비밀번호/);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await lands(page, /^heading "미나님/);

  await press(page, /^link "직접 열기/);
  await lands(page, /^heading "어떤 모임을/);
  await tabTo(page, /^radio "챌린지/);
  await page.keyboard.press('ArrowDown');
  await lands(page, /^radio "스터디/);
  await page.keyboard.press('ArrowUp');
  await press(page, /^button "다음/);
  await lands(page, /^heading "이름과 목표를/);
  await write(page, /^textbox "모임 이름/, '자기 전 글쓰기');
  await press(page, /^text "누구와 할지/);
  await press(page, /^checkbox "책/, 'Space');
  await press(page, /^button "다음/);
  await lands(page, /^heading "언제, 얼마나/);
  await write(page, /^textbox "미션/, '쓴 글의 화면');
  await press(page, /^button "다음/);
  await lands(page, /^heading "누가/);
  await press(page, /^button "모임 열기/);
  await hears(page, '모임을 열었어요!');
  await lands(page, /^heading "자기 전 글쓰기/);
  const { tokens } = await web.moim.signIn('mina@example.com');
  const { body } = await web.moim.guest.get('/v1/accounts/me/groups', {
    authorization: `Bearer ${tokens.accessToken}`,
  });
  expect(body.items).toMatchObject([{ role: 'LEADER', group: { kind: 'CHALLENGE', title: '자기 전 글쓰기' } }]);
});

test('row 158, in English: a sheet gives the focus back, an application is sent, accepted, and read in the inbox', async () => {
  const leader = await web.moim.person('Hyejin');
  const tao = await web.moim.person('Taro');
  const group = await found(leader, { title: 'A page a day', joinPolicy: 'APPLY' });
  await web.moim.settle();
  const visitor = await web.visitAs(tao, { locale: 'en', path: `/recruits/${group.groupId}` });
  const { page } = visitor;
  await lands(page, /^heading "A page a day/);
  await press(page, /^button "Apply/);
  await lands(page, /^heading "Application/);
  await page.keyboard.press('Escape');
  await lands(page, /^button "Apply/);
  await page.keyboard.press('Enter');
  await lands(page, /^heading "Application/);
  await write(page, /^textbox/, 'I read before I sleep.');
  await press(page, /^button "Send/);
  await hears(page, 'Sent. We will notify you');
  // The button that opened the sheet has gone with the application.
  await lands(page, /^heading "A page a day/);

  await web.moim.settle();
  const lead = await web.visitAs(leader, { locale: 'en', path: `/groups/${group.groupId}/applications` });
  await lands(lead.page, /^heading "Applications/);
  await press(lead.page, /^button "Not now/);
  await lands(lead.page, /^heading "What should we tell/);
  await lead.page.keyboard.press('Escape');
  await lands(lead.page, /^button "Not now/);
  await press(lead.page, /^button "Accept/);
  await hears(lead.page, 'Taro is a member now');
  await lands(lead.page, /^heading "Applications/);

  await web.moim.settle();
  await visitor.go('/inbox');
  await lands(page, /^heading "Inbox/);
  await press(page, /^button "Mark all as read/);
  // The button has done its work and is gone.
  await lands(page, /^heading "Inbox/);
  await press(page, /^link ".*A page a day/);
  await lands(page, /^heading "A page a day/);
  expect((await tao.get(`/v1/accounts/me/groups/${group.groupId}`)).body.role).toBe('MEMBER');
});

test('row 158, in Korean: certifies with a photo; the queue is decided, with a reason in a sheet, one after the other', async () => {
  const leader = await web.moim.person('Jihun');
  const [nari, seoyeon] = [await web.moim.person('Nari'), await someone(web.moim, '서연')];
  const group = await found(leader, { title: '매일 알고리즘' }, nari, seoyeon);
  await certify(seoyeon, group, { uploadIds: [await upload(seoyeon, group.groupId)] });
  await web.moim.settle();
  // Who waits longest comes first in the queue.
  await web.moim.clock.advance(60_000);
  const visitor = await web.visitAs(nari, { path: `/groups/${group.groupId}` });
  const { page } = visitor;
  await lands(page, /^heading "매일 알고리즘/);
  await press(page, /^link "오늘 인증하기/);
  await lands(page, /^heading "오늘 인증/);
  // Asked for before the way there: a chooser that opens while the browser is still being asked is never handed over.
  page.once('filechooser', (chooser) => chooser.setFiles('test/support/certification.jpg'));
  await press(page, /^button "사진 고르기/);
  await page.getByRole('img', { name: '올릴 사진' }).waitFor();
  // The chooser has made room for the photo.
  await lands(page, /^textbox "한마디"/);
  await write(page, /^textbox "한마디/, '오늘은 트리');
  await press(page, /^button "한 장 쌓기/);
  await lands(page, /^heading "한 장 올렸어요/);
  await web.moim.settle();

  const lead = await web.visitAs(leader, { path: `/groups/${group.groupId}` });
  await lands(lead.page, /^heading "매일 알고리즘/);
  await press(lead.page, /^link ".*인증 2건/);
  await lands(lead.page, /^heading "인증 확인/);
  await press(lead.page, /^button "돌려보내기/);
  await lands(lead.page, /^heading "서연님께 이유를/);
  await press(lead.page, /^button "사진이 잘 안 보여요/);
  expect(await focused(lead.page)).toMatch(/^textbox "이유/);
  await press(lead.page, /^button "보내기/);
  await hears(lead.page, '서연님께 이유를 전했어요');
  // The buttons stay for the next one, and so does the focus.
  await lands(lead.page, /^button "돌려보내기/);
  await press(lead.page, /^button "승인하기/);
  await hears(lead.page, 'Nari님의 벽돌이 쌓였어요');
  await lands(lead.page, /^heading "인증 확인/);
  await lead.page.getByText('모두 확인했어요').waitFor();
});

test('row 158, in English, wide: manages by the list beside, sets the own account, leaves a group, signs out', async () => {
  const leader = await web.moim.person('Sora');
  const hana = await web.moim.person('Hana');
  const group = await found(leader, { title: 'Sunrise runs' }, hana);
  await web.moim.settle();
  const lead = await web.visitAs(leader, { locale: 'en', viewport: desk, path: `/groups/${group.groupId}/manage` });
  await lands(lead.page, /^heading "Manage/);
  await press(lead.page, /^link "Manage members/);
  await lands(lead.page, /^heading "Manage members/);
  await press(lead.page, /^button "Manage Hana/);
  await lands(lead.page, /^heading "Hana/);
  await tabTo(lead.page, /^radio "Member/);
  await lead.page.keyboard.press('ArrowRight');
  await hears(lead.page, 'Hana is a manager now');
  await lead.page.keyboard.press('Escape');
  await lands(lead.page, /^button "Manage Hana/);

  const visitor = await web.visitAs(hana, { locale: 'en', viewport: desk, path: '/me' });
  const { page } = visitor;
  await lands(page, /^heading "Me/);
  await press(page, /^link "Edit profile/);
  await lands(page, /^heading "Edit profile/);
  await press(page, /^button "Time zone/);
  await lands(page, /^heading "Time zone/);
  await write(page, /^searchbox/, 'new york');
  await hears(page, '1 place');
  await press(page, /^button "New York/);
  await lands(page, /^button "Time zone.*New York/);
  await press(page, /^button "Save/);
  await hears(page, 'saved');
  await lands(page, /^heading "Me/);
  await press(page, /^link "Notifications/);
  await lands(page, /^heading "Notifications/);
  await press(page, /^switch "Nudges/, 'Space');
  expect(await focused(page)).toMatch(/^switch "Nudges/);

  await visitor.go(`/groups/${group.groupId}/end`);
  await lands(page, /^heading/);
  await press(page, /^button "Leave/);
  await hears(page, 'You have left Sunrise runs');
  await lands(page, /^heading ".*Hana/);
  await press(page, /^link "Me"/);
  await lands(page, /^heading "Me/);
  await press(page, /^button "Sign out/);
  await lands(page, /^heading "What you do today/);
  const { body } = await hana.get('/v1/accounts/me/profile');
  expect(body.timeZone).toBe('America/New_York');
});

test('row 158: who wants less motion gets none, and the skip link leads past the tabs', async () => {
  const leader = await web.moim.person('Bora');
  const { page, go } = await web.visitAs(leader, { locale: 'en', viewport: desk });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await go('/me');
  await lands(page, /^heading "Me/);
  // A page that one has just opened: the first stop of all.
  await page.evaluate('document.activeElement.blur()');
  await tabTo(page, /^link "Skip to content/);
  await page.keyboard.press('Enter');
  // The choice of the language; the theme is next.
  await tabTo(page, /^radio "English/);
  await page.evaluate(`document.startViewTransition = () => { throw new Error('it moves'); }`);
  await press(page, /^radio/, 'ArrowRight');
  await go('/me/devices');
  await lands(page, /^heading "Devices/);
  await press(page, /^button "Sign out everywhere/);
  await lands(page, /^heading "Sign out everywhere/);
  const longest = `Math.max(0, ...document.getAnimations().map((each) => each.effect.getComputedTiming().duration))`;
  expect(await page.evaluate(longest)).toBeLessThanOrEqual(1);
});
