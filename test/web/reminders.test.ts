/** Row 146 in the browser: own times for a mission, with the next one and quiet hours; breaks; all of it in one list. */
import { someone } from '../support/people.ts';
import { found } from '../support/scene.ts';
import { dayOf } from './support/board.ts';
import { useWeb } from './support/browser.ts';
import { hears, lands, press, tabTo, write } from './support/keyboard.ts';
import { barriers, oddities, picture } from './support/looks.ts';

const web = useWeb();
const span = () => ({ startDate: dayOf(web.moim), endDate: dayOf(web.moim, 20) });

test('row 146, in Korean: from a mission to own times; what quiet hours keep silent is said; the list shows it, and it goes back to usual', async () => {
  const leader = await web.moim.person('Mina');
  const group = await found(leader, { title: '아침 글쓰기', ...span() });
  await leader.patch('/v1/accounts/me/notification-settings', { quietHours: { from: '22:00', to: '07:00' } });
  await web.moim.settle();
  const mission = `/groups/${group.groupId}/missions/${group.missionId}`;
  const { page, titled, go } = await web.visitAs(leader, { path: mission });
  await page.getByRole('link', { name: '언제 알려 드릴까요?' }).click();
  await titled('알림 시각');
  await page.getByText('모임의 시각으로 오후 8:00').waitFor();
  await page.getByRole('radio', { name: '내가 정할게요' }).check();
  await page.getByLabel('시각 1', { exact: true }).fill('07:10');
  await page.getByRole('button', { name: '시각 더하기' }).click();
  await page.getByLabel('시각 2', { exact: true }).fill('06:30');
  await page.getByText('오전 6:30에는 조용한 시간(오후 10:00~오전 7:00)이라').waitFor();
  await page.getByRole('checkbox', { name: '일', exact: true }).press('Space');
  await page.getByLabel('언제, 어디서 할까요?').fill('아침 먹고 식탁에서');
  await page.getByText('다음 알림').waitFor();
  await picture(page, 'reminder-own-ko');
  expect([...(await oddities(page)), ...(await barriers(page))]).toEqual([]);
  await page.getByRole('button', { name: '저장하기' }).click();
  await titled('아침 글쓰기');
  const { body: kept } = await leader.get('/v1/accounts/me/reminders');
  const chosen = { times: ['06:30', '07:10'], weekdays: [1, 2, 3, 4, 5, 6], sentence: '아침 먹고 식탁에서' };
  expect(kept.items).toMatchObject([{ missionId: group.missionId, ...chosen }]);

  await go('/me/notifications');
  await page.getByRole('link', { name: /^알림 시각과 쉬어 가기/ }).click();
  await titled('알림 시각과 쉬어 가기');
  await page.getByText('월·화·수·목·금·토 오전 6:30, 오전 7:10 · 아침 먹고 식탁에서').waitFor();
  await page.getByRole('link', { name: /^아침 글쓰기/ }).click();
  await titled('알림 시각');
  expect(await page.getByLabel('시각 1', { exact: true }).inputValue()).toBe('06:30');
  await page.getByRole('radio', { name: '늘 하던 대로' }).check();
  await page.getByLabel('언제, 어디서 할까요?').fill('');
  await page.getByRole('button', { name: '저장하기' }).click();
  await titled('아침 글쓰기');
  // The usual time, and still not on Sundays.
  const { body: usual } = await leader.get('/v1/accounts/me/reminders');
  expect(usual.items).toMatchObject([{ times: [], weekdays: [1, 2, 3, 4, 5, 6] }]);
  await page.getByRole('link', { name: '언제 알려 드릴까요?' }).click();
  await titled('알림 시각');
  await page.getByRole('checkbox', { name: '일', exact: true }).press('Space');
  await picture(page, 'reminder-usual-ko');
  await page.getByRole('button', { name: '저장하기' }).click();
  await titled('아침 글쓰기');
  expect((await leader.get('/v1/accounts/me/reminders')).body.items).toEqual([]);
});

test('row 146, by keyboard: more than three a day is refused with what to do; a break is one step away', async () => {
  const leader = await someone(web.moim);
  const member = await web.moim.person('Taro');
  const group = await found(leader, { title: 'A page a day', ...span() }, member);
  const { body: other } = await leader.post(`${group.path}/missions`, {
    ...{ kind: 'REPEAT', way: 'TEXT', title: 'A walk', frequency: { every: 'DAY' } },
  });
  await member.put(`${group.path}/missions/${other.id}/reminder`, { times: ['08:00', '12:00', '18:00'] });
  await web.moim.settle();
  const { page } = await web.visitAs(member, { locale: 'en', path: '/me/reminders' });
  await lands(page, /^heading "Reminders and breaks/);
  await page.getByText('Every day at 8:00 AM, 12:00 PM, 6:00 PM').waitFor();
  await press(page, /^link "A page a day/);
  await lands(page, /^heading "Reminder/);
  await tabTo(page, /^radio "At the usual time/);
  await page.keyboard.press('ArrowRight');
  await write(page, /^textbox "When and where/, 'On the train');
  await press(page, /^button "Save"/);
  await page.getByRole('alert').filter({ hasText: 'You can be reminded three times a day' }).waitFor();
  await page.keyboard.press('Shift+Tab');
  await page.getByRole('radio', { name: 'At the usual time' }).press('Space');
  await press(page, /^button "Save"/);
  await hears(page, 'Reminder saved');
  await lands(page, /^heading "A page a day/);
  const { body } = await member.get('/v1/accounts/me/reminders');
  const mine = body.items.find(({ missionId }: { missionId: string }) => missionId === group.missionId);
  expect(mine).toMatchObject({ times: [], sentence: 'On the train' });

  await page.goBack();
  await page.goto(`${web.moim.apiUrl}/me/reminders`);
  await lands(page, /^heading "Reminders and breaks/);
  await press(page, /^link "Take a break/);
  await lands(page, /^heading "Take a break/);
});
