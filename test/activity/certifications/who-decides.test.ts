/** Rows 54, 56, 57, 125: who decides on a certification, and that what one has decided is done for all. */
import { drop } from '../../../shared/data/writes.ts';
import { imageOf } from '../../../shared/events/consumers.ts';
import { useMoim } from '../../support/moim.ts';
import { at, crowd } from '../../support/people.ts';
import { costOf, outcome } from '../../support/replies.ts';
import { certify, found } from '../../support/scene.ts';
import { committed, itemsOf, streamOf } from '../../support/table.ts';

const moim = useMoim();
const inbox = async (who: { get(path: string): Promise<{ body: { items: object[]; unread: number } }> }) =>
  (await who.get('/v1/notifications')).body;

/** A group with a leader, two managers and a member. */
async function managedGroup() {
  const [leader, first, second, member] = await crowd(moim, 4);
  const group = await found(leader!, {}, first!, second!, member!);
  for (const { id } of [first!, second!])
    await leader!.send('PUT', `${group.path}/members/${id}/role`, { body: { role: 'MANAGER' } });
  await moim.settle();
  // What comes later stands first in the inbox.
  await moim.clock.advance(1000);
  return { ...group, leader: leader!, first: first!, second: second!, member: member! };
}

test('row 54, report 1: a challenge that approves automatically does, and nobody is asked', async () => {
  const [leader, member] = await crowd(moim, 2);
  const group = await found(leader!, { approval: 'AUTO' }, member!);

  const { body: missions } = await member!.get(`${group.path}/missions`);
  const { body } = await certify(member!, group);

  await moim.settle();
  expect(missions.items).toMatchObject([{ approval: 'AUTO' }]);
  expect(body.status).toBe('APPROVED');
  expect((await member!.get('/v1/accounts/me')).body.bricks).toBe(1);
  expect((await inbox(leader!)).items).toMatchObject([{ type: 'GROUP_JOINED' }]);
});

test('row 54: the leader’s own certification is approved at once where the leader approves, a manager’s waits', async () => {
  const group = await managedGroup();

  const own = await certify(group.leader, group);
  const managers = await certify(group.first, group);

  expect([own.body.status, managers.body.status]).toEqual(['APPROVED', 'WAITING']);
});

test('rows 54, 125: leader and managers are asked; one decides, and it is done for all', async () => {
  const { leader, first, second, member, ...group } = await managedGroup();
  const asked = [leader, first, second];
  const before = await Promise.all(asked.map(async (each) => (await inbox(each)).unread));
  const { body } = await certify(member, group);
  await moim.settle();
  const told = await Promise.all(asked.map(inbox));
  const socket = await second.socket();

  const decided = await first.post(`${group.path}/certifications/${body.id}/approve`);
  const cost = costOf(moim, 'approveCertification');
  await moim.settle();

  const done = await Promise.all(asked.map(inbox));
  const again = await Promise.all(
    [leader, second].map((each) => each.post(`${group.path}/certifications/${body.id}/deny`, { reason: 'Late' })),
  );
  expect(decided.status).toBe(200);
  for (const { items } of told)
    expect(items[0]).toMatchObject({ type: 'CERTIFICATION_SUBMITTED', read: false, resolved: false });
  expect(told.map(({ unread }, i) => unread - before[i]!)).toEqual([1, 1, 1]);
  for (const { items } of done)
    expect(items[0]).toMatchObject({ type: 'CERTIFICATION_SUBMITTED', read: true, resolved: true });
  expect(done.map(({ unread }) => unread)).toEqual(before);
  const { id } = told[2]!.items[0] as { id: string };
  expect(await socket.next()).toEqual({ event: 'notification.resolved', data: { id } });
  expect(again.map(outcome)).toEqual(['ALREADY_DECIDED', 'ALREADY_DECIDED']);
  // Done for all costs the decision one more item of its transaction; the rest follows by the stream.
  expect(cost).toMatchObject({ requests: 3, roundTrips: 2 });
  socket.close();
});

test('rows 54, 57: what its author takes back asks nobody any more, and an edit asks once', async () => {
  const { leader, first, member, ...group } = await managedGroup();
  const { body } = await certify(member, group);
  const one = `${group.path}/certifications/${body.id}`;
  await member.patch(one, { text: 'Chapter 4' });
  await moim.settle();
  const waiting = await inbox(first);

  await member.delete(one);
  await moim.settle();

  const kinds = (waiting.items as { type: string }[]).filter(({ type }) => type === 'CERTIFICATION_SUBMITTED');
  expect(kinds).toHaveLength(1);
  for (const each of [leader, first])
    expect((await inbox(each)).items[0]).toMatchObject({ type: 'CERTIFICATION_SUBMITTED', resolved: true });
});

test('row 125: an edit of a denied certification asks anew', async () => {
  const { leader, first, second, member, ...group } = await managedGroup();
  const { body } = await certify(member, group);
  const one = `${group.path}/certifications/${body.id}`;
  await leader.post(`${one}/deny`, { reason: 'Blurred' });
  await moim.clock.advance(1000);
  await member.patch(one, { text: 'Chapter 4' });
  await moim.settle();

  const { items } = await inbox(second);

  expect(items.slice(0, 2)).toMatchObject([
    { type: 'CERTIFICATION_SUBMITTED', resolved: false },
    { type: 'CERTIFICATION_SUBMITTED', resolved: true },
  ]);
  expect((await inbox(first)).items[0]).toMatchObject({ resolved: false });
});

test('row 125: the end of a question may be delivered before it, and again: the inbox is the same', async () => {
  const { leader, first, second, member, ...group } = await managedGroup();
  const { body } = await certify(member, group);
  const [{ askedBy }] = await itemsOf(moim, 'Certification', { certificationId: body.id });
  await moim.settle();
  await leader.post(`${group.path}/certifications/${body.id}/approve`);
  await moim.settle();
  const key = { notificationId: askedBy.notificationId };
  const entries = () => itemsOf(moim, 'Notification', key);
  const before = await entries();
  const ofOutbox = streamOf(moim).filter(({ dynamodb }) => {
    const item = imageOf(dynamodb?.NewImage);
    return item?.type === 'Outbox' && [item.answers, item.outboxId].includes(askedBy.notificationId);
  });
  await committed(
    moim,
    before.map(({ accountId }) => drop('Notification', { accountId, ...key })),
  );

  const outcomes = [];
  for (const record of [...ofOutbox.toReversed(), ...ofOutbox])
    outcomes.push(await moim.invoke('live-stream', { Records: [record] }));

  const bare = ({ mark: _, ...item }: Record<string, unknown>) => item;
  const byAccount = (a: { accountId: string }, b: { accountId: string }) => (a.accountId < b.accountId ? -1 : 1);
  expect(ofOutbox).toHaveLength(2);
  expect(outcomes).toEqual(outcomes.map(() => ({ ok: true, payload: { batchItemFailures: [] } })));
  expect(before.map(({ accountId }) => accountId).sort()).toEqual([leader.id, first.id, second.id].sort());
  expect((await entries()).sort(byAccount).map(bare)).toEqual(before.sort(byAccount).map(bare));
});

test('rows 56, 57: what was approved automatically is edited and deleted by its author on its day in the group’s zone', async () => {
  const [leader, member] = await crowd(moim, 2);
  const zone = { timeZone: 'Pacific/Honolulu', startDate: '2026-03-02', endDate: '2026-03-20', approval: 'AUTO' };
  const group = await found(leader!, zone, member!);
  // 02:00 on Monday in Honolulu, 21:00 in Seoul.
  await at(moim, '2026-03-02T12:00:00Z', leader!, member!);
  const { body } = await certify(member!, group);
  const one = `${group.path}/certifications/${body.id}`;

  // Tuesday in Seoul, and the last minute of Monday in Honolulu.
  await at(moim, '2026-03-03T09:59:00Z', leader!, member!);
  const inTime = await member!.patch(one, { text: 'Chapter 4' });
  await at(moim, '2026-03-03T10:00:00Z', leader!, member!);
  const late = [await member!.patch(one, { text: 'Chapter 5' }), await member!.delete(one)];
  const byLeader = await leader!.delete(one);

  expect([inTime.status, inTime.body.status]).toEqual([200, 'APPROVED']);
  expect(late.map(outcome)).toEqual(['DAY_OVER', 'DAY_OVER']);
  expect(byLeader.status).toBe(204);
  expect((await member!.get('/v1/accounts/me')).body.bricks).toBe(0);
});

test('row 56: where the leader approves, an edit is allowed on any day', async () => {
  const [leader, member] = await crowd(moim, 2);
  const days = { startDate: '2026-03-03', endDate: '2026-03-20' };
  const group = await found(leader!, days, member!);
  const { body } = await certify(member!, group);
  await at(moim, '2026-03-09T12:00:00Z', leader!, member!);

  const edited = await member!.patch(`${group.path}/certifications/${body.id}`, { text: 'Chapter 4' });

  expect([edited.status, edited.body.status]).toEqual([200, 'WAITING']);
});
