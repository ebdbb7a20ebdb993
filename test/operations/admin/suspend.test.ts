/** Row 162, report F14: an account is stopped for a time, or signed out, by an administrator or an operator. */
import { accountSuspend } from '../../../bin/account-suspend.ts';
import { adminGrant } from '../../../bin/admin-grant.ts';
import { run } from '../../../bin/table.ts';
import { type Person, password, useMoim } from '../../support/moim.ts';
import { administer, nextTick, renew, someone } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
let admin: Person;
beforeAll(async () => {
  admin = await someone(moim);
  await administer(moim, admin);
});

const pathOf = ({ id }: Pick<Person, 'id'>) => `/v1/admin/accounts/${id}`;
const inHours = (hours: number) => new Date(moim.clock.now() + hours * 3_600_000).toISOString();
const suspend = (who: Person, until: string, reason = 'Spam in three groups') =>
  admin.send('PUT', `${pathOf(who)}/suspension`, { body: { reason, until } });
const signIn = ({ email }: Person) => moim.guest.post('/v1/sessions', { email, password });
const ownerIs = async ({ id: accountId }: Person) => {
  const [[account], [authority]] = [
    await itemsOf(moim, 'Account', { accountId }),
    await itemsOf(moim, 'Authority', { accountId }),
  ];
  return [account.status, authority.status, authority.suspension];
};

test('a suspended account is out at once, is told why and until when, and may come back at the time', async () => {
  const ari = await moim.person('ari');
  const until = inHours(2);
  const answer = await suspend(ari, until);
  const atOnce = await ari.get('/v1/accounts/me');
  await moim.settle();
  const refused = await signIn(ari);
  const mail = await moim.mail.next(ari.email, ({ subject }) => /suspended/.test(subject));

  expect(answer.body).toMatchObject({ id: ari.id, status: 'SUSPENDED' });
  expect(outcome(atOnce)).toBe('TOKEN_INVALID');
  expect(refused.body).toMatchObject({
    code: 'ACCOUNT_SUSPENDED',
    status: 403,
    suspension: { reason: 'Spam in three groups', until },
  });
  expect(mail.text).toContain('Spam in three groups');
  expect(mail.text).toContain('March 2, 14:00');
  expect(await itemsOf(moim, 'Session', { accountId: ari.id })).toEqual([]);
  // Whoever does not know the password learns nothing.
  const guess = await moim.guest.post('/v1/sessions', { email: ari.email, password: 'Wrong-Horse-7' });
  expect(outcome(guess)).toBe('SIGN_IN_FAILED');

  await moim.clock.advanceTo(Date.parse(until) - 60_000);
  await nextTick(moim);
  expect(outcome(await signIn(ari))).toBe('ACCOUNT_SUSPENDED');
  await moim.clock.advanceTo(Date.parse(until));
  await nextTick(moim);
  await nextTick(moim);
  expect((await signIn(ari)).status).toBe(201);
  expect(await ownerIs(ari)).toEqual(['ACTIVE', 'ACTIVE', undefined]);
  await renew(moim, admin);
});

test('a longer suspension replaces a shorter one, and one that was lifted does not come back', async () => {
  const [bora, chae] = [await moim.person('bora'), await moim.person('chae')];
  const later = inHours(5);
  await suspend(bora, inHours(1));
  await suspend(bora, later, 'And again');
  await suspend(chae, inHours(1));
  const lifted = [await admin.delete(`${pathOf(chae)}/suspension`), await admin.delete(`${pathOf(chae)}/suspension`)];
  expect((await signIn(chae)).status).toBe(201);
  await moim.clock.advance(3_600_000);
  await nextTick(moim);

  expect(lifted.map(outcome)).toEqual([204, 204]);
  expect((await signIn(bora)).body.suspension).toEqual({ reason: 'And again', until: later });
  const decisions = await itemsOf(moim, 'Decision', { scopeId: bora.id });
  expect(decisions.map(({ after, reason }) => [after, reason]).sort()).toEqual([
    ['SUSPENDED', 'And again'],
    ['SUSPENDED', 'Spam in three groups'],
  ]);
  await renew(moim, admin);
});

test('nobody suspends themselves, without an end, without a reason, or without the role', async () => {
  const [dana, until] = [await someone(moim), inHours(1)];
  const byDana = await dana.send('PUT', `${pathOf(admin)}/suspension`, { body: { reason: 'Power', until } });

  expect(outcome(byDana)).toBe('NOT_FOUND');
  expect(outcome(await suspend(admin, until))).toBe('NOT_FOUND');
  expect(outcome(await suspend(dana, inHours(-1)))).toBe('INVALID_REQUEST');
  expect(outcome(await suspend(dana, inHours(24 * 3651)))).toBe('INVALID_REQUEST');
  expect(outcome(await suspend(dana, until, ' '))).toBe('INVALID_REQUEST');
  expect((await dana.get('/v1/accounts/me')).status).toBe(200);
});

test('sign everybody out: by an administrator, and by oneself', async () => {
  const [eun, fay] = [await moim.person('eun'), await moim.person('fay')];
  const { body: phone } = await signIn(eun);
  const asPhone = { authorization: `Bearer ${phone.accessToken}` };
  const byAdmin = await admin.delete(`${pathOf(eun)}/sessions`);
  const { body: second } = await signIn(fay);
  const bySelf = await moim.guest.send('DELETE', '/v1/sessions', {
    headers: { authorization: `Bearer ${second.accessToken}` },
  });

  expect([byAdmin, bySelf].map(outcome)).toEqual([204, 204]);
  expect(outcome(await eun.get('/v1/accounts/me'))).toBe('TOKEN_INVALID');
  expect(outcome(await moim.guest.get('/v1/accounts/me', asPhone))).toBe('TOKEN_INVALID');
  expect(outcome(await fay.get('/v1/accounts/me'))).toBe('TOKEN_INVALID');
  const refresh = await moim.guest.post('/v1/sessions/refresh', { refreshToken: second.refreshToken });
  expect(outcome(refresh)).toBe('REFRESH_INVALID');
  expect((await signIn(eun)).status).toBe(201);
});

test('an operator suspends an administrator by a command, and ends it by another', async () => {
  const gil = await moim.person('gil');
  await administer(moim, gil);
  const command = (...words: string[]) => run(accountSuspend, words, { MOIM_ENGINES: moim.awsUrl });

  expect(await command(gil.email)).toMatchObject({ code: 1, text: expect.stringContaining('--days 30') });
  expect(await command(gil.email, '--days', '30')).toMatchObject({
    code: 1,
    text: expect.stringContaining('--reason'),
  });
  expect(await command('nobody@example.com', '--days', '0')).toMatchObject({ code: 1 });
  expect(await command(gil.email, '--days', '0')).toMatchObject({ text: expect.stringContaining('not suspended') });
  const done = await command(gil.email, '--days', '30', '--reason', 'Left the team');
  expect(done).toMatchObject({ code: 0, text: expect.stringContaining('suspended until') });
  expect(outcome(await gil.get('/v1/admin/accounts'))).toBe('TOKEN_INVALID');
  expect((await signIn(gil)).body).toMatchObject({
    code: 'ACCOUNT_SUSPENDED',
    suspension: { reason: 'Left the team' },
  });
  const granted = await run(adminGrant, [gil.email], { MOIM_ENGINES: moim.awsUrl });
  expect(granted).toMatchObject({ code: 1, text: expect.stringContaining('suspended') });
  expect(await command(gil.email, '--days', '0')).toMatchObject({ text: expect.stringContaining('may sign in again') });
  expect(outcome(await signIn(gil))).toBe('CODE_NEEDED');
});
