/** Row 159: browsers confirm what arrives, and people are told when nothing does. */
import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { actorAt } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { renew, someone } from '../../support/people.ts';
import { type PushServices, register, signedIn, startPushServices, type Target } from '../../support/push-services.ts';
import { outcome, tally } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const day = 86_400_000;
let services: PushServices;
beforeAll(async () => {
  services = await startPushServices(moim);
});
afterAll(() => services.close());
afterEach(() => expect(services.complaints.splice(0)).toEqual([]));

/** Somebody with a browser, who leads a group that others join. */
async function ownerOf(target: Target) {
  const owner = await signedIn(moim, await someone(moim));
  const deviceId = await register(owner, target);
  const [startDate, endDate] = [0, 80].map((days) =>
    new Date(moim.clock.now() + days * day).toISOString().slice(0, 10),
  );
  const { path } = await found(owner, { title: 'Algorithms', capacity: 50, startDate, endDate });
  return { owner, deviceId, path };
}
/** Time passes, and the owner goes on with a new token. */
async function after(ms: number, owner: Person) {
  await moim.clock.advance(ms);
  await renew(moim, owner);
}
async function join(path: string) {
  await (await someone(moim)).post(`${path}/members`);
  await moim.settle();
}
const confirm = (receipt: unknown, who = moim.guest) => who.post('/v1/push-receipts', { receipt });
const sendTest = (owner: Person, deviceId: string) => owner.post(`/v1/accounts/me/devices/${deviceId}/test`);
const shown = async (owner: Person, deviceId: string) =>
  (await owner.get('/v1/accounts/me/devices')).body.items.find(({ id }: { id: string }) => id === deviceId);
const now = () => new Date(moim.clock.now()).toISOString();
/** What the last request of a route cost. */
const costOf = (name: string) =>
  moim.logs.map(({ line }) => JSON.parse(line)).findLast(({ route }) => route === name) as Record<string, number>;

test('row 159: a receipt is noted without an access token, once a day at most, and the list shows it', async () => {
  const browser = services.browser();
  const { owner, deviceId, path } = await ownerOf(browser);
  await join(path);
  const { receipt } = browser.heard[0]!.message;
  expect(await shown(owner, deviceId)).toMatchObject({ receivedAt: null, silentSince: null });

  const first = await confirm(receipt);
  const at = now();
  const cost = costOf('confirmPush');
  await after(day - 1000, owner);
  const again = await Promise.all([1, 2, 3].map(() => confirm(receipt)));
  const costAgain = costOf('confirmPush');
  expect(await shown(owner, deviceId)).toMatchObject({ receivedAt: at });
  await after(2000, owner);
  await Promise.all([1, 2, 3].map(() => confirm(receipt)));

  expect([first.status, tally(again)]).toEqual([204, { 204: 3 }]);
  expect(cost).toMatchObject({ requests: 2, writeUnits: 1 });
  expect(costAgain).toMatchObject({ requests: 1, writeUnits: 0 });
  expect(await shown(owner, deviceId)).toMatchObject({ receivedAt: now() });
});

test('row 159: a receipt is of one device: wrong, foreign and made up ones get the same 404 and change nothing', async () => {
  const [mine, other] = [services.browser(), services.browser()];
  const { owner, deviceId, path } = await ownerOf(mine);
  const them = await ownerOf(other);
  await Promise.all([join(path), join(them.path)]);
  const { receipt } = mine.heard[0]!.message as { receipt: string };
  const [account, device, proof] = receipt.split('.') as [string, string, string];
  const [, , theirs] = (other.heard[0]!.message.receipt as string).split('.');
  const wrong = [
    `${account}.${device}.${theirs}`,
    `${account}.${device}.${'A'.repeat(43)}`,
    `${them.owner.id}.${device}.${proof}`,
    `${account}.${them.deviceId}.${proof}`,
    `${account}.01900000-0000-7000-8000-000000000009.${proof}`,
  ];
  const malformed = ['', 'x', `${account}.${device}`, `${receipt}x`, `${receipt}.${proof}`, 7, null];

  const answers = await Promise.all(wrong.map((each) => confirm(each)));
  const refused = await Promise.all(malformed.map((each) => confirm(each)));

  expect(answers.map(outcome)).toEqual(wrong.map(() => 'NOT_FOUND'));
  expect(new Set(answers.map(({ body }) => JSON.stringify({ ...body, requestId: '', instance: '' }))).size).toBe(1);
  expect(refused.map(outcome)).toEqual(malformed.map(() => 'INVALID_REQUEST'));
  expect(await shown(owner, deviceId)).toMatchObject({ receivedAt: null });
});

test('a receipt outlives a registration at the next start, and dies when another account takes the browser over', async () => {
  const browser = services.browser();
  const { owner, deviceId, path } = await ownerOf(browser);
  await join(path);
  const { receipt } = browser.heard[0]!.message;
  await register(owner, browser);
  expect((await confirm(receipt)).status).toBe(204);
  const { body } = await owner.post('/v1/accounts/me/devices', browser.registration);
  expect(body).toMatchObject({ id: deviceId, receivedAt: now() });

  const next = await signedIn(moim, await someone(moim));
  await register(next, browser);

  expect(outcome(await confirm(receipt))).toBe('NOT_FOUND');
  expect(await shown(next, deviceId)).toMatchObject({ receivedAt: null, silentSince: null });
});

test('row 159: an endpoint that accepts and never confirms is told on day 3, also by the answer to a registration; a receipt ends it', async () => {
  const browser = services.browser();
  const { owner, deviceId, path } = await ownerOf(browser);
  await join(path);
  const since = (await itemsOf(moim, 'Device', { accountId: owner.id }))[0]!.awaitingSince;
  await after(3 * day - 2000, owner);
  await join(path);
  expect(await shown(owner, deviceId)).toMatchObject({ silentSince: null });

  await after(2000, owner);

  const { body } = await owner.post('/v1/accounts/me/devices', browser.registration);
  expect(since).toBeDefined();
  expect(body).toMatchObject({ silentSince: since, receivedAt: null });
  expect(await shown(owner, deviceId)).toMatchObject({ silentSince: since });
  expect((await confirm(browser.heard[1]!.message.receipt)).status).toBe(204);
  expect(await shown(owner, deviceId)).toMatchObject({ silentSince: null, receivedAt: now() });
});

test('a browser that confirms each message is never called silent, however the days fall and whoever is faster', async () => {
  const browser = services.browser();
  const { owner, deviceId, path } = await ownerOf(browser);
  for (const hours of [1, 5, 23, 25, 30, 12, 11, 80, 2, 100]) {
    await after(hours * 3_600_000, owner);
    const before = browser.heard.length;
    await join(path);
    await confirm(browser.heard[before]!.message.receipt);
    expect([hours, await shown(owner, deviceId)]).toEqual([hours, expect.objectContaining({ silentSince: null })]);
  }
  // Quiet weeks are no silence.
  await after(20 * day, owner);
  expect(await shown(owner, deviceId)).toMatchObject({ silentSince: null });
});

test('an app, whose system shows messages by itself, is waited for by nobody', async () => {
  const app = services.app();
  const { owner, deviceId, path } = await ownerOf(app);
  await join(path);
  await after(4 * day, owner);
  await join(path);

  expect(JSON.stringify(app.heard)).not.toContain('receipt');
  expect(await shown(owner, deviceId)).toMatchObject({ receivedAt: null, silentSince: null });
});

test('row 159: a test message arrives at one device, in the language of the page, within 5 s, and is confirmed as any other', async () => {
  const [browser, second] = [services.browser(), services.browser()];
  const { owner, deviceId } = await ownerOf(browser);
  await register(owner, second);

  const began = performance.now();
  const { status, body } = await sendTest(owner, deviceId);

  expect(performance.now() - began).toBeLessThan(5000);
  expect([status, body]).toEqual([200, { outcome: 'SENT' }]);
  expect(second.heard).toEqual([]);
  expect(browser.heard[0]!.message).toMatchObject({
    type: 'TEST',
    text: expect.any(String),
    link: { screen: 'devices' },
  });
  expect((await confirm(browser.heard[0]!.message.receipt)).status).toBe(204);
  expect(await shown(owner, deviceId)).toMatchObject({ receivedAt: now() });
  expect((await owner.get('/v1/notifications')).body.items).toEqual([]);
});

test('row 159: a test says what became of it: 410 removes the device, a service that fails is told, another’s device is not there', async () => {
  const [gone, failing] = [services.browser(), services.browser()];
  gone.answers.push(410);
  failing.answers.push(503, 503, 503);
  const { owner, deviceId } = await ownerOf(gone);
  const other = await register(owner, failing);
  const stranger = await signedIn(moim, await someone(moim));

  expect((await sendTest(owner, deviceId)).body).toEqual({ outcome: 'GONE' });
  expect((await sendTest(owner, other)).body).toEqual({ outcome: 'FAILED' });
  expect(outcome(await sendTest(stranger, other))).toBe('NOT_FOUND');
  expect(outcome(await sendTest(owner, deviceId))).toBe('NOT_FOUND');
  expect(await shown(owner, deviceId)).toBeUndefined();
  expect(failing.heard).toEqual([]);
});

test('test messages end at their limit; receipts that say nothing new, too, and the next new one from the same place is noted', async () => {
  const [mine, theirs] = [services.browser(), services.browser()];
  const { owner, deviceId } = await ownerOf(mine);
  const them = await ownerOf(theirs);
  const place = actorAt(moim, undefined, '203.0.113.77');
  await Promise.all([sendTest(owner, deviceId), sendTest(them.owner, them.deviceId)]);
  const { receipt } = mine.heard[0]!.message as { receipt: string };
  const wrong = `${receipt.slice(0, -43)}${'B'.repeat(43)}`;
  const tests = [];
  for (let n = 0; n < fairUse.pushTest.times + 4; n++) tests.push(await sendTest(owner, deviceId));
  const most = fairUse.receiptFromPlace.times + 2 * fairUse.receiptFromPlace.lot;
  const answers = [];
  for (let n = 0; n < most; n += 50)
    answers.push(...(await Promise.all(Array.from({ length: 50 }, () => confirm(wrong, place)))));

  expect(tests.map(outcome)).toContain('TOO_MANY_REQUESTS');
  expect(Object.keys(tally(answers)).sort()).toEqual(['NOT_FOUND', 'TOO_MANY_REQUESTS']);
  expect((await confirm(theirs.heard[0]!.message.receipt, place)).status).toBe(204);
  expect(await shown(them.owner, them.deviceId)).toMatchObject({ receivedAt: now() });
});
