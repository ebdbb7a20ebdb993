/** Row 156: the codes of a meeting are shown by those who lead, and taken from those who are there. */
import { randomUUID } from 'node:crypto';
import { key } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { tick } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';
import { meeting, weeksOf, wrongOf } from './support.ts';

const moim = useMoim();
const { scene, nextWeek, on, tuesday } = weeksOf(moim);
const place = { latitude: 37.4979, longitude: 127.0276 };
const own = async (who: Person, path: string) => (await who.get(`${path}/attendance`)).body.mine;

test('row 156: from a quarter of an hour before the start to the end of the grace, by one answer for ten minutes', async () => {
  const { leader, members, path, go, shown, enter } = await scene(1);
  const [a] = members as [Person];
  const times = async (time: string) => {
    await go(time);
    const { meeting: open, codes } = await shown();
    return [codes.length, open?.opensAt, open?.closesAt];
  };
  const [opensAt, closesAt] = [on('18:45:00'), on('19:30:00')];

  expect(await times('18:44:59')).toEqual([0, opensAt, closesAt]);
  const early = await enter(a, '000000');
  expect(await times('18:45:00')).toEqual([20, opensAt, closesAt]);
  // One read of all that decides, with the session and the door of the account.
  expect(Object.values(costOf(moim, 'showCodes'))).toEqual([1, 1, 6, 0]);
  const first = (await shown()).codes;
  await go('18:45:31');
  const next = (await shown()).codes;
  expect(next.slice(0, 19)).toEqual(first.slice(1));
  expect(next[0].until).toBe(on('18:46:00'));
  expect(await times('19:29:59')).toEqual([1, opensAt, closesAt]);
  const last = (await shown()).codes[0].code;
  expect(await times('19:30:00')).toEqual([0, opensAt, closesAt]);
  await go('19:30:30');
  const late = await enter(a, last);
  expect([early, late].map(outcome)).toEqual(['CHECK_IN_CLOSED', 'CHECK_IN_CLOSED']);
  expect(await itemsOf(moim, 'Quota', { limit: 'checkIn' } as never)).toEqual([]);
  await go('23:58:00');
  expect(await shown()).toMatchObject({ meeting: null, codes: [] });
  expect([outcome(await a.get(`${path}/check-in-codes`)), outcome(await leader.get(`${path}/check-in-codes`))]).toEqual(
    [...['NOT_FOUND', 200]],
  );
});

test('row 156: the window is within the day of the meeting, and ends with its closing', async () => {
  const { members, go, shown, enter } = await scene(2, {
    meetings: [
      { weekday: 2, start: '23:30', graceMinutes: 60 },
      { weekday: 4, start: '00:05' },
    ],
  });
  const [a, b] = members as [Person, Person];
  await go('23:56:00');
  const { meeting: open, codes } = await shown();
  const done = await enter(a, codes[1].code);
  await go('23:57:00');
  const closed = await enter(b, codes[1].code);

  expect([open.closesAt, codes.length, codes.at(-1).until]).toEqual([on('23:57:00'), 2, on('23:57:00')]);
  expect([done.body.state, outcome(closed), (await shown()).meeting]).toEqual(['PRESENT', 'CHECK_IN_CLOSED', null]);
  await go('00:00:10', 2);
  expect((await shown()).meeting.opensAt).toBe(on('00:00:00', 2));
});

test('rows 101, 156: a code arms the run of a group that was over, and goes on', async () => {
  const { leader, members, path, groupId, go, code, enter } = await scene(1);
  const [a] = members as [Person];
  await leader.put(`${path}/status`, { status: 'COMPLETED' });
  await go('23:58:00');
  await tick(moim);
  nextWeek();
  await go('19:00:00');
  await leader.put(`${path}/status`, { status: 'IN_PROGRESS' });
  const dues = () => itemsOf(moim, 'Due', { kind: 'closeAttendance', subject: groupId });
  const before = await dues();
  const done = await enter(a, await code());

  expect([before, done.body.state]).toEqual([[], 'PRESENT']);
  expect(await dues()).toMatchObject([{ at: on('23:57:00') }]);
});

test('row 156: a code of now, of the step before or after is attendance without a decision; one of 61 s ago is not', async () => {
  const { leader, members, path, go, code, shown, enter } = await scene(6);
  const [skewed, slow, old, late, twice, lead] = members as [Person, Person, Person, Person, Person, Person];
  await go('18:59:30');
  const early = await code();
  await go('19:00:31');
  const [first, second] = (await shown()).codes;
  // 61 s after it was shown first, and one second after its last moment.
  const gone = await enter(old, early);
  const headers = key();
  const device = randomUUID();
  const answers = [await enter(slow, first.code, { device }, headers), await enter(skewed, second.code)];
  // One read of all that decides, with the session and the door of the account; one of the week; one transaction of five items:
  // the membership and the tries are looked at, the attendance in an index, its counts and the claim of the device are written.
  const cost = Object.values(costOf(moim, 'checkIn'));
  const again = [await enter(slow, first.code, { device }, headers), await enter(slow, first.code)];
  // Of several at once one is made.
  const race = await Promise.all([1, 2, 3].map(() => enter(twice, first.code)));
  await go('19:29:50');
  const last = await code();
  await go('19:30:05');
  const behind = await enter(late, last);

  expect(outcome(gone)).toBe('CHECK_IN_CODE_WRONG');
  expect(answers.map(({ body }) => [body.state, body.late, body.sharedDevice, body.place])).toEqual([
    ...[
      ['PRESENT', false, false, 'Library'],
      ['PRESENT', false, false, 'Library'],
    ],
  ]);
  expect(again.map(outcome)).toEqual([200, 'ATTENDANCE_EXISTS']);
  expect(tally(race)).toEqual({ 200: 1, ATTENDANCE_EXISTS: 2 });
  expect([behind.body.state, behind.body.late]).toEqual(['LATE', true]);
  expect(await own(slow, path)).toEqual(answers[0]!.body);
  expect((await slow.get(`${path}/attendance`)).body.own).toMatchObject({ present: 1, late: 0, rate: 1 });
  expect(outcome(await enter(leader, last))).toBe(200);
  expect(outcome(await enter(lead, wrongOf(last)))).toBe('CHECK_IN_CODE_WRONG');
  await moim.settle();
  expect(
    (await leader.get('/v1/notifications')).body.items.filter(({ type }: { type: string }) => /ATTENDANCE/.test(type)),
  ).toEqual([]);
  expect((await leader.get(`${path}/attendances/waiting`)).body.items).toEqual([]);
  expect(cost).toEqual([3, 3, 9, 12]);
});

test('row 156: a request that waits becomes attendance by a code, and its question to the managers goes', async () => {
  const { leader, members, path, go, code, enter } = await scene(1);
  const [a] = members as [Person];
  await go('19:05:00');
  await a.post(`${path}/attendances`);
  await moim.settle();
  const questions = async () =>
    (await leader.get('/v1/notifications')).body.items.filter(
      ({ type, resolved }: { type: string; resolved: boolean }) => type === 'ATTENDANCE_REQUESTED' && !resolved,
    );
  const asked = (await questions()).length;
  const done = await enter(a, await code());
  await moim.settle();

  expect([done.body.state, asked]).toEqual(['PRESENT', 1]);
  expect((await leader.get(`${path}/attendances/waiting`)).body.items).toEqual([]);
  expect(await questions()).toEqual([]);
});

test('row 156: a device counts for one member a meeting: the second one is flagged, and waits for a decision', async () => {
  const { leader, members, path, go, code, enter } = await scene(4);
  const [a, b, c, d] = members as [Person, Person, Person, Person];
  await go('19:00:00');
  const device = randomUUID();
  const now = await code();
  const first = await enter(a, now, { device });
  const second = await enter(b, now, { device });
  const cost = Object.values(costOf(moim, 'checkIn'));
  const shared = randomUUID();
  const race = await Promise.all([c, d].map((who) => enter(who, now, { device: shared })));

  expect([first.body.state, first.body.sharedDevice]).toEqual(['PRESENT', false]);
  expect([second.body.state, second.body.sharedDevice]).toEqual(['PENDING', true]);
  expect(race.map(({ body }) => `${body.state} ${body.sharedDevice}`).sort()).toEqual([
    'PENDING true',
    'PRESENT false',
  ]);
  const waiting = (await leader.get(`${path}/attendances/waiting`)).body.items;
  expect(waiting.map((each: { sharedDevice: boolean }) => each.sharedDevice)).toEqual([true, true]);
  const decided = await leader.post(`${path}/attendances/decisions`, {
    ids: waiting.map(({ id }: { id: string }) => id),
    decision: 'ACCEPTED',
  });
  expect(decided.body.results.map(({ state }: { state: string }) => state)).toEqual(['PRESENT', 'PRESENT']);
  expect((await own(b, path)).state).toBe('PRESENT');
  // What is kept of a device is a hash, which is of this group alone.
  const claims = await itemsOf(moim, 'CheckInDevice', { day: tuesday() });
  expect(JSON.stringify(claims)).not.toContain(device);
  expect(cost).toEqual([3, 3, 9, 13]);

  // At the next meeting it counts for whoever is first.
  nextWeek();
  await go('19:00:00');
  const next = await code();
  expect([(await enter(b, next, { device })).body.state, (await enter(a, next, { device })).body.state]).toEqual([
    ...['PRESENT', 'PENDING'],
  ]);
});

test('rows 99, 156: what somebody doubts stays with them, however many devices one names: flagged, rejected, and asked for anew', async () => {
  const { leader, members, path, go, code, enter } = await scene(3);
  const [a, b, c] = members as [Person, Person, Person];
  await go('19:00:00');
  const device = randomUUID();
  const now = await code();
  const waiting = async () => (await leader.get(`${path}/attendances/waiting`)).body.items;
  const reject = async () => {
    const [{ id }] = await waiting();
    await leader.post(`${path}/attendances/decisions`, { ids: [id], decision: 'REJECTED', reason: 'Not here' });
    await moim.clock.advance(1);
  };
  const firsts = [await enter(a, now, { device }), await enter(b, now, { device: device.toUpperCase() })];
  const repeated = await enter(b, now);
  const flagged = await own(b, path);
  await reject();
  const anew = await enter(b, now);
  const still = await enter(b, now);
  await reject();
  // Nor does it help to ask without a code in between.
  const asked = await b.post(`${path}/attendances`);
  const last = await enter(b, now);
  await c.post(`${path}/attendances`);
  const rejected = (await waiting()).filter(({ account }: { account: { id: string } }) => account.id === c.id);
  await leader.post(`${path}/attendances/decisions`, {
    ids: [rejected[0].id],
    decision: 'REJECTED',
    reason: 'Not here',
  });
  const other = await enter(c, now);
  await moim.settle();

  expect(firsts.map(({ body }) => [body.state, body.sharedDevice])).toEqual([
    ...[
      ['PRESENT', false],
      ['PENDING', true],
    ],
  ]);
  expect([flagged.state, flagged.sharedDevice]).toEqual(['PENDING', true]);
  expect([repeated, still, last].map(outcome)).toEqual(Array(3).fill('ATTENDANCE_EXISTS'));
  for (const { body } of [anew, asked]) expect([body.state, body.sharedDevice]).toEqual(['PENDING', true]);
  expect([other.body.state, other.body.sharedDevice]).toEqual(['PENDING', false]);
  expect((await waiting()).map(({ account }: { account: { id: string } }) => account.id).sort()).toEqual(
    [b.id, c.id].sort(),
  );
  // At the next meeting all are as everybody is.
  nextWeek();
  await go('19:00:00');
  expect((await enter(b, await code())).body.state).toBe('PRESENT');
});

test('rows 99, 125, 156: the code of a manager waits for somebody else; who asked in time is not late by a code after the grace', async () => {
  const { leader, members, path, go, code, enter } = await scene(2);
  const [manager, slow] = members as [Person, Person];
  await leader.put(`${path}/members/${manager.id}/role`, { role: 'MANAGER' });
  await go('19:20:00');
  const inTime = (await slow.post(`${path}/attendances`)).body;
  const read = (await manager.get(`${path}/check-in-codes`)).body.codes[0].code;
  const led = await enter(manager, read);
  const twice = await enter(manager, read);
  const { items } = (await leader.get(`${path}/attendances/waiting`)).body;
  await go('19:29:50');
  const last = await code();
  await go('19:30:05');
  const late = await enter(slow, last);

  expect([led.body.state, led.body.sharedDevice, outcome(twice)]).toEqual(['PENDING', false, 'ATTENDANCE_EXISTS']);
  expect(items.map(({ account }: { account: { id: string } }) => account.id)).toContain(manager.id);
  expect([late.body.state, late.body.late, late.body.requestedAt]).toEqual(['PRESENT', false, inTime.requestedAt]);
  expect(await own(slow, path)).toEqual(late.body);
  expect((await enter(leader, last)).body.state).toBe('LATE');
});

test('row 156, brute force: five tries; then not even the right code is taken that day, and nobody else is held up', async () => {
  const { members, path, go, code, enter } = await scene(3);
  const [a, b, c] = members as [Person, Person, Person];
  await go('18:50:00');
  const right = await code();
  const wrong = wrongOf(right);
  const tries = [];
  for (let n = 0; n < 5; n++) tries.push(await enter(a, wrong));
  const cost = Object.values(costOf(moim, 'checkIn'));
  const after = [await enter(a, wrong), await enter(a, right)];
  const race = await Promise.all(Array.from({ length: 12 }, () => enter(b, wrong)));
  const caught = await enter(b, right);
  await go('19:20:00');
  const still = await enter(a, await code());

  expect(tally(tries)).toEqual({ CHECK_IN_CODE_WRONG: 5 });
  expect(still.body.title).toContain('ask for attendance');
  expect((await a.post(`${path}/attendances`)).body.state).toBe('PENDING');
  expect([...after, caught, still].map(outcome)).toEqual(Array(4).fill('CHECK_IN_TRIES_USED'));
  expect(tally(race)).toEqual({ CHECK_IN_CODE_WRONG: 5, CHECK_IN_TRIES_USED: 7 });
  expect(outcome(await enter(c, await code()))).toBe(200);
  expect(cost).toEqual([2, 2, 8, 1]);
  for (const code of ['12345', '1234567', '12345a', '１２３４５６'])
    expect(outcome(await enter(c, code))).toBe('INVALID_REQUEST');
});

test('row 156: where the place has a position, a code is taken within 150 m of it; the position is not stored', async () => {
  const { members, path, go, code, enter } = await scene(3, { meetings: [{ ...meeting, position: place }] });
  const [a, b, c] = members as [Person, Person, Person];
  await go('19:10:00');
  const now = await code();
  const near = { latitude: place.latitude + 0.0011, longitude: place.longitude + 0.0003 };
  const far = { latitude: place.latitude + 0.0016, longitude: place.longitude };
  const answers = [
    await enter(a, now),
    await enter(a, now, { position: far }),
    await enter(a, now, { position: near }),
  ];

  expect(answers.map(outcome)).toEqual(['CHECK_IN_ELSEWHERE', 'CHECK_IN_ELSEWHERE', 200]);
  expect((await b.get(`${path}/attendance`)).body.meeting.asksPosition).toBe(true);
  // A wrong code is wrong, wherever one is: nobody finds out a code from afar.
  expect(outcome(await enter(c, wrongOf(now), { position: far }))).toBe('CHECK_IN_CODE_WRONG');
  for (const latitude of [91, '37', null])
    expect(outcome(await enter(c, now, { position: { ...place, latitude } }))).toBe('INVALID_REQUEST');
  const kept = JSON.stringify(
    await Promise.all(['Attendance', 'CheckInDevice', 'Idempotency'].map((type) => itemsOf(moim, type))),
  );
  for (const { latitude } of [near, far]) expect(kept).not.toContain(String(latitude).slice(0, 6));
});
