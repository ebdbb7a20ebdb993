/** Rows 62, 95: the first three of a ranking stand on a podium: who shares a place at one height, and nobody without those who share it. */
import { newId } from '../../shared/core/ids.ts';
import { addDays } from '../../shared/core/time.ts';
import type { Person } from '../support/moim.ts';
import { itemsOf, put } from '../support/table.ts';
import { administerIn } from './support/administrator.ts';
import { useWeb, type Visitor } from './support/browser.ts';
import { type Climbing, climbing, closed } from './support/climbs.ts';
import { lands, press, tabTo } from './support/keyboard.ts';
import { barriers, oddities, picture } from './support/looks.ts';

const web = useWeb();
/** Half points by season. */
const boards = {
  alone: [40],
  two: [40, 30],
  tied: [48, 48, 41, 17],
  second: [48, 41, 41, 17],
  third: [48, 41, 30, 30],
  behind: [48, 30, 30, 30],
  all: [30, 30, 30, 30],
  long: [48, 44, 40, 30, 28, 26, 24, 22, 20, 18],
} as const;
type Name = keyof typeof boards;
const seasons = new Map<Name, string>();
let mina: Person;
let club: Climbing;
let visitor: Visitor;

beforeAll(async () => {
  const founder = await web.moim.person('Sora');
  await administerIn(web, founder);
  mina = await web.moim.person('Mina');
  club = await climbing(web.moim, founder, mina);
  const { groupId: _, list } = (await itemsOf(web.moim, 'Seasons', { groupId: club.clubId }))[0]!;
  const { body } = await mina.get(`/v1/groups/${club.clubId}/members`);
  const known = [club.jihun, mina, club.seoyeon].map(({ id }) => id);
  const others: string[] = body.items.map(({ accountId }: { accountId: string }) => accountId);
  const people = [...known, ...others.filter((id) => !known.includes(id))].map((id) => ({ id }));
  const past = [];
  for (const [at, name] of (Object.keys(boards) as Name[]).entries()) {
    const seasonId = newId(web.moim.clock.now() - 100 - at);
    seasons.set(name, seasonId);
    const startDate = addDays(list[0].startDate, -40 * (at + 1));
    past.unshift({ seasonId, name, startDate, endDate: addDays(startDate, 30) });
    await closed(web.moim, club.clubId, `${seasonId}:0`, boards[name], people);
  }
  await put(web.moim, 'Seasons', { groupId: club.clubId, version: 2, list: [...past, ...list] });
});

/** The season, with what is read on its podium and in the list below it. */
async function shown(name: Name) {
  visitor = await web.again(mina, {
    ...{ path: `/groups/${club.clubId}/ranking?season=${seasons.get(name)}&week=0`, locale: 'en' },
  });
  const { page, whole } = visitor;
  await page.getByRole('heading', { name: `Season ${name}` }).waitFor();
  await whole();
  const steps = await page.getByRole('list', { name: 'In front' }).getByRole('listitem').all();
  const boxes = await Promise.all(steps.map((step) => step.locator('.podium-bricks').boundingBox()));
  return {
    places: await Promise.all(steps.map((step) => step.locator('.podium-place').innerText())),
    list: await page.locator('.rank-number .unseen').allTextContents(),
    heights: boxes.map((box) => Math.round(box!.height)),
    /** Who is seen from the left: 0 is the first. */
    order: boxes.map((box, at) => [box!.x, at] as const).toSorted(([a], [b]) => a - b).map(([, at]) => at), // biome-ignore format: one line
  };
}

test.each([
  ['alone', ['1st'], [], [0]],
  ['two', ['1st', '2nd'], [], [1, 0]],
  ['tied', ['Joint 1st', 'Joint 1st', '3rd'], ['Rank 4'], [1, 0, 2]],
  ['second', ['1st', 'Joint 2nd', 'Joint 2nd'], ['Rank 4'], [1, 0, 2]],
  // A third place for two, a second for three, a first for four: there is no room for all of them, so it is given to none.
  ['third', ['1st', '2nd'], ['Rank 3', 'Rank 3'], [1, 0]],
  ['behind', ['1st'], ['Rank 2', 'Rank 2', 'Rank 2'], [0]],
  ['all', [], ['Rank 1', 'Rank 1', 'Rank 1', 'Rank 1'], []],
] as const)('%s', async (name, places, list, order) => {
  const is = await shown(name);
  await visitor.page.locator('#standings').evaluate((part) => part.scrollIntoView({ block: 'center' }));
  await picture(visitor.page, `podium-${name}`);

  expect(is).toMatchObject({ places, list, order });
  const heightOf = new Map(places.map((place, at) => [place, is.heights[at]]));
  expect(is.heights).toEqual(places.map((place) => heightOf.get(place)));
  expect(new Set(is.heights).size).toBe(new Set(places).size);
  expect(is.heights).toEqual(is.heights.toSorted((a, b) => b - a));
  expect([...(await oddities(visitor.page)), ...(await barriers(visitor.page))]).toEqual([]);
});

test('of a long list, by keyboard: from the first to the second, whose own row stays below as well', async () => {
  const { places, list } = await shown('long');
  const { page } = visitor;

  expect(places).toEqual(['1st', '2nd', '3rd']);
  expect(list).toEqual(['Rank 2', ...[4, 5, 6, 7, 8, 9, 10].map((rank) => `Rank ${rank}`)]);
  expect(await page.locator('.ranks .own-place').innerText()).toContain('Mina');
  await tabTo(page, /link "1st 지훈/);
  await page.keyboard.press('Tab');
  await press(page, /link "2nd Mina Me 22 points/);
  await lands(page, /heading "바위타기"/);
  expect(new URL(page.url()).pathname).toBe(`/groups/${club.clubId}/records`);
});
