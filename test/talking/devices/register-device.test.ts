import { useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { type PushServices, register, signedIn, startPushServices } from '../../support/push-services.ts';
import { outcome, tally } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const path = '/v1/accounts/me/devices';
let services: PushServices;
beforeAll(async () => {
  services = await startPushServices(moim);
});
afterAll(() => services.close());

const owner = async (nickname?: string) => signedIn(moim, await someone(moim, nickname));
const countOf = async (accountId: string) =>
  (await itemsOf(moim, 'NotificationSettings', { accountId }))[0]?.devices ?? 0;
const devicesOf = (accountId: string) => itemsOf(moim, 'Device', { accountId });

test('row 19: a browser and an app are registered and listed, newest first; another session’s is not the current one', async () => {
  const person = await owner('ari');
  const browser = services.browser();

  const { status, body } = await person.post(path, browser.registration);
  await moim.clock.advance(1000);
  const app = await register(person, services.app());

  const { body: list } = await person.get(path);
  expect(status).toBe(201);
  expect(body).toMatchObject({ kind: 'WEB', name: 'Firefox', current: true });
  expect(Object.keys(body).sort()).toEqual([
    ...['current', 'id', 'kind', 'name', 'receivedAt', 'registeredAt', 'sessionId', 'silentSince'],
  ]);
  expect(list.items).toMatchObject([{ id: app, kind: 'FCM', name: 'Pixel', current: true }, body]);
  expect((await moim.guest.get(path)).status).toBe(401);
});

test('the key that browsers subscribe with is there for everybody', async () => {
  const { status, body } = await moim.guest.get('/v1/push-key');

  expect([status, body]).toEqual([200, { publicKey: services.publicKey }]);
});

test('what is registered again is the same device, with its newest keys and session, and counts once', async () => {
  const person = await owner('bora');
  const browser = services.browser();
  const first = await register(person, browser);
  const { subscription } = browser.registration;
  const renewed = {
    ...subscription,
    keys: { ...subscription.keys, auth: services.browser().registration.subscription.keys.auth },
  };

  const answers = await Promise.all(
    [1, 2, 3].map(() => person.post(path, { ...browser.registration, subscription: renewed })),
  );

  expect(answers.map(({ status, body }) => [status, body.id])).toEqual(Array(3).fill([201, first]));
  expect(await devicesOf(person.id)).toMatchObject([{ deviceId: first, auth: renewed.keys.auth }]);
  expect(await countOf(person.id)).toBe(1);
});

test('moim posts to the services of browsers only', async () => {
  const person = await owner('chaewon');
  const { registration } = services.browser();
  const tryWith = (endpoint: string) =>
    person.post(path, { ...registration, subscription: { ...registration.subscription, endpoint } });
  const taken = [
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAA',
    'https://wns2-par02p.notify.windows.com/w/?token=abc',
    'https://web.push.apple.com/QKx',
  ];
  const refused = [
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://fcm.googleapis.com:8443/fcm/send/abc',
    'https://fcm.googleapis.com.evil.example/fcm/send/abc',
    'https://fcm.googleapis.com@evil.example/',
    'https://someone@fcm.googleapis.com/fcm/send/abc',
    'https://evilnotify.windows.com/',
    'https://notify.windows.com.evil.example/',
    'https://push.example.com/abc',
    'https://127.0.0.1/',
    'https://localhost/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/',
    'http://127.0.0.1:1/',
    'file:///etc/passwd',
    'fcm.googleapis.com',
    '',
    'https://',
  ];

  for (const endpoint of taken) expect([endpoint, (await tryWith(endpoint)).status]).toEqual([endpoint, 201]);
  for (const endpoint of refused) {
    const { status, body } = await tryWith(endpoint);
    expect([endpoint, status, body.code, body.errors[0].pointer]).toEqual([
      ...[endpoint, 422, 'INVALID_REQUEST', '/subscription/endpoint'],
    ]);
  }
  expect(services.complaints).toEqual([]);
});

test('a key that nothing can be encrypted for is refused', async () => {
  const person = await owner('dana');
  const { registration } = services.browser();
  const notAPoint = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)]).toString('base64url');
  const keys = { ...registration.subscription.keys, p256dh: notAPoint };

  const { body } = await person.post(path, { ...registration, subscription: { ...registration.subscription, keys } });

  expect([body.code, body.errors[0].pointer]).toEqual(['INVALID_REQUEST', '/subscription/keys/p256dh']);
});

test('row 19: ten devices and not one more, however many come at once; one that goes makes room', async () => {
  const person = await owner('eunji');

  const replies = await Promise.all(Array.from({ length: 13 }, () => person.post(path, services.app().registration)));

  const counts = tally(replies);
  expect(counts['201']).toBeLessThanOrEqual(10);
  expect(Object.keys(counts).every((key) => ['201', 'TOO_MANY_DEVICES', 'TRY_AGAIN'].includes(key))).toBe(true);
  for (let missing = 10 - counts['201']!; missing > 0; missing--) await register(person, services.app());
  expect(outcome(await person.post(path, services.app().registration))).toBe('TOO_MANY_DEVICES');
  expect(await devicesOf(person.id)).toHaveLength(10);
  expect(await countOf(person.id)).toBe(10);

  const { body: list } = await person.get(path);
  const removed = await person.delete(`${path}/${list.items[0].id}`);
  expect(removed.status).toBe(204);
  await register(person, services.app());
  expect(await countOf(person.id)).toBe(10);
});

test('a device that another account registers is theirs, and the first’s no longer', async () => {
  const [first, second] = [await owner('faye'), await owner('gaeul')];
  const browser = services.browser();
  const id = await register(first, browser);

  const theirs = await register(second, browser);

  expect(theirs).toBe(id);
  expect((await first.get(path)).body.items).toEqual([]);
  expect((await second.get(path)).body.items).toMatchObject([{ id }]);
  expect(await itemsOf(moim, 'DeviceClaim', { deviceId: id })).toMatchObject([{ accountId: second.id }]);
  expect([await countOf(first.id), await countOf(second.id)]).toEqual([0, 1]);
});

test('of accounts that register one device at the same moment, one has it', async () => {
  const people = await Promise.all([owner(), owner(), owner(), owner()]);
  const app = services.app();

  const replies = await Promise.all(people.map((person) => person.post(path, app.registration)));

  const found = await itemsOf(moim, 'Device', { token: app.registration.token });
  const counts = await Promise.all(people.map(({ id }) => countOf(id)));
  expect(replies.some(({ status }) => status === 201)).toBe(true);
  expect(Object.keys(tally(replies)).every((key) => ['201', 'TRY_AGAIN'].includes(key))).toBe(true);
  expect(found).toHaveLength(1);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
});

test('removing: one’s own, once; another’s and unknown ones are not found', async () => {
  const [person, other] = [await owner('haneul'), await owner('iseul')];
  const id = await register(person, services.app());

  const replies = [
    await other.delete(`${path}/${id}`),
    await person.delete(`${path}/x`),
    await person.delete(`${path}/${id}`),
    await person.delete(`${path}/${id}`),
  ];

  expect(replies.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND', 204, 'NOT_FOUND']);
  expect(await itemsOf(moim, 'DeviceClaim', { deviceId: id })).toEqual([]);
  expect(await countOf(person.id)).toBe(0);
});

test('a registration whose answer was lost is one device, with a key and without', async () => {
  const person = await owner('jiwoo');
  const headers = { 'idempotency-key': 'a-key-of-sixteen-characters' };
  const [one, other] = [services.app(), services.app()];

  moim.table.faults.add({ kind: 'timeoutAfter', operation: 'TransactWriteItems' });
  const without = await person.post(path, one.registration);
  moim.table.faults.add({ kind: 'timeoutAfter', operation: 'TransactWriteItems' });
  const keyed = [
    await person.post(path, other.registration, headers),
    await person.post(path, other.registration, headers),
  ];

  expect([without, ...keyed].map(outcome)).toEqual([201, 201, 201]);
  expect(keyed[0]!.body).toEqual(keyed[1]!.body);
  expect(await countOf(person.id)).toBe(2);
});

test('rows 10, 19: a device ends with its session, and a session that is over registers none', async () => {
  const person = await moim.person('kyungsoo');
  const elsewhere = (await moim.signIn(person.email)).tokens;
  const here = person.tokens;
  await register(person, services.app());
  person.tokens = elsewhere;
  const there = await register(person, services.app());
  person.tokens = here;

  await person.delete('/v1/sessions/current');
  await moim.settle();

  const late = await person.post(path, services.app().registration);
  person.tokens = elsewhere;
  const { body } = await person.get(path);
  expect(outcome(late)).toBe('TOKEN_INVALID');
  expect(body.items.map(({ id }: { id: string }) => id)).toEqual([there]);
  expect(await countOf(person.id)).toBe(1);
});

test('what is no subscription and no token is refused', async () => {
  const person = await owner('lia');
  const { registration: web } = services.browser();
  const { registration: fcm } = services.app();
  const bodies = [
    {},
    { kind: 'APNS', token: fcm.token },
    { kind: 'FCM', subscription: web.subscription },
    { kind: 'WEB', token: fcm.token },
    { ...web, token: fcm.token },
    { kind: 'WEB' },
    { ...fcm, token: 'short' },
    { ...fcm, token: `${fcm.token} ` },
    { ...fcm, extra: 1 },
    { ...web, subscription: { ...web.subscription, keys: {} } },
    { ...web, subscription: { ...web.subscription, keys: { ...web.subscription.keys, auth: 'x' } } },
    { ...web, name: 'two\nlines' },
    { ...web, name: 'x'.repeat(61) },
  ];

  const replies = await Promise.all(bodies.map((body) => person.post(path, body)));

  expect(replies.map(outcome)).toEqual(bodies.map(() => 'INVALID_REQUEST'));
});
