import { type Person, password, useMoim } from '../../support/moim.ts';
import { administer, someone, withFactor } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';
import { approvingAccounts } from '../../support/templates.ts';

/** A deployment that approves its accounts. */
const moim = useMoim({ edit: approvingAccounts });
let admin: Person;
beforeAll(async () => {
  admin = await someone(moim, 'admin');
  await administer(moim, admin);
});

async function newcomer(nickname: string) {
  const email = `${nickname}@example.com`;
  await moim.guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' });
  const code = await moim.codeFor(email);
  const { body } = await moim.guest.post('/v1/email-verifications/confirm', { email, purpose: 'REGISTER', code });
  const account = await moim.guest.post('/v1/accounts', { ticket: body.ticket, password, nickname });
  return { email, id: account.body.id as string, status: account.body.status as string };
}
const signIn = (email: string) => moim.guest.post('/v1/sessions', { email, password });

test('row 13: an account waits until an administrator approves it, and its owner is told', async () => {
  const ari = await newcomer('ari');
  const before = await signIn(ari.email);
  const { body: waiting } = await admin.get('/v1/admin/accounts');

  const approved = await admin.post(`/v1/admin/accounts/${ari.id}/approve`);
  await moim.settle();

  expect(ari.status).toBe('PENDING');
  expect([before.status, before.body.code]).toEqual([403, 'ACCOUNT_PENDING']);
  expect(waiting.items.map(({ id, email }: { id: string; email: string }) => [id, email])).toEqual([
    [ari.id, ari.email],
  ]);
  expect([approved.status, approved.body.status]).toEqual([200, 'ACTIVE']);
  expect((await signIn(ari.email)).status).toBe(201);
  expect((await admin.get('/v1/admin/accounts')).body.items).toEqual([]);
  expect((await moim.mail.next(ari.email)).text).toMatch(/\S/);
  expect(await itemsOf(moim, 'Notification', { accountId: ari.id })).toMatchObject([{ notice: 'ACCOUNT_APPROVED' }]);
  expect(await itemsOf(moim, 'Decision', { subject: `account:${ari.id}` })).toMatchObject([
    { by: admin.id, before: 'PENDING', after: 'ACTIVE' },
  ]);
});

test('row 13: a rejected account learns the reason by mail, and is decided once', async () => {
  const bora = await newcomer('bora');
  const reason = 'Members of the club <only>';

  const rejected = await admin.post(`/v1/admin/accounts/${bora.id}/reject`, { reason });
  const again = await admin.post(`/v1/admin/accounts/${bora.id}/approve`);
  await moim.settle();
  const mail = await moim.mail.next(bora.email);

  expect([rejected.status, outcome(again)]).toEqual([200, 'ALREADY_DECIDED']);
  expect(outcome(await signIn(bora.email))).toBe('ACCOUNT_REJECTED');
  expect(mail.text).toContain(reason);
  expect(mail.html).toContain('&lt;only&gt;');
});

test('row 13: of an approval and a rejection at once one counts', async () => {
  const chae = await newcomer('chaewon');

  const answers = await Promise.all([
    admin.post(`/v1/admin/accounts/${chae.id}/approve`),
    admin.post(`/v1/admin/accounts/${chae.id}/reject`, { reason: 'no' }),
  ]);

  expect(answers.map(outcome).sort()).toEqual([200, 'ALREADY_DECIDED']);
  expect(await itemsOf(moim, 'Decision', { subject: `account:${chae.id}` })).toHaveLength(1);
});

test('row 14: to everybody else there is no such place; a role takes effect with the next request', async () => {
  const [dana, eun] = [await someone(moim, 'dana'), await newcomer('eunji')];
  const asDana = async () => [
    (await dana.get('/v1/admin/accounts')).status,
    (await dana.post(`/v1/admin/accounts/${eun.id}/approve`)).status,
  ];

  const before = await asDana();
  const own = await admin.send('PUT', `/v1/admin/accounts/${admin.id}/role`, { body: { role: 'USER' } });
  const granted = await admin.send<{ role: string }>('PUT', `/v1/admin/accounts/${dana.id}/role`, {
    body: { role: 'ADMIN' },
  });
  const without = await asDana();
  await withFactor(moim, dana);
  const after = await asDana();
  await admin.send('PUT', `/v1/admin/accounts/${dana.id}/role`, { body: { role: 'USER' } });
  const taken = await asDana();
  const fromClient = await dana.patch('/v1/accounts/me', { role: 'ADMIN' });

  // Row 162: an administrator needs a passkey or an authenticator app.
  expect([before, without, after, taken]).toEqual([
    [404, 404],
    [403, 403],
    [200, 200],
    [404, 404],
  ]);
  expect([own.status, granted.body.role]).toEqual([404, 'ADMIN']);
  expect(fromClient.status).toBe(422);
});

test('row 13, report 11: administrators are to be notified of an account that waits', async () => {
  const before = (await itemsOf(moim, 'Due', { kind: 'tellOfWaiting' })).length;

  await newcomer('waiting13');
  await moim.settle();

  const [entry] = await itemsOf(moim, 'Due', { kind: 'tellOfWaiting' });
  // One entry for all that come within an hour.
  expect(Math.max(before, 1)).toBe((await itemsOf(moim, 'Due', { kind: 'tellOfWaiting' })).length);
  expect(entry.at).toMatch(/:00:00\.000Z$/);
});
