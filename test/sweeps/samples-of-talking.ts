/** What the requests and actions of chat rooms name that must live, for `samples.ts` and the sweep of actions. */
import { randomUUID } from 'node:crypto';
import { newId } from '../../shared/core/ids.ts';
import { administer, someone } from '../support/people.ts';
import { itemsOf, put } from '../support/table.ts';
import { type Given, tokenOf } from './givens.ts';
import { asked, foundGroup, posted, said, type World } from './world.ts';

/** A group of the leader and the member, where something was said. Some seconds pass: nobody is muted. */
async function withMessage({ moim, leader, member, ids }: World) {
  await moim.clock.advance(6000);
  const group = await foundGroup(leader, member);
  return { ...ids, ...group, roomId: group.groupId, messageId: await said(member, group.groupId) };
}

/** A group of the leader and the member, with a post and a comment of the member. */
async function withPost({ leader, member, ids }: World) {
  const group = await foundGroup(leader, member);
  return { ...ids, ...group, ...(await posted(member, group.groupId)) };
}

/** A message of the member, with a document. */
async function withDocument(world: World) {
  const ids = await withMessage(world);
  const [entry] = await itemsOf(world.moim, 'ChatEntry', { messageId: ids.messageId });
  const file = {
    id: newId(world.moim.clock.now()),
    name: 'Plan.pdf',
    type: 'application/pdf',
    bytes: 1,
    key: 'files/plan',
  };
  await put(world.moim, 'ChatEntry', { ...entry, files: [file] });
  return { ...ids, fileId: file.id };
}

/** A message of the leader to the member. */
async function withPrivateMessage({ leader, member, ids }: World) {
  const group = await foundGroup(leader, member);
  const { status, body } = await leader.post('/v1/messages', { to: member.id, groupId: group.groupId, body: 'Hello' });
  if (status !== 201) throw new Error(`no message: ${JSON.stringify(body)}`);
  return {
    ids: { ...ids, ...group, accountId: leader.id, messageId: body.id as string },
    token: tokenOf(member),
    to: leader.id,
  };
}

/** A study of the leader, with a room that is open. */
async function withRoom({ leader, ids }: World) {
  const study = { kind: 'STUDY', title: 'Algorithms', category: 'IT', startDate: '2027-03-02', endDate: '2027-06-30' };
  const { body: group } = await leader.post('/v1/groups', study);
  const { status, body } = await leader.post(`/v1/groups/${group.id}/rooms`, { category: 'QNA' });
  if (status !== 201) throw new Error(`no room: ${JSON.stringify([group, body])}`);
  return { ...ids, groupId: group.id as string, roomId: body.id as string };
}

/** A poll of the member, with its choices, in a group of the leader. */
async function withPoll({ leader, member, ids }: World) {
  const group = await foundGroup(leader, member);
  const { id, choices } = await asked(member, group.groupId);
  return { ...ids, ...group, pollId: id, choiceId: choices[0]!.id };
}

const ofMember = async (world: World): Promise<Given> => ({
  token: world.member.tokens.accessToken,
  ids: await withPoll(world),
});
/** A message that its reader has reported, for an administrator. */
async function reportedMessage(world: World): Promise<Given> {
  const { ids } = await withPrivateMessage(world);
  const path = `/v1/messages/with/${ids.accountId}/${ids.messageId}/reports`;
  const { status } = await world.member.post(path, { reason: 'INSULT' });
  if (status !== 204) throw new Error(`not reported: ${status}`);
  const admin = await someone(world.moim);
  await administer(world.moim, admin);
  return { token: tokenOf(admin), ids };
}
const given = ({ ids, token }: Awaited<ReturnType<typeof withPrivateMessage>>) => ({ ids, token });

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
  async sendPrivateMessage(world) {
    const { ids, token, to } = await withPrivateMessage(world);
    return { ids, token, body: { to, groupId: ids.groupId, body: 'Hello' } };
  },
  getConversation: async (world) => given(await withPrivateMessage(world)),
  async reportPrivateMessage(world) {
    const about = given(await withPrivateMessage(world));
    // All samples are of one conversation: it changes with its last message alone, so this one is never the last.
    await withPrivateMessage(world);
    return { ...about, body: { reason: 'INSULT' } };
  },
  getPrivateMessageReport: reportedMessage,
  decidePrivateMessage: async (world) => ({ ...(await reportedMessage(world)), body: { decision: 'HIDE' } }),
  deletePrivateMessage: async (world) => given(await withPrivateMessage(world)),
  async markConversationRead(world) {
    const { ids, token } = await withPrivateMessage(world);
    return { ids, token, body: { upTo: ids.messageId } };
  },
  allowChatUpload: async (world) => ({ ids: await withMessage(world) }),
  downloadChatFile: async (world) => ({ ids: await withDocument(world) }),
  listReadMarks: async (world) => ({ ids: await withMessage(world) }),
  // Whoever makes it a notice tells all members of it.
  editPost: async (world) => ({ ids: await withPost(world), body: { kind: 'NOTICE' } }),
  deletePost: async (world) => ({ ids: await withPost(world) }),
  listPostReaders: async (world) => ({ ids: await withPost(world) }),
  async listComments(world) {
    const ids = await withPost(world);
    return { ids, query: `?on=post:${ids.postId}` };
  },
  async writeComment(world) {
    const ids = await withPost(world);
    return { ids, body: { on: `post:${ids.postId}`, text: 'Here it is' } };
  },
  deleteComment: async (world) => ({ ids: await withPost(world), token: tokenOf(world.member) }),
  listPolls: ofMember,
  getPoll: ofMember,
  async editPoll(world) {
    return { ...(await ofMember(world)), body: { question: 'When do we meet?' } };
  },
  deletePoll: ofMember,
  closePoll: ofMember,
  async vote(world) {
    const ids = await withPoll(world);
    return { ids, body: { choiceIds: [ids.choiceId] } };
  },
  async takeBackVote(world) {
    const ids = await withPoll(world);
    await world.leader.put(`/v1/groups/${ids.groupId}/polls/${ids.pollId}/ballot`, { choiceIds: [ids.choiceId] });
    return { ids };
  },
  async listVoters(world) {
    const ids = await withPoll(world);
    return { ids, query: `?choiceId=${ids.choiceId}` };
  },
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
