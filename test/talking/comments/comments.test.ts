/** Row 81: comments on posts, certifications and polls. */
import { contract } from '../../../functions/talking/comments/contract.ts';
import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { limits } from '../../../shared/product/limits.ts';
import { hearing } from '../../support/hearing.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { costOf, tally } from '../../support/replies.ts';
import { certify, kick } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { board } from '../posts/scene.ts';

const moim = useMoim();
type Said = { readonly id: string; readonly text: string };
const texts = (page: { readonly items: readonly Said[] }) => page.items.map(({ text }) => text);

/** A group with a post, an approved certification and a poll of the member. */
async function scene() {
  const here = await board(moim, { approval: 'AUTO' });
  const { id } = await here.written(here.member);
  const certified = await certify(here.member, here.here);
  const polls = `${here.here.path}/polls`;
  const { body: poll } = await here.member.post(polls, { question: 'Where?', choices: ['Library', 'Park'] });
  await moim.settle();
  const things = { post: `post:${id}`, certification: `certification:${certified.body.id}`, poll: `poll:${poll.id}` };
  return { ...here, ...things, postId: id as string, polls, pollId: poll.id as string };
}

test('row 81: oldest first, on posts, certifications and polls alike; counted on the thing; deleted by its writer alone', async () => {
  const {
    leader,
    member,
    other,
    here,
    posts,
    postId,
    post,
    certification,
    poll,
    polls,
    pollId,
    comment,
    commentsOn,
    shownTo,
  } = await scene();
  for (const on of [post, certification, poll]) {
    const written = [];
    for (const [who, text] of [
      [other, 'one'],
      [member, 'two'],
      [leader, 'three'],
    ] as const) {
      await moim.clock.advance(1000);
      written.push(await comment(who, on, text));
    }
    await moim.settle();
    expect(written.map(({ status }) => status)).toEqual([201, 201, 201]);
    const listed = await commentsOn(member, on);
    expect(texts(listed)).toEqual(['one', 'two', 'three']);
    expect(listed.items[0]).toMatchObject({ on, author: { id: other.id, nickname: other.nickname }, hiddenAt: null });
    const one = `${here.path}/comments/${listed.items[0].id}`;
    for (const who of [leader, member]) expect((await who.delete(one)).status).toBe(404);
    const twice = await Promise.all([other.delete(one), other.delete(one)]);
    expect(twice.filter(({ status }) => status === 204).length).toBeGreaterThan(0);
    await moim.settle();
    expect(texts(await commentsOn(member, on))).toEqual(['two', 'three']);
  }
  expect((await shownTo(leader)).items[0].comments).toBe(2);
  expect((await leader.get(`${posts}/${postId}`)).body.comments).toBe(2);
  const [listed] = (await leader.get(`${here.path}/certifications`)).body.items;
  expect(listed.comments).toBe(2);
  expect((await leader.get(`${here.path}/certifications/${listed.id}`)).body.comments).toBe(2);
  expect((await leader.get(polls)).body.items[0].comments).toBe(2);
  // The count holds nothing of what was said, nor who said it.
  const counts = await itemsOf(moim, 'CommentCount', { groupId: here.groupId });
  expect(counts.map(({ text, accountId }) => [text, accountId])).toEqual(Array(3).fill([undefined, undefined]));
  // With a poll go its comments, and nobody comments on it any more.
  await leader.delete(`${polls}/${pollId}`);
  await moim.settle();
  expect((await itemsOf(moim, 'Comment')).filter(({ subject }) => subject === poll)).toEqual([]);
  expect((await comment(other, poll)).status).toBe(404);
});

test('only on what one sees, within the limits, and the same request twice is one comment', async () => {
  const { leader, member, other, here, post, comment, commentsOn } = await scene();
  const [stranger, removed] = (await crowd(moim, 2)) as [Person, Person];
  await removed.post(`${here.path}/members`);
  await kick(leader, here, removed);
  for (const who of [stranger, removed]) {
    expect((await comment(who, post)).status).toBe(404);
    expect((await who.get(`${here.path}/comments?on=${post}`)).status).toBe(404);
  }
  expect((await comment(member, `post:${here.groupId}`)).status).toBe(404);
  for (const on of ['message:1', `message:${here.groupId}`, `plan:${here.groupId}`])
    expect((await comment(member, on)).status).toBe(422);
  expect((await comment(member, post, '가'.repeat(limits.comment.text))).status).toBe(201);
  expect((await comment(member, post, '가'.repeat(limits.comment.text + 1))).status).toBe(422);
  expect((await comment(member, post, ' \n')).status).toBe(422);
  const same = () =>
    other.post(`${here.path}/comments`, { on: post, text: 'Once' }, { 'idempotency-key': 'once-and-for-all' });
  const [first, second] = [await same(), await same()];
  expect(second.body).toEqual(first.body);
  await moim.settle();
  expect(texts(await commentsOn(member, post)).filter((text) => text === 'Once')).toEqual(['Once']);

  // A certification that waits is seen by its author and those who decide: they alone talk about it.
  const waits = await board(moim);
  const waiting = await certify(waits.member, waits.here);
  const on = `certification:${waiting.body.id}`;
  const replies = await Promise.all([waits.leader, waits.member, waits.other].map((who) => waits.comment(who, on)));
  expect(replies.map(({ status }) => status)).toEqual([201, 201, 404]);
});

test('the author and those who wrote before are notified, in their language, and nobody twice, nor who left or has blocked', async () => {
  const { leader, manager, member, other, here, post, certification, poll, pollId, comment, noticesOf } = await scene();
  await comment(other, post);
  await comment(leader, post);
  await comment(member, post);
  expect((await noticesOf(member)).map(({ text }) => text)).toEqual([
    `${leader.nickname} commented on a post.`,
    `${other.nickname} commented on a post.`,
  ]);
  expect(await noticesOf(other)).toHaveLength(2);
  expect(await noticesOf(leader)).toHaveLength(1);
  expect(await noticesOf(manager)).toEqual([]);
  const [notice] = (await member.get('/v1/notifications', { 'accept-language': 'ko' })).body.items;
  expect(notice).toMatchObject({ text: `${leader.nickname}님이 글에 댓글을 남겼어요.`, link: { screen: 'post' } });

  await other.delete(`${here.path}/members/me`);
  await leader.put(`/v1/accounts/me/blocks/${manager.id}`);
  await comment(manager, post);
  expect([(await noticesOf(member)).length, (await noticesOf(other)).length, (await noticesOf(leader)).length]).toEqual(
    [...[3, 2, 1]],
  );
  await comment(leader, certification);
  const [last] = await noticesOf(member);
  expect(last).toMatchObject({
    ...{ type: 'CERTIFICATION_COMMENTED', text: `${leader.nickname} commented on a certification.` },
    link: { screen: 'certification', certificationId: certification.slice('certification:'.length) },
  });
  await comment(leader, poll);
  expect((await noticesOf(member))[0]).toMatchObject({
    ...{ type: 'POLL_COMMENTED', text: `${leader.nickname} commented on a poll.` },
    link: { screen: 'poll', pollId },
  });
});

test('rows 83-85: reported, blocked and withdrawn writers, as everywhere; the leader hides', async () => {
  const { leader, manager, member, other, here, post, comment, commentsOn } = await scene();
  const { body } = await comment(other, post, 'Buy this');
  await moim.settle();
  const subject = `comment:${body.id}`;
  expect((await member.post(`${here.path}/reports`, { subject, reason: 'SPAM' })).status).toBe(204);
  expect([texts(await commentsOn(member, post)), texts(await commentsOn(manager, post))]).toEqual([[], ['Buy this']]);
  expect((await leader.get(`${here.path}/reported?subject=${subject}`)).body.reported.text).toBe('Buy this');
  await leader.post(`${here.path}/reports/decisions`, { subject, decision: 'HIDE' });
  await moim.settle();
  expect([texts(await commentsOn(manager, post)), texts(await commentsOn(other, post))]).toEqual([[], ['Buy this']]);
  await leader.post(`${here.path}/reports/decisions`, { subject, decision: 'KEEP' });
  await manager.put(`/v1/accounts/me/blocks/${other.id}`);
  await moim.settle();
  expect(texts(await commentsOn(manager, post))).toEqual([]);
});

test('open pages of those who see the thing get its count', async () => {
  const { member, other, here, post, comment } = await scene();
  const [stranger] = (await crowd(moim, 1)) as [Person];
  const sockets = await Promise.all([member, other, stranger].map((each) => each.socket()));
  const heard = hearing(moim, sockets, contract.events.commentsChanged);
  const { body } = await comment(other, post);
  const event = { groupId: here.groupId, on: post, count: 1 };
  expect((await heard()).map((all) => all.at(-1))).toEqual([event, event, undefined]);
  await other.delete(`${here.path}/comments/${body.id}`);
  expect((await heard()).map((all) => all.at(-1))).toEqual([{ ...event, count: 0 }, { ...event, count: 0 }, undefined]);
  for (const socket of sockets) socket.close();
});

test('ten at once each count; commenting ends for the hour; it costs two requests', async () => {
  const { leader, member, other, manager, post, posts, postId, comment } = await scene();
  await comment(member, post);
  // Session and account; group, membership, post, own reports. Membership, comment with two indexes, count.
  expect(costOf(moim, 'writeComment')).toMatchObject({ requests: 2, roundTrips: 2, writeUnits: 8 });
  const people = [leader, member, other, manager];
  const many = Array.from({ length: 12 }, (_, nth) => comment(people[nth % 4]!, post, `Number ${nth}`));
  expect(tally(await Promise.all(many))).toEqual({ 201: 12 });
  await moim.settle();
  expect((await leader.get(`${posts}/${postId}`)).body.comments).toBe(13);
  const { times, lot } = fairUse.comment;
  let done = 0;
  while (done <= times + lot && (await comment(member, `post:${postId}`)).status === 201) done++;
  expect([done >= times - 2 * lot, done <= times + lot]).toEqual([true, true]);
  expect((await comment(leader, post)).status).toBe(201);
  const [count] = (await itemsOf(moim, 'CommentCount')).filter(({ subject }) => subject === post);
  expect(count?.comments).toBe(14 + done);
});
