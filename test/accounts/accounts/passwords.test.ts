import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { type Person, password, useMoim } from '../../support/moim.ts';
import { outcome, tally } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';
import { withPassword } from '../../support/with-password.ts';

const moim = useMoim();
const better = 'Battery-Staple-9';
const signIn = (email: string, secret: string) => moim.guest.post('/v1/sessions', { email, password: secret });
const refresh = ({ tokens: { refreshToken } }: Pick<Person, 'tokens'>) =>
  moim.guest.post('/v1/sessions/refresh', { refreshToken });
const change = (person: Person, currentPassword: string, secret: string) =>
  person.send<{ code?: string }>('PUT', '/v1/accounts/me/password', { body: { currentPassword, password: secret } });

async function ticketFor(email: string, purpose: string): Promise<string> {
  await moim.guest.post('/v1/email-verifications', { email, purpose });
  const code = await moim.codeFor(email);
  return (await moim.guest.post('/v1/email-verifications/confirm', { email, purpose, code })).body.ticket;
}
const reset = (ticket: string, secret: string) => moim.guest.post('/v1/password-resets', { ticket, password: secret });

test('row 12: a changed password signs every device out; the old one opens nothing, the new one does', async () => {
  const ari = await moim.person('ari');
  const phone = await signIn(ari.email, password);
  const socket = await ari.socket();

  const changed = await change(ari, password, better);
  await moim.settle();

  await socket.closed;
  expect(changed.status).toBe(204);
  expect(outcome(await refresh(ari))).toBe('REFRESH_INVALID');
  expect(outcome(await refresh({ tokens: phone.body }))).toBe('REFRESH_INVALID');
  expect(outcome(await signIn(ari.email, password))).toBe('SIGN_IN_FAILED');
  expect(outcome(await signIn(ari.email, better))).toBe(201);
  expect((await moim.mail.next(ari.email)).subject).toMatch(/password/i);
  await moim.settle();
  expect(await itemsOf(moim, 'Session', { accountId: ari.id })).toHaveLength(1);
});

test('row 12: a new password that is refused is no guess at the current one', async () => {
  const person = await withPassword(moim);

  const refused = [];
  for (let i = 0; i < fairUse.password.times + 2; i++) refused.push(await change(person, password, `weak${i}`));

  expect(new Set(refused.map(outcome))).toEqual(new Set(['PASSWORD_REFUSED']));
  expect((await change(person, password, better)).status).toBe(204);
});

test('row 12: the current password is asked for, and guesses at it run out', async () => {
  const bora = await withPassword(moim);

  const guesses = await Promise.all(Array.from({ length: 12 }, () => change(bora, 'Wrong-Horse-7', better)));
  const right = await change(bora, password, better);

  expect(tally(guesses as never)).toEqual({ PASSWORD_WRONG: 10, TOO_MANY_REQUESTS: 2 });
  expect(right.status).toBe(429);
  expect(outcome(await signIn(bora.email, password))).toBe(201);
});

test('row 4: a new password follows the rule', async () => {
  const chae = await withPassword(moim, 'chaewon');

  const answers = [
    await change(chae, password, 'Chaewon-2026!'),
    await change(chae, password, 'P@ssw0rd1!'),
    await change(chae, password, 'short-1'),
    await change(chae, password, password),
  ];

  expect(answers.map(({ body }) => body.code)).toEqual(Array(4).fill('PASSWORD_REFUSED'));
  // Report D9: each refusal says why, at its field.
  expect(answers.map(({ body }) => (body as { errors?: object[] }).errors)).toEqual([
    [{ pointer: '/password', reason: expect.stringContaining('nickname') }],
    [{ pointer: '/password', reason: expect.stringContaining('easy to guess') }],
    [{ pointer: '/password', reason: 'Enter at least 8 characters.' }],
    [{ pointer: '/password', reason: expect.stringContaining('current one') }],
  ]);
});

test('row 12: a ticket for the purpose sets a new password and signs every device out', async () => {
  const dana = await moim.person('dana');
  const ticket = await ticketFor(dana.email, 'PASSWORD');

  const done = await reset(ticket, better);
  const again = await reset(ticket, 'Another-Horse-8');
  await moim.settle();

  expect(done.status).toBe(201);
  expect(outcome(again)).toBe('TICKET_INVALID');
  expect(outcome(await refresh(dana))).toBe('REFRESH_INVALID');
  expect(outcome(await signIn(dana.email, password))).toBe('SIGN_IN_FAILED');
  expect(outcome(await signIn(dana.email, better))).toBe(201);
});

test('row 130: after a reset the owner gets in, whatever strangers have guessed before', async () => {
  const eun = await withPassword(moim);
  await Promise.all(Array.from({ length: 10 }, () => signIn(eun.email, 'Wrong-Horse-7')));

  const { body } = await reset(await ticketFor(eun.email, 'PASSWORD'), better);
  const elsewhere = await signIn(eun.email, better);
  const owner = await moim.guest.post('/v1/sessions', {
    email: eun.email,
    password: better,
    deviceToken: body.deviceToken,
  });

  expect([elsewhere.status, owner.status]).toEqual([429, 201]);
});

test('row 2: a ticket for one purpose is good for no other', async () => {
  const faye = await withPassword(moim);
  const toChange = await ticketFor(faye.email, 'PASSWORD');
  const toRegister = await ticketFor('new.faye@example.com', 'REGISTER');

  const answers = [
    await reset(toRegister, better),
    await moim.guest.post('/v1/accounts', { ticket: toChange, password, nickname: 'faye2' }),
    await faye.send('PUT', '/v1/accounts/me/email', { body: { ticket: toChange } }),
  ];

  expect(answers.map(outcome)).toEqual(Array(3).fill('TICKET_INVALID'));
});

test('rows 1, 11: to an address without an account goes a mail that says so, and no code', async () => {
  const email = 'nobody@example.com';
  const known = await withPassword(moim);

  const answers = [
    await moim.guest.post('/v1/email-verifications', { email, purpose: 'PASSWORD' }),
    await moim.guest.post('/v1/email-verifications', { email: known.email, purpose: 'PASSWORD' }),
  ];
  await moim.settle();
  const mail = await moim.mail.next(email);

  expect(answers[0]!.status).toBe(202);
  expect({ ...answers[0]!.body, request: '' }).toEqual({ ...answers[1]!.body, request: '' });
  expect(`${mail.subject} ${mail.text}`).not.toMatch(/\d{6}/);
});

test('two who change one password at once: one does', async () => {
  const hana = await withPassword(moim);

  const answers = await Promise.all([change(hana, password, better), change(hana, password, 'Another-Horse-8')]);

  expect(answers.map(({ status }) => status).sort()).toEqual([204, 401]);
});
