/** Row 119: days on which members are excused. */
import { key } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { found, leave } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();

async function scene(more: object = {}) {
  const [leader, manager, member] = (await crowd(moim, 3)) as [Person, Person, Person];
  const group = await found(leader, { startDate: undefined, endDate: '2027-12-31', ...more }, manager, member);
  await leader.send('PUT', `${group.path}/members/${manager.id}/role`, { body: { role: 'MANAGER' } });
  const ask = (who: Person, from: string, until: string, headers?: Record<string, string>) =>
    who.post(`${group.path}/excuses`, { from, until, reason: 'Travelling' }, headers);
  const used = async (month: string) =>
    (await itemsOf(moim, 'MemberMonth', { accountId: member.id, month }))[0]?.excused ?? 0;
  const excused = async () => (await member.get(`${group.path}/page`)).body.excused;
  return { leader, manager, member, ask, used, excused, ...group };
}

test('row 119: ten days of a month are granted at once, and every answer that they change says so', async () => {
  const { leader, member, ask, used, excused, path, missionId } = await scene();

  const made = await ask(member, '2026-03-01', '2026-03-05');
  const again = await ask(member, '2026-03-04', '2026-03-08');
  await moim.settle();
  const home = (await member.get('/v1/accounts/me/today')).body.items[0].excused;
  const status = (await leader.get(`${path}/missions/${missionId}/status`)).body.items;
  const own = (await member.get(`${path}/missions/${missionId}`)).body.excused;

  expect([made.status, made.body.state, outcome(again)]).toEqual([201, 'GRANTED', 'NOT_APPLICABLE']);
  expect([home, await excused()]).toEqual(Array(2).fill({ from: '2026-03-01', until: '2026-03-05' }));
  expect(own).toBe(true);
  expect(
    status.map(({ excused: is, account }: { excused: boolean; account: { id: string } }) => [account.id, is]),
  ).toContainEqual([member.id, true]);
  expect(status.filter(({ excused: is }: { excused: boolean }) => is)).toHaveLength(1);
  expect(await used('2026-03')).toBe(5);
  // Over the end of a month each has its own days.
  expect((await ask(member, '2026-03-30', '2026-04-07')).body.state).toBe('GRANTED');
  expect([await used('2026-03'), await used('2026-04')]).toEqual([7, 7]);
  // The eleventh day of April needs a grant; so does all where the group says so.
  expect((await ask(member, '2026-04-20', '2026-04-23')).body.state).toBe('PENDING');
  await leader.patch(path, { excusesNeedApproval: true });
  expect((await ask(member, '2026-05-20', '2026-05-20')).body.state).toBe('PENDING');
});

test('row 119: of several at once no month gets more than ten days; a repetition with its key is one', async () => {
  const { member, ask, used, groupId } = await scene();
  const headers = key();

  const race = await Promise.all(
    [0, 1, 2, 3].map((n) => ask(member, `2026-06-${10 + 4 * n}`, `2026-06-${13 + 4 * n}`)),
  );
  const once = await Promise.all([1, 2].map(() => ask(member, '2026-07-01', '2026-07-02', headers)));

  expect(race.map(({ body }) => body.state).toSorted()).toEqual(['GRANTED', 'GRANTED', 'PENDING', 'PENDING']);
  expect(await used('2026-06')).toBe(8);
  expect(once[0]!.body.id).toBe(once[1]!.body.id);
  expect(await used('2026-07')).toBe(2);
  expect(await itemsOf(moim, 'Excuse', { groupId })).toHaveLength(5);
});

test('row 119: leaders and managers decide on what waits, not on their own, once; the member is told, and the record stays', async () => {
  const { leader, manager, member, ask, excused, path } = await scene({ excusesNeedApproval: true });
  const first = (await ask(member, '2026-03-02', '2026-03-03')).body;
  await moim.clock.advance(1);
  const second = (await ask(member, '2026-03-10', '2026-04-09')).body;
  const own = (await ask(manager, '2026-03-02', '2026-03-03')).body;
  const one = (id: string) => `${path}/excuses/${id}`;
  await moim.settle();
  const inbox = (await manager.get('/v1/notifications')).body.items;
  const waiting = (await manager.get(`${path}/excuses?state=PENDING`)).body.items;
  const hidden = (await member.get(`${path}/excuses?state=PENDING`)).body.items;

  const race = await Promise.all([
    leader.post(`${one(first.id)}/grant`),
    manager.post(`${one(first.id)}/refuse`, { reason: 'No' }),
  ]);
  const replies = [
    await member.post(`${one(second.id)}/grant`),
    await manager.post(`${one(own.id)}/grant`),
    await manager.post(`${one(second.id)}/refuse`, { reason: 'Too long' }),
    await leader.post(`${one(second.id)}/grant`),
  ];
  await moim.settle();
  const told = (await member.get('/v1/notifications')).body.items.map(({ type }: { type: string }) => type);
  const won = race[0]!.status === 200;

  expect(inbox.filter(({ type }: { type: string }) => type === 'EXCUSE_REQUESTED')).toHaveLength(2);
  expect([waiting.length, hidden.length]).toEqual([3, 0]);
  expect(tally(race)).toEqual({ 200: 1, ALREADY_DECIDED: 1 });
  expect(await excused()).toEqual(won ? { from: '2026-03-02', until: '2026-03-03' } : null);
  expect(replies.map(outcome)).toEqual(['NOT_FOUND', 'OWN_DECISION', 200, 'ALREADY_DECIDED']);
  expect(told).toEqual(expect.arrayContaining(['EXCUSE_REFUSED', won ? 'EXCUSE_GRANTED' : 'EXCUSE_REFUSED']));
  expect((await member.get(`${path}/excuses`)).body.items.map(({ state }: { state: string }) => state)).toEqual([
    won ? 'GRANTED' : 'REFUSED',
    'REFUSED',
  ]);
});

test('row 119: taken back before its first day, with the days of its month; not from that day on', async () => {
  const { leader, member, ask, used, excused, path } = await scene();
  const [ahead, begun] = [
    (await ask(member, '2026-03-04', '2026-03-06')).body,
    (await ask(member, '2026-03-02', '2026-03-03')).body,
  ];
  const one = (id: string) => `${path}/excuses/${id}`;

  const race = await Promise.all([1, 2].map(() => member.delete(one(ahead.id))));
  const others = [await member.delete(one(begun.id)), await leader.delete(one(begun.id))];

  expect(tally(race)).toEqual({ 204: 1, NOT_APPLICABLE: 1 });
  expect(others.map(outcome)).toEqual(['NOT_APPLICABLE', 'NOT_FOUND']);
  expect([await used('2026-03'), await excused()]).toEqual([2, { from: '2026-03-02', until: '2026-03-03' }]);
  await at(moim, '2026-03-03T15:00:00Z', leader, member);
  expect(await excused()).toBeNull();
  // Whoever comes back begins anew.
  await leave(member, { path });
  await member.post(`${path}/members`);
  expect(await itemsOf(moim, 'Membership', { accountId: member.id })).toMatchObject([{ state: 'ACTIVE' }]);
  expect((await itemsOf(moim, 'Membership', { accountId: member.id }))[0].excused).toBeUndefined();
});

test('row 119: a range that is too long, too early, or the wrong way round is refused', async () => {
  const { member, ask } = await scene();
  await at(moim, '2026-03-10T03:00:00Z', member);
  const ranges = [
    ['2026-03-06', '2026-03-08'],
    ['2026-03-12', '2026-03-11'],
    ['2026-03-12', '2026-04-12'],
    ['2026-03-12', '2029-04-12'],
    ['2028-03-12', '2028-03-12'],
    ['2026-03-07', '2026-03-07'],
    ['2026-03-12', '2026-04-11'],
  ] as const;

  const replies = [];
  for (const [from, until] of ranges) replies.push(await ask(member, from, until));

  expect(replies.map((reply) => reply.body.errors?.[0].pointer ?? outcome(reply))).toEqual([
    ...['/from', '/until', '/until', '/until', '/from', 201, 201],
  ]);
});
