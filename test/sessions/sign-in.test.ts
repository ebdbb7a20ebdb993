import { password, useMoim } from '../support/moim.ts';

const moim = useMoim();

test('row 8: the right password opens a session of 15 minutes, to be refreshed within 14 days', async () => {
  const ari = await moim.person('ari');

  const { status, body } = await moim.guest.post('/v1/sessions', {
    email: ' ARI@example.com'.trim(),
    password,
    device: 'phone',
  });

  expect(status).toBe(201);
  expect(body).toMatchObject({
    accountId: ari.id,
    accessExpiresAt: '2026-03-02T03:15:00.000Z',
    refreshExpiresAt: '2026-03-16T03:00:00.000Z',
  });
});

test('a wrong password and an unknown address get the same answer', async () => {
  await moim.person('bora');

  const wrong = await moim.guest.post('/v1/sessions', { email: 'bora@example.com', password: 'Wrong-Horse-7' });
  const unknown = await moim.guest.post('/v1/sessions', { email: 'nobody@example.com', password });

  expect(wrong.status).toBe(401);
  expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
  expect(wrong.body.code).toBe('SIGN_IN_FAILED');
});
