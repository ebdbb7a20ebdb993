/** Row 144 in the browser: a warm word after a week away, and each way to go on. */
import { until } from '../journeys/until.ts';
import type { Person } from '../support/moim.ts';
import { renew, someone } from '../support/people.ts';
import { certify, found } from '../support/scene.ts';
import { dayOf } from './support/board.ts';
import { useWeb } from './support/browser.ts';
import { hears, lands, press, tabTo } from './support/keyboard.ts';
import { barriers, oddities, picture } from './support/looks.ts';
import { made } from './support/missions.ts';

const web = useWeb();

/** A member who did it for three days, and then was away for nine. */
async function away(nickname: string, title: string) {
  const leader = await someone(web.moim);
  const member = await web.moim.person(nickname);
  const group = await found(
    leader,
    { title, startDate: dayOf(web.moim), endDate: dayOf(web.moim, 40), approval: 'AUTO' },
    member,
  );
  for (let day = 0; day < 3; day++) {
    await made(certify(member, group));
    await next(1, leader, member);
  }
  await next(9, leader, member);
  return { leader, member, group };
}
async function next(days: number, ...people: Person[]) {
  await web.moim.settle();
  await web.moveTo(new Date(web.moim.clock.now() + days * 86_400_000).toISOString());
  await renew(web.moim, ...people);
}

test('row 144, in Korean: home greets who was away, says what stays, waits until tomorrow if asked to, and starts again by one press', async () => {
  const { leader, member, group } = await away('Mina', '매일 알고리즘');
  const { page } = await web.visitAs(member);
  await page.getByRole('heading', { name: '다시 만나서 반가워요!' }).waitFor();
  await page.getByText('가장 길게 이어 간 3일도 그대로 있어요').waitFor();
  await picture(page, 'home-back-ko');
  expect([...(await oddities(page)), ...(await barriers(page))]).toEqual([]);
  await page.getByRole('button', { name: '나중에 고르기' }).click();
  expect(await page.getByRole('heading', { name: '다시 만나서 반가워요!' }).count()).toBe(0);
  await page.reload();
  await page.getByRole('heading', { name: '오늘 할 일' }).waitFor();
  expect(await page.getByRole('heading', { name: '다시 만나서 반가워요!' }).count()).toBe(0);

  await next(1, leader, member);
  await page.reload();
  await page.getByRole('button', { name: '오늘 다시 시작하기' }).click();
  await page.getByText('반가워요! 오늘 한 장부터 쌓아 봐요.').waitFor();
  await page.getByRole('heading', { name: '다시 만나서 반가워요!' }).waitFor({ state: 'detached' });
  const { body: today } = await member.get('/v1/accounts/me/today');
  expect(today.items[0]).toMatchObject({ group: { id: group.groupId }, back: null });
});

test('row 144, by keyboard: fewer times a week from today on, said by the mission and taken back there; the group is told when one asks', async () => {
  const { member, group } = await away('Taro', 'A page a day');
  const { page } = await web.visitAs(member, { locale: 'en' });
  await lands(page, /^heading/);
  await page.getByRole('heading', { name: 'Good to see you again!' }).waitFor();
  await press(page, /^link "See other ways"/);
  await lands(page, /^heading "Picking it up again/);
  await tabTo(page, /^radio "Start again as before/);
  await page.keyboard.press('ArrowDown');
  await lands(page, /^radio "A little less/);
  await tabTo(page, /^combobox "How many times a week/);
  await page.getByLabel('How many times a week?').selectOption('2');
  await press(page, /^switch "Tell the group I am back"/, 'Space');
  await picture(page, 'return-en');
  expect([...(await oddities(page)), ...(await barriers(page))]).toEqual([]);
  await press(page, /^button "Go on with a little less"/);
  await hears(page, 'From today on, 2 times a week');
  await lands(page, /^heading "A page a day/);
  const { body: kept } = await member.get(`${group.path}/missions/${group.missionId}`);
  expect(kept.quota).toBe(2);

  await page.goto(`${web.moim.apiUrl}/groups/${group.groupId}/missions/${group.missionId}`);
  await lands(page, /^heading "A page a day/);
  await page.getByText('You chose 2 times a week.').waitFor();
  await press(page, /^button "Do it as often as planned"/);
  await hears(page, 'From next Monday, as');
});

test('row 144, in Korean: a rest until a date is no list of misses; another says goodbye with a word', async () => {
  const { member } = await away('Nari', '아침 글쓰기');
  const { page, titled } = await web.visitAs(member);
  await page.getByRole('link', { name: '다르게 이어 가기' }).click();
  await titled('다시 이어 가기');
  await page.getByRole('radio', { name: /^조금 더 쉬기/ }).check();
  await page.getByLabel('언제까지 쉴까요?').fill(dayOf(web.moim, 3));
  await page.getByRole('button', { name: '쉬어 가기' }).click();
  await page.getByText('편히 쉬고 오세요').waitFor();
  await page.getByText('쉬어 가는 날이에요').waitFor();

  const { leader, member: other, group } = await away('Hana', '저녁 달리기');
  const second = await web.visitAs(other, { path: `/groups/${group.groupId}/return` });
  await second.page.getByRole('radio', { name: /^쉬어 간 날로 남기기/ }).waitFor();
  await second.page.getByRole('radio', { name: /^인사하고 나오기/ }).check();
  await second.page.getByLabel('남기고 싶은 말').fill('그동안 고마웠어요!');
  await second.page.getByRole('button', { name: '모임에서 나오기' }).click();
  await second.page.getByText('모임에서 나왔어요. 언제든 다시 만나요!').waitFor();
  await web.moim.settle();
  expect((await other.get(`/v1/accounts/me/groups/${group.groupId}`)).status).toBe(404);
  const { body: inbox } = await leader.get('/v1/notifications');
  expect(JSON.stringify(inbox.items)).toContain('그동안 고마웠어요!');
});

test('row 133, by keyboard: my progress as a picture with a link: made without my name, copied, taken back', async () => {
  const leader = await web.moim.person('Sora');
  const group = await found(leader, {
    title: 'A page a day',
    startDate: dayOf(web.moim),
    endDate: dayOf(web.moim, 20),
  });
  await web.moim.settle();
  const { page, context } = await web.visitAs(leader, {
    locale: 'en',
    path: `/groups/${group.groupId}/progress/${leader.id}`,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await lands(page, /^heading "My progress/);
  await press(page, /^button "Share progress"/);
  await lands(page, /^heading "Share my progress/);
  await press(page, /^button "Make a link"/);
  const shown = page.getByRole('img', { name: 'The picture you share' });
  await shown.waitFor();
  await until(() => page.evaluate('document.querySelector(".share-picture").naturalWidth > 0'), Boolean);
  await picture(page, 'share-en');
  expect([...(await oddities(page)), ...(await barriers(page))]).toEqual([]);
  await press(page, /^button "Copy the link"/);
  await hears(page, 'Link copied');
  const { body: links } = await leader.get('/v1/accounts/me/progress-links');
  expect(links.items).toMatchObject([{ groupId: group.groupId, of: 'ME', named: false }]);
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(links.items[0].url);
  await press(page, /^button "Turn off the link"/);
  await lands(page, /^heading "Turn off the link/);
  await press(page, /^button "Turn off the link"/);
  await hears(page, 'The link is off');
  expect((await leader.get('/v1/accounts/me/progress-links')).body.items).toEqual([]);
});
