/** Rows 94, 97: records of a day, and totals that move with them. */

import { openRoom } from '../../groups/memberships/support.ts';
import { key } from '../../support/actor.ts';
import { interrupted } from '../../support/between.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { leave } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { climbed, climbers, record } from '../rankings/support.ts';

const moim = useMoim();
const day = '2026-03-03';
beforeAll(() => moim.clock.advanceTo(Date.parse('2026-03-04T12:00:00Z')));

async function scene(size = 1) {
  const club = await climbers(moim, size);
  const [who, other] = club.people as [Person, Person];
  const sums = async () => (await who.get(`${club.path}/members/${who.id}/record-totals`)).body;
  const times = (startedAt: string, endedAt: string) =>
    who.post(`${club.path}/records`, { ...climbed(day, [4, 1]), startedAt, endedAt });
  return { ...club, club, who, other, sums, times };
}

test('row 94: begun before it ended, ended by now, within a day of the club, one a day; an edit by the same rules', async () => {
  const { who, club, path, times } = await scene();
  const pointers = ({ status, body }: Awaited<ReturnType<typeof times>>) =>
    body.errors?.map(({ pointer }: { pointer: string }) => pointer).join() ?? body.code ?? status;

  const refused = [
    await times('2026-03-03T03:00:00.000Z', '2026-03-03T03:00:00.000Z'),
    await times('2026-03-04T11:00:00.000Z', '2026-03-04T12:00:01.000Z'),
    // 23:00 in Seoul to 01:00.
    await times('2026-03-02T14:00:00.000Z', '2026-03-02T16:00:00.000Z'),
    // Before the ids of records begin.
    await times('1969-12-31T03:00:00.000Z', '1969-12-31T04:00:00.000Z'),
    await times('0001-01-01T03:00:00.000Z', '0001-01-01T04:00:00.000Z'),
  ];
  const bodies = [
    { problems: [] },
    { problems: [{ level: 11, count: 1 }] },
    { problems: [{ level: 1, count: 1000 }] },
    { problems: [{ level: 4, count: 0 }] },
    {
      problems: [
        { level: 4, count: 1 },
        { level: 4, count: 2 },
      ],
    },
    { gym: '' },
  ];
  for (const body of bodies) refused.push(await who.post(`${path}/records`, { ...climbed(day, [4, 1]), ...body }));
  // Up to the last moment of the day.
  const midnight = await times('2026-03-02T14:00:00.000Z', '2026-03-02T15:00:00.000Z');
  const made = await record(who, club, day, [4, 999], [5, 0]);
  const twice = await record(who, club, day, [4, 1]);
  const one = `${path}/records/${made.body.id}`;
  const edits = [
    await who.patch(one, { endedAt: '2026-03-03T02:00:00.000Z' }),
    await who.patch(one, { endedAt: '2026-03-04T12:00:01.000Z' }),
    await who.patch(one, { startedAt: '2026-03-02T03:00:00.000Z', endedAt: '2026-03-02T03:30:00.000Z' }),
    await who.patch(one, {}),
  ];

  expect(refused.map(pointers)).toEqual([
    ...['/endedAt', '/endedAt', '/endedAt', '/startedAt,/endedAt', '/startedAt,/endedAt'],
    ...['/problems', '/problems/0/level', '/problems/0/count', '/problems', '/problems', '/gym'],
  ]);
  expect([midnight.status, midnight.body.day, midnight.body.minutes]).toEqual([201, '2026-03-02', 60]);
  expect([made.status, made.body.points, made.body.problems]).toEqual([201, 999, [{ level: 4, count: 999 }]]);
  expect(outcome(twice)).toBe('RECORD_EXISTS');
  expect(edits.map(pointers)).toEqual(['/endedAt', '/endedAt', '/startedAt', '']);
  const { items } = (await who.get(`${path}/records`)).body;
  expect(items.map((each: { day: string }) => each.day)).toEqual(['2026-03-02', day]);
  expect((await who.get(`${path}/records?month=2026-02`)).body.items).toEqual([]);
});

test('rows 94, 97: of several at once one is made; a repetition with its key is one; totals have each once', async () => {
  const { who, club, path, sums } = await scene();
  const headers = key();

  const race = await Promise.all([1, 2, 3].map((n) => record(who, club, day, [n, n])));
  const days = await Promise.all(
    ['2026-03-01', '2026-03-02', '2026-02-28'].map((each) => record(who, club, each, [4, 1])),
  );
  const again = await Promise.all(
    [1, 2].map(() => who.post(`${path}/records`, climbed('2026-02-27', [4, 1]), headers)),
  );

  expect(tally(race)).toEqual({ 201: 1, RECORD_EXISTS: 2 });
  expect(tally(days)).toEqual({ 201: 3 });
  expect([again[0]!.body.id, again[0]!.status]).toEqual([again[1]!.body.id, 201]);
  const won = race.find(({ status }) => status === 201)!.body.problems[0];
  const expected = new Map([[4, 4]]);
  expected.set(won.level, (expected.get(won.level) ?? 0) + won.count);
  const { records, minutes, solved } = await sums();
  expect([records, minutes]).toEqual([5, 150]);
  expect(solved).toEqual([...expected].sort(([a], [b]) => a - b).map(([level, count]) => ({ level, count })));
});

test('row 97: an edit and a deletion move the totals, in this club and in all; an old version is refused', async () => {
  const { who, club, path, sums } = await scene();
  const second = await climbers(moim, 0);
  await who.post(`${second.path}/applications`, { profile: { level: 2, homeGym: 'Rock Valley', realName: '김보라' } });
  await second.leader.post(`${second.path}/applications/${who.id}/accept`);
  const { body } = await record(who, club, day, [4, 3], [7, 1]);
  await record(who, second, day, [2, 2]);
  const one = `${path}/records/${body.id}`;

  const edited = await who.patch(one, { endedAt: '2026-03-03T04:00:00.000Z', problems: [{ level: 7, count: 2 }] });
  const old = await who.send('PATCH', one, { body: { gym: 'Old' }, headers: { 'if-match': '"1"' } });
  const both = (await who.get('/v1/accounts/me/record-totals')).body;
  const race = await Promise.all([who.patch(one, { gym: 'A' }), who.patch(one, { gym: 'B' })]);

  expect([edited.body.points, edited.body.version, edited.headers.get('etag')]).toEqual([4, 2, '"2"']);
  expect(outcome(old)).toBe('PRECONDITION_FAILED');
  expect(both).toEqual({
    records: 2,
    minutes: 90,
    solved: [
      { level: 2, count: 2 },
      { level: 7, count: 2 },
    ],
  });
  expect(tally(race)).toEqual({ 200: 2 });
  expect((await who.delete(one)).status).toBe(204);
  expect(outcome(await who.delete(one))).toBe('NOT_FOUND');
  expect(await sums()).toEqual({ records: 0, minutes: 0, solved: [] });
  // The day is free again.
  expect((await record(who, club, day, [4, 1])).status).toBe(201);
  expect(outcome(await who.patch(one, { gym: 'Gone' }))).toBe('NOT_FOUND');
});

test('row 94: only clubs have records, by a level; others see them, strangers and former members nothing', async () => {
  const { who, other, club, path, leader } = await scene(2);
  const group = await openRoom(who);
  const { body } = await record(who, club, day, [4, 1]);
  await other.send('PUT', `${path}/club-profile`, { body: { homeGym: 'Rock Valley' } });

  const noLevel = await record(other, club, day, [4, 1]);
  const noClub = await who.post(`${group.path}/records`, climbed(day, [4, 1]));
  const seen = await other.get(`${path}/records?accountId=${who.id}`);
  const cost = costOf(moim, 'listRecords');
  const foreign = await other.patch(`${path}/records/${body.id}`, { gym: 'Mine' });
  // The membership ends between the look and the write.
  const late = await interrupted(
    moim,
    () => leader.post(`${path}/members/${who.id}/kick`, { reason: 'Spam' }),
    () => who.patch(`${path}/records/${body.id}`, { gym: 'Late' }),
  );

  expect([noLevel, noClub, foreign, late].map(outcome)).toEqual([
    'LEVEL_NEEDED',
    'NOT_APPLICABLE',
    'NOT_FOUND',
    'NOT_FOUND',
  ]);
  expect(seen.body.items).toMatchObject([{ id: body.id, gym: 'Rock Valley' }]);
  // A month comes with all that its screen shows.
  expect(seen.body).toMatchObject({
    ...{ day: '2026-03-04', month: '2026-03', level: 4, account: { id: who.id, nickname: who.nickname } },
    totals: { records: 1, minutes: 30, solved: [{ level: 4, count: 1 }] },
  });
  expect((await other.get(`${path}/records?month=2026-01`)).body).toMatchObject({ level: null, items: [] });
  expect(cost).toMatchObject({ requests: 3, roundTrips: 2, writeUnits: 0 });
  expect(outcome(await other.get(`${path}/records?accountId=${who.id}`))).toBe('NOT_FOUND');
  await leave(other, { path });
  expect(outcome(await other.get(`${path}/records`))).toBe('NOT_FOUND');
  expect(await itemsOf(moim, 'Record', { accountId: who.id })).toMatchObject([{ gym: 'Rock Valley' }]);
});
