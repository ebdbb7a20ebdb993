import { iso } from '../../../shared/core/time.ts';
import { quotaKey } from '../../../shared/data/quota.ts';
import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { useMoim } from '../../support/moim.ts';
import { crowd, nextTick, someone } from '../../support/people.ts';
import { costOf, idsOf, outcome, pagesOf, tally } from '../../support/replies.ts';
import { found, leave } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';

const moim = useMoim({ lists: true });
const likesOf = async (groupId: string) => (await itemsOf(moim, 'Group', { groupId }))[0].likes;

test('row 36: a like counts once, however often it comes and at once, and is taken back once', async () => {
  const [ari, bora] = await crowd(moim, 2);
  const { groupId, path } = await found(ari!);
  const like = `${path}/like`;

  const [first, again] = [await bora!.put(like), await bora!.put(like)];
  const afterTwo = await likesOf(groupId);
  await ari!.put(like);
  const { body: shown } = await moim.guest.get(path);
  const back = [await bora!.delete(like), await bora!.delete(like)];
  const { body: left } = await moim.guest.get(path);

  expect([first, again, ...back].map(outcome)).toEqual([204, 204, 204, 204]);
  expect([afterTwo, shown.likes, left.likes]).toEqual([1, 2, 1]);
  expect(left.version).toBe(shown.version);
});

test('row 36: thirty likes of one person at once count once, of many people each', async () => {
  const [ari, bora, ...many] = await crowd(moim, 12);
  const [one, other] = [await found(ari!), await found(ari!)];

  const same = await Promise.all(Array.from({ length: 30 }, () => bora!.put(`${one.path}/like`)));
  const each = await Promise.all(many.map((person) => person.put(`${other.path}/like`)));

  expect(tally(same)).toEqual({ 204: 30 });
  expect(await likesOf(one.groupId)).toBe(1);
  expect(await likesOf(other.groupId)).toBe(tally(each)[204]);
  expect(tally(each)).toEqual({ 204: 10 });
});

test('row 36: liking takes two round trips and writes seven units, liking again and the list of likes as many or fewer', async () => {
  const [ari, bora] = await crowd(moim, 2);
  const { path } = await found(ari!);

  await bora!.put(`${path}/like`);
  const liked = costOf(moim, 'likeGroup');
  await bora!.put(`${path}/like`);
  const again = costOf(moim, 'likeGroup');
  await bora!.get('/v1/accounts/me/likes');
  const listed = costOf(moim, 'listLikes');
  await bora!.delete(`${path}/like`);

  expect([liked, again, listed].map(({ roundTrips }) => roundTrips)).toEqual([2, 1, 2]);
  expect([liked.requests, again.requests, listed.requests]).toEqual([2, 1, 3]);
  // The like with its index row, the count at the group, and the quota; taken back without a quota.
  expect([liked.writeUnits, again.writeUnits]).toEqual([7, 0]);
  expect(costOf(moim, 'unlikeGroup')).toMatchObject({ requests: 2, writeUnits: 5 });
});

test('rows 36, 37: what one cannot see one cannot like; members like their private group, until they leave', async () => {
  const [leader, ari, bora] = await crowd(moim, 3);
  const { body: hidden } = await leader!.post('/v1/groups', { kind: 'PRIVATE_GROUP', title: 'Ours', category: 'ETC' });
  const { body: code } = await leader!.post(`/v1/groups/${hidden.id}/invite-code/renew`);
  await ari!.post('/v1/invitations/accept', { code: code.inviteCode });
  const { groupId, path } = await found(ari!, {}, bora!);
  const privately = `/v1/groups/${hidden.id}/like`;

  const refused = await bora!.put(privately);
  const own = await ari!.put(privately);
  await bora!.put(`${path}/like`);
  const { body: ofAri } = await ari!.get('/v1/accounts/me/likes');
  await leave(ari!, { path: `/v1/groups/${hidden.id}` });
  const { body: afterLeaving } = await ari!.get('/v1/accounts/me/likes');
  const takenBack = await ari!.delete(privately);
  const { body: ofBora } = await bora!.get('/v1/accounts/me/likes');

  expect([refused, own, takenBack].map(outcome)).toEqual(['NOT_FOUND', 204, 204]);
  expect(ofAri.items.map(({ group }: { group: { id: string } }) => group.id)).toEqual([hidden.id]);
  expect(afterLeaving.items).toEqual([]);
  expect(ofBora.items.map(({ group }: { group: { id: string } }) => group.id)).toEqual([groupId]);
  expect(await likesOf(hidden.id)).toBe(0);
});

test('row 36: liked groups come last liked first, page by page', async () => {
  const [ari, bora] = await crowd(moim, 2);
  const liked: string[] = [];
  for (let i = 0; i < 7; i++) {
    const { groupId, path } = await found(ari!);
    await bora!.put(`${path}/like`);
    await moim.clock.advance(1000);
    liked.unshift(groupId);
  }

  const pages = await pagesOf(bora!, '/v1/accounts/me/likes', 3);

  expect(pages.map(({ length }) => length)).toEqual([3, 3, 1]);
  expect(pages.flat().map(({ group }) => group.id)).toEqual(liked);
});

test('rows 34, 36: a list by likes follows them after a few seconds', async () => {
  const [ari, bora] = await crowd(moim, 2);
  const [first, second] = [await found(ari!, { category: 'MATH' }), await found(ari!, { category: 'MATH' })];
  const listed = async () => idsOf(await pagesOf(moim.guest, '/v1/groups?category=MATH&sort=LIKES', 10));

  await bora!.put(`${first.path}/like`);
  await moim.settle();
  await moim.clock.advance(6000);
  const before = await listed();
  await ari!.put(`${second.path}/like`);
  await bora!.put(`${second.path}/like`);
  await moim.settle();
  const during = await listed();
  await moim.clock.advance(6000);

  expect(before).toEqual([first.groupId, second.groupId]);
  expect(during).toEqual(before);
  expect(await listed()).toEqual([second.groupId, first.groupId]);
});

test('row 130: who likes and unlikes without end is slowed down, but may take back', async () => {
  const ari = await someone(moim);
  const { path } = await found(ari);
  const { times } = fairUse.like;
  await put(moim, 'Quota', { ...quotaKey({ limit: 'like', subject: ari.id }, moim.clock.now()), used: times - 1 });

  const replies = [await ari.put(`${path}/like`), await ari.delete(`${path}/like`), await ari.put(`${path}/like`)];

  expect(replies.map(outcome)).toEqual([204, 204, 'TOO_MANY_REQUESTS']);
});

test('rows 17, 36: the likes of who withdraws are taken back', async () => {
  const ari = await someone(moim);
  const bora = await moim.person('bora');
  const [one, other] = [await found(ari), await found(ari)];
  for (const person of [ari, bora]) for (const { path } of [one, other]) await person.put(`${path}/like`);

  await bora.post('/v1/accounts/me/withdrawal', { reason: 'Found another hobby' });
  await moim.settle();
  await nextTick(moim);

  expect([await likesOf(one.groupId), await likesOf(other.groupId)]).toEqual([1, 1]);
  expect(await itemsOf(moim, 'Like', { accountId: bora.id })).toEqual([]);
});

test('rows 36, 37: liked groups are read for half, but whoever was just removed from a private one no longer sees it', async () => {
  const [leader, member] = await crowd(moim, 2);
  const closed = await found(leader!, { visibility: 'PRIVATE' });
  const groups = [closed, ...(await Promise.all(Array.from({ length: 4 }, () => found(leader!))))];
  const { groupId } = closed;
  const joined = { groupId, accountId: member!.id, role: 'MEMBER', state: 'ACTIVE', presentIn: groupId } as const;
  await put(moim, 'Membership', { ...joined, joinedAt: iso(moim.clock.now()) } as never);
  for (const { path } of groups) await member!.put(`${path}/like`);
  await moim.settle();
  const liked = async () => (await member!.get('/v1/accounts/me/likes')).body.items.length;

  const before = await liked();
  const cost = costOf(moim, 'listLikes');
  const off = moim.table.faults.add({ kind: 'stale', times: 100 });
  await put(moim, 'Membership', { ...joined, state: 'KICKED', joinedAt: iso(moim.clock.now()) } as never);
  const after = await liked();
  off();

  expect([before, after]).toEqual([5, 4]);
  // Session and account two, the list a half, five groups, and the one membership that decides.
  expect(cost).toEqual({ requests: 4, roundTrips: 3, readUnits: 6, writeUnits: 0 });
});
