import { password, useMoim } from '../../support/moim.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';
import { approvingAccounts } from '../../support/templates.ts';

const moim = useMoim();
/** A deployment that approves its accounts. */
const approving = useMoim({ edit: approvingAccounts });

async function signUp(at: typeof moim, nickname: string, more: object = {}) {
  const email = `${nickname}@example.com`;
  await at.guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' });
  const code = await at.codeFor(email);
  const { body } = await at.guest.post('/v1/email-verifications/confirm', { email, purpose: 'REGISTER', code });
  return at.guest.post('/v1/accounts', { ticket: body.ticket, password, nickname, ...more });
}

test('G15: who signs up is signed in, on a device that is known from then on', async () => {
  const { status, body } = await signUp(moim, 'ari', { device: 'Pixel' });

  const bearer = { headers: { authorization: `Bearer ${body.session.accessToken}` } };
  const sessions = await moim.guest.send<{ items: object[] }>('GET', '/v1/sessions', bearer);
  const refreshed = await moim.guest.post('/v1/sessions/refresh', { refreshToken: body.session.refreshToken });
  const { deviceToken } = body.session;
  const again = await moim.guest.post('/v1/sessions', { email: 'ari@example.com', password, deviceToken });

  expect(status).toBe(201);
  expect(body).toMatchObject({ nickname: 'ari', hasPassword: true, session: { accountId: body.id } });
  expect(sessions.body.items).toMatchObject([{ device: 'Pixel', current: true }]);
  expect(outcome(refreshed)).toBe(200);
  expect(again.body.deviceToken).toBe(deviceToken);
});

test('G15: the refresh token may be kept in a cookie, as with a sign-in', async () => {
  const { body, headers } = await signUp(moim, 'bora', { keep: 'COOKIE' });

  expect(body.session.refreshToken).toBeNull();
  expect(headers.get('set-cookie')).toMatch(/moim-refresh=[^;]+;.*HttpOnly/);
});

test('G15, row 13: an account that waits for approval gets no session, neither in the answer nor in a cookie', async () => {
  const { status, body, headers } = await signUp(approving, 'chae', { keep: 'COOKIE' });

  expect([status, body.status, body.session]).toEqual([201, 'PENDING', null]);
  expect(headers.get('set-cookie')).toBeNull();
  expect(await itemsOf(approving, 'Session', { accountId: body.id })).toEqual([]);
});
