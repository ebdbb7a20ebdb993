/** Row 112 in the browser: administrators add, edit and delete the texts that go with reminders. */
import { administerIn } from './support/administrator.ts';
import { useWeb } from './support/browser.ts';
import { hears, lands, press, write } from './support/keyboard.ts';

const web = useWeb();

test('row 112, by keyboard: a text is added in both languages, edited for Mondays, and deleted; nobody else finds the screen', async () => {
  const sora = await web.moim.person('Sora');
  const { page, titled } = await web.visitAs(sora, { locale: 'en', path: '/admin/motivations' });
  await page.getByRole('alert').waitFor();
  await administerIn(web, sora);
  await page.goto(`${web.moim.apiUrl}/admin`);
  await titled('Administration');
  await lands(page, /^heading "Administration/);
  await press(page, /^link "Words of encouragement/);
  await lands(page, /^heading "Words of encouragement/);
  await press(page, /^button "Add a text"/);
  await lands(page, /^heading "Add a text/);
  await write(page, /^textbox "Korean"/, '한 줄이면 충분해요.');
  await write(page, /^textbox "English"/, 'A line is enough.');
  await press(page, /^button "Save"/);
  await hears(page, 'Text saved');
  await lands(page, /^button "Add a text"/);

  await page.getByRole('button', { name: /A line is enough/ }).click();
  await lands(page, /^heading "Edit the text/);
  await page.getByLabel('When is it sent?').selectOption('MONDAY');
  await page.getByRole('button', { name: 'Save' }).click();
  await hears(page, 'Text saved');
  const added = async () => {
    const { body } = await web.moim.guest.get('/v1/admin/motivations', {
      authorization: `Bearer ${await tokenOf(page)}`,
    });
    return body.items.filter(({ en }: { en: string }) => en === 'A line is enough.');
  };
  expect(await added()).toMatchObject([{ ko: '한 줄이면 충분해요.', variant: 'MONDAY', shipped: false }]);

  await page.getByRole('button', { name: /A line is enough/ }).click();
  await press(page, /^button "Delete the text"/);
  await lands(page, /^heading "Delete this text/);
  await press(page, /^button "Delete the text"/);
  await hears(page, 'Text deleted');
  expect(await added()).toEqual([]);
});

/** The access token of the page: the session that has shown a factor. */
async function tokenOf(page: import('playwright-core').Page): Promise<string> {
  const asked = page.waitForRequest((request) => request.url().includes('/v1/admin/motivations'));
  await page.reload();
  const { authorization = '' } = (await asked).headers();
  return authorization.replace('Bearer ', '');
}
