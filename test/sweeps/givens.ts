/** What some requests need to live before they are made: people, groups, tickets, codes. */

import { iso } from '../../shared/core/time.ts';
import { redirectUri } from '../accounts/identities/support.ts';
import { softwareAuthenticator } from '../support/authenticator.ts';
import type { Person } from '../support/moim.ts';
import { administer, become, someone, withFactor } from '../support/people.ts';
import { found } from '../support/scene.ts';
import { itemsOf, put } from '../support/table.ts';
import { withPassword } from '../support/with-password.ts';
import { foundGroup, passkeyOf, submit, type World } from './world.ts';

export const tokenOf = ({ tokens }: Person) => tokens.accessToken;
export type Given = { token?: string; ids?: Readonly<Record<string, string>>; body?: object; query?: string };

/** A certification that waits, in a group of its own. */
export async function waiting({ moim, leader, member, ids }: World) {
  // A member may submit once in five seconds.
  await moim.clock.advance(6_000);
  const group = await foundGroup(leader, member);
  const { body } = await submit(member, group);
  return { ...ids, ...group, certificationId: body.id as string };
}
/** The same, which the leader has reported. */
export async function reported(world: World) {
  const ids = await waiting(world);
  const subject = `certification:${ids.certificationId}`;
  await world.leader.post(`/v1/groups/${ids.groupId}/reports`, { subject, reason: 'SPAM' });
  return { ids, subject };
}
/** An approved certification of the member. */
export async function approved(world: World) {
  const ids = await waiting(world);
  await world.moim.settle();
  await world.leader.post(`/v1/groups/${ids.groupId}/certifications/${ids.certificationId}/approve`);
  return ids;
}
export async function codeSent({ moim, fresh }: World, purpose = 'REGISTER', email = `${fresh()}@example.com`) {
  await moim.guest.post('/v1/email-verifications', { email, purpose });
  return { email, purpose, code: await moim.codeFor(email) };
}
export async function ticketFor(world: World, purpose?: string, email?: string): Promise<string> {
  const { body } = await world.moim.guest.post(
    '/v1/email-verifications/confirm',
    await codeSent(world, purpose, email),
  );
  return body.ticket;
}
/** A ticket of somebody whose account was not approved. */
export async function unapprovedTicket(world: World): Promise<string> {
  const person = await withPassword(world.moim);
  await become(world.moim, person, 'REJECTED');
  return ticketFor(world, 'LEAVE', person.email);
}
/** Somebody new, about to come back from a provider. */
export async function atProvider({ moim, provider, fresh }: World) {
  const { body } = await moim.guest.post('/v1/social-sign-ins', { provider: 'github', redirectUri });
  return { ticket: body.ticket, query: provider.agree(body.authorizationUrl, { id: fresh(), emails: [] }) };
}
/** Somebody whom nothing else depends on. */
export const newcomer = ({ moim, fresh }: World) => moim.person(fresh());
/** Somebody new with a passkey, and a challenge answered by it. */
export async function withPasskey({ moim, fresh }: World) {
  const person = await moim.person(fresh());
  const authenticator = softwareAuthenticator();
  const passkeyId = await passkeyOf(person, authenticator);
  const { body } = await moim.guest.get('/v1/passkey-challenges');
  return { person, passkeyId, credential: authenticator.get(body.publicKey) };
}

/** Somebody new with an authenticator app. */
export async function withApp(world: World): Promise<Given> {
  const person = await someone(world.moim);
  await withFactor(world.moim, person);
  return { token: tokenOf(person) };
}

/** The right to undo a change of somebody's address, as the mail to the old one brings it. */
export async function undoTicket(world: World): Promise<string> {
  const person = await withPassword(world.moim);
  await person.put('/v1/accounts/me/email', { ticket: await ticketFor(world, 'EMAIL') });
  await world.moim.settle();
  const mail = await world.moim.mail.next(person.email, ({ text }) => text.includes('#'));
  return /#([\w-]{43})/.exec(mail.text)![1]!;
}

/** An administrator, and an account in a status. */
export async function administered({ moim, ids }: World, status: 'ACTIVE' | 'PENDING' | 'SUSPENDED'): Promise<Given> {
  const [admin, account] = [await someone(moim), await someone(moim)];
  await administer(moim, admin);
  await become(moim, account, status);
  return { token: tokenOf(admin), ids: { ...ids, accountId: account.id } };
}

/** An administrator, and a team or a group that waits, of somebody else. */
export async function administeredGroup(
  world: World,
  kind: 'TEAM' | 'WAITING',
): Promise<{ token: string; groupId: string }> {
  const { token } = await administered(world, 'ACTIVE');
  const founder = await someone(world.moim);
  const days = { startDate: undefined, endDate: '2027-12-31' };
  const { body } = await founder.post('/v1/groups', { kind: 'TEAM', title: 'A team', category: 'IT', ...days });
  if (kind === 'WAITING') {
    const [item] = await itemsOf(world.moim, 'Group', { groupId: body.id });
    await put(world.moim, 'Group', { ...item, approvalStatus: 'PENDING', waitingFor: 'APPROVAL' });
  }
  return { token: token!, groupId: body.id };
}

/** A notification of the leader that is not read. */
export async function unread({ moim, leader, member }: World): Promise<string> {
  // What comes in the instant at which all was read counts as read.
  await moim.clock.advance(1000);
  await foundGroup(leader, member);
  await moim.settle();
  const { body } = await leader.get('/v1/notifications');
  return body.items.find(({ read }: { read: boolean }) => !read).id;
}

/** A group of the leader and the member that nothing else happens in. */
export const anotherGroup = async ({ leader, member, ids }: World) => ({
  ...ids,
  ...(await foundGroup(leader, member)),
});

/** A group of somebody's own with a member, whom nothing else depends on; the path's account is the member's. */
export async function smallGroup({ moim, ids }: World, more: object = {}) {
  const [leader, member] = [await someone(moim), await someone(moim)];
  const { groupId } = await found(leader, more, member);
  return { token: tokenOf(leader), ids: { ...ids, groupId, accountId: member.id }, leader, member };
}
/** Such a group that is a club. */
export async function inClub(world: World): Promise<Given> {
  const { token, ids } = await smallGroup(world);
  const [item] = await itemsOf(world.moim, 'Group', { groupId: ids.groupId });
  await put(world.moim, 'Group', { ...item, kind: 'CLUB' });
  return { token, ids };
}
/** Such a group with an application that waits. */
export async function applied(world: World) {
  const { token, ids } = await smallGroup(world, { joinPolicy: 'APPLY' });
  const applicant = await someone(world.moim);
  await applicant.post(`/v1/groups/${ids.groupId}/applications`);
  return { token, ids: { ...ids, accountId: applicant.id }, applicant };
}
/** Somebody who was told such a group's code. */
export async function invited(world: World): Promise<Given> {
  const { ids, leader } = await smallGroup(world);
  const { body } = await leader.post(`/v1/groups/${ids.groupId}/invite-code/renew`);
  return { token: tokenOf(await someone(world.moim)), body: { code: body.inviteCode } };
}
/** A mission that nobody has certified, in such a group. */
export async function withMission(world: World): Promise<Given> {
  const { token, ids, leader } = await smallGroup(world);
  const { body } = await leader.post(`/v1/groups/${ids.groupId}/missions`, {
    kind: 'ONCE',
    title: 'Read',
    way: 'TEXT',
  });
  return { token, ids: { ...ids, missionId: body.id } };
}
/** An administrator, and a text that encourages in reminders. */
async function withMotivation(world: World): Promise<Given> {
  const { moim, ids } = world;
  const admin = await someone(moim);
  await administer(moim, admin);
  const words = { ko: `천천히 해요 ${world.fresh()}`, en: 'Take your time', variant: 'ANY_DAY' };
  const { body } = await admin.post('/v1/admin/motivations', words);
  return { token: tokenOf(admin), ids: { ...ids, motivationId: body.id } };
}
/** Own times of a mission, which can be cleared. */
async function withReminder(world: World): Promise<Given> {
  const { token, ids, leader } = await smallGroup(world);
  const path = `/v1/groups/${ids.groupId}/missions`;
  const { body } = await leader.post(path, { kind: 'ONCE', title: 'Read', way: 'TEXT' });
  await leader.send('PUT', `${path}/${body.id}/reminder`, { body: { times: ['07:10'] } });
  return { token, ids: { ...ids, missionId: body.id } };
}

export const ofReminders = {
  setReminder: async (world: World) => ({ ...(await withMission(world)), body: { times: ['07:10'] } }),
  clearReminder: withReminder,
  listMotivations: (world: World) => administered(world, 'ACTIVE'),
  addMotivation: (world: World) => administered(world, 'ACTIVE'),
  editMotivation: withMotivation,
  deleteMotivation: withMotivation,
};
/** Some days from today on. */
export function fromToday({ clock }: World['moim']) {
  const day = (n: number) => new Date(clock.now() + n * 86_400_000).toISOString().slice(0, 10);
  return { from: day(1), until: day(3) };
}
/** An excuse that waits in such a group: for the member who asked, and for the leader who decides. */
export async function withExcuse(world: World) {
  const { token, ids, member } = await smallGroup(world, { excusesNeedApproval: true });
  const asked = { ...fromToday(world.moim), reason: 'Travelling' };
  const { body } = await member.post(`/v1/groups/${ids.groupId}/excuses`, asked);
  const named = { ...ids, excuseId: body.id };
  return { excused: { token: tokenOf(member), ids: named }, judged: { token, ids: named } };
}
/** A member of such a group who has done nothing for a month. */
export async function away(world: World) {
  const { moim } = world;
  const { ids, member } = await smallGroup(world);
  const { groupId } = ids as { groupId: string };
  const before = iso(moim.clock.now() - 30 * 86_400_000);
  const [group] = await itemsOf(moim, 'Group', { groupId });
  const [mission] = await itemsOf(moim, 'Mission', { groupId });
  const [membership] = await itemsOf(moim, 'Membership', { groupId, accountId: member.id });
  await put(moim, 'Group', { ...group, startDate: before.slice(0, 10), endDate: '2029-12-31' });
  await put(moim, 'Mission', { ...mission, createdAt: before });
  await put(moim, 'Membership', { ...membership, joinedAt: before });
  const named = { ...ids, groupId, missionId: mission.missionId as string };
  return { token: tokenOf(member), ids: named, accountId: member.id, body: { choice: 'GO_ON' } };
}
/** Marks a mission as certified: a request does so before its certification, and also if that is refused in the end. */
export async function begin(moim: World['moim'], missionId: string) {
  const [mission] = await itemsOf(moim, 'Mission', { missionId });
  await put(moim, 'Mission', { ...mission, begun: true });
}
/** A mission to skip. */
export async function skippable(world: World): Promise<Given> {
  const given = await withMission(world);
  await begin(world.moim, given.ids!.missionId!);
  return { ...given, body: { reason: 'Ill' } };
}
