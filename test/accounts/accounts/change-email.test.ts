import { type Person, password, useMoim } from '../../support/moim.ts';
import { renew } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';
import { withPassword } from '../../support/with-password.ts';

const moim = useMoim();
async function ticketFor(email: string): Promise<string> {
  await moim.guest.post('/v1/email-verifications', { email, purpose: 'EMAIL' });
  const code = await moim.codeFor(email);
  return (await moim.guest.post('/v1/email-verifications/confirm', { email, purpose: 'EMAIL', code })).body.ticket;
}
const move = (person: Person, ticket: string) => person.send('PUT', '/v1/accounts/me/email', { body: { ticket } });
const signIn = (email: string) => moim.guest.post('/v1/sessions', { email, password });

test('row 3: an account moves to an address that its owner reads; the old one is told and free again', async () => {
  const ari = await withPassword(moim);

  const moved = await move(ari, await ticketFor('ari.new@example.com'));
  await moim.settle();

  expect(moved.status).toBe(204);
  expect([await signIn(ari.email), await signIn('ari.new@example.com')].map(outcome)).toEqual(['SIGN_IN_FAILED', 201]);
  expect((await moim.mail.next(ari.email)).subject).toMatch(/address/i);
  expect(await itemsOf(moim, 'Credential', { accountId: ari.id })).toHaveLength(1);
  await renew(moim, ari);
  expect((await ari.get('/v1/accounts/me')).body.email).toBe('ari.new@example.com');
});

test('a taken address is refused, a ticket works once', async () => {
  const [bora, chae] = [await withPassword(moim), await withPassword(moim)];
  const ticket = await ticketFor('bora.new@example.com');

  const right = await move(bora, ticket);
  const again = await move(chae, ticket);
  // Whoever has the address gets a mail that says so, and no code.
  await moim.guest.post('/v1/email-verifications', { email: chae.email, purpose: 'EMAIL' });
  await moim.settle();
  const mail = await moim.mail.next(chae.email);

  expect([right, again].map(outcome)).toEqual([204, 'TICKET_INVALID']);
  expect(`${mail.subject} ${mail.text}`).not.toMatch(/\d{6}/);
});

test('two accounts that move to one address at once: one does', async () => {
  const [dana, eun] = [await withPassword(moim), await withPassword(moim)];
  const first = await ticketFor('shared@example.com');
  await moim.clock.advance(60_000);
  const second = await ticketFor('shared@example.com');

  const answers = await Promise.all([move(dana, first), move(eun, second)]);

  expect(answers.map(outcome).sort()).toEqual([204, 'EMAIL_TAKEN']);
});

test('two tickets for one address: the second finds the account there already', async () => {
  const gil = await withPassword(moim);
  const first = await ticketFor('gil.new@example.com');
  await moim.clock.advance(60_000);
  const second = await ticketFor('gil.new@example.com');

  const moved = await move(gil, first);
  const over = await move(gil, second);
  await moim.settle();
  await renew(moim, gil);
  const again = await move(gil, second);

  expect([moved, over, again].map(outcome)).toEqual([204, 'TOKEN_INVALID', 'EMAIL_TAKEN']);
});

test('row 3: whoever else had the account open is out when it moves to another address', async () => {
  const faye = await withPassword(moim);
  const { body: phone } = await signIn(faye.email);
  const refresh = () => moim.guest.post('/v1/sessions/refresh', { refreshToken: phone.refreshToken });

  await move(faye, await ticketFor('faye.new@example.com'));
  const [authority] = await itemsOf(moim, 'Authority', { accountId: faye.id });
  const [credential] = await itemsOf(moim, 'Credential', { accountId: faye.id });
  await moim.settle();
  const refreshed = await refresh();

  expect(outcome(refreshed)).toBe('REFRESH_INVALID');
  expect([authority.sessionVersion, credential.sessionVersion]).toEqual([2, 2]);
  expect(outcome(await signIn('faye.new@example.com'))).toBe(201);
});
