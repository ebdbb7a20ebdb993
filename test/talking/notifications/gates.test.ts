/** Which ways a notification goes (table 2.8 "Rules for all", rows 18, 84, 104): inbox, socket, device. */
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, someone } from '../../support/people.ts';
import { type PushServices, register, signedIn, startPushServices } from '../../support/push-services.ts';
import { found, type Team } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';

const moim = useMoim();
let services: PushServices;
beforeAll(async () => {
  services = await startPushServices(moim);
});
const sockets: { close(): void }[] = [];
afterAll(() => {
  for (const socket of sockets) socket.close();
  return services.close();
});

const choose = (person: Person, chosen: object) =>
  person.send('PATCH', '/v1/accounts/me/notification-settings', { body: chosen });
const block = (person: Person, { id }: Person) => person.send('PUT', `/v1/accounts/me/blocks/${id}`);

async function rewrite({ id }: Person, more: object) {
  const [{ type: _type, v: _version, ...account }] = await itemsOf(moim, 'Account', { accountId: id });
  await put(moim, 'Account', { ...account, ...more });
}

/** A leader with a device and an open socket. */
async function reachable(more: { locale?: string; timeZone?: string } = {}) {
  const leader = await signedIn(moim, await someone(moim));
  await rewrite(leader, more);
  const app = services.app();
  await register(leader, app);
  const socket = await leader.socket();
  sockets.push(socket);
  const group = await found(leader, { capacity: 50, title: 'T' });
  return { leader, app, socket, ...group };
}
type Reachable = Awaited<ReturnType<typeof reachable>>;

/** Somebody joins; how many notifications the leader then has in inbox, over the socket, on the device. */
async function reached({ leader, app, socket, path }: Reachable, joining?: Person) {
  const before = [socket.events.length, app.heard.length];
  await (joining ?? (await someone(moim))).post(`${path}/members`);
  await moim.settle();
  const { body } = await leader.get('/v1/notifications?limit=50');
  // A message that is on its way to a socket is there before the answer to one that was sent after it.
  await socket.ask({ id: 1, action: 'ping' });
  return { inbox: body.items.length, socket: socket.events.length - before[0]!, push: app.heard.length - before[1]! };
}

test('by itself all three', async () => {
  expect(await reached(await reachable())).toEqual({ inbox: 1, socket: 1, push: 1 });
});

test('row 18: a type that is off is stored and no more; others go on', async () => {
  const there = await reachable();

  await choose(there.leader, { types: { group: false } });
  const off = await reached(there);
  await choose(there.leader, { types: { group: true, newUpload: false, message: false } });
  const others = await reached(there);

  expect(off).toEqual({ inbox: 1, socket: 0, push: 0 });
  expect(others).toEqual({ inbox: 2, socket: 1, push: 1 });
});

test('row 18: with everything off, all is stored still (M2)', async () => {
  const there = await reachable();

  await choose(there.leader, { all: false });

  expect(await reached(there)).toEqual({ inbox: 1, socket: 0, push: 0 });
});

test('quiet hours leave the inbox and the socket alone', async () => {
  const there = await reachable();
  await choose(there.leader, { quietHours: { from: '00:00', to: '23:59' } });

  expect(await reached(there)).toEqual({ inbox: 1, socket: 1, push: 0 });
});

test('row 84: from somebody who is blocked nothing comes, nor is it kept; from others and after the block it does', async () => {
  const there = await reachable();
  const [blocked, other] = [await someone(moim), await someone(moim)];
  const second = { ...there, ...(await found(there.leader, { capacity: 50, title: 'T' })) };

  await block(there.leader, blocked);
  const none = await reached(there, blocked);
  const some = await reached(there, other);
  await there.leader.delete(`/v1/accounts/me/blocks/${blocked.id}`);
  const again = await reached(second, blocked);

  expect(none).toEqual({ inbox: 0, socket: 0, push: 0 });
  expect(some).toEqual({ inbox: 1, socket: 1, push: 1 });
  expect(again).toEqual({ inbox: 2, socket: 1, push: 1 });
});

test('row 84: a block is one way: the blocked one still hears', async () => {
  const there = await reachable();
  const joining = await someone(moim);

  await block(joining, there.leader);

  expect(await reached(there, joining)).toEqual({ inbox: 1, socket: 1, push: 1 });
});

test('a device hears in the language of its account, whatever its sockets speak', async () => {
  const there = await reachable({ locale: 'ko' });
  await reached(there, await someone(moim, 'dana'));

  expect(there.app.heard[0]!.message.notification.body).toBe('dana님이 T에 참가했어요.');
  expect(there.socket.events[0]!.data.text).toBe('dana joined T.');
});

test('of many, each is served by their own choice, and who is not there any more not at all', async () => {
  const people = await Promise.all(Array.from({ length: 8 }, () => reachable()));
  const [plain, off, blocking, gone] = people as [Reachable, Reachable, Reachable, Reachable];
  const actor = await someone(moim);
  await choose(off.leader, { all: false });
  await block(blocking.leader, actor);
  await rewrite(gone.leader, { status: 'WITHDRAWN' });

  await put(moim, 'Outbox', {
    outboxId: '01900000-0000-7000-8000-000000000009',
    createdAt: '2026-03-02T03:00:00.000Z',
    notice: 'GROUP_JOINED',
    to: people.map(({ leader }) => leader.id),
    actorId: actor.id,
    values: { title: 'T' },
    link: { screen: 'group', groupId: (plain as unknown as Team).groupId },
  });
  await moim.settle();

  const ways = async ({ leader, app }: Reachable) => [
    (await itemsOf(moim, 'Notification', { accountId: leader.id })).length,
    app.heard.length,
  ];
  const all = await Promise.all(people.map(ways));
  expect(all).toEqual([[1, 1], [1, 0], [0, 0], [0, 0], ...Array(4).fill([1, 1])]);
});

// Last, because it moves the clock past the first day of every group.
test('row 18: in quiet hours, on the wall of the account’s zone and across midnight, no device buzzes', async () => {
  const [seoul, paris] = [await reachable(), await reachable({ timeZone: 'Europe/Paris' })];
  const people = [seoul.leader, paris.leader];
  for (const person of people) await choose(person, { quietHours: { from: '22:00', to: '07:00' } });
  const pushed = async (instant: string) => {
    await at(moim, instant, ...people);
    const before = [seoul, paris].map(({ app }) => app.heard.length);
    // News of no group: of a group, the second of a kind within ten minutes would wait (row 147).
    for (const { id } of people)
      await put(moim, 'Outbox', {
        ...{ outboxId: newId(moim.clock.now()), createdAt: iso(moim.clock.now()), notice: 'APPLICATION_CLOSED' },
        ...{ to: [id], actorId: 'moim', values: { title: 'T' }, link: { screen: 'account' } },
      });
    await moim.settle();
    return [seoul, paris].map(({ app }, i) => app.heard.length - before[i]!);
  };

  // Seoul is at +9, Paris at +1: 21:59, 22:00 and 06:59, 07:00 in either.
  expect(await pushed('2026-03-02T12:59:59Z')).toEqual([1, 1]);
  expect(await pushed('2026-03-02T13:00:00Z')).toEqual([0, 1]);
  expect(await pushed('2026-03-02T20:59:59Z')).toEqual([0, 1]);
  expect(await pushed('2026-03-02T21:00:00Z')).toEqual([0, 0]);
  expect(await pushed('2026-03-02T22:00:00Z')).toEqual([1, 0]);
  expect(await pushed('2026-03-03T05:59:59Z')).toEqual([1, 0]);
  expect(await pushed('2026-03-03T06:00:00Z')).toEqual([1, 1]);
});
