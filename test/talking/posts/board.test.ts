/** Row 80: the board of a group, what is on it for whom, and who has read it. */

import { contract as notifications } from '../../../functions/talking/notifications/contract.ts';
import { contract } from '../../../functions/talking/posts/contract.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { imageOf } from '../../../shared/events/consumers.ts';
import { limits } from '../../../shared/product/limits.ts';
import { hearing } from '../../support/hearing.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, someone } from '../../support/people.ts';
import { costOf, outcome, pagesOf, tally } from '../../support/replies.ts';
import { found, kick } from '../../support/scene.ts';
import { itemsOf, putAll, streamOf, take } from '../../support/table.ts';
import { board } from './scene.ts';

const moim = useMoim();
type Shown = { readonly id: string; readonly read: boolean; readonly title: string };
const ids = (posts: readonly Shown[]) => posts.map(({ id }) => id);

test('row 80: members post, leaders and managers make notices; the words have limits, and stay as they were typed', async () => {
  const { leader, manager, member, here, posts, write, noticesOf } = await board(moim);
  const [stranger] = (await crowd(moim, 1)) as [Person];
  const body = 'Look:\n\n```ts\n  const n: number = 1;\n\n\n  n++\n```\n<b>not HTML</b> & *so*';

  const made = await write(member, { body });
  expect([made.status, made.body]).toMatchObject([201, { kind: 'POST', body, read: true, comments: 0, version: 1 }]);
  expect(made.headers.get('location')).toBe(`${posts}/${made.body.id}`);
  expect((await leader.get(`${posts}/${made.body.id}`)).body).toMatchObject({ body, author: { id: member.id } });
  expect([leader, manager, member, stranger].map(({ nickname }) => nickname)).toHaveLength(4);
  expect((await write(member, { kind: 'NOTICE' })).body.code).toBe('NOT_FOUND');
  expect((await write(stranger)).body.code).toBe('NOT_FOUND');
  for (const who of [leader, manager]) expect((await write(who, { kind: 'NOTICE' })).status).toBe(201);
  const korean = { title: '가'.repeat(limits.post.title), body: '나'.repeat(limits.post.body) };
  expect((await write(member, korean)).status).toBe(201);
  for (const [field, text] of Object.entries(korean)) {
    const tooLong = await write(member, { [field]: `${text}다` });
    expect([tooLong.status, tooLong.body.errors[0].pointer]).toEqual([422, `/${field}`]);
    expect((await write(member, { [field]: ' \n ' })).status).toBe(422);
  }

  // Of both notices everybody is notified but who wrote it; of posts nobody.
  expect([(await noticesOf(member)).length, (await noticesOf(leader)).length]).toEqual([2, 1]);
  const [notice] = await noticesOf(member);
  expect(notice).toMatchObject({ type: 'NOTICE_POSTED', link: { screen: 'post', groupId: here.groupId } });
  expect(notice.text).toMatch(/^There is a new notice in .+\. \(Chapter 3\)$/);
});

test('row 80: unread notices first, then by date; opening marks as read, peeking does not; the board says how many are unread', async () => {
  const { leader, member, other, posts, written, shownTo } = await board(moim);
  const first = await written(leader, { kind: 'NOTICE', title: 'one' });
  const post = await written(other);
  const second = await written(leader, { kind: 'NOTICE', title: 'two' });
  const third = await written(leader, { kind: 'NOTICE', title: 'three' });
  const last = await written(member);
  await moim.settle();

  const before = await shownTo(member);
  expect([ids(before.notices), before.unread]).toEqual([[third.id, second.id, first.id], 3]);
  expect(before.items.map(({ id, read }: Shown) => [id, read])).toEqual([
    [last.id, true],
    [post.id, false],
  ]);
  expect((await member.get(`${posts}/${third.id}?peek=true`)).body.read).toBe(false);
  for (let nth = 0; nth < 2; nth++) expect((await member.get(`${posts}/${third.id}`)).body.read).toBe(true);
  expect((await member.get(`${posts}/${third.id}?peek=true`)).body.read).toBe(true);
  await member.get(`${posts}/${post.id}`);
  await moim.settle();
  const after = await shownTo(member);
  expect([ids(after.notices), after.unread]).toEqual([[second.id, first.id, third.id], 2]);
  expect(after.items.map(({ read }: Shown) => read)).toEqual([true, true]);
  expect((await shownTo(other)).unread).toBe(3);
  expect((await shownTo(leader)).unread).toBe(0);

  const byKind = await shownTo(member, '?kind=NOTICE');
  expect([ids(byKind.items), byKind.notices, byKind.unread]).toEqual([[third.id, second.id, first.id], [], 0]);
  const pages = await pagesOf(member, `${posts}?kind=POST`, 1);
  expect(pages.flatMap(ids)).toEqual([last.id, post.id]);
});

test('row 80: leaders and managers see who has not read; members do not; a reader who left is on neither list', async () => {
  const { leader, manager, member, other, here, posts, written } = await board(moim);
  const { id } = await written(leader, { kind: 'NOTICE' });
  const readers = (who: Person) => who.get(`${posts}/${id}/readers`);
  for (const who of [other, member]) {
    await moim.clock.advance(1000);
    await who.get(`${posts}/${id}`);
  }
  await moim.settle();

  for (const who of [leader, manager]) {
    const { read, unread } = (await readers(who)).body;
    expect(read.map((each: { id: string }) => each.id)).toEqual([member.id, other.id]);
    expect(unread).toEqual([{ id: manager.id, nickname: manager.nickname }]);
  }
  expect((await readers(member)).status).toBe(404);
  await kick(leader, here, other);
  await moim.settle();
  expect((await readers(leader)).body.read.map((each: { id: string }) => each.id)).toEqual([member.id]);
});

test.each([
  ['ko', ['가람', '하나', 'Abel', 'taro']],
  ['en', ['Abel', 'taro', '가람', '하나']],
])('row 80: who has not read is listed by the alphabet of the reader, in %s', async (language, expected) => {
  const [leader, ...members] = await Promise.all(
    ['Zoe', 'taro', '하나', 'Abel', '가람'].map((name) => someone(moim, name)),
  );
  const { path } = await found(leader!, {}, ...members);
  const { body: notice } = await leader!.post(`${path}/posts`, { kind: 'NOTICE', title: 'Sunday', body: 'At nine' });
  const { body } = await leader!.get(`${path}/posts/${notice.id}/readers`, { 'accept-language': language });

  expect(body.unread.map(({ nickname }: { nickname: string }) => nickname)).toEqual(expected);
});

test('authors edit under a version, two at once; who runs notices marks those of others; nobody else', async () => {
  const { leader, manager, member, other, posts, written, noticesOf } = await board(moim);
  const { id } = await written(member);
  const one = `${posts}/${id}`;
  const edit = (who: Person, change: object, version?: number) =>
    who.patch(one, change, version === undefined ? {} : { 'if-match': `"${version}"` });

  const both = await Promise.all([edit(member, { title: 'one' }, 1), edit(member, { title: 'two' }, 1)]);
  expect(tally(both)).toEqual({ 200: 1, PRECONDITION_FAILED: 1 });
  const plain = await Promise.all([edit(member, { title: 'one' }), edit(member, { body: 'two' })]);
  expect(tally(plain)).toEqual({ 200: 2 });
  expect((await leader.get(one)).body).toMatchObject({ title: 'one', body: 'two', version: 4 });
  for (const who of [leader, manager, other]) expect((await edit(who, { title: 'mine' })).body.code).toBe('NOT_FOUND');
  expect(outcome(await edit(member, { kind: 'NOTICE' }))).toBe('NOT_FOUND');
  expect((await edit(manager, { kind: 'NOTICE' })).body).toMatchObject({ kind: 'NOTICE', title: 'one' });
  expect(await noticesOf(other)).toHaveLength(1);
  expect(outcome(await edit(member, { body: 'official words' }))).toBe('NOT_FOUND');
  expect((await edit(leader, { kind: 'POST' })).body.kind).toBe('POST');
  expect((await edit(member, { body: 'three', kind: 'POST' })).status).toBe(200);
  expect(await noticesOf(other)).toHaveLength(1);

  const own = await written(manager, { kind: 'NOTICE' });
  expect((await manager.patch(`${posts}/${own.id}`, { body: 'Tomorrow' })).body.body).toBe('Tomorrow');
  for (const who of [manager, other]) expect((await who.delete(one)).status).toBe(404);
  expect((await member.delete(one)).status).toBe(204);
  expect([(await member.delete(one)).status, (await member.get(one)).status]).toEqual([404, 404]);
  expect((await leader.delete(`${posts}/${own.id}`)).status).toBe(204);
});

test('rows 83-85: hidden from its reporter, from all after three; a blocked writer is left out of lists; a withdrawn one has no name', async () => {
  const { leader, member, other, manager, here, posts, written, shownTo } = await board(moim);
  const [third, blocker] = (await crowd(moim, 2)) as [Person, Person];
  for (const who of [third, blocker]) await who.post(`${here.path}/members`);
  const { id } = await written(member);
  const reported = (who: Person) => who.post(`${here.path}/reports`, { subject: `post:${id}`, reason: 'SPAM' });
  const sees = async (who: Person) => {
    await moim.settle();
    return [(await who.get(`${posts}/${id}`)).status, ids((await shownTo(who)).items).includes(id)];
  };

  expect((await reported(other)).status).toBe(204);
  expect([await sees(other), await sees(third)]).toEqual([
    [404, false],
    [200, true],
  ]);
  await reported(manager);
  await reported(third);
  expect([await sees(leader), await sees(member), await sees(third)]).toEqual([
    [200, true],
    [200, true],
    [404, false],
  ]);
  expect((await leader.get(`${here.path}/reported?subject=post:${id}`)).body.reported).toMatchObject({
    kind: 'post',
    text: 'Chapter 3\n\nA question',
  });
  // What is hidden may become a notice, but nobody is led to it.
  expect((await leader.patch(`${posts}/${id}`, { kind: 'NOTICE' })).status).toBe(200);
  await moim.settle();
  expect((await third.get('/v1/notifications')).body.items.map(({ type }: { type: string }) => type)).not.toContain(
    'NOTICE_POSTED',
  );
  await leader.patch(`${posts}/${id}`, { kind: 'POST' });
  await leader.post(`${here.path}/reports/decisions`, { subject: `post:${id}`, decision: 'KEEP' });
  await blocker.put(`/v1/accounts/me/blocks/${member.id}`);
  expect(await sees(blocker)).toEqual([200, false]);
  await blocker.delete(`/v1/accounts/me/blocks/${member.id}`);
  await member.delete(`${here.path}/members/me`);
  await moim.settle();
  const [account] = await itemsOf(moim, 'Account', { accountId: member.id });
  await take(moim, account);
  const [shown] = (await shownTo(blocker)).items;
  expect(shown.author.nickname).toBe('(unknown)');
});

test('open pages of members hear of a post and of its end, and nobody else does', async () => {
  const { leader, member, other, here, posts, written } = await board(moim);
  const [stranger] = (await crowd(moim, 1)) as [Person];
  const sockets = await Promise.all([member, other, stranger].map((each) => each.socket()));
  const heard = hearing(moim, sockets, contract.events.postChanged);

  const { id } = await written(leader, { kind: 'NOTICE' });
  const event = { groupId: here.groupId, postId: id, kind: 'NOTICE' };
  expect(await heard()).toEqual([[event], [event], []]);
  await leader.delete(`${posts}/${id}`);
  expect(await heard()).toEqual([[{ ...event, kind: null }], [{ ...event, kind: null }], []]);
  for (const socket of sockets) socket.close();
});

test('changes that come doubled and in the other order tell nothing more; with a post go its comments and who has read it', async () => {
  const { leader, member, other, posts, written, comment, noticesOf } = await board(moim);
  const { id } = await written(leader, { kind: 'NOTICE' });
  await member.get(`${posts}/${id}`);
  await comment(member, `post:${id}`);
  await comment(other, `post:${id}`);
  const before = [await noticesOf(leader), await noticesOf(member)];
  const records = streamOf(moim).filter(({ dynamodb }) => {
    const image = imageOf(dynamodb?.NewImage) ?? imageOf(dynamodb?.OldImage);
    return ['Post', 'Comment', 'CommentCount', 'Outbox'].includes(String(image?.type));
  });
  const again = () => moim.invoke('live-stream', { Records: [...records, ...records].reverse() });

  expect(await again()).toEqual({ ok: true, payload: { batchItemFailures: [] } });
  expect([await noticesOf(leader), await noticesOf(member)]).toEqual(before);
  expect(before.map((all) => all.length)).toEqual([2, 2]);
  expect(Object.keys(notifications.consumers)).toContain('deliverComment');

  const [deleted, late] = await Promise.all([leader.delete(`${posts}/${id}`), comment(member, `post:${id}`, 'Late')]);
  expect([deleted.status, [201, 404].includes(late.status)]).toEqual([204, true]);
  await moim.settle();
  expect((await comment(member, `post:${id}`)).status).toBe(404);
  expect(await itemsOf(moim, 'PostRead', { postId: id })).toEqual([]);
  expect((await itemsOf(moim, 'Comment')).filter(({ subject }) => subject === `post:${id}`)).toEqual([]);
  const [count] = (await itemsOf(moim, 'CommentCount')).filter(({ subject }) => subject === `post:${id}`);
  expect(count).toMatchObject({ gone: true, expiresAt: expect.any(Number) });
});

test('a comment of the last moment, which the index does not have yet, goes with its post as well', async () => {
  const { leader, member, posts, written, comment } = await board(moim);
  const { id } = await written(leader);
  await comment(member, `post:${id}`, 'Early');
  await moim.settle();
  const off = moim.table.faults.add({
    ...{ kind: 'stale', operation: 'Query', times: 100 },
    match: (body) => JSON.stringify(body).includes(`COMMENTS_ON#`),
  });
  await comment(member, `post:${id}`, 'Late');
  const { status } = await leader.delete(`${posts}/${id}`);
  await moim.settle();
  off();

  expect(status).toBe(204);
  expect((await itemsOf(moim, 'Comment')).filter(({ subject }) => subject === `post:${id}`)).toEqual([]);
});

test('a board of 30 notices and 20 posts, with comments and reads on each: as many requests as an empty one', async () => {
  const { leader, member, here, shownTo, all } = await board(moim);
  await shownTo(member);
  const empty = costOf(moim, 'listPosts');
  const { groupId } = here;
  const now = moim.clock.now();
  const many = Array.from({ length: 150 }, (_, nth) => {
    const when = now + (nth + 1) * 1000;
    const kind = nth % 5 === 0 ? ('NOTICE' as const) : ('POST' as const);
    const text = { title: `Number ${nth}`, body: 'x'.repeat(200), version: 1 };
    return {
      groupId,
      postId: newId(when),
      kind,
      accountId: leader.id,
      ...text,
      createdAt: iso(when),
      modifiedAt: iso(when),
    };
  });
  await putAll(moim, 'Post', many);
  const reads = many.map(({ postId }) => ({ groupId, postId, accountId: member.id, readAt: iso(now) }));
  await putAll(moim, 'PostRead', reads.slice(5));
  await putAll(
    moim,
    'CommentCount',
    many.map(({ postId }) => ({ groupId, subject: `post:${postId}`, comments: 2, moves: 2 })),
  );
  await at(moim, iso(now + 3_600_000), ...all);

  const full = await shownTo(member, '?limit=20');
  const cost = costOf(moim, 'listPosts');
  expect([full.notices.length, full.items.length, full.unread]).toEqual([30, 20, 1]);
  expect(full.notices[0].title).toBe('Number 0');
  for (const each of [...full.notices, ...full.items]) expect(each.comments).toBe(2);
  expect(empty).toMatchObject({ requests: 6, roundTrips: 1, writeUnits: 0 });
  // Beside the counts: reads and counts of notices that are older than a hundred posts, in one request each.
  expect(cost).toMatchObject({ requests: 9, roundTrips: 3, writeUnits: 0 });
  expect(cost.readUnits).toBeLessThan(45);

  await leader.get(`${here.path}/posts/${many[0]!.postId}`);
  await member.get(`${here.path}/posts/${many[0]!.postId}`);
  expect(costOf(moim, 'getPost')).toMatchObject({ requests: 4, roundTrips: 2, writeUnits: 2 });
});
