/** Row 13, report D10: people whose account was not approved have no session, and still get their data out and erased. */

import { everyItem } from '../../support/items.ts';
import { type Person, password, useMoim } from '../../support/moim.ts';
import { administer, nextTick, renew, someone } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { itemsOf, put, tableName } from '../../support/table.ts';
import { approvingAccounts } from '../../support/templates.ts';

const moim = useMoim({ edit: approvingAccounts });
let admin: Person;
beforeAll(async () => {
  admin = await someone(moim, 'admin');
  await administer(moim, admin);
});

async function ticketFor(email: string, purpose: 'REGISTER' | 'LEAVE'): Promise<string> {
  // A code for another purpose may have been requested a moment ago, and its mail is the newest.
  const { request } = (await moim.guest.post('/v1/email-verifications', { email, purpose })).body;
  await moim.settle();
  const [newest] = moim.mail.list({ to: email });
  const code = /\d{6}/.exec(newest!.subject)![0];
  const { body } = await moim.guest.post('/v1/email-verifications/confirm', { email, purpose, code, request });
  return body.ticket;
}
const signUp = async (email: string, nickname: string) =>
  moim.guest.post('/v1/accounts', { ticket: await ticketFor(email, 'REGISTER'), password, nickname, locale: 'en' });
async function rejected(nickname: string) {
  const email = `${nickname}@example.com`;
  const { id } = (await signUp(email, nickname)).body;
  await renew(moim, admin);
  await admin.post(`/v1/admin/accounts/${id}/reject`, { reason: 'Members of the club only' });
  await moim.settle();
  await moim.clock.advance(60_000);
  return { id: id as string, email };
}
const copy = (ticket: string) => moim.guest.post('/v1/account-copies', { ticket });
const leave = (ticket: string) => moim.guest.post('/v1/account-withdrawals', { ticket });
const signIn = (email: string) => moim.guest.post('/v1/sessions', { email, password });
/** What the table has of an account, but for what is gone by itself within a day. */
const heldOf = async (id: string) =>
  [...(await everyItem(moim, tableName(moim))).values()]
    .filter((item) => JSON.stringify(item).includes(id) && item.type?.S !== 'Due' && !item.expiresAt)
    .map((item) => item.type?.S)
    .sort();

test('row 13: a rejected person gets a copy of everything that is held about the account', async () => {
  const { id, email } = await rejected('ari');
  const [account] = await itemsOf(moim, 'Account', { accountId: id });
  const identity = { provider: 'github', subject: '4711', linkedAt: account.createdAt } as const;
  const [authority] = await itemsOf(moim, 'Authority', { accountId: id });
  await put(moim, 'Authority', { ...authority, identities: { github: identity.subject } });
  await put(moim, 'Identity', { ...identity, identityId: id, accountId: id });
  const held = await heldOf(id);

  const ticket = await ticketFor(email, 'LEAVE');
  const { status, body } = await copy(ticket);
  const again = await copy(ticket);

  expect(status).toBe(200);
  expect(body).toMatchObject({
    account: { email, nickname: 'ari', status: 'REJECTED', createdAt: expect.any(String) },
    decisions: [{ before: 'PENDING', after: 'REJECTED', reason: 'Members of the club only' }],
    identities: [identity],
  });
  expect(JSON.stringify(body)).not.toMatch(/argon2|sessionVersion|"by"/);
  expect(again.body).toEqual(body);
  // Nothing else is held, so the copy is whole.
  expect(held).toEqual(['Account', 'Authority', 'Credential', 'Decision', 'Identity', 'NicknameClaim']);
});

test('row 17: a rejected person erases the account, and the address and the name sign up again', async () => {
  const { id, email } = await rejected('bora');
  const ticket = await ticketFor(email, 'LEAVE');

  const refused = await signIn(email);
  const left = await leave(ticket);
  const cost = costOf(moim, 'leaveUnapproved');
  const twice = await leave(ticket);
  await moim.settle();
  const bye = moim.mail.list({ to: email })[0]!.subject;
  await moim.clock.advance(60_000);
  const anew = await signUp(email, 'bora');
  await nextTick(moim);
  await nextTick(moim);

  expect([outcome(refused), left.status, outcome(twice)]).toEqual(['ACCOUNT_REJECTED', 204, 'TICKET_INVALID']);
  expect(cost).toMatchObject({ roundTrips: 3 });
  expect(bye).toContain('closed');
  expect(anew).toMatchObject({ status: 201, body: { status: 'PENDING' } });
  expect(await heldOf(id)).toEqual(['Account', 'Decision']);
  const [account] = await itemsOf(moim, 'Account', { accountId: id });
  expect(JSON.stringify(account)).not.toMatch(/bora/);
});

test('row 13: whoever does nothing is erased 30 days after the decision, as the mail said', async () => {
  const { id, email } = await rejected('chae');
  const mail = moim.mail.list({ to: email })[0]!;

  await moim.clock.advance(29 * 86_400_000);
  await nextTick(moim);
  const before = await heldOf(id);
  await moim.clock.advance(86_400_000);
  for (let minute = 0; minute < 3; minute++) await nextTick(moim);

  expect(mail.text).toContain('30 days');
  expect(before).toContain('Credential');
  expect(await heldOf(id)).toEqual(['Account', 'Decision']);
  await moim.clock.advance(60_000);
  expect((await signUp(email, 'chae')).status).toBe(201);
});

test('row 13: who waits for approval may leave too; an account that was approved meanwhile is not erased', async () => {
  const waiting = (await signUp('dana@example.com', 'dana')).body;
  const approved = (await signUp('eun@example.com', 'eun')).body;
  await moim.clock.advance(60_000);
  const [leaves, stays] = [await ticketFor('dana@example.com', 'LEAVE'), await ticketFor('eun@example.com', 'LEAVE')];
  await renew(moim, admin);
  await admin.post(`/v1/admin/accounts/${approved.id}/approve`);

  const answers = [await leave(leaves), await leave(stays), await copy(stays)];

  expect(answers.map(outcome)).toEqual([204, 'NOT_APPLICABLE', 'NOT_APPLICABLE']);
  expect((await itemsOf(moim, 'Account', { accountId: waiting.id }))[0].status).toBe('WITHDRAWN');
  expect((await signIn('eun@example.com')).status).toBe(201);
});

test('row 13: five who erase one account at once: one does, and no ticket of another purpose does', async () => {
  const { email } = await rejected('faye');
  const ticket = await ticketFor(email, 'LEAVE');
  const other = await ticketFor('someone.else@example.com', 'REGISTER');

  const wrong = [await leave(other), await copy(other), await leave('none')];
  const answers = await Promise.all(Array.from({ length: 5 }, () => leave(ticket)));

  expect(wrong.map(outcome)).toEqual(Array(3).fill('TICKET_INVALID'));
  expect(tally(answers)).toEqual({ 204: 1, TICKET_INVALID: 4 });
});
