/** Rows 72, 73, 83, 84, 126: what is kept from somebody keeps its number, and every change is an entry. */
import { entryAfter } from '../../../functions/talking/chat/store.ts';
import { useMoim } from '../../support/moim.ts';
import { nextTick } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf, putAll } from '../../support/table.ts';
import { chatting, heard, listening, numbersOf, placeIn, say, textsOf } from './support.ts';

const moim = useMoim();

test('pages go both ways, newest first or from a number on, and joiners read all', async () => {
  const here = await chatting(moim, 1);
  for (let n = 1; n <= 7; n++) await say(moim, here.leader, here, `no ${n}`, n - 1);
  const [late] = (await chatting(moim, 2)).members;
  await late!.post(`${here.path}/members`);
  const read = (query: string) => late!.get(`${here.room}/entries?${query}`);

  const pages = [await read('limit=3'), await read('limit=3&before=5'), await read('limit=3&before=2')];
  const refused = [await read('after=1&before=3'), await read('after='), await read('before=')];
  const onward = [await read('after=0&limit=4'), await read('after=4&limit=4'), await read('after=7')];

  expect(pages.map(numbersOf)).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
  expect(pages.map(({ body }) => body.more)).toEqual([true, true, false]);
  expect(onward.map(numbersOf)).toEqual([[1, 2, 3, 4], [5, 6, 7], []]);
  expect(onward.map(({ body }) => body.more)).toEqual([true, false, false]);
  expect(refused.map(outcome)).toEqual(Array(3).fill('INVALID_REQUEST'));
  expect(pages[0]!.body).toMatchObject({ read: 0, writable: true, category: null, closedAt: null });
});

test('a page is cut where a gateway would not take it, and the next one goes on there', async () => {
  const here = await chatting(moim, 1);
  const long = {
    kind: 'MESSAGE',
    accountId: here.leader.id,
    at: '2026-03-02T03:00:00.000Z',
    text: '한'.repeat(1000),
  } as const;
  const entries = Array.from({ length: 40 }, (_, n) => entryAfter(here, n + 1, undefined, long));
  await putAll(moim, 'ChatEntry', entries);

  const first = await here.leader.get(`${here.room}/entries?after=0`);
  const last = numbersOf(first).at(-1)!;
  const second = await here.leader.get(`${here.room}/entries?after=${last}`);

  expect(Buffer.byteLength(JSON.stringify(first.body))).toBeLessThan(97 * 1024);
  expect(first.body.more).toBe(true);
  expect([...numbersOf(first), ...numbersOf(second)]).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
});

test('row 73: authors and leaders delete; the text is gone, the deletion has a number, and it is done once', async () => {
  const here = await chatting(moim, 3);
  const [leader, author, other] = here.people;
  const message = await say(moim, author!, here, 'a slip');
  const second = await say(moim, author!, here, 'another', 1);
  const { socket } = await listening(other!, here);
  const path = (of: { id: string }) => `${here.room}/messages/${of.id}`;

  const refused = await other!.delete(path(message));
  const [own, again] = await Promise.all([author!.delete(path(message)), author!.delete(path(message))]);
  const byLeader = await leader!.delete(path(second));
  const entry = (await other!.get(`${here.room}/entries?after=2`)).body.entries[0];
  const ofEntry = await leader!.delete(path(entry));
  await moim.settle();

  expect([refused, own, again, byLeader, ofEntry].map(outcome)).toEqual(['NOT_FOUND', 204, 204, 204, 'NOT_FOUND']);
  const { body } = await other!.get(`${here.room}/entries?after=0`);
  expect(textsOf(body.entries)).toEqual(['1 DELETED', '2 DELETED', '3 DELETED', '4 DELETED']);
  expect(body.entries.slice(2).map(({ target, count }: { target: number; count: number }) => [target, count])).toEqual([
    [1, 2],
    [2, 2],
  ]);
  expect((await heard(socket, 'chat.deleted')).map(({ data }) => data.entry.target)).toEqual([1, 2]);
  expect(JSON.stringify(await itemsOf(moim, 'ChatEntry', { groupId: here.groupId }))).not.toContain('a slip');
  socket.close();
});

test('rows 83, 84: single entries by their numbers are as in a page: nothing that is kept from somebody comes as a quote', async () => {
  const here = await chatting(moim, 6);
  const [leader, author, blocker, reporter] = here.people;
  for (const [n, text] of ['kept', 'deleted', 'reported', 'blocked'].entries())
    await say(moim, n === 3 ? here.people[4]! : author!, here, text, n);
  const { entries } = (await leader!.get(`${here.room}/entries?after=0`)).body;
  await author!.delete(`${here.room}/messages/${entries[1].id}`);
  await reporter!.post(`${here.path}/reports`, { subject: `message:${entries[2].id}`, reason: 'SPAM' });
  await blocker!.put(`/v1/accounts/me/blocks/${here.people[4]!.id}`);
  await moim.settle();
  const read = (who: typeof leader, seqs: string) => who!.get(`${here.room}/entries?seqs=${seqs}`);

  const answers = [await read(leader, '1,2,3,4'), await read(blocker, '4,3,4'), await read(reporter, '3,2,99')];
  const asPage = (await reporter!.get(`${here.room}/entries?after=2&limit=1`)).body.entries;
  const refused = await Promise.all(
    ['', '0', '1,', '1,x', '-1', '1234567890123', `${Array(51).fill(1)}`, '1&after=0', '1&before=3'].map((seqs) =>
      read(leader, seqs),
    ),
  );
  const stranger = await (await moim.person('outside')).get(`${here.room}/entries?seqs=1`);

  expect(answers.map(({ body }) => textsOf(body.entries))).toEqual([
    ['1 SHOWN kept', '2 DELETED', '3 SHOWN reported', '4 SHOWN blocked'],
    ['3 SHOWN reported', '4 BLOCKED'],
    ['2 DELETED', '3 HIDDEN'],
  ]);
  expect(answers[2]!.body.entries[1]).toEqual(asPage[0]);
  expect(answers.map(({ body }) => [body.more, body.writable])).toEqual(Array(3).fill([false, true]));
  expect(refused.map(outcome)).toEqual(Array(9).fill('INVALID_REQUEST'));
  expect(outcome(stranger)).toBe('NOT_FOUND');
});

test('an id of another room, of a number that does not stand, or of no room at all, is nothing', async () => {
  const here = await chatting(moim, 1);
  const there = await chatting(moim, 1);
  const theirs = await say(moim, there.leader, there, 'theirs');
  const mine = await say(moim, here.leader, here, 'mine');

  const answers = [
    await here.leader.delete(`${here.room}/messages/${theirs.id}`),
    await here.leader.delete(`${here.room}/messages/${mine.id.slice(0, -1)}9`),
    await here.leader.delete(`${placeIn(here.groupId, there.groupId).room}/messages/${mine.id}`),
    await here.leader.get(`${placeIn(here.groupId, there.groupId).room}/entries`),
  ];

  expect(answers.map(outcome)).toEqual(Array(4).fill('NOT_FOUND'));
});

test('row 84: who has blocked an author sees a stub with the number, live and in the history', async () => {
  const here = await chatting(moim, 3);
  const [leader, blocked, blocker] = here.people;
  await blocker!.put(`/v1/accounts/me/blocks/${blocked!.id}`);
  await moim.settle();
  const { socket } = await listening(blocker!, here);
  await say(moim, leader!, here, 'one');
  await say(moim, blocked!, here, 'two', 1);
  await say(moim, leader!, here, 'three', 2);
  await moim.settle();

  const { body } = await blocker!.get(`${here.room}/entries?after=0`);

  const expected = ['1 SHOWN one', '2 BLOCKED', '3 SHOWN three'];
  expect(textsOf(body.entries)).toEqual(expected);
  expect(textsOf((await heard(socket, 'chat.message')).map(({ data }) => data.entry))).toEqual(expected);
  expect(JSON.stringify([body, socket.events])).not.toContain(blocked!.id);
  socket.close();
});

test('row 83: reported messages are hidden from the reporter, by three from all, with entries that say so', async () => {
  const here = await chatting(moim, 5);
  const [leader, author, ...reporters] = here.people;
  const message = await say(moim, author!, here, 'rude');
  const { socket } = await listening(leader!, here);
  const subject = `message:${message.id}`;
  const read = async (who: (typeof here.people)[number]) =>
    textsOf((await who.get(`${here.room}/entries?after=0`)).body.entries);

  const first = await reporters[0]!.post(`${here.path}/reports`, { subject, reason: 'SPAM' });
  const alone = [await read(reporters[0]!), await read(reporters[1]!)];
  for (const who of reporters.slice(1)) await who.post(`${here.path}/reports`, { subject, reason: 'SPAM' });
  await moim.settle();
  const hidden = [await read(reporters[1]!), await read(author!), await read(leader!)];
  await leader!.post(`${here.path}/reports/decisions`, { subject, decision: 'KEEP' });
  await moim.settle();

  expect(first.status).toBe(204);
  expect(alone).toEqual([['1 HIDDEN'], ['1 SHOWN rude']]);
  expect(hidden).toEqual([
    ['1 HIDDEN', '2 HIDDEN'],
    ['1 HIDDEN rude', '2 HIDDEN'],
    ['1 HIDDEN rude', '2 HIDDEN'],
  ]);
  expect(await read(author!)).toEqual(['1 SHOWN rude', '2 HIDDEN', '3 RESTORED']);
  expect(
    (await heard(socket, 'chat.deleted', 'chat.restored')).map(({ event, data }) => [event, data.entry.target]),
  ).toEqual([
    ['chat.deleted', 1],
    ['chat.restored', 1],
  ]);
  socket.close();
});

test('row 85: the messages of somebody who withdrew stay without a name, their marks go', async () => {
  const here = await chatting(moim, 1);
  const ari = await moim.person('ari');
  await ari.post(`${here.path}/members`);
  await say(moim, ari, here, 'I was here');
  await ari.put(`${here.room}/read-mark`, { seq: 1 });

  await ari.post('/v1/accounts/me/withdrawal', { reason: 'Enough' });
  await moim.settle();

  await nextTick(moim);
  await moim.settle();

  const { body } = await here.leader.get(`${here.room}/entries`);
  expect(textsOf(body.entries)).toEqual(['1 SHOWN I was here']);
  expect(body.entries[0].author.nickname).not.toBe('ari');
  expect(await itemsOf(moim, 'ChatMark', { accountId: ari.id })).toEqual([]);
});
