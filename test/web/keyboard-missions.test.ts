/** Row 158, for missions: a checklist is made, changed and ticked off with the keyboard alone. */
import { until } from '../journeys/until.ts';
import { found } from '../support/scene.ts';
import { useWeb } from './support/browser.ts';
import { focused, hears, lands, press, tabTo, write } from './support/keyboard.ts';
import { made } from './support/missions.ts';
import { own } from './support/outbox.ts';

const web = useWeb();

test('rows 51, 158, in Korean: the leader makes a checklist and changes it, a member ticks it off, without a pointer', async () => {
  const leader = await web.moim.person('Jieun');
  const member = await web.moim.person('Jihun');
  const group = await found(leader, { title: '여섯 주 실기' }, member);
  const at = `/groups/${group.groupId}`;
  const { page } = await web.visitAs(leader, { path: `${at}/missions/new` });
  await lands(page, /^heading "미션 만들기/);
  await write(page, /^textbox "무엇을 하나요/, '3단원 풀기');
  await tabTo(page, /^radio "사진/);
  await page.keyboard.press('ArrowDown');
  await lands(page, /^radio "체크리스트/);
  await write(page, /^textbox "할 일 1/, '다섯 문제 풀기');
  await press(page, /^button "할 일 더하기/);
  await write(page, /^textbox "할 일 2/, '질문 하나 고르기');
  await press(page, /^button "미션 만들기/);
  await hears(page, '새 미션을 만들었어요');
  await lands(page, /^heading "3단원 풀기/);

  await press(page, /^link "미션 고치기/);
  await lands(page, /^heading "미션 고치기/);
  await write(page, /^textbox "무엇을 하나요/, '4단원 풀기');
  await press(page, /^button "저장하기/);
  await hears(page, '미션을 고쳤어요');
  await lands(page, /^heading "4단원 풀기/);

  const { items } = (await leader.get(`${group.path}/missions`)).body;
  const { id } = items.find(({ title }: { title: string }) => title === '4단원 풀기');
  const mine = await web.visitAs(member, { path: `${at}/certify?mission=${id}` });
  await lands(mine.page, /^heading "오늘 인증/);
  await press(mine.page, /^checkbox "다섯 문제 풀기/, 'Space');
  await hears(mine.page, /1/);
  expect(await focused(mine.page)).toMatch(/^checkbox "다섯 문제 풀기/);
  await press(mine.page, /^checkbox "질문 하나 고르기/, 'Space');
  await press(mine.page, /^button "한 장 쌓기/);
  await lands(mine.page, /^heading "한 장 올렸어요/);
  const sent = await until(
    () => own(member, group),
    (list) => list.length > 0,
  );
  expect(sent).toMatchObject([{ missionId: id }]);
});

test('row 158: two ticks that come before the screen is drawn again are two ticks', async () => {
  const leader = await web.moim.person('Sora');
  const group = await found(leader, { title: 'Six weeks' });
  const { id } = await made(
    leader.post(`${group.path}/missions`, {
      ...{ kind: 'REPEAT', way: 'CHECKLIST', title: 'One chapter', frequency: { every: 'DAY' } },
      checklist: [{ text: 'Five problems' }, { text: 'One question' }],
    }),
  );
  const { page } = await web.visitAs(leader, { locale: 'en', path: `/groups/${group.groupId}/certify?mission=${id}` });
  await lands(page, /^heading "Certify today/);
  await page.evaluate(`for (const box of document.querySelectorAll('[type=checkbox]')) box.click()`);
  await page.getByText('2 of 2').waitFor();
  expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(2);
});
