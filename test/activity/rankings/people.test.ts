/** Rows 10, 39, 85, 95: who is blocked or withdraws; another zone and its summer time; the end of the group. */

import { accept, apply, profile } from '../../groups/clubs/support.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { minute, tick } from '../../support/people.ts';
import { itemsOf } from '../../support/table.ts';
import { climbed, climbers, on, ownRank, rankingOf, season, seasonNoticesOf } from './support.ts';

const moim = useMoim();

/** A record of a quarter of an hour at an instant. */
const at = (who: Person, path: string, startedAt: string, count: number) =>
  who.post(`${path}/records`, {
    ...climbed('2026-01-01', [4, count]),
    startedAt,
    endedAt: new Date(Date.parse(startedAt) + 900_000).toISOString(),
  });

test('row 95: summer time begins in New York: the day, the week and the closing are those of the wall', async () => {
  const club = await climbers(moim, 1, { timeZone: 'America/New_York' });
  const [ann] = club.people as [Person];
  const { leader, path } = club;
  const all = [leader, ann];
  await on(moim, '2026-03-06T17:00:00Z', ...all);
  // Clocks go forward on Sunday the 8th. The season ends on that Sunday.
  const id = await season(club, '2026-03-07', '2026-03-08');
  await on(moim, '2026-03-09T03:59:59Z', ...all);
  // 23:30 of Sunday, when the clock is four hours behind UTC.
  const last = await at(ann, path, '2026-03-09T03:30:00.000Z', 2);
  const over = await at(ann, path, '2026-03-08T04:30:00.000Z', 1);
  await minute(moim);

  expect([last.body.day, last.body.week, last.body.counted]).toEqual(['2026-03-08', 1, 2]);
  expect([over.body.day, over.body.counted]).toEqual(['2026-03-07', 1]);
  expect(await ownRank(ann, club, id)).toEqual([1, 3]);
  // It counts until Monday the 16th, 04:00 in UTC; closed two minutes later.
  const one = `${path}/records/${last.body.id}`;
  await on(moim, '2026-03-16T03:59:59Z', ...all);
  const still = await ann.patch(one, { problems: [{ level: 4, count: 5 }] });
  await on(moim, '2026-03-16T04:00:00Z', ...all);
  const late = await ann.patch(one, { problems: [{ level: 4, count: 9 }] });
  await moim.settle();
  await on(moim, '2026-03-16T04:01:00Z', ...all);
  await tick(moim);
  const open = (await ann.get(`${path}/seasons/${id}/ranking`)).body;
  await on(moim, '2026-03-16T04:02:00Z', ...all);
  await tick(moim);
  const closed = (await ann.get(`${path}/seasons/${id}/ranking`)).body;
  expect([still.body.counted, late.body.counted, open.closedAt]).toEqual([5, 5, null]);
  expect([closed.closedAt, closed.items.map(({ points }: { points: number }) => points)]).toEqual([
    '2026-03-16T04:02:00.000Z',
    [6],
  ]);
});

test('rows 10, 85: blocked people are shown; a withdrawn one is off the open boards, and without a name on closed ones', async () => {
  const club = await climbers(moim, 1);
  const [ben] = club.people as [Person];
  const { leader, path } = club;
  const ann = await moim.person('ann');
  await apply(ann, club, { profile });
  await accept(club, ann);
  const all = [leader, ann, ben];
  await on(moim, '2026-04-05T03:00:00Z', ...all);
  const first = await season(club, '2026-04-06', '2026-04-06', 'First');
  const second = await season(club, '2026-04-07', '2026-06-30', 'Second');
  await on(moim, '2026-04-07T06:00:00Z', ...all);
  for (const day of ['2026-04-06', '2026-04-07']) {
    await at(ann, path, `${day}T03:00:00.000Z`, 3);
    await moim.clock.advance(1);
    await at(ben, path, `${day}T03:00:00.000Z`, 1);
  }
  await minute(moim);
  await leader.put(`/v1/accounts/me/blocks/${ann.id}`);
  expect(await rankingOf(leader, club, second, undefined, [ann, ben])).toEqual(['1. 3 0', '2. 1 1']);
  await on(moim, '2026-04-19T15:02:00Z', ...all);
  await tick(moim);

  const gone = await ann.post('/v1/accounts/me/withdrawal', { reason: 'Enough' });
  for (let n = 0; n < 3; n++) await minute(moim);

  expect(gone.status).toBe(204);
  expect(await rankingOf(leader, club, second, undefined, [ann, ben])).toEqual(['1. 1 1']);
  const { body } = await leader.get(`${path}/seasons/${first}/ranking`);
  expect(
    body.items.map(({ rank, account }: { rank: number; account: { nickname: string } }) => [rank, account.nickname]),
  ).toEqual([
    [1, '(unknown)'],
    [2, ben.nickname],
  ]);
  expect(await itemsOf(moim, 'Record', { accountId: ann.id })).toEqual([]);
  expect(await itemsOf(moim, 'RecordTotals', { accountId: ann.id })).toEqual([]);
});

test('rows 39, 95: a club that ends in the middle of a season closes no board, tells nobody, and takes everything with it', async () => {
  const club = await climbers(moim, 1);
  const [ann] = club.people as [Person];
  const { leader, groupId, path } = club;
  const all = [leader, ann];
  await on(moim, '2026-09-01T03:00:00Z', ...all);
  const id = await season(club, '2026-09-01', '2026-09-03');
  await on(moim, '2026-09-01T06:00:00Z', ...all);
  await at(ann, path, '2026-09-01T03:00:00.000Z', 3);
  await minute(moim);
  const before = await ownRank(ann, club, id);
  await leader.post(`${path}/disbanding`);
  await on(moim, '2026-09-05T06:00:00Z', ...all);
  await tick(moim);
  await moim.settle();
  const gone = await ann.get(`${path}/seasons/${id}/ranking`);
  // When the season would have closed, and when all of the group is purged.
  await on(moim, '2026-09-13T15:03:00Z', ...all);
  await tick(moim);
  await moim.settle();
  const told = await seasonNoticesOf(ann);
  const [board] = await itemsOf(moim, 'Board', { scopeId: groupId });
  await on(moim, '2026-10-20T06:00:00Z', ...all);
  for (let n = 0; n < 3; n++) await minute(moim);

  expect(before).toEqual([1, 3]);
  expect(gone.status).toBe(404);
  expect([told, board.closedAt]).toEqual([[], undefined]);
  for (const kind of ['Seasons', 'Board', 'ScoreMark', 'RecordTotals', 'Record'])
    expect([
      kind,
      await itemsOf(moim, kind, kind === 'Board' || kind === 'ScoreMark' ? { scopeId: groupId } : { groupId }),
    ]).toEqual([kind, []]);
  expect((await itemsOf(moim, 'Score')).filter(({ boardId }) => boardId.startsWith(id))).toEqual([]);
});
