import { comersTo } from '../../groups/memberships/support.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd, someone } from '../../support/people.ts';
import { found } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';

const moim = useMoim();
const stream = 'live-stream';

const inbox = async (who: Person) => {
  await moim.settle();
  const { body } = await who.get('/v1/notifications?limit=50');
  return [body.items.length, body.unread];
};

test('delivering the same records three more times neither doubles nor miscounts', async () => {
  const leader = await someone(moim, 'ari');
  const { groupId } = await found(leader, {}, ...(await crowd(moim, 3)));
  const before = await inbox(leader);

  const outcomes = await Promise.all([1, 2, 3].map(() => moim.invoke(stream, { Records: comersTo(moim, groupId) })));

  expect(comersTo(moim, groupId)).toHaveLength(3);
  expect(outcomes).toEqual(Array(3).fill({ ok: true, payload: { batchItemFailures: [] } }));
  expect(before).toEqual([3, 3]);
  expect(await inbox(leader)).toEqual([3, 3]);
});

test('a delivery repeated after the first was read does not make it unread again', async () => {
  const leader = await someone(moim, 'bora');
  const { groupId } = await found(leader, {}, ...(await crowd(moim, 1)));
  await moim.settle();
  const { body } = await leader.get('/v1/notifications');
  await leader.post(`/v1/notifications/${body.items[0].id}/read`);

  await moim.invoke(stream, { Records: comersTo(moim, groupId) });

  const { body: after } = await leader.get('/v1/notifications');
  expect([after.unread, after.items.length, after.items[0].read]).toEqual([0, 1, true]);
});

test('row 104: what fails is delivered again until it is told, and is told once', async () => {
  const leader = await someone(moim, 'chaewon');
  const { path } = await found(leader, { capacity: 50 });
  // The entry, then the look for open sockets; `error500` more often than the SDK tries by itself.
  const faults = (['throttle', 'timeoutBefore', 'timeoutAfter', 'conflict', 'error500'] as const).flatMap((kind) =>
    (['PutItem', 'Query'] as const).map((operation) => ({ kind, operation })),
  );
  const struck = faults.filter(({ kind, operation }) => !(kind === 'conflict' && operation === 'Query'));

  let hits = 0;

  for (const [i, member] of (await crowd(moim, struck.length)).entries()) {
    const { kind, operation } = struck[i]!;
    const match = (body: object) => {
      const text = JSON.stringify(body);
      return text.includes(leader.id) && !text.includes('"Membership"') && ++hits > 0;
    };
    moim.table.faults.add({ kind, operation, times: kind === 'error500' ? 4 : 1, match });
    await member.post(`${path}/members`);
    await moim.settle();
    // What failed is tried again after two seconds.
    await moim.clock.advance(2000);
    await moim.settle();
    moim.table.faults.clear();
  }

  expect(hits).toBe(7 + 2 * 4);
  expect(await inbox(leader)).toEqual([9, 9]);
  expect(moim.queues.messages('FailedChanges')).toEqual([]);
});

test('an entry that can never be delivered is tried for a day, then waits for a person; the rest flows at once', async () => {
  const leader = await someone(moim, 'dana');
  const { path } = await found(leader);
  const [before, after] = await crowd(moim, 2);
  const poison = { outboxId: 'poison', to: 5, createdAt: '2026-03-02T03:00:00.000Z' };

  await Promise.all([
    before!.post(`${path}/members`),
    put(moim, 'Outbox', poison as never),
    after!.post(`${path}/members`),
  ]);

  expect(await inbox(leader)).toEqual([2, 2]);
  const [parked] = moim.queues.messages('Parked') as object[];
  const quarterHours = async (count: number) => {
    for (let i = 0; i < count; i++) {
      await moim.clock.advance(900_000);
      await moim.settle();
    }
  };
  // An entry lives as long as it is tried.
  await quarterHours(95);
  const before24Hours = moim.queues.messages('FailedChanges');
  await quarterHours(2);

  expect(parked).toMatchObject({ consumer: 'notifications.deliver', keys: { pk: 'OUTBOX#poison', sk: 'EVENT' } });
  expect(before24Hours).toEqual([]);
  expect(moim.queues.messages('Parked')).toEqual([]);
  expect(moim.queues.messages('FailedChanges')).toEqual([
    { ...parked, tries: expect.any(Number), error: expect.any(String) },
  ]);
});

test('nobody is told what they did themselves, nobody twice, and the entry holds no more than it tells', async () => {
  const [leader, actor] = [await someone(moim, 'eunji'), await someone(moim, '<b>$1</b> {title}')];
  await put(moim, 'Outbox', {
    outboxId: '01900000-0000-7000-8000-000000000001',
    createdAt: '2026-03-02T03:00:00.000Z',
    notice: 'GROUP_JOINED',
    to: [leader.id, leader.id, actor.id],
    actorId: actor.id,
    values: { title: 'T' },
    link: { screen: 'group', groupId: '01900000-0000-7000-8000-000000000002' },
  });

  expect(await inbox(leader)).toEqual([1, 1]);
  expect(await itemsOf(moim, 'Notification', { accountId: actor.id })).toEqual([]);
  const { body } = await leader.get('/v1/notifications');
  // A name is text, also where it looks like a place for a value.
  expect(body.items[0].text).toBe('<b>$1</b> {title} joined T.');
});
