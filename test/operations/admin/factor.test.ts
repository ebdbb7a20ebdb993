/** Row 162: what an administrator needs besides the role. */
import { type Person, password, useMoim } from '../../support/moim.ts';
import { appoint, renew, someone, totpOf, withFactor } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf, put } from '../../support/table.ts';

const moim = useMoim();

async function appointed(person: Person): Promise<Person> {
  await appoint(moim, person);
  return person;
}
const list = (who: Pick<Person, 'get'>) => who.get('/v1/admin/accounts');

test('without a passkey or an app, the role alone opens nothing; everybody else gets 404 as ever', async () => {
  const [admin, person] = [await appointed(await someone(moim)), await someone(moim)];
  await withFactor(moim, person);

  expect([outcome(await list(admin)), outcome(await list(person))]).toEqual(['FACTOR_NEEDED', 'NOT_FOUND']);
  await withFactor(moim, admin);
  expect((await list(admin)).status).toBe(200);
  const club = { kind: 'CLUB', title: 'Club', category: 'IT' };
  expect((await admin.post('/v1/groups', club)).status).toBe(201);
  expect(outcome(await (await appointed(await someone(moim))).post('/v1/groups', club))).toBe('FACTOR_NEEDED');
});

test('a session of an administrator lasts twelve hours, however often it is refreshed', async () => {
  const admin = await moim.person('dana');
  const secret = await withFactor(moim, admin);
  await appointed(admin);
  await moim.clock.advance(60_000);
  const signIn = () =>
    moim.guest.post('/v1/sessions', { email: admin.email, password, code: totpOf(moim, secret), device: 'desk' });
  const { body: first } = await signIn();
  const asAdmin = (accessToken: string) =>
    moim.guest.get('/v1/admin/accounts', { authorization: `Bearer ${accessToken}` });
  const refresh = (refreshToken: string) => moim.guest.post('/v1/sessions/refresh', { refreshToken });

  expect((await asAdmin(first.accessToken)).status).toBe(200);
  expect(Date.parse(first.refreshExpiresAt)).toBe(moim.clock.now() + 12 * 3_600_000);
  await moim.clock.advance(11.9 * 3_600_000);
  const { body: second } = await refresh(first.refreshToken);
  expect(second.refreshExpiresAt).toBe(first.refreshExpiresAt);
  expect((await asAdmin(second.accessToken)).status).toBe(200);
  await moim.clock.advance(0.1 * 3_600_000);
  expect(outcome(await asAdmin(second.accessToken))).toBe('TOKEN_INVALID');
  expect(outcome(await refresh(second.refreshToken))).toBe('REFRESH_INVALID');
});

test('a session from before the appointment administers for twelve hours after its sign-in', async () => {
  const admin = await someone(moim);
  await withFactor(moim, admin);
  await appointed(admin);
  expect((await list(admin)).status).toBe(200);
  const [{ pk: _p, sk: _s, ...session }] = await itemsOf(moim, 'Session', { accountId: admin.id });
  await moim.clock.advance(12 * 3_600_000);
  await renew(moim, admin);
  await put(moim, 'Session', session as never);

  expect(outcome(await list(admin))).toBe('FACTOR_NEEDED');
});
