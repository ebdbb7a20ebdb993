import { interrupted } from '../../support/between.ts';
import { password, useMoim } from '../../support/moim.ts';
import { lastTick, someone, tick } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { certify, found } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';
import { withPassword } from '../../support/with-password.ts';
import { registered } from '../../sweeps/world.ts';

const moim = useMoim();
const leave = { reason: 'Found another hobby' };
const erase = async () => {
  await moim.settle();
  await tick(moim);
  await moim.settle();
};

test('rows 17, 85: everything personal goes, what was written for a group stays without a name', async () => {
  const leader = await someone(moim);
  const ari = await moim.person('ari');
  const group = await found(leader, {}, ari);
  const { body: written } = await certify(ari, group);
  await moim.settle();
  await leader.post(`${group.path}/certifications/${written.id}/approve`);
  await moim.settle();
  const socket = await ari.socket();

  const left = await ari.post('/v1/accounts/me/withdrawal', leave);
  await moim.settle();
  const atOnce = {
    signIn: outcome(await moim.guest.post('/v1/sessions', { email: ari.email, password })),
    author: (await leader.get(`${group.path}/certifications/${written.id}`)).body.author.nickname,
  };
  await erase();

  await socket.closed;
  expect(left.status).toBe(204);
  expect(atOnce).toEqual({ signIn: 'SIGN_IN_FAILED', author: '(unknown)' });
  const [stone] = await itemsOf(moim, 'Account', { accountId: ari.id });
  expect(stone).toMatchObject({ status: 'WITHDRAWN', reason: leave.reason });
  const everything = JSON.stringify(await allItems());
  expect(everything).not.toContain(ari.email);
  expect(everything.split(ari.id).length).toBeLessThan(40);
  for (const type of ['Session', 'Credential', 'NicknameClaim', 'Notification', 'Connection', 'Device', 'Block'])
    expect([type, await itemsOf(moim, type, { accountId: ari.id })]).toEqual([type, []]);
  expect((await leader.get(group.path)).body.memberCount).toBe(1);
  expect((await leader.get(`${group.path}/certifications`)).body.items).toMatchObject([
    { id: written.id, author: { nickname: '(unknown)' } },
  ]);
  // The address and the name are free again.
  expect((await moim.guest.get('/v1/availability?nickname=ari')).body.available).toBe(true);
  expect((await moim.person('ari')).id).not.toBe(ari.id);
});

/** The whole table, but for the mails to the one who left and the events on their way. */
async function allItems() {
  const types = [
    'Account',
    'Membership',
    'Certification',
    'Notification',
    'Outbox',
    'Session',
    'Credential',
    'EmailCode',
  ];
  return (await Promise.all(types.map((type) => itemsOf(moim, type)))).flat();
}

test('row 17: who leads a group with others hands it over first; alone, the group goes as well', async () => {
  const [bora, member] = [await withPassword(moim), await someone(moim)];
  const group = await found(bora, {}, member);
  const other = await withPassword(moim);
  const alone = await found(other);

  const refused = await bora.post('/v1/accounts/me/withdrawal', leave);
  const done = await other.post('/v1/accounts/me/withdrawal', leave);
  await erase();

  expect([outcome(refused), done.status]).toEqual(['LEADS_GROUPS', 204]);
  expect((await member.get(group.path)).status).toBe(200);
  expect((await member.get(alone.path)).status).toBe(404);
});

test('row 17: what a request writes that began before the withdrawal is erased as well', async () => {
  const [leader, ari] = [await someone(moim), await withPassword(moim)];
  const { path, groupId } = await found(leader);
  await ari.post('/v1/accounts/me/withdrawal', leave);
  await erase();

  const late = await ari.put(`${path}/like`);
  await put(moim, 'Like', { groupId, accountId: ari.id, likedAt: new Date(moim.clock.now()).toISOString() });
  const written = await itemsOf(moim, 'Like', { accountId: ari.id });
  await moim.clock.advance(20 * 60_000);
  await erase();
  const once = await itemsOf(moim, 'Like', { accountId: ari.id });
  await moim.clock.advance(20 * 60_000);
  await erase();

  expect([outcome(late), written.length, once]).toEqual(['TOKEN_INVALID', 1, []]);
  expect(lastTick(moim)).toMatchObject({ requests: 4, writeUnits: 0 });
});

test('row 17, report D12: three withdrawals at once, and one beside an edit of the profile, end without a version to blame', async () => {
  const [ari, bora] = [await withPassword(moim), await withPassword(moim)];

  const three = await Promise.all(Array.from({ length: 3 }, () => ari.post('/v1/accounts/me/withdrawal', leave)));
  const beside = await interrupted(
    moim,
    () => bora.patch('/v1/accounts/me', { introduction: 'New here' }),
    () => bora.post('/v1/accounts/me/withdrawal', leave),
  );

  // The one that is read after the withdrawal has no session any more.
  for (const answer of three) expect([204, 'TOKEN_INVALID', 'NOT_FOUND']).toContain(outcome(answer));
  expect(three.map(outcome)).toContain(204);
  expect(beside.status).toBe(204);
  expect(await itemsOf(moim, 'Account', { status: 'WITHDRAWN', accountId: bora.id })).toHaveLength(1);
});

test('row 17: once is enough, and a reason is given', async () => {
  const dana = await withPassword(moim);

  const answers = [
    await dana.post('/v1/accounts/me/withdrawal', { ...leave, reason: ' ' }),
    await dana.post('/v1/accounts/me/withdrawal', leave),
    await dana.post('/v1/accounts/me/withdrawal', leave),
  ];

  expect(answers.map(outcome)).toEqual(['INVALID_REQUEST', 204, 'TOKEN_INVALID']);
});

test('an erasing that is repeated, or cut off half-way, ends the same', async () => {
  await erase();
  const eun = await withPassword(moim);
  const leader = await someone(moim);
  const group = await found(leader, {}, eun);
  await eun.post('/v1/accounts/me/withdrawal', leave);
  await moim.settle();
  const own = `INBOX#${eun.id}`;
  moim.table.faults.add({ kind: 'error500', times: 3, match: (body) => JSON.stringify(body).includes(own) });

  await erase();
  moim.table.faults.clear();
  const failed = [lastTick(moim).failed, (await itemsOf(moim, 'Due', { subject: eun.id })).length];
  await moim.clock.advance(60_000);
  await Promise.all([tick(moim), tick(moim)]);
  await erase();

  expect(failed).toEqual([1, 1]);
  expect(await itemsOf(moim, 'Due', { subject: eun.id })).toEqual([]);
  expect((await leader.get(group.path)).body.memberCount).toBe(1);
});

test('rows 10, 17, 19: a device that outlived its session goes with the account, with its claim and its count', async () => {
  const person = await moim.person('gyu');
  const accountId = person.id;
  const deviceId = await registered(person, 'the-phone');
  const [device] = await itemsOf(moim, 'Device', { accountId });
  const [claim] = await itemsOf(moim, 'DeviceClaim', { accountId });
  await person.post('/v1/accounts/me/withdrawal', leave);
  await moim.settle();
  const ended = await itemsOf(moim, 'Session', { accountId });
  // As where the end of the session was not followed: the change lies in the queue of those that failed.
  await put(moim, 'Device', device);
  await put(moim, 'DeviceClaim', claim);
  await put(moim, 'NotificationSettings', { accountId, devices: 1 });
  await erase();

  expect([device.deviceId, ended]).toEqual([deviceId, []]);
  for (const kind of ['Device', 'DeviceClaim', 'NotificationSettings'])
    expect([kind, await itemsOf(moim, kind, { accountId })]).toEqual([kind, []]);
});
