import { tagOf } from '../../../functions/talking/notifications/holding.ts';
import { comersTo } from '../../groups/memberships/support.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { type PushServices, register, signedIn, startPushServices, type Target } from '../../support/push-services.ts';
import { itemsOf, put } from '../../support/table.ts';
import { joining } from './joining.ts';

const moim = useMoim();
let services: PushServices;
beforeAll(async () => {
  services = await startPushServices(moim);
});
afterAll(() => services.close());
afterEach(() => expect(services.complaints.splice(0)).toEqual([]));

const { leaderWith, join } = joining(moim);
const devicesOf = async (person: Person) =>
  (await itemsOf(moim, 'Device', { accountId: person.id })).map(({ deviceId }) => deviceId);
const inbox = async (person: Person) => (await person.get('/v1/notifications')).body.items;

test('row 19: a browser gets it by Web Push: signed, encrypted, in the account’s language, with its deep link', async () => {
  const browser = services.browser();
  const { leader, groupId, path } = await leaderWith(browser);
  await join(path, 'bora');

  const [entry] = await inbox(leader);
  expect(browser.heard).toMatchObject([
    {
      message: {
        id: entry.id,
        type: 'GROUP_JOINED',
        text: 'bora joined Algorithms.',
        link: { screen: 'group', groupId },
        createdAt: entry.createdAt,
      },
      headers: { urgency: 'normal', ttl: '86400', topic: tagOf(groupId, 'GROUP_JOINED').replaceAll('-', '') },
    },
  ]);
  expect(browser.tries).toBe(1);
});

test('row 19: an app gets it by FCM, as the service account, whose token serves for an hour', async () => {
  const app = services.app();
  const { leader, groupId, path } = await leaderWith(app);
  const before = services.granted;

  const dana = await join(path, 'dana');
  await join(path);
  const one = services.granted - before;
  await moim.clock.advance(3_600_000);
  await join(path);

  const entries = await itemsOf(moim, 'Notification', { accountId: leader.id });
  const entry = entries.find(({ actorId }) => actorId === dana.id);
  expect(app.heard[0]!.message).toMatchObject({
    notification: { body: 'dana joined Algorithms.' },
    data: { id: entry.notificationId, type: 'GROUP_JOINED', screen: 'group', groupId },
    android: { notification: { tag: tagOf(groupId, 'GROUP_JOINED') }, ttl: '86400s' },
    apns: { headers: { 'apns-collapse-id': tagOf(groupId, 'GROUP_JOINED') } },
  });
  expect(app.heard).toHaveLength(3);
  expect(one).toBeLessThanOrEqual(1);
  expect(services.granted - before).toBeLessThanOrEqual(2);
});

test('an access token that was taken back before its end is replaced', async () => {
  const app = services.app();
  const { path } = await leaderWith(app);
  await join(path);
  const before = services.granted;

  services.revoke();
  await join(path);

  expect(app.heard).toHaveLength(2);
  expect(services.granted).toBe(before + 1);
});

test('all devices of an account get it', async () => {
  const targets = [services.browser(), services.app(), services.browser(), services.app()];
  const { path } = await leaderWith(...targets);
  await join(path);

  expect(targets.map(({ heard }) => heard.length)).toEqual([1, 1, 1, 1]);
});

const fcm = (code: number, errorCode: string, more: object = {}, message = '') => ({
  status: code,
  body: {
    error: {
      ...{ code, message, status: 'X' },
      details: [{ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode }, more],
    },
  },
});

test('row 19: who says that a device is gone drops it; who says something else does not', async () => {
  const gone: Target[] = [];
  const there: Target[] = [];
  const browser = (list: Target[], answer: Target['answers'][number]) => {
    const target = services.browser();
    target.answers.push(answer);
    list.push(target);
  };
  const app = (list: Target[], answer: Target['answers'][number]) => {
    const target = services.app();
    target.answers.push(answer);
    list.push(target);
  };
  for (const status of [404, 410]) browser(gone, status);
  for (const status of [400, 403, 413]) browser(there, status);
  app(gone, fcm(404, 'UNREGISTERED'));
  app(gone, fcm(400, 'INVALID_ARGUMENT', { fieldViolations: [{ field: 'message.token' }] }));
  app(gone, fcm(400, 'INVALID_ARGUMENT', {}, 'The registration token is not a valid FCM registration token'));
  app(there, fcm(400, 'INVALID_ARGUMENT', { fieldViolations: [{ field: 'message.data' }] }));
  app(there, fcm(403, 'SENDER_ID_MISMATCH'));
  const first = await leaderWith(...gone);
  const second = await leaderWith(...there);

  await join(first.path);
  await join(second.path);
  await join(first.path);
  await join(second.path);

  expect(await devicesOf(first.leader)).toEqual([]);
  expect(await itemsOf(moim, 'NotificationSettings', { accountId: first.leader.id })).toMatchObject([{ devices: 0 }]);
  expect(gone.map(({ tries }) => tries)).toEqual(gone.map(() => 1));
  expect((await devicesOf(second.leader)).sort()).toEqual(second.ids.toSorted());
  // Refused once, not tried again, and heard the next time.
  expect(there.map(({ tries, heard }) => [tries, heard.length])).toEqual(there.map(() => [2, 1]));
  expect(await inbox(first.leader)).toHaveLength(2);
});

test('a device that was registered again while the service called it gone stays', async () => {
  const app = services.app();
  app.answers.push(fcm(404, 'UNREGISTERED'));
  const { leader, path } = await leaderWith(app);
  // The answer is there, the device is about to be dropped; it registers in between.
  let again: Promise<unknown> | undefined;
  moim.table.faults.add({
    kind: 'throttle',
    operation: 'TransactWriteItems',
    match(body) {
      const text = JSON.stringify(body);
      if (again || !text.includes('"Delete"') || !text.includes('"DEVICE#')) return false;
      again = moim.clock.advance(1000).then(() => register(leader, app));
      return true;
    },
  });
  await join(path);
  await again;
  await join(path);
  moim.table.faults.clear();

  expect(again).toBeDefined();
  expect(await devicesOf(leader)).toHaveLength(1);
  expect(app.heard).toHaveLength(1);
});

test('row 19: what fails is tried three times in all; what goes wrong with push never holds up the rest', async () => {
  const targets = [services.browser(), services.app(), services.browser()];
  targets[0]!.answers.push(503, 429);
  targets[1]!.answers.push(500);
  targets[2]!.answers.push(503, 503, 503, 503);
  const { leader, path } = await leaderWith(...targets);

  await join(path);

  expect(targets.map(({ tries, heard }) => [tries, heard.length])).toEqual([
    [3, 1],
    [2, 1],
    [3, 0],
  ]);
  expect(await inbox(leader)).toHaveLength(1);
  expect(await devicesOf(leader)).toHaveLength(3);
  expect(moim.queues.messages('FailedChanges')).toEqual([]);
});

test('a service that fails six times in a row is left alone for half a minute, and then asked again', async () => {
  const browser = services.browser();
  const { leader, path } = await leaderWith(browser);
  // A success, after which the count begins.
  await join(path);
  browser.answers.push(503, 503, 503, 503, 503, 503);

  for (let i = 0; i < 4; i++) await join(path);
  const tries = browser.tries - 1;
  await moim.clock.advance(31_000);
  await join(path);

  expect(tries).toBe(6);
  expect([browser.tries, browser.heard.length]).toEqual([8, 2]);
  expect(await inbox(leader)).toHaveLength(6);
});

/** Puts a value into the secret of the deployment, which is read again after five minutes. */
async function configured(value: unknown) {
  await services.configure(value);
  await moim.clock.advance(301_000);
}

test('a redirect is not followed', async () => {
  const [elsewhere, browser] = [services.browser(), services.browser()];
  browser.answers.push({ status: 307, body: {}, location: elsewhere.registration.subscription.endpoint });
  const { leader, path } = await leaderWith(browser);

  await join(path);

  expect([elsewhere.tries, browser.tries, browser.heard.length]).toEqual([0, 1, 0]);
  expect(await inbox(leader)).toHaveLength(1);
});

// Alone: a service that answers has more time than this, also on a slow machine.
test('a service that does not answer in time is given up', async () => {
  const silent = services.browser();
  silent.answers.push('hang', 'hang', 'hang');
  const { leader, path } = await leaderWith(silent);
  await configured({ ...services.config, timeoutMs: 600, personMs: 1000 });

  const started = performance.now();
  await join(path);
  const took = performance.now() - started;
  await configured(services.config);

  expect(silent.heard).toEqual([]);
  // A try is given up when its time is over, and all that is sent to one person before there could be a third.
  expect([1, 2]).toContain(silent.tries);
  expect(took).toBeGreaterThan(590);
  expect(await inbox(leader)).toHaveLength(1);
});

test('a repeated delivery replaces what a device shows, and shows nothing that was read', async () => {
  const [browser, app] = [services.browser(), services.app()];
  const { leader, groupId, path } = await leaderWith(browser, app);
  await join(path);
  const Records = comersTo(moim, groupId);
  await moim.invoke('live-stream', { Records });
  const topics = browser.heard.map(({ headers }) => headers.topic);
  const tags = app.heard.map(({ message }) => message.android.notification.tag);
  const [entry] = await inbox(leader);
  await leader.post(`/v1/notifications/${entry.id}/read`);
  await moim.invoke('live-stream', { Records });

  expect(Records).toHaveLength(1);
  const tag = tagOf(groupId, 'GROUP_JOINED');
  expect([topics, tags]).toEqual([Array(2).fill(tag.replaceAll('-', '')), [tag, tag]]);
  expect([browser.heard.length, app.heard.length]).toEqual([2, 2]);
});

test('a long text is cut to what a device shows, and fits what services take', async () => {
  const [browser, app] = [services.browser(), services.app()];
  const { leader, groupId } = await leaderWith(browser, app);
  await put(moim, 'Outbox', {
    outboxId: '01900000-0000-7000-8000-000000000003',
    createdAt: '2026-03-02T03:00:00.000Z',
    notice: 'CERTIFICATION_DENIED',
    to: [leader.id],
    actorId: 'actor',
    values: { nick: '🧱'.repeat(20), reason: '\u0000각'.repeat(250) },
    link: { screen: 'certification', groupId, certificationId: groupId },
  });
  await moim.settle();

  const texts = [browser.heard[0]!.message.text, app.heard[0]!.message.notification.body];
  expect(texts.map((text) => [[...text].length, text.at(-1)])).toEqual(Array(2).fill([200, '…']));
  expect(app.heard[0]!.message.data.certificationId).toBe(groupId);
});

test('a club of many is read about in a few requests, and each device hears it once', async () => {
  const people = await Promise.all((await crowd(moim, 40)).map((person) => signedIn(moim, person)));
  const apps = people.map(() => services.app());
  await Promise.all(people.map((person, i) => register(person, apps[i]!)));
  await put(moim, 'Outbox', {
    outboxId: '01900000-0000-7000-8000-000000000004',
    createdAt: '2026-03-02T03:00:00.000Z',
    notice: 'GROUP_JOINED',
    to: people.map(({ id }) => id),
    actorId: 'actor',
    values: { nick: 'ari', title: 'T' },
    link: { screen: 'group', groupId: '01900000-0000-7000-8000-000000000002' },
  });
  await moim.settle();

  const last = moim.logs.findLast(({ functionId }) => functionId === 'live-stream')!;
  expect(apps.map(({ heard }) => heard.length)).toEqual(apps.map(() => 1));
  // Two reads about all, of up to 33 each; for each an entry with its count, the look for sockets and the look for devices.
  expect(JSON.parse(last.line)).toMatchObject({ records: 1, failed: 0, requests: 2 + 3 * 40 });
});

describe('the secret', () => {
  afterEach(() => configured(services.config));

  test.each([
    ['as it begins', { unused: 'x' }],
    [
      'with keys that do not belong together',
      { vapid: { publicKey: 'BAAA', privateKey: 'AAAA', subject: 'mailto:a@b.example' } },
    ],
    ['with half a service account', { fcm: { project_id: 'moim-test' } }],
    ['with nothing to read', []],
  ])('%s turns push off: nothing is sent, everything is stored, and pages are told', async (_, value) => {
    const targets = [services.browser(), services.app()];
    const { leader, path } = await leaderWith(...targets);

    await configured(value);
    await join(path);
    const { body } = await moim.guest.get('/v1/push-key');

    expect(targets.map(({ tries }) => tries)).toEqual([0, 0]);
    expect(await itemsOf(moim, 'Notification', { accountId: leader.id })).toHaveLength(1);
    expect(body).toEqual({ publicKey: null });
  });

  test('that is broken leaves in force what was read before, and the log says so', async () => {
    const browser = services.browser();
    const { path } = await leaderWith(browser);
    await join(path);

    await configured('{"vapid":');
    await join(path);
    const { body } = await moim.guest.get('/v1/push-key');

    expect(browser.heard).toHaveLength(2);
    expect(body).toEqual({ publicKey: services.publicKey });
    expect(moim.logs.some(({ line }) => line.includes('the push keys cannot be read'))).toBe(true);
  });
});

test('the log tells which service did what, and no address, token or key of anybody', () => {
  const lines = moim.logs.map(({ line }) => line).join('\n');

  expect(lines).toContain('not pushed');
  expect(lines).not.toContain('/push/');
  expect(lines).not.toContain('APA91b');
  expect(lines).not.toContain(services.config.vapid.privateKey);
  expect(lines).not.toContain('PRIVATE KEY');
});
