/** Rows 60-62, 119: what members have done, as a board and for one of them. */
import { newId } from '../../../shared/core/ids.ts';
import { imageOf } from '../../../shared/events/consumers.ts';
import { type Moim, type Person, useMoim } from '../../support/moim.ts';
import { at, crowd } from '../../support/people.ts';
import { costOf, outcome } from '../../support/replies.ts';
import { certify, found, leave } from '../../support/scene.ts';
import { itemsOf, putAll, streamOf } from '../../support/table.ts';

const moim = useMoim();
const monday = Date.parse('2026-03-02T03:00:00Z');
/** The instant of a weekday of the first week: 1 is Monday. Each test begins a number of weeks later. */
const noon = (weekday: number, week = 0) => new Date(monday + (week * 7 + weekday - 1) * 86_400_000).toISOString();

// biome-ignore lint/suspicious/noExplicitAny: answers are named by the test that reads them
type Json = any;
const board = async (who: Person, { path }: { path: string }): Promise<Json> => {
  await moim.settle();
  return (await who.get(`${path}/progress`)).body;
};
const ofMember = async (who: Person, { path }: { path: string }, whose: Person): Promise<Json> => {
  await moim.settle();
  return (await who.get(`${path}/progress/${whose.id}`)).body;
};
/** Names, ranks, what was done and due; of equal ranks by name, because all came at the same moment. */
const ranks = ({ members }: Json) =>
  members
    .map(({ account, rank, done, due }: Json) => [account.nickname, rank, done, due])
    .toSorted((a: Json, b: Json) => (a[1] ?? 9) - (b[1] ?? 9) || (a[0] < b[0] ? -1 : 1));
/** The same, expected. */
const inOrder = (rows: Json[]) =>
  ranks({ members: rows.map(([nickname, rank, d, due]) => ({ account: { nickname }, rank, done: d, due })) });

/** A daily challenge of two months from today, whose certifications count at once unless it says otherwise. */
async function scene(size: number, more: object = {}) {
  const [leader, ...members] = (await crowd(moim, size)) as [Person, ...Person[]];
  const day = new Date(moim.clock.now()).toISOString().slice(0, 10);
  const days = { startDate: day, endDate: '2026-12-31' };
  const here = await found(leader, { ...days, approval: 'AUTO', ...more }, ...members);
  return { leader, members, here, all: [leader, ...members] };
}
const done = async (here: Parameters<typeof certify>[1], ...who: Person[]) => {
  for (const each of who) {
    await moim.clock.advance(5000);
    expect(outcome(await certify(each, here))).toBe(201);
  }
};

test('rows 61, 62: rates and ranks 1, 1, 3; a miss counts after its day, what is excused or before one came does not', async () => {
  const { leader, members, here, all } = await scene(3);
  const [a, b] = members as [Person, Person];
  await done(here, leader, a);
  const first = await board(b, here);
  await at(moim, noon(2), ...all);
  const second = await board(b, here);
  expect(
    (await b.post(`${here.path}/excuses`, { from: '2026-03-03', until: '2026-03-04', reason: 'Ill' })).status,
  ).toBe(201);
  const paused = await board(b, here);
  await at(moim, noon(3), ...all);
  const [late] = (await crowd(moim, 1)) as [Person];
  await late.post(`${here.path}/members`);
  const third = await board(late, here);
  await leave(a, here);
  const without = await board(leader, here);

  expect(ranks(first)).toEqual(
    inOrder([
      [leader.nickname, 1, 1, 1],
      [a.nickname, 1, 1, 1],
      [b.nickname, null, 0, 0],
    ]),
  );
  expect(first.me).toMatchObject({ rank: null, done: 0, due: 0, rate: null, excused: null });
  expect(first.team).toMatchObject({ rate: 1, level: 1 });
  expect(ranks(second)).toEqual(
    inOrder([
      [leader.nickname, 1, 1, 1],
      [a.nickname, 1, 1, 1],
      [b.nickname, 3, 0, 1],
    ]),
  );
  expect(second.team.rate).toBeCloseTo(2 / 3, 10);
  expect(second.me.series).toEqual([{ week: '2026-W10', done: 0, due: 1, rate: 0, team: second.team.rate }]);
  expect(paused.me.excused).toEqual({ from: '2026-03-03', until: '2026-03-04' });
  expect(paused.members.map(({ excused }: Json) => excused)).toEqual([false, false, true]);
  expect(ranks(third)).toEqual(
    inOrder([
      [leader.nickname, 1, 1, 2],
      [a.nickname, 1, 1, 2],
      [b.nickname, 3, 0, 1],
      [late.nickname, null, 0, 0],
    ]),
  );
  expect(third.me).toMatchObject({ rank: null, rate: null });
  expect(
    ranks(without)
      .map(([name]: Json) => name)
      .toSorted(),
  ).toEqual([leader, b, late].map(({ nickname }) => nickname).toSorted());
  for (const way of ['', `/${b.id}`]) {
    expect(outcome(await a.get(`${here.path}/progress${way}`))).toBe('NOT_FOUND');
    expect((await moim.guest.get(`${here.path}/progress${way}`)).status).toBe(401);
  }
  expect(outcome(await leader.get(`${here.path}/progress/${a.id}`))).toBe('NOT_FOUND');
});

test('rows 55, 62: what waits counts neither for nor against; others do not see it; a denial counts, an approval lifts both', async () => {
  await at(moim, noon(1, 1));
  const { leader, members, here, all } = await scene(3, { approval: 'LEADER' });
  const [a, b] = members as [Person, Person];
  const { body } = await certify(a, here);
  await at(moim, noon(2, 1), ...all);
  await moim.settle();
  const [own, judges, other] = [
    await ofMember(a, here, a),
    await ofMember(leader, here, a),
    await ofMember(b, here, a),
  ];
  const waits = await board(a, here);
  const one = `${here.path}/certifications/${body.id}`;
  expect(outcome(await leader.post(`${one}/deny`, { reason: 'Blurred' }))).toBe(200);
  const denied = await board(a, here);
  expect(outcome(await leader.post(`${one}/approve`))).toBe(200);
  const approved = await board(a, here);

  for (const seen of [own, judges]) {
    expect(seen.heat[0]).toEqual({ day: '2026-03-09', state: 'WAITING', done: 0 });
    expect(seen.streaks[0]).toMatchObject({ unit: 'DAY', current: 0, best: 0, pending: 1 });
  }
  expect(other.heat[0].state).toBe('OPEN');
  expect(other.streaks[0]).toMatchObject({ current: 0, pending: 0 });
  const mine = ({ me }: Json) => [me.done, me.due];
  expect([waits, denied, approved].map(mine)).toEqual([
    [0, 0],
    [0, 1],
    [1, 1],
  ]);
});

test('rows 51, 119: a streak goes over excused days; a changed frequency does not change what past weeks asked', async () => {
  await at(moim, noon(1, 2));
  const { leader, here, all } = await scene(1);
  const { body } = await leader.post(`${here.path}/missions`, {
    ...{ kind: 'REPEAT', title: 'Run', way: 'TEXT', frequency: { every: 'DAY' }, approval: 'AUTO' },
  });
  const run = async () => {
    await moim.clock.advance(5000);
    return outcome(await leader.post(`${here.path}/missions/${body.id}/certifications`, { text: 'Ran' }));
  };
  await run();
  await leader.post(`${here.path}/excuses`, { from: '2026-03-17', until: '2026-03-18', reason: 'Away' });
  await at(moim, noon(4, 2), ...all);
  await run();
  const paused = await ofMember(leader, here, leader);
  const edited = await leader.patch(`${here.path}/missions/${body.id}`, {
    frequency: { every: 'WEEK', times: 1 },
  });
  expect(edited.status).toBe(200);
  await at(moim, noon(1, 4), ...all);
  // The former frequency has been replaced by now; another change keeps it.
  await leader.patch(`${here.path}/missions/${body.id}`, { frequency: { every: 'WEEK', times: 2 } });
  const after = await ofMember(leader, here, leader);

  const streak = (seen: Json) => seen.streaks.find(({ title }: Json) => title === 'Run');
  expect(streak(paused)).toMatchObject({ unit: 'DAY', current: 2, best: 2 });
  expect(paused.heat.map(({ state }: Json) => state)).toEqual(['DONE', 'PAUSED', 'PAUSED', 'DONE']);
  // Of the first week, both missions ask for five days that are not excused; of the second, one for seven and the other for one.
  expect(after.series.map(({ done: d, due }: Json) => [d, due])).toEqual([
    [2, 10],
    [0, 8],
    [0, 0],
  ]);
  expect(streak(after)).toMatchObject({ unit: 'WEEK', current: 0 });
});

/** The stream's records of weeks and memberships of a group. */
const recordsOf = (within: Moim, groupId: string) =>
  streamOf(within).filter(({ dynamodb }) => {
    const image = imageOf(dynamodb?.NewImage) ?? imageOf(dynamodb?.OldImage);
    return image?.groupId === groupId && ['MissionWeek', 'Membership'].includes(String(image.type));
  });

test('doubled and in the other order, changes leave the rows as they are; after the end of a group they bring nothing back', async () => {
  await at(moim, noon(1, 6));
  const { leader, members, here, all } = await scene(3);
  const [a, b] = members as [Person, Person];
  await done(here, leader, a, b);
  await at(moim, noon(2, 6), ...all);
  await done(here, a);
  await b.post(`${here.path}/excuses`, { from: '2026-04-14', until: '2026-04-14', reason: 'Ill' });
  await leave(a, here);
  await moim.settle();
  const rows = () => itemsOf(moim, 'Progress', { groupId: here.groupId });
  const before = await rows();
  const again = async () => {
    const records = recordsOf(moim, here.groupId);
    return moim.invoke('background-stream', { Records: [...records, ...records].reverse() });
  };

  expect(before.map(({ joinedAt, excused }) => [joinedAt !== undefined, excused !== undefined]).toSorted()).toEqual([
    [false, false],
    [true, false],
    [true, true],
  ]);
  expect(await again()).toEqual({ ok: true, payload: { batchItemFailures: [] } });
  await moim.settle();
  expect(await rows()).toEqual(before);
});

test('row 62: the board of a group of 20 takes four requests, and certifying takes none more for it', async () => {
  await at(moim, noon(1, 8));
  const { leader, members, here } = await scene(10);
  const more = (await crowd(moim, 10)) as Person[];
  const large = await found(
    leader,
    { startDate: '2026-04-27', endDate: '2026-12-31', capacity: 30, approval: 'AUTO' },
    ...members,
    ...more,
  );
  await done(large, leader, members[0]!);
  await moim.settle();
  const { members: shown } = await board(leader, large);

  expect(shown).toHaveLength(20);
  // Access with session and account, missions, rows, names: in one round trip.
  expect(costOf(moim, 'getProgress')).toEqual({ requests: 4, roundTrips: 1, readUnits: 7, writeUnits: 0 });
  await ofMember(leader, here, leader);
  expect(costOf(moim, 'getMemberProgress')).toEqual({ requests: 4, roundTrips: 1, readUnits: 5.5, writeUnits: 0 });
});

test('row 60: of many missions, those before their end count however old they are', async () => {
  await at(moim, noon(1, 10));
  const { leader, here } = await scene(1);
  await done(here, leader);
  const [kept] = await itemsOf(moim, 'Mission', { missionId: here.missionId });
  const { pk: _, sk: _sk, gsi1pk: _pk1, gsi1sk: _sk1, liveIn: _live, ...mission } = kept;
  const ended = { kind: 'ONCE', status: 'END', endedAt: mission.createdAt, implied: undefined };
  const newer = Array.from({ length: 100 }, (_each, i) => newId(moim.clock.now() + i));
  await putAll(moim, 'Mission', newer.map((missionId) => ({ ...mission, ...ended, missionId })) as never);

  expect((await board(leader, here)).me).toMatchObject({ done: 1, due: 1, rank: 1 });
  expect(costOf(moim, 'getProgress')).toMatchObject({ requests: 5, roundTrips: 2 });
});
