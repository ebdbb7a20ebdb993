/** Row 147: devices hear of a chat room once in ten minutes, with a count; one look for each room, whatever is written. */
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd, renew, someone } from '../../support/people.ts';
import { type PushServices, startPushServices } from '../../support/push-services.ts';
import { found } from '../../support/scene.ts';
import { itemsOf, streamOf } from '../../support/table.ts';
import { minutes, reachable } from '../notifications/reachable.ts';
import { listening, newMessage, placeIn } from './support.ts';

const moim = useMoim();
let services: PushServices;
beforeAll(async () => {
  services = await startPushServices(moim);
});
afterAll(() => services.close());

/** A room with somebody who writes, and people with devices. */
async function room(title: string, readers: number) {
  const writer = await someone(moim, `writer of ${title}`);
  const people = await Promise.all(Array.from({ length: readers }, () => reachable(moim, services)));
  const { groupId } = await found(writer, { title, capacity: 50 }, ...people.map(({ person }) => person));
  await moim.settle();
  for (const each of people) each.messages();
  const place = placeIn(groupId);
  const all = [writer, ...people.map(({ person }) => person)];
  let last = 0;
  const say = async (who: Person, more: object = {}) => {
    await moim.clock.advance(1000);
    const { status, body } = await who.post(`${place.room}/messages`, newMessage('hello', last, more));
    if (status !== 201) throw new Error(JSON.stringify(body));
    last = body.seq;
    await moim.settle();
    return body.seq as number;
  };
  const read = (who: Person, seq: number) => who.send('PUT', `${place.room}/read-mark`, { body: { seq } });
  const pass = (count = 11) => minutes(moim, count, ...all);
  const volume = (who: Person, body: object) => who.send('PATCH', `${place.path}/volume`, { body });
  return { writer, people, place, say, read, pass, volume };
}

test('row 147: one message with the number of new ones, to whom is not there, by volume; then none until they look', async () => {
  const { writer, people, place, say, read, pass, volume } = await room('Chat', 6);
  const [plain, there, replied, off, blocking, reading] = people as [
    ...[(typeof people)[0], (typeof people)[0], (typeof people)[0]],
    ...[(typeof people)[0], (typeof people)[0], (typeof people)[0]],
  ];
  const { socket } = await listening(there.person, place);
  await volume(replied.person, { volume: 'MENTIONS' });
  await volume(off.person, { volume: 'NOTHING' });
  await blocking.person.send('PUT', `/v1/accounts/me/blocks/${writer.id}`);
  const own = await say(replied.person);
  await say(writer, { silent: true });
  for (let n = 0; n < 3; n++) await say(writer);
  await say(writer, { replyTo: own });
  await read(reading.person, 6);
  await pass(9);
  expect(people.flatMap(({ messages }) => messages())).toEqual([]);
  await pass(2);

  expect(people.map(({ texts }) => texts())).toEqual([
    ['5 new messages in Chat.'],
    [],
    ['writer of Chat replied to you in Chat.'],
    [],
    [`${replied.person.nickname} wrote in Chat.`],
    [],
  ]);
  const { body } = await plain.person.get(`${place.path}/rooms`);
  expect(body.items[0].mine.unread).toBe(6);
  expect(
    (await plain.person.get('/v1/notifications')).body.items.filter(({ type }: { type: string }) => /CHAT/.test(type)),
  ).toEqual([]);

  // Not looked at since: more is not pushed again. Whoever has looked is told again, and an answer always comes. A socket is
  // closed after ten silent minutes: nobody is there any more.
  await say(writer);
  await say(writer, { replyTo: own });
  await read(blocking.person, 6);
  await pass();
  expect(people.map(({ texts }) => texts())).toEqual([
    [],
    ['2 new messages in Chat.'],
    ['writer of Chat replied to you in Chat.'],
    [],
    [],
    ['2 new messages in Chat.'],
  ]);
  await read(plain.person, 8);
  await say(writer);
  await pass();
  expect(plain.messages().map(({ notification, data }) => [notification.body, data.screen, data.roomId])).toEqual([
    ['writer of Chat wrote in Chat.', 'room', place.roomId],
  ]);
  socket.close();
});

test('row 147: repeated deliveries and runs push nothing more; what comes during a pause is not told after it', async () => {
  const { writer, people, place, say, read, pass, volume } = await room('Again', 2);
  const [reader, paused] = people as [(typeof people)[0], (typeof people)[0]];
  await volume(paused.person, { snooze: { for: 'HOUR' } });
  await say(writer);
  await say(writer);
  const records = streamOf(moim).filter(
    ({ dynamodb }) => dynamodb?.NewImage?.type?.S === 'ChatEntry' && dynamodb.NewImage.groupId?.S === place.groupId,
  );
  const again = async () => {
    await moim.invoke('live-stream', { Records: records });
    await moim.settle();
  };
  await again();
  await pass();
  expect(people.map(({ texts }) => texts())).toEqual([['2 new messages in Again.'], []]);
  await again();
  await pass();
  expect(await itemsOf(moim, 'Due', { kind: 'pushRoom', subject: `${place.groupId}:${place.roomId}` })).toEqual([]);
  await read(reader.person, 2);
  await pass(30);
  // A minute before the pause ends; the look comes after it.
  await moim.clock.advanceTo(Date.parse((await paused.person.get(`${place.path}/volume`)).body.quietUntil) - 60_000);
  await renew(moim, writer, ...people.map(({ person }) => person));
  await say(writer);
  await moim.clock.advance(60_000);
  await say(writer);
  await pass();
  expect(people.map(({ texts }) => texts())).toEqual([
    ['2 new messages in Again.'],
    ['writer of Again wrote in Again.'],
  ]);
});

test('row 147: a message writes nothing for a member; of a hundred and ten, the run asks in a few requests', async () => {
  const { writer, people, place, say, pass } = await room('Large', 1);
  for (const each of await crowd(moim, 8)) await each.post(`${place.path}/members`);
  await moim.settle();
  const line = moim.logs.length;
  for (let n = 0; n < 10; n++) await say(writer);
  const dues = await itemsOf(moim, 'Due', { kind: 'pushRoom', subject: `${place.groupId}:${place.roomId}` });
  const marks = await itemsOf(moim, 'ChatMark', { groupId: place.groupId });
  const spent = moim.logs
    .slice(line)
    .filter(({ functionId }) => functionId === 'live-stream')
    .map((entry) => JSON.parse(entry.line))
    .filter(({ message }) => message === 'consumed')
    .reduce((sum, { writeUnits }) => sum + writeUnits, 0);
  expect([dues.length, marks.length]).toEqual([1, 0]);
  // One for the head of the room with each message, and four once, to arrange the look.
  expect(spent).toBe(14);
  await pass();
  expect(people[0]!.texts()).toEqual(['10 new messages in Large.']);
  const [mark] = await itemsOf(moim, 'ChatMark', { groupId: place.groupId });
  expect(mark[`told ${place.roomId}`]).toBe(10);
});
