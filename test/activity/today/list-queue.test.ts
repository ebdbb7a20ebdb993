/** What waits for one person, over all groups that they lead or manage: the oldest first, in three requests a page. */
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { costOf, pagesOf } from '../../support/replies.ts';
import { certify, found } from '../../support/scene.ts';

const moim = useMoim();
const long = { endDate: '2026-12-31' };
// biome-ignore lint/suspicious/noExplicitAny: an answer is compared as a whole
const queue = async (who: Person): Promise<any> => (await who.get('/v1/accounts/me/queue')).body;
const idsIn = async (who: Person) =>
  (await queue(who)).items.map((each: { certification: { id: string } }) => each.certification.id);
const asManager = (leader: Person, path: string, { id }: Person, role: string) =>
  leader.send('PUT', `${path}/members/${id}/role`, { body: { role } });

test('groups.md: one queue over all groups one leads or manages, oldest first, with what is reported', async () => {
  const [leader, other, manager, member] = (await crowd(moim, 4)) as [Person, Person, Person, Person];
  const one = await found(leader, { ...long, title: 'One' }, manager, member);
  const two = await found(other, { ...long, title: 'Two' }, manager, member);
  await asManager(leader, one.path, manager, 'MANAGER');
  await asManager(other, two.path, manager, 'MANAGER');
  await member.put('/v1/accounts/me/picture', { avatar: 2 });
  const { body: first } = await certify(member, two);
  await moim.clock.advance(6000);
  const { body: second } = await certify(member, one);
  await moim.clock.advance(1000);
  const { body: own } = await certify(manager, one);
  await leader.post(`${one.path}/reports`, { subject: `certification:${second.id}`, reason: 'SPAM' });
  await moim.settle();

  const [ofManager, ofLeader, ofMember] = [await queue(manager), await queue(leader), await queue(member)];
  await manager.post(`${two.path}/certifications/${first.id}/approve`);
  // Before anything has followed: the certification says what it is now.
  const decided = await idsIn(manager);
  await asManager(leader, one.path, manager, 'MEMBER');
  const demoted = await idsIn(manager);

  expect(ofManager.items.map((each: { certification: object }) => each)).toMatchObject([
    {
      certification: { id: first.id, missionTitle: 'Two', author: { picture: { avatar: 2 } } },
      group: { title: 'Two' },
    },
    { certification: { id: second.id }, group: { id: one.groupId }, reported: null },
  ]);
  expect(ofLeader.items.map(({ reported }: { reported: boolean }) => reported)).toEqual([true, false]);
  expect(await idsIn(leader)).toEqual([second.id, own.id]);
  expect(ofManager.groups.map(({ certifications }: { certifications: number }) => certifications).toSorted()).toEqual([
    1, 2,
  ]);
  expect([ofMember.items, ofMember.groups]).toEqual([[], []]);
  expect([decided, demoted]).toEqual([[second.id], []]);
});

test('groups.md: twenty groups are three requests a page of 33, in order to the end; a foreign cursor is refused', async () => {
  const [leader, ...members] = (await crowd(moim, 3)) as [Person, ...Person[]];
  const sent: string[] = [];
  for (let n = 0; n < 20; n++) {
    const group = await found(leader, long, ...members);
    await moim.clock.advance(6000);
    for (const member of members) sent.push((await certify(member, group)).body.id);
  }
  await moim.settle();

  const { body } = await leader.get('/v1/accounts/me/queue?limit=50');
  const cost = costOf(moim, 'listQueue');
  const pages = await pagesOf(leader, '/v1/accounts/me/queue', 50);

  expect(body.groups).toHaveLength(20);
  expect(cost).toMatchObject({ requests: 3, roundTrips: 3, writeUnits: 0 });
  expect(cost.readUnits).toBeLessThanOrEqual(135);
  const listed = pages.map((page) => page.map((each) => each.certification));
  expect(listed.map(({ length }) => length)).toEqual([33, 7]);
  expect(listed.flat().map(({ modifiedAt }) => modifiedAt)).toEqual(
    listed
      .flat()
      .map(({ modifiedAt }) => modifiedAt)
      .toSorted(),
  );
  expect(
    listed
      .flat()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(sent.toSorted());
  const foreign = await members[0]!.get(`/v1/accounts/me/queue?cursor=${body.nextCursor}`);
  expect(foreign.body.code).toBe('INVALID_CURSOR');
});

test('report: a session that has ended reads no queue', async () => {
  const member = await moim.person('ended');
  await member.delete('/v1/sessions/current');

  const { status, body } = await member.get('/v1/accounts/me/queue');

  expect([status, body.code]).toEqual([401, 'TOKEN_INVALID']);
});
