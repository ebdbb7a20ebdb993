import { password, useMoim } from '../../support/moim.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();

test('row 10: signing out ends the session; doing it again is no error', async () => {
  const ari = await moim.person('ari');

  const first = await ari.delete('/v1/sessions/current');
  const again = await ari.delete('/v1/sessions/current');
  const refreshed = await moim.guest.post('/v1/sessions/refresh', { refreshToken: ari.tokens.refreshToken });

  expect([first.status, again.status]).toEqual([204, 204]);
  expect(refreshed).toMatchObject({ status: 401, body: { code: 'REFRESH_INVALID' } });
});

test('row 10: signing out closes the sockets of that session and of no other', async () => {
  const bora = await moim.person('bora');
  const here = await bora.socket();
  const elsewhere = { ...bora, tokens: (await moim.signIn(bora.email)).tokens };
  const { body } = await moim.guest.post(
    '/v1/socket-tickets',
    {},
    { authorization: `Bearer ${elsewhere.tokens.accessToken}` },
  );
  const { listen } = await import('../../support/listener.ts');
  const there = await listen(body.url);

  await bora.delete('/v1/sessions/current');
  await moim.settle();

  await here.closed;
  expect(await there.ask({ id: 1, action: 'ping' })).toMatchObject({ ok: true });
  expect(await itemsOf(moim, 'Connection', { accountId: bora.id })).toHaveLength(1);
  there.close();
});

test('row 8: one ends a session of one’s own, and nobody else’s', async () => {
  const [chae, dana] = [await moim.person('chaewon'), await moim.person('dana')];
  const { body: phone } = await moim.guest.post('/v1/sessions', { email: chae.email, password, device: 'phone' });
  const { body: list } = await chae.get('/v1/sessions');
  const { id } = list.items.find(({ device }: { device: string }) => device === 'phone');

  const byAnother = await dana.delete(`/v1/sessions/${id}`);
  const stillThere = await moim.guest.post('/v1/sessions/refresh', { refreshToken: phone.refreshToken });
  const own = await chae.delete(`/v1/sessions/${id}`);
  const again = await chae.delete(`/v1/sessions/${id}`);
  const ended = await moim.guest.post('/v1/sessions/refresh', { refreshToken: stillThere.body.refreshToken });

  expect([byAnother.status, stillThere.status, own.status, again.status]).toEqual([204, 200, 204, 204]);
  expect(ended.body.code).toBe('REFRESH_INVALID');
  expect((await chae.get('/v1/sessions')).body.items).toHaveLength(1);
});
