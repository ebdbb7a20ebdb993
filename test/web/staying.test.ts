/** What one has begun stays, and what is gone goes: drafts and steps after a reload, sheets and "back", people who were removed. */
import { until } from '../journeys/until.ts';
import { challenge, password } from '../support/moim.ts';
import { someone } from '../support/people.ts';
import { found, kick } from '../support/scene.ts';
import { desk, useWeb, type Visitor } from './support/browser.ts';
import { barriers, oddities, picture } from './support/looks.ts';

const web = useWeb();

async function looked({ page }: Visitor, name: string) {
  await picture(page, name);
  expect([await oddities(page), await barriers(page)]).toEqual([[], []]);
}

test('row 126: what is begun in a chat room and below a post outlives a reload; a sign-out asks about messages that wait, and forgets all', async () => {
  const mina = await web.moim.person('StayMina');
  const { body } = await mina.post('/v1/groups', challenge());
  const path = `/v1/groups/${body.id}`;
  const { body: post } = await mina.post(`${path}/posts`, { title: '3장', body: '질문이 있어요' });
  await web.moim.settle();
  // Its sockets are closed later, which would stay with a window that goes from test to test.
  const visitor = await web.visitAs(mina, { path: `/groups/${body.id}/posts/${post.id}`, fresh: true });
  const { page } = visitor;
  const comment = page.getByLabel('댓글 쓰기');
  await comment.fill('저도 그게');
  await page.reload();
  expect(await comment.inputValue()).toBe('저도 그게');
  await comment.fill('저도 그게 궁금해요');
  await page.getByRole('button', { name: '댓글 남기기' }).click();
  await page.getByRole('listitem').getByText('저도 그게 궁금해요').waitFor();
  expect(await comment.inputValue()).toBe('');
  await page.reload();
  await page.getByRole('listitem').getByText('저도 그게 궁금해요').waitFor();
  expect(await comment.inputValue()).toBe('');

  // Its part is there when the network is not.
  await visitor.lead('/me');
  await visitor.titled('나');
  await visitor.lead(`/groups/${body.id}/rooms/${body.id}`);
  const field = page.getByRole('textbox', { name: '메시지 쓰기' });
  await page.getByText(/함께 있어요|나만 있어요/).waitFor();
  await field.fill('두 줄로\n쓰는 중이에요');
  // From here on without the socket: what was given to one may arrive whatever happens on the device.
  await page.routeWebSocket(/.*/, (socket) => socket.close());
  await page.reload();
  await page.getByText('여기서부터 이야기가 시작돼요').waitFor();
  expect(await field.inputValue()).toBe('두 줄로\n쓰는 중이에요');
  await looked(visitor, 'staying-chat');

  await visitor.context.setOffline(true);
  await field.press('Enter');
  await page.getByText('연결되면 보낼게요').waitFor();
  expect(await field.inputValue()).toBe('');
  await field.fill('아직 쓰는 중');
  await visitor.lead('/me');
  await page.getByRole('button', { name: '로그아웃' }).click();
  const sheet = page.getByRole('dialog', { name: '아직 보내지 못한 채팅 메시지 1개가 있어요' });
  await sheet.waitFor();
  await looked(visitor, 'staying-sign-out');
  await sheet.getByRole('button', { name: '지우고 로그아웃하기' }).click();
  await until(
    () => page.evaluate(`localStorage.getItem('account')`),
    (account) => account === null,
  );
  const left = await page.evaluate(`Object.keys(localStorage).filter((name) => name.startsWith('draft '))`);
  expect(left).toEqual([]);
  await visitor.context.setOffline(false);
  // What the sign-out left open is ended at moim, and nobody is brought back by what was under way.
  await until(
    () => page.evaluate(`localStorage.getItem('leaving')`),
    (leaving) => leaving === null,
  );
  await web.moim.settle();
  expect(await page.evaluate(`localStorage.getItem('account')`)).toBeNull();
  await web.moim.signIn(mina.email);
  const { body: said } = await mina.get(`${path}/rooms/${body.id}/entries`);
  expect(said.entries).toEqual([]);
});

test('"back" closes a sheet in a wide window, and then leaves; who was removed sees nothing to write with', async () => {
  const [leader, member] = [await web.moim.person('StayLead'), await web.moim.person('StayMember')];
  const group = await found(leader, { title: 'A page a day' }, member);
  await web.moim.settle();
  await leader.post(`${group.path}/posts`, { title: 'Chapter 3', body: 'A question' });
  const board = `/groups/${group.groupId}/posts`;
  const visitor = await web.visitAs(member, { path: board, locale: 'en', viewport: desk });
  const { page } = visitor;
  await page.getByRole('link', { name: /Chapter 3/ }).click();
  await visitor.titled('Chapter 3');
  await visitor.whole();
  await page.getByRole('button', { name: 'Actions for this post' }).click();
  await page.getByRole('dialog').waitFor();

  await page.evaluate('history.back()');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await visitor.titled('Chapter 3');
  expect(new URL(page.url()).pathname).toMatch(/\/posts\/.+/);
  await page.evaluate('history.back()');
  await page.getByRole('link', { name: 'Write a post' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(board);

  await visitor.live();
  await kick(leader, group, member);
  await web.moim.settle();
  await page.getByRole('link', { name: 'Write a post' }).waitFor({ state: 'detached' });
  await page.getByText('Chapter 3').waitFor({ state: 'detached' });
  await looked(visitor, 'staying-removed');
});

test('rows 2, 3: a reload at the name keeps the step of a sign-up, and one at the new password that of a reset', async () => {
  const visitor = await web.visit({ locale: 'en' });
  const { page } = visitor;
  const known = await web.moim.person('StayKnown');
  await visitor.go('/password');
  await page.getByLabel('E-mail').fill(known.email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await page.getByLabel('Code').waitFor();
  await page.getByLabel('Code').pressSequentially(await web.moim.codeFor(known.email));
  await visitor.titled(/Your new/);
  await page.reload();
  await visitor.titled(/Your new/);
  // Who wants something else begins anew in another tab; this one goes on to a sign-up.
  await visitor.go('/');
  await page.getByLabel('E-mail').fill('stays@example.com');
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await page.getByLabel('Code').waitFor();
  await page.getByLabel('Code').pressSequentially(await web.moim.codeFor('stays@example.com'));
  await visitor.titled(/Almost there/);
  await page.reload();
  await visitor.titled(/Almost there/);
  await page.getByLabel('Nickname').fill('Stays');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Start' }).click();
  await visitor.titled(/Stays/);
  expect(await page.evaluate(`sessionStorage.getItem('sent-code:REGISTER')`)).toBeNull();
});

interface Box {
  readonly y: number;
  readonly height: number;
}
const isFree = (a: Box, b: Box) => a.y + a.height <= b.y || b.y + b.height <= a.y;

test('a toast stands above what is docked, or below it, so no button of a poll is covered', async () => {
  const [leader, member] = [await web.moim.person('StayAsker'), await someone(web.moim)];
  const group = await found(leader, { title: '아침 스터디' }, member);
  const { body } = await leader.post(`${group.path}/polls`, {
    question: '어디서 볼까요?',
    choices: ['도서관', '카페'],
  });
  await web.moim.settle();
  const visitor = await web.visitAs(leader, { path: `/groups/${group.groupId}/polls/${body.id}` });
  const { page } = visitor;
  await page.getByRole('radio', { name: /도서관/ }).check();
  await page.getByRole('button', { name: '투표하기' }).click();
  await page.getByRole('status').getByText('투표했어요. 고마워요!').waitFor();
  await looked(visitor, 'staying-voted');
  await page.getByRole('button', { name: '다시 고르기' }).click();
  // Somebody else does something that is told meanwhile, to a socket that is open.
  await visitor.live();
  await member.post('/v1/messages', { to: leader.id, body: '안녕하세요' });
  // Looked at as soon as it is there and at rest: it goes after some seconds.
  const boxes = `(() => {
    const [toast, dock] = ['.toast', '.dock'].map((css) => document.querySelector(css));
    if (!toast?.textContent.includes('쪽지') || !dock || toast.getAnimations().some((each) => each.playState === 'running')) return;
    return [toast, dock].map((each) => each.getBoundingClientRect().toJSON());
  })()`;
  const [said, docked] = (await until(() => page.evaluate(boxes), Boolean)) as [Box, Box];
  await picture(page, 'staying-toast');
  expect(isFree(said, docked)).toBe(true);
});
