/** Row 126: what the client's room sends gets there once, whatever happens to sockets, answers, tabs and devices. */
import type { WaitingMessage } from '../../../client/room-outbox.ts';
import { entryAfter } from '../../../functions/talking/chat/store.ts';
import { useMoim } from '../../support/moim.ts';
import { kick } from '../../support/scene.ts';
import { itemsOf, putAll } from '../../support/table.ts';
import { device, inTime, memory, until } from './devices.ts';
import { chatting, newMessage, placeIn, say, study, uploadTo } from './support.ts';

const moim = useMoim();
const inLog = async (groupId: string) =>
  (await itemsOf(moim, 'ChatEntry', { groupId })).map(({ text, kind }) => text ?? kind);

test('lost replies: twice over the socket, then over HTTP, with one id and one number for all tries', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const phone = await device(moim, leader!, here);
  const other = await device(moim, member!, here);
  phone.wire.loses = ({ data, id }) => id !== undefined && data?.entry !== undefined;

  phone.room.send('only once');
  phone.room.send('and then this');
  await until(other.room, ({ head }) => head === 1);
  const sending = phone.room.get();
  await moim.clock.advance(5000);
  await moim.settle();
  await moim.clock.advance(5000);
  await until(phone.room, ({ entries }) => entries.length === 1);
  phone.wire.loses = () => false;
  await moim.clock.advance(5000);
  const done = await until(phone.room, ({ entries, waiting }) => entries.length === 2 && waiting.length === 0);
  const tries = phone.wire.sent.filter(({ action, data }) => action === 'chat.send' && data.text === 'only once');

  expect([sending.waiting.map(({ text, state }) => `${text} ${state}`), sending.entries]).toEqual([
    ['only once SENDING', 'and then this SENDING'],
    [],
  ]);
  expect(tries).toHaveLength(2);
  expect(new Set(tries.map(({ data }) => `${data.clientId} ${data.after}`)).size).toBe(1);
  expect(phone.wire.requests.filter((path) => path.startsWith('POST') && path.endsWith('/messages'))).toHaveLength(1);
  expect(await inLog(here.groupId)).toEqual(['only once', 'and then this']);
  expect(done.entries.map(({ text }) => text)).toEqual(['only once', 'and then this']);
  phone.close();
  other.close();
});

test('written without a network: kept, shown, sent once and in order when it is back, also by two tabs at once', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const store = memory();
  const first = await device(moim, member!, here, { store });
  first.wire.isDown = true;
  await first.wire.cut();
  for (const text of ['one', 'two', 'taken back']) first.room.send(text);
  await inTime(moim, first.room, ({ waiting }) => waiting[0]?.state === 'WAITING');
  first.room.discard(first.room.get().waiting[2]!.clientId);
  const waiting = first.room.get().waiting.map(({ text }) => text);
  first.close();
  await say(moim, leader!, here, 'meanwhile');
  await moim.clock.advance(10_000);

  // The app starts again, in two tabs.
  const tabs = await Promise.all([1, 2].map(() => device(moim, member!, here, { store })));
  for (const { room } of tabs) await inTime(moim, room, ({ entries }) => entries.length === 3);
  await moim.settle();
  const sent = await inLog(here.groupId);
  // One more whose answer never came, though it was carried out: the page was closed.
  const [tab] = tabs;
  tab!.wire.loses = ({ data, id }) => id !== undefined && data?.entry !== undefined;
  tab!.room.send('closed at once');
  await inTime(moim, tabs[1]!.room, ({ entries }) => entries.length === 4);
  const unanswered = [...store.kept.values()].map(({ text, after }) => [text, after]);
  for (const each of tabs) each.close();
  const last = await device(moim, member!, here, { store });
  await inTime(moim, last.room, ({ waiting: left }) => left.length === 0);

  expect(waiting).toEqual(['one', 'two']);
  expect(sent).toEqual(['meanwhile', 'one', 'two']);
  expect(unanswered).toEqual([['closed at once', 3]]);
  expect([await inLog(here.groupId), store.kept.size]).toEqual([['meanwhile', 'one', 'two', 'closed at once'], 0]);
  last.close();
});

test('far behind, the room is read on: an own message that is there is done, another one is sent from the end', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const store = memory();
  const [there, lost] = [newMessage('it got there'), newMessage('it did not')];
  const said = { kind: 'MESSAGE', accountId: leader!.id, at: '2026-03-02T03:00:00.000Z', text: 'other' } as const;
  const entries = Array.from({ length: 520 }, (_, n) =>
    entryAfter(here, n + 1, undefined, {
      ...said,
      ...(n === 2 ? { accountId: member!.id, clientId: there.clientId, text: there.text } : {}),
    }),
  );
  await putAll(moim, 'ChatEntry', entries);
  const place = { groupId: here.groupId, roomId: here.roomId };
  for (const message of [there, lost])
    await store.put({ ...place, ...message, after: 1, at: moim.clock.now(), state: 'SENDING' });

  const phone = await device(moim, member!, here, { store });
  const done = await inTime(moim, phone.room, ({ waiting, head }) => waiting.length === 0 && head === 521);

  expect(done.entries.at(-1)).toMatchObject({ seq: 521, text: 'it did not', clientId: lost.clientId });
  expect((await inLog(here.groupId)).filter((text) => text === 'it got there')).toHaveLength(1);
  expect(store.kept.size).toBe(0);
  phone.close();
});

test('row 75: who writes quickly is slowed and not muted; who is muted on another device hears until when, and it is sent then', async () => {
  const here = await chatting(moim, 1);
  const phone = await device(moim, here.leader, here);
  await moim.clock.advance(10_000);
  for (const text of ['1', '2', '3', '4']) phone.room.send(text);
  await until(phone.room, ({ entries }) => entries.length === 3);
  const slowed = phone.room.get().waiting.map(({ text, state }) => `${text} ${state}`);
  await inTime(moim, phone.room, ({ entries }) => entries.length === 4);

  await moim.clock.advance(10_000);
  for (let n = 0; n < 4; n++) await here.leader.post(`${here.room}/messages`, newMessage(`laptop ${n}`, 4));
  phone.room.send('me too');
  const muted = await until(phone.room, ({ waiting }) => waiting[0]?.state === 'MUTED');
  const wait = muted.waiting[0]!.until! - moim.clock.now();
  await inTime(moim, phone.room, ({ waiting }) => waiting.length === 0);

  expect(slowed).toEqual(['4 SENDING']);
  expect(wait).toBe(5000);
  expect(await inLog(here.groupId)).toEqual(['1', '2', '3', '4', 'laptop 0', 'laptop 1', 'laptop 2', 'me too']);
  phone.close();
});

test('what is refused stays with its reason until the person decides; what is no message cannot be answered', async () => {
  const here = await chatting(moim, 2, study);
  const { body } = await here.leader.post(`${here.path}/rooms`, { category: 'QNA' });
  const qna = placeIn(here.groupId, body.id);
  const phone = await device(moim, here.members[0]!, qna);
  const { id } = await say(moim, here.leader, qna, 'a slip');
  await here.leader.delete(`${qna.room}/messages/${id}`);
  await until(phone.room, ({ head }) => head === 2);

  phone.room.send({ text: 'an answer to what is gone', replyTo: 1 });
  await until(phone.room, ({ head }) => head === 3);
  phone.room.send({ text: 'an answer to a deletion', replyTo: 2 });
  const refused = await until(phone.room, ({ waiting }) => waiting[0]?.state === 'REFUSED');
  phone.room.discard(refused.waiting[0]!.clientId);
  await here.leader.post(`${qna.room}/close`);
  await until(phone.room, ({ writable }) => !writable);
  const late = phone.room.send('too late');
  const closed = await until(phone.room, ({ waiting }) => waiting[0]?.state === 'REFUSED');
  phone.room.retry(late);
  const again = await until(phone.room, ({ waiting }) => waiting[0]?.state === 'REFUSED');

  expect(refused.waiting[0]!.problem?.code).toBe('INVALID_REQUEST');
  expect(refused.entries.at(-1)).toMatchObject({ text: 'an answer to what is gone', replyTo: 1 });
  expect([closed, again].map(({ waiting }) => waiting[0]!.problem?.code)).toEqual(['ROOM_CLOSED', 'ROOM_CLOSED']);
  phone.close();
});

test('removed while it waits: who comes back sends it by pressing, once, and nothing goes by itself', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const store = memory();
  const phone = await device(moim, member!, here, { store });
  phone.wire.isDown = true;
  await phone.wire.cut();
  const clientId = phone.room.send('too late');
  await inTime(moim, phone.room, ({ waiting }) => waiting[0]?.state === 'WAITING');
  await kick(leader!, here, member!);
  await moim.settle();
  phone.wire.isDown = false;
  const gone = await inTime(moim, phone.room, ({ phase }) => phase === 'gone');
  const kept = [...store.kept.values()].map(({ state }) => state);
  phone.close();
  // Written in another tab, and kept before it was sent: it was not known that the room is gone.
  store.kept.set('another', { ...gone.waiting[0]!, clientId: 'another', text: 'nor this', state: 'WAITING' });
  const late = await device(moim, member!, here, { store });
  const both = await until(late.room, ({ waiting }) => waiting.length === 2);
  late.close();
  await leader!.delete(`${here.path}/members/${member!.id}/kick`);
  await member!.post(`${here.path}/members`);
  await moim.settle();

  const back = await device(moim, member!, here, { store });
  const found = await until(back.room, ({ waiting }) => waiting.length === 2);
  const before = await inLog(here.groupId);
  back.room.retry(clientId);
  const sent = await until(back.room, ({ entries, waiting }) => entries.length === 1 && waiting.length === 1);

  expect([gone.waiting.map(({ state }) => state), kept]).toEqual([['REFUSED'], ['REFUSED']]);
  for (const { waiting } of [both, found]) expect(waiting.map(({ state }) => state)).toEqual(['REFUSED', 'REFUSED']);
  expect([before, await inLog(here.groupId)]).toEqual([[], ['too late']]);
  expect(sent.waiting[0]!.text).toBe('nor this');
  back.close();
});

test('rows 71, 126: files go with their message once, however often it is sent, and leave open rooms with it', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const [phone, other] = [await device(moim, leader!, here), await device(moim, member!, here)];
  const fileIds = [await uploadTo(leader!, here, 'plan.pdf', 'application/pdf', Buffer.from('%PDF-1.7 our plan'))];
  phone.wire.loses = ({ data, id }) => id !== undefined && data?.entry !== undefined;

  phone.room.send({ fileIds, silent: true });
  await until(other.room, ({ head }) => head === 1);
  const [waiting] = phone.room.get().waiting;
  phone.wire.loses = () => false;
  await moim.clock.advance(5000);
  await until(phone.room, ({ entries, waiting: left }) => entries.length === 1 && left.length === 0);
  phone.room.send({ fileIds });
  const again = await until(phone.room, (now) => now.waiting[0]?.state === 'REFUSED');
  const [seen] = other.room.get().entries;
  await phone.room.remove(seen!.id);
  const gone = await until(other.room, ({ entries }) => entries[0]?.state === 'DELETED');

  expect(waiting).toMatchObject({ fileIds, silent: true, state: 'SENDING' });
  expect(seen).toMatchObject({ text: null, silent: true, files: [{ name: 'plan.pdf', image: null }] });
  expect(again.waiting[0]?.problem?.code).toBe('UPLOAD_INVALID');
  expect([gone.entries[0]?.files, await inLog(here.groupId)]).toEqual([[], ['MESSAGE', 'DELETED']]);
  phone.close();
  other.close();
});

test('what is taken away while the pace holds it back is not kept again: a restart sends nothing', async () => {
  const here = await chatting(moim, 1);
  const store = memory();
  const phone = await device(moim, here.leader, here, { store });
  await moim.clock.advance(10_000);
  for (const text of ['1', '2', '3', 'taken back']) phone.room.send(text);
  const { waiting } = await until(phone.room, ({ entries }) => entries.length === 3);
  await moim.settle();
  phone.room.discard(waiting.at(-1)!.clientId);
  phone.room.send('5');
  await inTime(moim, phone.room, ({ entries }) => entries.length === 4);
  phone.close();

  expect([...store.kept.values()]).toEqual([]);
  expect(await inLog(here.groupId)).toEqual(['1', '2', '3', '5']);
});

test('a kept message that the room shows already got there: it is neither shown beside its entry nor sent again', async () => {
  const here = await chatting(moim, 1);
  const message = newMessage('it got there');
  await here.leader.post(`${here.room}/messages`, message);
  const store = memory();
  const { groupId, roomId } = here;
  await store.put({ ...message, groupId, roomId, at: moim.clock.now(), state: 'SENDING' });
  let read: (kept: readonly WaitingMessage[]) => void = () => {};
  const late = { ...store, load: () => new Promise<readonly WaitingMessage[]>((resolve) => (read = resolve)) };
  const phone = await device(moim, here.leader, here, { store: late });
  const shown: number[] = [];
  phone.room.subscribe(() => shown.push(phone.room.get().waiting.length));
  read(await store.load());
  await until(phone.room, () => store.kept.size === 0 && shown.length > 0);

  expect(shown).toEqual(shown.map(() => 0));
  expect(phone.wire.sent.filter(({ action }) => action === 'chat.send')).toEqual([]);
  phone.close();
});
