import { key } from '../../support/actor.ts';
import { atEachRequest } from '../../support/faults.ts';
import { upload, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { certify, found, type Team, team } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();

/** A certification that waits, in a group of its own unless one is given. */
async function waiting(here?: Team) {
  const group = here ?? (await team(moim));
  const { body } = await certify(group.member, group);
  await moim.settle();
  return { ...group, one: `${group.path}/certifications/${body.id}`, id: body.id as string };
}
const firstVersion = { 'if-match': '"1"' };
const bricksOf = async (accountId: string) => {
  const [account] = await itemsOf(moim, 'Account', { accountId });
  return [account.bricks, (await itemsOf(moim, 'Brick', { accountId })).length];
};

test('rows 54, 67: the leader’s approval earns one brick, is recorded, told to the author, and everybody sees it', async () => {
  const { leader, member, one, id, path } = await waiting();
  const [other] = await crowd(moim, 1);
  await other!.post(`${path}/members`);
  const socket = await member.socket();

  const { status, body, headers } = await leader.post(`${one}/approve`);

  const heard = await socket.next();
  const { body: inbox } = await member.get('/v1/notifications');
  const [decision] = await itemsOf(moim, 'Decision', { subject: `certification:${id}` });
  expect(status).toBe(200);
  expect(headers.get('etag')).toBe('"2"');
  expect(body).toMatchObject({ status: 'APPROVED', version: 2, author: { nickname: member.nickname } });
  expect((await other!.get(one)).body.status).toBe('APPROVED');
  expect(await bricksOf(member.id)).toEqual([1, 1]);
  expect((await member.get('/v1/accounts/me')).body.bricks).toBe(1);
  expect(decision).toMatchObject({ by: leader.id, before: 'WAITING', after: 'APPROVED' });
  expect(heard).toEqual({ event: 'notification', data: { ...inbox.items[0], read: false } });
  expect(inbox.items).toMatchObject([{ type: 'CERTIFICATION_APPROVED', text: 'Your certification was approved.' }]);
  socket.close();
});

test('row 54, report 8: ten approvals at once are one, with one brick, one record and one message', async () => {
  const { leader, member, one, id } = await waiting();

  const race = await Promise.all(Array.from({ length: 10 }, () => leader.post(`${one}/approve`)));
  const again = await leader.post(`${one}/approve`);

  await moim.settle();
  expect(tally(race)).toEqual({ 200: 1, ALREADY_DECIDED: 9 });
  expect(outcome(again)).toBe('ALREADY_DECIDED');
  expect(await bricksOf(member.id)).toEqual([1, 1]);
  expect(await itemsOf(moim, 'Decision', { subject: `certification:${id}` })).toHaveLength(1);
  expect((await member.get('/v1/notifications')).body.unread).toBe(1);
});

test('row 54: approve and deny of one version at once: exactly one decides, in every round', async () => {
  const rounds: unknown[] = [];

  for (let round = 0; round < 4; round++) {
    const [leader, member] = await crowd(moim, 2);
    const group = await found(leader!, {}, member!);
    const { body } = await certify(member!, group);
    await moim.settle();
    const one = `${group.path}/certifications/${body.id}`;
    const decide = (how: string) => leader!.post(`${one}/${how}`, how === 'deny' ? { reason: 'no' } : {}, firstVersion);
    const race = await Promise.all((round % 2 ? ['approve', 'deny'] : ['deny', 'approve']).map(decide));

    const winner = race.find(({ status }) => status === 200)?.body.status;
    const decisions = await itemsOf(moim, 'Decision', { scopeId: group.groupId });
    const [stored] = await itemsOf(moim, 'Certification', { certificationId: body.id });
    const bricks = winner === 'APPROVED' ? 1 : 0;
    const [counted, rows] = await bricksOf(member!.id);
    rounds.push([
      tally(race),
      decisions.map(({ after }) => after === winner),
      stored.status === winner,
      counted - bricks,
      rows - bricks,
    ]);
  }

  expect(rounds).toEqual(Array(4).fill([{ 200: 1, PRECONDITION_FAILED: 1 }, [true], true, 0, 0]));
});

test('row 54: without a version an approval may follow a denial, but no denial an approval', async () => {
  const { leader, member, one } = await waiting();

  const [deny, approve] = await Promise.all([
    leader.post(`${one}/deny`, { reason: 'no' }),
    leader.post(`${one}/approve`),
  ]);

  const { body } = await member.get(one);
  const both = deny.status === 200 && approve.status === 200;
  expect([deny, approve].some(({ status }) => status === 200)).toBe(true);
  expect(body.status).toBe(both || approve.status === 200 ? 'APPROVED' : 'DENIED');
  expect(await bricksOf(member.id)).toEqual(body.status === 'APPROVED' ? [1, 1] : [0, 0]);
});

test('row 122: with one key an approval is answered alike however often it is sent', async () => {
  const { leader, member, one } = await waiting();
  const headers = key();

  const race = await Promise.all(Array.from({ length: 5 }, () => leader.post(`${one}/approve`, {}, headers)));
  const again = await leader.post(`${one}/approve`, {}, headers);

  expect(tally([...race, again])).toEqual({ 200: 6 });
  expect(new Set([...race, again].map(({ headers }) => headers.get('etag')))).toEqual(new Set(['"2"']));
  expect(await bricksOf(member.id)).toEqual([1, 1]);
});

test('If-Match: a leader who looked at an older version does not decide on the newer one', async () => {
  const { leader, member, one } = await waiting();
  await member.patch(one, { text: 'Quite another text' });

  const refused = await Promise.all(
    ['"1"', '"3"', 'nonsense'].map((version) => leader.post(`${one}/approve`, {}, { 'if-match': version })),
  );
  const right = await leader.post(`${one}/approve`, {}, { 'if-match': '"2"' });

  expect(refused.map(outcome)).toEqual(Array(3).fill('PRECONDITION_FAILED'));
  expect(outcome(right)).toBe(200);
});

test('only the leader decides: author, members, strangers, guests and leaders of other groups do not find it', async () => {
  const { leader, member, one, id, path } = await waiting();
  const [stranger] = await crowd(moim, 1);
  const elsewhere = await found(stranger!);

  const refused = [
    await member.post(`${one}/approve`),
    await stranger!.post(`${one}/approve`),
    await stranger!.post(`${elsewhere.path}/certifications/${id}/approve`),
    await leader.post(`${path}/certifications/01900000-0000-7000-8000-000000000000/approve`),
    await member.post(`${one}/deny`, { reason: 'mine' }),
  ];
  const guest = await moim.guest.post(`${one}/approve`);

  expect(refused.map(outcome)).toEqual(Array(5).fill('NOT_FOUND'));
  expect(guest.status).toBe(401);
  expect(await bricksOf(member.id)).toEqual([0, 0]);
});

test('row 54: a denial needs a reason and says it to the author; the denied may be approved, the approved not denied', async () => {
  const { leader, member, one, path } = await waiting();
  const [other] = await crowd(moim, 1);
  await other!.post(`${path}/members`);

  const wrong = await Promise.all(
    [{}, { reason: ' ' }, { reason: 'x'.repeat(501) }, { reason: 'no', status: 'APPROVED' }].map((body) =>
      leader.post(`${one}/deny`, body),
    ),
  );
  const denied = await leader.post(`${one}/deny`, { reason: 'Unreadable' });
  const seen = [await member.get(one), await leader.get(one), await other!.get(one)];
  const deniedAgain = await leader.post(`${one}/deny`, { reason: 'Still' });
  await moim.settle();
  const { body: inbox } = await member.get('/v1/notifications');
  const approved = await leader.post(`${one}/approve`);
  const tooLate = await leader.post(`${one}/deny`, { reason: 'Changed my mind' });

  expect(wrong.map(outcome)).toEqual(Array(4).fill('INVALID_REQUEST'));
  expect(denied.body).toMatchObject({ status: 'DENIED', reason: 'Unreadable', version: 2 });
  expect(seen.map(outcome)).toEqual([200, 200, 'NOT_FOUND']);
  expect(seen[0]!.body.reason).toBe('Unreadable');
  expect(inbox.items[0].text).toContain('(Reason: Unreadable)');
  expect(approved.body).toMatchObject({ status: 'APPROVED', reason: null, version: 3 });
  expect([deniedAgain, tooLate].map(outcome)).toEqual(['ALREADY_DECIDED', 'ALREADY_DECIDED']);
  expect(await bricksOf(member.id)).toEqual([1, 1]);
});

test('whatever the table does at whichever request, a repetition with the key ends in one approval', async () => {
  await atEachRequest(
    moim,
    2,
    async () => {
      const [leader, member] = await crowd(moim, 2);
      const group = await found(leader!, {}, member!);
      const uploadIds = [await upload(member!, group.groupId)];
      const { body } = await member!.post(`${group.path}/missions/${group.missionId}/certifications`, { uploadIds });
      return {
        leader: leader!,
        member: member!,
        ...group,
        one: `${group.path}/certifications/${body.id}`,
        headers: key(),
      };
    },
    ({ leader, one, headers }) => leader.post(`${one}/approve`, {}, headers),
    async ({ member, groupId }, again, fault) => {
      const decisions = await itemsOf(moim, 'Decision', { scopeId: groupId });
      const told = await itemsOf(moim, 'Notification', { accountId: member.id });
      expect([fault, outcome(again), decisions.length, told.length, await bricksOf(member.id)]).toEqual([
        fault,
        200,
        1,
        1,
        [1, 1],
      ]);
    },
  );
});

test('rows 54, 125: a manager judges others’ certifications, and never their own', async () => {
  const here = await team(moim);
  const { leader, member: manager, path } = here;
  const [other] = await crowd(moim, 1);
  await other!.post(`${path}/members`);
  await leader.put(`${path}/members/${manager.id}/role`, { role: 'MANAGER' });
  const own = `${path}/certifications/${(await certify(manager, here)).body.id}`;
  const others = `${path}/certifications/${(await certify(other!, here)).body.id}`;
  await moim.settle();

  const refused = [await manager.post(`${own}/approve`), await manager.post(`${own}/deny`, { reason: 'Mine' })];
  const allowed = await manager.post(`${others}/approve`);

  expect(refused.map(outcome)).toEqual(['OWN_DECISION', 'OWN_DECISION']);
  expect((await manager.get(own)).body).toMatchObject({ status: 'WAITING', version: 1 });
  expect(await bricksOf(manager.id)).toEqual([0, 0]);
  expect(allowed.body.status).toBe('APPROVED');
});
