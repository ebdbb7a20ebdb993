/** The board of a group in the browser: notices and posts of two people who see each other's, comments, and writing without a network. */
import { until } from '../journeys/until.ts';
import { certify, found } from '../support/scene.ts';
import { useWeb } from './support/browser.ts';
import { hears, lands, press, tabTo, write } from './support/keyboard.ts';
import { compose } from './support/looks.ts';
import { made } from './support/missions.ts';

const web = useWeb();

test('row 80, in Korean: a notice comes to an open board, is read, and its author sees by whom; a comment comes to an open post', async () => {
  const leader = await web.moim.person('Jieun');
  const member = await web.moim.person('Jihun');
  const group = await found(leader, { title: '여섯 주 실기' }, member);
  await web.moim.settle();
  const reader = await web.visitAs(member, { path: `/groups/${group.groupId}` });
  await reader.page.getByRole('link', { name: '이야기' }).click();
  await reader.page.getByRole('link', { name: '글', exact: true }).click();
  await reader.page.getByText('아직 글이 없어요').waitFor();

  const author = await web.visitAs(leader, { path: `/groups/${group.groupId}/posts` });
  await author.page.getByRole('link', { name: '글쓰기' }).click();
  await author.titled('글쓰기');
  await author.page.getByRole('radio', { name: '공지' }).check();
  await author.page.getByLabel('제목').focus();
  await compose(author.page, ['ㅇ', '오', '오느', '오늘']);
  await author.page
    .getByLabel('내용')
    .fill('**아홉 시**에 만나요.\n<b>늦어도</b> 괜찮아요. [지도](javascript:alert(1))');
  await author.page.getByRole('button', { name: '미리 보기' }).click();
  await author.page.getByRole('region', { name: '미리 보기' }).getByText('아홉 시', { exact: true }).waitFor();
  await Promise.all([reader.live(), author.live()]);
  await author.page.getByRole('button', { name: '올리기' }).click();
  await author.titled('오늘');

  const notice = reader.page.getByRole('link', { name: /오늘.*새 공지/ });
  await notice.click();
  await reader.titled('오늘');
  // Nothing of it has become markup or leads to a script.
  await reader.page.getByText('<b>늦어도</b> 괜찮아요. 지도').waitFor();
  expect(await reader.page.locator('.markdown a').count()).toBe(0);
  await reader.page.getByLabel('댓글 쓰기').fill('갈게요!');
  await reader.page.getByRole('button', { name: '댓글 남기기' }).click();
  await reader.page.getByRole('listitem').getByText('갈게요!').waitFor();
  expect(await reader.page.getByLabel('댓글 쓰기').inputValue()).toBe('');
  await author.page.getByRole('listitem').getByText('갈게요!').waitFor();

  await author.page.getByRole('button', { name: /누가 읽었나요/ }).click();
  await author.page.getByText('모두 읽었어요!').waitFor();
  await author.page.getByRole('dialog').getByText('Jihun').waitFor();
  await reader.page.getByRole('link', { name: '뒤로' }).click();
  await reader.page.getByRole('link', { name: /오늘.*댓글 1개/ }).waitFor();
  expect(await reader.page.getByText('새 공지', { exact: true }).count()).toBe(0);
});

test('by keyboard alone: a post with code is written and looked at, changed, commented on, and deleted', async () => {
  const leader = await web.moim.person('Nari');
  const group = await found(leader, { title: 'A page a day' });
  await web.moim.settle();
  const { page, titled } = await web.visitAs(leader, { locale: 'en', path: `/groups/${group.groupId}/posts` });
  await lands(page, /A page a day/);
  await press(page, /^link "Write a post"/);
  await lands(page, /New post/);
  await write(page, /^textbox "Title"/, 'Loops');
  await tabTo(page, /^textbox "Text"/);
  await page.keyboard.insertText('Why?\n```py\nfor n in range(3): print(n)\n```');
  await press(page, /^button "Preview"/);
  await page.getByText('py', { exact: true }).waitFor();
  await page.locator('.code-keyword').first().waitFor();
  await press(page, /^button "Post"/);
  await hears(page, 'Posted');
  await lands(page, /Loops/);
  await write(page, /^textbox "Write a comment"/, 'It counts to two');
  await press(page, /^button "Comment"/);
  await page.getByRole('listitem').getByText('It counts to two').waitFor();
  await tabTo(page, /^button "Delete your comment/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await press(page, /^button "Delete"/);
  await page.getByText('No comments yet').waitFor();

  await tabTo(page, /^button "Actions for this post"/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await press(page, /^link "Edit"/);
  await lands(page, /Edit the post/);
  await write(page, /^textbox "Title"/, 'Loops, again');
  await press(page, /^button "Save"/);
  await lands(page, /Loops, again/);
  await press(page, /^button "Actions for this post"/);
  await press(page, /^button "Delete the post"/);
  await press(page, /^button "Delete the post"/);
  await titled('A page a day');
  await page.getByText('No posts yet').waitFor();
  expect((await leader.get(`${group.path}/posts`)).body.items).toEqual([]);
});

test('without a network the text stays on the device, and is posted once; what somebody reports is gone for them', async () => {
  const leader = await web.moim.person('Mina');
  const member = await web.moim.person('Taro');
  const group = await found(leader, { title: 'A page a day', approval: 'AUTO' }, member);
  const certified = await made(certify(leader, group));
  await web.moim.settle();
  const { page, context, go, titled, live } = await web.visitAs(member, {
    locale: 'en',
    path: `/groups/${group.groupId}/posts/new`,
  });
  await page.getByLabel('Title').fill('From the train');
  await page.getByLabel('Text').fill('No network here');
  await context.setOffline(true);
  await page.getByText('Your text stays on this device').waitFor();
  expect(await page.getByRole('button', { name: 'Post', exact: true }).isDisabled()).toBe(true);
  await context.setOffline(false);
  await go(`/groups/${group.groupId}/posts/new`);
  await page.getByText('This is the draft you started.').waitFor();
  expect(await page.getByLabel('Text').inputValue()).toBe('No network here');
  await page.getByRole('button', { name: 'Post', exact: true }).dblclick();
  await titled('From the train');
  const { items } = (await leader.get(`${group.path}/posts`)).body;
  expect(items.map(({ title, body }: { title: string; body: string }) => [title, body])).toEqual([
    ['From the train', 'No network here'],
  ]);
  await go(`/groups/${group.groupId}/posts/new`);
  await page.getByLabel('Text').waitFor();
  expect(await page.getByLabel('Text').inputValue()).toBe('');

  // Under a certification it is the same: counted in the feed, written in a sheet, and reported.
  const on = `certification:${certified.id}`;
  await made(leader.post(`${group.path}/comments`, { on, text: 'Buy this' }));
  await web.moim.settle();
  await go(`/groups/${group.groupId}`);
  await live();
  await page.getByRole('button', { name: '1 comment' }).click();
  await page.getByLabel('Write a comment').fill('Well done');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await page.getByRole('listitem').getByText('Well done').waitFor();
  await page.getByRole('button', { name: 'Report the comment by Mina' }).click();
  await page.getByLabel('Reason').selectOption('SPAM');
  await page.getByRole('button', { name: 'Report', exact: true }).click();
  await page.getByText('Thank you for telling us.').waitFor();
  expect(
    await until(
      () => page.getByRole('listitem').getByText('Buy this').count(),
      (count) => count === 0,
    ),
  ).toBe(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '2 comments' }).waitFor();
});
