/** Row 115: what administrators look at before they decide. */
import { type Person, useMoim } from '../../support/moim.ts';
import { administer, appoint, become, crowd, someone } from '../../support/people.ts';
import { costOf, outcome } from '../../support/replies.ts';
import { certify, team } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';

const moim = useMoim();
let admin: Person;
beforeAll(async () => {
  admin = await someone(moim, 'admin');
  await administer(moim, admin);
});

const pathOf = ({ id }: Pick<Person, 'id'>) => `/v1/admin/accounts/${id}`;
const search = (who: Person, nickname: string) =>
  who.get(`/v1/admin/account-search?nickname=${encodeURIComponent(nickname)}`);
const routes = async (who: Person, about: Person) => [
  await who.get('/v1/admin/waiting'),
  await search(who, about.nickname),
  await who.get(pathOf(about)),
  await who.get(`${pathOf(about)}/decisions`),
];

test('row 115: an account is found by its whole nickname, however it is written, and shown with its suspension', async () => {
  const ari = await moim.person('AriKim');
  const until = new Date(moim.clock.now() + 86_400_000).toISOString();

  const found = await search(admin, 'ARIkim');
  const before = await admin.get(pathOf(ari));
  await admin.send('PUT', `${pathOf(ari)}/suspension`, { body: { reason: 'Spam', until } });
  const suspended = await admin.get(pathOf(ari));
  const cost = costOf(moim, 'getAccount');
  await admin.delete(`${pathOf(ari)}/suspension`);
  const lifted = await admin.get(pathOf(ari));

  expect([found.status, found.body]).toEqual([200, { accountId: ari.id }]);
  expect(before.body).toMatchObject({ id: ari.id, email: ari.email, status: 'ACTIVE', suspension: null });
  expect(before.headers.get('cache-control')).toBe('no-store');
  expect(suspended.body).toMatchObject({ status: 'SUSPENDED', suspension: { reason: 'Spam', until } });
  expect(lifted.body).toMatchObject({ status: 'ACTIVE', suspension: null });
  expect(JSON.stringify(suspended.body)).not.toMatch(/waysIn|sessionVersion|passwordHash/);
  expect(cost.requests).toBe(1);
  expect(outcome(await search(admin, 'Ari'))).toBe('NOT_FOUND');
  expect(outcome(await search(admin, 'x'))).toBe('INVALID_REQUEST');
});

test('row 124: the decisions on an account, last first, with who decided', async () => {
  const bora = await someone(moim);
  await moim.clock.advance(1000);
  await admin.put(`${pathOf(bora)}/role`, { role: 'ADMIN' });
  await moim.clock.advance(1000);
  await admin.put(`${pathOf(bora)}/role`, { role: 'USER' });

  const { body } = await admin.get(`${pathOf(bora)}/decisions`);
  const first = await admin.get(`${pathOf(bora)}/decisions?limit=1`);

  expect(body.items).toMatchObject([
    { before: 'ADMIN', after: 'USER', by: { id: admin.id, nickname: 'admin' }, subject: { kind: 'account' } },
    { before: 'USER', after: 'ADMIN' },
  ]);
  expect([first.body.items.length, typeof first.body.nextCursor]).toEqual([1, 'string']);
});

test('rows 13, 38, 83: groups, accounts and reports that wait are counted', async () => {
  const count = async () => (await admin.get('/v1/admin/waiting')).body;
  const before = await count();
  const group = await team(moim);
  const { body: own } = await certify(group.leader, group);
  await group.member.post(`${group.path}/reports`, { subject: `certification:${own.id}`, reason: 'SPAM' });
  const [chae, dana] = await crowd(moim, 2);
  for (const { id: accountId } of [chae!, dana!]) {
    const [account] = await itemsOf(moim, 'Account', { accountId });
    await put(moim, 'Account', { ...account, status: 'PENDING', waitingFor: 'APPROVAL' });
  }
  const [item] = await itemsOf(moim, 'Group', { groupId: group.groupId });
  await put(moim, 'Group', { ...item, approvalStatus: 'PENDING', waitingFor: 'APPROVAL' });

  expect(before).toEqual({ groups: 0, accounts: 0, reports: 0 });
  expect(await count()).toEqual({ groups: 1, accounts: 2, reports: 1 });
  const { body: groups } = await admin.get('/v1/admin/groups');
  expect(groups.items).toMatchObject([{ leader: { id: group.leader.id, nickname: group.leader.nickname } }]);
});

test('row 25: a private team is shown by its frame alone, with whether it has paid', async () => {
  const leader = await someone(moim, 'fay');
  const { body: team } = await leader.post('/v1/groups', {
    kind: 'TEAM',
    title: 'Quiet',
    description: 'Ours alone',
    category: 'IT',
    visibility: 'PRIVATE',
  });
  const path = `/v1/admin/groups/${team.id}`;
  await admin.put(`${path}/paid`, { paid: true });
  const { body, status } = await admin.get(path);

  expect([status, outcome(await leader.get(path)), outcome(await moim.guest.get(`/v1/groups/${team.id}`))]).toEqual([
    200,
    'NOT_FOUND',
    'NOT_FOUND',
  ]);
  expect(body).toMatchObject({ title: 'Quiet', paid: true, visibility: 'PRIVATE', leader: { nickname: 'fay' } });
  expect(JSON.stringify(body)).not.toContain('Ours alone');
});

test('row 115: nobody else looks, and who administers without a passkey or an app is told what is missing', async () => {
  const [eun, weak] = [await moim.person('eun'), await someone(moim)];
  await appoint(moim, weak);

  expect((await routes(eun, eun)).map(outcome)).toEqual(Array(4).fill('NOT_FOUND'));
  expect((await routes(weak, eun)).map(outcome)).toEqual(Array(4).fill('FACTOR_NEEDED'));
  await become(moim, eun, 'WITHDRAWN');
  expect(outcome(await admin.get(pathOf(eun)))).toBe('NOT_FOUND');
});
