/** Rows 94-97 from outside: points, ties, what counts, leaving, and closing. */
import { addDays, dayMs, iso, localDay } from '../../../shared/core/time.ts';
import { accept, apply, profile } from '../../groups/clubs/support.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { lastTick, minute, tick } from '../../support/people.ts';
import { costOf, outcome } from '../../support/replies.ts';
import { leave } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { type Climbers, climbers, on, ownRank, rankingOf, record, season } from './support.ts';

const moim = useMoim();

/** A season that began yesterday. */
async function yesterdays(club: Climbers) {
  const day = localDay(moim.clock.now(), 'Asia/Seoul');
  const id = await season(club, day, addDays(day, 200));
  await on(moim, iso(moim.clock.now() + dayMs), club.leader, ...club.people);
  await minute(moim);
  return { day, id };
}

/** The tests' clock begins on Monday 2026-03-02 in Seoul. */
test('row 95: points by the level at the time, visible after the next whole minute, not before; equal points 1, 1, 3', async () => {
  const club = await climbers(moim, 3);
  const [ann, ben, cho] = club.people as [Person, Person, Person];
  const people = club.people;
  const id = await season(club, '2026-03-02', '2026-05-31');
  const list = (week?: number) => rankingOf(ann, club, id, week, people);
  await on(moim, '2026-03-03T04:00:10Z', club.leader, ...people);

  const made = await record(ann, club, '2026-03-03', [3, 2], [4, 1], [5, 3]);
  await moim.settle();
  await tick(moim);
  const before = await list(1);
  await minute(moim);
  const after = [await list(1), await list()];

  expect([made.status, made.body.points, made.body.counted, made.body.week]).toEqual([201, 8, 8, 1]);
  expect(before).toEqual([]);
  expect(after).toEqual(Array(2).fill(['1. 8 0']));
  // A higher level changes nothing that was written, and counts for what is written from then on.
  await ann.send('PUT', `${club.path}/club-profile`, { body: { level: 6 } });
  const next = await record(ann, club, '2026-03-02', [5, 4]);
  expect([next.body.ownLevel, next.body.points]).toEqual([6, 2]);
  const edited = await ann.patch(`${club.path}/records/${made.body.id}`, { problems: [{ level: 5, count: 2 }] });
  expect([edited.body.ownLevel, edited.body.points]).toEqual([4, 4]);
  // Two reach the same: who was first comes first. The third has rank 3.
  await moim.clock.advance(1000);
  await record(ben, club, '2026-03-03', [4, 6]);
  await record(cho, club, '2026-03-03', [4, 5]);
  await minute(moim);
  expect(await list(1)).toEqual(['1. 6 0', '1. 6 1', '3. 5 2']);
  expect(await ownRank(cho, club, id, 1)).toEqual([3, 5]);
  // Up and down again: now the other one reached it first.
  const one = `${club.path}/records/${made.body.id}`;
  await ann.patch(one, { problems: [{ level: 5, count: 3 }] });
  await minute(moim);
  expect(await list(1)).toEqual(['1. 8 0', '2. 6 1', '3. 5 2']);
  await moim.clock.advance(1000);
  await ann.patch(one, { problems: [{ level: 5, count: 2 }] });
  await minute(moim);
  expect([await list(1), await list()]).toEqual(Array(2).fill(['1. 6 1', '1. 6 0', '3. 5 2']));
  // An edit that is worth the same changes no order.
  await ben.patch(`${club.path}/records/${(await itemsOf(moim, 'Record', { accountId: ben.id }))[0].recordId}`, {
    gym: 'Another one',
  });
  await minute(moim);
  expect(await list(1)).toEqual(['1. 6 1', '1. 6 0', '3. 5 2']);
});

test('rows 94, 95, 97: a record older than the last ISO week moves the totals and no ranking; a deleted new one moves both', async () => {
  const club = await climbers(moim, 1);
  const [ann] = club.people as [Person];
  const { leader, path } = club;
  await on(moim, '2026-03-08T03:00:00Z', leader, ann);
  const id = await season(club, '2026-03-09', '2026-05-31');
  await on(moim, '2026-03-25T04:00:00Z', leader, ann);
  const boards = async () =>
    JSON.stringify([await rankingOf(ann, club, id, undefined, [ann]), await itemsOf(moim, 'Board')]);
  const totals = async () => (await ann.get(`${path}/members/${ann.id}/record-totals`)).body;

  const newer = await record(ann, club, '2026-03-16', [4, 2]);
  await minute(moim);
  const before = await boards();
  const older = await record(ann, club, '2026-03-15', [4, 3]);
  const sums = await totals();
  const marks = await itemsOf(moim, 'ScoreMark');
  await minute(moim);

  expect([newer.body.counted, older.status, older.body.counted, older.body.seasonId]).toEqual([2, 201, null, null]);
  expect(sums).toEqual({ records: 2, minutes: 60, solved: [{ level: 4, count: 5 }] });
  expect(marks).toEqual([]);
  expect(await boards()).toBe(before);
  await ann.patch(`${path}/records/${older.body.id}`, { problems: [{ level: 9, count: 9 }] });
  await ann.delete(`${path}/records/${older.body.id}`);
  await minute(moim);
  expect(await boards()).toBe(before);
  expect(await totals()).toEqual({ records: 1, minutes: 30, solved: [{ level: 4, count: 2 }] });
  await ann.delete(`${path}/records/${newer.body.id}`);
  await minute(moim);
  expect(await rankingOf(ann, club, id, 2, [ann])).toEqual([]);
  expect(await ownRank(ann, club, id)).toEqual([null, 0]);
  expect(await totals()).toEqual({ records: 0, minutes: 0, solved: [] });
  expect((await ann.get('/v1/accounts/me/record-totals')).body).toEqual({ records: 0, minutes: 0, solved: [] });
});

test('row 95: at closing on Monday a record counts up to the last moment; then the board is the same for ever', async () => {
  const club = await climbers(moim, 2);
  const [ann, ben] = club.people as [Person, Person];
  const { leader, path } = club;
  const all = [leader, ann, ben];
  await on(moim, '2026-04-01T03:00:00Z', ...all);
  // Ten days from a Thursday on: two weeks, the second of three days.
  const id = await season(club, '2026-04-02', '2026-04-11');
  await on(moim, '2026-04-08T09:00:00Z', ...all);
  const first = (await record(ann, club, '2026-04-08', [4, 3])).body;
  const second = (await record(ben, club, '2026-04-05', [4, 3])).body;
  await minute(moim);
  // Week 1 ends on Wednesday 8th, in the week of Monday 6th: until Sunday 19th it may change.
  await on(moim, '2026-04-19T14:59:59Z', ...all);
  const late = await ann.patch(`${path}/records/${first.id}`, { problems: [{ level: 4, count: 4 }] });
  await moim.settle();
  await on(moim, '2026-04-19T15:00:00Z', ...all);
  const tooLate = await ben.patch(`${path}/records/${second.id}`, { problems: [{ level: 4, count: 9 }] });
  await tick(moim);
  await on(moim, '2026-04-19T15:03:00Z', ...all);
  await tick(moim);
  await moim.settle();
  const look = async () => [
    (await ben.get(`${path}/seasons/${id}/ranking?week=1`)).body,
    (await ben.get(`${path}/seasons/${id}/ranking`)).body,
  ];
  const closed = await look();

  expect([late.body.counted, tooLate.body.points, tooLate.body.counted]).toEqual([4, 9, 3]);
  expect(closed[0].items.map(({ rank, points }: { rank: number; points: number }) => [rank, points])).toEqual([
    [1, 4],
    [2, 3],
  ]);
  expect(closed.map(({ closedAt }) => closedAt !== null)).toEqual([true, true]);
  // Whoever leaves stays on closed boards, and nothing else changes them either.
  await leave(ann, club);
  await ben.delete(`${path}/records/${second.id}`);
  await minute(moim);
  expect((await look()).map(({ items }) => items)).toEqual(closed.map(({ items }) => items));
  await on(moim, '2026-05-20T15:03:00Z', ...all);
  await tick(moim);
  expect(await look()).toEqual(closed);
  expect((await itemsOf(moim, 'Due', { kind: 'closeBoards' })).length).toBeLessThanOrEqual(2);
});

test('row 95: who leaves is off the open boards within a minute, and back with all of it; nobody sees the club from outside', async () => {
  const club = await climbers(moim, 2);
  const [ann, ben] = club.people as [Person, Person];
  const { day, id } = await yesterdays(club);
  await record(ann, club, day, [5, 4]);
  await moim.clock.advance(1);
  await record(ben, club, day, [4, 1]);
  await minute(moim);

  await leave(ann, club);
  await minute(moim);
  const without = await rankingOf(ben, club, id, 1, [ann, ben]);
  const outside = await ann.get(`${club.path}/seasons/${id}/ranking`);
  await club.leader.post(`${club.path}/members/${ben.id}/kick`, { reason: 'Spam' });
  await minute(moim);

  expect(without).toEqual(['1. 1 1']);
  expect(outcome(outside)).toBe('NOT_FOUND');
  expect(await rankingOf(club.leader, club, id, 1, [ann, ben])).toEqual([]);
  // Both come back: one applies again, the other one is readmitted before.
  await club.leader.delete(`${club.path}/members/${ben.id}/kick`);
  for (const who of [ann, ben]) {
    expect(outcome(await apply(who, club, { profile }))).toBe(201);
    expect(outcome(await accept(club, who))).toBe(200);
  }
  await minute(moim);
  expect(await rankingOf(ann, club, id, 1, [ann, ben])).toEqual(['1. 8 0', '2. 1 1']);
});

test('row 95: what it costs: a record, a list, one rank, a minute with one change, an idle minute', async () => {
  const club = await climbers(moim, 3);
  const [ann] = club.people as [Person];
  const { day, id } = await yesterdays(club);
  const cost = (route: string) => Object.values(costOf(moim, route));

  await record(ann, club, day, [4, 2]);
  expect(cost('createRecord')).toEqual([2, 2, 7, 8]);
  await minute(moim);
  const { publishRanking, requests, roundTrips, readUnits, writeUnits } = lastTick(moim);
  // Of the minute: a look at each shard, a page of one, its lease, and the entry that is done: 7 requests, 3 units.
  // Then a page of marks, club, boards and members; each of two boards with its score; the mark.
  expect({ publishRanking, requests, roundTrips, readUnits, writeUnits }).toEqual({
    ...{ publishRanking: 1, requests: 16, roundTrips: 11, readUnits: 10.5, writeUnits: 14 },
  });
  await ann.get(`${club.path}/seasons/${id}/ranking/me`);
  expect(cost('getOwnRank')).toEqual([1, 1, 14, 0]);
  await ann.get(`${club.path}/seasons/${id}/ranking`);
  expect(cost('getRanking')).toEqual([3, 1, 15, 0]);
  await minute(moim);
  expect(lastTick(moim)).toMatchObject({ requests: 4, roundTrips: 1, writeUnits: 0 });
});
