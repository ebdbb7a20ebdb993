/** Rows 70 to 78, 126: people talk. Two windows see each other's words at once, nothing is lost or sent twice. */
import { until } from '../journeys/until.ts';
import { challenge } from '../support/moim.ts';
import { someone } from '../support/people.ts';
import { jpegOf, painted } from '../support/pictures.ts';
import { kick } from '../support/scene.ts';
import { newMessage, placeIn, say, study } from '../talking/chat/support.ts';
import { phone, useWeb, type Visitor } from './support/browser.ts';
import { lands, press } from './support/keyboard.ts';
import { compose, oddities, picture } from './support/looks.ts';

const web = useWeb();

const list = ({ page }: Visitor) => page.getByRole('list').last();
const field = ({ page }: Visitor) => page.getByRole('textbox', { name: '메시지 쓰기' });
const bubbles = ({ page }: Visitor) => page.locator('.bubble > p:first-of-type').allInnerTexts();
const shows = (visitor: Visitor, text: string) => list(visitor).getByText(text, { exact: true }).waitFor();
/** Writes as a person with keys does. */
async function write(visitor: Visitor, text: string) {
  await field(visitor).fill(text);
  await field(visitor).press('Enter');
}
let rooms = 0;
/** A group whose leader and first member can sign in, and a third person who is elsewhere. */
async function room(more: object = {}) {
  rooms += 1;
  const [leader, member] = [await web.moim.person(`Mina${rooms}`), await web.moim.person(`Jiu${rooms}`)];
  const other = await someone(web.moim, `Seojun${rooms}`);
  const { body } = await leader.post('/v1/groups', challenge(more));
  const here = placeIn(body.id);
  for (const each of [member, other]) await each.post(`${here.path}/members`);
  await web.moim.settle();
  return { ...here, leader, member, at: `/groups/${here.groupId}/rooms/${here.roomId}` };
}
const isLive = ({ page }: Visitor) => page.getByText(/함께 있어요|나만 있어요/).waitFor();

test('rows 71, 126: two people talk in Korean; who has not read is counted down; a reply quotes; a slip is deleted for both', async () => {
  const { leader, member, at } = await room();
  const mina = await web.visitAs(leader, { path: at });
  const jiu = await web.visitAs(member, { path: at });
  await Promise.all([isLive(mina), isLive(jiu)]);

  // The Enter that ends a syllable belongs to it, and sends once, with all of it.
  await field(jiu).focus();
  await compose(jiu.page, ['ㅎ', '하', '한']);
  await jiu.page.keyboard.press('Enter');
  await shows(mina, '한');
  await jiu.page.getByText('1명이 아직 안 읽었어요').waitFor({ state: 'attached' });
  await mina.page.getByRole('log').getByText(/: 한$/).waitFor({ state: 'attached' });
  expect([await bubbles(jiu), await field(jiu).inputValue()]).toEqual([['한'], '']);

  await field(mina).pressSequentially('뭐');
  await jiu.page.getByText(/님이 쓰고 있어요/).waitFor();
  await field(mina).fill('');
  // A message is answered with the keyboard alone, and the focus is in the field again.
  await press(mina.page, /^button ".*메시지로 할 수 있는 것/);
  await press(mina.page, /^button "답장하기"/);
  await mina.page.getByText(/에게 답장$/).waitFor();
  await lands(mina.page, /^textbox "메시지 쓰기/);
  await mina.page.keyboard.insertText('두 글이네요');
  await mina.page.keyboard.press('Enter');
  await shows(jiu, '두 글이네요');
  expect(await jiu.page.locator('.chat-quote').innerText()).toContain('한');
  expect(await mina.page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');

  await mina.page.getByRole('button', { name: '내 메시지로 할 수 있는 것' }).press('Enter');
  await mina.page.getByRole('button', { name: '메시지 지우기' }).press('Enter');
  await mina.page.getByRole('dialog').getByRole('button', { name: '메시지 지우기' }).press('Enter');
  await shows(jiu, '지운 메시지예요');
  expect(await bubbles(jiu)).toEqual(['한', '지운 메시지예요']);

  // A long message leaves no room beside it: what can be done with it lies over its time, and the room stays where it is.
  await write(jiu, `https://example.com/${'a'.repeat(1500)}`);
  await mina.page
    .getByRole('button', { name: /님의 메시지로 할 수 있는 것/ })
    .last()
    .focus();
  expect(await oddities(mina.page)).toEqual([]);
});

test('row 126: written without a network it waits, is sent once, and what was said meanwhile is there, in order', async () => {
  const { leader, member, at, ...here } = await room();
  await say(web.moim, leader, here, '먼저');
  const jiu = await web.visitAs(member, { path: at });
  await isLive(jiu);
  await shows(jiu, '먼저');

  await jiu.context.setOffline(true);
  await write(jiu, '지하철이에요');
  await write(jiu, '실수');
  await jiu.page.getByText('연결되면 보낼게요').nth(1).waitFor();
  await picture(jiu.page, 'chat-offline');
  await jiu.page.getByRole('button', { name: '지우기', exact: true }).last().click();
  await say(web.moim, leader, here, '그동안', 1);
  await jiu.context.setOffline(false);

  await shows(jiu, '그동안');
  const texts = await until(
    () => bubbles(jiu),
    (found) => found.length === 3,
  );
  await jiu.page.getByText('연결되면 보낼게요').waitFor({ state: 'detached' });
  const { body } = await leader.get(`${here.room}/entries?after=0`);
  expect(texts).toEqual(['먼저', '그동안', '지하철이에요']);
  expect(body.entries.map(({ text }: { text: string }) => text)).toEqual(texts);
});

test('a quote of a message further up goes with it, also from what one has begun to answer', async () => {
  const { leader, member, at, ...here } = await room();
  const { id } = await say(web.moim, leader, here, '오래된 말');
  for (let n = 2; n <= 55; n++) await say(web.moim, leader, here, `말 ${n}`, n - 1);
  await web.moim.clock.advance(1000);
  await member.post(`${here.room}/messages`, newMessage('거기에 답해요', 55, { replyTo: 1 }));
  await member.put(`${here.room}/read-mark`, { seq: 56 });
  const jiu = await web.visitAs(member, { path: at });
  await isLive(jiu);
  const quote = jiu.page.locator('.chat-quote');
  await quote.getByText('오래된 말').waitFor();
  await jiu.page
    .getByRole('button', { name: /의 메시지로 할 수 있는 것/ })
    .last()
    .click();
  await jiu.page.getByRole('button', { name: '답장하기' }).click();
  await jiu.page.locator('.composer-answer').getByText('말 55').waitFor();
  const { body: last } = await leader.get(`${here.room}/entries?limit=2`);
  for (const message of [id, last.entries[1].id]) await leader.delete(`${here.room}/messages/${message}`);

  await quote.getByText('볼 수 없는 메시지예요').waitFor();
  await jiu.page.locator('.composer-answer').getByText('볼 수 없는 메시지예요').waitFor();
  expect(await jiu.page.getByText(/오래된 말|^말 55$/).count()).toBe(0);
});

test('removed while something waits: the words are there to be copied; who comes back sends them by pressing', async () => {
  const { leader, member, at, ...here } = await room();
  await say(web.moim, leader, here, '먼저');
  const jiu = await web.visitAs(member, { path: at });
  await isLive(jiu);
  await jiu.context.setOffline(true);
  for (const text of ['아직 못 보낸 말', '지울 말']) await write(jiu, text);
  // What one can do about them is in sight.
  await jiu.page.getByRole('button', { name: '지우기', exact: true }).nth(1).waitFor();
  const below = await jiu.page.evaluate(`(() => {
    const box = document.querySelector('.chat-scroll');
    return Math.round(box.scrollHeight - box.scrollTop - box.clientHeight);
  })()`);
  await kick(leader, here, member);
  await web.moim.settle();
  // The socket is quicker than the message.
  const { promise: held, resolve: go } = Promise.withResolvers<void>();
  const isMessage = ({ pathname }: URL) => pathname.endsWith('/messages');
  await jiu.page.route(isMessage, (route) => held.then(() => route.abort()));
  await jiu.context.setOffline(false);

  await jiu.page.getByText('이 방을 더 볼 수 없어요').waitFor();
  await jiu.page.getByRole('heading', { name: '보내지 못한 메시지' }).waitFor();
  const unsent = () => jiu.page.locator('.chat-unsent .bubble').allInnerTexts();
  const before = await unsent();
  await picture(jiu.page, 'chat-gone');
  await jiu.page.getByRole('button', { name: '지우기', exact: true }).last().click();
  const after = await unsent();
  await leader.delete(`${here.path}/members/${member.id}/kick`);
  await member.post(`${here.path}/members`);
  await web.moim.settle();
  await jiu.page.unroute(isMessage);
  go();
  await jiu.lead('/');
  await jiu.page.locator('.chat').waitFor({ state: 'detached' });
  await jiu.lead(at);
  await isLive(jiu);
  await shows(jiu, '아직 못 보낸 말');
  await jiu.page.getByText('보내지 못했어요').waitFor();
  await jiu.page.getByRole('button', { name: '다시 보내기' }).click();
  await until(
    async () => (await leader.get(`${here.room}/entries?after=0`)).body.entries.length,
    (count) => count === 2,
  );

  expect(below).toBeLessThan(5);
  expect([before, after]).toEqual([['아직 못 보낸 말', '지울 말'], ['아직 못 보낸 말']]);
  jiu.faults.length = 0;
});

test('rows 70, 78: unread messages are counted at the place and the room, it opens where one left off; a closed room is read; a removed person leaves', async () => {
  const { leader, member, at, ...here } = await room(study);
  for (let n = 1; n <= 30; n++) await say(web.moim, leader, here, `이야기 ${n}`, n - 1);
  await member.put(`${here.room}/read-mark`, { seq: 10 });
  const { body } = await leader.post(`${here.path}/rooms`, { category: 'QNA' });
  await web.moim.settle();
  const jiu = await web.visitAs(member, { path: `/groups/${here.groupId}/members` });

  await jiu.page.getByRole('link', { name: /이야기\s*20/ }).click();
  await jiu.page.getByRole('link', { name: /모두의 방.*이야기 30/s }).click();
  await jiu.page.getByText('여기까지 읽었어요').waitFor();
  const inSight = await until(
    () => jiu.page.getByText('이야기 11', { exact: true }).isVisible(),
    (seen) => seen,
  );
  await isLive(jiu);
  // The keyboard of a phone leaves half of the window: the room fills it, and the page does not scroll.
  await jiu.page.setViewportSize({ width: 390, height: 400 });
  expect(await jiu.page.evaluate('document.documentElement.scrollHeight')).toBe(400);
  await jiu.page.setViewportSize(phone);
  await say(web.moim, leader, here, '새 소식', 30);
  await jiu.page.getByRole('button', { name: /^새 메시지/ }).click();
  await shows(jiu, '새 소식');
  await until(
    async () => (await member.get(`${here.path}/rooms`)).body.items[0].mine.seq,
    (seq) => seq === 31,
  );

  const qna = placeIn(here.groupId, body.id);
  await jiu.lead(`/groups/${here.groupId}/rooms/${qna.roomId}`);
  await jiu.titled('질문과 답');
  await isLive(jiu);
  await leader.post(`${qna.room}/close`);
  await jiu.page.getByText(/이 방은 닫혔어요/).waitFor();
  const fields = await field(jiu).count();
  await kick(leader, here, member);
  await jiu.lead(at);
  await jiu.page.getByText('이 방을 더 볼 수 없어요').waitFor();

  expect([inSight, fields]).toEqual([true, 0]);
});

test('rows 71, 93: files by keyboard: refused with what to do, uploaded at once, sent once after a time without a network; seen, looked at, saved, answered, deleted', async () => {
  const { leader, member, at, ...here } = await room();
  const mina = await web.visitAs(leader, { path: at });
  const jiu = await web.visitAs(member, { path: at });
  await Promise.all([isLive(mina), isLive(jiu)]);
  const clip = jiu.page.getByLabel('사진이나 파일 넣기');
  const photo = { name: 'wall.jpg', mimeType: 'image/jpeg', buffer: await jpegOf(painted(2400, 1200)) };
  const pdf = { name: '계획.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 our plan') };
  const refusal = () => jiu.page.getByRole('alert').innerText();

  await clip.setInputFiles({ ...pdf, name: 'run.exe' });
  const unknown = await refusal();
  await clip.setInputFiles({ ...photo, buffer: Buffer.from('no picture') });
  await until(refusal, (said) => said.includes('wall.jpg'));
  await clip.setInputFiles({ ...pdf, buffer: Buffer.alloc(10 * 1024 * 1024 + 1) });
  await until(refusal, (said) => said.includes('계획.pdf'));
  await clip.setInputFiles([photo, { ...photo, name: 'desk.jpg' }, pdf, pdf, pdf, pdf]);
  await until(refusal, (said) => said.includes('5개'));
  const takeAway = jiu.page.getByRole('button', { name: '계획.pdf 빼기' });
  for (let left = 3; left > 1; left--) {
    await takeAway.last().press('Enter');
    await until(
      () => takeAway.count(),
      (count) => count === left - 1,
    );
  }
  const isFocused = await clip.evaluate('document.activeElement.type');
  await jiu.page.getByText('다 올라가면').waitFor({ state: 'detached' });

  // Without a network a file waits for it; a message whose files are with moim waits as any other.
  await jiu.context.setOffline(true);
  await clip.setInputFiles({ ...pdf, name: '나중.pdf' });
  await jiu.page.getByText('연결되면 이어서 올릴게요').waitFor();
  const send = jiu.page.getByRole('button', { name: '보내기', exact: true });
  const mayNot = await send.isDisabled();
  await jiu.page.getByRole('button', { name: '나중.pdf 빼기' }).press('Enter');
  await send.press('Enter');
  await jiu.page.getByText('연결되면 보낼게요').waitFor();
  await picture(jiu.page, 'chat-files-offline');
  await jiu.context.setOffline(false);
  const seen = mina.page.getByRole('button', { name: /보낸 사진, 2장 중/ });
  await seen.nth(1).waitFor();
  await mina.page.getByText('작은 사진을 만들고 있어요').first().waitFor();
  await jiu.page.getByText('연결되면 보낼게요').waitFor({ state: 'detached' });
  const { body } = await leader.get(`${here.room}/entries?after=0`);

  // Looked at as large as the window, and back to where one was.
  await seen.first().press('Enter');
  const large = mina.page.getByRole('dialog');
  await large.getByText('2장 중 1번째').waitFor();
  await press(mina.page, /^button "다음 사진"/);
  await mina.page.keyboard.press('ArrowLeft');
  await mina.page.keyboard.press('ArrowRight');
  await large.getByText('2장 중 2번째').waitFor();
  await mina.page.keyboard.press('Escape');
  await large.waitFor({ state: 'detached' });
  const back = await mina.page.evaluate('document.activeElement.className');
  const [saved] = await Promise.all([
    mina.page.waitForEvent('download'),
    mina.page.getByRole('button', { name: /^계획.pdf.*내려받기/ }).press('Enter'),
  ]);

  // An answer quotes it in words, and wakes nobody: asked for with the keyboard.
  await mina.page.getByRole('button', { name: /님의 메시지로 할 수 있는 것/ }).press('Enter');
  await mina.page.getByRole('button', { name: '답장하기' }).press('Enter');
  await field(mina).fill('잘 봤어요');
  await mina.page.getByRole('button', { name: '보내기', exact: true }).press('ArrowUp');
  await mina.page.getByRole('button', { name: /^알림 없이 보내기/ }).press('Enter');
  await shows(jiu, '잘 봤어요');
  const quote = await jiu.page.locator('.chat-quote').innerText();
  await jiu.page.getByText('알림 없이 보냈어요').waitFor({ state: 'attached' });
  await jiu.page.getByRole('button', { name: '내 메시지로 할 수 있는 것' }).press('Enter');
  await jiu.page.getByRole('button', { name: '메시지 지우기' }).press('Enter');
  await jiu.page.getByRole('dialog').getByRole('button', { name: '메시지 지우기' }).press('Enter');
  await shows(mina, '지운 메시지예요');

  expect(unknown).toContain('보낼 수 없는 형식이에요');
  expect([isFocused, mayNot, await seen.count()]).toEqual(['file', true, 0]);
  expect(body.entries).toHaveLength(1);
  expect(body.entries[0].files.map(({ name }: { name: string }) => name)).toEqual(['wall.jpg', 'desk.jpg', '계획.pdf']);
  expect(body.entries[0].files[0].size).toEqual({ width: 1600, height: 800 });
  expect([saved.suggestedFilename(), back]).toEqual(['계획.pdf', 'chat-photo']);
  expect(quote).toContain('사진과 파일 3개');
});
