import { createHmac } from 'node:crypto';
import { generateKeyPair, SignJWT } from 'jose';
import { useMoim } from '../../support/moim.ts';
import { outcome } from '../../support/replies.ts';
import { type LocalProvider, startLocalProvider } from './local-provider.ts';
import { clientSecret, redirectUri, register } from './support.ts';

const moim = useMoim();
let local: LocalProvider;
let gone: LocalProvider;
beforeAll(async () => {
  local = await startLocalProvider(moim.clock.now);
  gone = await startLocalProvider(moim.clock.now);
  const { apple } = local.registrations;
  await gone.stop();
  await register(moim, { apple, google: { clientId: 'moim', clientSecret, issuer: `${gone.url}/apple` } });
});
afterAll(() => local.stop());

const begin = (provider = 'apple') => moim.guest.post('/v1/social-sign-ins', { provider, redirectUri });
async function signIn(person: object) {
  const { body } = await begin();
  const query = local.agree(body.authorizationUrl, person);
  return moim.guest.post('/v1/social-sign-ins/complete', { ticket: body.ticket, query });
}

test('row 7: Apple is shown a token signed with the key it gave, and asked for nothing that it would post as a form', async () => {
  const { body } = await begin();
  const answer = await signIn({ sub: '001234.aaa' });

  const asked = new URL(body.authorizationUrl).searchParams;
  expect([asked.get('scope'), asked.has('response_mode'), asked.has('nonce')]).toEqual(['openid', false, true]);
  expect(answer.body).toMatchObject({ status: 'UNCOMPLETED', email: null });
});

test.each([
  [true, true],
  ['true', true],
  [false, false],
  ['false', false],
  ['TRUE', false],
  [1, false],
  [undefined, false],
])('row 7: email_verified as %j vouches for the address: %s', async (email_verified, vouched) => {
  const { body } = await signIn({ sub: '001234.bbb', email: 'Relay@PrivateRelay.AppleId.com', email_verified });

  expect(body.email).toBe(vouched ? 'relay@privaterelay.appleid.com' : null);
});

test.each(['no address', `${'x'.repeat(250)}@example.com`, '', null, 7, ['a@example.com'], { a: 1 }])(
  'row 7: %j is no address',
  async (email) => {
    expect((await signIn({ sub: '001234.ccc', email, email_verified: true })).body).toMatchObject({
      status: 'UNCOMPLETED',
      email: null,
    });
  },
);

describe('row 7: an ID token is not taken', () => {
  const claims = (change: object) => (usual: object) => ({ ...usual, ...change });
  const usual = (each: object) => each;
  const other = 'https://appleid.apple.com';
  const hour = 3600;

  test.each<[string, (usual: never) => unknown, string]>([
    ['of another issuer', claims({ iss: other }), 'PROVIDER_FAILED'],
    ['for another client', claims({ aud: 'somebody-else' }), 'PROVIDER_FAILED'],
    ['for others too', claims({ aud: ['moim-at-apple', 'somebody-else'] }), 'PROVIDER_FAILED'],
    ['without a subject', claims({ sub: undefined }), 'PROVIDER_FAILED'],
    ['with an empty subject', claims({ sub: '' }), 'PROVIDER_FAILED'],
    ['with a subject that is none', claims({ sub: ['001234.ddd'] }), 'PROVIDER_FAILED'],
    ['with a subject that is too long', claims({ sub: 'x'.repeat(256) }), 'PROVIDER_FAILED'],
    ['that has expired', () => claims({ exp: Math.floor(moim.clock.now() / 1000) - hour }), 'PROVIDER_FAILED'],
    ['without an end', claims({ exp: undefined }), 'PROVIDER_FAILED'],
    ['that is not valid yet', () => claims({ nbf: Math.floor(moim.clock.now() / 1000) + hour }), 'PROVIDER_FAILED'],
    ['with another nonce', claims({ nonce: 'N'.repeat(43) }), 'SOCIAL_SIGN_IN_INVALID'],
    ['without a nonce', claims({ nonce: undefined }), 'PROVIDER_FAILED'],
  ])('%s', async (_, change, problem) => {
    // A token that depends on the clock is made when it is needed.
    local.spoil((each) => {
      const made = change(each as never) as unknown;
      return typeof made === 'function' ? made(each) : made;
    });

    expect(outcome(await signIn({ sub: '001234.ddd' }))).toBe(problem);
  });

  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const byHand = (header: object, sign: (text: string) => string) => async (payload: object) => {
    const text = `${part(header)}.${part(payload)}`;
    return `${text}.${sign(text)}`;
  };
  test.each<[string, (claims: never) => Promise<string>]>([
    [
      'signed with another key of the same name',
      async (payload: object) =>
        new SignJWT({ ...payload })
          .setProtectedHeader({ alg: 'RS256', kid: '1' })
          .sign((await generateKeyPair('RS256')).privateKey),
    ],
    [
      'signed with a key that the provider does not show',
      async (payload: object) =>
        new SignJWT({ ...payload })
          .setProtectedHeader({ alg: 'RS256', kid: 'unknown' })
          .sign((await generateKeyPair('RS256')).privateKey),
    ],
    [
      'signed in a way that the provider does not use',
      async (payload: object) =>
        new SignJWT({ ...payload })
          .setProtectedHeader({ alg: 'ES256', kid: '1' })
          .sign((await generateKeyPair('ES256')).privateKey),
    ],
    ['that is not signed', byHand({ alg: 'none' }, () => '')],
    ['that says RS256 and is not signed', byHand({ alg: 'RS256', kid: '1' }, () => '')],
    [
      'signed with the secret',
      byHand({ alg: 'HS256' }, (text) => createHmac('sha256', clientSecret).update(text).digest('base64url')),
    ],
    ['that is none', async () => 'no.token'],
    ['that is missing', async () => ''],
  ])('%s', async (_, sign) => {
    local.spoil(usual, sign as never);

    expect(outcome(await signIn({ sub: '001234.eee' }))).toBe('PROVIDER_FAILED');
  });
});

test('row 7: keys that the provider has changed are fetched again, others are kept', async () => {
  await signIn({ sub: '001234.fff' });
  const before = local.count('/apple/keys');
  await signIn({ sub: '001234.fff' });
  const kept = local.count('/apple/keys');
  await local.rotate();
  // The library asks for new keys a minute after it got the last at the earliest.
  const realNow = Date.now;
  Date.now = () => realNow() + 61_000;
  const { body } = await signIn({ sub: '001234.fff' }).finally(() => {
    Date.now = realNow;
  });

  expect(kept).toBe(before);
  expect(body.status).toBe('UNCOMPLETED');
  expect(local.count('/apple/.well-known/openid-configuration')).toBe(1);
});

test('row 7: a provider that cannot be reached has failed, and is asked again when it may be back', async () => {
  const answers = [await begin('google'), await begin('google')];

  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(2).fill([502, 'PROVIDER_FAILED']));
});

test('row 7: a discovery that failed is not repeated at once, but after five seconds', async () => {
  await moim.clock.advance(300_000);
  const broken = await startLocalProvider(moim.clock.now);
  await register(moim, { apple: broken.registrations.apple });
  const path = '/apple/.well-known/openid-configuration';
  broken.next(path, { status: 500 });

  const failed = [await begin(), await begin()];
  await moim.clock.advance(5_000);
  const good = await begin();

  expect([...failed, good].map(outcome)).toEqual(['PROVIDER_FAILED', 'PROVIDER_FAILED', 201]);
  expect(broken.count(path)).toBe(2);
  await broken.stop();
});

test('row 7: a registration that is taken back, not whole or not safe is not offered', async () => {
  const { apple, github } = local.registrations;
  const offeredOf = async (registrations: unknown) => {
    await moim.clock.advance(300_000);
    await register(moim, registrations as object);
    return (await moim.guest.get('/v1/social-providers')).body.items.map((each: { provider: string }) => each.provider);
  };

  const { body: begun } = await begin();
  const query = local.agree(begun.authorizationUrl, { sub: '001234.ggg' });
  expect(await offeredOf({ github })).toEqual(['github']);
  const taken = await moim.guest.post('/v1/social-sign-ins/complete', { ticket: begun.ticket, query });
  expect(outcome(taken)).toBe('PROVIDER_FAILED');
  expect(await offeredOf({ apple: { ...apple, privateKey: '' } })).toEqual([]);
  expect(await offeredOf({ apple: { ...apple, issuer: 'http://appleid.example' } })).toEqual([]);
  expect(await offeredOf({ apple: { ...apple, issuer: 'http://127.0.0.1.evil.example' } })).toEqual([]);
  expect(await offeredOf({ github: { ...github, endpoints: { token: 'http://github.example' } } })).toEqual([]);
  expect(await offeredOf({ github })).toEqual(['github']);
  // A secret that cannot be read at all leaves in force what was read before.
  expect(await offeredOf([])).toEqual(['github']);
  expect(await offeredOf('a secret that is no object')).toEqual(['github']);
  expect(moim.logs.some(({ line }) => line.includes('a secret that'))).toBe(false);
});
