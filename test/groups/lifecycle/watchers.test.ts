/** G9: open pages are told that a group has changed, and only those of its members. */
import type { DynamoDBRecord } from 'aws-lambda';
import { contract } from '../../../functions/groups/lifecycle/contract.ts';
import { hearing, liveWork } from '../../support/hearing.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, someone, tick } from '../../support/people.ts';
import { found, kick, leave } from '../../support/scene.ts';
import { bare, itemsOf, putAll, streamOf } from '../../support/table.ts';

const moim = useMoim();
const { groupChanged } = contract.events;
const long = { endDate: '2026-12-31', capacity: 20 };

/** All changes of one group item that the table's stream holds. */
function changesOf(groupId: string): DynamoDBRecord[] {
  return streamOf(moim).filter(({ dynamodb }) => dynamodb?.Keys?.pk?.S === `GROUP#${groupId}`);
}

test('G9: members hear of title, notice, dates, settings, state and leader; who left or was removed, and strangers, of nothing', async () => {
  const [leader, member, left, removed, stranger] = (await crowd(moim, 5)) as [Person, Person, Person, Person, Person];
  const { path, groupId } = await found(leader, { ...long, startDate: '2026-03-09' }, member, left, removed);
  await moim.settle();
  const sockets = await Promise.all([leader, member, left, removed, stranger].map((each) => each.socket()));
  await leave(left, { path });
  await kick(leader, { path }, removed);
  const news = hearing(moim, sockets, groupChanged);
  const departed = await news();

  const edits = [
    { title: 'Algorithms every night' },
    { notice: 'Meet at noon' },
    { startDate: '2026-03-10' },
    { joinPolicy: 'APPLY', visibility: 'PRIVATE' },
    { frequency: { every: 'WEEKDAY' } },
  ];
  const heard: unknown[] = [];
  for (const edit of edits) {
    const { status } = await leader.patch(path, edit);
    heard.push([status, ...(await news())]);
  }
  await leader.send('PUT', `${path}/status`, { body: { status: 'IN_PROGRESS' } });
  const begun = await news();
  await leader.send('PUT', `${path}/leader`, { body: { accountId: member.id } });
  const handed = await news();

  const told = (status: string) => [[{ groupId, status }], [{ groupId, status }], [], [], []];
  expect(departed).toEqual([[], [], [], [], []]);
  expect(heard).toEqual(edits.map(() => [200, ...told('RECRUITING')]));
  expect([begun, handed]).toEqual([told('IN_PROGRESS'), told('IN_PROGRESS')]);
  for (const socket of sockets) socket.close();
});

test('G9: joining, leaving and liking move counters, and no open page', async () => {
  const [leader, comer, fan] = (await crowd(moim, 3)) as [Person, Person, Person];
  const { path, groupId } = await found(leader, long);
  await moim.settle();
  const sockets = await Promise.all([leader, fan].map((each) => each.socket()));
  const news = hearing(moim, sockets, groupChanged);
  const replies = [
    await comer.post(`${path}/members`),
    await fan.send('PUT', `${path}/like`),
    await comer.delete(`${path}/members/me`),
  ];
  const heard = await news();
  const moved = changesOf(groupId).filter(({ eventName }) => eventName === 'MODIFY').length;

  expect(replies.map(({ status }) => status)).toEqual([201, 204, 204]);
  expect(moved).toBeGreaterThanOrEqual(3);
  expect(heard).toEqual([[], []]);
  for (const socket of sockets) socket.close();
});

test('G9: changes that come again, late and in reverse say what is true now, and nothing to who was removed meanwhile', async () => {
  const [leader, member, removed] = (await crowd(moim, 3)) as [Person, Person, Person];
  const { path, groupId } = await found(leader, { ...long, startDate: '2026-03-09' }, member, removed);
  const sockets = await Promise.all([leader, member, removed].map((each) => each.socket()));
  const news = hearing(moim, sockets, groupChanged);
  await leader.patch(path, { title: 'One' });
  await leader.send('PUT', `${path}/status`, { body: { status: 'IN_PROGRESS' } });
  const first = await news();
  await kick(leader, { path }, removed);
  await news();
  const Records = changesOf(groupId).toReversed();

  const again = await moim.invoke('live-stream', { Records });
  const late = await news();

  expect(first[2]!.at(-1)).toEqual({ groupId, status: 'IN_PROGRESS' });
  expect(again).toMatchObject({ ok: true, payload: { batchItemFailures: [] } });
  expect(late[0]!.length).toBeGreaterThanOrEqual(2);
  expect(
    new Set(
      late
        .slice(0, 2)
        .flat()
        .map(({ status }) => status),
    ),
  ).toEqual(new Set(['IN_PROGRESS']));
  expect(late[2]).toEqual([]);
  for (const socket of sockets) socket.close();
});

test('G9: a change of a club of 500 is seven requests and one for each open page; the edit itself writes nothing more', async () => {
  const leader = await someone(moim);
  const { path, groupId } = await found(leader, long);
  await moim.settle();
  const [membership] = (await itemsOf(moim, 'Membership', { groupId, accountId: leader.id })).map(bare);
  const readers = await crowd(moim, 3);
  const besides = leader.id.slice(0, -3);
  const others = Array.from({ length: 496 }, (_, i) => `${besides.slice(0, -1)}f${String(i).padStart(3, '0')}`);
  await putAll(
    moim,
    'Membership',
    [...readers.map(({ id }) => id), ...others].map((accountId) => ({
      ...membership,
      role: 'MEMBER',
      accountId,
    })) as never,
  );
  await moim.settle();
  const sockets = await Promise.all(readers.map((each) => each.socket()));
  await moim.settle();
  const since = moim.logs.length;

  await leader.patch(path, { promise: 'Together' });
  await moim.settle();
  const work = liveWork(moim, since);
  const heard = await hearing(moim, sockets, groupChanged)();

  expect(heard.map(({ length }) => length)).toEqual([1, 1, 1]);
  // The group, its members, who of five hundred is online, and the sockets of three.
  expect(work.requests).toBe(10);
  expect(work.writeUnits).toBe(0);
  expect(work.readUnits).toBeLessThanOrEqual(340);
  for (const socket of sockets) socket.close();
});

test('G9: what time and others do to a group is told too; its end says null to those who were in it until then', async () => {
  const [leader, member, left] = (await crowd(moim, 3)) as [Person, Person, Person];
  const { path, groupId } = await found(leader, { ...long, startDate: '2026-03-09' }, member, left);
  await leave(left, { path });
  await at(moim, '2026-03-08T14:59:30Z', leader, member, left);
  const sockets = await Promise.all([leader, member, left].map((each) => each.socket()));
  const news = hearing(moim, sockets, groupChanged);
  await moim.clock.advanceTo(Date.parse('2026-03-08T15:00:00Z'));
  await tick(moim);
  const begun = await news();
  await leader.post(`${path}/disbanding`);
  const disbanding = await news();
  await moim.clock.advance(3 * 86_400_000 + 60_000);
  const later = await Promise.all([leader, member, left].map((each) => renewedSocket(each)));
  const end = hearing(moim, later, groupChanged);
  await tick(moim);

  const told = [{ groupId, status: 'IN_PROGRESS' }];
  expect([begun, disbanding]).toEqual([
    [told, told, []],
    [told, told, []],
  ]);
  expect(await end()).toEqual([[{ groupId, status: null }], [{ groupId, status: null }], []]);
  for (const socket of [...sockets, ...later]) socket.close();
});

/** A socket after the token has expired. */
async function renewedSocket(person: Person) {
  await at(moim, new Date(moim.clock.now()).toISOString(), person);
  return person.socket();
}
