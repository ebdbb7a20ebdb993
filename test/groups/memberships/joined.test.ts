/** Who hears of a new member. The change of the membership tells, in whatever way the stream brings it. */
import type { DynamoDBRecord } from 'aws-lambda';
import { contract } from '../../../functions/talking/notifications/contract.ts';
import { iso } from '../../../shared/core/time.ts';
import { imageOf } from '../../../shared/events/consumers.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { parkedMessage, queueArn } from '../../support/parked.ts';
import { at, crowd, someone } from '../../support/people.ts';
import { costOf } from '../../support/replies.ts';
import { found, kick, leave } from '../../support/scene.ts';
import { itemsOf, put, streamOf } from '../../support/table.ts';
import { administrator, inboxOf } from './support.ts';

const moim = useMoim();
const { keeps } = contract.consumers.deliverJoining;

/** The stream's records of a person's membership in a group. */
const recordsOf = (groupId: string, { id }: Person): DynamoDBRecord[] =>
  streamOf(moim).filter(({ dynamodb }) => {
    const image = imageOf(dynamodb?.NewImage);
    return image?.type === 'Membership' && image.groupId === groupId && image.accountId === id;
  });

/** Brings changes in the way of those that were parked. */
async function parked(records: readonly DynamoDBRecord[]) {
  for (const record of records)
    moim.queues.send(queueArn(moim, 'PARKED_URL'), parkedMessage(moim, 'notifications.deliverJoining', keeps, record));
  await moim.settle();
}

/** Somebody who joined, was warned, left, and came back an hour later: sooner it would be no news. */
async function cameBack() {
  const [leader, member] = [await someone(moim, 'ari'), await someone(moim, 'bora')];
  const group = await found(leader, {}, member);
  await leader.post(`${group.path}/members/${member.id}/warnings`, { reason: 'Late' });
  await leave(member, group);
  await moim.settle();
  await at(moim, iso(moim.clock.now() + 3_600_000), leader, member);
  await member.post(`${group.path}/members`);
  await moim.settle();
  return { leader, member, ...group };
}
const lines = async (leader: Person) => (await inboxOf(leader)).filter((line) => line.startsWith('GROUP_JOINED'));
const joinedTwice = Array(2).fill('GROUP_JOINED bora joined Algorithms every day.');

test('row 107: who leaves and comes back is news twice; nothing else of a membership is', async () => {
  const { leader } = await cameBack();

  expect(await lines(leader)).toEqual(joinedTwice);
  expect(await itemsOf(moim, 'Outbox', { notice: 'GROUP_JOINED' })).toEqual([]);
  // The ids sort with all others by when somebody joined.
  const ids = (await itemsOf(moim, 'Notification', { accountId: leader.id, notice: 'GROUP_JOINED' })).map(
    ({ notificationId, createdAt }) => [notificationId.slice(0, 13).replace('-', ''), Date.parse(createdAt)],
  );
  expect(ids.map(([id]) => Number.parseInt(id, 16))).toEqual(ids.map(([, at]) => at));
});

test('doubled, late and in the other order, its changes tell nothing more', async () => {
  const { leader, member, groupId } = await cameBack();
  const records = recordsOf(groupId, member);

  const outcome = await moim.invoke('live-stream', { Records: [...records, ...records].reverse() });

  expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'MODIFY', 'MODIFY']);
  expect(outcome).toEqual({ ok: true, payload: { batchItemFailures: [] } });
  expect(await lines(leader)).toEqual(joinedTwice);
});

test('a change that was parked tells of the entry that it was about, though the person has left and come back', async () => {
  const [leader, member] = [await someone(moim, 'ari'), await someone(moim, 'bora')];
  const { groupId, path } = await found(leader);
  // The first look for the leader fails, so the entry is parked.
  let hits = 0;
  const match = (body: object) => JSON.stringify(body).includes(`"GROUP#${groupId}"`) && ++hits > 0;
  await moim.settle();
  const off = moim.table.faults.add({ kind: 'error500', operation: 'GetItem', times: 4, match });
  await member.post(`${path}/members`);
  await moim.settle();
  off();
  const waiting = moim.queues.messages('Parked');
  await leave(member, { path });
  await moim.settle();
  await moim.clock.advance(1000);
  await member.post(`${path}/members`);
  await moim.settle();
  const before = await lines(leader);
  await moim.clock.advance(5000);
  await moim.settle();

  expect(hits).toBe(3);
  expect(waiting).toMatchObject([
    {
      consumer: 'notifications.deliverJoining',
      after: { groupId, accountId: member.id, entered: 'JOINED', joinedAt: expect.any(String) },
    },
  ]);
  // Coming back within the hour is no news: the entry that was parked is told, and only that.
  expect(before).toHaveLength(0);
  expect(await lines(leader)).toEqual([joinedTwice[0]]);
  // And once more, all of them, in the other order.
  await parked(recordsOf(groupId, member).reverse());
  expect(await lines(leader)).toEqual([joinedTwice[0]]);
});

test('rows 28, 30, 107: every way in is told as it is; whoever enters is told nothing of it', async () => {
  const [leader, accepted, invited, added, kicked] = (await crowd(moim, 5)) as [Person, Person, Person, Person, Person];
  const admin = await administrator(moim);
  const group = await found(leader, { joinPolicy: 'APPLY' });
  await accepted.post(`${group.path}/applications`, { message: 'Please' });
  await leader.post(`${group.path}/applications/${accepted.id}/accept`);
  const { body: invite } = await leader.post(`${group.path}/invite-links`, { days: 7 });
  await invited.post('/v1/invitations/accept', { token: invite.token });
  await admin.post(`${group.path}/members/${added.id}`);
  await admin.post(`${group.path}/members/${kicked.id}`);
  await kick(leader, group, kicked);
  await moim.settle();

  const entered = await itemsOf(moim, 'Membership', { groupId: group.groupId });
  const by = (who: Person) => entered.find(({ accountId }) => accountId === who.id)?.entered;
  expect([leader, accepted, invited, added].map(by)).toEqual([undefined, 'ACCEPTED', 'INVITED', 'ADDED']);
  expect((await inboxOf(leader)).sort()).toEqual(
    [
      `APPLICATION_RECEIVED ${accepted.nickname} applied to join Algorithms every day.`,
      ...[invited, added, kicked].map((who) => `GROUP_JOINED ${who.nickname} joined Algorithms every day.`),
    ].sort(),
  );
  expect(await inboxOf(invited)).not.toContainEqual(expect.stringContaining('GROUP_JOINED'));
  expect(await inboxOf(added)).not.toContainEqual(expect.stringContaining('GROUP_JOINED'));
  expect(await inboxOf(accepted)).toContainEqual(expect.stringContaining('APPLICATION_ACCEPTED'));
  expect(await inboxOf(admin)).toEqual([]);
});

test('the leader is told who leads when the news comes, by the title of then', async () => {
  const [leader, heir, comer] = [await someone(moim), await someone(moim), await someone(moim, 'chaewon')];
  const { groupId, path } = await found(leader, {}, heir);
  await comer.post(`${path}/members`);
  const [record] = recordsOf(groupId, comer);
  const old = await itemsOf(moim, 'Notification', { accountId: leader.id });
  await leader.put(`${path}/leader`, { accountId: heir.id });
  await heir.patch(path, { title: 'Graphs' });

  await moim.invoke('live-stream', { Records: [record] });

  expect(old.length).toBeLessThanOrEqual(2);
  expect(await inboxOf(heir)).toContain('GROUP_JOINED chaewon joined Graphs.');
});

test('a membership from before the mark, and one whose group is gone, tell nobody', async () => {
  const [leader, member] = await crowd(moim, 2);
  const { groupId } = await found(leader!, {}, member!);
  await moim.settle();
  const before = await inboxOf(leader!);
  const [membership] = await itemsOf(moim, 'Membership', { groupId, accountId: member!.id });
  const { entered: _, ...unmarked } = membership;
  await put(moim, 'Membership', { ...unmarked, joinedAt: '2026-03-03T03:00:00.000Z' });
  const gone = '01900000-0000-7000-8000-000000000009';
  await put(moim, 'Membership', { ...membership, groupId: gone, presentIn: gone });
  await moim.settle();

  expect(await inboxOf(leader!)).toEqual(before);
  expect(moim.queues.messages('Parked')).toEqual([]);
});

test('row 27: a join writes six units, and its news two', async () => {
  const [leader, member] = await crowd(moim, 2);
  const { path } = await found(leader!);
  await member!.post(`${path}/members`);

  expect(costOf(moim, 'joinGroup')).toEqual({ requests: 2, roundTrips: 2, readUnits: 4, writeUnits: 6 });
});
