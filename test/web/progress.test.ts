/** What members have done: the board of a group, one member, a nudge. By pointer and by keyboard, in both languages. */
import { someone } from '../support/people.ts';
import { found } from '../support/scene.ts';
import { board, dayOf } from './support/board.ts';
import { useWeb } from './support/browser.ts';
import { hears, lands, press, tabTo, write } from './support/keyboard.ts';
import { barriers, oddities, picture } from './support/looks.ts';
import { made } from './support/missions.ts';

const web = useWeb();

test('rows 62, 68, 133, in Korean: from the wall to the board, me against the average, the ranking, and my days as a table', async () => {
  const leader = await web.moim.person('Mina');
  const group = await board(web.moim, leader, ['지훈', '서연', '하나', '태오', '민준', '보라'], 10);
  const rests = { from: dayOf(web.moim), until: dayOf(web.moim, 2), reason: '여행을 가요' };
  await made(group.others[1]!.post(`${group.path}/excuses`, rests));
  await web.moim.settle();
  const { body: answer } = await leader.get(`${group.path}/progress`);
  const ranks = answer.members.map(({ rank }: { rank: number }) => rank);
  expect(ranks).toEqual([1, 1, 3, 3, 5, 5, 7]);

  const { page, titled, go } = await web.visitAs(leader, { path: `/groups/${group.groupId}` });
  await page.getByRole('link', { name: '기록', exact: true }).click();
  await page.getByRole('heading', { name: '모임 순위' }).waitFor();
  await page.getByText(/번 중 \d+번 했어요. 모임 평균보다 한 걸음 앞이에요/).waitFor();
  await page.getByText(`레벨 ${answer.team.level}`, { exact: true }).waitFor();
  await page.getByRole('img', { name: /나와 모임 평균. 최근 몇 주의 인증률/ }).waitFor();
  expect(await page.locator('.rank').count()).toBe(5);
  await page.getByRole('link', { name: /^3위 서연 쉬는 중/ }).waitFor();
  await page.getByRole('button', { name: '7명 모두 보기' }).click();
  expect(await page.locator('.rank').count()).toBe(7);
  await page.getByText('표로 보기').click();
  await page.getByRole('columnheader', { name: '모임 평균' }).waitFor();
  await picture(page, 'progress-lived-ko');
  expect([...(await oddities(page)), ...(await barriers(page))]).toEqual([]);

  await page.getByRole('link', { name: '내 기록 자세히 보기' }).click();
  await titled('내 기록');
  const { body: mine } = await leader.get(`${group.path}/progress/${leader.id}`);
  const [streak] = mine.streaks;
  await page.getByText(`${streak.current}일`, { exact: true }).waitFor();
  await page.getByText(`최고 ${streak.best}일`).waitFor();
  await page.getByRole('img', { name: /인증한 날 9일, 쉬어 간 날 0일, 비어 있는 날 1일/ }).waitFor();
  expect(await page.getByRole('button', { name: '살짝 알려주기' }).count()).toBe(0);
  await page.getByText('표로 보기').first().click();
  await page.getByRole('row', { name: '3월 2일 6 0 1' }).waitFor();
  await picture(page, 'progress-mine-lived-ko');
  expect([...(await oddities(page)), ...(await barriers(page))]).toEqual([]);

  await go('/');
  await page.getByText(`${streak.current}일째 이어 가고 있어요`).waitFor({ state: 'attached' });
  await picture(page, 'home-streak-ko');
  expect([...(await oddities(page)), ...(await barriers(page))]).toEqual([]);
});

test('row 64, by keyboard: a member is nudged with a word; too soon again is told kindly, and a block shows no sign', async () => {
  const leader = await web.moim.person('Sora');
  const [taro, yuna] = [await someone(web.moim, 'Taro'), await someone(web.moim, 'Yuna')];
  const group = await found(
    leader,
    { title: 'A page a day', startDate: dayOf(web.moim), endDate: dayOf(web.moim, 20) },
    taro,
    yuna,
  );
  await yuna.put(`/v1/accounts/me/blocks/${leader.id}`, {});
  await web.moim.settle();
  const { page, go } = await web.visitAs(leader, { locale: 'en', path: `/groups/${group.groupId}/members` });
  await lands(page, /^heading "A page a day/);
  await press(page, /^link "Taro/);
  await lands(page, /^heading "Taro/);
  await press(page, /^button "Nudge gently"/);
  await lands(page, /^heading "Give Taro a gentle nudge/);
  await press(page, /^button "Ten minutes is enough"/);
  await lands(page, /^textbox "Message"/);
  await page.keyboard.press('Enter');
  await hears(page, 'You gave Taro a gentle nudge');
  await lands(page, /^button "Nudge gently"/);
  await web.moim.settle();
  const { body: got } = await taro.get(`${group.path}/nudges`);
  expect(got.items).toMatchObject([{ message: 'Ten minutes is enough', account: { nickname: 'Sora' } }]);

  await page.keyboard.press('Enter');
  await lands(page, /^heading "Give Taro/);
  await write(page, /^textbox "Message"/, 'Once more');
  await press(page, /^button "Nudge"/);
  await page.getByRole('alert').filter({ hasText: 'You can again in an hour' }).waitFor();
  await page.keyboard.press('Escape');
  await lands(page, /^button "Nudge gently"/);

  await made(taro.post(`${group.path}/missions/${group.missionId}/nudges`, { to: leader.id, message: 'And you?' }));
  await go(`/groups/${group.groupId}/progress/${leader.id}`);
  await page.getByRole('heading', { name: 'Nudges I received' }).waitFor();
  await page.getByText('And you?').waitFor();

  await go(`/groups/${group.groupId}/progress/${yuna.id}`);
  await lands(page, /^heading "Yuna/);
  await press(page, /^button "Nudge gently"/);
  await lands(page, /^heading "Give Yuna/);
  await tabTo(page, /^textbox "Message"/);
  await press(page, /^button "Nudge"/);
  await hears(page, 'You gave Yuna a gentle nudge');
  await web.moim.settle();
  expect((await yuna.get(`${group.path}/nudges`)).body.items).toEqual([]);
});

test('row 64: whoever has done it meanwhile is not nudged, and the sheet says so kindly', async () => {
  const leader = await web.moim.person('Hana');
  const taro = await someone(web.moim, '타로');
  const span = { startDate: dayOf(web.moim), endDate: dayOf(web.moim, 20) };
  const group = await found(leader, { title: '매일 한 쪽', ...span, approval: 'AUTO' }, taro);
  await web.moim.settle();
  const { page, whole } = await web.visitAs(leader, { path: `/groups/${group.groupId}/progress/${taro.id}` });
  await page.getByRole('button', { name: '살짝 알려주기' }).waitFor();
  await whole();
  // The screen would hear of it, and the button be gone before it is pressed.
  const heard = Promise.withResolvers<void>();
  await page.route(`**/progress/${taro.id}`, (route) => heard.promise.then(() => route.continue()));
  await made(taro.post(`${group.path}/missions/${group.missionId}/skips`, { reason: '오늘은 쉬어요' }));
  await page.getByRole('button', { name: '살짝 알려주기' }).click();
  await page.getByText('타로님은 오늘 할 일을 다 했어요!').waitFor();
  await page.getByRole('button', { name: '알겠어요' }).click();
  expect(await page.getByRole('dialog').count()).toBe(0);
  heard.resolve();
  await whole();
});

test('row 62: on the first day of somebody who is alone, the board says what comes and compares with nobody', async () => {
  const leader = await web.moim.person('Bora');
  const group = await found(leader, { title: 'Alone', startDate: dayOf(web.moim), endDate: dayOf(web.moim, 20) });
  await web.moim.settle();
  const { page, go } = await web.visitAs(leader, {
    locale: 'en',
    theme: 'dark',
    path: `/groups/${group.groupId}/progress`,
  });
  await page.getByText('Once the first certification is in').waitFor();
  await page.getByText('You are on your own for now').waitFor();
  expect(await page.locator('.versus').getByText('Group average').count()).toBe(0);
  await picture(page, 'progress-alone-en');
  expect([...(await oddities(page)), ...(await barriers(page))]).toEqual([]);
  await go(`/groups/${group.groupId}/progress/${leader.id}`);
  await page.getByText('Nothing to count yet').waitFor();
  await page.getByRole('img', { name: /0 days done, 0 days paused, 0 days empty/ }).waitFor();
});
