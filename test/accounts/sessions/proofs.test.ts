import { softwareAuthenticator } from '../../support/authenticator.ts';
import { type Person, password, useMoim } from '../../support/moim.ts';
import { renew, someone, totpOf, withFactor } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { itemsOf, put } from '../../support/table.ts';
import { withPassword } from '../../support/with-password.ts';
import { type LocalProvider, startLocalProvider } from '../identities/local-provider.ts';
import { redirectUri, register } from '../identities/support.ts';

const moim = useMoim();
let local: LocalProvider;
beforeAll(async () => {
  local = await startLocalProvider(moim.clock.now);
  const { apple, github } = local.registrations;
  await register(moim, { apple, github });
});
afterAll(() => local.stop());

const path = '/v1/sessions/current/proofs';
/** The sessions of people are too old to be a proof. */
const later = () => moim.clock.advance(301_000);
const sensitive = (who: Person) => who.post('/v1/accounts/me/exports');
const needed = async (who: Person) => (await sensitive(who)).body;

test('row 162: a sign-in counts as proof for five minutes, then the password is asked for again', async () => {
  const ari = await moim.person('ari');
  expect((await sensitive(ari)).status).toBe(202);
  await later();

  expect(await needed(ari)).toMatchObject({ code: 'PROOF_NEEDED', status: 403, ways: ['PASSWORD', 'MAIL'] });
  expect(outcome(await ari.post(path, { way: 'PASSWORD', password: 'Wrong-Horse-7' }))).toBe('PASSWORD_WRONG');
  expect(outcome(await sensitive(ari))).toBe('PROOF_NEEDED');
  const proof = await ari.post(path, { way: 'PASSWORD', password });
  expect(Date.parse(proof.body.provedUntil)).toBe(moim.clock.now() + 300_000);
  expect((await sensitive(ari)).status).toBe(202);
  await later();
  expect(outcome(await sensitive(ari))).toBe('PROOF_NEEDED');
});

test('a proof is for its session alone', async () => {
  const bora = await moim.person('bora');
  const { body } = await moim.guest.post('/v1/sessions', { email: bora.email, password });
  const other = { authorization: `Bearer ${body.accessToken}` };
  await later();
  await bora.post(path, { way: 'PASSWORD', password });

  expect((await sensitive(bora)).status).toBe(202);
  expect(outcome(await moim.guest.post('/v1/accounts/me/exports', {}, other))).not.toBe(202);
  expect((await moim.guest.get('/v1/accounts/me/exports', other)).body.code).toBe('PROOF_NEEDED');
});

test('a passkey, an authenticator app and its recovery codes are proof; each answer works once', async () => {
  const chae = await someone(moim, 'chae');
  const authenticator = softwareAuthenticator();
  const { body: begun } = await chae.post('/v1/accounts/me/passkeys/challenges');
  await chae.post('/v1/accounts/me/passkeys', { name: 'Key', credential: authenticator.create(begun.publicKey) });
  const secret = await withFactor(moim, chae);
  const challenge = async () => (await moim.guest.get('/v1/passkey-challenges')).body.publicKey;
  await later();
  const credential = authenticator.get(await challenge());
  const answers = await Promise.all([1, 2].map(() => chae.post(path, { way: 'PASSKEY', credential })));
  expect(tally(answers)).toEqual({ 200: 1, PASSKEY_INVALID: 1 });
  expect((await sensitive(chae)).status).toBe(202);
  await later();
  expect((await needed(chae)).ways).toEqual(['PASSWORD', 'PASSKEY', 'TOTP', 'MAIL']);
  const codes = await Promise.all([1, 2].map(() => chae.post(path, { way: 'TOTP', code: totpOf(moim, secret) })));
  expect(tally(codes)).toEqual({ 200: 1, CODE_INVALID: 1 });
  expect((await sensitive(chae)).status).toBe(202);
  await renew(moim, chae);
  const { body: renewed } = await chae.post('/v1/accounts/me/recovery-codes');
  const [recovery] = renewed.recoveryCodes;
  const typed = await Promise.all([1, 2].map(() => chae.post(path, { way: 'TOTP', code: recovery })));
  expect(tally(typed)).toEqual({ 200: 1, CODE_INVALID: 1 });
});

test("somebody else's passkey is no proof", async () => {
  const [dana, thief] = [await someone(moim, 'dana'), await someone(moim, 'thief')];
  const authenticator = softwareAuthenticator();
  const { body: begun } = await thief.post('/v1/accounts/me/passkeys/challenges');
  await thief.post('/v1/accounts/me/passkeys', { name: 'Key', credential: authenticator.create(begun.publicKey) });
  const { body } = await moim.guest.get('/v1/passkey-challenges');

  const answer = await dana.post(path, { way: 'PASSKEY', credential: authenticator.get(body.publicKey) });

  expect(outcome(answer)).toBe('PASSKEY_INVALID');
});

test('a code by mail goes to the own address, and works for the session that asked alone', async () => {
  const ella = await withPassword(moim);
  await later();
  const { body: asked } = await ella.post(`${path}/mail`);
  const code = await moim.codeFor(ella.email);
  const [{ pk: _p, sk: _s, ...session }] = await itemsOf(moim, 'Session', { accountId: ella.id });
  const proof = { way: 'MAIL', code, request: asked.request };

  expect(outcome(await ella.post(path, { ...proof, code: code === '000000' ? '111111' : '000000' }))).toBe(
    'CODE_INVALID',
  );
  expect(outcome(await ella.post(path, { ...proof, request: 'nothing' }))).toBe('CODE_INVALID');
  expect(outcome(await (await someone(moim)).post(path, proof))).toBe('CODE_INVALID');
  expect((await ella.post(path, proof)).status).toBe(200);
  expect(outcome(await ella.post(path, proof))).toBe('CODE_INVALID');
  expect((await sensitive(ella)).status).toBe(202);
  expect(session.provedAt).toBeLessThan(moim.clock.now() - 300_000);
  // A mail says what it is for, and nobody else can order it.
  expect(outcome(await moim.guest.post('/v1/email-verifications', { email: ella.email, purpose: 'PROOF' }))).toBe(
    'INVALID_REQUEST',
  );
});

/** Somebody without an address and a password, linked to a person at a provider. */
async function linkedTo(provider: 'apple' | 'github', subject: string): Promise<Person> {
  const person = await someone(moim);
  const [{ email: _email, ...authority }] = await itemsOf(moim, 'Authority', { accountId: person.id });
  await put(moim, 'Authority', { ...authority, identities: { [provider]: subject } } as never);
  const linkedAt = new Date(moim.clock.now()).toISOString();
  await put(moim, 'Identity', { provider, subject, identityId: person.id, accountId: person.id, linkedAt });
  return person;
}

describe('the provider anew', () => {
  const beginAt = (who: Person) => who.post('/v1/accounts/me/identities/proofs', { provider: 'apple', redirectUri });
  /** Goes to the provider, which says that the person signed in there so many seconds ago. */
  async function proveAt(who: Person, sub: string, secondsAgo: number | undefined) {
    const { body: begun } = await beginAt(who);
    const auth_time = secondsAgo === undefined ? undefined : Math.floor(moim.clock.now() / 1000) - secondsAgo;
    local.spoil((claims) => ({ ...claims, ...(auth_time === undefined ? {} : { auth_time }) }));
    const query = local.agree(begun.authorizationUrl, { sub });
    return moim.guest.post('/v1/social-sign-ins/complete', { ticket: begun.ticket, query });
  }

  test('is asked to sign the person in again, and must say when it did', async () => {
    const faye = await linkedTo('apple', '001.faye');
    await later();
    const asked = new URL((await beginAt(faye)).body.authorizationUrl).searchParams;

    expect((await needed(faye)).ways).toEqual(['PROVIDER']);
    expect([asked.get('prompt'), asked.get('max_age')]).toEqual(['login', '0']);
    for (const [sub, ago, refused] of [
      ['001.faye', undefined, 'PROVIDER_FAILED'],
      ['001.faye', 3600, 'SOCIAL_SIGN_IN_INVALID'],
      ['001.other', 5, 'SOCIAL_SIGN_IN_INVALID'],
    ] as const)
      expect(outcome(await proveAt(faye, sub, ago))).toBe(refused);
    expect(outcome(await sensitive(faye))).toBe('PROOF_NEEDED');
    expect((await proveAt(faye, '001.faye', 5)).body).toMatchObject({ status: 'PROVED', provider: 'apple' });
    expect((await sensitive(faye)).status).toBe(202);
  });

  test('a sign-in that it may have made from memory is no proof where there is another', async () => {
    const gil = await linkedTo('apple', '001.gil');
    const { body: begun } = await moim.guest.post('/v1/social-sign-ins', { provider: 'apple', redirectUri });
    const query = local.agree(begun.authorizationUrl, { sub: '001.gil' });
    const { body } = await moim.guest.post('/v1/social-sign-ins/complete', { ticket: begun.ticket, query });
    const headers = { authorization: `Bearer ${body.session.accessToken}` };

    expect(body.session.accountId).toBe(gil.id);
    expect((await moim.guest.get('/v1/accounts/me/exports', headers)).body.ways).toEqual(['PROVIDER']);
  });

  test('whoever can show nothing else signs in again', async () => {
    const hana = await linkedTo('github', '77');
    await later();
    expect((await needed(hana)).ways).toEqual([]);
    const { body: begun } = await moim.guest.post('/v1/social-sign-ins', { provider: 'github', redirectUri });
    const query = local.agree(begun.authorizationUrl, { id: 77, emails: [] });
    const { body } = await moim.guest.post('/v1/social-sign-ins/complete', { ticket: begun.ticket, query });
    const headers = { authorization: `Bearer ${body.session.accessToken}` };

    expect((await moim.guest.get('/v1/accounts/me/exports', headers)).status).toBe(200);
  });
});

test("the tries of a thief's session are not the owner's", async () => {
  const ivy = await withPassword(moim);
  const { body: thief } = await moim.guest.post('/v1/sessions', { email: ivy.email, password });
  const headers = { authorization: `Bearer ${thief.accessToken}` };
  const guess = () => moim.guest.post(path, { way: 'PASSWORD', password: 'Wrong-Horse-7' }, headers);
  const tries = [];
  for (let i = 0; i < 11; i++) tries.push(await guess());

  expect(tally(tries)).toEqual({ PASSWORD_WRONG: 10, TOO_MANY_REQUESTS: 1 });
  expect((await ivy.post(path, { way: 'PASSWORD', password })).status).toBe(200);
});
