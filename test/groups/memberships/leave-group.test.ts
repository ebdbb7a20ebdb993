import { interrupted } from '../../support/between.ts';
import { atEachRequest } from '../../support/faults.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, someone } from '../../support/people.ts';
import { costOf, outcome } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';
import { groupOf, inboxOf, leadersOf, openRoom, withdrawn } from './support.ts';

const moim = useMoim();
const leave = (who: { delete: (path: string) => ReturnType<typeof moim.guest.delete> }, path: string) =>
  who.delete(`${path}/members/me`);

test('row 44: who leaves gives the seat back, sees the group no more, and the others hear of it', async () => {
  const [leader, bora, other] = [await someone(moim), await someone(moim, 'bora'), await someone(moim)];
  const { groupId, path } = await found(leader, {}, bora, other);

  const left = await leave(bora, path);

  await moim.settle();
  expect(outcome(left)).toBe(204);
  expect(costOf(moim, 'leaveGroup')).toMatchObject({ requests: 2, roundTrips: 2 });
  expect(await groupOf(moim, groupId)).toEqual({ counted: 2, members: 2, leaders: 1 });
  expect(outcome(await bora.get(`${path}/members`))).toBe('NOT_FOUND');
  expect(outcome(await leave(bora, path))).toBe('NOT_FOUND');
  expect((await bora.get('/v1/accounts/me/groups')).body.items).toEqual([]);
  expect(await inboxOf(other)).toContain('MEMBER_LEFT bora left Algorithms every day.');
  expect((await inboxOf(bora)).filter((line) => line.startsWith('MEMBER_LEFT'))).toEqual([]);
});

test('row 44: somebody comes in the moment the last member leaves: the group stays, with its leader', async () => {
  const [leader, late] = (await crowd(moim, 2)) as [Person, Person];
  const { groupId, path } = await found(leader);

  const left = await interrupted(
    moim,
    () => late.post(`${path}/members`),
    () => leave(leader, path),
  );

  expect(outcome(left)).toBe('LEADER_MUST_HAND_OVER');
  expect(await groupOf(moim, groupId)).toEqual({ counted: 2, members: 2, leaders: 1 });
  expect((await itemsOf(moim, 'Group', { groupId }))[0].deletedAt).toBeUndefined();
});

test('row 44: a leader with others hands over first; the group is as it was', async () => {
  const [leader, member] = await crowd(moim, 2);
  const { groupId, path } = await found(leader!, {}, member!);

  expect(outcome(await leave(leader!, path))).toBe('LEADER_MUST_HAND_OVER');
  expect(await groupOf(moim, groupId)).toEqual({ counted: 2, members: 2, leaders: 1 });
});

test('row 39: who leads a group alone takes it with them, whatever the counter says', async () => {
  const [leader, stranger] = await crowd(moim, 2);
  const one = await found(leader!);
  const drifted = await found(leader!);
  await moim.settle();
  const [item] = await itemsOf(moim, 'Group', { groupId: drifted.groupId });
  await put(moim, 'Group', { ...item, memberCount: 3 });

  const answers = [await leave(leader!, one.path), await leave(leader!, drifted.path)];
  await moim.settle();
  const after = [
    await stranger!.get(one.path),
    await stranger!.post(`${one.path}/members`),
    await leader!.get(`${drifted.path}/members`),
  ];
  const { body } = await stranger!.get('/v1/groups?kind=CHALLENGE');

  expect(answers.map(outcome)).toEqual([204, 204]);
  expect(after.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
  expect(body.items.map(({ id }: { id: string }) => id)).not.toContain(one.groupId);
});

test('row 44: no group is given up because a counter says that nobody else is there', async () => {
  const [leader, member] = await crowd(moim, 2);
  const { groupId, path } = await found(leader!, {}, member!);
  await moim.settle();
  await put(moim, 'Group', { ...(await itemsOf(moim, 'Group', { groupId }))[0], memberCount: 1 });

  expect(outcome(await leave(leader!, path))).toBe('LEADER_MUST_HAND_OVER');
});

test('row 44: an open room goes to whoever came first, and to nobody where nobody is left', async () => {
  const [leader, first, second] = await crowd(moim, 3);
  const { groupId, path } = await openRoom(leader!);
  for (const each of [first!, second!]) {
    await moim.clock.advance(1000);
    await each.post(`${path}/members`);
  }
  await leader!.send('PUT', `${path}/members/${second!.id}/role`, { body: { role: 'MANAGER' } });

  const left = await leave(leader!, path);
  const then = await leadersOf(moim, groupId);
  await moim.settle();
  const told = await inboxOf(second!);
  await leave(first!, path);
  const last = await leadersOf(moim, groupId);
  await leave(second!, path);

  expect(outcome(left)).toBe(204);
  expect([then, last]).toEqual([[first!.id], [second!.id]]);
  expect(told.filter((line) => line.startsWith('OWNER_CHANGED'))).toHaveLength(1);
  expect((await itemsOf(moim, 'Group', { groupId }))[0]).toMatchObject({
    memberCount: 0,
    deletedAt: expect.any(String),
  });
});

test('row 31: who left may come back where the group allows it, with the warnings they had', async () => {
  const [leader, member] = await crowd(moim, 2);
  const open = await found(leader!, {}, member!);
  const closed = await found(leader!, { allowRejoin: false }, member!);
  await leader!.post(`${open.path}/members/${member!.id}/warnings`, { reason: 'Late' });
  for (const { path } of [open, closed]) await leave(member!, path);

  const answers = [await member!.post(`${open.path}/members`), await member!.post(`${closed.path}/members`)];

  // Report 7: who left of their own will was not removed.
  expect(answers.map(outcome)).toEqual([201, 'REJOIN_REFUSED']);
  expect((await itemsOf(moim, 'Membership', { groupId: open.groupId, accountId: member!.id }))[0]).toMatchObject({
    state: 'ACTIVE',
    warnings: 1,
  });
});

test('whatever the table does at whichever request, a leaving that is tried again ends in one seat given back', async () => {
  await atEachRequest(
    moim,
    2,
    async () => {
      const [leader, member] = await crowd(moim, 2);
      return { member: member!, ...(await found(leader!, {}, member!)) };
    },
    ({ member, path }) => leave(member, path) as never,
    async ({ groupId }, again, fault) => {
      expect([fault, [204, 'NOT_FOUND'].includes(outcome(again)), await groupOf(moim, groupId)]).toEqual([
        fault,
        true,
        { counted: 1, members: 1, leaders: 1 },
      ]);
    },
  );
});

test('row 125: a leader who withdraws is followed by the manager who was there longest, else the member', async () => {
  const scene = async (manager: boolean) => {
    const leader = await moim.person(`lead${manager ? 'a' : 'b'}`);
    const [first, second, third] = await crowd(moim, 3);
    const group = await found(leader, { endDate: '2026-03-03' });
    for (const each of [first!, second!, third!]) {
      await moim.clock.advance(1000);
      await each.post(`${group.path}/members`);
    }
    if (manager)
      for (const { id } of [third!, second!])
        await leader.send('PUT', `${group.path}/members/${id}/role`, { body: { role: 'MANAGER' } });
    return { leader, first: first!, second: second!, ...group };
  };
  const [withManagers, without] = [await scene(true), await scene(false)];
  // A group that has ended keeps nobody from withdrawing.
  await at(moim, '2026-03-05T03:00:00Z', withManagers.leader, without.leader, withManagers.first);
  for (const { leader } of [withManagers, without]) expect(outcome(await withdrawn(moim, leader))).toBe(204);

  expect(await leadersOf(moim, withManagers.groupId)).toEqual([withManagers.second.id]);
  expect(await leadersOf(moim, without.groupId)).toEqual([without.first.id]);
  expect(await groupOf(moim, without.groupId)).toEqual({ counted: 3, members: 3, leaders: 1 });
  expect(await inboxOf(withManagers.first)).toContainEqual(expect.stringMatching(/^OWNER_CHANGED/));
  expect(await itemsOf(moim, 'Decision', { scopeId: without.groupId, after: 'LEADER' })).toMatchObject([
    { by: without.leader.id, subject: `member:${without.first.id}`, before: 'MEMBER' },
  ]);
});

test('who leads a group alone and withdraws leaves no group behind', async () => {
  const leader = await moim.person('alone');
  const { groupId } = await found(leader, { startDate: '2026-03-05', endDate: '2026-03-20' });

  expect(outcome(await withdrawn(moim, leader))).toBe(204);

  expect((await itemsOf(moim, 'Group', { groupId }))[0]).toMatchObject({ deletedAt: expect.any(String) });
});
