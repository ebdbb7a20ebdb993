/** Row 161: somebody joins the league, finds their place, is shown otherwise and leaves; by pointer, and by the keyboard alone. */
import { iso } from '../../shared/core/time.ts';
import type { Person } from '../support/moim.ts';
import { tick } from '../support/people.ts';
import { found } from '../support/scene.ts';
import { desk, useWeb, type Visitor } from './support/browser.ts';
import { focused, lands, press, tabTo } from './support/keyboard.ts';
import { laid, neighbours } from './support/leagues.ts';
import { barriers, oddities, picture } from './support/looks.ts';

const web = useWeb();

async function looked({ page }: Visitor, name: string) {
  await picture(page, name);
  expect(await oddities(page)).toEqual([]);
  expect(await barriers(page)).toEqual([]);
}

/** The next whole minute, for moim and all browsers. */
async function minute(): Promise<void> {
  await web.moim.settle();
  await web.moveTo(iso(Math.floor(web.moim.clock.now() / 60_000 + 1) * 60_000));
  await tick(web.moim);
  await web.moim.settle();
}

let mina: Person;
let groupId: string;
beforeAll(async () => {
  mina = await web.moim.person('Mina');
  await mina.patch('/v1/accounts/me', { nickname: '미나' });
  groupId = (await found(mina, { title: '매일 알고리즘 한 문제', audience: 'UNIVERSITY' })).groupId;
  await neighbours(web.moim, groupId);
  await laid(web.moim, mina, groupId, 2);
  await minute();
});

test('in Korean, on a phone: from me to the league, in as an animal, by the nickname, out again; last week is empty', async () => {
  const a = await web.visitAs(mina, { path: '/me' });
  const { page } = a;
  await page.getByRole('link', { name: '전국 리그' }).click();
  await a.titled('전국 리그');
  await page.getByRole('heading', { name: '함께해 볼까요?' }).waitFor();
  await a.whole();
  await looked(a, 'leagues-outside');
  await page.getByRole('button', { name: '리그에 참여하기' }).click();
  // Nothing is known of her age: the animal is what is chosen.
  expect(await page.getByRole('radio', { name: /이름 없는 동물/ }).isChecked()).toBe(true);
  await looked(a, 'leagues-how');
  await page.getByRole('button', { name: '이렇게 참여하기' }).click();
  await page.getByText('리그에 참여했어요').waitFor();
  await page.getByText('벽돌을 쌓으면 1분 안에 내 자리가 생겨요.').waitFor();
  await a.whole();
  await looked(a, 'leagues-waiting');

  await minute();
  await a.go('/leagues');
  const near = page.getByRole('list', { name: '내 곁의 사람들' });
  await near.waitFor();
  await a.whole();
  await looked(a, 'leagues-in');
  expect(await near.locator('[aria-current]').innerText()).not.toContain('미나');
  await page.getByRole('button', { name: '어떻게 보일까요?' }).click();
  await page.getByRole('radio', { name: /닉네임/ }).check();
  await page.getByRole('button', { name: '이렇게 보이기' }).click();
  await page.getByText('보이는 이름을 바꿨어요').waitFor();
  await near.getByText('미나').waitFor();

  await page.getByRole('link', { name: '분야' }).click();
  await a.titled('전국 리그');
  await page.getByLabel('어느 분야의 벽돌을 볼까요?').selectOption('READING');
  await page.getByText('이번 주 첫 벽돌을 기다려요').waitFor();
  await a.whole();
  await looked(a, 'leagues-empty');
  await page.getByRole('link', { name: '지난주 순위 보기' }).click();
  await page.getByText('지난주에는 순위가 없었어요').waitFor();
  await page.getByRole('link', { name: '이번 주 순위 보기' }).click();
  await page.getByText('이번 주 첫 벽돌을 기다려요').waitFor();

  await page.getByRole('button', { name: '어떻게 보일까요?' }).click();
  await page.getByRole('button', { name: '리그에서 나가기' }).click();
  await page.getByRole('button', { name: '나가기', exact: true }).click();
  await page.getByText('리그에서 나왔어요').waitFor();
  await page.getByRole('heading', { name: '함께해 볼까요?' }).waitFor();
  expect((await mina.get('/v1/accounts/me/league')).body.takesPart).toBe(false);
});

test('in English, by the keyboard, in the dark: from the progress of a group into the league of its category, and in', async () => {
  await mina.delete('/v1/accounts/me/league');
  await minute();
  const a = await web.visitAs(mina, {
    ...{ path: `/groups/${groupId}/progress`, locale: 'en', viewport: desk, theme: 'dark' },
  });
  const { page } = a;
  await a.titled(/매일/);
  await a.whole();
  await press(page, /link "National league"/);
  await lands(page, /heading "National league"/);
  expect(new URL(page.url()).pathname).toBe('/leagues/IT');
  await press(page, /button "Join the league"/);
  await lands(page, /heading "How should we show you\?"/);
  await tabTo(page, /radio "An animal without my name/);
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toMatch(/radio "My nickname/);
  await looked(a, 'leagues-how-keys');
  await press(page, /button "Join like this"/);
  await page.getByText('You are in').waitFor();
  await lands(page, /heading "National league"|button/);
  await minute();
  await a.go('/leagues/IT');
  await page.getByRole('list', { name: 'People near me' }).waitFor();
  await a.whole();
  await looked(a, 'leagues-wide');
  await press(page, /button "How should we show you\?"/);
  await lands(page, /heading "How should we show you\?"/);
  await page.keyboard.press('Escape');
  expect(await focused(page)).toMatch(/button "How should we show you\?"/);
});
