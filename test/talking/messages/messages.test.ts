/** Row 79: private messages between two who share a group. */
import { key } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd, nextTick, renew, someone } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { found, leave } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
// biome-ignore lint/suspicious/noExplicitAny: answers are named by the test that reads them
type Json = any;

const day = 86_400_000;
const open = { startDate: undefined, endDate: '2026-12-31' };
/** Two people who share a group. */
async function two(other?: Person) {
  const [ari, someBora] = (await crowd(moim, 2)) as [Person, Person];
  const bora = other ?? someBora;
  const group = await found(ari, open, bora);
  await moim.settle();
  return { ari, bora, ...group };
}
const write = (from: Person, to: { id: string }, body = 'Shall we?', more: object = {}, headers = {}) =>
  from.post('/v1/messages', { to: to.id, body, ...more }, headers);
const boxOf = async (who: Person, other: { id: string }, query = ''): Promise<Json> =>
  (await who.get(`/v1/messages/with/${other.id}${query}`)).body;
const listOf = async (who: Person): Promise<Json[]> => (await who.get('/v1/messages')).body.items;
const unreadOf = async (who: Person): Promise<number> => (await who.get('/v1/messages/unread')).body.unread;
const read = (who: Person, other: { id: string }, upTo: string) =>
  who.put(`/v1/messages/with/${other.id}/read-mark`, { upTo });
const bodies = (box: Json): string[] => box.items.map(({ body }: Json) => body);

test('a message is in both boxes, is told at once, is read, and its sender sees that; an answer quotes it', async () => {
  const { ari, bora, groupId } = await two();
  const [there, here] = [await bora.socket(), await ari.socket()];

  const sent = await write(ari, bora, 'Chapter 3\non Sunday?', { groupId, title: 'Reading' });
  expect(costOf(moim, 'sendPrivateMessage')).toMatchObject({
    requests: 3,
    roundTrips: 2,
    readUnits: 9,
    writeUnits: 20,
  });
  await moim.settle();
  const [talk] = await listOf(bora);
  expect(costOf(moim, 'listConversations')).toMatchObject({ requests: 4, roundTrips: 2, readUnits: 3.5 });
  const unread = await unreadOf(bora);
  const box = await boxOf(bora, ari);
  expect(costOf(moim, 'getConversation')).toMatchObject({ requests: 3, roundTrips: 2 });
  const marked = [await read(bora, ari, box.newest), await read(bora, ari, box.newest)];
  const answered = await write(bora, ari, 'Yes', { replyTo: sent.body.id });
  await moim.settle();
  const mine = await boxOf(ari, bora);
  const inbox = (await bora.get('/v1/notifications')).body.items[0];
  await there.ask({ id: 'ping', action: 'ping' });
  await here.ask({ id: 'ping', action: 'ping' });

  expect(sent.body).toMatchObject({ mine: true, title: 'Reading', body: 'Chapter 3\non Sunday?', read: false });
  expect(talk).toMatchObject({
    with: { id: ari.id, withdrawn: false },
    last: { mine: false, text: 'Reading' },
    unread: true,
  });
  expect(box).toMatchObject({ unread: true, writable: true, blocked: false, items: [{ mine: false, read: false }] });
  expect([unread, await unreadOf(bora)]).toEqual([1, 0]);
  expect(marked.map(outcome)).toEqual([204, 204]);
  expect(mine.items).toMatchObject([
    { id: answered.body.id, mine: false, replyTo: sent.body.id, quote: 'Reading' },
    { id: sent.body.id, mine: true, read: true },
  ]);
  expect(inbox).toMatchObject({ type: 'MESSAGE', link: { screen: 'messages', accountId: ari.id } });
  expect(inbox.text).toContain('Reading');
  const events = (socket: typeof here, name: string) => socket.events.filter(({ event }: Json) => event === name);
  expect(events(there, 'message.received').map(({ data }: Json) => data)).toEqual([{ accountId: ari.id }]);
  expect(events(here, 'message.read').map(({ data }: Json) => data)).toEqual([
    { accountId: bora.id, upTo: sent.body.id },
  ]);
  there.close();
  here.close();
});

test('a page that is gone without a word is forgotten when its person would hear that a message was read', async () => {
  const { ari, bora } = await two();
  const { body: sent } = await write(ari, bora);
  const lost = await ari.socket();
  // $disconnect is best effort: here its function cannot reach the table.
  const operations = ['DeleteItem', 'UpdateItem'] as const;
  const off = operations.map((operation) => moim.table.faults.add({ kind: 'error500', operation, times: 10 }));
  lost.close();
  await lost.closed;
  await moim.settle();
  for (const end of off) end();
  const opened = async () => (await itemsOf(moim, 'Connection', { accountId: ari.id })).length;
  const before = await opened();

  await read(bora, ari, sent.id);
  await moim.settle();

  expect([before, await opened()]).toEqual([1, 0]);
});

test('only who shares a group that is not over is written to; others are as if they were not there', async () => {
  const { ari, bora, groupId, path } = await two();
  const stranger = await someone(moim);
  const nobody = { id: groupId };
  await write(ari, bora, 'before');
  const refused = [
    await write(stranger, ari),
    await write(stranger, ari, 'x', { groupId }),
    await write(ari, stranger, 'x', { groupId }),
    await write(ari, nobody),
    await write(ari, ari),
    await write(ari, bora, 'x', { replyTo: groupId }),
    await stranger.get(`/v1/messages/with/${ari.id}`),
    await stranger.get(`/v1/messages/with/${nobody.id}?groupId=${groupId}`),
    await read(stranger, ari, groupId),
  ];
  const empty = await bora.get(`/v1/messages/with/${ari.id}`);
  // Another group takes the place of one that somebody left.
  const other = await found(bora, open, ari);
  await leave(bora, { path });
  const still = await write(ari, bora, 'in the other', { groupId: other.groupId });
  const lookedFor = await write(ari, bora, 'looked for');
  await leave(ari, { path: other.path });
  const apart = await write(ari, bora, 'too late');
  await moim.settle();

  expect(refused.map(outcome)).toEqual(Array(9).fill('NOT_FOUND'));
  expect(empty.body).toMatchObject({ items: [{ body: 'before' }], writable: true });
  expect([still, lookedFor, apart].map(outcome)).toEqual([201, 201, 'NOT_FOUND']);
  // Both keep what they have.
  expect(await boxOf(bora, ari)).toMatchObject({ writable: false, items: [{}, {}, {}] });
});

test('row 84: whoever is blocked is answered as always, and nothing arrives; whoever blocks writes not either', async () => {
  const { ari, bora } = await two();
  await write(ari, bora, 'before');
  await moim.settle();
  await bora.put(`/v1/accounts/me/blocks/${ari.id}`);

  const sent = await write(ari, bora, 'after');
  const back = await write(bora, ari);
  await moim.settle();

  expect([sent, back].map(outcome)).toEqual([201, 'NOT_APPLICABLE']);
  expect(bodies(await boxOf(ari, bora))).toEqual(['after', 'before']);
  expect(await boxOf(ari, bora)).toMatchObject({ writable: true, blocked: false });
  expect(await boxOf(bora, ari)).toMatchObject({ items: [{ body: 'before' }], writable: false, blocked: true });
  expect([await listOf(bora), await unreadOf(bora)]).toEqual([[], 0]);
  const inbox = (await bora.get('/v1/notifications')).body.items.filter(({ type }: Json) => type === 'MESSAGE');
  expect(inbox).toHaveLength(1);
  // A quote of it tells the blocker nothing of it either, also when the block is over.
  await bora.delete(`/v1/accounts/me/blocks/${ari.id}`);
  const quoting = await write(ari, bora, 'later', { replyTo: sent.body.id });
  await bora.put(`/v1/accounts/me/blocks/${ari.id}`);
  expect(quoting.body).toMatchObject({ quote: 'after', replyTo: sent.body.id });
  expect((await boxOf(bora, ari)).items[0]).toMatchObject({ body: 'later', quote: null, replyTo: null });
  // What the blocker reads is not told.
  await read(bora, ari, (await boxOf(bora, ari)).newest);
  expect((await boxOf(ari, bora)).items.map(({ read: isRead }: Json) => isRead)).toEqual([false, false, false]);
});

test('sent twice with one key it is one message; of two who write at the same moment both have one order', async () => {
  const { ari, bora } = await two();
  const once = key();

  const same = await Promise.all([write(ari, bora, 'once', {}, once), write(ari, bora, 'once', {}, once)]);
  const again = await write(ari, bora, 'once', {}, once);
  const race = await Promise.all([
    ...[1, 2, 3].map((n) => write(ari, bora, `a${n}`)),
    ...[1, 2, 3].map((n) => write(bora, ari, `b${n}`)),
  ]);
  await moim.settle();
  const [mine, theirs] = [await boxOf(ari, bora), await boxOf(bora, ari)];

  expect(new Set([...same, again].filter(({ status }) => status === 201).map(({ body }) => body.id)).size).toBe(1);
  expect(tally(race)).toEqual({ 201: 6 });
  expect(bodies(mine)).toEqual(bodies(theirs));
  expect(mine.items).toHaveLength(7);
  expect((await listOf(ari))[0]).toMatchObject({ last: { text: mine.items[0].body }, unread: true });
});

test('a mark never covers what came after it; a deletion is of the own box alone, and the list follows', async () => {
  const { ari, bora } = await two();
  const first = (await write(ari, bora, 'first')).body;
  const second = (await write(ari, bora, 'second')).body;
  const path = (who: Person, id: string) => `/v1/messages/with/${who.id}/${id}`;

  await read(bora, ari, first.id);
  const partly = [await unreadOf(bora), (await boxOf(ari, bora)).items.map(({ read: isRead }: Json) => isRead)];
  // A mark beyond the last message is the last; a smaller one changes nothing.
  await read(bora, ari, 'ffffffff-ffff-7fff-bfff-ffffffffffff');
  await read(bora, ari, first.id);
  const third = (await write(ari, bora, 'third')).body;
  const racing = await Promise.all([
    read(bora, ari, third.id),
    bora.delete(path(ari, third.id)),
    write(ari, bora, 'fourth'),
  ]);
  await moim.settle();
  const deleted = [await bora.delete(path(ari, first.id)), await bora.delete(path(ari, first.id))];
  const stranger = await someone(moim);
  const foreign = await stranger.delete(path(ari, second.id));

  expect(partly).toEqual([1, [false, true]]);
  expect(racing.map(outcome)).toEqual([204, 204, 201]);
  expect(bodies(await boxOf(bora, ari))).toEqual(['fourth', 'second']);
  expect(bodies(await boxOf(ari, bora))).toEqual(['fourth', 'third', 'second', 'first']);
  expect((await boxOf(ari, bora)).items.map(({ read: isRead }: Json) => isRead)).toEqual([false, true, true, true]);
  expect([...deleted, foreign].map(outcome)).toEqual([204, 'NOT_FOUND', 'NOT_FOUND']);
  expect(await unreadOf(bora)).toBe(1);
  for (const { id } of (await boxOf(bora, ari)).items.slice(0, 1)) await bora.delete(path(ari, id));
  expect((await listOf(bora))[0]).toMatchObject({ last: { text: 'second' } });
  await bora.delete(path(ari, second.id));
  expect(await listOf(bora)).toEqual([]);
});

test('row 79: whoever deletes what they have not read has nothing unread; of two deletions at once the list shows what is left', async () => {
  const { ari, bora } = await two();
  const gone = (who: Person, other: Person, id: string) => who.delete(`/v1/messages/with/${other.id}/${id}`);
  const { id: first } = (await write(ari, bora, 'first')).body;
  await read(bora, ari, first);
  const [second, third] = [(await write(ari, bora, 'second')).body.id, (await write(ari, bora, 'third')).body.id];

  await gone(bora, ari, third);
  const oneLeft = await unreadOf(bora);
  await write(bora, ari, 'answer');
  await gone(bora, ari, second);

  expect([oneLeft, await unreadOf(bora)]).toEqual([1, 0]);
  expect((await listOf(bora))[0]).toMatchObject({ unread: false, last: { mine: true, text: 'answer' } });
  expect(bodies(await boxOf(ari, bora))).toEqual(['answer', 'third', 'second', 'first']);
  await write(ari, bora, 'fourth');
  expect(await unreadOf(bora)).toBe(1);

  for (let n = 0; n < 5; n++) {
    const ids = [(await write(ari, bora, `a${n}`)).body.id, (await write(bora, ari, `b${n}`)).body.id];
    const both = await Promise.all(ids.toReversed().map((id) => gone(bora, ari, id)));
    expect(both.map(outcome)).toEqual([204, 204]);
    expect((await listOf(bora))[0]).toMatchObject({ unread: true, last: { text: 'fourth' } });
  }
});

test('unread conversations come first; limits hold for a sender alone; texts have their size', async () => {
  const { ari, bora, path } = await two();
  const cho = await someone(moim);
  await cho.post(`${path}/members`);
  await write(bora, ari, 'old and unread');
  await moim.clock.advance(1000);
  await write(cho, ari, 'new and read');
  await read(ari, cho, (await boxOf(ari, cho)).newest);

  const order = (await listOf(ari)).map((talk) => [talk.with.id, talk.unread]);
  const sizes = [
    await write(ari, bora, '한'.repeat(2000), { title: '제'.repeat(50) }),
    await write(ari, bora, '한'.repeat(2001)),
    await write(ari, bora, 'x', { title: '제'.repeat(51) }),
    await write(ari, bora, '   '),
  ];
  const many = [];
  for (let n = 0; n < 30; n++) many.push(await write(cho, ari, `${n}`));
  const others = await write(bora, ari);

  expect(order).toEqual([
    [bora.id, true],
    [cho.id, false],
  ]);
  expect(sizes.map(outcome)).toEqual([201, 'INVALID_REQUEST', 'INVALID_REQUEST', 'INVALID_REQUEST']);
  expect([tally(many), outcome(others)]).toEqual([{ 201: 29, TOO_MANY_REQUESTS: 1 }, 201]);
});

test('whether two may write costs the same, however many groups of theirs are over', async () => {
  const { ari, bora, path } = await two();
  await write(ari, bora, 'while it lasts');
  const costs: unknown[] = [];
  for (const more of [1, 5]) {
    const endDate = new Date(moim.clock.now() + day).toISOString().slice(0, 10);
    for (let n = 0; n < more; n++) await found(bora, { ...open, endDate }, ari);
    await moim.settle();
    await moim.clock.advance(3 * day);
    await renew(moim, ari, bora);
    if (more === 1) await leave(bora, { path });
    await moim.settle();
    expect(await boxOf(ari, bora)).toMatchObject({ writable: false, items: [{ body: 'while it lasts' }] });
    const { requests, roundTrips } = costOf(moim, 'getConversation');
    costs.push({ requests, roundTrips });
  }

  expect(costs[1]).toEqual(costs[0]);
});

test('rows 17, 72, 85: who withdraws is nameless to the other, whose box stays; the own one goes; a year later all is gone', async () => {
  const { ari, bora } = await two(await moim.person('bora'));
  await write(ari, bora, 'from somebody');
  await write(bora, ari, 'to somebody');
  await moim.settle();
  const left = await bora.post('/v1/accounts/me/withdrawal', { reason: 'Enough' });
  expect(outcome(left)).toBe(204);
  // Also before the memberships have ended.
  expect(outcome(await write(ari, bora, 'too late'))).toBe('NOT_FOUND');
  expect(await boxOf(ari, bora)).toMatchObject({ with: { withdrawn: true }, writable: false });
  await moim.settle();
  await moim.clock.advance(120_000);
  await nextTick(moim);
  await moim.settle();

  expect(await boxOf(ari, bora)).toMatchObject({
    with: { nickname: '(unknown)', withdrawn: true },
    items: [{ body: 'to somebody' }, { body: 'from somebody' }],
    writable: false,
  });
  for (const kind of ['Message', 'Conversation']) expect(await itemsOf(moim, kind, { accountId: bora.id })).toEqual([]);
  await moim.clock.advance(366 * 86_400_000);
  await renew(moim, ari);
  expect(outcome(await ari.get(`/v1/messages/with/${bora.id}`))).toBe('NOT_FOUND');
  expect(await listOf(ari)).toEqual([]);
});
