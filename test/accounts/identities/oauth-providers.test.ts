import { useMoim } from '../../support/moim.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';
import { withPassword } from '../../support/with-password.ts';
import { type LocalProvider, startLocalProvider } from './local-provider.ts';
import { redirectUri, register } from './support.ts';

const moim = useMoim();
let local: LocalProvider;
beforeAll(async () => {
  local = await startLocalProvider(moim.clock.now);
  const { kakao, naver, github } = local.registrations;
  await register(moim, { kakao, naver, github });
});
afterAll(() => local.stop());

const names = ['kakao', 'naver', 'github'] as const;
type Name = (typeof names)[number];

async function begin(provider: Name) {
  const { body } = await moim.guest.post('/v1/social-sign-ins', { provider, redirectUri });
  return body as { ticket: string; authorizationUrl: string };
}
const complete = (ticket: string, query: string) => moim.guest.post('/v1/social-sign-ins/complete', { ticket, query });
async function signIn(provider: Name, person: object) {
  const { ticket, authorizationUrl } = await begin(provider);
  return complete(ticket, local.agree(authorizationUrl, person));
}
const signUp = (ticket: string, nickname: string) =>
  moim.guest.post('/v1/social-sign-ups', { ticket, nickname, locale: 'en' });

/** Somebody as each provider knows them, with an address that it vouches for where it does such a thing. */
const personAt: Readonly<Record<Name, (id: number, email?: string) => object>> = {
  kakao: (id, email) => ({ id: 1_234_567_890 + id, email }),
  naver: (id, email) => ({ id: `32742776-${id}`, email }),
  github: (id, email) => ({
    id: 583_231 + id,
    emails: email ? [{ email, primary: true, verified: true, visibility: 'private' }] : [],
  }),
};

describe.each(names)('row 7: %s', (name) => {
  const scopes = { kakao: null, naver: null, github: 'user:email' };

  test('is asked with PKCE and state, without what only OpenID knows', async () => {
    const asked = new URL((await begin(name)).authorizationUrl).searchParams;

    expect(asked.get('scope')).toBe(scopes[name]);
    expect([asked.get('response_type'), asked.get('redirect_uri'), asked.get('code_challenge_method')]).toEqual([
      'code',
      redirectUri,
      'S256',
    ]);
    expect([asked.has('state'), asked.has('nonce')]).toEqual([true, false]);
  });

  test('signs somebody up and in', async () => {
    const person = personAt[name](1, `${name}@example.com`);

    const first = await signIn(name, person);
    const { status, body } = await signUp(first.body.ticket, `By-${name}`);
    const second = await signIn(name, person);

    const email = name === 'naver' ? null : `${name}@example.com`;
    expect([first.body.status, first.body.email, status]).toEqual(['UNCOMPLETED', email, 201]);
    expect(second.body).toMatchObject({ status: 'SIGNED_IN', session: { accountId: body.accountId } });
    expect(await itemsOf(moim, 'Identity', { accountId: body.accountId })).toHaveLength(1);
  });

  test('knows people without an address', async () => {
    const { body } = await signIn(name, personAt[name](2));

    expect([body.status, body.email]).toEqual(['UNCOMPLETED', null]);
  });

  test('links by an address only if it vouches for it', async () => {
    const owner = await withPassword(moim);

    const answer = await signIn(name, personAt[name](3, owner.email.toUpperCase()));

    if (name === 'naver') expect(outcome(answer)).toBe('EMAIL_UNVERIFIED');
    else expect(answer.body).toMatchObject({ status: 'SIGNED_IN', session: { accountId: owner.id } });
  });

  test('refuses a code that it does not know, and one with another verifier', async () => {
    const mine = await begin(name);
    const theirs = await begin(name);
    const stateOf = (url: string) => new URL(url).searchParams.get('state')!;
    const stolen = new URLSearchParams(local.agree(theirs.authorizationUrl, personAt[name](4)));
    stolen.set('state', stateOf(mine.authorizationUrl));

    const unknown = await complete(theirs.ticket, `code=none&state=${stateOf(theirs.authorizationUrl)}`);
    const another = await complete(mine.ticket, stolen.toString());

    expect([unknown, another].map(outcome)).toEqual(['SOCIAL_SIGN_IN_INVALID', 'SOCIAL_SIGN_IN_INVALID']);
  });

  test('fails as a provider, not as moim', async () => {
    const html = { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } };
    const elsewhere = { status: 302, headers: { location: `${local.url}/${name}/elsewhere` } };
    const failures: [string, Parameters<LocalProvider['next']>[1]][] = [
      ['token', { status: 500, body: {} }],
      ['token', { status: 503, body: 'busy' }],
      ['token', { status: 429, body: { error: 'rate_limited' } }],
      ['token', html],
      ['token', { status: 200, body: '{' }],
      ['token', { status: 200, body: [] }],
      ['token', { status: 200, body: {} }],
      ['token', { status: 200, body: { access_token: 'x', token_type: 'mac' } }],
      ['token', { status: 401, body: { error: 'invalid_client' } }],
      ['token', { status: 200, body: { error: 'incorrect_client_credentials' } }],
      ['token', elsewhere],
      ['person', { status: 401, body: {} }],
      ['person', { status: 500, body: { id: 5, response: { id: '5' } } }],
      ['person', { status: 200, body: '{' }],
      ['person', { status: 200, body: {} }],
      ['person', { status: 200, body: null }],
      ['person', { status: 200, body: { id: '', response: { id: '' } } }],
      ['person', { status: 200, body: { id: {}, response: { id: 1.5 } } }],
      ['person', elsewhere],
    ];

    for (const [at, reply] of failures) {
      local.next(`/${name}/${at}`, reply);
      const answer = await signIn(name, personAt[name](5));
      expect([at, reply, answer.status, outcome(answer)]).toEqual([at, reply, 502, 'PROVIDER_FAILED']);
    }
    expect(local.count(`/${name}/elsewhere`)).toBe(0);
  });
});

test('row 7: Kakao’s address counts as verified if it is valid and verified', async () => {
  const owner = await withPassword(moim);
  const { email } = owner;
  const refused = [
    await signIn('kakao', { id: 71, email, valid: false }),
    await signIn('kakao', { id: 72, email, verified: false }),
    await signIn('kakao', { id: 73, email, verified: 'true' }),
  ];

  expect(refused.map(outcome)).toEqual(Array(3).fill('EMAIL_UNVERIFIED'));
});

test('row 7: of GitHub’s addresses the main one counts, if it is verified', async () => {
  const owner = await withPassword(moim);
  const other = { email: 'other@example.com', primary: true, verified: true };
  const mine = (more: object) => ({ email: owner.email, primary: false, verified: true, ...more });

  const beside = await signIn('github', { id: 81, emails: [mine({}), other] });
  const unverified = await signIn('github', { id: 82, emails: [mine({ primary: true, verified: false })] });
  const main = await signIn('github', { id: 83, emails: [{ ...other, primary: false }, mine({ primary: true })] });
  local.next('/github/emails', { status: 404, body: { message: 'Not Found' } });
  const withheld = await signIn('github', { id: 84, emails: [] });

  expect(beside.body).toMatchObject({ status: 'UNCOMPLETED', email: 'other@example.com' });
  expect(outcome(unverified)).toBe('EMAIL_UNVERIFIED');
  expect(main.body).toMatchObject({ status: 'SIGNED_IN', session: { accountId: owner.id } });
  expect(outcome(withheld)).toBe('PROVIDER_FAILED');
});

test('row 7: the same number at two providers is two people', async () => {
  const first = await signIn('kakao', { id: 99 });
  const made = await signUp(first.body.ticket, 'NinetyNine');
  const second = await signIn('github', { id: 99, emails: [] });
  const third = await signIn('naver', { id: '99' });

  expect(outcome(made)).toBe(201);
  expect([second.body.status, third.body.status]).toEqual(['UNCOMPLETED', 'UNCOMPLETED']);
});

test('row 7: a provider that does not answer in time has failed', async () => {
  const { kakao } = local.registrations;
  await register(moim, { kakao: { ...kakao, answerSeconds: 0.5 } });
  // The registrations are read again after five minutes.
  await moim.clock.advance(301_000);
  local.next('/kakao/token', 'hang');

  const started = performance.now();
  const answer = await signIn('kakao', { id: 5 });
  const took = performance.now() - started;

  expect(outcome(answer)).toBe('PROVIDER_FAILED');
  expect(took).toBeGreaterThan(490);
});

test('no log shows what was said to providers or by them', () => {
  const lines = moim.logs.map(({ line }) => line).join('\n');

  expect(lines).toContain('sign-in failed');
  for (const secret of [
    'a secret between',
    'code-',
    'kakao-token',
    'kakao@example.com',
    'code_verifier=',
    '1234567891',
  ])
    expect(lines).not.toContain(secret);
});
