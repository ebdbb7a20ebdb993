import { newId } from '../../../shared/core/ids.ts';
import { key } from '../../support/actor.ts';
import { challenge, type Person, useMoim } from '../../support/moim.ts';
import { administer, at, crowd, someone, tick } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';

/** A deployment that approves its groups. */
const moim = useMoim({
  lists: true,
  edit({ Resources }) {
    for (const { Type, Properties } of Object.values(Resources))
      if (Type === 'AWS::Lambda::Function')
        Object.assign((Properties.Environment as { Variables: object }).Variables, { GROUP_APPROVAL: 'on' });
  },
});
let admin: Person;
beforeAll(async () => {
  admin = await someone(moim, 'admin');
  await administer(moim, admin);
});

const found = async (leader: Person, more: object = {}) => {
  const { body } = await leader.post('/v1/groups', challenge(more));
  return body.id as string;
};
const decide = (who: Person, decisions: object[], headers = {}) =>
  who.post('/v1/admin/groups/decisions', { decisions }, headers);
const outcomes = async (decisions: object[]) =>
  (await decide(admin, decisions)).body.results.map((each: { outcome: string }) => each.outcome);
const texts = async (who: Person) =>
  (await who.get('/v1/notifications')).body.items.map(({ text }: { text: string }) => text);
const listed = async () => {
  await moim.settle();
  return (await moim.guest.get('/v1/groups?limit=50')).body.items.map(({ id }: { id: string }) => id);
};

test('row 38: a group waits, seen by its leader alone, until it is approved; then it is listed and its leader knows', async () => {
  const [leader, other] = await crowd(moim, 2);
  const groupId = await found(leader!);
  const path = `/v1/groups/${groupId}`;
  const before = [
    outcome(await moim.guest.get(path)),
    outcome(await leader!.get(`/v1/accounts/me/groups/${groupId}`)),
    (await listed()).includes(groupId),
  ];
  const refused = await other!.post(`${path}/members`);
  const { body: waiting } = await admin.get('/v1/admin/groups');

  const { body } = await decide(admin, [{ groupId, decision: 'APPROVED' }]);

  expect(before).toEqual(['NOT_FOUND', 200, false]);
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(waiting.items).toMatchObject([{ group: { id: groupId, approvalStatus: 'PENDING' }, leaderId: leader!.id }]);
  expect(body.results).toEqual([{ groupId, outcome: 'APPROVED' }]);
  expect((await moim.guest.get(path)).body.approvalStatus).toBe('APPROVED');
  expect(await listed()).toContain(groupId);
  expect(outcome(await other!.post(`${path}/members`))).toBe(201);
  expect((await admin.get('/v1/admin/groups')).body.items).toEqual([]);
  expect(await texts(leader!)).toContain('Algorithms every day was approved.');
  expect(await itemsOf(moim, 'Decision', { scopeId: groupId })).toMatchObject([
    { by: admin.id, before: 'PENDING', after: 'APPROVED', subject: `group:${groupId}` },
  ]);
});

test('row 38: a bulk of decisions has a result each; one that fails stops no other', async () => {
  const leaders = await crowd(moim, 4);
  const [first, second, third, fourth] = await Promise.all(leaders.map((leader) => found(leader)));
  const own = await found(admin);
  const nobodys = '0193f2a0-0000-7000-8000-000000000000';
  await decide(admin, [{ groupId: third, decision: 'REJECTED', reason: 'An advertisement' }]);
  const off = moim.table.faults.add({
    kind: 'error500',
    times: 10,
    match: (body) => 'TransactItems' in body && JSON.stringify(body).includes(`GROUP#${fourth}`),
  });

  const results = await outcomes([
    { groupId: first, decision: 'APPROVED' },
    { groupId: nobodys, decision: 'APPROVED' },
    { groupId: fourth, decision: 'APPROVED' },
    { groupId: own, decision: 'APPROVED' },
    { groupId: third, decision: 'APPROVED' },
    { groupId: second, decision: 'REJECTED', reason: 'Not here' },
  ]);
  off();
  const again = await outcomes([
    { groupId: fourth, decision: 'APPROVED' },
    { groupId: first, decision: 'APPROVED' },
  ]);
  await moim.settle();

  expect(results).toEqual(['APPROVED', 'NOT_FOUND', 'TRY_AGAIN', 'OWN_DECISION', 'ALREADY_DECIDED', 'REJECTED']);
  expect(again).toEqual(['APPROVED', 'APPROVED']);
  expect(await texts(leaders[1]!)).toEqual(['Algorithms every day was not approved. (Reason: Not here)']);
  expect(await itemsOf(moim, 'Decision', { scopeId: first })).toHaveLength(1);
});

test('row 38: many at once, and an approval and a rejection of two administrators at once: one counts', async () => {
  const leaders = await crowd(moim, 12);
  const groups = await Promise.all(leaders.map((leader) => found(leader)));
  const headers = key();
  const all = groups.map((groupId) => ({ groupId, decision: 'APPROVED' }));

  const answers = await Promise.all([
    decide(admin, all, headers),
    decide(
      admin,
      groups.map((groupId) => ({ groupId, decision: 'REJECTED', reason: 'no' })),
    ),
  ]);
  const stored = await itemsOf(moim, 'Group');

  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  for (const [i, groupId] of groups.entries()) {
    const [approved, rejected] = answers.map(({ body }) => body.results[i].outcome);
    const stands = stored.find((group) => group.groupId === groupId).approvalStatus;
    expect([stands, 'ALREADY_DECIDED']).toContain(approved);
    expect([stands, 'ALREADY_DECIDED']).toContain(rejected);
    expect([approved, rejected]).toContain(stands);
  }
  const decisions = await itemsOf(moim, 'Decision');
  expect(decisions.filter(({ scopeId }) => groups.includes(scopeId))).toHaveLength(12);
  const repeated = await decide(admin, all, headers);
  expect(repeated.body).toEqual(answers[0]!.body);
});

test('row 38: to others there is no such place, and a wrong list is refused whole', async () => {
  const [person, leader] = await crowd(moim, 2);
  const groupId = await found(leader!);
  const approve = { groupId, decision: 'APPROVED' };
  const nobodys = (count: number) =>
    Array.from({ length: count }, () => ({ groupId: newId(moim.clock.now()), decision: 'APPROVED' }));

  const refused = [
    await decide(person!, [approve]),
    await decide(leader!, [approve]),
    await person!.get('/v1/admin/groups'),
    await decide(admin, []),
    await decide(admin, [{ groupId, decision: 'REJECTED' }]),
    await decide(admin, [{ groupId, decision: 'PENDING' }]),
    await decide(admin, nobodys(51)),
  ];
  const most = await outcomes(nobodys(50));

  expect(refused.map(outcome)).toEqual([...Array(3).fill('NOT_FOUND'), ...Array(4).fill('INVALID_REQUEST')]);
  expect(most).toEqual(Array(50).fill('NOT_FOUND'));
  expect((await itemsOf(moim, 'Group', { groupId }))[0].approvalStatus).toBe('PENDING');
});

test('row 38, report 11: a group named twice has two results: the first decision counts', async () => {
  const leaders = await crowd(moim, 2);
  const [one, other] = await Promise.all(leaders.map((leader) => found(leader)));
  const reject = { decision: 'REJECTED', reason: 'no' };

  const results = await outcomes([
    { groupId: one, decision: 'APPROVED' },
    { groupId: other, ...reject },
    { groupId: one, ...reject },
    { groupId: other, ...reject },
  ]);

  expect(results).toEqual(['APPROVED', 'REJECTED', 'ALREADY_DECIDED', 'REJECTED']);
});

test('row 38, report 11: the leader sees what waits or was rejected, where Location leads and in the own list', async () => {
  const [leader] = await crowd(moim, 1);
  const sent = await leader!.post('/v1/groups', challenge());
  const groupId = sent.body.id as string;
  const address = sent.headers.get('location')!;
  const own = async () => {
    const { body } = await leader!.get('/v1/accounts/me/groups');
    return body.items.map(({ group }: { group: { approvalStatus: string } }) => group.approvalStatus);
  };

  const waiting = [await own(), (await leader!.get(address)).body.group.approvalStatus];
  await decide(admin, [{ groupId, decision: 'REJECTED', reason: 'no' }]);
  await moim.settle();
  const rejected = [await own(), (await leader!.get(address)).body.group.approvalStatus];

  expect(address).toBe(`/v1/accounts/me/groups/${groupId}`);
  expect(waiting).toEqual([['PENDING'], 'PENDING']);
  expect(rejected).toEqual([['REJECTED'], 'REJECTED']);
});

test('row 38, report 11: administrators hear once an hour how many wait, and nothing when all is decided', async () => {
  const [leader, newcomer] = await crowd(moim, 2);
  await admin.send('PUT', `/v1/admin/accounts/${newcomer!.id}/role`, { body: { role: 'ADMIN' } });
  const { body: before } = await admin.get('/v1/admin/groups?limit=50');
  const all = before.items.map(({ group }: { group: { id: string } }) => ({ groupId: group.id, decision: 'APPROVED' }));
  if (all.length > 0) await decide(admin, all);
  const rest = (await admin.get('/v1/admin/groups?limit=50')).body.items.length;
  await at(moim, '2026-03-02T05:10:00Z', leader!, newcomer!, admin);
  await tick(moim);
  await moim.settle();
  const lines = async () => (await texts(newcomer!)).filter((text: string) => text.startsWith('Waiting for approval'));
  const told = (await lines()).length;
  await Promise.all([1, 2, 3].map(() => found(leader!)));
  await moim.settle();

  const early = (await lines()).length - told;
  await at(moim, '2026-03-02T06:00:00Z', leader!, newcomer!, admin);
  await tick(moim);
  await tick(moim);
  await moim.settle();
  const first = await lines();
  // Dismissed, one hears of nothing.
  await admin.send('PUT', `/v1/admin/accounts/${newcomer!.id}/role`, { body: { role: 'USER' } });
  await found(leader!);
  await at(moim, '2026-03-02T07:00:00Z', leader!, newcomer!, admin);
  await tick(moim);
  await moim.settle();

  expect(early).toBe(0);
  expect(first.length - told).toBe(1);
  expect(first[0]).toBe(`Waiting for approval: ${rest + 3} groups, 0 accounts.`);
  expect((await lines()).length - told).toBe(1);
  expect(await itemsOf(moim, 'Due', { kind: 'tellOfWaiting' })).toEqual([]);
});
