import { argon2Sync } from 'node:crypto';
import { fingerprint } from '../../../shared/core/ids.ts';
import { quotaKey } from '../../../shared/data/quota.ts';
import { placeOf } from '../../../shared/http/parse.ts';
import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { actorAt } from '../../support/actor.ts';
import { interrupted } from '../../support/between.ts';
import { type Person, password, useMoim } from '../../support/moim.ts';
import { tally } from '../../support/replies.ts';
import { itemsOf, put } from '../../support/table.ts';
import { guessable } from '../../support/with-password.ts';

const moim = useMoim();
const signIn = (email: string, more: object = {}) => moim.guest.post('/v1/sessions', { email, password, ...more });
const wrong = { password: 'Wrong-Horse-7' };
/** As if so many had guessed before: each guess costs a hash. */
const guessed = (limit: keyof typeof fairUse, subject: string, used: number) =>
  put(moim, 'Quota', {
    ...quotaKey({ limit, subject }, moim.clock.now()),
    used,
    expiresAt: moim.clock.now() / 1000 + 86_400,
  });
const hour = 3_600_000;
const deviceTokenOf = ({ tokens }: Person) => (tokens as unknown as { deviceToken: string }).deviceToken;
const { signInFromPlace, signInFromAnywhere, signInFromDevice } = fairUse;

test('row 8: the right password opens a session of 15 minutes, to be refreshed within 14 days', async () => {
  const ari = await moim.person('ari');

  const { status, body } = await signIn('ARI@example.com', { device: 'phone' });

  expect(status).toBe(201);
  expect(body).toMatchObject({
    accountId: ari.id,
    accessExpiresAt: '2026-03-02T03:15:00.000Z',
    refreshExpiresAt: '2026-03-16T03:00:00.000Z',
    refreshToken: expect.any(String),
    deviceToken: expect.any(String),
  });
});

test('row 12: a password that is changed while it is judged opens nothing', async () => {
  // A weaker hash would be replaced, and that alone would be refused.
  const person = await moim.person('sori');
  const change = () =>
    person.send('PUT', '/v1/accounts/me/password', {
      body: { currentPassword: password, password: 'Another-Horse-8' },
    });

  const late = await interrupted(moim, change, () => signIn(person.email));

  expect(late).toMatchObject({ status: 401, body: { code: 'SIGN_IN_FAILED' } });
  expect((await signIn(person.email, { password: 'Another-Horse-8' })).status).toBe(201);
});

test('a wrong password, an unknown address and an unknown login id get the same answer', async () => {
  await moim.person('bora');

  const answers = await Promise.all([
    signIn('bora@example.com', wrong),
    signIn('nobody@example.com'),
    moim.guest.post('/v1/sessions', { loginId: 'nobody', password }),
  ]);

  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
  expect(new Set(answers.map(({ body }) => JSON.stringify({ ...body, requestId: '' }))).size).toBe(1);
  expect(answers[0]!.body.code).toBe('SIGN_IN_FAILED');
});

test('row 3: one signs in with the login id as well as with the address, and with one of them', async () => {
  const email = 'chaewon@example.com';
  await moim.guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' });
  const code = await moim.codeFor(email);
  const confirmed = await moim.guest.post('/v1/email-verifications/confirm', { email, purpose: 'REGISTER', code });
  const { ticket } = confirmed.body;
  await moim.guest.post('/v1/accounts', { ticket, password, nickname: 'chaewon', loginId: 'Chae_Won1' });

  const byId = await moim.guest.post('/v1/sessions', { loginId: 'chae_won1', password });
  const both = await moim.guest.post('/v1/sessions', { email, loginId: 'chae_won1', password });
  const none = await moim.guest.post('/v1/sessions', { password });

  expect(byId.status).toBe(201);
  expect([both.body.code, none.body.code]).toEqual(['INVALID_REQUEST', 'INVALID_REQUEST']);
});

test('row 130: guesses from one place run out, of many at once too, and the right password then opens nothing there', async () => {
  await guessable(moim, await moim.person('dana'));

  const answers = await Promise.all(Array.from({ length: 16 }, () => signIn('dana@example.com', wrong)));
  const right = await signIn('dana@example.com');

  expect(tally(answers)).toEqual({
    SIGN_IN_FAILED: signInFromPlace.times,
    TOO_MANY_REQUESTS: 16 - signInFromPlace.times,
  });
  expect(right).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } });
  // Windows begin on the hour; it is noon.
  expect(right.headers.get('retry-after')).toBe('3600');
});

test('row 130: guesses by a stranger do not keep the owner out on a device that was used before', async () => {
  const eun = await moim.person('eunji');
  const deviceToken = deviceTokenOf(eun);
  await guessable(moim, eun);
  await Promise.all(Array.from({ length: signInFromPlace.times }, () => signIn('eunji@example.com', wrong)));

  const stranger = await signIn('eunji@example.com');
  const owner = await signIn('eunji@example.com', { deviceToken });
  const forged = await signIn('eunji@example.com', { deviceToken: `${deviceToken.slice(0, -4)}AAAA` });
  const other = await moim.person('faye');
  const ofAnother = await signIn('eunji@example.com', { deviceToken: deviceTokenOf(other) });

  expect(stranger.status).toBe(429);
  expect(owner.status).toBe(201);
  // The device keeps its token: it says who the device is, and that does not change.
  expect(owner.body.deviceToken).toBe(deviceToken);
  expect([forged.status, ofAnother.status]).toEqual([429, 429]);
});

test('row 130: guesses on a known device run out as well', async () => {
  const gaeun = await moim.person('gaeun');
  const deviceToken = deviceTokenOf(gaeun);

  const subject = `${fingerprint('login', gaeun.email)}:${deviceToken.split('.')[0]}`;
  await guessed('signInFromDevice', subject, signInFromDevice.times - 3);

  const answers = await Promise.all(Array.from({ length: 8 }, () => signIn(gaeun.email, { ...wrong, deviceToken })));

  expect(tally(answers)).toEqual({ SIGN_IN_FAILED: 3, TOO_MANY_REQUESTS: 5 });
});

test('row 130, F05: from ever new places guessing slows down to one guess of each network in an hour; the owner gets in', async () => {
  const hana = await moim.person('hana');
  await guessable(moim, hana);
  await guessed('signInFromAnywhere', fingerprint('login', hana.email), signInFromAnywhere.times - 3);
  const from = (address: string, more: object = {}) =>
    actorAt(moim, undefined, address).post('/v1/sessions', { email: hana.email, password, ...more });
  const guessFrom = (address: string) => from(address, wrong);

  // Three more fill the count of all places; then each network has one guess, whichever of its places it comes from.
  const before = await Promise.all(['198.18.0.1', '198.18.1.1', '198.18.2.1'].map(guessFrom));
  const atOnce = await Promise.all(Array.from({ length: 20 }, (_, n) => guessFrom(`2001:db8:1:${n}::1`)));
  const right = await from('2001:db8:1:77::1');
  const owner = await from('203.0.113.5');
  const known = await from('2001:db8:1::5', { deviceToken: deviceTokenOf(hana) });
  await moim.clock.advance(hour);

  expect(tally(before)).toEqual({ SIGN_IN_FAILED: 3 });
  expect(tally(atOnce)).toEqual({ SIGN_IN_FAILED: 1, TOO_MANY_REQUESTS: 19 });
  expect([right.status, owner.status, known.status]).toEqual([429, 201, 201]);
  expect((await from('2001:db8:1:77::1')).status).toBe(201);
});

test('row 130: a right guess that comes while too many wrong ones are counted opens nothing', async () => {
  const person = await moim.person('haneul');
  await guessable(moim, person);
  const subject = fingerprint('login', person.email);
  const others = (used: number) => async () => {
    await guessed('signInFromPlace', `${subject}:${placeOf('127.0.0.1')}`, used);
    await guessed('signInFromAnywhere', subject, used);
  };

  const inTime = await interrupted(moim, others(signInFromPlace.times - 1), () => signIn(person.email));
  const late = await interrupted(moim, others(signInFromPlace.times), () => signIn(person.email));

  expect([inTime.status, late.status]).toEqual([201, 429]);
});

test('row 130: an address without an account runs out like one with an account', async () => {
  const answers = await Promise.all(Array.from({ length: 15 }, () => signIn('ghost@example.com', wrong)));

  expect(tally(answers)).toEqual({ SIGN_IN_FAILED: 10, TOO_MANY_REQUESTS: 5 });
});

test('row 4: a hash of weaker parameters is replaced at the next sign-in, in every claim of the account', async () => {
  const person = await moim.person('iseul');
  const nonce = Buffer.alloc(16, 7);
  const tag = argon2Sync('argon2id', {
    message: password,
    nonce,
    memory: 8192,
    passes: 1,
    parallelism: 1,
    tagLength: 32,
  });
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  const weak = `$argon2id$v=19$m=8192,t=1,p=1$${text(nonce)}$${text(tag)}`;
  const { accountId, sessionVersion } = (await itemsOf(moim, 'Credential', { login: person.email }))[0];
  for (const login of [person.email, 'iseul1'])
    await put(moim, 'Credential', {
      login,
      email: person.email,
      loginId: 'iseul1',
      accountId,
      sessionVersion,
      passwordHash: weak,
    });

  const wrongOne = await signIn(person.email, wrong);
  const first = await signIn(person.email);
  const hashes = (await itemsOf(moim, 'Credential', { accountId })).map(({ passwordHash }) => passwordHash);
  const again = await moim.guest.post('/v1/sessions', { loginId: 'iseul1', password });

  expect([wrongOne.status, first.status, again.status]).toEqual([401, 201, 201]);
  expect(hashes).toHaveLength(2);
  expect(new Set(hashes).size).toBe(1);
  expect(hashes[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('row 8: of six devices the one signed in first is signed out', async () => {
  const person = await moim.person('jimin');
  const first = person.tokens.refreshToken;
  const sessions = [];
  for (let i = 0; i < 5; i++) {
    await moim.clock.advance(1000);
    sessions.push((await signIn(person.email, { device: `device ${i}` })).body);
  }
  await moim.settle();

  const { body } = await person.get('/v1/sessions', { authorization: `Bearer ${sessions[4].accessToken}` });
  const refreshed = await moim.guest.post('/v1/sessions/refresh', { refreshToken: first });

  expect(body.items.map(({ device, current }: { device: string; current: boolean }) => [device, current])).toEqual([
    ['device 4', true],
    ['device 3', false],
    ['device 2', false],
    ['device 1', false],
    ['device 0', false],
  ]);
  expect(refreshed.body.code).toBe('REFRESH_INVALID');
});
