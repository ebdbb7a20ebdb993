/** What the requests and actions of chat rooms name that must live, for `samples.ts` and the sweep of actions. */
import { randomUUID } from 'node:crypto';
import type { Given } from './givens.ts';
import { foundGroup, said, type World } from './world.ts';

/** A group of the leader and the member, where something was said. Some seconds pass: nobody is muted. */
async function withMessage({ moim, leader, member, ids }: World) {
  await moim.clock.advance(6000);
  const group = await foundGroup(leader, member);
  return { ...ids, ...group, roomId: group.groupId, messageId: await said(member, group.groupId) };
}

/** A study of the leader, with a room that is open. */
async function withRoom({ leader, ids }: World) {
  const study = { kind: 'STUDY', title: 'Algorithms', category: 'IT', startDate: '2027-03-02', endDate: '2027-06-30' };
  const { body: group } = await leader.post('/v1/groups', study);
  const { status, body } = await leader.post(`/v1/groups/${group.id}/rooms`, { category: 'QNA' });
  if (status !== 201) throw new Error(`no room: ${JSON.stringify([group, body])}`);
  return { ...ids, groupId: group.id as string, roomId: body.id as string };
}

export const ofTalking: Readonly<Record<string, (world: World) => Promise<Given>>> = {
  openRoom: async (world) => ({ ids: await withRoom(world), body: { category: 'PLAN' } }),
  closeRoom: async (world) => ({ ids: await withRoom(world) }),
  async sendMessage(world) {
    const ids = await withMessage(world);
    return { ids, body: { clientId: randomUUID(), after: 0, text: 'Chapter 4' } };
  },
  deleteMessage: async (world) => ({ ids: await withMessage(world) }),
  markRead: async (world) => ({ ids: await withMessage(world), body: { seq: 1 } }),
  listRooms: async (world) => ({ ids: await withMessage(world) }),
  listEntries: async (world) => ({ ids: await withMessage(world) }),
  listReadMarks: async (world) => ({ ids: await withMessage(world) }),
};

/** The data of an action that needs something to live: by its name. */
export async function livingData(name: string, world: World): Promise<object | undefined> {
  if (!name.startsWith('chat.')) return undefined;
  const { groupId, roomId, messageId } = await withMessage(world);
  const room = { groupId, roomId };
  const more: Readonly<Record<string, object>> = {
    'chat.send': { clientId: randomUUID(), after: 0, text: 'Chapter 4' },
    'chat.delete': { messageId },
    'chat.read': { seq: 1 },
  };
  return name === 'chat.heads' ? { rooms: [room] } : { ...room, ...more[name] };
}
