/** What several use cases of being in a group look at. */
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { keyOf } from '../../../shared/data/keys.ts';
import type { Actor } from '../../support/actor.ts';
import type { Moim, Person } from '../../support/moim.ts';
import { administer, nextTick, someone } from '../../support/people.ts';
import { askTable, streamOf, tableName } from '../../support/table.ts';

/** The stream's records of members who came into a group, as functions got them. */
export const comersTo = (moim: Moim, groupId: string) =>
  streamOf(moim).filter(
    ({ eventName, dynamodb }) =>
      eventName === 'INSERT' &&
      dynamodb?.NewImage?.type?.S === 'Membership' &&
      dynamodb.NewImage.entered &&
      dynamodb.NewImage.groupId?.S === groupId,
  );

/** A group and its present members, asked for by their keys: a look at the whole table would take its time. */
export async function stateOf(moim: Moim, groupId: string) {
  const TableName = tableName(moim);
  const { Item } = await askTable(moim, 'GetItem', {
    TableName,
    Key: marshall(keyOf('Group', { groupId })),
    ConsistentRead: true,
  });
  const { Items } = await askTable(moim, 'Query', {
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: keyOf('Membership', { groupId, accountId: 'x' }).pk } },
    ConsistentRead: true,
  });
  const members = (Items as Parameters<typeof unmarshall>[0][]).map((item) => unmarshall(item));
  return { group: unmarshall(Item), active: members.filter(({ state }) => state === 'ACTIVE') };
}

/** What a group counts, who is in it and who leads it: the three must agree. */
export async function groupOf(moim: Moim, groupId: string) {
  const { group, active } = await stateOf(moim, groupId);
  const leaders = active.filter(({ role, accountId }) => role === 'LEADER' && accountId === group.leaderId);
  return { counted: group.memberCount, members: active.length, leaders: leaders.length };
}

/** Everybody who has the part of a leader. */
export const leadersOf = async (moim: Moim, groupId: string) =>
  (await stateOf(moim, groupId)).active.filter(({ role }) => role === 'LEADER').map(({ accountId }) => accountId);

/** The lines of somebody's inbox, newest first: type and text. */
export async function inboxOf(who: Actor): Promise<string[]> {
  const { body } = await who.get('/v1/notifications');
  return body.items.map(({ type, text }: { type: string; text: string }) => `${type} ${text}`);
}

/** A group of another kind than a challenge. */
export async function group(leader: Actor, kind: string, more: object = {}) {
  const { status, body } = await leader.post('/v1/groups', {
    kind,
    title: 'Quiet hours',
    category: 'READING',
    ...more,
  });
  if (status !== 201) throw new Error(`the group was not founded: ${JSON.stringify(body)}`);
  return { groupId: body.id as string, path: `/v1/groups/${body.id}` };
}
export const openRoom = (leader: Actor, more: object = {}) => group(leader, 'OPEN_ROOM', more);

/** Somebody who administers the deployment. */
export async function administrator(moim: Moim): Promise<Person> {
  const admin = await someone(moim);
  await administer(moim, admin);
  return admin;
}

/** Withdraws somebody, and lets the erasing run. */
export async function withdrawn(moim: Moim, who: Person) {
  const answer = await who.post('/v1/accounts/me/withdrawal', { reason: 'Enough' });
  await moim.settle();
  await nextTick(moim);
  await moim.settle();
  return answer;
}

/** A generator of numbers below one that gives the same for the same seed (mulberry32). */
export function randomOf(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
export const shuffled = <T>(things: readonly T[], random: () => number): T[] =>
  things
    .map((thing) => ({ thing, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ thing }) => thing);
