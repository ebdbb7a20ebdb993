/** The acceptance list of chat rooms, each point as somebody outside sees it: by HTTP, the socket, and the door for clock and power. */
import { randomUUID } from 'node:crypto';
import { type Listener, listen } from '../support/listener.ts';
import { founded, said, useOutside, type Visitor } from './outside.ts';
import { until } from './until.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test names the fields it expects, and fails where they are not
type Json = any;

const moim = useOutside();
/** Those who write at once, and how often each: fifty, twenty times, by night. */
const writers = Number(process.env.CHAT_WRITERS ?? 8);
const messagesEach = process.env.CHAT_WRITERS ? 20 : 8;
let people: Visitor[];
beforeAll(async () => {
  people = await moim.crowd(Math.max(8, writers));
});
const sockets: Listener[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

interface Room {
  readonly groupId: string;
  readonly roomId: string;
  /** The paths of the group and of the room. */
  readonly path: string;
  readonly room: string;
}
const roomOf = (groupId: string, roomId = groupId): Room => ({
  ...{ groupId, roomId, path: `/v1/groups/${groupId}`, room: `/v1/groups/${groupId}/rooms/${roomId}` },
});
const ids = ({ groupId, roomId }: Room) => ({ groupId, roomId });

/** A group whose main room some people are in: its leader first. */
async function chatting(size: number) {
  const [leader, ...others] = people.slice(0, size) as [Visitor, ...Visitor[]];
  const { id } = await founded(moim, leader, others, { kind: 'STUDY', capacity: 50, joinPolicy: 'INSTANT' });
  await moim.settled();
  // Nobody is muted for what the test before has sent.
  await seconds(10);
  return { ...roomOf(id), leader, members: others };
}

async function online(who: Visitor): Promise<Listener> {
  const socket = await listen((await who.post('/v1/socket-tickets')).body.url);
  sockets.push(socket);
  return socket;
}
const ask = (socket: Listener, action: string, data: object): Promise<Json> => socket.ask({ id: 1, action, data });
async function listening(who: Visitor, room: Room, after?: number): Promise<{ socket: Listener; joined: Json }> {
  const socket = await online(who);
  const { data } = await ask(socket, 'chat.join', { ...ids(room), ...(after === undefined ? {} : { after }) });
  return { socket, joined: data };
}
/** Events of a name that a socket has had until now. */
async function heard(socket: Listener, name: string): Promise<Json[]> {
  await ask(socket, 'ping', {});
  return socket.events.filter(({ event }) => event === name).map(({ data }) => data);
}
const message = (text: string, after = 0) => ({ clientId: randomUUID(), after, text });
const say = (who: Visitor, { room }: Room, text: string, after = 0) =>
  who.post(`${room}/messages`, message(text, after));
const aSecond = () => moim.ask('PUT /clock', { by: 'PT2S' });
const seconds = (n: number) => moim.ask('PUT /clock', { by: `PT${n}S` });

/** A room's whole log. */
async function log(who: Visitor, { room }: Room, after = 0): Promise<Json[]> {
  const { body } = await who.get(`${room}/entries?after=${after}`);
  return [...body.entries, ...(body.more ? await log(who, roomAt(room), body.entries.at(-1).seq) : [])];
}
const roomAt = (room: string) => ({ room }) as Room;

/** Sends until it is answered, as the document of the socket tells a client: first over a socket that is cut, then over HTTP. */
async function insist(who: Visitor, room: Room, text: string, known: number, cut: boolean): Promise<void> {
  let next = message(text, known);
  if (cut) {
    const { socket } = await listening(who, room, known);
    void socket.ask({ id: 1, action: 'chat.send', data: { ...ids(room), ...next } });
    socket.close();
  }
  for (let tries = 1; tries < 30; tries++) {
    const sent = await who.post(`${room.room}/messages`, next);
    if (sent.status === 201) return;
    if (said(sent) === 'RESUME_FIRST') {
      const since = await log(who, room, next.after);
      if (since.some(({ clientId }) => clientId === next.clientId)) return;
      next = { ...next, after: since.at(-1)?.seq ?? next.after };
    } else await seconds(sent.status === 429 ? 6 : 1);
  }
  throw new Error(`${text} was never answered`);
}

test('1: many write at once, with cut sockets and retries over both ways: one log, the same to all, nothing twice', async () => {
  const here = await chatting(writers);
  const everybody = [here.leader, ...here.members];
  for (let round = 0; round < messagesEach; round++) {
    await Promise.all(everybody.map((who, n) => insist(who, here, `${n} says ${round}`, 0, (n + round) % 3 === 0)));
    await aSecond();
  }
  const logs = await Promise.all(everybody.map((who) => log(who, here)));
  const seen = logs.map((entries) => entries.map(({ seq, text }) => `${seq} ${text}`));
  const numbers = logs[0]!.map(({ seq }) => seq);

  expect(numbers).toEqual(Array.from({ length: writers * messagesEach }, (_, n) => n + 1));
  expect(new Set(logs[0]!.map(({ text }) => text)).size).toBe(numbers.length);
  for (const each of seen) expect(each).toEqual(seen[0]);
  const own = logs.map((entries) => new Set(entries.map(({ clientId }) => clientId).filter(Boolean)).size);
  expect(own).toEqual(Array(writers).fill(messagesEach));
}, 600_000);

test('2: the power goes between the entry and its events: others find it by the head, its sender by a retry', async () => {
  const here = await chatting(2);
  const [other] = here.members as [Visitor];
  const first = await say(here.leader, here, 'Before');
  await aSecond();
  const { socket } = await listening(here.leader, here, 1);
  await moim.ask('POST /power', { entity: 'ChatEntry', operation: 'PutItem', when: 'after' });
  const lost = message('Lost', 1);
  void socket.ask({ id: 1, action: 'chat.send', data: { ...ids(here), ...lost } });
  await moim.ends();
  await moim.restart();
  await moim.settled();
  const back = await online(other);
  const { data } = await ask(back, 'chat.heads', { rooms: [ids(here)] });
  const again = await here.leader.post(`${here.room}/messages`, lost);
  const { joined } = await listening(other, here, first.body.seq);

  expect(data.rooms).toEqual([{ roomId: here.roomId, head: 2, unread: 2 }]);
  expect([again.status, again.body.seq, again.body.clientId]).toEqual([201, 2, lost.clientId]);
  expect(joined.entries.map(({ seq, text }: Json) => [seq, text])).toEqual([[2, 'Lost']]);
});

test('3: a reconnect with `after` gives exactly what was missed, also what was deleted meanwhile', async () => {
  const here = await chatting(2);
  const [reader] = here.members as [Visitor];
  await say(here.leader, here, 'one');
  const { socket } = await listening(reader, here);
  await aSecond();
  await say(here.leader, here, 'two', 1);
  socket.close();
  const missed = await say(here.leader, here, 'three', 2);
  await here.leader.delete(`${here.room}/messages/${missed.body.id}`);
  await aSecond();
  await say(here.leader, here, 'four', 4);
  const { joined } = await listening(reader, here, 2);

  expect(joined).toMatchObject({ head: 5, more: false });
  expect(joined.entries.map(({ seq, kind, state, text, target }: Json) => [seq, kind, state, text, target])).toEqual([
    [3, 'MESSAGE', 'DELETED', null, null],
    [4, 'DELETED', null, null, 3],
    [5, 'MESSAGE', 'SHOWN', 'four', null],
  ]);
});

test('4: the fourth message within a second waits five seconds, also from five sockets at once', async () => {
  const here = await chatting(2);
  const [member] = here.members as [Visitor];
  const five = await Promise.all([1, 2, 3, 4, 5].map(() => listening(member, here)));
  /** On a busy machine four messages may take more than the second: then it is tried again. */
  const hurried = async (send: () => Promise<Json[]>): Promise<Json[]> => {
    for (let tries = 1; ; tries++) {
      await seconds(10);
      const began = Date.now();
      const answers = await send();
      if (Date.now() - began < 900 || tries === 30) return answers;
    }
  };
  const byHttp = await hurried(() => Promise.all([0, 1, 2, 3].map((n) => say(member, here, `${n}`))));
  const bySockets = await hurried(() =>
    Promise.all(five.map(({ socket }) => ask(socket, 'chat.send', { ...ids(here), ...message('x') }))),
  );
  await seconds(6);

  expect(byHttp.map(said).sort()).toEqual([201, 201, 201, 'TOO_MANY_REQUESTS']);
  expect(byHttp.flatMap(({ headers }) => headers.get('retry-after') ?? [])).toEqual(['5']);
  expect(bySockets.filter(({ ok }) => ok).length).toBeLessThanOrEqual(3);
  const refused = bySockets.filter(({ ok }) => !ok);
  // Whole seconds: the one that came first may be told by the pause of one that came a moment later.
  for (const { problem } of refused) {
    expect(problem.code).toBe('TOO_MANY_REQUESTS');
    expect([5, 6]).toContain(problem.retryAfter);
  }
  expect(said(await say(member, here, 'again'))).toBe(201);
});

test('5, 12: of a study’s room opened twice at once there is one; a fourth is too many; what races with its closing comes before it', async () => {
  const here = await chatting(8);
  const [a] = here.members as [Visitor];
  const open = (who: Visitor, category: string) => who.post(`${here.path}/rooms`, { category });
  const twice = await Promise.all([open(here.leader, 'PLAN'), open(a, 'PLAN')]);
  const others = [await open(a, 'QNA'), await open(a, 'REVIEW'), await open(a, 'ETC'), await open(a, 'PLAN')];
  const plan = roomOf(here.groupId, twice[0]!.body.id);
  const everybody = [here.leader, ...here.members];
  const send = (who: Visitor, n: number) => [0, 1, 2].slice(n < 4 ? 0 : 1).map((m) => say(who, plan, `${n} ${m}`));
  const before = everybody.slice(0, 4).flatMap(send);
  const closing = here.leader.post(`${plan.room}/close`);
  const sent = await Promise.all([...before, ...everybody.slice(4).flatMap((who) => send(who, 4))]);
  const closed = await closing;
  const entries = await log(a, plan);

  expect(new Set(twice.map(({ body }) => body.id)).size).toBe(1);
  expect(others.map(said)).toEqual([201, 201, 'ROOM_LIMIT', 201]);
  expect(others[3]!.body.id).toBe(plan.roomId);
  expect([closed.status, sent.length]).toEqual([204, 20]);
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, n) => n + 1));
  expect(entries.at(-1).kind).toBe('CLOSED');
  expect(sent.filter(({ status }) => status === 201)).toHaveLength(entries.length - 1);
  expect(new Set(sent.map(said))).not.toContain(500);
  expect(said(await say(a, plan, 'late', entries.length))).toBe('ROOM_CLOSED');
});

test('6: strangers, those who left and those who were removed hear that there is nothing, and then nothing', async () => {
  const here = await chatting(4);
  const [left, removed, stays] = here.members as [Visitor, Visitor, Visitor];
  const stranger = people[5]!;
  const listeners = await Promise.all([left, removed, stays].map((who) => listening(who, here)));
  expect(said(await left.delete(`${here.path}/members/me`))).toBe(204);
  expect((await here.leader.post(`${here.path}/members/${removed.id}/kick`, { reason: 'Spam' })).status).toBeLessThan(
    300,
  );
  await moim.settled();
  const came = [];
  for (const who of [stranger, left, removed]) {
    came.push(said(await say(who, here, 'x')), said(await who.get(`${here.room}/entries`)));
    came.push((await ask(await online(who), 'chat.join', ids(here))).problem.code);
  }
  await say(here.leader, here, 'For those who stay');
  await seconds(2);
  await moim.settled();
  const events = await Promise.all(listeners.map(({ socket }) => heard(socket, 'chat.message')));

  expect(came).toEqual(Array(9).fill('NOT_FOUND'));
  expect(events.map(({ length }) => length)).toEqual([0, 0, 1]);
});

test('7, 8: a deletion makes nothing unread; what is read on the phone is read on the laptop; a blocked message keeps its number', async () => {
  const here = await chatting(3);
  const [reader, blocker] = here.members as [Visitor, Visitor];
  await blocker.put(`/v1/accounts/me/blocks/${here.leader.id}`);
  const phone = await listening(reader, here);
  const laptop = await listening(reader, here);
  const sent = [
    await say(here.leader, here, 'a'),
    await say(here.leader, here, 'b', 1),
    await say(here.leader, here, 'c', 2),
  ];
  await moim.settled();
  const unread = async () => (await reader.get(`${here.path}/rooms`)).body.items[0].mine.unread;
  const before = await unread();
  await here.leader.delete(`${here.room}/messages/${sent[1]!.body.id}`);
  await moim.settled();
  const afterDeletion = await unread();
  await ask(phone.socket, 'chat.read', { ...ids(here), seq: 4 });
  const onLaptop = await until(
    () => heard(laptop.socket, 'chat.read'),
    ({ length }) => length > 0,
  );
  const stubs = await log(blocker, here);
  await blocker.delete(`/v1/accounts/me/blocks/${here.leader.id}`);

  expect([before, afterDeletion, await unread()]).toEqual([3, 3, 0]);
  expect(onLaptop).toMatchObject([{ accountId: reader.id, seq: 4 }]);
  expect(stubs.map(({ seq, state, author, text }) => [seq, state, author, text])).toEqual([
    [1, 'BLOCKED', null, null],
    [2, 'DELETED', null, null],
    [3, 'BLOCKED', null, null],
    [4, null, null, null],
  ]);
});

test('9: everybody who listens hears a message once, at six requests to the table, as its line in the log says', async () => {
  const here = await chatting(8);
  const listeners = await Promise.all(
    [here.leader, ...here.members].flatMap((who) => [1, 2, 3].map(() => listening(who, here))),
  );
  await seconds(10);
  const before = moim.output().length;
  await ask(listeners[0]!.socket, 'chat.send', { ...ids(here), ...message('To all') });
  await moim.settled();
  const events = await Promise.all(listeners.map(({ socket }) => heard(socket, 'chat.message')));
  const line = moim
    .output()
    .slice(before)
    .split('\n')
    .findLast((each) => each.includes('chat.send'));

  // The socket that sent it has the reply.
  expect(events.map(({ length }) => length)).toEqual([0, ...Array(listeners.length - 1).fill(1)]);
  expect(Number(/(\d+) table requests/.exec(line ?? '')?.[1])).toBe(6);
});

test('13: a thousand Korean characters pass, one more does not; an entry of another room is not there', async () => {
  const here = await chatting(2);
  const there = await chatting(2);
  const [long, longer] = [
    await say(here.leader, here, '가'.repeat(1000)),
    await say(here.leader, here, '가'.repeat(1001)),
  ];
  const foreign = await here.leader.delete(`${there.room}/messages/${long.body.id}`);

  expect([long.status, long.body.text.length]).toEqual([201, 1000]);
  expect(said(longer)).toBe('INVALID_REQUEST');
  expect(said(foreign)).toBe('NOT_FOUND');
  expect((await log(here.leader, here)).map(({ state }) => state)).toEqual(['SHOWN']);
});
