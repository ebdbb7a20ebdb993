/** Rows 76-78: who listens, who comes and goes, and who hears nothing any more. */
import { partOf } from '../../../functions/talking/chat/rules.ts';
import { useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { kick, leave } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';
import { ask, chatting, heard, listening, newMessage, say, textsOf } from './support.ts';

const moim = useMoim();
const ids = ({ groupId, roomId }: { groupId: string; roomId: string }) => ({ groupId, roomId });
const listenersIn = async (groupId: string) =>
  (await itemsOf(moim, 'ChatListeners', { groupId })).flatMap((part) =>
    Object.keys(part).filter((name) => name.startsWith('on ')),
  );

test('a room tells who listens; the first socket of somebody and the last one are told to the others', async () => {
  const here = await chatting(moim, 3);
  const [leader, member] = here.people;
  const watcher = await listening(leader!, here);
  const phone = await listening(member!, here);
  await moim.settle();
  const laptop = await listening(member!, here);
  await moim.settle();

  phone.socket.close();
  await phone.socket.closed;
  await moim.settle();
  const afterOne = (await heard(watcher.socket, 'room.members')).length;
  const left = await ask(laptop.socket, 'chat.leave', ids(here));
  await moim.settle();

  expect(watcher.joined).toMatchObject({ head: 0, entries: [], more: false, listening: 1, accountIds: [leader!.id] });
  expect(laptop.joined.listening).toBe(3);
  expect(afterOne).toBe(1);
  expect(left.ok).toBe(true);
  expect(
    (await heard(watcher.socket, 'room.members')).map(({ data }) => [data.joined, data.left, data.listening]),
  ).toEqual([
    [member!.id, undefined, 2],
    [undefined, member!.id, 1],
  ]);
  await say(moim, leader!, here, 'who is there?');
  await moim.settle();
  expect(await heard(laptop.socket, 'chat.message')).toEqual([]);
  watcher.socket.close();
  laptop.socket.close();
});

test('who never listened leaves nothing: a room hears neither of strangers nor of a member who was not there', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const [stranger] = await crowd(moim, 1);
  const watcher = await listening(leader!, here);

  const answers = [];
  for (const who of [stranger!, member!]) {
    const socket = await who.socket();
    answers.push(await ask(socket, 'chat.leave', ids(here)));
    socket.close();
  }
  await moim.settle();

  expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
  expect(await heard(watcher.socket, 'room.members')).toEqual([]);
  watcher.socket.close();
});

test('who leaves the group and comes back is there again by the same socket, and the others hear of both', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const watcher = await listening(leader!, here);
  const { socket } = await listening(member!, here);
  await moim.settle();

  await leave(member!, here);
  await moim.settle();
  await member!.post(`${here.path}/members`);
  await moim.settle();
  const silent = await listenersIn(here.groupId);
  const again = await ask(socket, 'chat.join', ids(here));
  await moim.settle();

  expect(silent).toHaveLength(1);
  expect(again.data.accountIds.toSorted()).toEqual([leader!.id, member!.id].toSorted());
  expect((await heard(watcher.socket, 'room.members')).map(({ data }) => [data.joined, data.left])).toEqual([
    [member!.id, undefined],
    [undefined, member!.id],
    [member!.id, undefined],
  ]);
  socket.close();
  watcher.socket.close();
});

test('a join that is refused leaves nothing: the socket hears of no message; one that listened before goes on', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const socket = await member!.socket();
  const refused = await ask(socket, 'chat.join', { ...ids(here), after: 7 });
  const [connection] = await itemsOf(moim, 'Connection', { accountId: member!.id });
  const nobody = await listenersIn(here.groupId);
  await say(moim, leader!, here, 'one');
  await moim.settle();
  const silent = await heard(socket, 'chat.message');

  const joined = await ask(socket, 'chat.join', { ...ids(here), after: 0 });
  const again = await ask(socket, 'chat.join', { ...ids(here), after: 7 });
  await say(moim, leader!, here, 'two', 1);
  await moim.settle();

  expect([refused.problem.code, again.problem.code]).toEqual(['RESUME_FIRST', 'RESUME_FIRST']);
  expect([nobody, silent]).toEqual([[], []]);
  expect(Object.keys(connection).filter((name) => name.startsWith('room '))).toEqual([]);
  expect(textsOf(joined.data.entries)).toEqual(['1 SHOWN one']);
  expect((await heard(socket, 'chat.message')).map(({ data }) => data.entry.seq)).toEqual([2]);
  socket.close();
});

test('who reconnects gets exactly what came meanwhile, with what was deleted', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const first = await say(moim, leader!, here, 'one');
  const { socket, joined } = await listening(member!, here);
  socket.close();
  await socket.closed;
  await say(moim, leader!, here, 'two', 1);
  await leader!.delete(`${here.room}/messages/${first.id}`);

  const again = await listening(member!, here, joined.head);
  const anew = await listening(member!, here);

  expect(textsOf(joined.entries)).toEqual(['1 SHOWN one']);
  expect([again.joined.head, again.joined.more]).toEqual([3, false]);
  expect(textsOf(again.joined.entries)).toEqual(['2 SHOWN two', '3 DELETED']);
  expect(again.joined.entries[1].target).toBe(1);
  expect(textsOf(anew.joined.entries)).toEqual(['3 DELETED', '2 SHOWN two', '1 DELETED']);
  again.socket.close();
  anew.socket.close();
});

test('a socket that is gone without a word is forgotten by the next post', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const { socket } = await listening(member!, here);
  await say(moim, leader!, here, 'heard');
  const place = `${here.roomId}.${partOf('ghost=')}`;
  const [part] = await itemsOf(moim, 'ChatListeners', { groupId: here.groupId, place });
  const ghost = { groupId: here.groupId, place, 'on ghost=': `${member!.id} 9999999999`, expiresAt: 9_999_999_999 };
  await put(moim, 'ChatListeners', { ...part, ...ghost });

  const before = await listenersIn(here.groupId);
  await say(moim, leader!, here, 'and this');
  await moim.settle();

  expect(before).toContain('on ghost=');
  expect(await listenersIn(here.groupId)).toEqual(before.filter((name) => name !== 'on ghost='));
  expect(await heard(socket, 'chat.message')).toHaveLength(2);
  socket.close();
});

test('a removal in the middle of joining leaves nobody who listens', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const socket = await member!.socket();
  await moim.settle();
  moim.table.faults.add({
    kind: 'between',
    operation: 'UpdateItem',
    times: 1,
    match: (body) => JSON.stringify(body).includes('CHATLISTENERS#'),
    run: () => kick(leader!, here, member!),
  });

  const joined = await ask(socket, 'chat.join', ids(here));
  await moim.settle();

  expect(joined.problem.code).toBe('NOT_FOUND');
  expect(await listenersIn(here.groupId)).toEqual([]);
  socket.close();
});

test('typing is told to the others of a small room, once in three seconds; reading, when the mark has moved', async () => {
  const here = await chatting(moim, 3);
  const [leader, member, blocker] = here.people;
  await blocker!.put(`/v1/accounts/me/blocks/${member!.id}`);
  const hearing = await listening(leader!, here);
  const deaf = await listening(blocker!, here);
  const typing = await listening(member!, here);
  await say(moim, leader!, here, 'hello');
  await moim.settle();

  for (const wait of [0, 1000, 2500]) {
    await moim.clock.advance(wait);
    await ask(typing.socket, 'chat.typing', ids(here));
  }
  await ask(typing.socket, 'chat.read', { ...ids(here), seq: 1 });
  await ask(typing.socket, 'chat.read', { ...ids(here), seq: 1 });
  const above = await ask(typing.socket, 'chat.read', { ...ids(here), seq: 2 });
  await moim.settle();

  expect((await heard(hearing.socket, 'chat.typing')).map(({ data }) => data.accountId)).toEqual([
    member!.id,
    member!.id,
  ]);
  expect((await heard(hearing.socket, 'chat.read')).map(({ data }) => [data.accountId, data.seq])).toEqual([
    [member!.id, 1],
  ]);
  expect(await heard(deaf.socket, 'chat.typing', 'chat.read')).toEqual([]);
  expect(above.problem.code).toBe('RESUME_FIRST');
  for (const { socket } of [hearing, deaf, typing]) socket.close();
});

test('the answer of a sender does not wait for slow or broken posts, and is the same without them', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const { socket } = await listening(member!, here);
  const off = moim.table.faults.add({
    kind: 'error500',
    operation: 'Query',
    times: 10,
    match: (body) => JSON.stringify(body).includes('CHATLISTENERS#'),
  });

  const sent = await leader!.post(`${here.room}/messages`, newMessage('told or not'));
  off();
  const next = await leader!.post(`${here.room}/messages`, newMessage('told', 1));
  await moim.settle();

  expect([outcome(sent), outcome(next)]).toEqual([201, 201]);
  // The number of the next one shows the hole.
  expect((await heard(socket, 'chat.message')).map(({ data }) => data.entry.seq)).toEqual([2]);
  socket.close();
});
