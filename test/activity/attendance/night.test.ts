/** Row 101: the night's run: in its order, once, also late and twice; who comes, goes, and when the season or the clock changes. */

import { accept, apply, climber, profile } from '../../groups/clubs/support.ts';
import { inboxOf } from '../../groups/memberships/support.ts';
import { interrupted } from '../../support/between.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { renew, someone, tick } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { kick, leave } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';
import {
  ask,
  asked,
  at,
  attend,
  club,
  dayOf,
  decide,
  friday,
  group,
  type Json,
  must,
  night,
  ownRate,
  plan,
  rowsOf,
  wednesday,
} from './support.ts';

const moim = useMoim();
const rows = async () => JSON.stringify(await itemsOf(moim, 'Attendance'));

test('row 101: what waits is rejected first, then who came to nothing is absent; twice, and minutes late, it is the same', async () => {
  const met = await club(moim, 2);
  const [ann, ben] = met.members as [Person, Person];
  const { leader, manager } = met;
  await at(moim, met, [1, 3], '10:00:00');
  await attend(ann, met);
  const waiting = await asked(ben, met);
  await at(moim, met, [1, 3], '14:56:59');
  await night(moim, met.day(1, 3));
  const wednesdays = await rowsOf(moim, met);
  const lapsed = (await inboxOf(ben))[0];
  const inKorean = await ben.get('/v1/notifications', { 'accept-language': 'ko' });
  await at(moim, met, [1, 3], '14:58:30');
  const closed = [(await dayOf(ben, met)).state, outcome(await ask(ben, met)), await decide(manager, met, waiting)];
  await night(moim, met.day(1, 5));
  // On Sunday the run comes at three minutes past midnight.
  await moim.clock.advanceTo(Date.parse(`${met.day(1, 7)}T15:03:00Z`));
  await tick(moim);
  const sunday = await rowsOf(moim, met);
  const before = await rows();
  const [plan1] = await itemsOf(moim, 'AttendancePlan', { groupId: met.groupId });
  await put(moim, 'AttendancePlan', { ...plan1, closedUntil: met.day(1, 1) });
  await put(moim, 'Due', {
    shard: '0',
    at: `${met.day(1, 7)}T14:57:00.000Z`,
    kind: 'closeAttendance',
    subject: met.groupId,
    token: 'a',
  });
  await tick(moim);

  expect(wednesdays).toEqual([[], [], ['1 PRESENT'], ['1 REJECTED']]);
  expect(lapsed).toBe(
    'ATTENDANCE_REJECTED Your request for attendance in Wall to wall was not confirmed. (Reason: nobody answered that day)',
  );
  expect(inKorean.body.items[0].text).toBe(
    'Wall to wall의 출석 신청이 확인되지 않았어요. (사유: 그날이 지나도록 답이 없었어요)',
  );
  expect(closed).toEqual(['CLOSED', 'ATTENDANCE_CLOSED', 'ALREADY_DECIDED']);
  expect(sunday).toEqual([['1 ABSENT'], ['1 ABSENT'], ['1 PRESENT'], ['1 ABSENT']]);
  expect(await rows()).toBe(before);
  await at(moim, met, [2, 1], '10:00:00');
  expect([await ownRate(ben, met), await ownRate(leader, met)]).toEqual(Array(2).fill([0, 0, 1, 0, 0, 0]));
  expect(await itemsOf(moim, 'Due', { kind: 'closeAttendance', subject: met.groupId })).toMatchObject([
    { at: `${met.day(2, 3)}T14:57:00.000Z` },
  ]);
});

test('row 101: a request on its way at the closing is rejected by the look of the next minute; a decision at the same moment wins or loses as a whole', async () => {
  const met = await group(moim, 2);
  const [ann, ben] = met.members as [Person, Person];
  const { manager } = met;
  await at(moim, met, [1, 3], '10:00:00');
  const one = await asked(ben, met);
  await at(moim, met, [1, 3], '14:56:59.999');
  const late = await interrupted(
    moim,
    async () => {
      await moim.clock.advanceTo(Date.parse(`${met.day(1, 3)}T14:57:00Z`));
      await tick(moim);
    },
    () => ask(ann, met),
  );
  const between = await rowsOf(moim, met);
  await moim.clock.advanceTo(Date.parse(`${met.day(1, 3)}T14:58:00Z`));
  await tick(moim);

  expect([late.status, between.slice(2)]).toEqual([201, [['1 PENDING'], ['1 REJECTED']]]);
  expect((await rowsOf(moim, met)).slice(2)).toEqual([['1 REJECTED'], ['1 REJECTED']]);
  expect(await decide(manager, met, one)).toBe('ALREADY_DECIDED');
  // The other way round: accepted right before the run writes.
  await night(moim, met.day(1, 7));
  await at(moim, met, [2, 3], '10:00:00');
  const two = await asked(ann, met);
  await at(moim, met, [2, 3], '14:56:00');
  await moim.clock.advanceTo(Date.parse(`${met.day(2, 3)}T14:57:00Z`));
  const done: string[] = [];
  moim.table.faults.add({
    kind: 'between',
    match: (body) => JSON.stringify(body).includes(`${met.groupId}:0002#${ann.id}`) && 'TransactItems' in body,
    run: async () => {
      done.push(await decide(manager, met, two));
    },
  });
  await tick(moim);
  await night(moim, met.day(2, 3));
  expect([done, (await rowsOf(moim, met))[2]]).toEqual([['PRESENT'], ['1 ABSENT', '2 PRESENT']]);
  expect(await ownRate(ann, met)).toEqual([1, 0, 1, 0, 0, 0.5]);
});

test('row 101: a run that dies at any of its writes is finished by the next one', async () => {
  const met = await group(moim, 1);
  const [ann] = met.members as [Person];
  for (const week of [1, 2, 3, 4]) {
    await at(moim, met, [week, 3], '10:00:00');
    await asked(ann, met);
    await at(moim, met, [week, 7], '14:56:00');
    let seen = 0;
    // The rejection and the two days of the plan, three absences: each week another write fails, and all after it.
    const callOff = moim.table.faults.add({
      kind: 'error500',
      times: 100,
      match: (body) => JSON.stringify(body).includes(met.groupId) && 'TransactItems' in body && ++seen >= week,
    });
    await moim.clock.advanceTo(Date.parse(`${met.day(week, 7)}T14:58:00Z`));
    await tick(moim);
    callOff();
    for (let n = 0; n < 3; n++) {
      await moim.clock.advance(60_000);
      await tick(moim);
    }
    await moim.settle();
    expect(seen).toBeGreaterThanOrEqual(week);
  }

  const weeks = [1, 2, 3, 4].map((week) => `${week} ABSENT`);
  expect(await rowsOf(moim, met)).toEqual([weeks, weeks, weeks]);
  const counts = await itemsOf(moim, 'AttendanceCount', { groupId: met.groupId });
  expect(counts.map(({ absent }) => absent)).toEqual([4, 4, 4]);
  expect((await inboxOf(ann)).filter((line) => line.startsWith('ATTENDANCE_REJECTED'))).toHaveLength(4);
});

test('row 101: a holiday frees those whose own place it is; a week of holidays frees everybody else; a week without meetings marks nobody', async () => {
  const met = await club(moim, 3);
  const [ann, ben, cho] = met.members as [Person, Person, Person];
  const { manager } = met;
  await ben.put(`${met.path}/club-profile`, { ...profile, homeGym: friday.place });
  await cho.put(`${met.path}/club-profile`, { level: 4 });
  await plan(manager, met, [wednesday, friday], [met.day(1, 3), met.day(2, 3), met.day(2, 5)]);
  for (const day of [3, 5, 7]) await night(moim, met.day(1, day));
  const first = await rowsOf(moim, met);
  await night(moim, met.day(2, 3));
  const between = (await rowsOf(moim, met)).flat().filter((row) => row.startsWith('2'));
  for (const day of [5, 7]) await night(moim, met.day(2, day));
  const second = await rowsOf(moim, met);
  await at(moim, met, [3, 1], '10:00:00');
  await plan(manager, met, []);
  for (const day of [3, 5, 7]) await night(moim, met.day(3, day));

  // Of leader, manager and ann, Wednesday's place is their own.
  expect(first).toEqual([['1 HOLIDAY'], ['1 HOLIDAY'], ['1 HOLIDAY'], ['1 ABSENT'], ['1 ABSENT']]);
  expect(between).toEqual(Array(3).fill('2 HOLIDAY'));
  expect(second.map((each) => each[1])).toEqual(Array(5).fill('2 HOLIDAY'));
  expect((await rowsOf(moim, met)).flat().filter((row) => row.startsWith('3'))).toEqual([]);
  expect(await itemsOf(moim, 'Due', { kind: 'closeAttendance', subject: met.groupId })).toEqual([]);
  await at(moim, met, [4, 1], '10:00:00');
  expect(await ownRate(ann, met)).toEqual([0, 0, 0, 2, 0, null]);
});

test('rows 10, 101: who came within the week, left, was removed or has withdrawn is not absent; who comes back begins anew', async () => {
  const met = await club(moim, 3);
  const [ann, ben, cho] = met.members as [Person, Person, Person];
  const { leader, manager, groupId, path } = met;
  const dan = await moim.person('dan');
  await apply(dan, met, { profile });
  await accept(met, dan);
  await at(moim, met, [1, 3], '10:00:00');
  await renew(moim, dan);
  const joined = await climber(moim, met, { profile });
  const waits = await asked(ann, met);
  await asked(dan, met);
  await leave(ann, met);
  await kick(leader, met, ben);
  await moim.settle();
  const bySomebodyGone = await ann.get(`${path}/attendance`);
  await must(await leader.get(`${path}/attendances/waiting`));
  await leader.put(`/v1/accounts/me/blocks/${cho.id}`);
  must(await cho.post(`${path}/attendances`));
  const gone = await dan.post('/v1/accounts/me/withdrawal', { reason: 'Enough' });
  for (let n = 0; n < 3; n++) {
    await moim.clock.advance(60_000);
    await tick(moim);
  }
  await moim.settle();
  // Somebody blocked is seen by those who decide, and decided on; of somebody who has left nothing is there.
  const list = must(await leader.get(`${path}/attendances/waiting`)).items;
  const counted = [(await dayOf(leader, met)).waiting, await decide(leader, met, waits)];
  for (const day of [3, 5, 7]) await night(moim, met.day(1, day));

  expect([outcome(bySomebodyGone), gone.status < 300]).toEqual(['NOT_FOUND', true]);
  expect(list.map((each: Json) => each.account.id)).toEqual([cho.id]);
  expect(counted).toEqual([1, 'NOT_FOUND']);
  const all = { groupId, everybody: [leader, manager, ann, ben, cho, joined, dan] };
  expect(await rowsOf(moim, all)).toEqual([...[['1 ABSENT'], ['1 ABSENT'], ['1 REJECTED'], [], ['1 ABSENT'], [], []]]);
  expect(await itemsOf(moim, 'AttendanceCount', { accountId: dan.id })).toEqual([]);
  expect(waits).toContain(ann.id);
  // Back on Tuesday of the second week: not absent in it, but in the third.
  await at(moim, met, [2, 2], '10:00:00');
  must(await apply(ann, met, { profile }));
  await accept(met, ann, leader);
  for (const week of [2, 3]) for (const day of [3, 5, 7]) await night(moim, met.day(week, day));
  expect(await rowsOf(moim, { groupId, everybody: [ann, joined] })).toEqual([
    ['1 REJECTED', '3 ABSENT'],
    ['2 ABSENT', '3 ABSENT'],
  ]);
});

test('rows 96, 101: a season that ends within a week closes it on its last day, also one that was made shorter; old members are not absent', async () => {
  const met = await club(moim, 1);
  const [ann] = met.members as [Person];
  const { leader, path, seasonId } = met;
  for (const day of [3, 5]) await night(moim, met.day(1, day));
  await at(moim, met, [1, 6], '10:00:00');
  // The run of Sunday is due already. The season ends on Sunday of the first week, and then on Thursday of the second.
  must(await leader.patch(`${path}/seasons/${seasonId}`, { endDate: met.day(2, 4) }));
  const season2 = must(
    await leader.post(`${path}/seasons`, { name: 'B', startDate: met.day(2, 5), endDate: met.day(3, 4) }),
  );
  must(await leader.post(`${path}/seasons`, { name: 'C', startDate: met.day(3, 5), endDate: met.day(4, 4) }));
  await night(moim, met.day(1, 7));
  await night(moim, met.day(2, 3));
  await night(moim, met.day(2, 4));
  const ended = (await rowsOf(moim, met))[2];
  // Two members of the second season, which has Friday and Wednesday in its one week.
  await at(moim, met, [2, 4], '15:30:00');
  const newer = await climber(moim, met, { profile });
  for (const [week, day] of [
    [2, 5],
    [3, 3],
    [3, 4],
    [3, 5],
    [4, 3],
    [4, 4],
  ] as const)
    await night(moim, met.day(week, day));
  const all = (await itemsOf(moim, 'Attendance', { groupId: met.groupId, accountId: ann.id })).map(
    ({ seasonId: of, week, state }) => [of === season2.id, week, state],
  );

  expect(ended).toEqual(['1 ABSENT', '2 ABSENT']);
  // Ann is of the first season: in the third she is an old member.
  expect(all.toSorted()).toEqual([
    [false, 1, 'ABSENT'],
    [false, 2, 'ABSENT'],
    [true, 1, 'ABSENT'],
  ]);
  expect((await itemsOf(moim, 'Attendance', { accountId: newer.id })).map(({ week, state }) => [week, state])).toEqual([
    [1, 'ABSENT'],
  ]);
  await at(moim, met, [4, 4], '16:00:00');
  expect((await ownRate(ann, met)).at(-1)).toBe(0);
});

test('row 101: in New York the night is at 23:57 of the wall, the grace real time, also where summer time begins', async () => {
  // Clocks go forward on Sunday, 14 March 2027, at 02:00.
  await moim.clock.advanceTo(Date.parse('2027-03-01T12:00:00Z'));
  const leader = await someone(moim);
  const created = must(
    await leader.post('/v1/groups', {
      ...{
        kind: 'STUDY',
        title: 'Early birds',
        category: 'READING',
        timeZone: 'America/New_York',
        visibility: 'PUBLIC',
      },
      ...{ startDate: '2027-03-08', endDate: '2027-04-30' },
    }),
  );
  const path = `/v1/groups/${created.id}`;
  must(await plan(leader, { path }, [{ weekday: 7, start: '01:45', graceMinutes: 30 }]));
  const met = { everybody: [leader], groupId: created.id, path };
  const on = async (instant: string) => {
    await moim.clock.advanceTo(Date.parse(instant));
    await tick(moim);
    await renew(moim, leader);
  };
  await on('2027-03-14T06:00:00Z');
  // 01:45 and half an hour is 03:15 of the wall.
  expect((await dayOf(leader, met)).meeting).toMatchObject({
    ...{ startsAt: '2027-03-14T06:45:00.000Z', lateFrom: '2027-03-14T07:15:00.000Z' },
    closesAt: '2027-03-15T03:57:00.000Z',
  });
  await on('2027-03-15T03:56:00Z');
  expect((await dayOf(leader, met)).state).toBe('OPEN');
  expect(await rowsOf(moim, met)).toEqual([[]]);
  await on('2027-03-15T03:57:00Z');
  expect([(await dayOf(leader, met)).state, await rowsOf(moim, met)]).toEqual(['CLOSED', [['1 ABSENT']]]);
  expect(outcome(await leader.patch(path, { timeZone: 'Asia/Seoul' }))).toBe('INVALID_REQUEST');
});

test('row 101: no work for groups without attendance, none once a group is over, and again when it goes on', async () => {
  const met = await group(moim, 1);
  const [ann] = met.members as [Person];
  const { leader, path, groupId } = met;
  const dues = async () =>
    (await itemsOf(moim, 'Due', { kind: 'closeAttendance', subject: groupId })).map(({ at: when }) => when);
  expect(await dues()).toHaveLength(1);
  await at(moim, met, [1, 4], '10:00:00');
  await tick(moim);
  must(await leader.put(`${path}/status`, { status: 'COMPLETED' }));
  await night(moim, met.day(1, 7));
  await renew(moim, ann);
  const over = [await dues(), (await dayOf(ann, met)).state, (await rowsOf(moim, met)).flat()] as const;
  await at(moim, met, [2, 1], '10:00:00');
  must(await leader.put(`${path}/status`, { status: 'IN_PROGRESS' }));
  await at(moim, met, [2, 3], '10:00:00');
  await tick(moim);
  await attend(ann, met);

  expect(over).toEqual([[], 'NO_SEASON', []]);
  expect(await dues()).toEqual([`${met.day(2, 3)}T14:57:00.000Z`]);
  for (const day of [3, 7]) await night(moim, met.day(2, day));
  expect(await rowsOf(moim, met)).toEqual([['2 ABSENT'], ['2 ABSENT'], ['2 PRESENT']]);
});
