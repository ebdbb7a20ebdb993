/** A club that climbs: a day is recorded, the ranking has it within a minute, seasons are made. In both languages, also by keyboard. */
import { until } from '../journeys/until.ts';
import type { Person } from '../support/moim.ts';
import { nextTick } from '../support/people.ts';
import { administerIn } from './support/administrator.ts';
import { useWeb } from './support/browser.ts';
import { type Climbing, climbing } from './support/climbs.ts';
import { keptOn } from './support/kept.ts';
import { hears, lands, press, tabTo, write } from './support/keyboard.ts';
import { barriers, oddities, picture } from './support/looks.ts';
import { made } from './support/missions.ts';

const web = useWeb();
let founder: Person;
let leader: Person;
let club: Climbing;

beforeAll(async () => {
  founder = await web.moim.person('Sora');
  await administerIn(web, founder);
  leader = await web.moim.person('Mina');
  club = await climbing(web.moim, founder, leader, ['지훈', '서연', '하나']);
});

/** The minute in which the boards follow the records. */
async function minute() {
  await web.moim.settle();
  await nextTick(web.moim);
  await web.moim.settle();
}

test('rows 94-97, in Korean: a newcomer sets their level, records today with large buttons, and is in the ranking within a minute', async () => {
  const bora = await web.moim.person('Bora');
  await bora.post(`${club.path}/applications`, { profile: { level: 4 } });
  await leader.post(`${club.path}/applications/${bora.id}/accept`);
  await bora.send('PUT', `${club.path}/club-profile`, { body: {} });
  await web.moim.settle();
  const base = `/groups/${club.clubId}`;
  const { page, titled, go, whole } = await web.visitAs(bora, { path: '/' });
  await page.getByRole('link', { name: '등반 기록하기' }).click();
  await titled('바위타기');
  await page.getByRole('link', { name: '오늘 기록하기' }).click();
  await page.getByText('내 실력을 먼저 알려 주세요').waitFor();
  await page.getByRole('link', { name: '실력 정하러 가기' }).click();
  await page.getByLabel('실력').selectOption('4');
  await page.getByRole('button', { name: '저장하기' }).click();

  // Back where one was: the day, with the hour and a half before now.
  await titled(/^3월 2일 기록/);
  expect(await page.getByLabel('끝', { exact: true }).inputValue()).toMatch(/^12:/);
  await page.getByLabel('어디에서').fill('더클라임 양재');
  for (const name of ['4단계 하나 더하기', '4단계 하나 더하기', '5단계 하나 더하기', '2단계 하나 더하기'])
    await page.getByRole('button', { name }).click();
  await page.getByRole('button', { name: '2단계 하나 빼기' }).click();
  // What one has entered is still there after the page was closed.
  await page.reload();
  await page.getByRole('button', { name: '4점 저장하기' }).click();
  await page.getByText('기록했어요. 1분 안에 순위에 반영돼요').waitFor();
  await page.getByRole('link', { name: '3월 2일, 4점' }).waitFor();
  const { body: kept } = await bora.get(`${club.path}/records`);
  expect(kept.items.map(({ points, gym }: { points: number; gym: string }) => [points, gym])).toEqual([
    [4, '더클라임 양재'],
  ]);

  await page.getByRole('link', { name: '순위', exact: true }).click();
  await page.getByText('방금 기록한 것까지 4점이에요. 1분 안에 순위에 보여요.').waitFor();
  await minute();
  await go(`${base}/ranking`);
  const { body: board } = await bora.get(`${club.path}/ranking`);
  expect(board.board.me).toMatchObject({ points: 4, coming: 4 });
  await page.getByRole('link', { name: `${board.board.me.rank}위 Bora 나 4점` }).waitFor();
  await page.getByText('3주차').waitFor();
  await page.getByRole('img', { name: '최근 몇 주의 점수: 0점, 0점, 4점' }).waitFor();
  await page.getByRole('link', { name: '지난주 순위' }).click();
  await page.getByText('2주차').waitFor();
  await page.getByText('기간이 끝났어요.').waitFor();
  await page.getByRole('link', { name: '시즌', exact: true }).click();
  await page.getByLabel('시즌 고르기').selectOption('겨울');
  await page.getByText('마감된 순위예요. 더 이상 바뀌지 않아요.').waitFor();
  await whole();
  // Two share the first place; the list goes on from the fourth.
  const podium = page.getByRole('list', { name: '맨 앞의 사람들' });
  expect(await podium.locator('.podium-place').allTextContents()).toEqual(['공동 1위', '공동 1위', '3위']);
  expect(await page.locator('.rank-number .unseen').allTextContents()).toEqual(['4위']);
  await picture(page, 'ranking-final-ko');
  expect([...(await oddities(page)), ...(await barriers(page))]).toEqual([]);

  // Somebody else's month, from their place.
  await page.getByRole('link', { name: /^공동 1위 지훈/ }).click();
  await titled('지훈님의 기록');
  expect(await page.getByRole('button', { name: '순위에서 빼기' }).count()).toBe(0);
});

test('rows 94, 95, 133, by keyboard: a record is edited, shared as a picture and deleted; the leader strikes one with a reason', async () => {
  const { page, go } = await web.visitAs(leader, { locale: 'en', path: `/groups/${club.clubId}/records` });
  await lands(page, /^heading "바위타기"/);
  await press(page, /^button "Share my climbs"/);
  await lands(page, /^heading "Share your climbs/);
  await press(page, /^button "Create a link|^button "Make/);
  await page.getByRole('dialog').getByRole('img').waitFor();
  expect(
    await page.evaluate(`(async () => (await fetch(document.querySelector('.share-picture').src)).status)()`),
  ).toBe(200);
  await page.keyboard.press('Escape');
  await lands(page, /^button "Share my climbs"/);

  await press(page, /^link "2 Mar 2, 4 points|^link "Mar 2, 4 points/);
  await lands(page, /^heading "Record of Mar 2/);
  await press(page, /^button "One more of Level 5"/);
  await tabTo(page, /^spinbutton "Number solved, Level 6"/);
  await page.keyboard.type('3');
  await press(page, /^button "Save, 12 points"/);
  await hears(page, 'Saved');
  await lands(page, /^heading "바위타기"/);
  await go(`/groups/${club.clubId}/records/${club.day}`);
  await lands(page, /^heading "Record of Mar 2/);
  await press(page, /^button "Delete this record"/);
  await lands(page, /^heading "Delete this record/);
  await press(page, /^button "Delete"/);
  await hears(page, 'Deleted');
  await web.moim.settle();
  const { body } = await leader.get(`${club.path}/records`);
  expect(body.items.map(({ day }: { day: string }) => day)).toEqual(['2026-03-01']);

  await go(`/groups/${club.clubId}/members/${club.jihun.id}/records`);
  await lands(page, /^heading "Records of 지훈"/);
  await press(page, /^button "Leave out of rankings"/);
  await lands(page, /^heading "Leave this record out/);
  await write(page, /^textbox "Reason"/, 'That wall was closed that day');
  await press(page, /^button "Leave it out"/);
  await hears(page, 'It no longer counts');
  await page.getByText('Left out of rankings').waitFor();
  const { body: theirs } = await club.jihun.get(`${club.path}/records`);
  expect(theirs.items.at(-1).counted).toBeNull();
});

test('row 96, by keyboard: a season that shares a day with another is refused with what to do, and made on other days', async () => {
  const { page } = await web.visitAs(leader, { path: `/groups/${club.clubId}/manage` });
  await lands(page, /^heading "운영"/);
  await press(page, /^link "시즌/);
  await lands(page, /^heading "시즌"/);
  await press(page, /^button "시즌 만들기"/);
  await lands(page, /^heading "시즌 만들기"/);
  await write(page, /^textbox "이름"/, '여름');
  await page.getByLabel('첫날').fill('2026-05-01');
  await press(page, /^button "만들기"/);
  await page.getByRole('alert').waitFor();
  await page.getByLabel('첫날').fill('2026-05-11');
  await press(page, /^button "만들기"/);
  await hears(page, '여름 시즌을 만들었어요');
  await page.getByText('예정').waitFor();
  await web.moim.settle();
  const { body } = await leader.get(`${club.path}/seasons`);
  expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['겨울', '봄', '여름']);
  expect([...(await oddities(page)), ...(await barriers(page))]).toEqual([]);
});

test('rows 95, 155: without a network the ranking and the records that were read are there after a reload', async () => {
  const { page, context, titled } = await web.visitAs(leader, { path: '/', worker: true });
  await titled(/Mina님/);
  await page.evaluate('navigator.serviceWorker.ready');
  await page.reload();
  await titled(/Mina님/);
  await page.getByRole('link', { name: '순위 보기' }).click();
  await page.getByText('내 자리').first().waitFor();
  await page.getByRole('link', { name: '등반', exact: true }).click();
  await page.getByText('이 달의 기록').waitFor();
  await until(
    () => keptOn(page),
    (text) => text.includes('"coming"') && text.includes('"totals"'),
  );
  await context.setOffline(true);
  await page.reload();
  await page.getByText('인터넷이 끊겼어요').waitFor();
  await page.getByText('이 달의 기록').waitFor();
  await page.getByRole('link', { name: '순위', exact: true }).click();
  await page.getByText('내 자리').first().waitFor();
  expect(await page.locator('.podium-step, .rank').count()).toBeGreaterThanOrEqual(3);
  await context.setOffline(false);
});

test('row 95: a ranking that is open follows the minute by itself', async () => {
  const { page, go } = await web.visitAs(leader, { locale: 'en', path: '/', fresh: true });
  // A wait of more than a minute is one of a moment here.
  await page.addInitScript(`{
    const wait = window.setTimeout;
    window.setTimeout = (act, ms, ...given) => wait(act, ms > 60000 && ms < 100000 ? 400 : ms, ...given);
  }`);
  await go(`/groups/${club.clubId}/ranking?week=0`);
  await page.getByText('My rank').first().waitFor();
  const rankOf = async () => (await club.seoyeon.get(`${club.path}/ranking?week=0`)).body.board.me.rank;
  const before = await rankOf();
  const [latest] = (await club.seoyeon.get(`${club.path}/records`)).body.items.slice(-1);
  await made(club.seoyeon.patch(`${club.path}/records/${latest.id}`, { problems: [{ level: 9, count: 50 }] }));
  await minute();
  expect([before > 1, await rankOf()]).toEqual([true, 1]);
  await page.getByRole('link', { name: /^1st 서연/ }).waitFor();
});

test('row 95: a board without anybody says what begins it, and a club without a season leads its leader to one', async () => {
  const { body: young } = await founder.post('/v1/groups', { kind: 'CLUB', title: '첫 바위', category: 'SPORTS' });
  const { page, go, whole } = await web.visitAs(founder, { theme: 'dark', path: `/groups/${young.id}/ranking` });
  await page.getByText('아직 시즌이 없어요').waitFor();
  await page.getByRole('link', { name: '시즌 만들기' }).waitFor();
  await picture(page, 'ranking-none-ko');
  expect([...(await oddities(page)), ...(await barriers(page))]).toEqual([]);
  const dates = { startDate: club.day, endDate: '2026-06-30' };
  await made(founder.post(`/v1/groups/${young.id}/seasons`, { name: '첫', ...dates }));
  await go(`/groups/${young.id}/ranking`);
  await page.getByText('첫 기록을 기다려요').waitFor();
  await whole();
  await picture(page, 'ranking-first-week-ko');
  expect([...(await oddities(page)), ...(await barriers(page))]).toEqual([]);
});
