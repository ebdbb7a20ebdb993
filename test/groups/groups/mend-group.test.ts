/** Row 49, report 12: what a leader may change until the group begins, and what at any time. */
import { useMoim } from '../../support/moim.ts';
import { at, crowd, tick } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { certify, found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { inboxOf } from '../memberships/support.ts';

const moim = useMoim();
const period = { startDate: '2026-03-10', endDate: '2026-03-31' };
async function ahead(more: object = {}) {
  const [leader, member, comer] = await crowd(moim, 3);
  const group = await found(leader!, { ...period, ...more }, member!);
  return { ...group, leader: leader!, member: member!, comer: comer! };
}

test('before the first day everything can be mended; the implied mission follows, and members hear of the new start', async () => {
  const { leader, member, path, groupId } = await ahead();
  const wanted = {
    startDate: '2026-03-12',
    frequency: { every: 'WEEK', times: 3 },
    approval: 'AUTO',
    joinPolicy: 'APPLY',
    visibility: 'PUBLIC',
  };

  const { status, body } = await leader.patch(path, wanted);
  await moim.settle();

  const { body: missions } = await leader.get(`${path}/missions`);
  const [due] = await itemsOf(moim, 'Due', { kind: 'groupDates', subject: groupId });
  const own = (await member.get('/v1/accounts/me/groups')).body.items[0].group;
  expect([status, body]).toMatchObject([200, wanted]);
  expect(missions.items).toMatchObject([{ timesPerWeek: 3, weekdays: [1, 2, 3, 4, 5, 6, 7], approval: 'AUTO' }]);
  // Midnight of the 12th in Seoul.
  expect(due.at).toBe('2026-03-11T15:00:00.000Z');
  expect(own.startDate).toBe('2026-03-12');
  expect(await inboxOf(member)).toEqual(['GROUP_RESCHEDULED Algorithms every day now begins on March 12.']);
});

test('moved to today it begins at once, and a certification is taken by the new frequency', async () => {
  const { leader, member, ...group } = await ahead();

  const early = await certify(member, group);
  const { body } = await leader.patch(group.path, { startDate: '2026-03-02', frequency: { every: 'DAY' } });
  await moim.clock.advance(6000);
  const taken = await certify(member, group);

  const [stored] = await itemsOf(moim, 'Group', { groupId: group.groupId });
  expect(outcome(early)).toBe('NOT_IN_PERIOD');
  expect([body.status, stored.status]).toEqual(['IN_PROGRESS', 'IN_PROGRESS']);
  expect(taken.status).toBe(201);
});

test('dates that contradict each other or those that stay are refused by name', async () => {
  const { leader, path } = await ahead({ recruitUntil: '2026-03-08' });
  const tries: readonly [object, string, string][] = [
    [{ startDate: '2026-03-01' }, 'INVALID_PERIOD', '/startDate'],
    [{ startDate: '2026-04-01' }, 'INVALID_PERIOD', '/endDate'],
    [{ startDate: '2026-03-05' }, 'INVALID_PERIOD', '/recruitUntil'],
    [{ startDate: '2026-03-05', recruitUntil: '2026-03-06' }, 'INVALID_PERIOD', '/recruitUntil'],
    [{ frequency: { every: 'NEVER' } }, 'INVALID_REQUEST', '/frequency/every'],
  ];

  const answers = await Promise.all(tries.map(([body]) => leader.patch(path, body)));
  const together = await leader.patch(path, { startDate: '2026-04-02', endDate: '2026-04-30' });
  const without = await leader.patch(path, { startDate: '2026-03-05', recruitUntil: null });

  expect(answers.map(({ body }) => [body.code, body.errors[0].pointer])).toEqual(
    tries.map(([, code, pointer]) => [code, pointer]),
  );
  expect(together.body).toMatchObject({ startDate: '2026-04-02', endDate: '2026-04-30' });
  expect(without.body).toMatchObject({ startDate: '2026-03-05', recruitUntil: null });
});

test('only a challenge has a frequency', async () => {
  const [leader] = await crowd(moim, 1);
  const { body } = await leader!.post('/v1/groups', { ...period, kind: 'STUDY', title: 'Grammar', category: 'IT' });

  const answer = await leader!.patch(`/v1/groups/${body.id}`, { frequency: { every: 'DAY' } });

  expect([answer.body.code, answer.body.errors[0].pointer]).toEqual(['INVALID_REQUEST', '/frequency']);
});

test('changes at once that name no version are all made, and group and mission agree', async () => {
  const { leader, path } = await ahead();
  const times = [1, 2, 3, 4];

  const answers = await Promise.all(times.map((n) => leader.patch(path, { frequency: { every: 'WEEK', times: n } })));

  const { body } = await leader.get(path);
  const { body: missions } = await leader.get(`${path}/missions`);
  expect(tally(answers)).toEqual({ 200: 4 });
  expect(missions.items[0].timesPerWeek).toBe(body.frequency.times);
});

test('from its first midnight on the first day, the frequency and the approval stay; how people join and who sees it do not', async () => {
  const { leader, comer, path } = await ahead();
  await at(moim, '2026-03-09T15:00:00Z', leader, comer);
  await tick(moim);
  const fixed = [
    { startDate: '2026-03-15' },
    { frequency: { every: 'WEEKEND' } },
    { approval: 'AUTO' },
    { startDate: '2026-03-15', approval: 'AUTO' },
  ];

  const refused = await Promise.all(fixed.map((body) => leader.patch(path, body)));
  const unchanged = await leader.patch(path, {
    startDate: '2026-03-10',
    frequency: { every: 'DAY' },
    approval: 'LEADER',
  });
  const opened = await leader.patch(path, { joinPolicy: 'APPLY', visibility: 'PUBLIC' });
  const joins = [await comer.post(`${path}/members`), await comer.post(`${path}/applications`)];
  await leader.patch(path, { visibility: 'PRIVATE' });
  await moim.settle();

  expect(refused.map(outcome)).toEqual(Array(4).fill('NOT_APPLICABLE'));
  expect(refused.map(({ body }) => body.errors.map(({ pointer }: { pointer: string }) => pointer))).toEqual([
    ['/startDate'],
    ['/frequency'],
    ['/approval'],
    ['/startDate', '/approval'],
  ]);
  expect(refused[0]!.body.errors[0].reason).toBe('This cannot be changed once the group has begun.');
  expect([unchanged, opened].map(outcome)).toEqual([200, 200]);
  expect(joins.map(outcome)).toEqual(['JOIN_BY_OTHER_WAY', 201]);
  expect(outcome(await comer.get(path))).toBe('NOT_FOUND');
});
