/** Rows 71, 77: in a wide window the people of a group are beside its chat room; who comes in is among those who are here. */
import { challenge } from '../support/moim.ts';
import { someone } from '../support/people.ts';
import { placeIn } from '../talking/chat/support.ts';
import { desk, useWeb, type Visitor } from './support/browser.ts';
import { barriers, oddities, picture } from './support/looks.ts';

const web = useWeb();
const beside = ({ page }: Visitor) => page.getByRole('complementary', { name: 'People of the group' });
const people = (visitor: Visitor, title: string) =>
  beside(visitor).getByRole('region', { name: title }).getByRole('listitem').allInnerTexts();
/** Without the letter of the face. They have joined at one moment: any order will do. */
const names = async (visitor: Visitor, title: string) =>
  (await people(visitor, title)).map((text) => text.split('\n').at(-1)!).toSorted();

test('who is here, and the others; in a narrower window a button tells who is here', async () => {
  const [leader, member] = [await web.moim.person('Mina'), await web.moim.person('Jiu')];
  const other = await someone(web.moim, 'Seojun');
  const { body } = await leader.post('/v1/groups', challenge());
  const { groupId, roomId, path } = placeIn(body.id);
  for (const each of [member, other]) await each.post(`${path}/members`);
  await web.moim.settle();
  const at = `/groups/${groupId}/rooms/${roomId}`;
  const mina = await web.visitAs(leader, { path: at, locale: 'en', viewport: desk });
  await mina.page.getByText('Only you now').waitFor();
  await beside(mina).getByText('Seojun').waitFor();
  const alone = [await names(mina, 'Here now'), await names(mina, 'Other members')];
  const jiu = await web.visitAs(member, { path: at, locale: 'en', viewport: { width: 1200, height: 800 } });
  await mina.page.getByText('2 here now').waitFor();
  const together = [await names(mina, 'Here now'), await names(mina, 'Other members')];
  await picture(mina.page, 'chat-company');

  expect(alone).toEqual([['Mina You'], ['Jiu', 'Seojun']]);
  expect(together).toEqual([['Jiu', 'Mina You'], ['Seojun']]);
  expect(await mina.page.getByRole('button', { name: 'Here now' }).count()).toBe(0);
  expect([...(await oddities(mina.page)), ...(await barriers(mina.page))]).toEqual([]);
  expect(await beside(jiu).isVisible()).toBe(false);
  await jiu.page.getByText('2 here now').waitFor();
  await jiu.page.getByRole('button', { name: 'Here now' }).click();
  await jiu.page.getByRole('dialog').getByText('Mina').waitFor();
});
