import { key } from '../../support/actor.ts';
import { useMoim } from '../../support/moim.ts';
import { crowd, someone } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { group, groupOf, inboxOf } from './support.ts';

const moim = useMoim();
type Who = { post: typeof moim.guest.post };
const kick = (who: Who, path: string, id: string, headers = {}) =>
  who.post(`${path}/members/${id}/kick`, { reason: 'Spam' }, headers);
const warn = (who: Who, path: string, id: string) => who.post(`${path}/members/${id}/warnings`, { reason: 'Late' });

test('row 46: who is removed is out at once, frees the seat, may not come back, and all are told', async () => {
  const [leader, bora, other] = [await someone(moim), await someone(moim, 'bora46'), await someone(moim)];
  const { groupId, path } = await found(leader, { capacity: 3 }, bora, other);
  const socket = await bora.socket();

  const answer = await kick(leader, path, bora.id);

  await moim.settle();
  expect(outcome(answer)).toBe(204);
  expect(costOf(moim, 'kickMember')).toMatchObject({ requests: 2, roundTrips: 2 });
  expect(await groupOf(moim, groupId)).toEqual({ counted: 2, members: 2, leaders: 1 });
  const told = await socket.next();
  expect(told.data).toMatchObject({
    type: 'KICKED',
    text: 'You were removed from Algorithms every day. (Reason: Spam)',
  });
  expect(await inboxOf(other)).toContain('MEMBER_KICKED bora46 was removed from Algorithms every day.');
  expect((await inboxOf(other)).join()).not.toContain('Spam');
  expect((await inboxOf(bora)).filter((line) => line.startsWith('MEMBER_KICKED'))).toEqual([]);
  expect([
    outcome(await bora.get(`${path}/members`)),
    outcome(await bora.post(`${path}/members`)),
    outcome(await bora.delete(`${path}/members/me`)),
    outcome(await kick(leader, path, bora.id)),
  ]).toEqual(['NOT_FOUND', 'KICKED', 'NOT_FOUND', 'NOT_FOUND']);
  expect(await itemsOf(moim, 'Decision', { scopeId: groupId })).toMatchObject([
    { by: leader.id, subject: `member:${bora.id}`, before: 'ACTIVE', after: 'KICKED', reason: 'Spam' },
  ]);
  socket.close();
});

test('row 46: the leader is never removed, nobody removes themselves, and only the leader removes', async () => {
  const [leader, manager, member, stranger] = await crowd(moim, 4);
  const { path } = await found(leader!, {}, manager!, member!);
  await leader!.send('PUT', `${path}/members/${manager!.id}/role`, { body: { role: 'MANAGER' } });

  const refused = [
    await kick(leader!, path, leader!.id),
    await kick(manager!, path, member!.id),
    await kick(member!, path, manager!.id),
    await kick(leader!, path, stranger!.id),
    await warn(leader!, path, leader!.id),
    await warn(manager!, path, member!.id),
    await warn(leader!, path, stranger!.id),
  ];

  expect(refused.map(outcome)).toEqual([
    'OWN_DECISION',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
    'OWN_DECISION',
    'NOT_FOUND',
    'NOT_FOUND',
  ]);
});

test('rows 31, 46: whoever is readmitted may come back, without warnings, also where who left may not', async () => {
  const [leader, member] = await crowd(moim, 2);
  const { groupId, path } = await found(leader!, { allowRejoin: false }, member!);
  await warn(leader!, path, member!.id);
  await kick(leader!, path, member!.id);
  const lift = () => leader!.delete(`${path}/members/${member!.id}/kick`);

  const before = await member!.post(`${path}/members`);
  const lifted = [await lift(), await lift()];
  const after = await member!.post(`${path}/members`);

  expect([before, ...lifted, after].map(outcome)).toEqual(['KICKED', 204, 'NOT_FOUND', 201]);
  const [membership] = await itemsOf(moim, 'Membership', { groupId, accountId: member!.id });
  expect(membership).toMatchObject({ state: 'ACTIVE', role: 'MEMBER' });
  expect(membership).not.toHaveProperty('warnings');
  expect(membership).not.toHaveProperty('readmitted');
});

test('row 46: a removal ends the application that had led to it; whoever is readmitted may apply again', async () => {
  const [leader, member] = await crowd(moim, 2);
  const { groupId, path } = await group(leader!, 'STUDY', { endDate: '2026-05-01' });
  await member!.post(`${path}/applications`, { message: 'Please' });
  await leader!.post(`${path}/applications/${member!.id}/accept`);

  await kick(leader!, path, member!.id);
  const shown = (await member!.get('/v1/accounts/me/applications')).body.items;
  const early = await member!.post(`${path}/applications`);
  await leader!.delete(`${path}/members/${member!.id}/kick`);
  const again = await member!.post(`${path}/applications`);

  expect(shown).toMatchObject([{ groupId, state: 'KICKED' }]);
  expect([early, again].map(outcome)).toEqual(['KICKED', 201]);
});

test('row 47: the third warning removes, with the seat, the reasons kept and the count told', async () => {
  const [leader, member, other] = await crowd(moim, 3);
  const { groupId, path } = await found(leader!, {}, member!, other!);

  const answers = [];
  for (let n = 0; n < 4; n++) answers.push(await warn(leader!, path, member!.id));

  await moim.settle();
  expect(answers.slice(0, 3).map(({ body }) => body)).toEqual([
    { warnings: 1, kicked: false },
    { warnings: 2, kicked: false },
    { warnings: 3, kicked: true },
  ]);
  expect(outcome(answers[3]!)).toBe('NOT_FOUND');
  expect(await groupOf(moim, groupId)).toEqual({ counted: 2, members: 2, leaders: 1 });
  expect((await inboxOf(member!)).filter((line) => line.startsWith('WARNED')).toSorted()).toEqual(
    [1, 2, 3].map((n) => `WARNED You were warned in Algorithms every day. (${n}/3, reason: Late)`),
  );
  expect(await inboxOf(member!)).toContain('KICKED You were removed from Algorithms every day. (Reason: Late)');
  expect((await itemsOf(moim, 'Decision', { scopeId: groupId })).map(({ after }) => after).toSorted()).toEqual([
    'KICKED',
    'WARNED:1',
    'WARNED:2',
  ]);
});

test('row 47: two warnings at once count twice, and of ten three do', async () => {
  const [leader, one, other] = await crowd(moim, 3);
  const { groupId, path } = await found(leader!, {}, one!, other!);

  const two = await Promise.all([warn(leader!, path, one!.id), warn(leader!, path, one!.id)]);
  const ten = await Promise.all(Array.from({ length: 10 }, () => warn(leader!, path, other!.id)));

  const memberships = await itemsOf(moim, 'Membership', { groupId });
  const warningsOf = (id: string) => memberships.find(({ accountId }) => accountId === id);
  expect(two.map(({ body }) => body.warnings).toSorted()).toEqual([1, 2]);
  expect(ten.filter(({ status }) => status === 201)).toHaveLength(3);
  expect(warningsOf(one!.id)).toMatchObject({ state: 'ACTIVE', warnings: 2 });
  expect(warningsOf(other!.id)).toMatchObject({ state: 'KICKED', warnings: 3 });
  expect(await groupOf(moim, groupId)).toEqual({ counted: 2, members: 2, leaders: 1 });
});

test('rows 46, 122: a removal that is sent twice with one key happens once and gives one answer', async () => {
  const [leader, member] = await crowd(moim, 2);
  const { groupId, path } = await found(leader!, {}, member!);
  const headers = key();

  const answers = await Promise.all(Array.from({ length: 5 }, () => kick(leader!, path, member!.id, headers)));

  expect(tally(answers)).toEqual({ 204: 5 });
  expect(await groupOf(moim, groupId)).toEqual({ counted: 1, members: 1, leaders: 1 });
});
