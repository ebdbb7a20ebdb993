/** Row 147 in the browser: the bell of a group, its volume and pauses, also by keyboard; the list of all groups; what the worker shows. */
import { someone } from '../support/people.ts';
import { found } from '../support/scene.ts';
import { dayOf } from './support/board.ts';
import { useWeb } from './support/browser.ts';
import { hears, lands, press, tabTo } from './support/keyboard.ts';
import { barriers, oddities, picture } from './support/looks.ts';

const web = useWeb();
const span = () => ({ startDate: dayOf(web.moim), endDate: dayOf(web.moim, 20) });

test('row 147, in Korean: from the bell of a group to what one wants to hear, a pause through a day and back; the settings list it', async () => {
  const leader = await someone(web.moim);
  const member = await web.moim.person('Mina');
  const { groupId, path } = await found(leader, { title: '아침 글쓰기', ...span() }, member);
  await found(member, { title: '저녁 달리기', ...span() });
  await web.moim.settle();
  const loudness = async () => (await member.get(`${path}/volume`)).body;
  const { page, titled, go } = await web.visitAs(member, { path: `/groups/${groupId}` });

  await page.getByRole('button', { name: '이 모임의 알림, 모두 받기' }).click();
  await page.getByRole('radio', { name: /^나에게 온 것만/ }).check();
  await page.getByRole('button', { name: '날짜까지' }).click();
  const day = dayOf(web.moim, 3);
  await page.getByLabel('이날까지 쉬어요').fill(day);
  await picture(page, 'loudness-day-ko');
  expect([...(await oddities(page)), ...(await barriers(page))]).toEqual([]);
  await page.getByRole('button', { name: '쉬기', exact: true }).click();
  const until = `${Number(day.slice(5, 7))}월 ${Number(day.slice(8))}일까지 쉬어요`;
  await page.getByRole('status').getByText(until).waitFor();
  await picture(page, 'loudness-paused-ko');
  expect(await loudness()).toMatchObject({ volume: 'MENTIONS', quietUntil: expect.stringContaining('T15:00:00.000Z') });
  await page.getByRole('button', { name: '닫기' }).click();
  await page.getByRole('button', { name: `이 모임의 알림, ${until}` }).waitFor();

  await go('/me/notifications');
  await titled('알림 설정');
  await page.getByRole('button', { name: `아침 글쓰기 ${until}` }).click();
  await page.getByRole('button', { name: '다시 받기' }).click();
  await page.getByRole('button', { name: '1시간 쉬기' }).waitFor();
  await page.getByRole('button', { name: '닫기' }).click();
  await page.getByRole('button', { name: '아침 글쓰기 나에게 온 것만' }).waitFor();
  await page.getByRole('button', { name: '저녁 달리기 모두 받기' }).waitFor();
  expect(await loudness()).toEqual({ volume: 'MENTIONS', quietUntil: null });
});

test('row 147, by keyboard: nothing, then an hour; the focus comes back to the bell', async () => {
  const leader = await someone(web.moim);
  const member = await web.moim.person('Taro');
  const { groupId, path } = await found(leader, { title: 'A page a day', ...span() }, member);
  await web.moim.settle();
  const { page } = await web.visitAs(member, { path: `/groups/${groupId}`, locale: 'en' });
  await lands(page, /^heading "A page a day"/);

  await press(page, /^button "Notifications from this group, Everything"/);
  await lands(page, /^heading "Notifications from this group"/);
  await tabTo(page, /^radio "Everything/);
  await page.keyboard.press('ArrowUp');
  await page.getByRole('radio', { name: /^Nothing/, checked: true }).waitFor();
  await press(page, /^button "For 1 hour"/);
  await hears(page, /^Quiet until/);
  await page.keyboard.press('Escape');
  await lands(page, /^button "Notifications from this group, Quiet until/);
  expect((await member.get(`${path}/volume`)).body).toMatchObject({
    volume: 'NOTHING',
    quietUntil: expect.any(String),
  });
});
