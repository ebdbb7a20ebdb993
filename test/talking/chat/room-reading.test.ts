/** Row 126: the client's room misses nothing, and can show it. Over real sockets, with cuts, lost events, removal and closing. */
import { entryAfter } from '../../../functions/talking/chat/store.ts';
import { useMoim } from '../../support/moim.ts';
import { kick } from '../../support/scene.ts';
import { putAll } from '../../support/table.ts';
import { device, inTime, until } from './devices.ts';
import { chatting, placeIn, say, study } from './support.ts';

const moim = useMoim();
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const seqs = ({ entries }: { readonly entries: readonly { readonly seq: number }[] }) => entries.map(({ seq }) => seq);

test('a lost event is a hole that is read within a second; the last one, at the next look at the head', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const phone = await device(moim, member!, here);
  phone.wire.loses = ({ data }) => data?.entry?.seq === 2 || data?.entry?.seq === 4;

  for (const [n, text] of ['one', 'two', 'three'].entries()) await say(moim, leader!, here, text, n);
  const hole = await until(phone.room, ({ head }) => head === 3);
  await moim.clock.advance(999);
  const still = phone.room.get();
  await moim.clock.advance(1);
  const filled = phone.room.get();
  await say(moim, leader!, here, 'four', 3);
  await moim.settle();
  const unheard = phone.room.get();
  await moim.clock.advance(60_000);

  expect([seqs(hole), hole.isComplete, seqs(still)]).toEqual([[1], false, [1]]);
  expect([seqs(filled), filled.isComplete]).toEqual([[1, 2, 3], true]);
  // Nothing has told the phone of the fourth: it is complete as far as it can know, and no longer than a minute.
  expect(seqs(unheard)).toEqual([1, 2, 3]);
  expect([seqs(phone.room.get()), phone.room.get().isComplete]).toEqual([[1, 2, 3, 4], true]);
  phone.close();
});

test('after a cut the room goes on where it was, with what was deleted meanwhile; far behind, with the newest', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  const phone = await device(moim, member!, here);
  const first = await say(moim, leader!, here, 'a slip');
  await until(phone.room, ({ head }) => head === 1);

  await phone.wire.cut();
  await say(moim, leader!, here, 'meanwhile', 1);
  await leader!.delete(`${here.room}/messages/${first.id}`);
  const away = phone.room.get();
  await inTime(moim, phone.room, ({ isComplete }) => isComplete);
  const texts = phone.texts();
  const reads = phone.wire.requests.filter((path) => path.endsWith('/entries')).length;

  await phone.wire.cut();
  const said = { kind: 'MESSAGE', accountId: leader!.id, at: '2026-03-02T03:00:00.000Z', text: 'a lot' } as const;
  await putAll(
    moim,
    'ChatEntry',
    numbers(4, 303).map((seq) => entryAfter(here, seq, undefined, said)),
  );
  const far = await inTime(moim, phone.room, ({ isComplete }) => isComplete);
  await phone.room.older();

  expect(away.isComplete).toBe(false);
  expect(texts).toEqual(['1 DELETED', '2 SHOWN meanwhile', '3 DELETED 1']);
  // The page before the socket was open; everything else came with the joins.
  expect(reads).toBe(1);
  expect([seqs(far), far.hasOlder]).toEqual([numbers(254, 303), true]);
  expect(seqs(phone.room.get())).toEqual(numbers(204, 303));
  phone.close();
});

test('what answers quote further up is one request, and goes when it is deleted or hidden, also far behind', async () => {
  const here = await chatting(moim, 3);
  const [leader, member] = here.people;
  const said = { kind: 'MESSAGE', accountId: leader!.id, at: '2026-03-02T03:00:00.000Z' } as const;
  const write = (from: number, to: number) =>
    putAll(
      moim,
      'ChatEntry',
      numbers(from, to).map((seq) =>
        entryAfter(here, seq, undefined, {
          ...{ ...said, text: `no ${seq}` },
          ...(seq > 60 ? { replyTo: seq === 403 ? 20 : seq - 60 } : {}),
        }),
      ),
    );
  await write(1, 80);
  const reads = (of: Awaited<ReturnType<typeof device>>) =>
    of.wire.requests.filter((path) => path.endsWith('/entries')).length;
  const quotes = ({ quoted }: ReturnType<typeof phone.room.get>) =>
    [...quoted].sort(([a], [b]) => a - b).map(([seq, entry]) => `${seq} ${entry?.text ?? entry?.state ?? 'gone'}`);
  const phone = await device(moim, member!, here);
  const first = await until(phone.room, ({ quoted }) => quoted.size === 20);
  const atFirst = reads(phone);

  await leader!.delete(`${here.room}/messages/${first.quoted.get(3)!.id}`);
  const deleted = await until(phone.room, ({ head }) => head === 81);
  await phone.room.older();
  const older = phone.room.get();
  // The deletion of what is quoted is among what the room does not read: it begins anew.
  await phone.wire.cut();
  await leader!.delete(`${here.room}/messages/${first.quoted.get(20)!.id}`);
  await write(83, 403);
  await moim.settle();
  const far = await inTime(moim, phone.room, ({ isComplete, quoted }) => isComplete && quoted.size === 50);

  // The newest page, and the quotes.
  expect(atFirst).toBe(2);
  expect(quotes(first)).toEqual(numbers(1, 20).map((seq) => `${seq} no ${seq}`));
  expect(quotes(deleted)[2]).toBe('3 DELETED');
  expect([seqs(older)[0], older.entries[2]?.state]).toEqual([1, 'DELETED']);
  expect([...far.quoted.keys()].sort((a, b) => a - b)).toEqual([20, ...numbers(294, 342)]);
  expect(far.quoted.get(20)).toMatchObject({ state: 'DELETED', text: null });
  phone.close();
});

test('a hidden message loses its text, and has it again when it is restored', async () => {
  const here = await chatting(moim, 5);
  const [leader, author, ...reporters] = here.people;
  const { id } = await say(moim, author!, here, 'not rude');
  const phone = await device(moim, author!, here);
  const subject = `message:${id}`;

  for (const who of reporters) await who.post(`${here.path}/reports`, { subject, reason: 'SPAM' });
  await moim.settle();
  await until(phone.room, ({ head }) => head === 2);
  const hidden = phone.texts();
  await leader!.post(`${here.path}/reports/decisions`, { subject, decision: 'KEEP' });
  await moim.settle();
  await until(phone.room, ({ entries }) => entries[0]?.state === 'SHOWN');

  expect(hidden).toEqual(['1 HIDDEN', '2 HIDDEN 1']);
  expect(phone.texts()).toEqual(['1 SHOWN not rude', '2 HIDDEN 1', '3 RESTORED 1']);
  phone.close();
});

test('a removed person has nothing of the room any more; a closed room is only read', async () => {
  const here = await chatting(moim, 2, study);
  const [leader, member] = here.people;
  const { body } = await leader!.post(`${here.path}/rooms`, { category: 'QNA' });
  const qna = placeIn(here.groupId, body.id);
  await say(moim, leader!, here, 'among us');
  const main = await device(moim, member!, here);
  const side = await device(moim, member!, qna);

  await leader!.post(`${qna.room}/close`);
  const closed = await until(side.room, ({ writable }) => !writable);
  const told = main.room.get();
  await kick(leader!, here, member!);
  await moim.settle();
  const gone = await until(main.room, ({ phase }) => phase === 'gone');
  const late = await device(moim, member!, here);

  expect([closed.category, closed.closedAt, seqs(closed)]).toEqual(['QNA', expect.any(String), [1]]);
  expect([told.phase, seqs(told)]).toEqual(['open', [1]]);
  expect([gone.entries, gone.isLive]).toEqual([[], false]);
  expect(late.room.get().phase).toBe('gone');
  for (const each of [main, side, late]) each.close();
});

test('who is here, types and has read what; marks go forward, at most every two seconds, on all devices of a person', async () => {
  const here = await chatting(moim, 3);
  const [leader, member, absent] = here.people;
  const desk = await device(moim, leader!, here);
  for (const [n, text] of ['one', 'two', 'three'].entries()) await say(moim, leader!, here, text, n);
  const phone = await device(moim, member!, here);
  const tablet = await device(moim, member!, here);
  desk.room.followMarks();
  await until(desk.room, ({ marks, here: who }) => marks !== undefined && who?.length === 2);
  const marksSent = () => phone.wire.sent.filter(({ action }) => action === 'chat.read').map(({ data }) => data.seq);

  for (const seq of [1, 2, 3, 1]) phone.room.read(seq);
  await until(desk.room, ({ marks }) => marks?.get(member!.id) === 1);
  const atOnce = marksSent();
  await moim.clock.advance(2000);
  await until(desk.room, ({ marks }) => marks?.get(member!.id) === 3);
  await until(tablet.room, ({ read }) => read === 3);
  for (const wait of [0, 1000, 1000, 1000]) {
    await moim.clock.advance(wait);
    phone.room.type();
  }
  const typing = await until(desk.room, (state) => state.typing.length > 0);
  await moim.settle();
  await moim.clock.advance(4000);
  const quiet = desk.room.get();
  phone.close();
  tablet.close();
  await moim.settle();
  const left = await until(desk.room, (state) => state.here?.length === 1);

  expect([atOnce, marksSent()]).toEqual([[1], [1, 3]]);
  expect(quiet.marks).toEqual(
    new Map([
      [leader!.id, 0],
      [member!.id, 3],
      [absent!.id, 0],
    ]),
  );
  expect(phone.wire.sent.filter(({ action }) => action === 'chat.typing')).toHaveLength(2);
  expect([typing.typing, quiet.typing, left.here]).toEqual([[member!.id], [], [leader!.id]]);
  desk.close();
});
