/** Rows 53, 56, 57, 137, 155: for which day a certification counts, and how often. */
import { type Person, useMoim } from '../../support/moim.ts';
import { at, someone } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const long = { startDate: undefined, endDate: '2027-12-31' };

interface Scene {
  readonly leader: Person;
  readonly member: Person;
  readonly path: string;
  readonly groupId: string;
}
async function scene(more: object = {}): Promise<Scene> {
  const [leader, member] = [await someone(moim), await someone(moim)];
  const { path, groupId } = await found(leader, { ...long, ...more }, member);
  return { leader, member, path, groupId };
}
async function mission({ leader, path }: Scene, more: object = {}): Promise<string> {
  const body = { kind: 'REPEAT', title: 'Run', way: 'TEXT', approval: 'AUTO', frequency: { every: 'DAY' }, ...more };
  const made = await leader.post(`${path}/missions`, body);
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return `${path}/missions/${made.body.id}/certifications`;
}
async function submit(who: Person, to: string, more: object = {}) {
  await moim.clock.advance(5000);
  return who.post(to, { text: 'Done', ...more });
}
const bricks = async (who: Person) => (await who.get('/v1/accounts/me')).body.bricks;

test('row 53: as often a day as the mission says; days count towards the week, whatever they hold', async () => {
  const here = await scene();
  const twice = await mission(here, { perDayLimit: 2, frequency: { every: 'WEEK', times: 2 } });
  const outcomes: unknown[][] = [];
  for (const day of ['2026-03-02', '2026-03-03', '2026-03-04']) {
    await at(moim, `${day}T03:00:00Z`, here.leader, here.member);
    outcomes.push([outcome(await submit(here.member, twice)), outcome(await submit(here.member, twice))]);
    outcomes.at(-1)!.push(outcome(await submit(here.member, twice)));
  }

  expect(outcomes).toEqual([
    [201, 201, 'CERTIFICATION_LIMIT'],
    [201, 201, 'CERTIFICATION_LIMIT'],
    ['CERTIFICATION_LIMIT', 'CERTIFICATION_LIMIT', 'CERTIFICATION_LIMIT'],
  ]);
  expect(await bricks(here.member)).toBe(4);
});

test('rows 51, 53: a checklist needs all its items, and a photo for each that asks for one; ONCE is taken once', async () => {
  const here = await scene();
  const checklist = [{ text: 'Warm up' }, { text: 'Run' }, { text: 'Stretch' }];
  const to = await mission(here, { kind: 'ONCE', frequency: undefined, way: 'CHECKLIST', checklist });

  const replies = [
    await submit(here.member, to),
    await submit(here.member, to, { checked: [0, 1] }),
    await submit(here.member, to, { checked: [0, 1, 3] }),
    await submit(here.member, to, { checked: [2, 0, 1], text: '' }),
    await submit(here.member, to, { checked: [0, 1, 2] }),
  ];
  const pictures = await mission(here, {
    ...{ kind: 'ONCE', frequency: undefined, way: 'CHECKLIST', checklist: [{ text: 'Shoes', photo: true }] },
  });
  const without = await submit(here.member, pictures, { checked: [0] });

  expect(replies.map(outcome)).toEqual([
    ...['INVALID_REQUEST', 'INVALID_REQUEST', 'INVALID_REQUEST', 201, 'CERTIFICATION_LIMIT'],
  ]);
  expect(replies[0]!.body.errors).toEqual([{ pointer: '/checked', reason: 'Tick all items of the checklist first.' }]);
  expect(without.body.errors[0].pointer).toBe('/uploadIds');
  await at(moim, '2026-03-12T03:00:00Z', here.leader, here.member);
  expect(outcome(await submit(here.member, to, { checked: [0, 1, 2] }))).toBe('CERTIFICATION_LIMIT');
});

test('rows 56, 57: AUTO is edited on its day; deleted on it too if it repeats, and at any time if it is done once', async () => {
  const here = await scene();
  const repeats = await mission(here);
  const once = await mission(here, { kind: 'ONCE', frequency: undefined });
  const made = [await submit(here.member, repeats), await submit(here.member, once)].map(
    ({ body }) => `${here.path}/certifications/${body.id}`,
  );
  const sameDay = outcome(await here.member.patch(made[0]!, { text: 'Ran 5 km' }));
  const earned = await bricks(here.member);
  await at(moim, '2026-03-13T03:00:00Z', here.leader, here.member);

  const nextDay = [
    outcome(await here.member.patch(made[0]!, { text: 'Ran 6 km' })),
    outcome(await here.member.patch(made[1]!, { text: 'Ran 6 km' })),
    outcome(await here.member.delete(made[0]!)),
    outcome(await here.member.delete(made[1]!)),
    outcome(await here.leader.delete(made[0]!)),
  ];

  expect([sameDay, earned]).toEqual([200, 2]);
  expect(nextDay).toEqual(['DAY_OVER', 'DAY_OVER', 'DAY_OVER', 204, 204]);
  expect(await bricks(here.member)).toBe(0);
  const weeks = await itemsOf(moim, 'MissionWeek', { accountId: here.member.id });
  expect(weeks.map(({ total, okTotal }) => [total, okTotal])).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test('row 137: days begin at the hour of the group; another hour counts from the next Monday on', async () => {
  const here = await scene({ dayStart: '04:00' });
  const to = await mission(here);
  const day = async (instant: string) => {
    await at(moim, instant, here.leader, here.member);
    const reply = await submit(here.member, to);
    return reply.body.day ?? outcome(reply);
  };

  const before = [
    await day('2026-03-16T18:59:30Z'),
    await day('2026-03-16T19:00:10Z'),
    await day('2026-03-17T18:50:00Z'),
  ];
  const edited = (await here.leader.patch(here.path, { dayStart: '00:00' })).body;
  const after = [
    await day('2026-03-18T18:00:00Z'), // 03:00 on Thursday
    await day('2026-03-22T14:59:50Z'), // 23:59 on Sunday
    await day('2026-03-22T15:00:10Z'), // Monday
    await day('2026-03-23T15:00:10Z'), // 00:00 on Tuesday
  ];
  const page = (await here.member.get(`${here.path}/page`)).body;
  await moim.settle();
  const home = (await here.member.get('/v1/accounts/me/today')).body.items[0];

  expect(before).toEqual(['2026-03-16', '2026-03-17', 'CERTIFICATION_LIMIT']);
  expect(edited).toMatchObject({ dayStart: '04:00', nextDayStart: { from: '2026-03-23', at: '00:00' } });
  expect(after).toEqual(['2026-03-18', '2026-03-22', '2026-03-23', '2026-03-24']);
  expect(page).toMatchObject({ day: '2026-03-24', group: { dayStart: '00:00', nextDayStart: null } });
  const run = home.missions.find(({ title }: { title: string }) => title === 'Run');
  expect([home.day, run.left]).toEqual(['2026-03-24', 0]);
});

test('row 155: what was done offline counts for its day: up to 12 hours, late if that is over, ten a month, never ahead', async () => {
  const here = await scene();
  const to = await mission(here, { approval: 'LEADER' });
  await at(moim, '2026-04-01T14:50:00Z', here.leader, here.member);
  const ago = (ms: number) => ({ occurredAt: new Date(moim.clock.now() + 5000 - ms).toISOString() });

  const sameDay = await submit(here.member, to, ago(3_600_000));
  await at(moim, '2026-04-02T15:20:00Z', here.leader, here.member);
  const yesterday = await submit(here.member, to, { occurredAt: '2026-04-02T14:50:00.000Z' });
  const again = await submit(here.member, to, { occurredAt: '2026-04-02T14:51:00.000Z' });
  const refused = [
    await submit(here.member, to, ago(12 * 3_600_000 + 1000)),
    await submit(here.member, to, ago(-1000)),
    await submit(here.member, to, { ...ago(1000), makeUpFor: '2026-04-02' }),
  ];
  const seen = async (who: Person) => (await who.get(`${here.path}/certifications/${yesterday.body.id}`)).body.late;
  const outcomes: unknown[] = [];
  for (let date = 4; date <= 15; date++) {
    const [d, before] = [String(date).padStart(2, '0'), String(date - 1).padStart(2, '0')];
    await at(moim, `2026-04-${before}T15:30:00Z`, here.leader, here.member);
    outcomes.push(outcome(await submit(here.member, to, { occurredAt: `2026-04-${before}T14:59:59.000Z` })));
    expect(d).not.toBe(before);
  }

  expect([sameDay.body.day, sameDay.body.late]).toEqual(['2026-04-01', false]);
  expect([yesterday.body.day, yesterday.body.late, outcome(again)]).toEqual([
    '2026-04-02',
    true,
    'CERTIFICATION_LIMIT',
  ]);
  expect(refused.map((reply) => [outcome(reply), reply.body.errors[0]])).toEqual([
    ['INVALID_REQUEST', { pointer: '/occurredAt', reason: 'A certification can be sent for 12 hours at most.' }],
    ['INVALID_REQUEST', { pointer: '/occurredAt', reason: expect.stringContaining('ahead') }],
    ['INVALID_REQUEST', { pointer: '/makeUpFor', reason: expect.stringContaining('without a past time') }],
  ]);
  expect([await seen(here.leader), await seen(here.member)]).toEqual([true, true]);
  expect(outcomes).toEqual([...Array(9).fill(201), 'LATE_LIMIT', 'LATE_LIMIT', 'LATE_LIMIT']);
});

test('row 137: a missed day is made up for within three days, so often a month, and a person decides', async () => {
  const here = await scene({ makeUps: 3 });
  const to = await mission(here);
  const none = await scene();
  const without = await mission(none);
  await at(moim, '2026-04-20T03:00:00Z', here.leader, here.member, none.member);
  await submit(here.member, to);
  await at(moim, '2026-04-25T03:00:00Z', here.leader, here.member, none.member);
  const madeUp = (day: string) => submit(here.member, to, { makeUpFor: day });

  const first = await madeUp('2026-04-24');
  const replies = [
    await madeUp('2026-04-24'),
    await madeUp('2026-04-21'),
    await madeUp('2026-04-25'),
    await madeUp('2026-04-23'),
    await madeUp('2026-04-22'),
    await submit(here.member, to),
  ];
  await at(moim, '2026-04-27T03:00:00Z', here.leader, here.member, none.member);
  const fourth = await madeUp('2026-04-26');
  const approved = await here.leader.post(`${here.path}/certifications/${first.body.id}/approve`);
  const [week] = (await itemsOf(moim, 'MissionWeek', { accountId: here.member.id })).filter(
    ({ week }) => week === '2026-W17',
  );
  const deleted = await here.member.delete(`${here.path}/certifications/${replies[3]!.body.id}`);

  expect([first.status, first.body.madeUp, first.body.status, first.body.day]).toEqual([
    ...[201, true, 'WAITING', '2026-04-24'],
  ]);
  expect(replies.map(outcome)).toEqual(['MAKE_UP_OVER', 'MAKE_UP_OVER', 'MAKE_UP_OVER', 201, 201, 201]);
  expect([outcome(fourth), outcome(approved)]).toEqual(['MAKE_UP_LIMIT', 200]);
  expect(week).toMatchObject({ total: 5, okTotal: 3, waitTotal: 2, 'ok 2026-04-24': 1, 'made 2026-04-24': 1 });
  expect([outcome(deleted), outcome(await madeUp('2026-04-26'))]).toEqual([204, 201]);
  expect(outcome(await submit(none.member, without, { makeUpFor: '2026-04-26' }))).toBe('NOT_APPLICABLE');
});

test('row 137: the time that holds already takes back another one that was to come', async () => {
  const { leader, path } = await scene({ dayStart: '04:00' });

  const later = await leader.patch(path, { dayStart: '06:00' });
  const back = await leader.patch(path, { dayStart: '04:00' });

  expect(later.body).toMatchObject({ dayStart: '04:00', nextDayStart: { at: '06:00' } });
  expect(back.body).toMatchObject({ dayStart: '04:00', nextDayStart: null });
});
