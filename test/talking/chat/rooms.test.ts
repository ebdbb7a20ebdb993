/** Rows 70, 74, 78: the rooms of a group, and what becomes of them. */
import { idAt } from '../../../shared/core/ids.ts';
import { interrupted } from '../../support/between.ts';
import { useMoim } from '../../support/moim.ts';
import { nextTick, renew, tick } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { itemsOf, putAll } from '../../support/table.ts';
import { ask, chatting, heard, listening, newMessage, placeIn, say, study, textsOf } from './support.ts';

const moim = useMoim();
const day = 86_400_000;

test('every group has its main room, without anything that was made for it', async () => {
  const here = await chatting(moim, 1);

  const { body } = await here.leader.get(`${here.path}/rooms`);

  expect(body.items).toEqual([
    {
      ...{ id: here.groupId, category: null, openedAt: null, closedAt: null, writable: true, head: 0, count: 0 },
      ...{ lastAt: null, last: null, mine: { seq: 0, unread: 0 } },
    },
  ]);
  expect(await itemsOf(moim, 'ChatRoom')).toEqual([]);
});

test('a study opens three more, one of each category, also when many open at once', async () => {
  const here = await chatting(moim, 4, study);
  const open = (who: number, category: string) => here.people[who]!.post(`${here.path}/rooms`, { category });

  const race = await Promise.all([0, 1, 2, 3].map((who) => open(who, 'PLAN')));
  const more = await Promise.all(['QNA', 'REVIEW', 'ETC'].map((category, i) => open(i, category)));
  const again = await open(2, 'PLAN');
  const { body } = await here.leader.get(`${here.path}/rooms`);

  expect(race.map(outcome)).toEqual([201, 201, 201, 201]);
  expect(new Set([...race, again].map((reply) => reply.body.id)).size).toBe(1);
  expect(tally(more)).toEqual({ 201: 2, ROOM_LIMIT: 1 });
  expect(body.items).toHaveLength(4);
  expect(new Set(body.items.map(({ category }: { category: string }) => category)).size).toBe(4);
});

test('however many rooms were closed lately, the one that is open is in the list', async () => {
  const here = await chatting(moim, 1, study);
  const { groupId, leader } = here;
  const at = '2026-02-20T03:00:00.000Z';
  const closed = Array.from({ length: 620 }, (_, n) => ({
    ...{ groupId, roomId: idAt(Date.parse(at) + n, 'room'), category: 'QNA' as const, openedBy: leader.id },
    ...{ openedAt: at, closedAt: at },
  }));
  await putAll(moim, 'ChatRoom', closed);
  const { body: room } = await leader.post(`${here.path}/rooms`, { category: 'PLAN' });
  await say(moim, leader, placeIn(groupId, room.id), 'here');
  await moim.settle();
  const { body } = await leader.get(`${here.path}/rooms`);

  expect(body.items).toHaveLength(622);
  expect(body.items.at(-1)).toMatchObject({ id: room.id, writable: true, last: { text: 'here' } });
});

test('other kinds have one room; the main room cannot be closed; members cannot close', async () => {
  const challenge = await chatting(moim, 1);
  const here = await chatting(moim, 2, study);
  const { body: room } = await here.members[0]!.post(`${here.path}/rooms`, { category: 'ETC' });

  const answers = [
    await challenge.leader.post(`${challenge.path}/rooms`, { category: 'PLAN' }),
    await here.leader.post(`${here.room}/close`),
    await here.members[0]!.post(`${here.path}/rooms/${room.id}/close`),
    await here.leader.post(`${challenge.path}/rooms/${room.id}/close`),
  ];

  expect(answers.map(outcome)).toEqual(['NOT_APPLICABLE', 'NOT_APPLICABLE', 'NOT_FOUND', 'NOT_FOUND']);
});

test('nothing comes after the closing, whoever sends at the same moment; the category is free again', async () => {
  const here = await chatting(moim, 6, study);
  const { body: room } = await here.leader.post(`${here.path}/rooms`, { category: 'QNA' });
  const place = placeIn(here.groupId, room.id);
  const { socket } = await listening(here.members[0]!, place);
  await say(moim, here.leader, place, 'first');
  await moim.clock.advance(1000);

  const sending = here.members.map((who, n) => who.post(`${place.room}/messages`, newMessage(`${n}`, 1)));
  const [closed, ...sent] = await Promise.all([here.leader.post(`${place.room}/close`), ...sending]);
  const late = await here.members[0]!.post(`${place.room}/messages`, newMessage('late', 1));
  const again = await here.leader.post(`${place.room}/close`);
  const another = await here.leader.post(`${here.path}/rooms`, { category: 'QNA' });
  await moim.settle();

  const { body } = await here.leader.get(`${place.room}/entries?after=0`);
  const taken = sent.filter(({ status }) => status === 201).length;
  expect([closed!, late, again, another].map(outcome)).toEqual([204, 'ROOM_CLOSED', 204, 201]);
  expect(body.entries.map(({ seq }: { seq: number }) => seq)).toEqual(
    Array.from({ length: taken + 2 }, (_, i) => i + 1),
  );
  expect(body.entries.at(-1).kind).toBe('CLOSED');
  expect(another.body.id).not.toBe(room.id);
  expect(await heard(socket, 'room.closed')).toHaveLength(1);
  const events = socket.events.length;
  expect(
    (await ask(socket, 'chat.send', { groupId: here.groupId, roomId: room.id, ...newMessage('x', 1) })).problem.code,
  ).toBe('ROOM_CLOSED');
  expect(socket.events).toHaveLength(events);
  socket.close();
});

test('rows 73, 78: a message deleted after the closing opens no way for another: of many who are quicker, it hides no closing', async () => {
  const here = await chatting(moim, 5, study);
  const { body: room } = await here.leader.post(`${here.path}/rooms`, { category: 'QNA' });
  const place = placeIn(here.groupId, room.id);
  const [late, ...others] = here.members;
  const first = await say(moim, others[0]!, place, 'first');
  await moim.clock.advance(1000);

  const quicker = async () => {
    for (const who of others) await who.post(`${place.room}/messages`, newMessage('quicker', 1));
    await here.leader.post(`${place.room}/close`);
    await others[0]!.delete(`${place.room}/messages/${first.id}`);
  };
  // The first write is that of the pace.
  const send = () => late!.post(`${place.room}/messages`, newMessage('late', 1));
  const sent = await interrupted(moim, quicker, send, 2);
  await moim.settle();

  expect(outcome(sent)).toBe('ROOM_CLOSED');
  const { entries } = (await late!.get(`${place.room}/entries?after=1`)).body;
  const kinds = entries.map(({ kind }: { kind: string }) => kind);
  expect(kinds).toEqual(['MESSAGE', 'MESSAGE', 'MESSAGE', 'CLOSED', 'DELETED']);
});

test('row 74: a closed room is deleted thirty days later, and the others stay', async () => {
  const here = await chatting(moim, 1, { ...study, endDate: '2026-06-30' });
  const { body: room } = await here.leader.post(`${here.path}/rooms`, { category: 'PLAN' });
  const place = placeIn(here.groupId, room.id);
  await say(moim, here.leader, place, 'in the room');
  await say(moim, here.leader, here, 'in the main room');
  await here.leader.post(`${place.room}/close`);
  await moim.settle();
  const closedAt = moim.clock.now();
  const left = async () => (await itemsOf(moim, 'ChatEntry', { groupId: here.groupId })).length;

  await moim.clock.advanceTo(closedAt + 30 * day - 60_000);
  await nextTick(moim);
  const before = await left();
  await moim.clock.advanceTo(closedAt + 30 * day);
  await nextTick(moim);
  await tick(moim);
  await renew(moim, here.leader);

  expect(before).toBe(3);
  expect(await left()).toBe(1);
  expect(await itemsOf(moim, 'ChatRoom', { groupId: here.groupId })).toEqual([]);
  expect(outcome(await here.leader.get(`${place.room}/entries`))).toBe('NOT_FOUND');
});

test('row 74: thirty days after the end of a group its rooms are emptied; numbers go on if it is opened again', async () => {
  const here = await chatting(moim, 1, { ...study, startDate: '2026-04-10', endDate: '2026-12-31' });
  const { leader } = here;
  await say(moim, leader, here, 'one');
  await say(moim, leader, here, 'two', 1);
  const status = (to: string) => leader.put(`${here.path}/status`, { status: to });
  await status('COMPLETED');
  await moim.settle();
  const send = async (text: string, after: number) => {
    await renew(moim, leader);
    return leader.post(`${here.room}/messages`, newMessage(text, after));
  };
  const days = async (count: number) => {
    await moim.clock.advance(count * day);
    await nextTick(moim);
    await tick(moim);
    await moim.settle();
  };

  await days(29);
  const meanwhile = await send('three', 2);
  await days(2);
  const late = await send('four', 3);
  const entries = (await leader.get(`${here.room}/entries?after=0`)).body.entries;
  const reopened = await status('IN_PROGRESS');
  const known = await send('five', 3);
  const anew = await send('five', 0);

  expect([meanwhile, late].map(outcome)).toEqual([201, 'ROOM_CLOSED']);
  expect(textsOf(entries)).toEqual(['4 EMPTIED']);
  expect(reopened.status).toBe(200);
  expect([outcome(known), anew.body.seq]).toEqual(['RESUME_FIRST', 5]);
});
