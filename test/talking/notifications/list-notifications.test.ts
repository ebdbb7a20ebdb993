import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { listen } from '../../support/listener.ts';
import { useMoim } from '../../support/moim.ts';
import { at, crowd, someone } from '../../support/people.ts';
import { idsOf, outcome, pagesOf } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';

const moim = useMoim();
const list = '/v1/notifications';

test('rows 104, 105: forty-eight are paged newest first, none twice and none skipped, all unread', async () => {
  const leader = await someone(moim, 'ari');
  const { groupId } = await found(leader);
  const told = {
    notice: 'GROUP_JOINED',
    to: [leader.id],
    actorId: 'x',
    values: { title: 'T' },
    link: { screen: 'group', groupId },
  } as const;
  for (let i = 0; i < 48; i++) {
    if (i % 4 === 0) await moim.clock.advance(1);
    const now = moim.clock.now();
    await put(moim, 'Outbox', { outboxId: newId(now), createdAt: iso(now), ...told });
  }
  await moim.settle();

  const pages = await pagesOf(leader, list, 20);
  const { body } = await leader.get(list);

  expect(pages.map(({ length }) => length)).toEqual([20, 20, 8]);
  expect(new Set(idsOf(pages)).size).toBe(48);
  const times = pages.flat().map(({ createdAt }) => createdAt);
  expect(times).toEqual(times.toSorted().reverse());
  expect(body).toMatchObject({ unread: 48 });
  expect(body.items).toHaveLength(20);
});

test('a new inbox is empty; another’s cursor, wrong limits and guests are refused', async () => {
  const [nobody] = await crowd(moim, 1);
  const leader = await someone(moim, 'bora');
  await found(leader, {}, ...(await crowd(moim, 2)));
  await moim.settle();
  const { body: first } = await leader.get(`${list}?limit=1`);

  const { body } = await nobody!.get(list);
  const refused = [
    await nobody!.get(`${list}?cursor=${first.nextCursor}`),
    await leader.get(`${list}?limit=51`),
    await leader.get(`${list}?unread=true`),
  ];

  expect(body).toEqual({ items: [], nextCursor: null, unread: 0 });
  expect(refused.map(outcome)).toEqual(['INVALID_CURSOR', 'INVALID_REQUEST', 'INVALID_REQUEST']);
  expect((await moim.guest.get(list)).status).toBe(401);
});

test('texts are in the language of the request, on the socket in that of its ticket', async () => {
  const leader = await someone(moim, 'chaewon');
  const { body: korean } = await leader.post('/v1/socket-tickets', {}, { 'accept-language': 'ko' });
  const sockets = [await listen(korean.url), await leader.socket()];
  await found(leader, { title: '알고리즘' }, await someone(moim, 'dana'));

  const heard = await Promise.all(sockets.map((socket) => socket.next()));

  const asked = await Promise.all(
    ['ko-KR,ko;q=0.9', 'en', 'fr', 'en;q=0.1,ko;q=0.2'].map(async (language) => {
      const { body } = await leader.get(list, { 'accept-language': language });
      return body.items[0].text;
    }),
  );
  expect(heard.map(({ data }) => data.text)).toEqual([asked[0], asked[1]]);
  const inKorean = 'dana님이 알고리즘에 참가했어요.';
  expect(asked).toEqual([inKorean, 'dana joined 알고리즘.', inKorean, inKorean]);
  for (const socket of sockets) socket.close();
});

test('rows 105, 106: reading one takes it from the count, once; others’ and unknown ones are not found', async () => {
  const leader = await someone(moim, 'eunji');
  const other = await someone(moim, 'faye');
  await found(leader, {}, ...(await crowd(moim, 3)));
  await moim.settle();
  const { body } = await leader.get(list);
  const read = (who: typeof leader, id: string, headers = {}) => who.post(`${list}/${id}/read`, {}, headers);
  const [first, second] = idsOf([body.items]);

  const answers = [await read(leader, first!), await read(leader, first!)];
  const race = await Promise.all(Array.from({ length: 5 }, () => read(leader, second!)));
  const refused = [
    await read(other, first!),
    await read(leader, '01900000-0000-7000-8000-000000000000'),
    await read(leader, 'x'),
    await leader.post(`${list}/${first}/read`, { read: false }),
  ];

  const { body: after } = await leader.get(list);
  expect([...answers, ...race].map(({ status }) => status)).toEqual(Array(7).fill(204));
  expect(after.unread).toBe(1);
  expect(after.items.map((each: { read: boolean }) => each.read).sort()).toEqual([false, true, true]);
  expect(refused.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'INVALID_REQUEST']);
  expect((await moim.guest.post(`${list}/${first}/read`)).status).toBe(401);
});

test('a reading whose answer was lost counts once, with a key and without', async () => {
  const leader = await someone(moim, 'gaeul');
  await found(leader, {}, ...(await crowd(moim, 2)));
  await moim.settle();
  const ids = idsOf([(await leader.get(list)).body.items]);
  const headers = { 'idempotency-key': 'a-key-of-sixteen-characters' };

  moim.table.faults.add({ kind: 'timeoutAfter', operation: 'TransactWriteItems' });
  const without = await leader.post(`${list}/${ids[0]}/read`);
  moim.table.faults.add({ kind: 'timeoutAfter', operation: 'TransactWriteItems' });
  const keyed = [1, 2].map(() => leader.post(`${list}/${ids[1]}/read`, {}, headers));
  const answers = [without, ...(await Promise.all(keyed))];

  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
  expect((await leader.get(list)).body.unread).toBe(0);
});

test('row 106: an entry is gone after thirty days, read or not, not a second before, and is unread no more', async () => {
  const leader = await someone(moim, 'haneul');
  await found(leader, { endDate: '2026-12-31' }, ...(await crowd(moim, 2)));
  await moim.settle();
  const { body: before } = await leader.get(list);
  await leader.post(`${list}/${before.items[0].id}/read`);
  const days = (n: number) => new Date(Date.parse(before.items[0].createdAt) + n * 86_400_000);

  await at(moim, days(13).toISOString(), leader);
  await at(moim, days(26).toISOString(), leader);
  await at(moim, new Date(days(30).getTime() - 1000).toISOString(), leader);
  const last = [(await leader.get(list)).body, (await leader.get(`${list}?limit=1`)).body];
  await at(moim, new Date(days(30).getTime() + 1000).toISOString(), leader);
  const gone = (await leader.get(list)).body;

  expect(last.map(({ items, unread }) => [items.length, unread])).toEqual([
    [2, 1],
    [1, 1],
  ]);
  expect([gone.items.length, gone.unread]).toEqual([0, 0]);
  expect(await itemsOf(moim, 'Notification', { accountId: leader.id })).toHaveLength(2);
});

test('rows 105, 106, 129: what expires unread leaves no count behind, long before and after the table drops it', async () => {
  const leader = await someone(moim, 'iseul');
  const open = { startDate: undefined, endDate: '2026-12-31', capacity: 50 };
  const { path } = await found(leader, open, ...(await crowd(moim, 25)));
  await moim.settle();
  const start = moim.clock.now();
  const unread = async (afterDays: number, more = 0) => {
    await at(moim, iso(start + afterDays * 86_400_000 + more), leader);
    return (await leader.get(list)).body.unread;
  };

  const counted = [await unread(12), await unread(24), await unread(30, -1000), await unread(30, 1000)];
  const late = (await itemsOf(moim, 'Notification', { accountId: leader.id })).length;
  const joiner = await someone(moim);
  await joiner.post(`${path}/members`);
  await moim.settle();
  const anew = await unread(31);
  const dropped = await unread(36);

  expect(counted).toEqual([25, 25, 25, 0]);
  expect(late).toBe(25);
  expect([anew, dropped]).toEqual([1, 1]);
  expect(await itemsOf(moim, 'Notification', { accountId: leader.id })).toHaveLength(1);
});

test('row 105: so many unread are counted as are shown as "99+", and no more, however many there are', async () => {
  const leader = await someone(moim, 'jaeyun');
  const { groupId } = await found(leader, { startDate: undefined, endDate: '2026-12-31' });
  const now = moim.clock.now();
  const link = { screen: 'group', groupId } as const;
  const told = {
    notice: 'GROUP_DELETED',
    actorId: 'x',
    values: { title: 'T' },
    link,
    createdAt: iso(now),
    toldAt: iso(now),
  };
  const ids = Array.from({ length: 103 }, () => newId(now));
  for (const notificationId of ids)
    await put(moim, 'Notification', {
      accountId: leader.id,
      unreadBy: leader.id,
      notificationId,
      ...told,
      expiresAt: now / 1000 + 86_400,
    });
  const unread = async (read: readonly string[]) => {
    for (const id of read) await leader.post(`${list}/${id}/read`);
    return (await leader.get(list)).body.unread;
  };

  expect([await unread([]), await unread(ids.slice(0, 3)), await unread(ids.slice(99))]).toEqual([100, 100, 96]);
});
