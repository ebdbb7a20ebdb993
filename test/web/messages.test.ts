/** Row 79: private messages between two browsers, and by the keyboard alone. */
import { until } from '../journeys/until.ts';
import { found } from '../support/scene.ts';
import { administerIn } from './support/administrator.ts';
import { desk, useWeb, type Visitor } from './support/browser.ts';
import { focused, press, tabTo } from './support/keyboard.ts';
import { barriers, oddities, picture } from './support/looks.ts';

const web = useWeb();

async function looked({ page }: Visitor, name: string) {
  await picture(page, name);
  expect(await oddities(page)).toEqual([]);
  expect(await barriers(page)).toEqual([]);
}
const group = { title: '매일 알고리즘 한 문제', startDate: undefined, endDate: '2026-12-31' };

test('in Korean: a first message from the page of a member, read at once, answered, deleted; then one is blocked', async () => {
  const [jihun, seoyeon] = [await web.moim.person('Jihun'), await web.moim.person('Seoyeon')];
  await jihun.patch('/v1/accounts/me', { nickname: '지훈' });
  await seoyeon.patch('/v1/accounts/me', { nickname: '서연' });
  const { groupId } = await found(jihun, group, seoyeon);
  await web.moim.settle();
  const a = await web.visitAs(jihun, { path: `/groups/${groupId}/progress/${seoyeon.id}` });
  await a.titled('서연');
  await a.page.getByRole('link', { name: '쪽지 보내기' }).click();
  await a.page.getByText('서연님에게 첫 쪽지를 보내 보세요').waitFor();
  await looked(a, 'messages-first');
  const b = await web.visitAs(seoyeon, { path: '/messages', theme: 'dark' });
  await b.page.getByText('아직 쪽지가 없어요').waitFor();
  await looked(b, 'messages-none');

  // A draft outlives the page; what is sent is there once.
  await a.page.getByLabel('쪽지 내용').fill('이번 주 그래프 문제, 토요일에 같이 풀어 볼래요?\n저는 밤 9시가 좋아요.');
  await a.page.reload();
  await a.titled('서연');
  expect(await a.page.getByLabel('쪽지 내용').inputValue()).toContain('토요일에 같이');
  await Promise.all([a.live(), b.live()]);
  await a.page.getByRole('button', { name: '보내기' }).click();
  await a.page.getByRole('list', { name: '서연님과 나눈 쪽지' }).getByText('토요일에 같이').waitFor();
  expect(await a.page.getByLabel('쪽지 내용').inputValue()).toBe('');
  await web.moim.settle();

  await b.page.getByText('이번 주 그래프 문제').first().waitFor();
  await b.page.getByRole('img', { name: '읽지 않은 쪽지' }).waitFor();
  await looked(b, 'messages-list');
  await b.lead('/me');
  await b.page.getByRole('link', { name: /쪽지.*새 쪽지 1명/ }).click();
  await b.page.getByRole('listitem').getByRole('link', { name: /지훈/ }).click();
  await b.titled('지훈');
  await web.moim.settle();
  // Its writer sees that it was read, without a reload.
  await a.page.getByText('읽음', { exact: true }).waitFor();

  await b.page.getByRole('button', { name: '이 쪽지로 할 수 있는 일' }).click();
  await looked(b, 'messages-sheet');
  await b.page.getByRole('button', { name: '답장하기' }).click();
  await until(
    () => focused(b.page),
    (now) => /textbox/.test(now),
  );
  await b.page.keyboard.type('좋아요! 9시에 만나요.');
  await looked(b, 'messages-answer');
  await b.page.getByRole('button', { name: '보내기' }).click();
  await b.page.getByRole('list', { name: '지훈님과 나눈 쪽지' }).getByText('9시에 만나요').waitFor();
  await web.moim.settle();
  await a.page.getByText('9시에 만나요').first().waitFor();
  await looked(a, 'messages-thread');

  await a.page.getByRole('button', { name: '이 쪽지로 할 수 있는 일' }).first().click();
  await a.page.getByRole('button', { name: '내 쪽지함에서 지우기' }).click();
  await a.page.getByRole('button', { name: '지우기', exact: true }).click();
  await a.page.getByText('쪽지를 지웠어요').waitFor();
  // Its quote stays in the answer.
  const said = ({ page }: Visitor) => page.locator('li p').getByText('저는 밤 9시가 좋아요').count();
  expect([await said(a), await said(b)]).toEqual([0, 1]);

  await b.page.getByRole('button', { name: '이 사람과 할 수 있는 일' }).click();
  await b.page.getByRole('button', { name: '차단하기' }).click();
  await b.page.getByRole('button', { name: '차단하기' }).click();
  await b.page.getByText('차단한 사람이에요').waitFor();
  await looked(b, 'messages-blocked');
  await a.page.getByLabel('쪽지 내용').fill('거기 있나요?');
  await a.page.getByRole('button', { name: '보내기' }).click();
  await a.page.getByRole('list', { name: '서연님과 나눈 쪽지' }).getByText('거기 있나요?').waitFor();
  await web.moim.settle();
  expect(await b.page.getByText('거기 있나요?').count()).toBe(0);
});

test('in English, by the keyboard: a message is opened from the inbox, answered and deleted; without a network the draft stays', async () => {
  const [mina, hana] = [await web.moim.person('Mina'), await web.moim.person('Hana')];
  const { groupId } = await found(hana, { ...group, title: 'A page a day' }, mina);
  await hana.post('/v1/messages', { to: mina.id, groupId, title: 'Sunday', body: 'Shall we read chapter 3 together?' });
  await web.moim.settle();
  const visitor = await web.visitAs(mina, { path: '/inbox', locale: 'en', viewport: desk });
  const { page } = visitor;
  await visitor.whole();
  await page.getByText('New from 1').waitFor();
  await looked(visitor, 'messages-inbox');

  await press(page, /link "Messages/);
  await visitor.titled('Messages');
  await visitor.whole();
  await press(page, /link "Hana/);
  await visitor.titled('Hana');
  await visitor.whole();
  const beside = page.getByRole('navigation', { name: 'Messages' }).getByRole('link', { name: /Hana/ });
  expect(await beside.getAttribute('aria-current')).toBe('page');
  await tabTo(page, /textbox "Message"/);
  await page.keyboard.type('Yes, gladly.');
  let arrive = () => {};
  const held = new Promise<void>((done) => {
    arrive = done;
  });
  await page.route('**/v1/messages', (route) => held.then(() => route.continue()));
  await press(page, /button "Send"/);
  // What is added while a message is on its way is not lost.
  await page.getByLabel('Message', { exact: true }).fill('Yes, gladly. And then');
  arrive();
  await page.getByRole('list', { name: 'Messages with Hana' }).getByText('Yes, gladly.').waitFor();
  expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('Yes, gladly. And then');
  await page.unroute('**/v1/messages');
  await page.getByLabel('Message', { exact: true }).fill('');
  await looked(visitor, 'messages-wide');
  await tabTo(page, /button "Actions for this message"/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await press(page, /button "Delete for me"/);
  await press(page, /button "Delete"/);
  await page.getByText('Message deleted').waitFor();
  expect(await page.getByText('Yes, gladly.').count()).toBe(0);

  await tabTo(page, /textbox "Message"/);
  await page.keyboard.type('On the way');
  await visitor.context.setOffline(true);
  await page.getByText('You can send it when you are online').waitFor();
  await looked(visitor, 'messages-offline');
  await visitor.context.setOffline(false);
  await press(page, /button "Send"/);
  await page.getByRole('list', { name: 'Messages with Hana' }).getByText('On the way').waitFor();
  const mine = await until(
    async () => (await hana.get(`/v1/messages/with/${mina.id}`)).body.items.length,
    (count) => count === 3,
  );
  expect(mine).toBe(3);
});

test('rows 79, 83, 105: a message with a title is read on one device and so on the other; it is reported, and an administrator decides', async () => {
  const [jiho, seoyun] = [await web.moim.person('Jiho'), await web.moim.person('Seoyun')];
  await jiho.patch('/v1/accounts/me', { nickname: '지호' });
  await seoyun.patch('/v1/accounts/me', { nickname: '서윤' });
  await found(jiho, group, seoyun);
  await web.moim.settle();
  await seoyun.post('/v1/messages', { to: jiho.id, body: '오늘도 힘내요!' });
  await web.moim.settle();
  const a = await web.visitAs(jiho, { path: `/messages/${seoyun.id}` });
  await a.titled('서윤');
  await a.page.getByRole('button', { name: '제목 더하기' }).click();
  await until(
    () => focused(a.page),
    (now) => /textbox "제목/.test(now),
  );
  await a.page.keyboard.type('스터디 비용');
  await a.page.getByLabel('쪽지 내용').fill('내일까지 여기로 보내 주세요: 000-0000');
  await a.page.reload();
  await a.titled('서윤');
  expect(await a.page.getByLabel('제목 (선택)').inputValue()).toBe('스터디 비용');
  await looked(a, 'messages-titled');
  const other = await web.visitAs(seoyun, { path: '/inbox', viewport: desk });
  await other.live();
  await a.page.getByRole('button', { name: '보내기' }).click();
  await a.page.getByRole('list', { name: '서윤님과 나눈 쪽지' }).getByText('스터디 비용').waitFor();
  await a.page.getByLabel('제목 (선택)').waitFor({ state: 'detached' });
  await web.moim.settle();

  // The bell of the other device is quiet as soon as the message was read on this one.
  await other.page
    .getByRole('link', { name: /스터디 비용/ })
    .getByRole('img', { name: '읽지 않음' })
    .waitFor();
  const b = await web.visitAs(seoyun, { path: `/messages/${jiho.id}`, theme: 'dark' });
  await b.titled('지호');
  await web.moim.settle();
  await other.page.getByRole('img', { name: '읽지 않음' }).waitFor({ state: 'detached' });
  expect(await other.page.getByText(/^새 쪽지/).count()).toBe(0);

  await b.page.getByRole('button', { name: '이 쪽지로 할 수 있는 일' }).last().click();
  await looked(b, 'messages-sheet-report');
  await b.page.getByRole('button', { name: '신고하기' }).click();
  await b.page.getByLabel('이유').selectOption('FAKE');
  await looked(b, 'messages-reporting');
  await b.page.getByRole('dialog').getByRole('button', { name: '신고하기' }).click();
  await b.page.getByText('알려 줘서 고마워요. 이제 보이지 않아요.').waitFor();
  await b.page.getByText('000-0000').waitFor({ state: 'detached' });
  await b.lead('/messages');
  await b.page.getByText('오늘도 힘내요!').waitFor();
  await other.page.reload();
  await other.page.getByText('쪽지를 보냈어요: 지금은 볼 수 없어요').waitFor();
  await looked(other, 'inbox-gone');

  const lead = await web.moim.person('Haneul');
  const office = await web.visitAs(lead);
  await administerIn(web, lead);
  await office.go('/admin/reports');
  await office.page.getByText('쪽지', { exact: true }).waitFor();
  await office.page.getByRole('button', { name: '신고된 내용 보기' }).click();
  await office.page.getByText('000-0000').waitFor();
  await looked(office, 'admin-reported-message');
  await office.page.getByRole('button', { name: '가리기' }).click();
  await looked(office, 'admin-reported-message-hide');
  await office.page.getByRole('dialog').getByRole('button', { name: '가리기' }).click();
  await office.page.getByText('기다리는 신고가 없어요').waitFor();
  await a.page.reload();
  await a.page.getByText('신고를 살펴보고 가린 쪽지예요. 나에게만 보여요.').waitFor();
  await looked(a, 'messages-hidden');
});
