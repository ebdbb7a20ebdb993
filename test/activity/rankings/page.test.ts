/** Rows 95, 96, 133: a whole ranking screen in one answer, and what somebody climbed as a picture. */
import fc from 'fast-check';
import { placesAround } from '../../../functions/activity/boards/rules.ts';
import { boardAsked, weeksBegun } from '../../../functions/activity/rankings/rules.ts';
import { addDays } from '../../../shared/core/time.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { minute } from '../../support/people.ts';
import { costOf, outcome } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { put } from '../../support/table.ts';
import { climbers, on, record, season } from './support.ts';

const moim = useMoim();

const places = (
  rows: readonly { rank: number; points: number; account: { id: string } }[],
  people: readonly Person[],
) => rows.map(({ rank, points, account }) => `${rank}. ${points} ${people.findIndex(({ id }) => id === account.id)}`);

test('rows 95, 96: the board of this week with me in view, what comes with the next minute, points by week, and what it costs', async () => {
  const club = await climbers(moim, 2);
  const [ann, ben] = club.people as [Person, Person];
  const { leader, path } = club;
  const page = (who: Person, query = '') => who.get(`${path}/ranking${query}`);
  const none = await page(ann);
  const id = await season(club, '2026-03-02', '2026-05-31');
  const later = await season(club, '2026-06-01', '2026-06-30', 'Summer');
  await on(moim, '2026-03-10T06:00:00Z', leader, ann, ben);
  const empty = await page(ann);
  await record(ann, club, '2026-03-03', [4, 3]);
  await record(ann, club, '2026-03-10', [5, 2]);
  await record(ben, club, '2026-03-10', [4, 1]);
  const before = await page(ann);
  await minute(moim);
  const after = await page(ann);
  const cost = costOf(moim, 'getRankingPage');

  expect(none.body).toEqual({ day: '2026-03-02', seasons: [], board: null });
  expect(empty.body.seasons.map(({ id: each, state }: { id: string; state: string }) => [each, state])).toEqual([
    [id, 'CURRENT'],
    [later, 'UPCOMING'],
  ]);
  expect(empty.body.board).toMatchObject({
    ...{ seasonId: id, week: 2, from: '2026-03-09', until: '2026-03-15', members: 0, closedAt: null, top: [] },
    ...{ me: { rank: null, points: 0, coming: 0 }, around: [] },
  });
  expect([before.body.board.me, before.body.board.top]).toEqual([{ rank: null, points: 0, coming: 4 }, []]);
  expect(after.body.board.me).toEqual({ rank: 1, points: 4, coming: 4 });
  expect(places(after.body.board.top, club.people)).toEqual(['1. 4 0', '2. 1 1']);
  expect(after.body.board.weeks).toEqual([
    { week: 1, from: '2026-03-02', points: 3, average: 3 },
    { week: 2, from: '2026-03-09', points: 4, average: 2.5 },
  ]);
  const whole = (await page(ben, '?week=0')).body.board;
  expect([whole.week, whole.from, whole.until, places(whole.top, club.people)]).toEqual([
    ...[null, '2026-03-02', '2026-05-31', ['1. 7 0', '2. 1 1']],
  ]);
  expect((await page(ann, `?seasonId=${id}&week=1`)).body.board.members).toBe(1);
  const wrong = ['?week=14', `?seasonId=${club.groupId}`, `?seasonId=${later}&week=6`];
  expect((await Promise.all(wrong.map((each) => page(ann, each)))).map(outcome)).toEqual(Array(3).fill('NOT_FOUND'));
  expect((await page(ann, `?seasonId=${later}`)).body.board).toMatchObject({ week: null, members: 0, weeks: [] });
  expect(cost).toMatchObject({ requests: 5, roundTrips: 2, writeUnits: 0 });
  expect(cost.readUnits).toBeLessThanOrEqual(16);
});

test('row 95: who is not among the first ten sees the two on each side; equal points have equal ranks there, too', async () => {
  const club = await climbers(moim, 1);
  const [ann] = club.people as [Person];
  await on(moim, '2026-03-20T06:00:00Z', club.leader, ann);
  const id = await season(club, '2026-03-20', '2026-05-31', 'Late');
  await record(ann, club, '2026-03-20', [4, 5]);
  await minute(moim);
  // Twenty others, beside the one who is there: 100 to 82 points in twos, halves are kept.
  const ids = Array.from({ length: 20 }, (_, at) => `018f0000-0000-7000-8000-0000000000${String(at + 10)}`);
  const points = (at: number) => (at < 14 ? 40 - at : at < 16 ? 10 : 4);
  const boardId = `${id}:1`;
  const all = [...ids.map((accountId, at) => ({ accountId, points: points(at) })), { accountId: ann.id, points: 10 }];
  const { packedHistogram, orderOf } = await import('../../../functions/activity/boards/rules.ts');
  const counts = new Map<number, number>();
  for (const each of all) counts.set(each.points, (counts.get(each.points) ?? 0) + 1);
  await put(moim, 'Board', {
    ...{ scopeId: club.groupId, boardId, version: 9, members: all.length, histogram: packedHistogram(counts) },
  });
  for (const [at, each] of all.entries()) {
    const score = { ...each, reachedAt: 1_772_000_000_000 + at };
    await put(moim, 'Score', { boardId, ...score, order: orderOf(score) });
  }
  const { body } = await ann.get(`${club.path}/ranking`);

  expect(body.board.top).toHaveLength(10);
  expect(body.board.me).toEqual({ rank: 15, points: 5, coming: 5 });
  expect(body.board.around.map(({ rank, points: each }: { rank: number; points: number }) => [rank, each])).toEqual([
    [15, 5],
    [15, 5],
    [15, 5],
    [18, 2],
    [18, 2],
  ]);
  expect(body.board.around[2].account.id).toBe(ann.id);
  expect(body.board.around[0].account.nickname).toBe('(unknown)');
  expect(costOf(moim, 'getRankingPage')).toMatchObject({ roundTrips: 4 });
});

test('row 133: what one climbed as a picture, for clubs alone: it names nobody else, and the owner by choice', async () => {
  const club = await climbers(moim, 2);
  const [ann, ben] = club.people as [Person, Person];
  const { leader, path } = club;
  const links = `${path}/progress-links`;
  const pathOf = ({ body }: { body: { url: string } }) => `${new URL(body.url).pathname}?lang=en`;
  const words = (svg: string) => /<desc id="desc">(.*?)<\/desc>/.exec(svg)![1]!;
  const link = await ann.post(links, { of: 'CLIMBS' });
  // biome-ignore lint/suspicious/noExplicitAny: a picture is a text
  const picture = async (): Promise<any> => (await moim.guest.get(pathOf(link))).body;
  const early = await picture();
  await on(moim, '2026-03-30T06:00:00Z', leader, ann, ben);
  await season(club, '2026-03-30', '2026-05-31', 'Late <spring>');
  await record(ann, club, '2026-03-30', [4, 3], [6, 1]);
  await record(ben, club, '2026-03-30', [4, 9]);
  await minute(moim);
  const shown = await picture();
  const cost = costOf(moim, 'getProgressPicture');
  const named = await ann.post(links, { of: 'CLIMBS', named: true });
  const withName = await picture();

  expect([link.status, named.body.id]).toEqual([200, link.body.id]);
  expect(words(early)).toBe('No points in this season yet. 0 problems solved in 0 min.');
  expect(words(shown)).toBe('Rank 2 of 2 members, 5 points. 4 problems solved in 30 min. Points of the last weeks: 5.');
  for (const text of ['Late &lt;spring&gt;', '>9</text>', '>5</text>', 'Solved by level'])
    expect(shown).toContain(text);
  for (const person of club.people) expect(shown).not.toContain(person.nickname);
  expect([withName.includes(ann.nickname), withName.includes(ben.nickname)]).toEqual([true, false]);
  expect(cost).toMatchObject({ requests: 5, roundTrips: 3, writeUnits: 0 });
  const study = await found(ann, { title: 'No club', startDate: '2026-03-30', endDate: '2026-04-30' });
  expect(outcome(await ann.post(`${study.path}/progress-links`, { of: 'CLIMBS' }))).toBe('NOT_APPLICABLE');
  expect(outcome(await ann.get(`${study.path}/ranking`))).toBe('NOT_APPLICABLE');
});

test('row 95: which board one looks at, the weeks that have begun, and the places around one, as a slow count has them', () => {
  const seasons = [
    { seasonId: 'a', startDate: '2026-01-01', endDate: '2026-01-20' },
    { seasonId: 'b', startDate: '2026-03-02', endDate: '2026-03-31' },
  ];
  const asked = (today: string, query = {}) => {
    const shown = boardAsked(seasons, today, query);
    return shown && [shown.season.seasonId, shown.week];
  };
  expect(asked('2025-12-31')).toBeUndefined();
  expect(asked('2026-01-20')).toEqual(['a', 3]);
  expect(asked('2026-02-10')).toEqual(['a', 0]);
  expect(asked('2026-03-09')).toEqual(['b', 2]);
  expect(asked('2026-03-09', { seasonId: 'a' })).toEqual(['a', 0]);
  expect(asked('2026-03-09', { week: 5 })).toEqual(['b', 5]);
  expect(asked('2026-03-09', { week: 6 })).toBeUndefined();
  fc.assert(
    fc.property(fc.integer({ min: -5, max: 60 }), fc.integer({ min: 1, max: 6 }), (day, most) => {
      const today = addDays('2026-03-02', day);
      const slow = [1, 2, 3, 4, 5].filter((week) => addDays('2026-03-02', 7 * (week - 1)) <= today).slice(-most);
      expect(weeksBegun(seasons[1]!, today, most)).toEqual(slow);
    }),
  );
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1 }), fc.nat(), (orders, pick) => {
      const all = orders.map((each) => ({ accountId: `a${each}`, order: String(each).padStart(3, '0') }));
      const own = all[pick % all.length]!;
      const sorted = all.toSorted((a, b) => (a.order < b.order ? -1 : 1));
      const at = sorted.indexOf(own);
      // As the list is read: three up to oneself, three from oneself on; and one's own old place.
      const seenPlaces = [
        ...sorted.slice(Math.max(0, at - 2), at + 1),
        ...sorted.slice(at, at + 3),
        { ...own, order: '9' },
      ];
      expect(placesAround(seenPlaces, own, 2)).toEqual(sorted.slice(Math.max(0, at - 2), at + 3));
    }),
  );
});
