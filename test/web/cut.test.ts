/** A field cuts what is longer than its limit: it says how much, also to those who hear it, and Korean stays as it is composed. */
import { limits } from '../../shared/product/limits.ts';
import { found } from '../support/scene.ts';
import { useWeb, type Visitor } from './support/browser.ts';
import { paste } from './support/keyboard.ts';
import { barriers, compose, oddities, picture } from './support/looks.ts';

const web = useWeb();

/** Said at once to those who hear it. */
const says = ({ page }: Visitor, text: string | RegExp) => page.getByRole('alert').getByText(text).waitFor();

test('rows 71, 79, 81: what did not fit is said in a comment, a chat message and a search, until there is room again', async () => {
  const leader = await web.moim.person('Hana');
  const group = await found(leader, { title: '글 읽는 밤' });
  const { body: post } = await leader.post(`${group.path}/posts`, { kind: 'POST', title: '첫 글', body: '반가워요' });
  await web.moim.settle();
  const hana = await web.visitAs(leader, { path: `/groups/${group.groupId}/posts/${post.id}` });
  const { page } = hana;
  const comment = page.getByLabel('댓글 쓰기');
  const cut = page.locator('.cut');
  const most = limits.comment.text;

  await comment.fill('가'.repeat(most - 10));
  await comment.press('End');
  await paste(page, '나'.repeat(22));
  await says(hana, '여기에는 300자까지 쓸 수 있어요. 넘친 12자는 들어가지 않았어요.');
  expect((await comment.inputValue()).length).toBe(most);
  expect([...(await oddities(page)), ...(await barriers(page))]).toEqual([]);
  await picture(page, 'cut-comment');
  // The same again is said again.
  await page.locator('.cut').evaluate((before) => before.setAttribute('data-before', ''));
  await paste(page, '나'.repeat(12));
  await page.locator('.cut:not([data-before])').waitFor();
  await comment.press('Backspace');
  await cut.waitFor({ state: 'detached' });

  // A syllable that fits says nothing; the one behind it is over the limit from its first letter on, and the field stays as it was.
  await compose(page, ['ㄷ', '다']);
  expect(await cut.count()).toBe(0);
  await compose(page, ['ㄹ', '라', '람']);
  await says(hana, /넘친 1자/);
  expect(await comment.inputValue()).toBe(`${'가'.repeat(most - 10)}${'나'.repeat(9)}다`);
  await page.getByRole('button', { name: '댓글 남기기' }).click();
  await page.getByRole('listitem').getByText(/나다$/).waitFor();
  expect([await comment.inputValue(), await cut.count()]).toEqual(['', 0]);

  await page.goto(new URL(`/groups/${group.groupId}/rooms/${group.groupId}`, page.url()).href);
  const message = page.getByRole('textbox', { name: '메시지 쓰기' });
  await message.focus();
  await paste(page, '마'.repeat(limits.chat.text + 5));
  await says(hana, /1,000자까지 쓸 수 있어요. 넘친 5자/);
  await message.press('Enter');
  await page
    .locator('.bubble')
    .getByText(/마{1000}/)
    .waitFor();
  expect(await cut.count()).toBe(0);

  await page.goto(new URL('/find', page.url()).href);
  await page.getByRole('searchbox').focus();
  await paste(page, '바'.repeat(51));
  await says(hana, /50자까지 쓸 수 있어요. 넘친 1자/);
});

test('in English, below the field that it is about', async () => {
  const leader = await web.moim.person('Kim');
  const group = await found(leader, { title: 'A page a day' });
  await web.moim.settle();
  const kim = await web.visitAs(leader, { locale: 'en', path: `/groups/${group.groupId}/posts/new` });
  const { page } = kim;
  await page.getByLabel('Title').focus();
  await paste(kim.page, 'a'.repeat(limits.post.title + 1200));
  await says(kim, 'Up to 30 characters fit here. The 1,200 beyond that did not.');
  expect(await page.getByLabel('Title').inputValue()).toBe('a'.repeat(limits.post.title));
  // Each field says it below itself.
  expect(
    await page
      .locator('.field', { has: page.locator('.cut') })
      .getByRole('textbox')
      .count(),
  ).toBe(1);
});
