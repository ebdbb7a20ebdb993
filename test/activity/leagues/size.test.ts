/** Row 161: a million people. Own rank is exact in one request; the work of a minute does not grow with those who rest. */
import { orderOf, packedHistogram } from '../../../functions/activity/boards/rules.ts';
import { allParts, boardIdOf, partOf, scopeOfPart } from '../../../functions/activity/leagues/rules.ts';
import { newId } from '../../../shared/core/ids.ts';
import { dayMs, iso } from '../../../shared/core/time.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, lastTick, minute } from '../../support/people.ts';
import { costOf } from '../../support/replies.ts';
import { randomOf } from '../../support/simulated-room.ts';
import { put } from '../../support/table.ts';
import { join, lay, layers, league, lines } from './support.ts';

const moim = useMoim();
const week = '2026-03-02';
const everybody = 1_000_000;

/** Bricks of a week: few people have very many. */
const bricksBy = (random: () => number) => 1 + Math.floor(-Math.log(1 - random()) * 9);

/** Somebody's bricks of the days before, past every route. */
async function laidBefore({ id: accountId }: Person, groupId: string, bricks: number): Promise<number> {
  let reachedAt = 0;
  for (let n = 0; n < bricks; n++) {
    reachedAt = Date.parse('2026-03-03T00:00:00Z') + (n % 4) * dayMs + n;
    const earned = { earnedAt: iso(reachedAt), category: 'IT' } as const;
    await put(moim, 'Brick', { accountId, certificationId: newId(reachedAt), groupId, ...earned });
  }
  return reachedAt;
}

async function score(accountId: string, points: number, reachedAt: number): Promise<void> {
  const boardId = boardIdOf(week, 'ALL', partOf(accountId));
  const place = { points, reachedAt, order: orderOf({ points, reachedAt }) };
  await put(moim, 'Score', { boardId, accountId, ...place });
}

test('row 161: what it costs: a page, one rank, joining, a minute with one change, an idle minute', async () => {
  const here = await layers(moim, 1);
  const [dan] = here.people as [Person];
  const cost = (route: string) => Object.values(costOf(moim, route));
  await join(dan, 'ANIMAL');
  const joined = cost('joinLeagues');
  await minute(moim);
  await lay(moim, dan, here.to);
  await minute(moim);
  const { publishLeague, requests, readUnits, writeUnits } = lastTick(moim);
  await dan.get('/v1/leagues');

  expect({ joined, list: cost('getLeague') }).toEqual({ joined: [2, 2, 4, 1], list: [12, 2, 29.5, 0] });
  expect({ publishLeague, requests, readUnits, writeUnits }).toEqual({
    ...{ publishLeague: 1, requests: 19, readUnits: 44.5, writeUnits: 18 },
  });
  await minute(moim);
  expect(lastTick(moim)).toMatchObject({ requests: 4, writeUnits: 0 });
});

test('row 161: among 1,000,000 scores that were filled directly, ranks, lists and neighbours are those of a recompute', async () => {
  const here = await layers(moim, 3);
  const [ann, ben, top] = here.people as [Person, Person, Person];
  await moim.settle();
  await at(moim, '2026-03-07T03:00:00Z', here.leader, ...here.people);
  const random = randomOf(11);
  const all = Array.from({ length: everybody }, () => bricksBy(random)).sort((a, b) => b - a);
  const points = new Map([
    [ann, 9],
    [ben, 9],
    [top, 60],
  ]);
  const histograms = allParts.map(() => new Map<number, number>());
  const count = (part: number, bricks: number) =>
    histograms[part]!.set(bricks, (histograms[part]!.get(bricks) ?? 0) + 1);
  // Stored are those who are looked at: the first, and some with as many bricks as Ann.
  const stored = [...all.slice(0, 1100), 9, 10, 10, 8].map((bricks) => ({
    accountId: newId(moim.clock.now()),
    bricks,
  }));
  for (const [n, { accountId, bricks }] of stored.entries()) await score(accountId, bricks, 1_700_000_000_000 + n);
  for (const { accountId, bricks } of stored) count(partOf(accountId), bricks);
  for (const [n, bricks] of all.slice(1104).entries()) count(n % allParts.length, bricks);
  const others = [...stored.map(({ bricks }) => bricks), ...all.slice(1104)];
  for (const [who, bricks] of points) {
    await join(who, 'NICKNAME');
    await score(who.id, bricks, await laidBefore(who, here.groupId, bricks));
    count(partOf(who.id), bricks);
  }
  for (const part of allParts) {
    const members = [...histograms[part]!.values()].reduce((sum, each) => sum + each, 0);
    const board = { scopeId: scopeOfPart(part), boardId: boardIdOf(week, 'ALL', part), version: 1, members };
    await put(moim, 'Board', { ...board, histogram: packedHistogram(histograms[part]!) });
  }
  const slowRank = (bricks: number) =>
    1 + [...others, ...points.values()].reduce((sum, each) => sum + (each > bricks ? 1 : 0), 0);
  const own = async (who: Person) => (await who.get('/v1/leagues/me')).body;

  // Nothing has to move: boards say already what bricks say.
  await minute(moim);
  expect(await own(ann)).toMatchObject({ rank: slowRank(9), points: 9, members: everybody + 3 });
  await lay(moim, ann, here.to, 2);
  points.set(ann, 11);
  await minute(moim);

  for (const [who, bricks] of points) expect(await own(who)).toMatchObject({ rank: slowRank(bricks), points: bricks });
  expect(costOf(moim, 'getOwnLeagueRank')).toEqual({ requests: 1, roundTrips: 1, readUnits: 24, writeUnits: 0 });
  const list = await league(ann);
  expect(list.items.map(({ rank, points: of }: { rank: number; points: number }) => [rank, of])).toEqual(
    [...others, 60]
      .sort((a, b) => b - a)
      .slice(0, 50)
      .map((bricks) => [slowRank(bricks), bricks]),
  );
  // Only Ann sees her rank; the people beside her have no name, whatever they chose.
  expect(lines(list.beside)).toContain(`${slowRank(11)}. 11 ${ann.nickname} me`);
  expect(lines(list.beside).filter((line) => !line.endsWith('me'))).toEqual(
    expect.arrayContaining([expect.stringMatching(/^\?\. \d+ [-~]$/)]),
  );
  expect(lines((await league(ben)).beside).join()).not.toContain(ann.nickname);
  expect(lines((await league(top)).beside).filter((line) => line.endsWith('me'))).toEqual([
    `${slowRank(60)}. 60 ${top.nickname} me`,
  ]);
  // The list ends after the first thousand.
  const last = (await ann.get('/v1/leagues?limit=50&page=20')).body;
  expect([last.items.length, last.nextPage]).toEqual([50, null]);
  expect((await ann.get('/v1/leagues?limit=50&page=21')).body.items).toEqual([]);
});
