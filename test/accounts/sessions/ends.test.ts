/** Row 162, report F21: sessions end, sign-ins are told. */
import { password, useMoim } from '../../support/moim.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const day = 86_400_000;

test('row 162, report F21: a session ends 90 days after its sign-in, however often it is refreshed', async () => {
  const ari = await moim.person('ari');
  const start = moim.clock.now();
  let { refreshToken } = ari.tokens;
  let last:
    | { status: number; body: { refreshToken: string; refreshExpiresAt: string; accessToken: string } }
    | undefined;
  for (let at = 10; at <= 80; at += 10) {
    await moim.clock.advanceTo(start + at * day);
    last = await moim.guest.post('/v1/sessions/refresh', { refreshToken });
    expect(last.status).toBe(200);
    refreshToken = last.body.refreshToken;
    const expires = Math.min(moim.clock.now() + 14 * day, start + 90 * day);
    expect(Math.abs(Date.parse(last.body.refreshExpiresAt) - expires)).toBeLessThanOrEqual(1000);
  }
  await moim.clock.advanceTo(start + 90 * day - 60_000);
  last = await moim.guest.post('/v1/sessions/refresh', { refreshToken });
  expect(last!.status).toBe(200);
  await moim.clock.advance(60_000);
  const me = await moim.guest.get('/v1/accounts/me', { authorization: `Bearer ${last!.body.accessToken}` });
  const after = await moim.guest.post('/v1/sessions/refresh', { refreshToken: last!.body.refreshToken });

  expect([outcome(me), outcome(after)]).toEqual(['TOKEN_INVALID', 'REFRESH_INVALID']);
});

test('row 162: a sign-in on a new device is told once by mail and news, one on a known device is not; all are in the history', async () => {
  const bora = await moim.person('bora');
  await moim.clock.advance(11 * 60_000);
  const signIn = (more: object = {}) =>
    moim.guest.post('/v1/sessions', { email: bora.email, password, device: 'Phone', ...more });
  const { body: first } = await signIn();
  await moim.settle();
  const mail = await moim.mail.next(bora.email, ({ subject }) => /new device/.test(subject));
  const mails = (await itemsOf(moim, 'Mail', { to: bora.email })).length;
  await moim.clock.advance(1000);
  await signIn({ deviceToken: first.deviceToken });
  await moim.settle();
  const headers = { authorization: `Bearer ${first.accessToken}` };
  const { body: history } = await moim.guest.get('/v1/sign-ins', headers);
  const { body: inbox } = await moim.guest.get('/v1/notifications', { ...headers, 'accept-language': 'en' });

  expect(mail.text).toContain('Phone');
  expect(mail.text).toContain(' 12:11');
  expect((await itemsOf(moim, 'Mail', { to: bora.email })).length).toBe(mails);
  expect(history.items.map((each: { isNewDevice: boolean }) => each.isNewDevice)).toEqual([false, true, false]);
  expect(history.items[1]).toMatchObject({ device: 'Phone', way: 'PASSWORD', id: expect.any(String) });
  expect(inbox.items.map(({ type }: { type: string }) => type)).toEqual(['NEW_SIGN_IN']);
});

test('whoever has just signed up is not told that they signed in', async () => {
  const chae = await moim.person('chae');
  await moim.settle();

  expect(await itemsOf(moim, 'Mail', { to: chae.email, template: 'NEW_SIGN_IN' })).toEqual([]);
  expect(await itemsOf(moim, 'SignIn', { accountId: chae.id })).toHaveLength(1);
});
