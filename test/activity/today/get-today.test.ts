/** Row 50, G1: the home screen, in one call. */
import { addDays, isoWeek } from '../../../shared/core/time.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, someone } from '../../support/people.ts';
import { costOf, pagesOf } from '../../support/replies.ts';
import { certify, found, kick, leave, team } from '../../support/scene.ts';
import { bare, itemsOf, putAll, streamOf } from '../../support/table.ts';

const moim = useMoim();
const long = { endDate: '2026-12-31' };
// biome-ignore lint/suspicious/noExplicitAny: an answer is compared as a whole
const today = async (who: Person): Promise<any[]> => (await who.get('/v1/accounts/me/today?limit=50')).body.items;
const groupsIn = async (who: Person) => (await today(who)).map(({ group }) => group.id);

test('G1: what is due, what is done, who waits: in step with every certification and decision', async () => {
  const { leader, member, path, groupId, missionId } = await team(moim, { ...long, title: 'Algorithms' });
  const here = { path, groupId, missionId };
  await leader.patch(path, { notice: 'Meet at noon' });
  await moim.settle();

  const before = (await today(member))[0];
  const { body: one } = await certify(member, here);
  const doneAtOnce = (await today(member))[0].missions[0];
  await moim.settle();
  const asked = (await today(leader))[0];
  await leader.post(`${path}/certifications/${one.id}/approve`);
  await moim.settle();
  const decided = (await today(leader))[0];

  expect(before).toMatchObject({
    group: { id: groupId, title: 'Algorithms', memberCount: 2, status: 'IN_PROGRESS', approvalStatus: 'APPROVED' },
    ...{ notice: 'Meet at noon', role: 'MEMBER', day: '2026-03-02', waiting: null },
    missions: [{ id: missionId, title: 'Algorithms', way: 'PHOTO', timesPerWeek: 7, days: [], left: 1, closed: null }],
  });
  expect(doneAtOnce).toMatchObject({ days: [{ day: '2026-03-02', certifications: 1 }], left: 0 });
  expect(asked).toMatchObject({
    role: 'LEADER',
    waiting: { certifications: 1, applications: 0, excuses: 0, reports: 0 },
    missions: [{ left: 1 }],
  });
  expect(decided.waiting).toEqual({ certifications: 0, applications: 0, excuses: 0, reports: 0 });
});

test('G1: applications are counted for leader and manager, and no more once they are settled in any way', async () => {
  const [leader, manager, ...applicants] = (await crowd(moim, 6)) as [Person, Person, ...Person[]];
  const { path, groupId } = await found(leader, { ...long }, manager);
  await leader.send('PUT', `${path}/members/${manager.id}/role`, { body: { role: 'MANAGER' } });
  await leader.patch(path, { joinPolicy: 'APPLY' });
  const replies = await Promise.all(applicants.map((each) => each.post(`${path}/applications`)));
  await moim.settle();
  const counted = async () => {
    await moim.settle();
    return (await Promise.all([leader, manager].map(today))).map(([entry]) => entry.waiting.applications);
  };

  const counts = [await counted()];
  await manager.post(`${path}/applications/${applicants[0]!.id}/accept`);
  counts.push(await counted());
  await Promise.all([
    leader.post(`${path}/applications/${applicants[1]!.id}/reject`),
    applicants[2]!.delete(`/v1/accounts/me/applications/${groupId}`),
  ]);
  counts.push(await counted());

  expect(replies.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect(counts).toEqual([
    [4, 4],
    [3, 3],
    [1, 1],
  ]);
});

test('row 119: excuses that wait are counted for leader and manager, until they are decided or taken back, in any order', async () => {
  const [leader, manager, ...members] = (await crowd(moim, 5)) as [Person, Person, ...Person[]];
  const { path, groupId } = await found(leader, { ...long, excusesNeedApproval: true }, manager, ...members);
  await leader.send('PUT', `${path}/members/${manager.id}/role`, { body: { role: 'MANAGER' } });
  const counted = async () => {
    await moim.settle();
    return (await Promise.all([leader, manager, members[0]!].map(today))).map(([entry]) => entry.waiting?.excuses);
  };
  const asked = await Promise.all(
    members.map((each) => each.post(`${path}/excuses`, { from: '2026-03-04', until: '2026-03-05', reason: 'Ill' })),
  );

  const counts = [await counted()];
  await manager.post(`${path}/excuses/${asked[0]!.body.id}/grant`);
  counts.push(await counted());
  await leader.post(`${path}/excuses/${asked[1]!.body.id}/refuse`, { reason: 'Please stay' });
  await members[2]!.delete(`${path}/excuses/${asked[2]!.body.id}`);
  counts.push(await counted());
  const { body: queue } = await leader.get('/v1/accounts/me/queue');
  const records = streamOf(moim);
  const excuses = records.filter(({ dynamodb }) => dynamodb?.Keys?.pk?.S === `EXCUSES#${groupId}`);
  await moim.invoke('background-stream', { Records: [...excuses, ...excuses.slice(0, 2)].toReversed() });
  counts.push(await counted());

  expect(asked.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(counts).toEqual([
    [3, 3, undefined],
    [2, 2, undefined],
    [0, 0, undefined],
    [0, 0, undefined],
  ]);
  expect(queue.groups).toMatchObject([{ group: { id: groupId }, excuses: 0 }]);
});

test('row 83: reports are counted for the leader until a decision, not for managers, and without those on the leader', async () => {
  const [leader, manager, one, two] = (await crowd(moim, 4)) as [Person, Person, Person, Person];
  const here = await found(leader, { ...long, approval: 'AUTO' }, manager, one, two);
  await leader.send('PUT', `${here.path}/members/${manager.id}/role`, { body: { role: 'MANAGER' } });
  const written = await Promise.all([one, leader, two].map((each) => certify(each, here)));
  await moim.settle();
  const counted = async () => {
    await moim.settle();
    const seen = await Promise.all([leader, manager].map(today));
    return seen.map(([entry]) => entry.waiting.reports);
  };
  const report = (who: Person, i: number) =>
    who.post(`${here.path}/reports`, { subject: `certification:${written[i]!.body.id}`, reason: 'FAKE' });

  const counts = [await counted()];
  await Promise.all([report(one, 1), report(two, 0), report(one, 2), report(manager, 2)]);
  counts.push(await counted());
  const { body: queue } = await leader.get('/v1/accounts/me/queue');
  const { body: page } = await leader.get(`${here.path}/page`);
  const subject = `certification:${written[0]!.body.id}`;
  await leader.post(`${here.path}/reports/decisions`, { subject, decision: 'KEEP' });
  counts.push(await counted());
  // Who leads now wrote one of them: they do not decide on it.
  await leader.send('PUT', `${here.path}/leader`, { body: { accountId: two.id } });
  await moim.settle();
  const [handed] = await today(two);

  expect(counts).toEqual([
    [0, null],
    [2, null],
    [1, null],
  ]);
  expect([queue.groups[0].reports, page.waiting.reports]).toEqual([2, 2]);
  expect([handed.role, handed.waiting.reports]).toEqual(['LEADER', 0]);
});

test('G1: groups that one left, was removed from, or that are over and ask nothing, are not there', async () => {
  const [leader, member] = (await crowd(moim, 2)) as [Person, Person];
  const [stays, left, removed, over] = [
    await found(leader, long, member),
    await found(leader, long, member),
    await found(leader, long, member),
    await found(leader, long, member),
  ];
  await leave(member, left);
  await kick(leader, removed, member);
  await certify(member, over);
  await leader.send('PUT', `${over.path}/status`, { body: { status: 'COMPLETED' } });
  await moim.settle();

  const seen = [await groupsIn(member), await groupsIn(leader)];

  expect(seen[0]).toEqual([stays.groupId]);
  // Something waits in the group that is over: its leader still has to decide.
  expect(seen[1]).toHaveLength(4);
  expect(seen[1]!.at(-1)).toBe(over.groupId);
});

test('G1: days and weeks are those of the group, wherever its zone is', async () => {
  const leader = await someone(moim);
  const east = await found(leader, { ...long, approval: 'AUTO', startDate: undefined, timeZone: 'Pacific/Kiritimati' });
  const west = await found(leader, { ...long, approval: 'AUTO', startDate: undefined, timeZone: 'Pacific/Pago_Pago' });
  await moim.settle();
  const of = async () =>
    Object.fromEntries((await today(leader)).map(({ group, day, missions }) => [group.id, [day, missions[0]?.left]]));

  // Sunday evening in UTC: Monday in the east, Sunday morning in the west.
  await at(moim, '2026-03-08T18:00:00Z', leader);
  const before = await of();
  await certify(leader, east);
  await moim.clock.advance(6000);
  await certify(leader, west);
  const done = await of();
  await at(moim, '2026-03-09T12:00:00Z', leader);
  const next = await of();

  expect(before).toEqual({ [east.groupId]: ['2026-03-09', 1], [west.groupId]: ['2026-03-08', 1] });
  expect(done).toEqual({ [east.groupId]: ['2026-03-09', 0], [west.groupId]: ['2026-03-08', 0] });
  expect(next).toEqual({ [east.groupId]: ['2026-03-10', 1], [west.groupId]: ['2026-03-09', 1] });
});

test('G1: fifty groups with three missions and half a year each are five requests and two round trips; more come by cursor', async () => {
  const member = await someone(moim);
  const { groupId, missionId } = await found(await someone(moim), { ...long, startDate: undefined }, member);
  await moim.settle();
  const [group] = (await itemsOf(moim, 'Group', { groupId })).map(bare);
  const [membership] = (await itemsOf(moim, 'Membership', { groupId, accountId: member.id })).map(bare);
  const [agenda] = (await itemsOf(moim, 'Agenda', { groupId })).map(bare);
  const [name] = Object.keys(agenda!).filter((each) => each.startsWith('mission '));
  // Another id than the group's own, whatever that ends in.
  const besides = groupId.slice(0, -3) + (groupId.at(-3) === 'a' ? 'b' : 'a');
  const others = Array.from({ length: 60 }, (_, i) => besides + String(i + 10));
  const missions = Object.fromEntries([1, 2, 3].map((i) => [`mission ${i}`, agenda![name!]]));
  expect(agenda!.card).toContain('capacity');
  await putAll(moim, 'Group', others.map((id) => ({ ...group, groupId: id })) as never);
  await putAll(moim, 'Membership', others.map((id) => ({ ...membership, groupId: id, presentIn: id })) as never);
  await putAll(moim, 'Agenda', others.map((id) => ({ groupId: id, card: agenda!.card, ...missions })) as never);

  // Half a year of the two missions that may repeat, each day of it.
  const weeks = Array.from({ length: 52 }, (_, i) => [
    `week ${i < 26 ? missionId : `${besides}999`} ${isoWeek(addDays('2026-03-02', -7 * (i % 26)))}`,
    '000007 A1A2A3A4A5A6A7',
  ]);
  const row = { accountId: member.id, joinedAt: membership!.joinedAt, ...Object.fromEntries(weeks) };
  await putAll(moim, 'Progress', others.map((id) => ({ groupId: id, ...row })) as never);

  const { body } = await member.get('/v1/accounts/me/today?limit=50');
  const cost = costOf(moim, 'getToday');
  const pages = await pagesOf(member, '/v1/accounts/me/today', 50);

  expect([body.items.length, body.items.at(-1).missions.length]).toEqual([50, 3]);
  expect(cost).toMatchObject({ requests: 5, roundTrips: 2, writeUnits: 0 });
  // An agenda and half a year are half a unit each, the memberships themselves some ten.
  expect(cost.readUnits).toBeLessThanOrEqual(65);
  expect(pages.map(({ length }) => length)).toEqual([50, 11]);
  expect(new Set(pages.flat().map((each) => each.group.id)).size).toBe(61);
});

test('G1: the bell: what is unread comes with the home screen, as the inbox counts it', async () => {
  const [leader, ...members] = (await crowd(moim, 4)) as [Person, ...Person[]];
  const here = await found(leader, { ...long, startDate: undefined });
  const bell = async () => {
    await moim.settle();
    const [home, inbox] = await Promise.all([
      leader.get('/v1/accounts/me/today'),
      leader.get('/v1/notifications?limit=1'),
    ]);
    expect(home.body.unread).toBe(inbox.body.unread);
    return home.body.unread;
  };
  const counts = [await bell()];
  for (const member of members) await member.post(`${here.path}/members`);
  counts.push(await bell());
  const { body } = await leader.get('/v1/notifications');
  await leader.post(`/v1/notifications/${body.items[1].id}/read`);
  counts.push(await bell());
  await leader.delete(`/v1/notifications/${body.items[0].id}`);
  counts.push(await bell());
  await moim.clock.advance(1000);
  await leader.post('/v1/notifications/read', {});
  counts.push(await bell());
  await leave(members[0]!, here);
  counts.push(await bell());
  const cost = (await leader.get('/v1/accounts/me/today')) && costOf(moim, 'getToday');

  expect(counts).toEqual([0, 3, 2, 1, 0, 1]);
  expect(cost).toMatchObject({ requests: 5, roundTrips: 2, writeUnits: 0 });
});

test('G1: cards follow notice, seats and members; a group that was just founded, or has just ended, is looked up', async () => {
  const [leader, member] = (await crowd(moim, 2)) as [Person, Person];
  const here = await found(leader, { ...long, startDate: undefined, capacity: 5 });
  await moim.settle();
  const [agenda] = (await itemsOf(moim, 'Agenda', { groupId: here.groupId })).map(bare);
  await putAll(moim, 'Agenda', [{ ...agenda, card: undefined }] as never);
  const fresh = (await today(leader))[0];
  const lookUp = costOf(moim, 'getToday').requests;
  await leader.patch(here.path, { notice: 'Noon', capacity: 7 });
  await member.post(`${here.path}/members`);
  await moim.settle();
  const later = (await today(leader))[0];
  await leave(member, here);
  await moim.settle();
  const left = (await today(leader))[0];
  const [group] = (await itemsOf(moim, 'Group', { groupId: here.groupId })).map(bare);
  const [own] = (await itemsOf(moim, 'Membership', { groupId: here.groupId, accountId: leader.id })).map(bare);
  await putAll(moim, 'Group', [{ ...group, deletedAt: group.createdAt }] as never);
  await moim.settle();
  // The membership ends by the stream too; here it has not ended yet.
  await putAll(moim, 'Membership', [own] as never);

  expect(fresh).toMatchObject({ notice: null, group: { memberCount: 1, capacity: 5 } });
  expect(lookUp).toBe(6);
  expect(later).toMatchObject({ notice: 'Noon', group: { memberCount: 2, capacity: 7 } });
  expect(left.group.memberCount).toBe(1);
  expect(await today(leader)).toEqual([]);
});
