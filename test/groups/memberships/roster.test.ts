/** The roster of a group says what memberships and accounts say, however the changes of these come. */
import type { DynamoDBRecord } from 'aws-lambda';
import { rosterOf } from '../../../functions/groups/core/roster.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, someone, tick } from '../../support/people.ts';
import { jpegOf, painted, uploadPicture } from '../../support/pictures.ts';
import { costOf } from '../../support/replies.ts';
import { certify, found, kick, leave } from '../../support/scene.ts';
import { itemsOf, put, streamOf } from '../../support/table.ts';
import { withPassword } from '../../support/with-password.ts';

const moim = useMoim();
const rename = (person: Person, nickname: string) => person.patch('/v1/accounts/me', { nickname });
const setPicture = (person: Person, body: object) => person.send('PUT', '/v1/accounts/me/picture', { body });

/** The roster as readers get it, through the code that reads it, from what is stored. */
async function roster(groupId: string) {
  const items = await itemsOf(moim, 'Roster', { groupId });
  const table = { query: async () => ({ items, nextCursor: null }) } as never;
  return [...(await rosterOf(table, groupId))].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The same, from the sources. */
async function expected(groupId: string) {
  const members = await itemsOf(moim, 'Membership', { groupId, state: 'ACTIVE' });
  const people = await Promise.all(
    members.map(async ({ accountId }) => {
      const [account] = await itemsOf(moim, 'Account', { accountId });
      const { nickname, picture } = account;
      return nickname ? [[accountId, { nickname, ...(picture ? { picture } : {}) }] as const] : [];
    }),
  );
  return people.flat().sort(([a], [b]) => (a < b ? -1 : 1));
}

const names = async (groupId: string) => (await roster(groupId)).map(([, { nickname }]) => nickname).sort();

/** The changes of some items that the stream holds. */
const changesOf = (type: string, text: string): DynamoDBRecord[] =>
  streamOf(moim).filter((record: DynamoDBRecord) => {
    const image = record.dynamodb?.NewImage;
    return image?.type?.S === type && JSON.stringify(image).includes(text);
  });
const deliver = (...Records: DynamoDBRecord[]) => moim.invoke('background-stream', { Records });

test('row 43: it follows who comes, leaves, comes back, is removed, takes a name or a picture, and withdraws', async () => {
  const [ari, bora, cho] = [await withPassword(moim, 'ari'), await someone(moim, 'bora'), await someone(moim, 'cho')];
  const dana = await withPassword(moim, 'dana');
  const { groupId, path } = await found(ari, {}, bora, cho, dana);
  const seen: string[][] = [];
  const look = async () => {
    await moim.settle();
    expect(await roster(groupId)).toEqual(await expected(groupId));
    seen.push(await names(groupId));
  };

  await look();
  await leave(bora, { path });
  await look();
  await bora.post(`${path}/members`);
  await look();
  await kick(ari, { path }, cho);
  await look();
  await rename(ari, 'ari the first');
  await setPicture(ari, { uploadId: await uploadPicture(ari, await jpegOf(painted(8, 8))) });
  await setPicture(dana, { avatar: 3 });
  await look();
  await dana.post('/v1/accounts/me/withdrawal', { reason: 'Enough' });
  await look();

  expect(seen).toEqual([
    ['ari', 'bora', 'cho', 'dana'],
    ['ari', 'cho', 'dana'],
    ['ari', 'bora', 'cho', 'dana'],
    ['ari', 'bora', 'dana'],
    ['ari the first', 'bora', 'dana'],
    ['ari the first', 'bora'],
  ]);
});

test('changes that come doubled, in any order, late, or for a group that has ended leave it as it is', async () => {
  const [leader, member, gone] = [
    await someone(moim, 'eun'),
    await withPassword(moim, 'gyu'),
    await someone(moim, 'hana'),
  ];
  const group = await found(leader, {}, member, gone);
  await rename(member, 'gyu2');
  await rename(member, 'gyu3');
  await leave(gone, group);
  const ended = await found(leader);
  await leave(leader, ended);
  await moim.settle();
  const all = [
    ...[leader, member, gone].flatMap(({ id }) => [...changesOf('Membership', id), ...changesOf('Account', id)]),
    ...changesOf('Group', ended.groupId),
  ];
  const before = await itemsOf(moim, 'Roster');

  const outcomes = [await deliver(...all), await deliver(...all.toReversed(), ...all)];

  expect(all.length).toBeGreaterThan(9);
  expect(outcomes).toEqual(outcomes.map(() => ({ ok: true, payload: { batchItemFailures: [] } })));
  await moim.settle();
  expect(await itemsOf(moim, 'Roster')).toEqual(before);
  expect(await names(group.groupId)).toEqual(['eun', 'gyu3']);
  expect(await itemsOf(moim, 'Roster', { groupId: ended.groupId })).toEqual([]);
});

test('forty who join at once are all in it, and none of them has to wait for another', async () => {
  const [leader, ...others] = await crowd(moim, 41);
  const { groupId, path } = await found(leader!, { capacity: 50 });

  await Promise.all(others.map((each) => each.post(`${path}/members`)));
  await moim.settle();

  expect(await roster(groupId)).toEqual(await expected(groupId));
  expect(await roster(groupId)).toHaveLength(41);
  expect(moim.queues.messages('Parked')).toEqual([]);
});

test('who is not in it is looked up: one request for all of them, and nothing is decided by it', async () => {
  const [leader, member] = [await someone(moim, 'mina'), await someone(moim, 'nari')];
  const group = await found(leader, {}, member);
  await certify(member, group);
  await certify(leader, group);
  await leave(member, group);
  await moim.settle();
  for (const item of await itemsOf(moim, 'Roster', { groupId: group.groupId }))
    await put(moim, 'Roster', { groupId: item.groupId, part: item.part });

  const { body: members } = await leader.get(`${group.path}/members`);
  const membersCost = costOf(moim, 'listMembers');
  const { body: waiting } = await leader.get(`${group.path}/certifications?status=WAITING`);

  expect(members.items.map(({ nickname }: { nickname: string }) => nickname)).toEqual(['mina']);
  expect(membersCost).toMatchObject({ requests: 5, roundTrips: 2 });
  expect(waiting.items).toMatchObject([{ author: { id: member.id, nickname: 'nari' } }]);
  expect(costOf(moim, 'listCertifications')).toMatchObject({ requests: 6, roundTrips: 2 });
});

test('rows 39, 121: it ends with its group, and a purge leaves none', async () => {
  const [leader, member] = await crowd(moim, 2);
  const { groupId, path } = await found(leader!, {}, member!);
  await moim.settle();
  const before = (await itemsOf(moim, 'Roster', { groupId })).length;
  await leader!.post(`${path}/disbanding`);
  await at(moim, new Date(moim.clock.now() + 3 * 86_400_000).toISOString());
  await tick(moim);
  await moim.settle();

  expect(before).toBeGreaterThan(0);
  expect(await itemsOf(moim, 'Roster', { groupId })).toEqual([]);
});
