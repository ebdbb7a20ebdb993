import { key } from '../support/actor.ts';
import { useMoim } from '../support/moim.ts';

const moim = useMoim();
const refresh = (refreshToken: string, headers = {}) =>
  moim.guest.post('/v1/sessions/refresh', { refreshToken }, headers);

test('row 8: a refresh token is exchanged for new tokens and rotated', async () => {
  const ari = await moim.person('ari');
  await moim.clock.advance(20 * 60_000);

  const { status, body } = await refresh(ari.tokens.refreshToken);

  ari.tokens = body;
  expect(status).toBe(200);
  expect((await ari.get('/v1/accounts/me')).status).toBe(200);
});

test('row 8: using a token again ends the session, whoever holds the newer one', async () => {
  const bora = await moim.person('bora');
  const { body: renewed } = await refresh(bora.tokens.refreshToken);

  const reused = await refresh(bora.tokens.refreshToken);
  const after = await refresh(renewed.refreshToken);

  expect(reused).toMatchObject({ status: 401, body: { code: 'REFRESH_INVALID' } });
  expect(after).toMatchObject({ status: 401, body: { code: 'REFRESH_INVALID' } });
});

test('of twenty exchanges of one token at once at most one succeeds', async () => {
  const chae = await moim.person('chaewon');

  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(chae.tokens.refreshToken)));

  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('row 122: who lost the answer repeats with the same key and gets the same tokens', async () => {
  const dana = await moim.person('dana');
  const headers = key();

  const first = await refresh(dana.tokens.refreshToken, headers);
  const again = await refresh(dana.tokens.refreshToken, headers);
  const next = await refresh(again.body.refreshToken);

  expect(again.body).toEqual(first.body);
  expect(next.status).toBe(200);
});

test('a token is over after 14 days, and what is none is refused alike', async () => {
  const eun = await moim.person('eunji');
  await moim.clock.advance(14 * 86_400_000 + 1);

  const answers = await Promise.all([eun.tokens.refreshToken, 'none', 'a.b.c', ''].map((token) => refresh(token)));

  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(4).fill([401, 'REFRESH_INVALID']));
});
