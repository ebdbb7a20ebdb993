/**
 * A request that each route takes, made of its contract and of what must live for it (`givens.ts`). `sampleFor` says where a new route needs a word.
 */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { JsonObject } from '../../docgen/json.ts';
import { placeholdersOf } from '../../docgen/route-problems.ts';
import { sampleOf } from '../../docgen/sample.ts';
import { features } from '../../functions/features.ts';
import { receiptOf } from '../../functions/talking/devices/rules.ts';
import { type Feature, hasBody, type Route, routeKey } from '../../shared/core/contract.ts';
import { redirectUri } from '../accounts/identities/support.ts';
import { softwareAuthenticator } from '../support/authenticator.ts';
import { password } from '../support/moim.ts';
import { someone, totpOf } from '../support/people.ts';
import { itemsOf, put } from '../support/table.ts';
import { withPassword } from '../support/with-password.ts';
import {
  administered,
  administeredGroup,
  anotherGroup,
  applied,
  atProvider,
  codeSent,
  type Given,
  inClub,
  invited,
  newcomer,
  ofReminders,
  reported,
  smallGroup,
  ticketFor,
  tokenOf,
  unapprovedTicket,
  undoTicket,
  unread,
  waiting,
  withApp,
  withPasskey,
} from './givens.ts';
import { ofActivity } from './samples-of-activity.ts';
import { ofClubs } from './samples-of-clubs.ts';
import { ofTalking } from './samples-of-talking.ts';
import { foundGroup, linked, over, published, registered, type World, withFile } from './world.ts';

export interface Subject {
  readonly feature: Feature;
  readonly name: string;
  readonly route: Route;
}

/** Every route of every contract. */
export const subjects: readonly Subject[] = features.flatMap((feature) =>
  Object.entries(feature.routes).map(([name, route]) => ({ feature, name, route })),
);
/** For `test.each`: the title, and the route. */
export const each = (wanted: (subject: Subject) => boolean = () => true) =>
  subjects.filter(wanted).map((subject) => [routeKey(subject.route), subject] as const);
export const isGuarded = ({ route }: Subject) => route.auth === 'account';
export const placeholders = ({ route }: Subject) => placeholdersOf(route.path);

/** The JSON Schema of what may be sent, made once of each. */
export function inputSchema(schema: z.ZodType): JsonObject {
  const made = schemas.get(schema) ?? (z.toJSONSchema(schema, { io: 'input' }) as JsonObject);
  schemas.set(schema, made);
  return made;
}
const schemas = new WeakMap<z.ZodType, JsonObject>();

/** A body that a route's schema accepts. */
export function bodyOf({ name, route }: Subject): Record<string, unknown> {
  const schema = inputSchema(route.body);
  const body = sampleOf(schema, schema) as Record<string, unknown>;
  if (!route.body.safeParse(body).success)
    throw new Error(
      `${name} does not take ${JSON.stringify(body)}: teach docgen/sample.ts its body, or give an example`,
    );
  return body;
}

export function pathOf({ route }: Subject, ids: Readonly<Record<string, string>>): string {
  return route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = ids[name];
    if (!id)
      throw new Error(`nothing lives that {${name}} of ${route.path} could name: add it to test/sweeps/world.ts`);
    return id;
  });
}

export interface Sample {
  /** An access token, for guarded routes. */
  readonly token: string | undefined;
  readonly path: string;
  readonly body: unknown;
}
/** What a route needs that its contract cannot tell: by the route's name. */
const living: Readonly<Record<string, (world: World) => Promise<Given>>> = {
  requestEmailCode: async ({ fresh }) => ({ body: { email: `${fresh()}@example.com`, purpose: 'REGISTER' } }),
  confirmEmailCode: async (world) => ({ body: await codeSent(world) }),
  async signUp(world) {
    return { body: { ticket: await ticketFor(world), password, nickname: world.fresh() } };
  },
  checkAvailability: async () => ({ query: '?nickname=somebody' }),
  findLoginId: async ({ fresh }) => ({ body: { email: `${fresh()}@example.com` } }),
  copyUnapproved: async (world) => ({ body: { ticket: await unapprovedTicket(world) } }),
  leaveUnapproved: async (world) => ({ body: { ticket: await unapprovedTicket(world), reason: 'Enough' } }),
  async resetPassword(world) {
    const { email } = await withPassword(world.moim);
    return { body: { ticket: await ticketFor(world, 'PASSWORD', email), password: 'Battery-Staple-9' } };
  },
  resumeMail: async (world) => ({ body: { ticket: await ticketFor(world, 'MAIL') } }),
  async changePassword(world) {
    const token = tokenOf(await withPassword(world.moim));
    return { token, body: { currentPassword: password, password: 'Battery-Staple-9' } };
  },
  async changeEmail(world) {
    const token = tokenOf(await withPassword(world.moim));
    return { token, body: { ticket: await ticketFor(world, 'EMAIL') } };
  },
  undoEmail: async (world) => ({ body: { ticket: await undoTicket(world), password: 'Battery-Staple-9' } }),
  beginPasskey: async ({ moim }) => ({ token: tokenOf(await someone(moim)) }),
  async addPasskey({ moim }) {
    const person = await someone(moim);
    const { body } = await person.post('/v1/accounts/me/passkeys/challenges');
    const credential = softwareAuthenticator().create(body.publicKey);
    return { token: tokenOf(person), body: { name: 'A key', credential } };
  },
  async removePasskey(world) {
    const { person, passkeyId } = await withPasskey(world);
    return { token: tokenOf(person), ids: { ...world.ids, passkeyId } };
  },
  beginTotp: async ({ moim }) => ({ token: tokenOf(await someone(moim)) }),
  async confirmTotp({ moim }) {
    const person = await someone(moim);
    const { body } = await person.post('/v1/accounts/me/totp');
    return { token: tokenOf(person), body: { code: totpOf(moim, body.secret) } };
  },
  removeTotp: withApp,
  renewRecoveryCodes: withApp,
  async signInWithPasskey(world) {
    const { credential } = await withPasskey(world);
    return { body: { credential, device: 'Phone' } };
  },
  async prove(world) {
    const person = await withPassword(world.moim);
    // A proof in the moment of the sign-in would write nothing new.
    await world.moim.clock.advance(1000);
    return { token: tokenOf(person), body: { way: 'PASSWORD', password } };
  },
  requestProofCode: async ({ moim }) => ({ token: tokenOf(await someone(moim)) }),
  editProfile: async () => ({ body: { introduction: 'Reads a lot', website: null } }),
  async withdraw(world) {
    return { token: tokenOf(await newcomer(world)), body: { reason: 'Enough' } };
  },
  requestExport: async ({ moim }) => ({ token: tokenOf(await someone(moim)) }),
  countWaiting: (world) => administered(world, 'ACTIVE'),
  async findAccount(world) {
    const { nickname } = await newcomer(world);
    return { ...(await administered(world, 'ACTIVE')), query: `?nickname=${encodeURIComponent(nickname)}` };
  },
  getAccount: (world) => administered(world, 'SUSPENDED'),
  async inspectGroup(world) {
    const { token, groupId } = await administeredGroup(world, 'TEAM');
    return { token, ids: { ...world.ids, groupId } };
  },
  listAccountDecisions: (world) => administered(world, 'ACTIVE'),
  listWaitingAccounts: (world) => administered(world, 'PENDING'),
  approveAccount: (world) => administered(world, 'PENDING'),
  rejectAccount: async (world) => ({ ...(await administered(world, 'PENDING')), body: { reason: 'Unknown here' } }),
  setRole: async (world) => ({ ...(await administered(world, 'ACTIVE')), body: { role: 'ADMIN' } }),
  async suspendAccount(world) {
    const until = new Date(world.moim.clock.now() + 86_400_000).toISOString();
    return { ...(await administered(world, 'ACTIVE')), body: { reason: 'Spam', until } };
  },
  liftSuspension: (world) => administered(world, 'SUSPENDED'),
  signOutAccount: (world) => administered(world, 'ACTIVE'),
  signOutEverywhere: async (world) => ({ token: tokenOf(await newcomer(world)) }),
  ...ofReminders,
  ...ofTalking,
  listWaitingGroups: (world) => administered(world, 'ACTIVE'),
  async decideGroups(world) {
    const { groupId: first } = await administeredGroup(world, 'WAITING');
    const { token, groupId: second } = await administeredGroup(world, 'WAITING');
    return { token, body: { decisions: [first, second].map((groupId) => ({ groupId, decision: 'APPROVED' })) } };
  },
  async setPaid(world) {
    const { token, groupId } = await administeredGroup(world, 'TEAM');
    return { token, ids: { ...world.ids, groupId }, body: { paid: true } };
  },
  editGroup: async (world) => ({ ids: await anotherGroup(world), body: { title: 'Another title' } }),
  setStatus: async (world) => ({ ids: await anotherGroup(world), body: { status: 'COMPLETED' } }),
  disbandGroup: async (world) => ({ ids: await anotherGroup(world) }),
  async keepGroup(world) {
    const ids = await anotherGroup(world);
    await world.leader.post(`/v1/groups/${ids.groupId}/disbanding`);
    return { ids };
  },
  beginSocialSignIn: async () => ({ body: { provider: 'github', redirectUri } }),
  completeSocialSignIn: async (world) => ({ body: await atProvider(world) }),
  async socialSignUp(world) {
    const { body } = await world.moim.guest.post('/v1/social-sign-ins/complete', await atProvider(world));
    return { body: { ticket: body.ticket, nickname: world.fresh() } };
  },
  async beginLinking({ moim }) {
    return { token: tokenOf(await someone(moim)), body: { provider: 'github', redirectUri } };
  },
  async beginProof({ moim }) {
    const person = await someone(moim);
    const [authority] = await itemsOf(moim, 'Authority', { accountId: person.id });
    await put(moim, 'Authority', { ...authority, identities: { apple: person.id } });
    return { token: tokenOf(person), body: { provider: 'apple', redirectUri } };
  },
  async unlinkIdentity({ moim, ids }) {
    const person = await someone(moim);
    return { token: tokenOf(person), ids: { ...ids, identityId: await linked(moim, person) } };
  },
  signIn: async ({ member }) => ({ body: { email: member.email, password } }),
  refresh: async (world) => ({ body: { refreshToken: (await newcomer(world)).tokens.refreshToken } }),
  signOut: async (world) => ({ token: tokenOf(await newcomer(world)) }),
  async downloadFile({ moim, leader, ids }) {
    const made = await foundGroup(leader);
    return { ids: { ...ids, ...made, fileId: await withFile(moim, made.groupId) } };
  },
  async joinGroup({ leader, stranger, ids }) {
    return { token: tokenOf(stranger), ids: { ...ids, ...(await foundGroup(leader)) } };
  },
  async addMember(world) {
    const { token } = await administered(world, 'ACTIVE');
    return { token: token!, ids: { ...(await smallGroup(world)).ids, accountId: (await someone(world.moim)).id } };
  },
  async leaveGroup(world) {
    const { ids, member } = await smallGroup(world);
    return { token: tokenOf(member), ids };
  },
  async handOver(world) {
    const { token, ids, member } = await smallGroup(world);
    return { token, ids, body: { accountId: member.id } };
  },
  async succeedLeader(world) {
    const { ids, member, leader } = await smallGroup(world);
    // The leader was not there for as long as a session lives.
    const [session] = await itemsOf(world.moim, 'Session', { accountId: leader.id });
    await put(world.moim, 'Session', { ...session, expiresAt: 1 });
    return { token: tokenOf(member), ids };
  },
  setMemberRole: (world) => smallGroup(world),
  kickMember: (world) => smallGroup(world),
  warnMember: (world) => smallGroup(world),
  async liftKick(world) {
    const { token, ids, leader, member } = await smallGroup(world);
    await leader.post(`/v1/groups/${ids.groupId}/members/${member.id}/kick`, { reason: 'Spam' });
    return { token, ids };
  },
  async apply(world) {
    const { ids } = await smallGroup(world, { joinPolicy: 'APPLY' });
    return { token: tokenOf(await someone(world.moim)), ids, body: { message: 'Please' } };
  },
  listApplicantReviews: applied,
  acceptApplication: applied,
  rejectApplication: applied,
  async withdrawApplication(world) {
    const { ids, applicant } = await applied(world);
    return { token: tokenOf(applicant), ids };
  },
  getOwnClubProfile: inClub,
  setClubProfile: inClub,
  listClubProfiles: inClub,
  renewInviteCode: (world) => smallGroup(world),
  makeInviteLink: (world) => smallGroup(world),
  lookAtInvitation: invited,
  acceptInvitation: invited,
  ...ofActivity,
  ...ofClubs,
  listViewer: async ({ ids }) => ({ query: `?groupIds=${ids.groupId}` }),
  async removeReview({ leader, ids }) {
    await leader.send('PUT', `/v1/groups/${ids.groupId}/reviews/${ids.accountId}`, { body: { score: 7 } });
    return { ids };
  },
  async report(world) {
    const ids = await waiting(world);
    return { ids, body: { subject: `certification:${ids.certificationId}`, reason: 'SPAM' } };
  },
  async getReport(world) {
    const { ids, subject } = await reported(world);
    return { ids, query: `?subject=${subject}` };
  },
  async decideReport(world) {
    const { ids, subject } = await reported(world);
    return { ids, body: { subject, decision: 'HIDE' } };
  },
  // The third takes a plan off the gallery: each gets one of its own.
  async reportPlan({ moim, leader, ids }) {
    const { planId } = await published(moim, leader);
    return { token: tokenOf(await someone(moim)), ids: { ...ids, planId } };
  },
  async decidePlan(world) {
    const { token, ids } = await administered(world, 'ACTIVE');
    const { planId } = await published(world.moim, world.leader);
    return { token: token!, ids: { ...ids, planId }, body: { decision: 'HIDE' } };
  },
  async getPlanReport(world) {
    const { token, ids } = await administered(world, 'ACTIVE');
    const { planId } = await published(world.moim, world.leader);
    await world.member.post(`/v1/plans/${planId}/reports`, { reason: 'PRIVACY' });
    return { token: token!, ids: { ...ids, planId } };
  },
  inspectPlan: (world) => administered(world, 'ACTIVE'),
  listReportsOfLeaders: (world) => administered(world, 'ACTIVE'),
  publishPlan: async ({ moim, leader, ids }) => ({ ids: { ...ids, ...(await over(moim, leader)) } }),
  takeBackPlan: async ({ moim, leader, ids }) => ({ ids: { ...ids, ...(await published(moim, leader)) } }),
  startFromPlan: async () => ({ body: {} }),
  readNotification: async (world) => ({ ids: { ...world.ids, notificationId: await unread(world) } }),
  readNotifications: async (world) => ({ body: { until: await unread(world) } }),
  deleteNotification: async (world) => ({ ids: { ...world.ids, notificationId: await unread(world) } }),
  async registerDevice(world) {
    const token = `a-token-of-an-app:${world.fresh()}`;
    return { token: tokenOf(await newcomer(world)), body: { kind: 'FCM', token } };
  },
  async removeDevice(world) {
    return { ids: { ...world.ids, deviceId: await registered(world.leader, world.fresh()) } };
  },
  async confirmPush(world) {
    const device = {
      ...{ accountId: world.leader.id, deviceId: randomUUID(), sessionId: randomUUID(), name: 'Browser' },
      ...{ kind: 'WEB' as const, endpoint: 'https://push.example.com/a', p256dh: 'x', auth: 'x'.repeat(22) },
      registeredAt: '2026-03-02T03:00:00.000Z',
    };
    await put(world.moim, 'Device', device);
    return { body: { receipt: receiptOf(device) } };
  },
  // Nobody who takes part in anything, so that everybody else goes on seeing and hearing of each other.
  blockAccount: async ({ onlooker, ids }) => ({ ids: { ...ids, accountId: onlooker.id } }),
  unblockAccount: async ({ onlooker, ids }) => ({ ids: { ...ids, accountId: onlooker.id } }),
};

/** A request that succeeds, once: everything it uses up is made for it. By the leader, unless `living` names another. */
export async function sampleFor(subject: Subject, world: World, make = living[subject.name]): Promise<Sample> {
  const { token = tokenOf(world.leader), ids = world.ids, body, query = '' } = (await make?.(world)) ?? {};
  await world.moim.settle();
  return {
    token: isGuarded(subject) ? token : undefined,
    path: pathOf(subject, ids) + query,
    body: hasBody(subject.route) ? (body ?? bodyOf(subject)) : undefined,
  };
}
