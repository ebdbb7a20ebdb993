/** What waits for those who lead: several certifications sent back at once, and how many ask for days off. */
import { until } from '../journeys/until.ts';
import { someone } from '../support/people.ts';
import { certify, found } from '../support/scene.ts';
import { dayOf } from './support/board.ts';
import { desk, useWeb } from './support/browser.ts';
import { focused, hears, lands, press, tabTo } from './support/keyboard.ts';
import { made } from './support/missions.ts';

const web = useWeb();
const span = () => ({ startDate: dayOf(web.moim), endDate: dayOf(web.moim, 20) });

test('row 54, by keyboard: several certifications are sent back at once with one reason, which each author reads', async () => {
  const leader = await web.moim.person('Sora');
  const members = await Promise.all(['Taro', 'Yuna', 'Jun'].map((name) => someone(web.moim, name)));
  const group = await found(leader, { title: 'A page a day', ...span() }, ...members);
  for (const member of members) await made(certify(member, group));
  await web.moim.settle();
  const { page } = await web.visitAs(leader, { locale: 'en', path: `/groups/${group.groupId}/review` });
  await lands(page, /^heading "Certifications/);
  await press(page, /^button "Several at once"/);
  await tabTo(page, /^checkbox "Taro/);
  await page.keyboard.press('Space');
  await tabTo(page, /^checkbox "Yuna/);
  await page.keyboard.press('Space');
  await press(page, /^button "Send back"/);
  await lands(page, /^heading "Send 2 back/);
  await press(page, /^button "It does not fit the rule"/);
  await lands(page, /^textbox "Reason"/);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Please show the page number');
  await press(page, /^button "Send"/);
  await hears(page, '2 sent back with your reason');
  await page.getByText('Sent back').first().waitFor();
  for (const member of members.slice(0, 2)) {
    const { body } = await member.get(`${group.path}/certifications?author=me`);
    expect(body.items).toMatchObject([{ status: 'DENIED', reason: 'Please show the page number' }]);
  }
  const { body: left } = await leader.get(`${group.path}/certifications?status=WAITING`);
  expect(left.items).toHaveLength(1);
});

test('one press decides on one certification, and the focus stays for the next: not a double click, nor a key that is held', async () => {
  const leader = await web.moim.person('Mirae');
  const members = await Promise.all(['Hana', 'Duri', 'Sena'].map((name) => someone(web.moim, name)));
  const group = await found(leader, { title: 'A page a day', ...span() }, ...members);
  for (const member of members) await made(certify(member, group));
  await web.moim.settle();
  const waits = async () => (await leader.get(`${group.path}/certifications?status=WAITING`)).body.items.length;
  const { page } = await web.visitAs(leader, { locale: 'en', path: `/groups/${group.groupId}/review` });
  await lands(page, /^heading "Certifications/);

  await page.getByRole('button', { name: 'Approve' }).dblclick();
  await page.getByText('2 to go').waitFor();
  await hears(page, 'is on the wall');
  expect(await until(waits, (left) => left < 3)).toBe(2);

  await tabTo(page, /^button "Approve"/);
  await page.keyboard.down('Enter');
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await page.getByText('1 to go').waitFor();
  expect(await until(waits, (left) => left < 2)).toBe(1);
  expect(await focused(page)).toMatch(/^button "Approve"/);
});

test('row 119, in Korean: how many ask for days off is said on home, in the group and in managing, until they are answered', async () => {
  const leader = await web.moim.person('Mina');
  const members = await Promise.all(['하나', '타오'].map((name) => someone(web.moim, name)));
  const group = await found(leader, { title: '매일 한 쪽', excusesNeedApproval: true, ...span() }, ...members);
  const rest = { from: dayOf(web.moim, 1), until: dayOf(web.moim, 2), reason: '여행을 가요' };
  for (const member of members) await made(member.post(`${group.path}/excuses`, rest));
  await web.moim.settle();
  const { page, titled, go } = await web.visitAs(leader);
  await page.getByRole('link', { name: '쉬어 가기 요청 2건이 답을 기다려요 매일 한 쪽' }).click();
  await titled('쉬어 가기 요청');
  await page.getByRole('button', { name: '편히 쉬세요' }).click();
  await page.getByText('1건 남았어요').waitFor();
  await web.moim.settle();
  await go(`/groups/${group.groupId}`);
  await page.getByRole('link', { name: /쉬어 가기 요청 1건이 답을 기다려요/ }).waitFor();
  await page.getByRole('link', { name: '전체', exact: true }).click();
  await titled('운영');
  await page.getByRole('link', { name: '쉬어 가기 요청 1건' }).click();
  await titled('쉬어 가기 요청');
  await page.getByRole('button', { name: '편히 쉬세요' }).click();
  await page.getByText('기다리는 요청이 없어요').waitFor();
  await web.moim.settle();
  const { body: today } = await leader.get('/v1/accounts/me/today');
  expect(today.items[0].waiting.excuses).toBe(0);
});

test('in a wide window the places of a group stay where they are, and what to do stays in sight beside a long list', async () => {
  const leader = await web.moim.person('Garam');
  const group = await found(leader, { title: 'A page a day', ...span() });
  for (let n = 1; n <= 8; n++)
    await made(leader.post(`${group.path}/posts`, { title: `Chapter ${n}`, body: 'Read it.' }));
  await web.moim.settle();
  const { page, go, whole } = await web.visitAs(leader, { locale: 'en', viewport: desk });
  const edges = [];
  for (const place of ['', '/progress', '/talk', '/posts', '/polls', '/members']) {
    await go(`/groups/${group.groupId}${place}`);
    await whole();
    const link = page.getByRole('navigation', { name: 'In this group' }).getByRole('link', { name: 'Wall' });
    edges.push((await link.boundingBox())!.x);
  }
  expect(new Set(edges).size).toBe(1);

  await go(`/groups/${group.groupId}/posts`);
  await whole();
  const { y } = (await page.getByRole('link', { name: 'Write a post' }).boundingBox())!;
  expect(y).toBeLessThan(desk.height);
});
