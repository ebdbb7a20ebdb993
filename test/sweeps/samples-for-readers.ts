/** Requests whose answers say more to a reader than those of `samples.ts`: lists with something in them, and words that people write. */
import { someone } from '../support/people.ts';
import {
  administered,
  administeredGroup,
  applied,
  approved,
  type Given,
  inClub,
  reported,
  smallGroup,
  tokenOf,
  withExcuse,
  withMission,
} from './givens.ts';
import { asked, foundGroup, type World } from './world.ts';

type Make = (world: World) => Promise<Given>;

/** A list of somebody's own, after they have done something that gets into it. */
const after =
  (path: (world: World) => string, method: 'PUT' | 'POST' = 'PUT', body: object = {}): Make =>
  async (world) => {
    const person = await someone(world.moim);
    await person.send(method, path(world), { body });
    return { token: tokenOf(person) };
  };
const withBody =
  (make: Make, body: object): Make =>
  async (world) => ({ ...(await make(world)), body });

/** A review of the member by the leader of a group. */
async function reviewed(world: World) {
  const { ids, leader, member } = await smallGroup(world);
  await leader.send('PUT', `/v1/groups/${ids.groupId}/reviews/${member.id}`, {
    body: { score: 9, text: 'Always on time.' },
  });
  return { ids, leader, member };
}

/** A poll in which the leader has voted. */
async function voted({ leader, member, ids }: World): Promise<Given> {
  const group = await foundGroup(leader, member);
  const poll = await asked(member, group.groupId);
  const choiceId = poll.choices[0]!.id;
  await leader.put(`/v1/groups/${group.groupId}/polls/${poll.id}/ballot`, { choiceIds: [choiceId] });
  return { ids: { ...ids, ...group, pollId: poll.id }, query: `?choiceId=${choiceId}` };
}

/** A group with an application, for its leader. */
const withApplication: Make = async (world) => {
  const { token, ids } = await applied(world);
  return { token, ids };
};
const ofApproved: Make = async (world) => ({ ids: await approved(world) });

export const forReaders: Readonly<Record<string, Make>> = {
  listBlocks: after(({ onlooker }) => `/v1/accounts/me/blocks/${onlooker.id}`),
  listLikes: after(({ ids }) => `/v1/groups/${ids.groupId}/like`),
  listExports: after(() => '/v1/accounts/me/exports', 'POST'),
  async listBarred(world) {
    const { token, ids, leader, member } = await smallGroup(world);
    await leader.post(`/v1/groups/${ids.groupId}/members/${member.id}/kick`, { reason: 'Posted advertisements' });
    return { token, ids };
  },
  listApplications: withApplication,
  rejectApplication: withBody(withApplication, { reason: 'This month is full. Please try the next one.' }),
  async listOwnApplications(world) {
    const { applicant } = await applied(world);
    return { token: tokenOf(applicant) };
  },
  kickMember: withBody(smallGroup, { reason: 'Posted advertisements' }),
  warnMember: withBody(smallGroup, { reason: 'Please keep to the topic' }),
  async getInviteCode(world) {
    const { token, ids, leader } = await smallGroup(world);
    await leader.post(`/v1/groups/${ids.groupId}/invite-code/renew`);
    return { token, ids };
  },
  listCertifications: ofApproved,
  getWall: ofApproved,
  listDecisions: ofApproved,
  async listCheers(world) {
    const ids = await approved(world);
    await world.leader.put(`/v1/groups/${ids.groupId}/certifications/${ids.certificationId}/cheers/me`, {
      kind: 'STAR',
    });
    return { ids };
  },
  listExcuses: async (world) => (await withExcuse(world)).judged,
  async listNudges(world) {
    const { ids, leader, member } = await smallGroup(world);
    const { body } = await leader.post(`/v1/groups/${ids.groupId}/missions`, {
      kind: 'ONCE',
      title: 'Read',
      way: 'TEXT',
    });
    await leader.post(`/v1/groups/${ids.groupId}/missions/${body.id}/nudges`, { to: member.id });
    return { token: tokenOf(member), ids };
  },
  writeReview: withBody(smallGroup, { score: 9, text: 'Always on time.' }),
  async listWrittenReviews(world) {
    return { token: tokenOf((await reviewed(world)).leader) };
  },
  async listReceivedReviews(world) {
    return { token: tokenOf((await reviewed(world)).member) };
  },
  async listReminders(world) {
    const { token, ids, leader } = await smallGroup(world);
    const path = `/v1/groups/${ids.groupId}/missions`;
    const { body } = await leader.post(path, { kind: 'ONCE', title: 'Read', way: 'TEXT' });
    await leader.send('PUT', `${path}/${body.id}/reminder`, { body: { times: ['07:10'] } });
    return { token };
  },
  makePoll: async () => ({ body: { question: 'Where do we meet?', choices: ['Library', 'Café'] } }),
  listVoters: voted,
  async listClubProfiles(world) {
    const given = await inClub(world);
    const profile = { level: 4, homeGym: 'Rock Valley', realName: '김보라' };
    await world.send({
      method: 'PUT',
      path: `/v1/groups/${given.ids!.groupId}/club-profile`,
      headers: { authorization: `Bearer ${given.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(profile),
    });
    return given;
  },
  async listAccountDecisions(world) {
    const given = await administered(world, 'ACTIVE');
    const until = new Date(world.moim.clock.now() + 86_400_000).toISOString();
    await world.send({
      method: 'PUT',
      path: `/v1/admin/accounts/${given.ids!.accountId}/suspension`,
      headers: { authorization: `Bearer ${given.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'Spam', until }),
    });
    return given;
  },
  listWaitingAccounts: (world) => administered(world, 'PENDING'),
  async listWaitingGroups(world) {
    return { token: (await administeredGroup(world, 'WAITING')).token };
  },
  async listReports(world) {
    return { ids: (await reported(world)).ids };
  },
  createMission: withBody(async (world) => ({ ids: world.ids }), {
    kind: 'REPEAT',
    title: 'Solve one problem',
    way: 'PHOTO',
    frequency: { every: 'DAY' },
  }),
  editMission: withBody(withMission, { title: 'Read chapter 2' }),
};
