import { useMoim } from '../support/moim.ts';

const moim = useMoim();

test('row 10: signing out ends the session; doing it again is no error', async () => {
  const ari = await moim.person('ari');

  const first = await ari.delete('/v1/sessions/current');
  const again = await ari.delete('/v1/sessions/current');
  const refreshed = await moim.guest.post('/v1/sessions/refresh', { refreshToken: ari.tokens.refreshToken });

  expect([first.status, again.status]).toEqual([204, 204]);
  expect(refreshed).toMatchObject({ status: 401, body: { code: 'REFRESH_INVALID' } });
});
