import { password, useMoim } from '../../support/moim.ts';
import { withPassword } from '../../support/with-password.ts';

const moim = useMoim();
const origin = 'http://localhost:3000';
const cookieOf = (headers: Headers) => /^__Host-moim-refresh=([^;]*)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? '';
const refresh = (headers: Record<string, string>) => moim.guest.post('/v1/sessions/refresh', {}, headers);

async function signedIn(nickname: string) {
  const { email } = await moim.person(nickname);
  return moim.guest.post('/v1/sessions', { email, password, keep: 'COOKIE' });
}

test('row 9: a browser keeps the refresh token in a cookie that no script can read', async () => {
  const { body, headers } = await signedIn('ari');

  expect(body.refreshToken).toBeNull();
  expect(headers.get('set-cookie')).toMatch(
    /^__Host-moim-refresh=[\w.-]{100,}; Max-Age=1209600; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
});

test('row 9: the cookie is exchanged for a new one, for pages of the product', async () => {
  const { headers } = await signedIn('bora');
  const cookie = `other=1; __Host-moim-refresh=${cookieOf(headers)}`;

  const renewed = await refresh({ cookie, origin });
  const next = await refresh({ cookie: `__Host-moim-refresh=${cookieOf(renewed.headers)}`, origin });

  expect([renewed.status, next.status]).toEqual([200, 200]);
  expect(renewed.body.refreshToken).toBeNull();
  expect(cookieOf(renewed.headers)).not.toBe(cookieOf(headers));
});

test('row 9: a page elsewhere, or none, gets nothing for the cookie, and the session goes on', async () => {
  const { headers } = await signedIn('chaewon');
  const cookie = `__Host-moim-refresh=${cookieOf(headers)}`;

  const answers = await Promise.all(
    [{ origin: 'https://attacker.example' }, { origin: 'null' }, { origin: `${origin}.attacker.example` }, {}].map(
      (from) => refresh({ cookie, ...from }),
    ),
  );
  const own = await refresh({ cookie, origin });

  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(4).fill([403, 'ORIGIN_REFUSED']));
  expect(own.status).toBe(200);
});

test('F08: a cookie without the prefix, which another host of the domain could have planted, is none', async () => {
  const { headers } = await signedIn('planted');

  const answer = await refresh({ cookie: `moim-refresh=${cookieOf(headers)}`, origin });

  expect(answer.body.code).toBe('REFRESH_INVALID');
});

test('row 9: a token in the body is taken before the one in the cookie', async () => {
  const { headers } = await signedIn('dana');
  const answer = await moim.guest.post(
    '/v1/sessions/refresh',
    { refreshToken: 'none' },
    { cookie: `__Host-moim-refresh=${cookieOf(headers)}`, origin },
  );

  expect(answer.body.code).toBe('REFRESH_INVALID');
  expect((await refresh({})).body.code).toBe('REFRESH_INVALID');
});

test('row 10: signing out takes the cookie back', async () => {
  const eun = await moim.person('eunji');

  const { headers } = await eun.delete('/v1/sessions/current');

  expect(headers.get('set-cookie')).toMatch(/^__Host-moim-refresh=; Max-Age=0; Path=\/; HttpOnly; Secure;/);
});

test('ASVS 14.3.1: whatever ends one’s own session has the browser forget what it keeps of it, and nothing else does', async () => {
  const better = 'Battery-Staple-9';
  const [leaves, changes, withdraws] = [await withPassword(moim), await withPassword(moim), await withPassword(moim)];
  const answers = [
    await leaves.delete('/v1/sessions/current'),
    await changes.put('/v1/accounts/me/password', { currentPassword: password, password: better }),
    await withdraws.post('/v1/accounts/me/withdrawal', { reason: 'moved' }),
  ];
  const others = [
    await moim.guest.post('/v1/sessions', { email: changes.email, password: better }),
    await changes.get('/v1/accounts/me'),
  ];

  const cleared = (all: typeof answers) => all.map(({ status, headers }) => [status, headers.get('clear-site-data')]);
  expect(cleared(answers)).toEqual(Array(3).fill([204, '"cache"']));
  expect(cleared(others)).toEqual([
    [201, null],
    [401, null],
  ]);
});
