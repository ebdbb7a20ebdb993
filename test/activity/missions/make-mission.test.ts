/** Rows 51, 52: who makes which missions, and how many. */
import { key } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, someone, tick } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { certify, found, team } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const long = { startDate: undefined, endDate: '2026-12-31' };
const once = { kind: 'ONCE', title: 'Read chapter 1', way: 'TEXT' };
const repeat = { kind: 'REPEAT', title: 'Run', way: 'TEXT', frequency: { every: 'DAY' } };
async function make(who: Person, path: string, more: object) {
  // Missions are listed by the time at which they were made.
  await moim.clock.advance(1);
  return who.post(`${path}/missions`, { ...once, ...more });
}

test('row 51: a mission with all that it may have is shown as it was made, and in the list as what is to do', async () => {
  const { leader, member, path, groupId } = await team(moim, long);
  const checklist = [{ text: 'Warm up', photo: true }, { text: 'Run 5 km' }];
  const whole = { content: 'Together', rule: 'Show your shoes', way: 'CHECKLIST', checklist, approval: 'AUTO' };
  const { status, body } = await make(leader, path, {
    ...{ ...repeat, ...whole, frequency: undefined, weekdays: [5, 1], timesPerWeek: 1, perDayLimit: null },
  });
  const one = await member.get(`${path}/missions/${body.id}`);
  const list = await member.get(`${path}/missions`);
  await moim.settle();
  const inbox = await member.get('/v1/notifications');

  expect(status).toBe(201);
  expect(body).toMatchObject({
    ...{ groupId, kind: 'REPEAT', title: 'Run', content: 'Together', rule: 'Show your shoes', way: 'CHECKLIST' },
    checklist: [
      { text: 'Warm up', photo: true },
      { text: 'Run 5 km', photo: false },
    ],
    ...{ approval: 'AUTO', weekdays: [1, 5], timesPerWeek: 1, perDayLimit: null, next: null, startDate: null },
    ...{ dueAt: null, status: 'ONGOING', implied: false, makerId: leader.id, version: 1 },
  });
  expect(one.body).toEqual({ ...body, mine: 'TODO', quota: null, done: null, total: 2, excused: false });
  expect(list.body.items.map(({ id, mine }: { id: string; mine: string }) => [id, mine]).at(-1)).toEqual([
    body.id,
    'TODO',
  ]);
  expect(inbox.body.items[0]).toMatchObject({
    type: 'MISSION_CREATED',
    text: `${leader.nickname} added a mission to Algorithms every day. (Run)`,
    link: { screen: 'mission', groupId, missionId: body.id },
  });
});

test('row 51: what contradicts itself is refused, with the field', async () => {
  const { leader, path } = await team(moim, long);
  const cases: [object, string][] = [
    [{ way: 'CHECKLIST' }, '/checklist'],
    [{ way: 'CHECKLIST', checklist: [] }, '/checklist'],
    [{ checklist: [{ text: 'a' }] }, '/checklist'],
    [{ way: 'CHECKLIST', checklist: Array(6).fill({ text: 'a', photo: true }) }, '/checklist'],
    [{ frequency: { every: 'DAY' } }, '/frequency'],
    [{ timesPerWeek: 2 }, '/frequency'],
    [{ ...repeat, frequency: undefined }, '/frequency'],
    [{ ...repeat, weekdays: [1] }, '/frequency'],
    [{ ...repeat, frequency: undefined, weekdays: [1, 2], timesPerWeek: 3 }, '/timesPerWeek'],
    [{ startDate: '2026-03-01' }, '/startDate'],
    [{ dueAt: '2026-03-01T00:00:00.000Z' }, '/dueAt'],
    [{ dueAt: '2027-12-01T00:00:00.000Z' }, '/dueAt'],
    [{ startDate: '2026-03-10', dueAt: '2026-03-09T14:00:00.000Z' }, '/dueAt'],
    [{ ...repeat, dueAt: '2026-03-10T00:00:00.000Z' }, '/dueAt'],
    [{ title: 'x'.repeat(51) }, '/title'],
    [{ content: 'x'.repeat(301) }, '/content'],
    [{ rule: 'x'.repeat(101) }, '/rule'],
    [{ perDayLimit: 11 }, '/perDayLimit'],
  ];

  const replies = await Promise.all(cases.map(([body]) => make(leader, path, body)));

  expect(replies.map((reply) => [outcome(reply), reply.body.errors?.[0].pointer])).toEqual(
    cases.map(([, pointer]) => ['INVALID_REQUEST', pointer]),
  );
});

test('row 52: a leader makes any; members make what is done once, by the approval of the group, unless it says otherwise', async () => {
  const { leader, member, path } = await team(moim, long);
  const stranger = await someone(moim);

  const before = [
    await make(leader, path, repeat),
    await make(member, path, {}),
    await make(member, path, { approval: 'LEADER' }),
    await make(member, path, { approval: 'AUTO' }),
    await make(member, path, repeat),
    await make(stranger, path, {}),
  ];
  await leader.patch(path, { membersMayCreate: false });
  const after = [await make(member, path, {}), await make(leader, path, {})];
  const over = await found(leader, long);
  await leader.send('PUT', `${over.path}/status`, { body: { status: 'COMPLETED' } });

  expect(before.map(outcome)).toEqual([201, 201, 201, 'NOT_APPLICABLE', 'NOT_FOUND', 'NOT_FOUND']);
  expect(after.map(outcome)).toEqual(['NOT_FOUND', 201]);
  expect(outcome(await make(leader, over.path, {}))).toBe('NOT_APPLICABLE');
});

test('row 52: two repeated missions at most before their end, also of ten at once and with one key; an end makes room', async () => {
  const { leader, path, groupId } = await team(moim, long);
  const headers = key();

  const race = await Promise.all(Array.from({ length: 10 }, () => make(leader, path, repeat)));
  const won = race.find(({ status }) => status === 201)!.body;
  const ended = await leader.post(`${path}/missions/${won.id}/end`);
  const again = [
    await leader.post(`${path}/missions`, repeat, headers),
    await leader.post(`${path}/missions`, repeat, headers),
    await make(leader, path, repeat),
  ];

  expect(tally(race)).toEqual({ 201: 1, MISSION_LIMIT: 9 });
  expect(ended.body.status).toBe('END');
  expect(again.map(outcome)).toEqual([201, 201, 'MISSION_LIMIT']);
  expect(again[0]!.body.id).toBe(again[1]!.body.id);
  expect(await itemsOf(moim, 'Group', { groupId })).toMatchObject([{ liveREPEAT: 2 }]);
});

test('rows 51, 52: its maker and the leader edit it; what it asks for is fixed once somebody has certified', async () => {
  const { leader, member, path } = await team(moim, long);
  const [other] = await crowd(moim, 1);
  await other!.post(`${path}/members`);
  const { body } = await make(member, path, {});
  const one = `${path}/missions/${body.id}`;
  const edit = (who: Person, change: object, headers?: Record<string, string>) =>
    who.send('PATCH', one, { body: change, ...(headers ? { headers } : {}) });

  const edits = [
    await edit(other!, { title: 'Mine' }),
    await edit(member, { title: 'Read chapter 2' }, { 'if-match': '"1"' }),
    await edit(leader, { title: 'Old' }, { 'if-match': '"1"' }),
    await edit(member, { kind: 'REPEAT', frequency: { every: 'DAY' } }),
    await edit(member, { way: 'LINK' }),
    await edit(leader, { way: 'TEXT', dueAt: '2026-04-01T00:00:00.000Z' }),
  ];
  const certified = await other!.post(`${one}/certifications`, { text: 'Done' });
  const late = [
    await edit(leader, { way: 'LINK' }),
    await edit(leader, { kind: 'REPEAT', frequency: { every: 'DAY' } }),
    await edit(leader, { way: 'TEXT', rule: 'A page at least', dueAt: null }),
  ];

  expect(edits.map(outcome)).toEqual(['NOT_FOUND', 200, 'PRECONDITION_FAILED', 'NOT_APPLICABLE', 200, 200]);
  expect(certified.status).toBe(201);
  expect(late.map(outcome)).toEqual(['NOT_APPLICABLE', 'NOT_APPLICABLE', 200]);
  expect(late[2]!.body).toMatchObject({ title: 'Read chapter 2', rule: 'A page at least', dueAt: null, version: 5 });
});

test('rows 51, 59: it cannot begin after its end, whichever of the two is moved', async () => {
  const { member, path } = await team(moim, long);
  const { body } = await make(member, path, { startDate: '2026-03-10', dueAt: '2026-03-12T14:00:00.000Z' });
  const one = `${path}/missions/${body.id}`;

  const startAfter = await member.patch(one, { startDate: '2026-03-20' });
  const endBefore = await member.patch(one, { dueAt: '2026-03-09T14:00:00.000Z' });
  const both = await member.patch(one, { startDate: '2026-03-20', dueAt: '2026-03-22T14:00:00.000Z' });
  const startWithin = await member.patch(one, { startDate: '2026-03-21' });
  const withoutEnd = await member.patch(one, { startDate: '2026-04-01', dueAt: null });

  expect([startAfter, endBefore].map(({ status, body: { errors } }) => [status, errors[0].pointer])).toEqual([
    [422, '/dueAt'],
    [422, '/dueAt'],
  ]);
  expect([both, startWithin, withoutEnd].map(outcome)).toEqual([200, 200, 200]);
  expect(withoutEnd.body).toMatchObject({ startDate: '2026-04-01', dueAt: null, version: 4 });
});

test('row 51: how often it is to be certified changes on the next Monday, in the list, on the home screen and for limits', async () => {
  const { leader, path } = await team(moim, long);
  const { body } = await make(leader, path, { ...repeat, approval: 'AUTO' });
  const one = `${path}/missions/${body.id}`;
  const home = async () =>
    (await leader.get('/v1/accounts/me/today')).body.items[0].missions.find(({ id }: { id: string }) => id === body.id);
  const certified = async () => outcome(await leader.post(`${one}/certifications`, { text: 'Ran' }));

  const edited = await leader.patch(one, { frequency: { every: 'WEEKEND' } });
  await moim.settle();
  const thisWeek = [(await home()).timesPerWeek, await certified()];
  await at(moim, '2026-03-08T14:59:59Z', leader);
  const sunday = [(await home()).timesPerWeek, await certified()];
  await at(moim, '2026-03-08T15:00:05Z', leader);
  const monday = [(await home()).timesPerWeek, await certified()];

  expect(edited.body).toMatchObject({
    ...{ timesPerWeek: 7, weekdays: [1, 2, 3, 4, 5, 6, 7] },
    next: { from: '2026-03-09', timesPerWeek: 2, weekdays: [6, 7], perDayLimit: 1 },
  });
  expect([thisWeek, sunday, monday]).toEqual([
    [7, 201],
    [7, 201],
    [2, 'NOT_ON_WEEKDAY'],
  ]);
  expect((await leader.get(one)).body).toMatchObject({ timesPerWeek: 2, weekdays: [6, 7], next: null });
});

test('rows 49, 51: the mission that a challenge implies follows its group', async () => {
  const { leader, path, missionId } = await team(moim, long);
  const one = `${path}/missions/${missionId}`;

  const replies = [
    await leader.patch(one, { frequency: { every: 'WEEKEND' } }),
    await leader.patch(one, { approval: 'AUTO' }),
    await leader.patch(one, { content: 'Every day' }),
    await leader.delete(one),
  ];

  expect(replies.map(outcome)).toEqual(['NOT_APPLICABLE', 'NOT_APPLICABLE', 200, 'NOT_APPLICABLE']);
});

test('rows 52, 57: a mission is deleted while nobody has certified it, also at the same moment; then it can be ended, once', async () => {
  const { leader, member, path, groupId } = await team(moim, long);
  const [first, second] = [(await make(member, path, {})).body, (await make(member, path, {})).body];
  await make(member, path, {});
  const one = (id: string) => `${path}/missions/${id}`;

  const gone = [await member.delete(one(first.id)), await member.delete(one(first.id))];
  const race = await Promise.all([
    member.delete(one(second.id)),
    leader.post(`${one(second.id)}/certifications`, { text: 'Done' }),
  ]);
  const left = await itemsOf(moim, 'Mission', { groupId });
  const stays = left.some(({ missionId }) => missionId === second.id);

  expect(gone.map(outcome)).toEqual([204, 'NOT_FOUND']);
  expect([
    [204, 'NOT_FOUND'],
    ['NOT_APPLICABLE', 201],
  ]).toContainEqual(race.map(outcome));
  expect([stays, left.length]).toEqual(race[1]!.status === 201 ? [true, 3] : [false, 2]);
  const ends = await Promise.all(
    [1, 2].map(() => leader.post(`${one(left.find(({ title }) => title === once.title)!.missionId)}/end`)),
  );
  expect(tally(ends)).toEqual({ 200: 1, NOT_APPLICABLE: 1 });
  expect(await itemsOf(moim, 'Group', { groupId })).toMatchObject([{ liveREPEAT: 1, liveONCE: left.length - 2 }]);
});

test('rows 51, 55: filters of the list, and what each has done', async () => {
  const { leader, member, path, ...here } = await team(moim, long);
  const { body: done } = await make(leader, path, { title: 'A' });
  const { body: ended } = await make(leader, path, { title: 'B' });
  await leader.post(`${path}/missions/${ended.id}/end`);
  await member.post(`${path}/missions/${done.id}/certifications`, { text: 'Done' });
  await moim.clock.advance(5000);
  await certify(member, { path, ...here });
  const titles = async (query: string) =>
    (await member.get(`${path}/missions?${query}`)).body.items.map(({ title }: { title: string }) => title);

  expect(await titles('status=ONGOING')).toEqual(['Algorithms every day', 'A']);
  expect(await titles('status=END')).toEqual(['B']);
  expect(await titles('mine=WAITING')).toEqual(['Algorithms every day', 'A']);
  expect(await titles('mine=TODO&status=END')).toEqual(['B']);
  const page = (await member.get(`${path}/page`)).body.missions;
  expect(page.map(({ title, left, mine }: Record<string, unknown>) => [title, left, mine])).toEqual([
    ['Algorithms every day', 0, 'WAITING'],
    ['A', 0, 'WAITING'],
  ]);
});

test('row 59: it begins on its first day and ends at its time, by the clock of the group, however often the minute runs', async () => {
  const { leader, member, path, groupId } = await team(moim, { ...long, timeZone: 'America/New_York' });
  // The 1st of November has 25 hours in New York.
  const { body } = await make(leader, path, { startDate: '2026-11-01', dueAt: '2026-11-02T05:00:00.000Z' });
  const one = `${path}/missions/${body.id}`;
  const state = async () => (await member.get(one)).body.status;
  const submit = async () => outcome(await member.post(`${one}/certifications`, { text: 'Done' }));

  await at(moim, '2026-11-01T03:59:59Z', leader, member);
  await tick(moim);
  const before = [await state(), await submit()];
  await at(moim, '2026-11-01T04:00:00Z', leader, member);
  const early = await submit();
  await tick(moim);
  await tick(moim);
  const begun = await state();
  await at(moim, '2026-11-02T05:00:00Z', leader, member);
  const [late, still] = [await submit(), await state()];
  await tick(moim);
  await tick(moim);

  expect([body.status, before, early, begun, late, still]).toEqual([
    ...['WAIT', ['WAIT', 'NOT_IN_PERIOD'], 201, 'ONGOING', 'NOT_IN_PERIOD', 'ONGOING'],
  ]);
  expect(['END', 'FAIL']).toContain(await state());
  expect(await itemsOf(moim, 'Group', { groupId })).toMatchObject([{ liveONCE: 0 }]);
  expect(
    (await itemsOf(moim, 'Due', { kind: 'missionLife' })).filter(({ subject }) => subject.endsWith(body.id)),
  ).toEqual([]);
});
