/** What several use cases of being in a group look at. */
import type { Actor } from '../support/actor.ts';
import { type Moim, type Person, password } from '../support/moim.ts';
import { itemsOf, put, someone } from '../support/scene.ts';

/** What a group counts, who is in it and who leads it: the three must agree. */
export async function groupOf(moim: Moim, groupId: string) {
  const [group] = await itemsOf(moim, 'Group', { groupId });
  const members = await itemsOf(moim, 'Membership', { groupId, state: 'ACTIVE' });
  const leaders = members.filter(({ role, accountId }) => role === 'LEADER' && accountId === group.leaderId);
  return { counted: group.memberCount, members: members.length, leaders: leaders.length };
}

/** Everybody who has the part of a leader. */
export const leadersOf = async (moim: Moim, groupId: string) =>
  (await itemsOf(moim, 'Membership', { groupId, state: 'ACTIVE', role: 'LEADER' })).map(({ accountId }) => accountId);

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
  await put(moim, 'Account', { ...(await itemsOf(moim, 'Account', { accountId: admin.id }))[0], role: 'ADMIN' });
  return admin;
}

/** Withdraws somebody, and lets the erasing run. */
export async function withdrawn(moim: Moim, who: Person) {
  const answer = await who.post('/v1/accounts/me/withdrawal', { reason: 'Enough', password });
  await moim.settle();
  await moim.runSchedule('moim-dev-privacy-eraseAccounts');
  await moim.settle();
  return answer;
}
