import { password, useMoim } from '../../support/moim.ts';

const moim = useMoim();
const origin = 'http://localhost:3000';
const cookieOf = (headers: Headers) => /^moim-refresh=([^;]*)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? '';
const refresh = (headers: Record<string, string>) => moim.guest.post('/v1/sessions/refresh', {}, headers);

async function signedIn(nickname: string) {
  const { email } = await moim.person(nickname);
  return moim.guest.post('/v1/sessions', { email, password, keep: 'COOKIE' });
}

test('row 9: a browser keeps the refresh token in a cookie that no script can read', async () => {
  const { body, headers } = await signedIn('ari');

  expect(body.refreshToken).toBeNull();
  expect(headers.get('set-cookie')).toMatch(
    /^moim-refresh=[\w.-]{100,}; Max-Age=1209600; Path=\/v1\/sessions; HttpOnly; Secure; SameSite=Strict$/,
  );
});

test('row 9: the cookie is exchanged for a new one, for pages of the product', async () => {
  const { headers } = await signedIn('bora');
  const cookie = `other=1; moim-refresh=${cookieOf(headers)}`;

  const renewed = await refresh({ cookie, origin });
  const next = await refresh({ cookie: `moim-refresh=${cookieOf(renewed.headers)}`, origin });

  expect([renewed.status, next.status]).toEqual([200, 200]);
  expect(renewed.body.refreshToken).toBeNull();
  expect(cookieOf(renewed.headers)).not.toBe(cookieOf(headers));
});

test('row 9: a page elsewhere, or none, gets nothing for the cookie, and the session goes on', async () => {
  const { headers } = await signedIn('chaewon');
  const cookie = `moim-refresh=${cookieOf(headers)}`;

  const answers = await Promise.all(
    [{ origin: 'https://attacker.example' }, { origin: 'null' }, { origin: `${origin}.attacker.example` }, {}].map(
      (from) => refresh({ cookie, ...from }),
    ),
  );
  const own = await refresh({ cookie, origin });

  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(4).fill([403, 'ORIGIN_REFUSED']));
  expect(own.status).toBe(200);
});

test('row 9: a token in the body is taken before the one in the cookie', async () => {
  const { headers } = await signedIn('dana');
  const answer = await moim.guest.post(
    '/v1/sessions/refresh',
    { refreshToken: 'none' },
    { cookie: `moim-refresh=${cookieOf(headers)}`, origin },
  );

  expect(answer.body.code).toBe('REFRESH_INVALID');
  expect((await refresh({})).body.code).toBe('REFRESH_INVALID');
});

test('row 10: signing out takes the cookie back', async () => {
  const eun = await moim.person('eunji');

  const { headers } = await eun.delete('/v1/sessions/current');

  expect(headers.get('set-cookie')).toMatch(/^moim-refresh=; Max-Age=0; Path=\/v1\/sessions;/);
});
