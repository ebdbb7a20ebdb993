/** Row 162: the password of an administrator, or their mailbox, adds no factor beside those that they have. */
import { softwareAuthenticator } from '../../support/authenticator.ts';
import { type Person, password, useMoim } from '../../support/moim.ts';
import { appoint, totpOf, withFactor } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { withPassword } from '../../support/with-password.ts';

const moim = useMoim();
const me = '/v1/accounts/me';

/** An administrator with one passkey, and what somebody with their password alone can send. */
async function administratorWithPasskey() {
  const owner = await withPassword(moim);
  const authenticator = softwareAuthenticator();
  const { body } = await owner.post(`${me}/passkeys/challenges`);
  const added = await owner.post(`${me}/passkeys`, {
    name: 'Laptop',
    credential: authenticator.create(body.publicKey),
  });
  await appoint(moim, owner);
  return { owner, authenticator, passkeyId: added.body.id as string, thief: await signedIn(owner) };
}
async function signedIn({ email }: Person) {
  const { body } = await moim.guest.post('/v1/sessions', { email, password });
  const headers = { authorization: `Bearer ${body.accessToken}` };
  return (method: string, path: string, content?: object) =>
    moim.guest.send<{ code: string; secret: string }>(method, path, { headers, ...(content ? { body: content } : {}) });
}

test('row 162: who knows the password of an administrator with a passkey adds no factor, and removes none', async () => {
  const { thief, passkeyId } = await administratorWithPasskey();
  const refused = await Promise.all([
    thief('POST', `${me}/passkeys/challenges`, {}),
    thief('POST', `${me}/totp`, {}),
    thief('POST', `${me}/totp/confirm`, { code: '123456' }),
    thief('DELETE', `${me}/totp`),
    thief('POST', `${me}/recovery-codes`, {}),
    thief('DELETE', `${me}/passkeys/${passkeyId}`),
  ]);

  expect(refused.map(outcome)).toEqual(Array(6).fill('FACTOR_NEEDED'));
  expect((await thief('GET', `${me}/factors`)).status).toBe(200);
  expect(outcome(await thief('GET', '/v1/admin/accounts'))).toBe('FACTOR_NEEDED');
});

test('a session that shows the passkey changes factors, and administers', async () => {
  const { thief: session, authenticator } = await administratorWithPasskey();
  const { body: challenge } = await moim.guest.get('/v1/passkey-challenges');
  const credential = authenticator.get(challenge.publicKey);
  const proved = await session('POST', '/v1/sessions/current/proofs', { way: 'PASSKEY', credential });
  const begun = await session('POST', `${me}/totp`, {});
  const confirmed = await session('POST', `${me}/totp/confirm`, { code: totpOf(moim, begun.body.secret) });

  expect([proved.status, begun.status, confirmed.status]).toEqual([200, 201, 200]);
  expect((await session('GET', '/v1/admin/accounts')).status).toBe(200);
});

test('the first factor of an administrator needs none before it, and everybody else changes theirs by the password', async () => {
  const [first, other] = [await withPassword(moim), await withPassword(moim)];
  await appoint(moim, first);
  await withFactor(moim, other);

  expect((await first.post(`${me}/totp`)).status).toBe(201);
  expect((await other.post(`${me}/recovery-codes`)).status).toBe(200);
});

test('row 162: who reads the mailbox of an administrator ends their factors, and with them the role', async () => {
  const owner = await withPassword(moim);
  await moim.clock.advance(60_000);
  await appoint(moim, owner);
  await withFactor(moim, owner);
  const asked = { email: owner.email, purpose: 'PASSWORD' };
  await moim.guest.post('/v1/email-verifications', asked);
  const code = await moim.codeFor(owner.email);
  const { body } = await moim.guest.post('/v1/email-verifications/confirm', { ...asked, code });
  const reset = await moim.guest.post('/v1/password-resets', { ticket: body.ticket, password });
  const thief = await signedIn(owner);
  const begun = await thief('POST', `${me}/totp`, {});
  const confirmed = await thief('POST', `${me}/totp/confirm`, { code: totpOf(moim, begun.body.secret) });
  await moim.settle();

  expect([reset.status, begun.status, confirmed.status]).toEqual([201, 201, 200]);
  expect(outcome(await thief('GET', '/v1/admin/accounts'))).toBe('NOT_FOUND');
  expect((await thief('GET', me)).body).toMatchObject({ role: 'USER' });
  const mail = await moim.mail.next(owner.email, ({ subject }) => /new password/.test(subject));
  expect(mail.text).toContain('your role as an administrator');
});
