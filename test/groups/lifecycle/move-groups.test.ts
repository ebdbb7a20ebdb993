import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, lastTick, tick } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { certify, found, team } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const news = async (who: Person, type = 'GROUP_STATUS') =>
  (await who.get('/v1/notifications')).body.items
    .filter((each: { type: string }) => each.type === type)
    .map(({ text }: { text: string }) => text);
const stored = async (groupId: string) => (await itemsOf(moim, 'Group', { groupId }))[0];
const begun = { startDate: '2026-03-05', endDate: '2026-03-06' };

test('row 41: once its seats are taken a group is in progress, its members hear it once, and it stays so', async () => {
  const [leader, member, next] = await crowd(moim, 3);
  const { path, groupId } = await found(leader!, { ...begun, capacity: 2 });

  await member!.post(`${path}/members`);
  await moim.settle();
  const filled = await stored(groupId);
  await member!.delete(`${path}/members/me`);
  await moim.settle();
  const after = (await moim.guest.get(path)).body;
  await next!.post(`${path}/members`);
  await moim.settle();

  expect([filled.status, filled.memberCount]).toEqual(['IN_PROGRESS', 2]);
  expect([after.status, after.memberCount]).toEqual(['IN_PROGRESS', 1]);
  expect(await news(leader!)).toEqual(['Algorithms every day is now in progress.']);
  expect(await news(member!)).toEqual(['Algorithms every day is now in progress.']);
  expect(await news(next!)).toEqual([]);
});

test('row 41: an edit that leaves as many seats as members begins the group as well', async () => {
  const [leader, member] = await crowd(moim, 2);
  const { path, groupId } = await found(leader!, begun, member!);

  await leader!.patch(path, { capacity: 2 });
  await moim.settle();

  expect((await stored(groupId)).status).toBe('IN_PROGRESS');
});

test('row 41: at midnight of each group’s own zone it begins and ends; members are told, also where a zone is off by minutes', async () => {
  const zones = ['Asia/Seoul', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/Los_Angeles'];
  const midnights = ['2026-03-04T15:00:00Z', '2026-03-04T18:30:00Z', '2026-03-04T18:15:00Z', '2026-03-05T08:00:00Z'];
  const [member, ...leaders] = await crowd(moim, 5);
  const groups = await Promise.all(zones.map((timeZone, i) => found(leaders[i]!, { ...begun, timeZone }, member!)));
  await moim.settle();
  const statuses = () => Promise.all(groups.map(async ({ groupId }) => (await stored(groupId)).status[0]));

  const seen: unknown[] = [];
  for (const midnight of midnights.toSorted()) {
    await at(moim, new Date(Date.parse(midnight) - 15 * 60_000).toISOString());
    await tick(moim);
    const before = (await statuses()).join('');
    await at(moim, midnight);
    await tick(moim);
    seen.push([before, (await statuses()).join('')]);
  }
  await at(moim, '2026-03-07T08:00:00Z', member!);
  await tick(moim);
  await moim.settle();

  expect(seen).toEqual([
    ['RRRR', 'IRRR'],
    ['IRRR', 'IRIR'],
    ['IRIR', 'IIIR'],
    ['IIIR', 'IIII'],
  ]);
  expect(await statuses()).toEqual(['F', 'F', 'F', 'F']);
  expect((await news(member!)).filter((text: string) => text.endsWith('finished.'))).toHaveLength(4);
  expect((await news(member!)).filter((text: string) => text.endsWith('in progress.'))).toHaveLength(4);
  expect(await stored(groups[0]!.groupId)).not.toHaveProperty('dueAt');
  expect(await itemsOf(moim, 'Due', { kind: 'groupDates' })).toEqual([]);
});

test('row 110: two runs at once, a run again and one that was cut off tell and move each group once', async () => {
  const people = await crowd(moim, 7);
  const [member, ...leaders] = people;
  const days = { startDate: '2026-03-10', endDate: '2026-03-11' };
  for (const leader of leaders) await found(leader, days, member!);
  await moim.settle();
  await at(moim, '2026-03-09T15:00:00Z', member!);
  const before = (await news(member!)).length;

  // The table fails after a few groups: those that are left are tried again, at once or a minute later.
  let commits = 0;
  const off = moim.table.faults.add({
    kind: 'error500',
    times: 3,
    match: (body) => 'TransactItems' in body && ++commits > 2,
  });
  await tick(moim);
  off();
  await Promise.all([tick(moim), tick(moim)]);
  await moim.clock.advance(60_000);
  await Promise.all([tick(moim), tick(moim)]);
  await tick(moim);
  await moim.settle();

  expect((await news(member!)).length - before).toBe(6);
  expect((await itemsOf(moim, 'Group', days)).map(({ status }) => status)).toEqual(Array(6).fill('IN_PROGRESS'));
  expect(lastTick(moim)).toMatchObject({ requests: 4, writeUnits: 0 });
});

test('row 110: what a run costs grows with what is due, not with what there is', async () => {
  const [leader] = await crowd(moim, 1);
  await tick(moim);
  const before = lastTick(moim);
  for (let i = 0; i < 8; i++) await found(leader!, { startDate: '2026-03-20', endDate: '2026-03-21' });
  await moim.settle();

  await tick(moim);
  const after = lastTick(moim);

  // Each shard is asked once; nothing else is read or written where nothing is due.
  expect([before.requests, after.requests, after.writeUnits]).toEqual([4, 4, 0]);
});

test('row 41: an edit between midnight and the minute’s run takes nothing of what midnight brings', async () => {
  const [leader, member] = await crowd(moim, 2);
  const { path, groupId } = await found(leader!, { startDate: '2026-03-11', endDate: '2026-03-18' }, member!);
  await at(moim, '2026-03-10T15:00:00Z', leader!, member!);

  const edited = await leader!.patch(path, { title: 'Every morning' });
  await tick(moim);
  await moim.settle();

  expect(edited.status).toBe(200);
  expect(await stored(groupId)).toMatchObject({ status: 'IN_PROGRESS', dueAt: '2026-03-18T15:00:00.000Z' });
  expect((await news(member!))[0]).toBe('Every morning is now in progress.');
  expect(await itemsOf(moim, 'Due', { kind: 'groupDates', subject: groupId })).toMatchObject([
    { at: '2026-03-18T15:00:00.000Z' },
  ]);
});

test('row 41: who moves a date removes the entry of the old one', async () => {
  const [leader] = await crowd(moim, 1);
  const { path, groupId } = await found(leader!, { startDate: undefined, endDate: '2026-04-01' });
  const due = async () => (await itemsOf(moim, 'Due', { kind: 'groupDates', subject: groupId })).map(({ at }) => at);
  const first = await due();

  await leader!.patch(path, { endDate: '2026-04-20' });
  const extended = await due();
  await leader!.put(`${path}/status`, { status: 'COMPLETED' });

  expect([first, extended]).toEqual([['2026-04-01T15:00:00.000Z'], ['2026-04-20T15:00:00.000Z']]);
  expect(await due()).toEqual([]);
});

test('row 42: a study takes certifications from its founding to its last day, as its missions say', async () => {
  const [leader] = await crowd(moim, 1);
  const [startDate, endDate] = ['2026-03-12', '2026-03-13'];
  const study = { kind: 'STUDY', title: 'Reading', category: 'READING', startDate, endDate };
  const { body } = await leader!.post('/v1/groups', study);
  const mission = {
    ...{ kind: 'REPEAT', way: 'TEXT', approval: 'AUTO', title: 'Read' },
    ...{ weekdays: [1, 2, 3, 4, 5, 6, 7], timesPerWeek: 7, perDayLimit: 3 },
  };
  const missionId = (await leader!.post(`/v1/groups/${body.id}/missions`, mission)).body.id;
  const when = async (instant: string) => {
    await at(moim, instant, leader!);
    await tick(moim);
    const path = `/v1/groups/${body.id}/missions/${missionId}/certifications`;
    return outcome(await leader!.post(path, { text: 'Chapter 3', uploadIds: [] }));
  };
  const now = new Date(moim.clock.now()).toISOString();

  const taken = [await when(now), await when('2026-03-13T14:59:00Z'), await when('2026-03-13T15:00:00Z')];

  expect(taken).toEqual([201, 201, 'NOT_IN_PERIOD']);
});

test('row 42: a challenge takes certifications from its first day until a day after its last', async () => {
  const here = await team(moim, { startDate: '2026-03-15', endDate: '2026-03-16' });
  const { leader, member } = here;
  const when = async (instant: string) => {
    await at(moim, instant, leader, member);
    await tick(moim);
    return outcome(await certify(member, here));
  };

  const taken: unknown[] = [];
  for (const instant of [
    '2026-03-14T14:59:59Z',
    '2026-03-14T15:00:00Z',
    '2026-03-16T15:00:00Z',
    '2026-03-17T15:00:00Z',
  ])
    taken.push(await when(instant));

  expect(taken).toEqual(['NOT_IN_PERIOD', 201, 201, 'NOT_IN_PERIOD']);
});
