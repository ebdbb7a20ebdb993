import { key } from '../../support/actor.ts';
import { interrupted } from '../../support/between.ts';
import { atEachRequest } from '../../support/faults.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, become, crowd, someone } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { runs } from '../../support/runs.ts';
import { found, kick, leave } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';
import { administrator } from './support.ts';

const moim = useMoim();
const join = (who: Person, path: string, headers = {}) => who.post(`${path}/members`, {}, headers);

async function membersOf(groupId: string) {
  const [group] = await itemsOf(moim, 'Group', { groupId });
  const members = await itemsOf(moim, 'Membership', { groupId, state: 'ACTIVE' });
  return { counted: group.memberCount, members: members.length };
}

test('rows 25, 27: a member takes a seat and the leader hears of it, the member does not', async () => {
  const leader = await someone(moim, 'ari');
  const member = await someone(moim, 'bora');
  const { groupId, path } = await found(leader);

  const { status, body, headers } = await join(member, path);

  await moim.settle();
  const [inbox, own] = await Promise.all([leader.get('/v1/notifications'), member.get('/v1/notifications')]);
  expect(status).toBe(201);
  expect(headers.get('location')).toBe(`${path}/members`);
  expect(body).toEqual({ groupId, accountId: member.id, role: 'MEMBER', joinedAt: '2026-03-02T03:00:00.000Z' });
  expect((await leader.get(path)).body.memberCount).toBe(2);
  expect(inbox.body.items).toMatchObject([
    { type: 'GROUP_JOINED', text: 'bora joined Algorithms every day.', link: { screen: 'group', groupId } },
  ]);
  expect(own.body.items).toEqual([]);
});

test('row 27: who joins while the group is edited joins by what it is then', async () => {
  const [leader, first, second] = (await crowd(moim, 3)) as [Person, Person, Person];
  const { groupId, path } = await found(leader);
  const edit = (more: object) => async () => {
    await leader.patch(path, { title: 'Graphs every day' });
    const [group] = await itemsOf(moim, 'Group', { groupId });
    await put(moim, 'Group', { ...group, ...more });
  };

  const interruptedJoins = [
    await interrupted(moim, edit({}), () => join(first, path)),
    await interrupted(moim, edit({ joinPolicy: 'APPLY' }), () => join(second, path)),
  ];

  expect(interruptedJoins.map(outcome)).toEqual([201, 'JOIN_BY_OTHER_WAY']);
  expect(await membersOf(groupId)).toEqual({ counted: 2, members: 2 });
  expect((await first.get('/v1/accounts/me/groups')).body.items[0].group.title).toBe('Graphs every day');
});

test('row 25: the last seat is taken between the read and the write: the group is full', async () => {
  const [leader, first, second] = (await crowd(moim, 3)) as [Person, Person, Person];
  const { groupId, path } = await found(leader, { capacity: 2 });

  const late = await interrupted(
    moim,
    () => join(first, path),
    () => join(second, path),
  );

  expect(outcome(late)).toBe('GROUP_FULL');
  expect(await membersOf(groupId)).toEqual({ counted: 2, members: 2 });
});

test('row 25: of thirty who race for the five last seats exactly five get one, in every round', async () => {
  const [leader, ...racers] = await crowd(moim, 31);
  const rounds: unknown[] = [];

  for (let round = 0; round < runs(2); round++) {
    const { groupId, path } = await found(leader!, { capacity: 6 });
    const answers = await Promise.all(racers.map((racer) => join(racer, path)));
    rounds.push({ ...tally(answers), ...(await membersOf(groupId)) });
  }

  expect(rounds).toEqual(Array(runs(2)).fill({ 201: 5, GROUP_FULL: 25, counted: 6, members: 6 }));
});

test('one person who asks ten times at once is one member', async () => {
  const [leader, eager] = await crowd(moim, 2);
  const { groupId, path } = await found(leader!);

  const answers = await Promise.all(Array.from({ length: 10 }, () => join(eager!, path)));

  expect(tally(answers)).toEqual({ 201: 1, ALREADY_MEMBER: 9 });
  expect(await membersOf(groupId)).toEqual({ counted: 2, members: 2 });
});

test('row 122: with one key ten requests at once get one answer, and so does one a day later', async () => {
  const [leader, eager, other] = await crowd(moim, 3);
  const { groupId, path } = await found(leader!);
  const headers = key();

  const answers = await Promise.all(Array.from({ length: 10 }, () => join(eager!, path, headers)));
  const elsewhere = await join(eager!, (await found(leader!)).path, headers);
  const others = await join(other!, path, headers);

  expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
  expect(answers.filter((answer) => answer.headers.has('idempotency-replayed'))).toHaveLength(9);
  expect(outcome(elsewhere)).toBe('IDEMPOTENCY_KEY_REUSED');
  // A key is its sender's own: the same one from somebody else is another key.
  expect(outcome(others)).toBe(201);
  expect(await membersOf(groupId)).toEqual({ counted: 3, members: 3 });
});

test('whatever the table does at whichever request, a repetition with the key ends in one membership', async () => {
  await atEachRequest(
    moim,
    2,
    async () => {
      const [leader, member] = await crowd(moim, 2);
      return { member: member!, headers: key(), ...(await found(leader!)) };
    },
    ({ member, path, headers }) => join(member, path, headers),
    async ({ groupId }, again, fault) => {
      expect([fault, outcome(again), await membersOf(groupId)]).toEqual([fault, 201, { counted: 2, members: 2 }]);
    },
  );
});

test('somebody else’s transaction that never ends is answered with 503 and leaves nothing', async () => {
  const [leader, member] = await crowd(moim, 2);
  const { groupId, path } = await found(leader!);
  const off = moim.table.faults.add({ kind: 'conflict', operation: 'TransactWriteItems', times: 100 });

  const answer = await join(member!, path);

  off();
  expect(answer).toMatchObject({ status: 503, body: { code: 'TRY_AGAIN' } });
  expect(answer.headers.get('retry-after')).toBe('1');
  expect(await membersOf(groupId)).toEqual({ counted: 1, members: 1 });
});

test('rows 27, 31: full, ended, kicked, already in and unknown are told apart', async () => {
  const [leader, first, late] = await crowd(moim, 3);
  const full = await found(leader!, { capacity: 2 }, first!);
  const kickedFrom = await found(leader!, {}, late!);
  await kick(leader!, kickedFrom, late!);

  const refused = [
    await join(late!, full.path),
    await join(first!, full.path),
    await join(leader!, full.path),
    await join(late!, kickedFrom.path),
    await join(late!, '/v1/groups/01900000-0000-7000-8000-000000000000'),
    await join(late!, '/v1/groups/not-an-id'),
  ];

  expect(refused.map(outcome)).toEqual([
    'GROUP_FULL',
    'ALREADY_MEMBER',
    'ALREADY_MEMBER',
    'KICKED',
    'NOT_FOUND',
    'NOT_FOUND',
  ]);
});

test('who was there and left comes back; a body and a token of nobody are refused', async () => {
  const [leader, member] = await crowd(moim, 2);
  const { groupId, path } = await found(leader!, {}, member!);
  await leave(member!, { path });

  const again = await join(member!, path);
  const withBody = await member!.post(`${path}/members`, { role: 'LEADER' });
  const guest = await moim.guest.post(`${path}/members`);

  expect(outcome(again)).toBe(201);
  expect(withBody).toMatchObject({ status: 422, body: { code: 'INVALID_REQUEST', errors: [{ pointer: '/role' }] } });
  expect(guest.status).toBe(401);
  expect(await membersOf(groupId)).toEqual({ counted: 2, members: 2 });
});

test('rows 27, 37: to a stranger there is no private group, though one could join it at once; its members are in it', async () => {
  const [leader, member, stranger] = await crowd(moim, 3);
  const { groupId, path } = await found(leader!, { visibility: 'PRIVATE' });
  const joinedAt = '2026-03-02T03:00:00.000Z';
  await put(moim, 'Membership', { groupId, accountId: member!.id, role: 'MEMBER', state: 'ACTIVE', joinedAt } as never);

  const answers = [await join(stranger!, path), await join(member!, path), await join(leader!, path)];

  expect(answers.map(outcome)).toEqual(['NOT_FOUND', 'ALREADY_MEMBER', 'ALREADY_MEMBER']);
});

test('who has withdrawn joins nothing with the token they still have', async () => {
  const [leader, gone] = await crowd(moim, 2);
  const { path } = await found(leader!);
  await become(moim, gone!, 'WITHDRAWN');

  expect(outcome(await join(gone!, path))).toBe('TOKEN_INVALID');
});

test('row 26: of ten teams joined at once three are, and leaving one makes room for another', async () => {
  const [member, ...leaders] = await crowd(moim, 5);
  const admin = await administrator(moim);
  const teams = await Promise.all(
    leaders.map(async (each) => {
      const { body } = await each.post('/v1/groups', { kind: 'TEAM', title: 'Sprinters', category: 'SPORTS' });
      return `/v1/groups/${body.id}`;
    }),
  );
  const add = (path: string) => admin.post(`${path}/members/${member!.id}`);

  const answers = await Promise.all(teams.map(add));
  const full = teams[answers.findIndex((answer) => outcome(answer) === 'GROUP_LIMIT')]!;
  const one = teams.find((path) => path !== full)!;
  await member!.delete(`${one}/members/me`);
  const again = await add(full);

  expect(tally(answers)).toEqual({ 201: 3, GROUP_LIMIT: 1 });
  expect(outcome(again)).toBe(201);
  expect((await itemsOf(moim, 'Account', { accountId: member!.id }))[0].groupsTEAM).toBe(3);
});

test('row 20: an administrator brings people in, whatever the way; nobody else does, and nobody themselves', async () => {
  const [leader, member] = await crowd(moim, 2);
  const admin = await administrator(moim);
  const { groupId, path } = await found(leader!, { joinPolicy: 'ADMIN' });

  const refused = [
    await join(member!, path),
    await leader!.post(`${path}/members/${member!.id}`),
    await admin.post(`${path}/members/${admin.id}`),
    await admin.post(`${path}/members/01900000-0000-7000-8000-000000000000`),
  ];
  const added = await admin.post(`${path}/members/${member!.id}`);
  const twice = await admin.post(`${path}/members/${member!.id}`);

  expect(refused.map(outcome)).toEqual(['JOIN_BY_OTHER_WAY', 'NOT_FOUND', 'OWN_DECISION', 'NOT_FOUND']);
  expect(added).toMatchObject({ status: 201, body: { groupId, accountId: member!.id, role: 'MEMBER' } });
  expect(outcome(twice)).toBe('ALREADY_MEMBER');
  expect(await itemsOf(moim, 'Decision', { scopeId: groupId })).toMatchObject([
    { by: admin.id, subject: `member:${member!.id}`, before: 'NONE', after: 'ACTIVE' },
  ]);
});

test('a join is two requests: one look, one transaction', async () => {
  const [leader, member] = await crowd(moim, 2);
  const { path } = await found(leader!);

  await join(member!, path);

  expect(costOf(moim, 'joinGroup')).toMatchObject({ requests: 2, roundTrips: 2 });
});

test('row 27: a group is closed once its last day is over in its own zone, not before', async () => {
  const leader = await someone(moim, 'chaewon');
  const member = await someone(moim, 'dana');
  const latecomer = await someone(moim, 'eunji');
  const more = { timeZone: 'America/Los_Angeles', startDate: '2026-03-02', endDate: '2026-03-07' };
  const { path } = await found(leader, more);

  await at(moim, '2026-03-08T07:59:59.999Z', member, latecomer);
  const before = await join(member, path);
  await at(moim, '2026-03-08T08:00:00.000Z', latecomer);
  const after = await join(latecomer, path);

  expect([outcome(before), outcome(after)]).toEqual([201, 'GROUP_CLOSED']);
});
