/** Row 122: the work is done and its answer is lost, to the gateway or to a reload. Whoever presses again does nothing twice. */
import { found } from '../support/scene.ts';
import { useWeb, type Visitor } from './support/browser.ts';

const web = useWeb();

test.each([500, 503])(
  "%s of the gateway after the work: said in one's language, and pressed again, it is one",
  async (status) => {
    const [mina, jihun] = [await web.moim.person(`Mina${status}`), await web.moim.person(`Jihun${status}`)];
    const { groupId } = await found(mina, { startDate: undefined, endDate: '2026-12-31' }, jihun);
    await web.moim.settle();
    const visitor = await web.visitAs(mina, { path: `/messages/${jihun.id}?group=${groupId}` });
    const { page } = visitor;
    const keys: string[] = [];
    await page.route(/\/v1\/(messages|groups\/[^/]+\/posts)$/, async (route) => {
      const request = route.request();
      if (request.method() !== 'POST') return route.fallback();
      keys.push((await request.headerValue('idempotency-key'))!);
      // The client asks a gateway that is busy some times by itself.
      if (new Set(keys).size > 1 || keys.length > tries) return route.fallback();
      await route.fetch();
      await route.fulfill({ status, json: { message: 'Gateway' } });
    });
    const tries = status === 503 ? 4 : 1;
    const said = () => page.getByRole('alert').getByText('서버에 닿지 못했어요').waitFor();

    await page.getByLabel('쪽지 내용').fill('한 번만');
    await page.getByRole('button', { name: '보내기' }).click();
    await said();
    await page.getByRole('button', { name: '보내기' }).click();
    await page.getByText('한 번만').first().waitFor();
    await page.getByText('서버에 닿지 못했어요').waitFor({ state: 'detached' });
    const { body: box } = await jihun.get(`/v1/messages/with/${mina.id}`);
    const messageKeys = new Set(keys.splice(0));

    await visitor.lead(`/groups/${groupId}/posts/new`);
    await visitor.titled('글쓰기');
    await page.getByRole('textbox', { name: '제목' }).fill('공지');
    await page.getByRole('textbox', { name: '내용' }).fill('한 번만');
    await page.getByRole('button', { name: '올리기' }).click();
    await said();
    await page.getByRole('button', { name: '올리기' }).click();
    await visitor.titled('공지');
    const { body: board } = await jihun.get(`/v1/groups/${groupId}/posts`);

    expect([messageKeys.size, box.items.length]).toEqual([1, 1]);
    expect([new Set(keys).size, board.items.length]).toEqual([1, 1]);
    visitor.faults.length = 0;
  },
);

/** From now on the first POST to the path is carried out, and its answer never comes. */
async function losing({ page }: Visitor, path: RegExp) {
  const keys: string[] = [];
  const { promise: carriedOut, resolve } = Promise.withResolvers<void>();
  await page.route(path, async (route) => {
    const request = route.request();
    if (request.method() !== 'POST') return route.fallback();
    keys.push((await request.headerValue('idempotency-key'))!);
    if (keys.length > 1) return route.fallback();
    await route.fetch();
    resolve();
  });
  return { keys, carriedOut };
}

let scenes = 0;
async function scene() {
  scenes += 1;
  const [mina, jihun] = [await web.moim.person(`Reload${scenes}`), await web.moim.person(`Other${scenes}`)];
  const here = await found(mina, { startDate: undefined, endDate: '2026-12-31' }, jihun);
  await web.moim.settle();
  return { ...here, mina, jihun };
}
const press = ({ page }: Visitor, name: string) => page.getByRole('button', { name, exact: true }).click();

test('a reload while a message is sent: pressed again it is one, with what it answers, also from another way in; other words are another one', async () => {
  const { mina, jihun, groupId } = await scene();
  const sent = async () => (await jihun.get(`/v1/messages/with/${mina.id}`)).body.items;
  await jihun.post('/v1/messages', { to: mina.id, groupId, body: '언제 볼까요?' });
  await web.moim.settle();
  const visitor = await web.visitAs(mina, { path: `/messages/${jihun.id}?group=${groupId}` });
  const { page } = visitor;
  const field = page.getByLabel('쪽지 내용');
  const lost = await losing(visitor, /\/v1\/messages$/);
  await press(visitor, '이 쪽지로 할 수 있는 일');
  await press(visitor, '답장하기');
  await page.getByText('답장하는 쪽지').waitFor();
  await field.fill('한 번만');
  await press(visitor, '보내기');
  await lost.carriedOut;
  // The app begins anew, as on a phone that threw the page away.
  await visitor.go(`/messages/${jihun.id}`);
  await page.getByText('답장하는 쪽지').waitFor();
  await press(visitor, '보내기');
  await page.getByText('답장하는 쪽지').waitFor({ state: 'detached' });
  const once = await sent();
  // What was answered is over: the same words are meant anew.
  await field.fill('한 번만');
  await press(visitor, '보내기');
  await page.getByText('한 번만', { exact: true }).nth(1).waitFor();
  const again = await sent();

  const changed = await losing(visitor, /\/v1\/messages$/);
  await field.fill('토요일이요');
  await press(visitor, '보내기');
  await changed.carriedOut;
  await page.reload();
  await field.fill('일요일이요');
  await press(visitor, '보내기');
  await page.getByText('일요일이요', { exact: true }).waitFor();
  const others = await sent();

  expect(new Set(lost.keys.slice(0, 2)).size).toBe(1);
  expect(once.map(({ body, quote }: { body: string; quote: string | null }) => [body, quote])).toEqual([
    ['한 번만', '언제 볼까요?'],
    ['언제 볼까요?', null],
  ]);
  expect(again).toHaveLength(3);
  expect(new Set(changed.keys).size).toBe(2);
  expect(others.slice(0, 2).map(({ body }: { body: string }) => body)).toEqual(['일요일이요', '토요일이요']);
  visitor.faults.length = 0;
});

test('a reload while a notice, its comment and a poll are sent: each is there as it was, and pressed again it is one', async () => {
  const { mina, groupId, path } = await scene();
  const visitor = await web.visitAs(mina, { path: `/groups/${groupId}/posts/new` });
  const { page } = visitor;
  await visitor.titled('글쓰기');
  const post = await losing(visitor, /\/posts$/);
  await page.getByRole('radio', { name: '공지' }).check();
  await page.getByRole('textbox', { name: '제목' }).fill('3장');
  await page.getByRole('textbox', { name: '내용' }).fill('한 번만');
  await press(visitor, '올리기');
  await post.carriedOut;
  await page.reload();
  await press(visitor, '올리기');
  await visitor.titled('3장');
  const { notices: posts } = (await mina.get(`${path}/posts`)).body;

  const comment = await losing(visitor, /\/comments$/);
  await page.getByLabel('댓글 쓰기').fill('저도요');
  await press(visitor, '댓글 남기기');
  await comment.carriedOut;
  await page.reload();
  await press(visitor, '댓글 남기기');
  await page.getByRole('listitem').getByText('저도요').waitFor();
  const { items: comments } = (await mina.get(`${path}/comments?on=post:${posts[0].id}`)).body;

  await visitor.lead(`/groups/${groupId}/polls/new`);
  const poll = await losing(visitor, /\/polls$/);
  await page.getByLabel('무엇을 물어볼까요?').fill('어디서 볼까요?');
  await page.getByRole('button', { name: '선택지 더하기' }).click();
  for (const [at, text] of ['도서관', '카페', '공원'].entries())
    await page.getByRole('textbox', { name: `선택지 ${at + 1}` }).fill(text);
  await page.getByRole('switch', { name: '익명으로 하기' }).check();
  await page.getByRole('radio', { name: '시각 정하기' }).check();
  await page.getByLabel('끝나는 시각').fill('21:30');
  await page.getByRole('radio', { name: /^투표한 다음/ }).check();
  await press(visitor, '투표 올리기');
  await poll.carriedOut;
  await page.reload();
  await press(visitor, '투표 올리기');
  await page.getByRole('radio', { name: /카페/ }).waitFor();
  const { items: polls } = (await mina.get(`${path}/polls`)).body;
  const left = await page.evaluate(`Object.keys(localStorage).filter((name) => name.startsWith('draft '))`);

  expect([post, comment, poll].map(({ keys }) => [keys.length, new Set(keys).size])).toEqual([
    [2, 1],
    [2, 1],
    [2, 1],
  ]);
  expect(posts).toMatchObject([{ kind: 'NOTICE', title: '3장' }]);
  expect(comments).toHaveLength(1);
  expect(polls).toMatchObject([{ anonymous: true, results: 'AFTER_VOTE', closesAt: expect.any(String) }]);
  expect(left).toEqual([]);
  visitor.faults.length = 0;
});
