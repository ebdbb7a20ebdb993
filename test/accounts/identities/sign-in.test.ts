import { key } from '../../support/actor.ts';
import { useMoim } from '../../support/moim.ts';
import { withFactor } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';
import { withPassword } from '../../support/with-password.ts';
import {
  appRedirectUri,
  clientSecret,
  type RealProvider,
  redirectUri,
  register,
  socialSignIn,
  startRealProvider,
} from './support.ts';

// The provider is real, and so is its clock.
const moim = useMoim({ now: Date.now() });
let provider: RealProvider;
beforeAll(async () => {
  provider = await startRealProvider();
  const google = { clientId: 'moim', clientSecret, issuer: provider.issuer };
  const kakao = { clientId: 'moim' };
  await register(moim, { unused: 'x', google, kakao, myspace: {}, github: { clientId: 'moim', clientSecret } });
});
afterAll(() => provider.stop());

const begin = (more: object = {}) =>
  moim.guest.post('/v1/social-sign-ins', { provider: 'google', redirectUri, ...more });
const complete = (ticket: string, query: string, more: object = {}, headers: Record<string, string> = {}) =>
  moim.guest.post('/v1/social-sign-ins/complete', { ticket, query, ...more }, headers);
/** Somebody at the point of coming back. */
async function atProvider(who: string, change: (url: URL) => void = () => {}) {
  const { body } = await begin();
  const url = new URL(body.authorizationUrl);
  change(url);
  return { ticket: body.ticket as string, query: await provider.visit(url.href, who) };
}
const signUp = (ticket: string, nickname: string, more: object = {}) =>
  moim.guest.post('/v1/social-sign-ups', { ticket, nickname, locale: 'en', ...more });
const own = async (session: { accessToken: string }) =>
  (await moim.guest.get('/v1/accounts/me', { authorization: `Bearer ${session.accessToken}` })).body;

test('row 7: the providers that the operator registered wholly are offered, in the language of the asker', async () => {
  const { body } = await moim.guest.get('/v1/social-providers');
  const { body: korean } = await moim.guest.get('/v1/social-providers', { 'accept-language': 'ko' });

  expect(body.items).toEqual([
    { provider: 'google', name: 'Google' },
    { provider: 'github', name: 'GitHub' },
  ]);
  expect(korean.items[0]).toEqual({ provider: 'google', name: '구글' });
  const complaints = moim.logs.filter(({ line }) => line.includes('not registered'));
  expect(complaints.map(({ line }) => JSON.parse(line))).toMatchObject([
    { provider: 'kakao', fields: [expect.anything()] },
  ]);
});

test('row 7: the way to a provider carries state, nonce and the hash of a verifier, and nothing that completes it', async () => {
  const first = await begin();
  const second = await begin();

  const [one, two] = [first, second].map(({ body }) => new URL(body.authorizationUrl).searchParams);
  expect(first.status).toBe(201);
  expect(Date.parse(first.body.expiresAt) - moim.clock.now()).toBeLessThanOrEqual(601_000);
  expect(Object.fromEntries(one!)).toEqual({
    client_id: 'moim',
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid email',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  });
  const values = ['state', 'nonce', 'code_challenge'].flatMap((name) => [one!.get(name)!, two!.get(name)!]);
  expect(new Set([...values, first.body.ticket, second.body.ticket]).size).toBe(8);
  // Whoever reads the table cannot complete it either.
  const kept = JSON.stringify(await itemsOf(moim, 'SocialSignIn'));
  for (const secret of [...values, first.body.ticket]) expect(kept).not.toContain(secret);
});

test('row 7: the first sign-in asks for a nickname, the second finds the account', async () => {
  const first = await socialSignIn(moim, provider, 'first');
  const { status, body } = await signUp(first.body.ticket, 'First', { device: 'Phone', timeZone: 'Europe/Berlin' });
  const second = await socialSignIn(moim, provider, 'first');

  expect(first.body).toEqual({
    status: 'UNCOMPLETED',
    ticket: expect.any(String),
    expiresAt: expect.any(String),
    email: 'first@example.com',
  });
  expect([status, body.status]).toEqual([201, 'ACTIVE']);
  expect(await own(body.session)).toMatchObject({
    id: body.accountId,
    nickname: 'First',
    email: 'first@example.com',
    hasPassword: false,
    locale: 'en',
    timeZone: 'Europe/Berlin',
  });
  expect(second.body).toMatchObject({ status: 'SIGNED_IN', session: { accountId: body.accountId } });
  const account = (await itemsOf(moim, 'Authority', { accountId: body.accountId }))[0];
  expect(account).toMatchObject({ waysIn: 1, identities: { google: 'first' } });
});

test('row 7: an address that is not verified, or missing, is not taken over', async () => {
  const { body: unverified } = await socialSignIn(moim, provider, 'unverified-free');
  const { body: none } = await socialSignIn(moim, provider, 'nomail-free');
  const made = [await signUp(unverified.ticket, 'Unverified'), await signUp(none.ticket, 'NoMail')];

  expect([unverified.email, none.email]).toEqual([null, null]);
  expect(made.map(outcome)).toEqual([201, 201]);
  expect(await Promise.all(made.map(async ({ body }) => (await own(body.session)).email))).toEqual([null, null]);
  // The address is still free for its owner.
  expect(await moim.person('free')).toMatchObject({ email: 'free@example.com' });
});

test('row 7: a verified address links to the account that has it, which is told', async () => {
  const linked = await withPassword(moim);
  const who = linked.email.split('@')[0]!;

  const first = await socialSignIn(moim, provider, who);
  const second = await socialSignIn(moim, provider, who);
  await moim.settle();
  const mail = await moim.mail.next(linked.email);

  expect([first.body.status, first.body.session.accountId]).toEqual(['SIGNED_IN', linked.id]);
  expect([second.body.status, second.body.session.accountId]).toEqual(['SIGNED_IN', linked.id]);
  expect((await itemsOf(moim, 'Authority', { accountId: linked.id }))[0]).toMatchObject({ waysIn: 2, version: 2 });
  expect([mail.subject, mail.text]).toEqual([
    expect.stringContaining('new way to sign in'),
    expect.stringContaining('Google'),
  ]);
});

test('row 7: an address that has an account but is not verified is refused, with the provider’s name', async () => {
  const careful = await withPassword(moim);

  const refused = await socialSignIn(moim, provider, `unverified-${careful.email.split('@')[0]}`);

  expect(outcome(refused)).toBe('EMAIL_UNVERIFIED');
  expect(refused.body.errors).toEqual([{ pointer: '/provider', reason: 'Google' }]);
  expect(await itemsOf(moim, 'Identity', { accountId: careful.id })).toEqual([]);
});

test('rows 7, 162: an address alone leads nobody around the code of an authenticator app', async () => {
  const careful = await withPassword(moim);
  await withFactor(moim, careful);
  const who = careful.email.split('@')[0]!;

  const refused = await socialSignIn(moim, provider, who);
  const removed = await careful.delete('/v1/accounts/me/totp');
  const linked = await socialSignIn(moim, provider, who);

  expect(outcome(refused)).toBe('EMAIL_UNVERIFIED');
  expect(refused.body.errors).toEqual([{ pointer: '/provider', reason: 'Google' }]);
  expect([removed.status, linked.body.status]).toEqual([204, 'SIGNED_IN']);
});

test('row 7: an answer is taken once, by one', async () => {
  const { ticket, query } = await atProvider('once');

  const answers = await Promise.all(Array.from({ length: 10 }, () => complete(ticket, query)));
  const later = await complete(ticket, query);

  expect(tally(answers)).toEqual({ 200: 1, SOCIAL_SIGN_IN_INVALID: 9 });
  expect(outcome(later)).toBe('SOCIAL_SIGN_IN_INVALID');
});

test('row 7, 122: whoever lost the answer gets it again with the same key', async () => {
  const { ticket, query } = await atProvider('lost');
  const headers = key();

  const first = await complete(ticket, query, {}, headers);
  const again = await complete(ticket, query, {}, headers);
  const signed = await signUp(first.body.ticket, 'Lost', {});

  expect(again.body).toEqual(first.body);
  expect(outcome(signed)).toBe(201);
});

test('row 7: what does not fit the sign-in is refused, and uses it up', async () => {
  const wrong: Record<string, (query: URLSearchParams) => void> = {
    'another state': (query) => query.set('state', 'A'.repeat(43)),
    'no state': (query) => query.delete('state'),
    'two states': (query) => query.append('state', query.get('state')!),
    'no code': (query) => query.delete('code'),
    'another code': (query) => query.set('code', 'A'.repeat(43)),
    'two codes': (query) => query.append('code', 'A'.repeat(43)),
    'another issuer': (query) => query.set('iss', 'https://accounts.google.com'),
    'no issuer where the provider names itself': (query) => query.delete('iss'),
    'refused by the person': (query) => query.set('error', 'access_denied'),
  };

  for (const [why, change] of Object.entries(wrong)) {
    const { ticket, query } = await atProvider('misfit');
    const changed = new URLSearchParams(query);
    change(changed);
    const answers = [await complete(ticket, changed.toString()), await complete(ticket, query)];
    expect([why, ...answers.map(outcome)]).toEqual([why, 'SOCIAL_SIGN_IN_INVALID', 'SOCIAL_SIGN_IN_INVALID']);
  }
  expect(outcome(await complete('no ticket at all', 'code=1&state=2'))).toBe('SOCIAL_SIGN_IN_INVALID');
  expect(outcome(await complete((await begin()).body.ticket, ''))).toBe('SOCIAL_SIGN_IN_INVALID');
});

test('row 7: a provider that says it failed has failed', async () => {
  const { body } = await begin();
  const state = new URL(body.authorizationUrl).searchParams.get('state')!;

  const answer = await complete(body.ticket, `?error=temporarily_unavailable&state=${state}`);

  expect([answer.status, outcome(answer)]).toEqual([502, 'PROVIDER_FAILED']);
});

test('row 7: the code of another sign-in does not fit, even with the right state (PKCE)', async () => {
  const victim = await atProvider('victim');
  const { body: mine } = await begin();
  const state = new URL(mine.authorizationUrl).searchParams.get('state')!;
  const stolen = new URLSearchParams(victim.query);
  stolen.set('state', state);

  expect(outcome(await complete(mine.ticket, stolen.toString()))).toBe('SOCIAL_SIGN_IN_INVALID');
});

test('row 7: a token that was made for another sign-in does not fit (nonce)', async () => {
  const { ticket, query } = await atProvider('noncense', (url) => url.searchParams.set('nonce', 'B'.repeat(43)));

  expect(outcome(await complete(ticket, query))).toBe('SOCIAL_SIGN_IN_INVALID');
});

test('row 7: the provider leads back to pages and apps of the deployment alone', async () => {
  const foreign = [
    'https://evil.example/social-sign-in',
    'http://localhost:3000/',
    'http://localhost:3000/social-sign-in/',
    'http://localhost:3000/social-sign-in?next=https://evil.example',
    'http://localhost:3000/social-sign-in#',
    'moim://social-sign-in',
    'javascript:alert(1)',
    '',
    ',',
  ];

  const refused = await Promise.all(foreign.map((uri) => begin({ redirectUri: uri })));
  const { body: app } = await begin({ redirectUri: appRedirectUri });
  const query = await provider.visit(app.authorizationUrl, 'app');

  expect(refused.map(outcome)).toEqual(Array(foreign.length).fill('INVALID_REQUEST'));
  expect(refused[0]!.body.errors).toEqual([
    { pointer: '/redirectUri', reason: 'This is not an address of this service.' },
  ]);
  expect((await complete(app.ticket, query)).body.status).toBe('UNCOMPLETED');
});

test('row 7: a provider that is not registered is not there', async () => {
  expect(outcome(await begin({ provider: 'naver' }))).toBe('NOT_FOUND');
  expect(outcome(await begin({ provider: 'myspace' }))).toBe('INVALID_REQUEST');
});

test('row 9: the refresh token may go into a cookie', async () => {
  const { email } = await withPassword(moim);
  const who = email.split('@')[0]!;

  const { body, headers } = await socialSignIn(moim, provider, who, { keep: 'COOKIE', device: 'Laptop' });

  expect(body.session.refreshToken).toBeNull();
  expect(headers.get('set-cookie')).toMatch(/^__Host-moim-refresh=.+HttpOnly; Secure; SameSite=Strict$/);
});

test('row 130: sign-ins begun from one place are counted', async () => {
  const [counted] = (await itemsOf(moim, 'Quota')).filter(({ limit }) => limit === 'socialSignInFromPlace');

  expect(counted.used).toBeGreaterThan(10);
});

test('row 7: a sign-in that was begun ten minutes ago is over, and so is a sign-up after an hour', async () => {
  const { ticket, query } = await atProvider('late');
  const { body: offered } = await socialSignIn(moim, provider, 'late-too');

  await moim.clock.advance(601_000);
  const late = await complete(ticket, query);
  await moim.clock.advance(3_000_000);
  const tooLate = await signUp(offered.ticket, 'TooLate');

  expect([outcome(late), outcome(tooLate)]).toEqual(['SOCIAL_SIGN_IN_INVALID', 'SOCIAL_SIGN_IN_INVALID']);
});
