/** F06: who reads an address gets its mail again without an operator, and is told by the app that it takes none. */
import type { ReportKind } from '../../../local/engines/mail/reports.ts';
import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { password, useMoim } from '../../support/moim.ts';
import { itemsOf } from '../../support/table.ts';
import { withPassword } from '../../support/with-password.ts';

const moim = useMoim();
const box = (to: string) => moim.mail.list({ to });
const subjects = (to: string) => box(to).map(({ subject }) => subject);
const report = async (email: string, kind: ReportKind, mail = box(email)[0]!) => {
  moim.mail.report(mail, kind);
  await moim.settle();
};
const ask = async (email: string, purpose: string, more: object = {}) => {
  const asked = await moim.guest.post('/v1/email-verifications', { email, purpose, ...more });
  await moim.settle();
  return asked;
};
async function ticketFor(email: string, purpose: string, more?: object): Promise<string> {
  const { request } = (await ask(email, purpose, more)).body;
  const code = /\d{6}/.exec(box(email)[0]!.subject)![0];
  return (await moim.guest.post('/v1/email-verifications/confirm', { email, purpose, code, request })).body.ticket;
}
const resume = (ticket: string) => moim.guest.post('/v1/mail-resumptions', { ticket });
/** Somebody whose address has been told of in a report. */
async function reported(kind: ReportKind) {
  const person = await withPassword(moim);
  await ask(person.email, 'PASSWORD');
  await report(person.email, kind);
  await moim.clock.advance(60_000);
  return person;
}
const better = 'Battery-Staple-9';

test('after a complaint one still recovers the account and is told of a new password', async () => {
  const person = await reported('complaint');
  const before = await person.get('/v1/accounts/me');

  const changed = await person.put('/v1/accounts/me/password', { currentPassword: password, password: better });
  await moim.settle();
  const ticket = await ticketFor(person.email, 'PASSWORD');
  const reset = await moim.guest.post('/v1/password-resets', { ticket, password: 'Correct-Horse-8' });
  await moim.settle();

  expect(before.body.mail).toBe('SECURITY');
  expect([changed.status, reset.status]).toEqual([204, 201]);
  const told = subjects(person.email).filter((subject) =>
    /password was changed|set a new password|비밀번호가 변경|비밀번호를 새로/.test(subject),
  );
  expect(told).toHaveLength(2);
});

test('an address whose mails come back gets none, and the app is told', async () => {
  const person = await reported('bounce');

  const { status } = await person.put('/v1/accounts/me/password', { currentPassword: password, password: better });
  const again = await moim.guest.post('/v1/sessions', { email: person.email, password: better });
  const me = await moim.guest.get('/v1/accounts/me', { authorization: `Bearer ${again.body.accessToken}` });
  await ask(person.email, 'PASSWORD');

  expect([status, me.body.mail]).toEqual([204, 'NONE']);
  expect(box(person.email)).toHaveLength(1);
});

test.each(['bounce', 'complaint'] as const)('after a %s, a code brings back all mail, once', async (kind) => {
  const person = await reported(kind);

  const ticket = await ticketFor(person.email, 'MAIL');
  const [first, second] = [await resume(ticket), await resume(ticket)];
  const me = await person.get('/v1/accounts/me');
  await ask(person.email, 'PASSWORD');

  expect([first.status, second.status, second.body.code]).toEqual([204, 422, 'TICKET_INVALID']);
  expect(me.body.mail).toBe('ALL');
  expect(box(person.email)).toHaveLength(3);
});

test('a ticket for another purpose brings nothing back', async () => {
  const person = await reported('complaint');

  const refused = await resume(await ticketFor(person.email, 'PASSWORD'));
  const me = await person.get('/v1/accounts/me');

  expect([refused.body.code, me.body.mail]).toEqual(['TICKET_INVALID', 'SECURITY']);
});

test('a report on a mail from before changes nothing afterwards; one on a later mail does', async () => {
  const person = await reported('bounce');
  const [old] = box(person.email);
  await resume(await ticketFor(person.email, 'MAIL'));
  await moim.clock.advance(60_000);

  await report(person.email, 'bounce', old);
  const between = await person.get('/v1/accounts/me');
  await ask(person.email, 'PASSWORD');
  await report(person.email, 'complaint');
  const after = await person.get('/v1/accounts/me');
  await report(person.email, 'bounce');
  const last = await person.get('/v1/accounts/me');

  expect([between.body.mail, after.body.mail, last.body.mail]).toEqual(['ALL', 'SECURITY', 'NONE']);
  const [mark] = await itemsOf(moim, 'Suppression', { email: person.email });
  expect(mark).not.toHaveProperty('expiresAt');
});

test('an address that takes no mail is tried twice a day for one place, and its owner’s device has tries of its own', async () => {
  const { times } = fairUse.mailAgain;
  const person = await reported('bounce');
  const { deviceToken } = (await moim.guest.post('/v1/sessions', { email: person.email, password })).body;
  const before = box(person.email).length;

  const asked: number[] = [];
  for (let use = 0; use <= times; use += 1) {
    asked.push((await ask(person.email, 'MAIL')).status);
    await moim.clock.advance(60_000);
  }
  const byOwner = await ask(person.email, 'MAIL', { deviceToken });

  expect(asked).toEqual([...Array(times).fill(202), 429]);
  expect(byOwner.status).toBe(202);
  expect(box(person.email)).toHaveLength(before + times + 1);
});

test('who complains again and again gets the news back three times in 30 days', async () => {
  const { times } = fairUse.mailResumed;
  const person = await reported('complaint');
  const answers: number[] = [];
  for (let use = 0; use <= times; use += 1) {
    answers.push((await resume(await ticketFor(person.email, 'MAIL'))).status);
    await moim.clock.advance(86_400_000);
  }

  expect(answers).toEqual([...Array(times).fill(204), 429]);
});
