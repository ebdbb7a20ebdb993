/** Row 147: the volume of a group, and pauses. */
import { type Person, useMoim } from '../../support/moim.ts';
import { at, renew, someone, tick } from '../../support/people.ts';
import { type PushServices, startPushServices } from '../../support/push-services.ts';
import { costOf } from '../../support/replies.ts';
import { found, leave } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';
import { minutes, reachable } from './reachable.ts';

const moim = useMoim();
let services: PushServices;
beforeAll(async () => {
  services = await startPushServices(moim);
});
afterAll(() => services.close());

const set = (person: Person, path: string, body: object) => person.send('PATCH', `${path}/volume`, { body });
const rezone = async ({ id }: Person, timeZone: string) => {
  const [{ type: _type, v: _version, ...account }] = await itemsOf(moim, 'Account', { accountId: id });
  await put(moim, 'Account', { ...account, timeZone } as never);
};

/** A member with a device in a group; what of some kinds of news reaches them: entries in the inbox, push messages. */
async function scene(title: string) {
  const [leader, member] = [await someone(moim), await reachable(moim, services)];
  const place = await found(leader, { title, capacity: 20 }, member.person);
  await moim.settle();
  member.messages();
  let nth = 0;
  const inbox = async () => (await member.person.get('/v1/notifications?limit=50')).body.items.length;
  /** News that concerns the person, news of the group, news about the account: as an event of each would be told. */
  const told = async (notice: string, values: object = {}) => {
    const before = await inbox();
    const now = moim.clock.now();
    await put(moim, 'Outbox', {
      outboxId: `${now
        .toString(16)
        .padStart(12, '0')
        .replace(/^(.{8})/, '$1-')}-7000-8000-${String(++nth).padStart(12, '0')}`,
      ...{ createdAt: new Date(now).toISOString(), notice, to: [member.person.id], actorId: leader.id },
      values: { title, ...values },
      link: notice === 'EXPORT_READY' ? { screen: 'account' } : { screen: 'group', groupId: place.groupId },
    } as never);
    await moim.settle();
    const atOnce = member.messages().length;
    await minutes(moim, 11, member.person);
    return [(await inbox()) - before, atOnce + member.messages().length];
  };
  return { leader, member, ...place, told };
}

test('row 147: ALL pushes all, MENTIONS what concerns one, NOTHING only the account; the inbox keeps everything', async () => {
  const { member, path, groupId, told } = await scene('Loud');
  const all = async () => [
    await told('WARNED', { count: '1', reason: 'r' }),
    await told('GROUP_KEPT'),
    await told('EXPORT_READY'),
  ];

  expect((await member.person.get(`${path}/volume`)).body).toEqual({ volume: 'ALL', quietUntil: null });
  expect(await all()).toEqual([
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
  expect((await set(member.person, path, { volume: 'MENTIONS' })).body).toEqual({
    volume: 'MENTIONS',
    quietUntil: null,
  });
  expect(await all()).toEqual([
    [1, 1],
    [1, 0],
    [1, 1],
  ]);
  await set(member.person, path, { volume: 'NOTHING' });
  expect(await all()).toEqual([
    [1, 0],
    [1, 0],
    [1, 1],
  ]);
  const { body } = await member.person.get('/v1/accounts/me/volumes');
  expect(body).toEqual({ items: [{ groupId, title: 'Loud', volume: 'NOTHING', quietUntil: null }], nextCursor: null });
  expect((await member.person.get(`${path}/page`)).body.loudness).toEqual({ volume: 'NOTHING', quietUntil: null });
  await set(member.person, path, { volume: 'ALL' });
  expect(await told('GROUP_KEPT')).toEqual([1, 1]);
});

test('row 147: whoever leaves and comes back begins anew; a group that one is not in has no volume', async () => {
  const { member, path, groupId, leader } = await scene('Away');
  const stranger = await someone(moim);
  await renew(moim, member.person, leader);
  await set(member.person, path, { volume: 'NOTHING', snooze: { for: 'HOUR' } });

  await leave(member.person, { path });
  for (const who of [member.person, stranger]) {
    expect((await set(who, path, { volume: 'ALL' })).status).toBe(404);
    expect((await who.get(`${path}/volume`)).status).toBe(404);
  }
  expect((await member.person.get('/v1/accounts/me/volumes')).body.items).toEqual([]);
  await moim.settle();
  await member.person.post(`${path}/members`);
  expect((await member.person.get(`${path}/volume`)).body).toEqual({ volume: 'ALL', quietUntil: null });
  const [settings] = await itemsOf(moim, 'NotificationSettings', { accountId: member.person.id });
  expect(Object.keys(settings).filter((name) => name.includes(groupId))).toEqual([]);

  // From two devices at once both hold. The page of a group reads it along; changing it is two requests.
  await Promise.all([
    set(member.person, path, { volume: 'MENTIONS' }),
    set(member.person, path, { snooze: { for: 'HOUR' } }),
  ]);
  const { body } = await member.person.get(`${path}/volume`);
  expect([body.volume, body.quietUntil === null]).toEqual(['MENTIONS', false]);
  expect(costOf(moim, 'editVolume')).toMatchObject({ requests: 2, roundTrips: 2 });
  expect(costOf(moim, 'getVolume')).toMatchObject({ requests: 1, roundTrips: 1 });
});

test('row 147: a reminder names the groups that are quiet in the inbox alone', async () => {
  const [leader, member] = [await someone(moim), await reachable(moim, services)];
  const span = { startDate: '2026-03-02', endDate: '2026-03-30', capacity: 20 };
  await found(leader, { ...span, title: 'Aloud' }, member.person);
  const { path } = await found(leader, { ...span, title: 'Quiet' }, member.person);
  await moim.settle();
  await renew(moim, member.person);
  await set(member.person, path, { volume: 'NOTHING' });
  member.messages();
  // 20:00 in Seoul.
  await at(moim, '2026-03-02T11:00:00Z', member.person);
  await tick(moim);
  await moim.settle();

  const { body } = await member.person.get('/v1/notifications?limit=50');
  const kept = body.items.filter(({ type }: { type: string }) => type === 'REMIND_DAILY');
  const firstLine = (text: string) => text.split('\n')[0];
  expect(kept.map(({ text }: { text: string }) => firstLine(text)).toSorted()).toEqual([
    'Left for today: Aloud.',
    'Left for today: Quiet.',
  ]);
  expect(member.texts().map(firstLine)).toEqual(['Left for today: Aloud.']);
});

// Last, because it moves the clock past the first day of every group.
test('row 147: a pause ends at the minute, by the person’s zone, and leaves the volume as it was', async () => {
  const { member, leader, path, groupId } = await scene('Pauses');
  const joins = async () => {
    await put(moim, 'Outbox', {
      ...{ outboxId: crypto.randomUUID(), createdAt: new Date(moim.clock.now()).toISOString(), notice: 'KICKED' },
      ...{ to: [member.person.id], actorId: leader.id, values: { title: 'P', reason: 'r' } },
      link: { screen: 'group', groupId },
    } as never);
    await moim.settle();
    return member.messages().length;
  };
  await set(member.person, path, { volume: 'MENTIONS' });
  await moim.clock.advance(11 * 60_000 + 30_000);
  await renew(moim, member.person);

  const { body } = await set(member.person, path, { snooze: { for: 'HOUR' } });
  const end = Date.parse(body.quietUntil ?? '');
  expect([body.volume, end % 60_000, Math.ceil((end - moim.clock.now()) / 60_000)]).toEqual(['MENTIONS', 0, 61]);
  await moim.clock.advanceTo(end - 1);
  expect(await joins()).toBe(0);
  await moim.clock.advanceTo(end);
  expect(await joins()).toBe(1);
  await renew(moim, member.person);
  expect((await member.person.get(`${path}/volume`)).body).toEqual({ volume: 'MENTIONS', quietUntil: null });

  await rezone(member.person, 'America/New_York');
  // The clocks go forward in this night.
  await at(moim, '2026-03-08T03:00:00Z', member.person, leader);
  const morning = await set(member.person, path, { snooze: { for: 'MORNING' } });
  expect(morning.body.quietUntil).toBe('2026-03-08T12:00:00.000Z');
  const day = await set(member.person, path, { snooze: { for: 'DAY', through: '2026-03-10' } });
  expect(day.body.quietUntil).toBe('2026-03-11T04:00:00.000Z');
  const past = await set(member.person, path, { snooze: { for: 'DAY', through: '2026-03-06' } });
  expect(past).toMatchObject({ status: 422, body: { errors: [{ pointer: '/snooze/through' }] } });
  expect((await set(member.person, path, { snooze: null })).body.quietUntil).toBe(null);
  expect(await joins()).toBe(1);
});
