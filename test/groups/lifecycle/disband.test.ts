import { key } from '../../support/actor.ts';
import { interrupted } from '../../support/between.ts';
import { atEachRequest } from '../../support/faults.ts';
import { jpeg, type Person, upload, useMoim } from '../../support/moim.ts';
import { at, crowd, someone, tick } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { runs } from '../../support/runs.ts';
import { certify, found, team } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
/** What is due at an instant is worked at the next whole minute. */
const wholeMinute = (time: number) => Math.ceil(time / 60_000) * 60_000;
const disband = (who: Person, path: string, headers = {}) => who.post(`${path}/disbanding`, {}, headers);
const keep = (who: Person, path: string) => who.delete(`${path}/disbanding`);
const texts = async (who: Person) =>
  (await who.get('/v1/notifications')).body.items.map(({ text }: { text: string }) => text);
const own = async (who: Person) =>
  (await who.get('/v1/accounts/me/groups')).body.items.map(({ group }: { group: { id: string } }) => group.id);

test('row 39: a group with others is shown with its end for three days, takes nobody, and its members are told', async () => {
  const { leader, member, path, groupId } = await team(moim);
  const [late, stranger] = await crowd(moim, 2);
  const headers = key();

  const refused = [await disband(member, path), await disband(stranger!, path)];
  const answers = await Promise.all([disband(leader, path, headers), disband(leader, path, headers)]);
  await moim.settle();
  const again = await disband(leader, path);

  expect(refused.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  for (const { body } of answers) expect(body).toEqual({ disbandsAt: '2026-03-05T03:00:00.000Z', gone: false });
  expect(outcome(again)).toBe('NOT_APPLICABLE');
  expect((await moim.guest.get(path)).body.disbandsAt).toBe('2026-03-05T03:00:00.000Z');
  expect((await member.get('/v1/accounts/me/groups')).body.items[0].group.disbandsAt).toBe('2026-03-05T03:00:00.000Z');
  expect(outcome(await late!.post(`${path}/members`))).toBe('GROUP_CLOSED');
  expect(await texts(member)).toEqual(['Algorithms every day will be disbanded on March 5.']);
  expect(await itemsOf(moim, 'Decision', { scopeId: groupId })).toMatchObject([{ after: 'DISBANDING' }]);
});

test('row 39: somebody comes in the moment the group goes at once: it does not, and has its three days', async () => {
  const [leader, late] = (await crowd(moim, 2)) as [Person, Person];
  const { path, groupId } = await found(leader);

  const disbanding = await interrupted(
    moim,
    () => late.post(`${path}/members`),
    () => disband(leader, path),
  );

  expect([disbanding.status, disbanding.body.gone]).toEqual([200, false]);
  expect((await itemsOf(moim, 'Membership', { groupId, state: 'ACTIVE' })).length).toBe(2);
});

test('row 39: the leader undoes it, and everything is as before', async () => {
  const { leader, member, path } = await team(moim);
  const [late] = await crowd(moim, 1);
  await disband(leader, path);

  const refused = await keep(member, path);
  const kept = [await keep(leader, path), await keep(leader, path)];
  await moim.settle();

  expect(outcome(refused)).toBe('NOT_FOUND');
  expect(kept.map(({ status }) => status)).toEqual([204, 204]);
  expect((await moim.guest.get(path)).body.disbandsAt).toBeNull();
  expect(outcome(await late!.post(`${path}/members`))).toBe(201);
  expect(await texts(member)).toContain('Algorithms every day will not be disbanded.');
  expect((await member.get('/v1/accounts/me/groups')).body.items[0].group.disbandsAt).toBeNull();
});

test('rows 26, 39: alone, and in an open room, it is gone at once; the seats of those who were in it are counted back', async () => {
  const [leader, member] = await crowd(moim, 2);
  const found = async (kind: string) =>
    (await leader!.post('/v1/groups', { kind, title: kind, category: 'TEST' })).body.id as string;
  const [team, room] = [await found('TEAM'), await found('OPEN_ROOM')];
  await member!.post(`/v1/groups/${room}/members`);
  const count = async () => (await itemsOf(moim, 'Account', { accountId: leader!.id }))[0].groupsTEAM;
  const before = await count();

  const gone = [await disband(leader!, `/v1/groups/${team}`), await disband(leader!, `/v1/groups/${room}`)];
  await moim.settle();

  expect(gone.map(({ body }) => body.gone)).toEqual([true, true]);
  expect([before, await count()]).toEqual([1, 0]);
  expect(outcome(await moim.guest.get(`/v1/groups/${room}`))).toBe('NOT_FOUND');
  expect([await own(leader!), await own(member!)]).toEqual([[], []]);
  expect((await texts(member!))[0]).toBe('OPEN_ROOM was disbanded.');
  const listed = (await moim.guest.get('/v1/groups')).body.items.map(({ id }: { id: string }) => id);
  expect(listed).not.toContain(room);
});

test('row 39: whoever joins at the moment in which somebody alone disbands is not lost with the group', async () => {
  for (let round = 0; round < runs(3); round++) {
    const [leader, joiner] = await crowd(moim, 2);
    const { path, groupId } = await found(leader!);

    const [answer, joined] = await Promise.all([disband(leader!, path), joiner!.post(`${path}/members`)]);
    await moim.settle();

    const [group] = await itemsOf(moim, 'Group', { groupId });
    const members = await itemsOf(moim, 'Membership', { groupId, state: 'ACTIVE' });
    if (answer.status === 200 && answer.body.gone) {
      expect([group.deletedAt !== undefined, members.length]).toEqual([true, 0]);
      expect(outcome(joined)).not.toBe(201);
    } else expect(members).toHaveLength(outcome(joined) === 201 ? 2 : 1);
  }
});

test('row 122: whatever the table does at whichever request, a repetition with the key ends in one disbanding', async () => {
  await atEachRequest(
    moim,
    2,
    async () => ({ headers: key(), ...(await team(moim)) }),
    ({ leader, path, headers }) => disband(leader, path, headers),
    async ({ groupId, member }, again, fault) => {
      const decisions = await itemsOf(moim, 'Decision', { scopeId: groupId });
      const told = await itemsOf(moim, 'Notification', { accountId: member.id, notice: 'GROUP_DISBANDING' });
      expect([fault, outcome(again), decisions.length, told.length]).toEqual([fault, 200, 1, 1]);
    },
  );
});

test('row 40: before it, the leader sees what would be gone', async () => {
  const here = await team(moim);
  const { leader, member, path } = here;
  const { body } = await certify(member, here);
  await moim.settle();
  await leader.post(`${path}/certifications/${body.id}/approve`);
  await moim.clock.advance(6_000);
  await certify(leader, here);
  await moim.settle();

  const summary = await leader.get(`${path}/summary`);

  expect(summary.body).toEqual({ members: 2, days: 1, missions: 1, certifications: 2, level: null });
  expect(costOf(moim, 'summarizeGroup')).toMatchObject({ requests: 3, roundTrips: 1 });
  expect(outcome(await member.get(`${path}/summary`))).toBe('NOT_FOUND');
});

test('row 39: of a disbanding and its undoing at once, what stands is one of both, and told as it is', async () => {
  const { leader, path } = await team(moim);
  await disband(leader, path);

  const answers = await Promise.all([keep(leader, path), disband(leader, path)]);

  const { disbandsAt } = (await moim.guest.get(path)).body;
  // Undone, and perhaps disbanded once more after that.
  expect(tally([answers[0]!])).toEqual({ 204: 1 });
  expect(disbandsAt === null).toBe(outcome(answers[1]!) !== 200);
});

test('row 39: after three days it ends: off the lists, told, its memberships over; two runs do it once', async () => {
  const leader = await someone(moim, 'hana');
  const member = await someone(moim, 'iseul');
  const { body: team } = await leader.post('/v1/groups', { kind: 'TEAM', title: 'Team', category: 'TEST' });
  const { path, groupId } = await found(leader, { endDate: '2026-03-04' }, member);
  const end = Date.parse((await disband(leader, path)).body.disbandsAt);
  await at(moim, new Date(end - 1).toISOString(), leader, member);
  await tick(moim);
  await moim.settle();
  const before = [outcome(await moim.guest.get(path)), (await own(member)).length];
  const tooLate = async () => outcome(await keep(leader, path));

  await at(moim, new Date(end).toISOString(), leader, member);
  const undone = await tooLate();
  await moim.clock.advanceTo(wholeMinute(end));
  await Promise.all([tick(moim), tick(moim)]);
  await moim.settle();

  expect(before).toEqual([200, 1]);
  expect(undone).toBe('NOT_APPLICABLE');
  expect(outcome(await moim.guest.get(path))).toBe('NOT_FOUND');
  expect(outcome(await leader.get(`${path}/missions`))).toBe('NOT_FOUND');
  expect([await own(leader), await own(member)]).toEqual([[team.id], []]);
  expect((await texts(member)).filter((text: string) => text.endsWith('was disbanded.'))).toHaveLength(1);
  expect((await texts(leader)).filter((text: string) => text.endsWith('was disbanded.'))).toHaveLength(1);
  const members = await itemsOf(moim, 'Membership', { groupId });
  expect(members.map(({ state }) => state)).toEqual(['LEFT', 'LEFT']);
  const [group] = await itemsOf(moim, 'Group', { groupId });
  const purge = new Date(Date.parse(group.deletedAt) + 30 * 86_400_000).toISOString();
  expect(group).toMatchObject({ dueAt: purge });
  const purges = await itemsOf(moim, 'Due', { kind: 'purgeGroup', subject: groupId });
  expect(purges).toMatchObject([{ at: new Date(wholeMinute(Date.parse(purge))).toISOString() }]);
});

test('row 39: thirty days later nothing of it is kept, in the table or in the bucket; what is not of it stays', async () => {
  const here = await team(moim, { startDate: '2026-03-05', endDate: '2026-04-30' });
  const { leader, member, path, groupId } = here;
  const other = await team(moim, { startDate: '2026-03-05', endDate: '2026-04-30' });
  await certify(other.member, other);
  for (let i = 0; i < 3; i++) {
    const { body } = await certify(member, here);
    await moim.settle();
    await leader.post(`${path}/certifications/${body.id}/approve`);
    await at(moim, `2026-03-0${6 + i}T03:00:00Z`, leader, member);
  }
  // One whose photo was replaced.
  const { body: last } = await certify(member, here);
  await member.patch(`${path}/certifications/${last.id}`, { uploadIds: [await upload(member, groupId, jpeg)] });
  await moim.settle();
  const bucket = moim.functions.find(({ id }) => id === 'minute-job')!.environment.BUCKET_NAME!;
  const code = (await leader.post(`${path}/invite-code/renew`)).status;
  const objects = () =>
    moim.bucket
      .list(bucket)
      .map((object) => object.key)
      .filter((name) => name.startsWith('certifications/'));
  const before = objects().filter((name) => name.includes(groupId)).length;
  await disband(leader, path);
  await at(moim, '2026-03-11T03:00:00Z', leader);
  await tick(moim);
  await moim.settle();

  await at(moim, '2026-04-10T02:59:00Z', leader);
  await tick(moim);
  const early = (await itemsOf(moim, 'Certification', { groupId })).length;
  await at(moim, '2026-04-10T03:15:00Z', leader);
  const off = moim.table.faults.add({ kind: 'error500', operation: 'DeleteItem', times: 4 });
  await tick(moim);
  off();
  // It failed, and is tried again a minute later.
  await moim.clock.advance(60_000);
  await Promise.all([tick(moim), tick(moim)]);
  await moim.settle();

  // An image and a thumbnail of each.
  expect([code, before, early]).toEqual([200, 8, 4]);
  expect(await itemsOf(moim, 'InviteCode', { groupId })).toEqual([]);
  const kinds = ['Group', 'Membership', 'Mission', 'Certification', 'Invite', 'Listed', 'Indexed', 'Listing', 'Word'];
  for (const kind of kinds) expect([kind, await itemsOf(moim, kind, { groupId })]).toEqual([kind, []]);
  expect(await itemsOf(moim, 'Decision', { scopeId: groupId })).toEqual([]);
  expect(await itemsOf(moim, 'WallWeek', { groupId })).toEqual([]);
  expect(objects().filter((name) => name.includes(groupId))).toEqual([]);
  expect(objects().filter((name) => name.includes(other.groupId))).toHaveLength(2);
  expect(await itemsOf(moim, 'Certification', { groupId: other.groupId })).toHaveLength(1);
});

test('rows 27, 39, report 10: thirty join while the leader disbands: each is in or finds it closed', async () => {
  const [leader, member, ...comers] = (await crowd(moim, 32)) as Person[];
  const { groupId, path } = await found(
    leader!,
    { startDate: undefined, endDate: '2026-12-01', capacity: 50 },
    member!,
  );

  const [disbanded, ...joins] = await Promise.all([
    disband(leader!, path),
    ...comers.map((each) => each.post(`${path}/members`)),
  ]);

  const { 201: joined = 0, GROUP_CLOSED = 0 } = tally(joins);
  expect(outcome(disbanded!)).toBe(200);
  expect(joined + GROUP_CLOSED).toBe(30);
  expect(await itemsOf(moim, 'Membership', { groupId, state: 'ACTIVE' })).toHaveLength(2 + joined);
});
