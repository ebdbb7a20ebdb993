/** Row 162: a thief who was signed in for a while, with a proof, and what the owner's recovery leaves of it. */
import type { Reply } from '../../support/actor.ts';
import { softwareAuthenticator } from '../../support/authenticator.ts';
import { interrupted } from '../../support/between.ts';
import { type Person, password, useMoim } from '../../support/moim.ts';
import { withFactor } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';
import { withPassword } from '../../support/with-password.ts';
import { type LocalProvider, startLocalProvider } from '../identities/local-provider.ts';
import { redirectUri, register } from '../identities/support.ts';

const moim = useMoim();
let local: LocalProvider;
beforeAll(async () => {
  local = await startLocalProvider(moim.clock.now);
  const { github, kakao } = local.registrations;
  await register(moim, { github, kakao });
});
afterAll(() => local.stop());

const better = 'Battery-Staple-9';
async function ticketFor(email: string, purpose: string): Promise<string> {
  await moim.guest.post('/v1/email-verifications', { email, purpose });
  const code = await moim.codeFor(email);
  return (await moim.guest.post('/v1/email-verifications/confirm', { email, purpose, code })).body.ticket;
}
async function reset({ email }: Person) {
  const answer = await moim.guest.post('/v1/password-resets', {
    ticket: await ticketFor(email, 'PASSWORD'),
    password: better,
  });
  await moim.settle();
  return answer;
}
async function atProvider(person: object, begun: { body: { ticket: string; authorizationUrl: string } }) {
  const query = local.agree(begun.body.authorizationUrl, person);
  return moim.guest.post('/v1/social-sign-ins/complete', { ticket: begun.body.ticket, query });
}
const link = async (who: Person, provider: string, person: object) =>
  atProvider(person, await who.post('/v1/accounts/me/identities', { provider, redirectUri }));
const socialSignIn = async (provider: string, person: object) =>
  atProvider(person, await moim.guest.post('/v1/social-sign-ins', { provider, redirectUri }));
async function addPasskey(who: Person, name: string) {
  const authenticator = softwareAuthenticator();
  const { body } = await who.post('/v1/accounts/me/passkeys/challenges');
  await who.post('/v1/accounts/me/passkeys', { name, credential: authenticator.create(body.publicKey) });
  return async () => {
    const { body: challenge } = await moim.guest.get('/v1/passkey-challenges');
    return moim.guest.post('/v1/passkey-sign-ins', { credential: authenticator.get(challenge.publicKey) });
  };
}
const mailOf = async ({ email }: Person, subject: RegExp) =>
  moim.mail.next(email, (mail) => subject.test(mail.subject));
let serial = 500;

test('row 162, report F03: a reset by mail ends every way in that was added since, and says which', async () => {
  const mina = await withPassword(moim);
  await moim.clock.advance(60_000);
  const thief = { id: serial++, emails: [] };
  await link(mina, 'github', thief);
  const enter = await addPasskey(mina, 'Not mine');
  await withFactor(moim, mina);
  expect((await socialSignIn('github', thief)).body.status).toBe('SIGNED_IN');

  expect((await reset(mina)).status).toBe(201);

  expect((await socialSignIn('github', thief)).body.status).toBe('UNCOMPLETED');
  expect(outcome(await enter())).toBe('PASSKEY_INVALID');
  // No code is asked for: the app was the thief's.
  expect((await moim.guest.post('/v1/sessions', { email: mina.email, password: better })).status).toBe(201);
  const { text } = await mailOf(mina, /new password/);
  for (const ended of ['GitHub', 'Not mine', 'authenticator app']) expect(text).toContain(ended);
  expect(text).toContain('Kept: none');
  const [authority] = await itemsOf(moim, 'Authority', { accountId: mina.id });
  expect([authority.waysIn, authority.identities]).toEqual([1, {}]);
  expect(await itemsOf(moim, 'Identity', { accountId: mina.id })).toEqual([]);
  expect(await itemsOf(moim, 'Totp', { accountId: mina.id })).toEqual([]);
});

test('a reset keeps what the mailbox has vouched for: by the reset before, or by a proof', async () => {
  const bora = await withPassword(moim);
  await moim.clock.advance(60_000);
  const enter = await addPasskey(bora, 'Laptop');
  await moim.clock.advance(60_000);
  const { body } = await bora.post('/v1/sessions/current/proofs/mail');
  const code = await moim.codeFor(bora.email);
  await bora.post('/v1/sessions/current/proofs', { way: 'MAIL', code, request: body.request });
  await moim.clock.advance(60_000);
  const person = { id: serial++, emails: [] };
  await link(bora, 'kakao', person);
  await reset(bora);

  expect((await enter()).status).toBe(201);
  expect((await socialSignIn('kakao', person)).body.status).toBe('UNCOMPLETED');
  const { text } = await mailOf(bora, /new password/);
  expect(text).toContain('Ended: your Kakao account');
  expect(text).toContain('Kept: the passkey “Laptop”');
});

test('what is added at the moment of a reset ends as well, or is refused', async () => {
  const chae = await withPassword(moim);
  await moim.clock.advance(60_000);
  const ticket = await ticketFor(chae.email, 'PASSWORD');
  const authenticator = softwareAuthenticator();
  const { body } = await chae.post('/v1/accounts/me/passkeys/challenges');
  const credential = authenticator.create(body.publicKey);
  const [answer] = await Promise.all([
    moim.guest.post('/v1/password-resets', { ticket, password: better }),
    chae.post('/v1/accounts/me/passkeys', { name: 'Key', credential }),
  ]);
  const [factors] = await itemsOf(moim, 'Factors', { accountId: chae.id });

  expect(answer.status).toBe(201);
  expect(factors?.passkeyCount ?? 0).toBe(0);
});

test('row 162: a passkey that takes the place of another right before the reset is written ends as well', async () => {
  const dae = await withPassword(moim);
  await moim.clock.advance(60_000);
  await addPasskey(dae, 'First');
  const ticket = await ticketFor(dae.email, 'PASSWORD');
  const { body } = await dae.get('/v1/accounts/me/factors');
  let enter = async (): Promise<Reply> => Promise.reject(new Error('nothing was added'));
  const answer = await interrupted(
    moim,
    async () => {
      await dae.delete(`/v1/accounts/me/passkeys/${body.passkeys[0].id}`);
      enter = await addPasskey(dae, 'Second');
    },
    () => moim.guest.post('/v1/password-resets', { ticket, password: better }),
  );
  const [factors] = await itemsOf(moim, 'Factors', { accountId: dae.id });

  expect(answer.status).toBe(201);
  expect([factors.passkeyCount, factors.passkeys]).toEqual([0, {}]);
  expect(outcome(await enter())).toBe('PASSKEY_INVALID');
});

describe('report F02: a change of address', () => {
  const move = async (who: Person, email: string) =>
    who.send('PUT', '/v1/accounts/me/email', { body: { ticket: await ticketFor(email, 'EMAIL') } });
  const undoTicketOf = async ({ email }: { email: string }) => {
    await moim.settle();
    const { text } = await moim.mail.next(email, ({ text: body }) => body.includes('/undo-email#'));
    return /undo-email#([\w-]{43})/.exec(text)![1]!;
  };
  const undo = (ticket: string) => moim.guest.post('/v1/email-undos', { ticket, password: better });
  const signIn = (email: string, secret = better) => moim.guest.post('/v1/sessions', { email, password: secret });

  test('is undone from the old address, whatever was added meanwhile', async () => {
    const dana = await withPassword(moim);
    await moim.clock.advance(60_000);
    const enter = await addPasskey(dana, 'Not mine');
    await move(dana, 'thief@example.com');
    const ticket = await undoTicketOf(dana);

    expect(outcome(await signIn(dana.email, password))).toBe('SIGN_IN_FAILED');
    expect((await undo(ticket)).status).toBe(201);
    await moim.settle();

    expect((await signIn(dana.email)).status).toBe(201);
    expect(outcome(await signIn('thief@example.com', password))).toBe('SIGN_IN_FAILED');
    expect(outcome(await enter())).toBe('PASSKEY_INVALID');
    expect(outcome(await undo(ticket))).toBe('TICKET_INVALID');
    expect((await mailOf(dana, /new password/)).text).toContain('Not mine');
    expect(await itemsOf(moim, 'Credential', { accountId: dana.id })).toHaveLength(1);
  });

  test('is undone over several changes, and the links of the addresses in between are void', async () => {
    const eun = await withPassword(moim);
    await move(eun, 'b.thief@example.com');
    const first = await undoTicketOf(eun);
    await moim.clock.advance(60_000);
    const { body: signedIn } = await signIn('b.thief@example.com', password);
    const headers = { authorization: `Bearer ${signedIn.accessToken}` };
    const body = { ticket: await ticketFor('c.thief@example.com', 'EMAIL') };
    await moim.guest.send('PUT', '/v1/accounts/me/email', { body, headers });
    const second = await undoTicketOf({ email: 'b.thief@example.com' });
    await moim.clock.advance(60_000);

    expect((await undo(first)).status).toBe(201);
    expect(outcome(await undo(second))).toBe('TICKET_INVALID');
    expect((await signIn(eun.email)).status).toBe(201);
  });

  test('row 162: is undone from the first address also after a thief has undone a later change', async () => {
    const han = await withPassword(moim);
    const asThief = async (email: string, secret: string, to: string) => {
      const { body: signedIn } = await signIn(email, secret);
      const headers = { authorization: `Bearer ${signedIn.accessToken}` };
      const body = { ticket: await ticketFor(to, 'EMAIL') };
      expect((await moim.guest.send('PUT', '/v1/accounts/me/email', { body, headers })).status).toBe(204);
      await moim.clock.advance(60_000);
    };
    await asThief(han.email, password, 'b.han@example.com');
    const first = await undoTicketOf(han);
    await asThief('b.han@example.com', password, 'c.han@example.com');
    expect((await undo(await undoTicketOf({ email: 'b.han@example.com' }))).status).toBe(201);
    await moim.clock.advance(60_000);
    await asThief('b.han@example.com', better, 'd.han@example.com');

    expect((await undo(first)).status).toBe(201);
    expect((await signIn(han.email)).status).toBe(201);
    for (const left of ['b', 'c', 'd']) expect(outcome(await signIn(`${left}.han@example.com`))).toBe('SIGN_IN_FAILED');
    await moim.settle();
    const again = moim.mail
      .list({ to: 'b.han@example.com' })
      .flatMap(({ text }) => /undo-email#([\w-]{43})/.exec(text)?.[1] ?? []);
    expect(again.length).toBe(2);
    for (const ticket of again) expect(outcome(await undo(ticket))).toBe('TICKET_INVALID');
  });

  test('is undone for seven days, once, and with a password that is allowed', async () => {
    const [faye, gil] = [await withPassword(moim), await withPassword(moim)];
    await move(faye, 'faye.new@example.com');
    await move(gil, 'gil.new@example.com');
    const [one, two] = [await undoTicketOf(faye), await undoTicketOf(gil)];

    expect(outcome(await moim.guest.post('/v1/email-undos', { ticket: one, password: 'short' }))).toBe(
      'PASSWORD_REFUSED',
    );
    const atOnce = await Promise.all([undo(one), undo(one)]);
    expect(atOnce.map(outcome).sort()).toEqual([201, 'TICKET_INVALID']);
    await moim.clock.advance(7 * 86_400_000);
    expect(outcome(await undo(two))).toBe('TICKET_INVALID');
    expect(outcome(await undo('A'.repeat(43)))).toBe('TICKET_INVALID');
  });
});

test('row 162: the first password needs no password before it', async () => {
  const person = { id: serial++, email: 'ivy@example.com' };
  const begun = (await socialSignIn('kakao', person)).body;
  const made = await moim.guest.post('/v1/social-sign-ups', { ticket: begun.ticket, nickname: 'ivy' });
  const headers = { authorization: `Bearer ${made.body.session.accessToken}` };
  const set = await moim.guest.send('PUT', '/v1/accounts/me/password', { body: { password: better }, headers });

  expect(set.status).toBe(204);
  expect((await moim.guest.post('/v1/sessions', { email: 'ivy@example.com', password: better })).status).toBe(201);
});
