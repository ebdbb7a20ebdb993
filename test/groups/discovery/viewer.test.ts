/** What a group is to somebody who looks at it: the answer that the attempt to join would get, and no request more. */
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, someone } from '../../support/people.ts';
import { costOf, outcome } from '../../support/replies.ts';
import { found, kick, leave } from '../../support/scene.ts';
import { itemsOf, putAll } from '../../support/table.ts';

const moim = useMoim();
const long = { endDate: '2026-12-31' };
const viewer = async (who: Person, path: string) => (await who.get(`${path}/viewer`)).body;
const attempt = (who: Person, path: string, way: 'members' | 'applications') => who.post(`${path}/${way}`);

test('groups.md: the refusal is what joining answers, for everybody and every state of the group', async () => {
  const [leader, member, left, removed, comer] = (await crowd(moim, 5)) as [Person, Person, Person, Person, Person];
  const open = await found(leader, long, member, left, removed);
  const noReturn = await found(leader, { ...long, allowRejoin: false }, left);
  const full = await found(leader, { ...long, capacity: 2 }, member);
  const over = await found(leader, long);
  const ending = await found(leader, long, member);
  await leave(left, open);
  await leave(left, noReturn);
  await kick(leader, open, removed);
  await leader.send('PUT', `${over.path}/status`, { body: { status: 'COMPLETED' } });
  await leader.post(`${ending.path}/disbanding`);
  const asked = [
    ...[leader, member, left, removed, comer].map((who) => [who, open.path] as const),
    ...[noReturn, full, over, ending].map(({ path }) => [left, path] as const),
  ];

  const said = [];
  for (const [who, path] of asked) said.push((await viewer(who, path)).joinRefusal ?? 201);
  const got = [];
  for (const [who, path] of asked) got.push(outcome(await attempt(who, path, 'members')));

  expect(said).toEqual(got);
  expect(new Set(said)).toEqual(
    new Set(['ALREADY_MEMBER', 'KICKED', 'REJOIN_REFUSED', 'GROUP_CLOSED', 'GROUP_FULL', 201]),
  );
});

test('groups.md: an application is seen from sending it to its end; likes and roles too', async () => {
  const [leader, applicant] = (await crowd(moim, 2)) as [Person, Person];
  const { path, groupId } = await found(leader, { ...long, joinPolicy: 'APPLY' });

  const states = [await viewer(applicant, path)];
  await applicant.post(`${path}/applications`);
  await applicant.put(`${path}/like`);
  states.push(await viewer(applicant, path));
  const again = outcome(await attempt(applicant, path, 'applications'));
  await leader.post(`${path}/applications/${applicant.id}/reject`);
  states.push(await viewer(applicant, path));
  await applicant.post(`${path}/applications`);
  await leader.post(`${path}/applications/${applicant.id}/accept`);
  await applicant.delete(`${path}/like`);
  states.push(await viewer(applicant, path));

  const { id, nickname } = leader;
  const picture = { avatar: null, thumbnailUrl: null };
  const as = {
    leader: { id, nickname, picture },
    groupId,
    role: null,
    application: null,
    liked: false,
    joinRefusal: null,
  };
  expect(states).toEqual([
    as,
    { ...as, application: 'PENDING', liked: true, joinRefusal: 'ALREADY_APPLIED' },
    { ...as, application: 'REJECTED', liked: true },
    { ...as, role: 'MEMBER', application: 'ACCEPTED', joinRefusal: 'ALREADY_MEMBER' },
  ]);
  expect(again).toBe('ALREADY_APPLIED');
  expect((await viewer(leader, path)).role).toBe('LEADER');
});

test('row 37: a private group answers who is not in it like one that does not exist; guests ask nothing', async () => {
  const [leader, stranger] = (await crowd(moim, 2)) as [Person, Person];
  const { body: own } = await leader.post('/v1/groups', { kind: 'TEAM', title: 'A team', category: 'IT' });
  const shown = await found(leader, long);
  const list = async (who: Person) =>
    (await who.get(`/v1/accounts/me/group-relations?groupIds=${own.id},${shown.groupId}`)).body.items;

  const [hidden, guest] = [
    await stranger.get(`/v1/groups/${own.id}/viewer`),
    await moim.guest.get(`${shown.path}/viewer`),
  ];

  expect([hidden, guest].map(({ status }) => status)).toEqual([404, 401]);
  expect((await list(leader)).map(({ role }: { role: string }) => role)).toEqual(['LEADER', 'LEADER']);
  expect((await list(stranger)).map(({ groupId }: { groupId: string }) => groupId)).toEqual([shown.groupId]);
  const wrong = await stranger.get('/v1/accounts/me/group-relations?groupIds=everything');
  expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([422, 'query/groupIds']);
});

test('row 26: the limit of teams is told before one tries', async () => {
  const [leader, comer] = (await crowd(moim, 2)) as [Person, Person];
  const team = { kind: 'TEAM', title: 'A team', category: 'IT', visibility: 'PUBLIC', joinPolicy: 'INSTANT' };
  for (let n = 0; n < 3; n++) await comer.post('/v1/groups', team);
  const { body } = await leader.post('/v1/groups', team);

  const { joinRefusal } = await viewer(comer, `/v1/groups/${body.id}`);

  expect(joinRefusal).toBe('GROUP_LIMIT');
  expect(outcome(await attempt(comer, `/v1/groups/${body.id}`, 'members'))).toBe('GROUP_LIMIT');
});

test('groups.md: a page of fifty groups is three requests at once, and one group is two with the name of who leads it', async () => {
  const [leader, who] = [await someone(moim), await someone(moim)];
  const { groupId, path } = await found(leader, long);
  const [group] = await itemsOf(moim, 'Group', { groupId });
  const bare = Object.fromEntries(Object.entries(group).filter(([name]) => !/^(pk|sk|gsi.*|type|v)$/.test(name)));
  // Another id than the group's own, whatever that ends in.
  const besides = groupId.slice(0, -3) + (groupId.at(-3) === 'a' ? 'b' : 'a');
  const ids = Array.from({ length: 49 }, (_, i) => besides + String(i + 10));
  await putAll(moim, 'Group', ids.map((id) => ({ ...bare, groupId: id })) as never);

  await viewer(who, path);
  const one = costOf(moim, 'getViewer');
  const { body } = await who.get(`/v1/accounts/me/group-relations?groupIds=${[groupId, ...ids].join(',')}`);
  const many = costOf(moim, 'listViewer');

  expect(one).toMatchObject({ requests: 2, roundTrips: 2, readUnits: 7.5, writeUnits: 0 });
  expect(body.items.map((each: { groupId: string }) => each.groupId)).toEqual([groupId, ...ids]);
  expect(many).toMatchObject({ requests: 3, roundTrips: 1, readUnits: 103, writeUnits: 0 });
});

test('row 32: the deadline closes a group for those who look at it, on the day of the group', async () => {
  const [leader, who] = (await crowd(moim, 2)) as [Person, Person];
  const { path } = await found(leader, { ...long, startDate: '2026-03-20', recruitUntil: '2026-03-05' });

  await at(moim, '2026-03-05T14:59:00Z', who);
  const before = (await viewer(who, path)).joinRefusal;
  await at(moim, '2026-03-05T15:00:00Z', who);

  expect([before, (await viewer(who, path)).joinRefusal]).toEqual([null, 'GROUP_CLOSED']);
});
