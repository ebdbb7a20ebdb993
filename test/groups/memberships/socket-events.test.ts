import { contract } from '../../../functions/groups/memberships/contract.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { found } from '../../support/scene.ts';

const moim = useMoim();
const { memberKicked, memberWarned } = contract.events;

/** What somebody's socket got but for notifications, once everything is delivered. */
async function heard(sockets: readonly Awaited<ReturnType<Person['socket']>>[]) {
  await moim.settle();
  // What was sent before the reply has come by then.
  await Promise.all(sockets.map((socket) => socket.ask({ id: 1, action: 'ping' })));
  return sockets.map(({ events }) => events.filter(({ event }) => event !== 'notification'));
}
const warn = (leader: Person, path: string, { id }: Person) =>
  leader.post(`${path}/members/${id}/warnings`, { reason: 'Late' });

test('2.11, row 46: who is removed hears it on every socket with the reason, and who is left without it', async () => {
  const [leader, member, other, stranger] = (await crowd(moim, 4)) as [Person, Person, Person, Person];
  const { groupId, path } = await found(leader, {}, member, other);
  const sockets = await Promise.all([member, member, other, stranger, leader].map((each) => each.socket()));

  await leader.post(`${path}/members/${member.id}/kick`, { reason: 'Spam' });

  const [first, second, left, outside, actor] = await heard(sockets);
  const told = { groupId, accountId: member.id };
  expect(first).toEqual([{ event: 'member.kicked', data: { ...told, reason: 'Spam' } }]);
  expect(second).toEqual(first);
  expect(left).toEqual([{ event: 'member.kicked', data: { ...told, reason: null } }]);
  expect([outside, actor]).toEqual([[], []]);
  for (const { data } of [...first!, ...left!]) expect(memberKicked.data.strict().parse(data)).toEqual(data);
  for (const socket of sockets) socket.close();
});

test('2.11, row 47: a warning is between the two; the third is a removal too', async () => {
  const [leader, member, other] = (await crowd(moim, 3)) as [Person, Person, Person];
  const { groupId, path } = await found(leader, {}, member, other);
  const sockets = await Promise.all([member, other].map((each) => each.socket()));

  await warn(leader, path, member);
  const [once, none] = await heard(sockets);
  await warn(leader, path, member);
  await warn(leader, path, member);

  const [all, others] = await heard(sockets);
  const told = { groupId, accountId: member.id };
  expect(once).toEqual([{ event: 'member.warned', data: { ...told, count: 1 } }]);
  expect(none).toEqual([]);
  expect(all!.filter(({ event }) => event === 'member.warned').map(({ data }) => data)).toEqual(
    expect.arrayContaining([1, 2, 3].map((count) => ({ ...told, count }))),
  );
  expect(all!.filter(({ event }) => event === 'member.kicked')).toEqual([
    { event: 'member.kicked', data: { ...told, reason: 'Late' } },
  ]);
  expect(others).toEqual([{ event: 'member.kicked', data: { ...told, reason: null } }]);
  for (const { data } of once!) expect(memberWarned.data.strict().parse(data)).toEqual(data);
  for (const socket of sockets) socket.close();
});

test('2.11: clients hear of it also where people have switched notifications off, or blocked the leader', async () => {
  const [leader, member, other] = (await crowd(moim, 3)) as [Person, Person, Person];
  const { groupId, path } = await found(leader, {}, member, other);
  await member.send('PATCH', '/v1/accounts/me/notification-settings', { body: { all: false } });
  await other.send('PUT', `/v1/accounts/me/blocks/${leader.id}`);
  const sockets = await Promise.all([member, other].map((each) => each.socket()));

  await leader.post(`${path}/members/${member.id}/kick`, { reason: 'Spam' });

  const told = { groupId, accountId: member.id };
  expect(await heard(sockets)).toEqual([
    [{ event: 'member.kicked', data: { ...told, reason: 'Spam' } }],
    [{ event: 'member.kicked', data: { ...told, reason: null } }],
  ]);
  expect(sockets.map(({ events }) => events.length)).toEqual([1, 1]);
  for (const socket of sockets) socket.close();
});
