/** Rows 71, 126: each message has one number, by whichever way and however often it is sent. */
import { randomUUID } from 'node:crypto';
import { key } from '../../support/actor.ts';
import { useMoim } from '../../support/moim.ts';
import { renew } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { kick, leave } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { ask, chatting, heard, listening, newMessage, say, textsOf } from './support.ts';

const moim = useMoim();

test('a message over HTTP and one over the socket are the next numbers of one log, and both are heard by all', async () => {
  const here = await chatting(moim, 3);
  const [leader, member, other] = here.people;
  const first = await listening(member!, here);
  const second = await listening(other!, here);

  const over = await leader!.post(`${here.room}/messages`, newMessage('Chapter 3'));
  const { data } = await ask(first.socket, 'chat.send', { ...ids(here), ...newMessage('Done', 1, { replyTo: 1 }) });
  await moim.settle();

  expect([over.status, over.body.seq, data.entry.seq]).toEqual([201, 1, 2]);
  expect(over.body).toMatchObject({ state: 'SHOWN', author: { id: leader!.id }, text: 'Chapter 3', count: 1 });
  expect(data.entry).toMatchObject({ text: 'Done', replyTo: 1, count: 2, author: { nickname: member!.nickname } });
  expect(
    (await heard(second.socket, 'chat.message')).map(({ data: { entry } }) => [entry.seq, entry.text, entry.clientId]),
  ).toEqual([
    [1, 'Chapter 3', null],
    [2, 'Done', null],
  ]);
  // The socket that sent gets the reply alone.
  expect((await heard(first.socket, 'chat.message')).map(({ data: { entry } }) => entry.seq)).toEqual([1]);
  first.socket.close();
  second.socket.close();
});

const ids = ({ groupId, roomId }: { groupId: string; roomId: string }) => ({ groupId, roomId });

test('a message that is sent again, at once, later, by the other way or from another tab, is the entry that it was', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const tab = await listening(member!, here);
  const other = await listening(member!, here);
  const message = newMessage('Only once');

  const atOnce = await Promise.all([
    member!.post(`${here.room}/messages`, message),
    member!.post(`${here.room}/messages`, message, key()),
    ask(tab.socket, 'chat.send', { ...ids(here), ...message }).then(({ data }) => ({ status: 201, body: data.entry })),
  ]);
  for (let n = 0; n < 22; n++) await say(moim, leader!, here, `other ${n}`, 0);
  const later = await member!.post(`${here.room}/messages`, message);
  await moim.settle();

  expect([...atOnce, later].map(({ body }) => [body.seq, body.clientId])).toEqual(Array(4).fill([1, message.clientId]));
  expect((await itemsOf(moim, 'ChatEntry', { groupId: here.groupId })).length).toBe(23);
  // The other tab knows its own account's message by the id that the first one chose.
  expect(
    (await heard(other.socket, 'chat.message')).find(({ data }) => data.entry.seq === 1)?.data.entry.clientId,
  ).toBe(message.clientId);
  tab.socket.close();
  other.socket.close();
});

test('a repetition is told again within a minute, as the events may be lost, and no more often than messages are taken', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const { socket } = await listening(member!, here);
  const message = newMessage('again and again');
  await moim.clock.advance(10_000);

  for (let n = 0; n < 8; n++) await leader!.post(`${here.room}/messages`, message);
  const atOnce = (await heard(socket, 'chat.message')).length;
  await moim.clock.advance(61_000);
  const late = await leader!.post(`${here.room}/messages`, message);

  expect(atOnce).toBe(3);
  expect(late.body.seq).toBe(1);
  expect((await heard(socket, 'chat.message')).length).toBe(3);
  socket.close();
});

test('row 83: a repetition tells nobody again what was hidden meanwhile', async () => {
  const here = await chatting(moim, 3);
  const [author, other] = here.members;
  const { socket } = await listening(other!, here);
  const message = newMessage('rude');
  const { body } = await author!.post(`${here.room}/messages`, message);
  const subject = `message:${body.id}`;
  await other!.post(`${here.path}/reports`, { subject, reason: 'INSULT' });
  await here.leader.post(`${here.path}/reports/decisions`, { subject, decision: 'HIDE', reason: 'Rude' });
  await moim.settle();

  await moim.clock.advance(2000);
  const again = await author!.post(`${here.room}/messages`, message);

  expect(again.body).toMatchObject({ id: body.id, seq: 1 });
  expect((await heard(socket, 'chat.message', 'chat.deleted')).map(({ event }) => event)).toEqual([
    'chat.message',
    'chat.deleted',
  ]);
  socket.close();
});

test('a client id of somebody else is no key to their message', async () => {
  const here = await chatting(moim, 2);
  const message = newMessage('Mine');

  const mine = await here.leader.post(`${here.room}/messages`, message);
  const theirs = await here.members[0]!.post(`${here.room}/messages`, { ...message, text: 'Theirs' });

  expect([mine.body.seq, theirs.body.seq, theirs.body.text]).toEqual([1, 2, 'Theirs']);
});

test('a number that does not stand is refused, and nothing is written', async () => {
  const here = await chatting(moim, 1);
  await say(moim, here.leader, here, 'first');
  const { socket } = await listening(here.leader, here);
  const before = (await itemsOf(moim, 'ChatEntry')).length;
  await moim.clock.advance(1000);

  const over = await here.leader.post(`${here.room}/messages`, newMessage('x', 2));
  const by = await ask(socket, 'chat.send', { ...ids(here), ...newMessage('x', 7) });
  const join = await ask(socket, 'chat.join', { ...ids(here), after: 9 });
  const read = await here.leader.get(`${here.room}/entries?after=2`);
  const answered = await here.leader.post(`${here.room}/messages`, newMessage('x', 1, { replyTo: 2 }));

  expect([outcome(over), by.problem.code, join.problem.code, outcome(read), outcome(answered)]).toEqual(
    Array(5).fill('RESUME_FIRST'),
  );
  expect(over.status).toBe(409);
  expect((await itemsOf(moim, 'ChatEntry')).length).toBe(before);
  socket.close();
});

test('members only, at join and at send: who left or was removed is told that there is nothing', async () => {
  const here = await chatting(moim, 4);
  const [leader, gone, kicked, stays] = here.people;
  const stranger = (await chatting(moim, 1)).leader;
  const sockets = await Promise.all([gone!, kicked!, stays!].map((who) => listening(who, here)));
  await leave(gone!, here);
  await kick(leader!, here, kicked!);

  const sent = [
    await stranger.post(`${here.room}/messages`, newMessage('x')),
    await gone!.post(`${here.room}/messages`, newMessage('x')),
    await kicked!.post(`${here.room}/messages`, newMessage('x', 5)),
    await stays!.post(`${here.path}/rooms/${randomUUID()}/messages`, newMessage('x')),
  ];
  const bySocket = await ask(sockets[1]!.socket, 'chat.send', { ...ids(here), ...newMessage('x') });
  const joined = await ask(sockets[0]!.socket, 'chat.join', ids(here));
  await moim.settle();
  await say(moim, leader!, here, 'for those who stay');
  await moim.settle();

  expect(sent.map(outcome)).toEqual(Array(4).fill('NOT_FOUND'));
  expect([bySocket.problem.code, joined.problem.code]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  const counts = [];
  for (const { socket } of sockets) counts.push((await heard(socket, 'chat.message')).length);
  expect(counts).toEqual([0, 0, 1]);
  for (const { socket } of sockets) socket.close();
});

test('row 75: three messages in a second, over all sockets and ways; the fourth mutes for five seconds', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const sockets = await Promise.all([1, 2].map(() => listening(member!, here)));
  await moim.clock.advance(10_000);

  const many = await Promise.all([
    ...Array.from({ length: 4 }, () => member!.post(`${here.room}/messages`, newMessage('x'))),
    ...sockets.map(async ({ socket }) => {
      const { data, problem } = await ask(socket, 'chat.send', { ...ids(here), ...newMessage('x') });
      return { status: problem?.status ?? 201, body: problem ?? data };
    }),
  ]);
  const kept = (await itemsOf(moim, 'ChatEntry', { groupId: here.groupId })).length;
  await moim.clock.advance(4000);
  const muted = await member!.post(`${here.room}/messages`, newMessage('still'));
  const others = await leader!.post(`${here.room}/messages`, newMessage('not muted'));
  await moim.clock.advance(1001);
  const again = await member!.post(`${here.room}/messages`, newMessage('again'));

  expect(kept).toBeLessThanOrEqual(3);
  expect(tally(many as never)[201]).toBe(kept);
  expect(outcome(muted)).toBe('TOO_MANY_REQUESTS');
  expect(Number(muted.headers.get('retry-after'))).toBe(1);
  expect([outcome(others), outcome(again)]).toEqual([201, 201]);
  for (const { socket } of sockets) socket.close();
});

test('row 75: four one after another: the fourth waits five seconds', async () => {
  const here = await chatting(moim, 1);
  const answers = [];
  for (let n = 0; n < 4; n++) {
    answers.push(await here.leader.post(`${here.room}/messages`, newMessage(`${n}`, 0)));
    await moim.clock.advance(200);
  }

  expect(answers.map(outcome)).toEqual([201, 201, 201, 'TOO_MANY_REQUESTS']);
  expect(answers[3]!.headers.get('retry-after')).toBe('5');
});

test('1,000 Korean characters pass and 1,001 do not', async () => {
  const here = await chatting(moim, 1);

  const most = await here.leader.post(`${here.room}/messages`, newMessage('한'.repeat(1000)));
  const more = await here.leader.post(`${here.room}/messages`, newMessage('한'.repeat(1001)));

  expect([outcome(most), outcome(more)]).toEqual([201, 'INVALID_REQUEST']);
});

test('row 42: a challenge is written in from its first day to a day after its last; it is read always', async () => {
  const here = await chatting(moim, 1, { startDate: '2026-03-03', endDate: '2026-03-05' });
  const { leader } = here;
  const at = async (instant: string) => {
    await moim.clock.advanceTo(Date.parse(instant));
    await renew(moim, leader);
    return outcome(await leader.post(`${here.room}/messages`, newMessage(instant)));
  };

  const answers = [
    outcome(await leader.post(`${here.room}/messages`, newMessage('early'))),
    await at('2026-03-02T15:00:00Z'),
    await at('2026-03-06T14:59:59Z'),
    await at('2026-03-06T15:00:00Z'),
  ];
  const { body } = await leader.get(`${here.room}/entries`);

  expect(answers).toEqual(['ROOM_CLOSED', 201, 201, 'ROOM_CLOSED']);
  expect(textsOf(body.entries)).toHaveLength(2);
});
