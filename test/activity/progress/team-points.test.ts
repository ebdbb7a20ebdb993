/** Rows 57, 68: the points and the level of a team, given once and taken back exactly. */
import { imageOf } from '../../../shared/events/consumers.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, nextTick } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { found, leave } from '../../support/scene.ts';
import { itemsOf, streamOf } from '../../support/table.ts';

const moim = useMoim();
const auto = { way: 'TEXT', approval: 'AUTO' };

async function scene(size: number) {
  const [leader, ...members] = (await crowd(moim, size)) as [Person, ...Person[]];
  const here = await found(
    leader,
    { startDate: undefined, endDate: '2026-12-31', frequency: { every: 'WEEK', times: 1 } },
    ...members,
  );
  const make = async (more: object) => {
    await moim.clock.advance(1);
    const { body } = await leader.post(`${here.path}/missions`, { title: 'Read', ...auto, ...more });
    return `${here.path}/missions/${body.id}`;
  };
  const certify = async (who: Person, mission: string): Promise<string> => {
    await moim.clock.advance(5000);
    const { body } = await who.post(`${mission}/certifications`, { text: 'Done' });
    return `${here.path}/certifications/${body.id}`;
  };
  /** What the team has once all has settled; the sum is that of the ledger. */
  const team = async () => {
    await moim.settle();
    await nextTick(moim);
    await moim.settle();
    const rows = await itemsOf(moim, 'TeamPoint', { groupId: here.groupId });
    const { total, level } = (await leader.get(`${here.path}/progress`)).body.team;
    expect(total).toBe(rows.reduce((sum, { points }) => sum + points, 0));
    return { total, level, rows };
  };
  return { leader, members, here, make, certify, team };
}
type Scene = Awaited<ReturnType<typeof scene>>;

/** Delivers all changes of a group that may give points again: doubled, and in the other order. */
async function again({ here }: Scene) {
  const records = streamOf(moim).filter(({ dynamodb }) => {
    const image = imageOf(dynamodb?.NewImage) ?? imageOf(dynamodb?.OldImage);
    const kinds = ['Certification', 'Mission', 'MissionWeek', 'Membership', 'Group'];
    return image?.groupId === here.groupId && kinds.includes(String(image.type));
  });
  const answer = await moim.invoke('background-stream', { Records: [...records, ...records].reverse() });
  expect(answer).toEqual({ ok: true, payload: { batchItemFailures: [] } });
}

test('rows 57, 68: points for certifications, and a bonus once all have done it; a deletion takes back both, exactly', async () => {
  const all = await scene(3);
  const { leader, members, here, make, certify, team } = all;
  const [a, b] = members as [Person, Person];
  const once = await make({ kind: 'ONCE' });
  await certify(leader, once);
  const one = await certify(a, once);
  const before = await team();
  expect(outcome(await b.post(`${once}/skips`, { reason: 'Ill' }))).toBe(201);
  const success = await team();
  await again(all);
  const repeated = await team();
  expect(outcome(await a.delete(one))).toBe(204);
  const without = await team();
  await again(all);
  const still = await team();
  await leave(b, here);
  await certify(a, once);
  const smaller = await team();

  // Three members: 6 for each certification, 3 for the success.
  expect([before.total, success.total, repeated.total]).toEqual([12, 15, 15]);
  expect([without.total, still.total, without.level]).toEqual([6, 6, 1]);
  // Two are left: 10 for a certification, no bonus for a success of two. What was earned before keeps its worth.
  expect(smaller.rows.map(({ points }) => points).toSorted()).toEqual([10, 6]);
});

test('row 68: a full week of a repeated mission gives 2, until it is no longer full; excused days are not asked for, skips are', async () => {
  const all = await scene(1);
  const { leader, here, make, certify, team } = all;
  await at(moim, '2026-03-06T03:00:00Z', leader);
  const twice = await make({ kind: 'REPEAT', weekdays: [5, 6, 7] });
  const first = await certify(leader, twice);
  const totals = [(await team()).total];
  await leader.post(`${here.path}/excuses`, { from: '2026-03-08', until: '2026-03-08', reason: 'Away' });
  await at(moim, '2026-03-07T03:00:00Z', leader);
  await certify(leader, twice);
  const full = await team();
  await again(all);
  totals.push(full.total, (await team()).total);
  await leader.delete(first);
  totals.push((await team()).total);
  await again(all);
  const last = await team();

  // One member: 20 for each.
  expect(totals).toEqual([20, 42, 42, 20]);
  expect([full.level, last.total, last.level]).toEqual([2, 20, 1]);
});

test('row 68: an excuse that comes afterwards makes a week full, and one that is taken back no longer', async () => {
  const { leader, here, make, certify, team } = await scene(1);
  await at(moim, '2026-03-13T03:00:00Z', leader);
  const mission = await make({ kind: 'REPEAT', weekdays: [5, 7] });
  await certify(leader, mission);
  const totals = [(await team()).total];
  const { body } = await leader.post(`${here.path}/excuses`, {
    from: '2026-03-15',
    until: '2026-03-15',
    reason: 'Away',
  });
  totals.push((await team()).total);
  await leader.delete(`${here.path}/excuses/${body.id}`);
  totals.push((await team()).total);

  expect(totals).toEqual([20, 22, 20]);
});

test('rows 62, 68: a group that its leader completes in the middle of a week asks for no more of it: the week is full', async () => {
  const all = await scene(2);
  const { leader, members, here, make, certify, team } = all;
  const [member] = members as [Person];
  await at(moim, '2026-03-16T03:00:00Z', leader, member);
  const daily = await make({ kind: 'REPEAT', frequency: { every: 'DAY' } });
  for (const day of ['16', '17']) {
    await at(moim, `2026-03-${day}T04:00:00Z`, leader, member);
    await certify(leader, daily);
    if (day === '17') await certify(member, daily);
  }
  const before = await team();
  const share = async () =>
    (await leader.get(`${here.path}/progress`)).body.members.map(({ done, due }: never) => [done, due]);
  const { body } = await leader.send('PUT', `${here.path}/status`, { body: { status: 'COMPLETED' } });
  const after = await team();
  await again(all);
  const repeated = await team();
  // The days after it are nobody's miss, and the last day was not over for the member who did it.
  await at(moim, '2026-03-20T03:00:00Z', leader, member);
  const shares = await share();
  const { body: own } = await leader.get(`${here.path}/progress/${leader.id}`);
  await leader.send('PUT', `${here.path}/status`, { body: { status: 'IN_PROGRESS' } });
  const open = await team();

  expect(body.status).toBe('COMPLETED');
  // Ten for each of three, and two for the full week of the leader: the member missed Monday.
  expect([before.total, after.total, repeated.total]).toEqual([30, 32, 32]);
  // Daily two of two, and one of two: no more days are asked for. The implied mission was missed in two weeks.
  expect(shares).toEqual([
    [2, 4],
    [1, 4],
  ]);
  expect(own.streaks.find(({ missionId }: { missionId: string }) => daily.endsWith(missionId))).toMatchObject({
    current: 2,
  });
  expect(open.total).toBe(30);
});

test('row 68: a mission that ends in the middle of a week asks for no more of it', async () => {
  const all = await scene(1);
  const { leader, make, certify, team } = all;
  await at(moim, '2026-03-24T03:00:00Z', leader);
  const daily = await make({ kind: 'REPEAT', frequency: { every: 'DAY' } });
  await certify(leader, daily);
  const before = await team();
  await leader.post(`${daily}/end`);
  const after = await team();
  await again(all);

  expect([before.total, after.total, (await team()).total]).toEqual([20, 22, 22]);
});

test('row 137: a make-up gives no points, and fills no week', async () => {
  const all = await scene(1);
  const { leader, here, make, certify, team } = all;
  await leader.patch(here.path, { makeUps: 3 });
  await at(moim, '2026-03-30T03:00:00Z', leader);
  const twice = await make({ kind: 'REPEAT', weekdays: [1, 2] });
  await at(moim, '2026-03-31T03:00:00Z', leader);
  await certify(leader, twice);
  await moim.clock.advance(6000);
  const { status, body } = await leader.post(`${twice}/certifications`, { text: 'Done', makeUpFor: '2026-03-30' });
  const total = (await team()).total;
  const { body: progress } = await leader.get(`${here.path}/progress`);

  expect([status, body.status]).toEqual([201, 'APPROVED']);
  expect(total).toBe(20);
  // It counts for the rate; the third is the week of the implied mission, which is over.
  expect([progress.me.done, progress.me.due]).toEqual([2, 3]);
});

test('row 68: late changes of a group that has ended bring nothing back', async () => {
  const all = await scene(1);
  const { leader, here, make, certify, team } = all;
  await certify(leader, await make({ kind: 'ONCE' }));
  expect((await team()).total).toBe(20);
  expect((await leader.post(`${here.path}/disbanding`)).status).toBeLessThan(300);
  await moim.settle();
  await again(all);
  await moim.settle();

  const kept = async () =>
    Promise.all(['TeamPoint', 'TeamScore', 'Progress'].map((kind) => itemsOf(moim, kind, { groupId: here.groupId })));
  expect((await kept())[0]).toHaveLength(1);
  await moim.clock.advance(31 * 86_400_000);
  await nextTick(moim);
  await nextTick(moim);
  await moim.settle();
  expect(await kept()).toEqual([[], [], []]);
  await again(all);
  await moim.settle();
  expect(await kept()).toEqual([[], [], []]);
});
