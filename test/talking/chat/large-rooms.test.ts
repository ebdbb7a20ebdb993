/** Point of large rooms: a message costs the same requests whoever listens, each socket hears it once, and nothing storms. */

import { partOf } from '../../../functions/talking/chat/rules.ts';
import { limits } from '../../../shared/product/limits.ts';
import { useMoim } from '../../support/moim.ts';
import { costOf } from '../../support/replies.ts';
import { itemsOf, put } from '../../support/table.ts';
import { ask, chatting, heard, listening, newMessage } from './support.ts';

const moim = useMoim();
/** Real sockets. `npm run nightly` opens 500: as many as a room may have people with one each. */
const size = Number(process.env.ROOM_SOCKETS ?? limits.chat.shown + 2);
const ids = ({ groupId, roomId }: { groupId: string; roomId: string }) => ({ groupId, roomId });

test('a room with many sockets: one event each, six requests, no event of who comes and goes', async () => {
  const most = limits.socket.open;
  const here = await chatting(moim, Math.ceil(size / most), { capacity: 50 });
  const [leader, ...others] = here.people;
  const sockets: Awaited<ReturnType<typeof listening>>[] = [];
  const owners = [...others, leader!];
  for (let n = 0; n < size; n++) sockets.push(await listening(owners[Math.floor(n / most)]!, here));
  const sender = sockets[0]!.socket;
  const crowd = await heard(sockets.at(-1)!.socket, 'room.members');
  await moim.clock.advance(10_000);

  const { data } = await ask(sender, 'chat.send', { ...ids(here), ...newMessage('to all') });
  await moim.settle();
  const sent = costOf(moim, 'chat.send');
  const events = [];
  for (const { socket } of sockets) events.push((await heard(socket, 'chat.message')).length);

  expect(data.entry.seq).toBe(1);
  expect(events).toEqual([0, ...Array(sockets.length - 1).fill(1)]);
  expect(sent.requests).toBe(6);
  expect(sent.roundTrips).toBe(4);
  expect(sent.writeUnits).toBe(2);
  expect(sockets.at(-1)!.joined).toMatchObject({ listening: sockets.length, accountIds: null });
  expect(crowd).toEqual([]);
  for (const { socket } of sockets) socket.close();
});

test('500 who listen are eight items that one request reads; those who are gone are forgotten in eight writes', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const { socket } = await listening(member!, here);
  const ghosts = Array.from({ length: 500 }, (_, n) => `ghost${n}=`);
  const until = Math.floor(moim.clock.now() / 1000) + 7000;
  const own = await itemsOf(moim, 'ChatListeners', { groupId: here.groupId });
  for (let part = 0; part < limits.chat.listenerParts; part++) {
    const place = `${here.roomId}.${part}`;
    const there = ghosts
      .filter((each) => partOf(each) === String(part))
      .map((each) => [`on ${each}`, `${member!.id} ${until}`]);
    const before = own.find((item) => item.place === place) ?? {};
    await put(moim, 'ChatListeners', {
      ...before,
      ...Object.fromEntries(there),
      groupId: here.groupId,
      place,
      expiresAt: until,
    });
  }

  await leader!.post(`${here.room}/messages`, newMessage('to ghosts'));
  const first = costOf(moim, 'sendMessage');
  await moim.clock.advance(1000);
  await leader!.post(`${here.room}/messages`, newMessage('to one', 1));
  const second = costOf(moim, 'sendMessage');

  expect([first.requests, second.requests]).toEqual([6 + limits.chat.listenerParts, 6]);
  // Eight parts of about 5 KB, at a unit for 4 KB, and what every message reads.
  expect(first.readUnits).toBeLessThan(20);
  expect((await heard(socket, 'chat.message')).map(({ data }) => data.entry.seq)).toEqual([1, 2]);
  socket.close();
});

test('what each use case costs at the table', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const cost = (route: string) => Object.values(costOf(moim, route));
  const { socket } = await listening(member!, here);
  // Who may listen, and who does; the socket and its part of the room; then the log, the listeners, the membership once more.
  expect(cost('chat.join')).toEqual([9, 4, 11.5, 2]);
  await leader!.post(`${here.room}/messages`, newMessage('hello'));
  // Session, authority, group, membership, pace and account; the log; then the listeners and who has blocked the sender.
  expect(cost('sendMessage')).toEqual([6, 4, 8.5, 2]);
  await ask(socket, 'chat.join', { ...ids(here), after: 1 });
  await member!.put(`${here.room}/read-mark`, { seq: 1 });
  expect(cost('markRead')).toEqual([4, 3, 6.5, 1]);
  await moim.settle();
  await member!.get(`${here.path}/rooms`);
  // Beside the membership, what the reader has reported; and whom they have blocked: a last line is as an entry.
  expect(cost('listRooms')).toEqual([4, 1, 7.5, 0]);
  await member!.get(`${here.room}/entries`);
  expect(cost('listEntries')).toEqual([4, 1, 8, 0]);
  // What a page answers: one request beside the others and a unit for each, however many.
  await member!.get(`${here.room}/entries?seqs=1`);
  expect(cost('listEntries')).toEqual([4, 1, 8, 0]);
  await member!.get(`${here.room}/entries?seqs=${Array.from({ length: 50 }, (_, n) => n + 1)}`);
  expect(cost('listEntries')).toEqual([4, 1, 57, 0]);
  await ask(socket, 'chat.heads', { rooms: [ids(here)] });
  expect(cost('chat.heads')).toEqual([1, 1, 5, 0]);
  const { body } = await member!.get(`${here.room}/entries`);
  await leader!.delete(`${here.room}/messages/${body.entries[0].id}`);
  expect(cost('deleteMessage')).toEqual([5, 3, 8.5, 6]);
  socket.close();
});
