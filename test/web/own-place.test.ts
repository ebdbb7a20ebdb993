/** Rows 95, 161: on a phone one's own place stays in sight along a board: in its card, then as one's own row between bar and dock. */
import type { Page } from 'playwright-core';
import type { Person } from '../support/moim.ts';
import { nextTick } from '../support/people.ts';
import { found } from '../support/scene.ts';
import { administerIn } from './support/administrator.ts';
import { useWeb } from './support/browser.ts';
import { climbing } from './support/climbs.ts';
import { laid, neighbours } from './support/leagues.ts';
import { barriers, oddities, picture } from './support/looks.ts';

const web = useWeb();

/** Whether one's own place is in sight while rows from the first to the last are led into the middle of the window. */
const seenAlong = (page: Page, list: string): Promise<boolean[]> =>
  page.evaluate(`(async () => {
    const rows = [...document.querySelector(${JSON.stringify(list)}).children];
    const bar = () => document.querySelector('.bar-place').getBoundingClientRect().bottom;
    const dock = () => document.querySelector('.dock')?.getBoundingClientRect().top ?? innerHeight;
    const seen = [];
    for (const row of [rows[0], rows[4], rows.at(-1)]) {
      row.scrollIntoView({ block: 'center', behavior: 'instant' });
      // Until the card that says it has told whether it is in sight.
      await new Promise((done) => new IntersectionObserver((_, watcher) => (watcher.disconnect(), done())).observe(row));
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const isIn = (part) => {
        const { top, bottom } = part.getBoundingClientRect();
        return top >= bar() - 1 && bottom <= dock() + 15;
      };
      const card = document.querySelector('.card:has(#mine)');
      seen.push(card.hasAttribute('data-away') ? isIn(document.querySelector(${JSON.stringify(`${list} .own-place`)})) : isIn(card.querySelector('.climbs-place b, .league-place b')));
    }
    return seen;
  })()`);

async function looked(page: Page, list: string, name: string) {
  await page.evaluate(
    `document.querySelector(${JSON.stringify(list)}).children[3].scrollIntoView({ block: 'center', behavior: 'instant' })`,
  );
  await picture(page, name);
  expect([...(await oddities(page)), ...(await barriers(page))]).toEqual([]);
}

let mina: Person;
beforeAll(async () => {
  mina = await web.moim.person('Mina');
});

test('row 161: in the league', async () => {
  const { groupId } = await found(mina, { title: '매일 알고리즘 한 문제', audience: 'UNIVERSITY' });
  await neighbours(web.moim, groupId);
  await laid(web.moim, mina, groupId, 1);
  await mina.put('/v1/accounts/me/league', { shownAs: 'NICKNAME' });
  await web.moim.settle();
  await nextTick(web.moim);
  const { page, whole } = await web.visitAs(mina, { path: '/leagues', locale: 'en' });
  const front = page.getByRole('list', { name: 'At the top' });
  await front.locator('.own-place').waitFor();
  await whole();
  // Three of fourteen stand on the podium. Seven come next, and the own row after them; then all, and the own row among them.
  expect(await seenAlong(page, '.split-main .league-people')).toEqual([true, true, true]);
  await looked(page, '.split-main .league-people', 'own-place-league');
  await front.locator('li').nth(10).waitFor();
  expect(await front.locator('li').count()).toBe(11);
  expect(await seenAlong(page, '.split-main .league-people')).toEqual([true, true, true]);
});

test('rows 62, 95: on the board of a club', async () => {
  const founder = await web.moim.person('Sora');
  await administerIn(web, founder);
  const club = await climbing(web.moim, founder, mina);
  const { page, whole } = await web.visitAs(mina, { path: `/groups/${club.clubId}/ranking?week=0`, theme: 'dark' });
  await page.locator('.own-place').waitFor();
  await whole();
  expect(await seenAlong(page, '.ranks')).toEqual([true, true, true]);
  await looked(page, '.ranks', 'own-place-club');
  await page.getByRole('button', { name: /모두/ }).click();
  await page.locator('.ranks > li').nth(9).waitFor();
  expect(await seenAlong(page, '.ranks')).toEqual([true, true, true]);
});
