import { limits } from '../../../shared/product/limits.ts';
import { useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';

const moim = useMoim();

test('one sees the own account, whole', async () => {
  const ari = await moim.person('ari');

  const { status, body } = await ari.get('/v1/accounts/me');

  expect(status).toBe(200);
  expect(body).toEqual({
    id: ari.id,
    email: 'ari@example.com',
    nickname: 'ari',
    hasPassword: true,
    locale: 'en',
    loginId: null,
    role: 'USER',
    status: 'ACTIVE',
    version: 1,
    timeZone: 'Asia/Seoul',
    bricks: 0,
    mail: 'ALL',
    createdAt: '2026-03-02T03:00:00.000Z',
  });
});

test('an access token is good for 15 minutes, also where the gateway still remembers it', async () => {
  const bora = await someone(moim);
  await moim.clock.advance(899_000);
  const inTime = await bora.get('/v1/accounts/me');

  await moim.clock.advance(1_000);
  const late = await bora.get('/v1/accounts/me');

  expect(inTime.status).toBe(200);
  expect(late).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } });
  expect(late.headers.get('www-authenticate')).toBe('Bearer');
});

test('row 8: a token that was judged a moment before it ended is good for nothing after it', async () => {
  const person = await someone(moim);
  const { accessTokenSeconds } = limits;

  await moim.clock.advance((accessTokenSeconds - 1) * 1000);
  const inTime = await person.get('/v1/accounts/me');
  // The gateway remembers that it was good for minutes more.
  await moim.clock.advance(1000);
  const late = await person.get('/v1/accounts/me');

  expect(inTime.status).toBe(200);
  expect(late).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } });
});
