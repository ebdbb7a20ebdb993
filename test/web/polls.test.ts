/** Rows 82, 353 in the browser: asking a group, voting, and seeing others vote. */
import type { Person } from '../support/moim.ts';
import { someone } from '../support/people.ts';
import { found } from '../support/scene.ts';
import { dayOf } from './support/board.ts';
import { useWeb } from './support/browser.ts';
import { hears, lands, press, tabTo } from './support/keyboard.ts';
import { barriers, oddities } from './support/looks.ts';

const web = useWeb();

let count = 0;
async function group(title: string) {
  count++;
  const leader = await web.moim.person(`leader${count}`);
  const member = await web.moim.person(`member${count}`);
  const third = await someone(web.moim);
  const here = await found(leader, { title, startDate: dayOf(web.moim), endDate: dayOf(web.moim, 40) }, member, third);
  await web.moim.settle();
  return { ...here, leader, member, third };
}
const counts = (page: { locator: (css: string) => { allTextContents: () => Promise<string[]> } }) =>
  page.locator('.ballot-count').allTextContents();

test('row 82, in two browsers: one votes, the other sees the bars move, changes their vote, and sees who chose what', async () => {
  const { leader, member, third, path, groupId } = await group('아침 스터디');
  const { body } = await leader.post(`${path}/polls`, {
    question: '어디서 볼까요?',
    choices: ['도서관', '카페', '공원'],
  });
  const place = `/groups/${groupId}/polls`;
  const mine = await web.visitAs(leader, { path: place });
  const theirs = await web.visitAs(member, { path: place });
  await Promise.all([mine.live(), theirs.live()]);

  await mine.page.getByRole('link', { name: /어디서 볼까요/ }).click();
  await mine.page.getByRole('radio', { name: /도서관/ }).check();
  await mine.page.getByRole('button', { name: '투표하기' }).click();
  await mine.page.getByText('내 선택').waitFor();
  expect(await counts(mine.page)).toEqual(['1명 · 100%', '0명 · 0%', '0명 · 0%']);

  await theirs.page.getByRole('link', { name: /어디서 볼까요/ }).click();
  await theirs.page.getByRole('radio', { name: /카페/ }).check();
  await theirs.page.getByRole('button', { name: '투표하기' }).click();
  await theirs.page.getByText('내 선택').waitFor();
  await web.moim.settle();
  // Nobody has touched this page: the socket has told it.
  await mine.page.getByText('2명이 투표했어요').waitFor();
  expect(await counts(mine.page)).toEqual(['1명 · 50%', '1명 · 50%', '0명 · 0%']);

  await theirs.page.getByRole('button', { name: '다시 고르기' }).click();
  await theirs.page.getByRole('radio', { name: /도서관/ }).check();
  await theirs.page.getByRole('button', { name: '이걸로 바꾸기' }).click();
  await theirs.page.getByText('2명 · 100%').waitFor();
  await theirs.page.getByRole('button', { name: '도서관: 고른 사람 2명 보기' }).click();
  await theirs.page.getByRole('dialog').getByText(leader.nickname).waitFor();
  expect([...(await oddities(theirs.page)), ...(await barriers(theirs.page))]).toEqual([]);
  await theirs.page.getByRole('dialog').getByRole('button', { name: '닫기' }).click();

  // Row 81: what one says to it is on the other's open page, too.
  await theirs.page.getByLabel('댓글 쓰기').fill('주차도 되나요?');
  await theirs.page.getByRole('button', { name: '댓글 남기기' }).press('Enter');
  await theirs.page.getByRole('listitem').getByText('주차도 되나요?').waitFor();
  await web.moim.settle();
  await mine.page.getByText('주차도 되나요?').waitFor();

  await third.put(`${path}/polls/${body.id}/ballot`, { choiceIds: [body.choices[2].id] });
  await leader.post(`${path}/polls/${body.id}/close`);
  await web.moim.settle();
  await theirs.page.getByText('가장 많아요').waitFor();
  expect(await counts(theirs.page)).toEqual(['2명 · 67%', '0명 · 0%', '1명 · 33%']);
  expect(await theirs.page.getByRole('button', { name: '다시 고르기' }).count()).toBe(0);
  await theirs.lead(place);
  await theirs.page.getByRole('link', { name: /어디서 볼까요.*댓글 1개/s }).waitFor();
});

test('rows 82, 353, by keyboard: a poll is asked with choices added and removed, voted in, closed and deleted', async () => {
  const { leader, member, path, groupId } = await group('Early birds');
  const { page } = await web.visitAs(leader, { locale: 'en', path: `/groups/${groupId}/polls` });
  await lands(page, /^heading/);
  await press(page, /^link "Make a poll"/);
  await lands(page, /^heading "Make a poll"/);
  await tabTo(page, /^textbox "What do you want to ask/);
  await page.keyboard.type('Where shall we meet?');
  for (const [at, text] of ['Library', 'Library'].entries()) {
    await tabTo(page, new RegExp(`^textbox "Choice ${at + 1}"`));
    await page.keyboard.type(text);
  }
  await press(page, /^button "Add a choice"/);
  await lands(page, /^textbox "Choice 3"/);
  await page.keyboard.type('Park');
  await press(page, /^switch "Anonymous"/, 'Space');
  await tabTo(page, /^radio "I close it"/);
  await page.keyboard.press('ArrowRight');
  await tabTo(page, /^radio "At once/);
  await page.keyboard.press('ArrowDown');
  await press(page, /^button "Ask the group"/);
  // Two choices are the same: the second has the focus, and says so.
  await lands(page, /^textbox "Choice 2"/);
  await page.getByText('Make each choice different.').waitFor();
  await press(page, /^button "Remove choice 2"/);
  await lands(page, /^textbox "Choice 2"/);
  expect(await page.locator(':focus').inputValue()).toBe('Park');
  await press(page, /^button "Ask the group"/);
  await lands(page, /^heading "Poll"/);
  await page.getByText(/No other member learns/).waitFor();
  await page.getByText(/You see the results once you have voted/).waitFor();
  const { items } = (await member.get(`${path}/polls`)).body;
  expect(items).toMatchObject([{ anonymous: true, results: 'AFTER_VOTE', closesAt: expect.any(String) }]);
  expect(await counts(page)).toEqual([]);

  await tabTo(page, /^radio "Library"/);
  await page.keyboard.press('ArrowDown');
  await press(page, /^button "Vote"/);
  await hears(page, 'Voted. Thank you!');
  await page.getByText('Your choice').waitFor();
  expect(await counts(page)).toEqual(['0 · 0%', '1 · 100%']);
  // Nobody is named in an anonymous poll.
  expect(await page.getByRole('button', { name: /see the/ }).count()).toBe(0);
  await press(page, /^button "Take back my vote"/);
  await hears(page, 'Your vote is taken back');
  await page.getByRole('button', { name: 'Vote', exact: true }).waitFor();
  await press(page, /^button "Close the poll"/);
  await press(page, /^button "Close it"/);
  await page.getByText(/^Ended/).waitFor();
  await press(page, /^button "Delete the poll"/);
  await press(page, /^button "Delete"/);
  await page.getByText('No polls yet').waitFor();
});

test('a poll whose time comes while it is shown is over; a vote at that moment says so', async () => {
  const { leader, path, groupId } = await group('저녁 모임');
  const closesAt = new Date(web.moim.clock.now() + 3_600_000).toISOString();
  const { body } = await leader.post(`${path}/polls`, { question: '갈까요?', choices: ['네', '아니요'], closesAt });
  const { page } = await web.visitAs(leader as Person, { path: `/groups/${groupId}/polls/${body.id}` });
  await page.getByRole('radio', { name: /^네/ }).check();
  await web.moveTo(closesAt);
  await page.getByRole('button', { name: '투표하기' }).click();
  await page.getByText('투표가 끝났어요. 결과를 확인해 보세요.').waitFor();
  await page.getByText('투표한 사람이 없어요').waitFor();
  expect(await page.getByRole('radio').count()).toBe(0);
});
