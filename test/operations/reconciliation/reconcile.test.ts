import { marshall } from '@aws-sdk/util-dynamodb';
import { type KeyOf, keyOf } from '../../../shared/data/keys.ts';
import type { EntityName } from '../../../shared/data/registry.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd, renew } from '../../support/people.ts';
import { runs } from '../../support/runs.ts';
import { certify, found, leave, team } from '../../support/scene.ts';
import { askTable, itemsOf, put, tableName } from '../../support/table.ts';

const moim = useMoim();

/** Makes a counter wrong, as a defect would: past every route. */
const plant = <E extends EntityName>(entity: E, key: KeyOf<E>, counter: string, value: number) =>
  askTable(moim, 'UpdateItem', {
    TableName: tableName(moim),
    Key: marshall(keyOf(entity, key)),
    UpdateExpression: 'SET #counter = :value',
    ExpressionAttributeNames: { '#counter': counter },
    ExpressionAttributeValues: { ':value': { N: String(value) } },
  });
const lines = () =>
  moim.logs.filter(({ functionId }) => functionId === 'reconciliation-job').map(({ line }) => JSON.parse(line));
const done = () => lines().findLast(({ message }) => message === 'done');
/** A night later. */
async function night(...people: Person[]) {
  await moim.settle();
  await moim.clock.advance(86_400_000);
  await moim.runSchedule('reconcile');
  await moim.settle();
  await renew(moim, ...people);
}
/** Until nothing is marked any more. */
const quiet = async () => {
  for (let i = 0; i < 4; i++) await night();
  return itemsOf(moim, 'Mark');
};
const one = async (type: string, where: object) => (await itemsOf(moim, type, { ...where }))[0];

test('row 129: what has drifted is mended and told as a metric, whichever counter it is', async () => {
  const here = await team(moim);
  const { leader, member, groupId } = here;
  const accountId = leader.id;
  await leader.post('/v1/groups', { kind: 'TEAM', title: 'Team', category: 'TEST' });
  const { body } = await certify(member, here);
  await moim.settle();
  await leader.post(`${here.path}/certifications/${body.id}/approve`);
  const liked = await found(leader);
  await member.put(`${liked.path}/like`);
  await moim.settle();
  await quiet();
  const from = lines().length;

  await plant('Group', { groupId }, 'memberCount', 7);
  await plant('Account', { accountId }, 'groupsTEAM', 3);
  await plant('Account', { accountId: member.id }, 'bricks', 9);
  await plant('Group', { groupId: liked.groupId }, 'likes', 41);
  await night(leader, member);
  const first = done();
  const team3 = await one('Account', { accountId });
  await night(leader, member);
  await moim.settle();

  expect((await one('Group', { groupId })).memberCount).toBe(2);
  expect((await one('Account', { accountId: member.id })).bricks).toBe(1);
  expect((await one('Group', { groupId: liked.groupId })).likes).toBe(1);
  // What an index says is believed when it says so twice.
  expect([team3.groupsTEAM, (await one('Account', { accountId })).groupsTEAM]).toEqual([3, 1]);
  expect(first).toMatchObject({ drifted: 3, mended: 3 });
  const told = lines().slice(from);
  expect(
    told.filter(({ counter }) => counter).map(({ counter, stands, counted }) => [counter, stands, counted]),
  ).toEqual(
    expect.arrayContaining([
      ['memberCount', 7, 2],
      ['bricks', 9, 1],
      ['likes', 41, 1],
      ['groupsTEAM', 3, 1],
    ]),
  );
  const metric = told.filter(({ _aws }) => _aws).map(({ CountersDrifted, stage }) => [CountersDrifted, stage]);
  expect(metric).toEqual([
    [3, 'dev'],
    [1, 'dev'],
  ]);
  expect(await quiet()).toEqual([]);
});

test('row 129: cheers that were counted wrong are mended, for each certification alone', async () => {
  const here = await team(moim, { approval: 'AUTO', startDate: undefined, endDate: '2026-12-31' });
  const { leader, member, groupId } = here;
  const certified = [await certify(member, here), await certify(leader, here)].map(({ body }) => body.id as string);
  await moim.settle();
  const cheer = (person: Person, id: string, kind: string) =>
    person.put(`${here.path}/certifications/${id}/cheers/me`, { kind });
  const [one_, other] = certified as [string, string];
  await cheer(leader, one_, 'HEART');
  await cheer(member, other, 'STAR');
  await plant('CheerCount', { groupId, certificationId: one_ }, 'HEART', 5);
  await night(leader, member);

  const counts = await itemsOf(moim, 'CheerCount', { groupId });
  expect(new Map(counts.map(({ certificationId, HEART, STAR }) => [certificationId, [HEART, STAR]]))).toEqual(
    new Map([
      [one_, [1, undefined]],
      [other, [undefined, 1]],
    ]),
  );
  expect(await quiet()).toEqual([]);
});

test('rows 81, 129: comments that were counted wrong are counted anew', async () => {
  const here = await team(moim, { approval: 'AUTO', startDate: undefined, endDate: '2026-12-31' });
  const { body } = await certify(here.member, here);
  await moim.settle();
  const subject = `certification:${body.id}`;
  for (const text of ['one', 'two']) await here.leader.post(`${here.path}/comments`, { on: subject, text });
  await plant('CommentCount', { groupId: here.groupId, subject }, 'comments', 7);

  // An index is believed when two nights see the same.
  expect(await quiet()).toEqual([]);
  expect(await itemsOf(moim, 'CommentCount', { groupId: here.groupId })).toMatchObject([{ subject, comments: 2 }]);
});

test('rows 100, 129: attendances that were counted wrong are counted anew', async () => {
  const here = await team(moim, { startDate: undefined, endDate: '2026-12-31' });
  const meetings = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '12:00', graceMinutes: 180 }));
  await here.leader.put(`${here.path}/attendance-plan`, { meetings, holidays: [] });
  const attended = await here.leader.post(`${here.path}/attendances`);
  expect(attended.status).toBe(201);
  const [{ groupId, seasonId, accountId }] = await itemsOf(moim, 'AttendanceCount', { groupId: here.groupId });
  const [before] = await itemsOf(moim, 'AttendanceCount', { groupId });
  await plant('AttendanceCount', { groupId, seasonId, accountId }, 'absent', 9);

  expect(await quiet()).toEqual([]);
  const [after] = await itemsOf(moim, 'AttendanceCount', { groupId });
  expect([before.absent ?? 0, after.absent, after.present ?? 0]).toEqual([0, 0, before.present ?? 0]);
});

test('row 129: a seat that drift had taken is free again', async () => {
  const [leader, joiner] = await crowd(moim, 2);
  const { groupId, path } = await found(leader!, {
    capacity: 2,
    startDate: undefined,
    endDate: '2026-12-31',
  });
  await plant('Group', { groupId }, 'memberCount', 2);
  const before = (await joiner!.post(`${path}/members`)).body.code;

  await night(leader!, joiner!);

  expect(before).toBe('GROUP_FULL');
  expect((await joiner!.post(`${path}/members`)).status).toBe(201);
});

test('row 129: counters that are right are not written; what nobody touched is not even looked at', async () => {
  await quiet();
  const people = await crowd(moim, 6);
  const { groupId } = await found(people[0]!, { startDate: undefined, endDate: '2026-12-31' }, ...people.slice(1));
  await moim.settle();
  const before = await one('Group', { groupId });
  const marks = await itemsOf(moim, 'Mark');

  await night();
  const busy = done();
  await night();
  const idle = done();

  expect(marks.length).toBeGreaterThan(0);
  expect(busy).toMatchObject({ looked: marks.length, drifted: 0, mended: 0, writeUnits: marks.length });
  expect(await one('Group', { groupId })).toEqual(before);
  // Sixteen shards are asked, and have nothing.
  expect(idle).toMatchObject({ looked: 0, requests: 16, writeUnits: 0 });
});

test('row 129: what moves at the same moment is never overwritten, however often', async () => {
  for (let round = 0; round < runs(2); round++) {
    const [leader, ...members] = await crowd(moim, 9);
    const { groupId, path } = await found(
      leader!,
      { capacity: 50, startDate: undefined, endDate: '2026-12-31' },
      ...members.slice(0, 4),
    );
    await plant('Group', { groupId }, 'memberCount', 8);
    await moim.settle();
    await moim.clock.advance(86_400_000);
    await renew(moim, ...members);

    await Promise.all([
      moim.runSchedule('reconcile'),
      ...members.slice(4).map((member) => member.post(`${path}/members`)),
      ...members.slice(0, 4).map((member) => member.delete(`${path}/members/me`)),
      moim.runSchedule('reconcile'),
    ]);
    await night(leader!);

    const present = await itemsOf(moim, 'Membership', { groupId, state: 'ACTIVE' });
    expect((await one('Group', { groupId })).memberCount).toBe(present.length);
  }
});

test('rows 36, 129: likes that come and go while they are counted are never overwritten; drift is mended all the same', async () => {
  for (let round = 0; round < runs(2); round++) {
    const [leader, ...people] = await crowd(moim, 9);
    const { groupId, path } = await found(leader!, { startDate: undefined, endDate: '2026-12-31' });
    for (const person of people.slice(0, 4)) await person.put(`${path}/like`);
    await plant('Group', { groupId }, 'likes', 40);
    await moim.settle();
    await moim.clock.advance(86_400_000);
    await renew(moim, ...people);

    await Promise.all([
      moim.runSchedule('reconcile'),
      ...people.slice(4).map((person) => person.put(`${path}/like`)),
      ...people.slice(0, 4).map((person) => person.delete(`${path}/like`)),
      moim.runSchedule('reconcile'),
    ]);
    await night(leader!);

    expect((await one('Group', { groupId })).likes).toBe((await itemsOf(moim, 'Like', { groupId })).length);
    expect((await leader!.get(path)).body.likes).toBe(4);
  }
});

test('rows 36, 129: a like without its counter is found; both counters of a group are mended, one run after the other', async () => {
  const [leader, fan] = await crowd(moim, 2);
  const { groupId } = await found(leader!, { startDate: undefined, endDate: '2026-12-31' });
  await put(moim, 'Like', { groupId, accountId: fan!.id, likedAt: 'then' });
  await night();
  const { likes } = await one('Group', { groupId });
  await plant('Group', { groupId }, 'likes', 5);
  await plant('Group', { groupId }, 'memberCount', 5);

  await night();
  await moim.runSchedule('reconcile');

  expect(likes).toBe(1);
  expect(await one('Group', { groupId })).toMatchObject({ likes: 1, memberCount: 1 });
});

test('row 129: what an index is late with is no drift, and is not mended into one', async () => {
  const [leader] = await crowd(moim, 1);
  const accountId = leader!.id;
  const lag = moim.table.faults.add({
    kind: 'stale',
    times: 1000,
    match: (body) => JSON.stringify(body).includes(`GROUPS_OF#${accountId}`),
  });
  await leader!.post('/v1/groups', { kind: 'TEAM', title: 'Team', category: 'TEST' });
  await night();
  const late = [done(), (await one('Account', { accountId })).groupsTEAM];
  lag();
  await moim.runSchedule('reconcile');

  expect(late).toEqual([expect.objectContaining({ drifted: 0 }), 1]);
  expect((await one('Account', { accountId })).groupsTEAM).toBe(1);
  expect(done()).toMatchObject({ drifted: 0 });
  expect(await itemsOf(moim, 'Mark', { subject: `groupsOfAccount:${accountId}` })).toEqual([]);
});

test('row 129: a run that is cut off is gone on with by the next, and one subject that fails holds up no other', async () => {
  await quiet();
  const [leader] = await crowd(moim, 1);
  const groups: string[] = [];
  for (let i = 0; i < 6; i++)
    groups.push((await found(leader!, { startDate: undefined, endDate: '2026-12-31' })).groupId);
  for (const groupId of groups) await plant('Group', { groupId }, 'memberCount', 5);
  await moim.settle();
  await moim.clock.advance(86_400_000);

  const off = moim.table.faults.add({
    kind: 'error500',
    times: 1000,
    match: (body) => JSON.stringify(body).includes(`GROUP#${groups[0]}`),
  });
  await moim.runSchedule('reconcile');
  off();
  const counts = async () => Promise.all(groups.map(async (groupId) => (await one('Group', { groupId })).memberCount));
  const cut = await counts();
  await moim.runSchedule('reconcile');

  expect(cut).toEqual([5, 1, 1, 1, 1, 1]);
  expect(await counts()).toEqual([1, 1, 1, 1, 1, 1]);
});

test('row 129: a membership that changed without its counters is found as well', async () => {
  const here = await team(moim, { startDate: undefined, endDate: '2026-12-31' });
  const { groupId } = here;
  await leave(here.member, here);
  await plant('Group', { groupId }, 'memberCount', 2);

  await night();

  expect((await one('Group', { groupId })).memberCount).toBe(1);
});

test('rows 69, 129: a score of reviews that has drifted is mended, its sum and its count at once', async () => {
  const here = await team(moim, { startDate: undefined, endDate: '2026-12-31' });
  const { leader, member, path } = here;
  await leader.put(`${path}/reviews/${member.id}`, { score: 8, text: 'Patient' });
  await quiet();
  const accountId = member.id;
  const right = await one('ReviewScore', { accountId });
  await plant('ReviewScore', { accountId }, 'sum', 31);
  await plant('ReviewScore', { accountId }, 'count', 4);
  await night(leader, member);
  const both = [done(), await one('ReviewScore', { accountId })];
  // A review that came without the score is found as well.
  await put(moim, 'Review', { accountId, reviewId: 'lost', score: 5, text: 'Good', month: '2026-03' });
  await night(leader, member);

  expect(right).toMatchObject({ sum: 8, count: 1 });
  expect(both).toMatchObject([
    { drifted: 2, mended: 2 },
    { sum: 8, count: 1 },
  ]);
  expect(await one('ReviewScore', { accountId })).toMatchObject({ sum: 13, count: 2 });
  expect(await quiet()).toEqual([]);
});
