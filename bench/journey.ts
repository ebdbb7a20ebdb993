/** What people do in a month of moim, each once, and what it costs. */
import { randomUUID } from 'node:crypto';
import { challenge, type Moim, upload } from '../test/support/moim.ts';
import { crowd, renew } from '../test/support/people.ts';
import { meteredIn, type Told } from './metered.ts';

/** The steps of the journey, and the route or the socket action of each. */
export const steps = {
  'ask for a code': 'requestEmailCode',
  'confirm the code': 'confirmEmailCode',
  'sign up': 'signUp',
  'sign in': 'signIn',
  refresh: 'refresh',
  'refresh, with a key': 'refresh',
  'own account': 'getOwnAccount',
  'found a challenge': 'createGroup',
  'found a challenge, with a key': 'createGroup',
  join: 'joinGroup',
  'join, with a key': 'joinGroup',
  'groups to join': 'listGroups',
  'a group': 'getGroup',
  'own groups': 'listOwnGroups',
  'an own group': 'getOwnGroup',
  members: 'listMembers',
  like: 'likeGroup',
  missions: 'listMissions',
  'a ticket for a socket': 'issueSocketTicket',
  connect: '$connect',
  ping: 'ping',
  'presign an upload': 'allowUpload',
  submit: 'submitCertification',
  deny: 'denyCertification',
  edit: 'editCertification',
  approve: 'approveCertification',
  'one certification': 'getCertification',
  notifications: 'listNotifications',
  'read a notification': 'readNotification',
  disconnect: '$disconnect',
  'feed of 20': 'listCertifications',
} as const;
export type Step = keyof typeof steps;

const key = () => ({ 'idempotency-key': randomUUID() });

/** A challenge as people found it: with a tag and a description of two lines. */
const asFounded = (more: object = {}) =>
  challenge({
    description:
      'We solve one problem a day, in any language, and explain it in three sentences.\nBeginners are welcome.',
    tags: ['ALGORITHM'],
    ...more,
  });

/** Lives the journey in a cloud of its own. Gives the cost of each step. */
export async function liveTheJourney(moim: Moim, step: (text: string) => void): Promise<ReadonlyMap<Step, Told>> {
  const costs = new Map<Step, Told>();
  const metered = meteredIn(moim);
  /** Ends a step. The clock moves, as it does between the requests of people. */
  async function told(name: Step) {
    costs.set(name, await metered.told(steps[name]));
    await moim.clock.advance(1000);
    await metered.skip();
  }

  const leader = await moim.person('minji');
  const member = await moim.person('jisoo');
  await moim.guest.post('/v1/email-verifications', { email: 'sori@example.com', purpose: 'REGISTER' });
  await told('ask for a code');
  const code = await moim.codeFor('sori@example.com');
  const { body: confirmed } = await moim.guest.post('/v1/email-verifications/confirm', {
    email: 'sori@example.com',
    purpose: 'REGISTER',
    code,
  });
  await told('confirm the code');
  const account = { ticket: confirmed.ticket, password: 'Correct-Horse-7', nickname: 'sori', locale: 'en' };
  await moim.guest.post('/v1/accounts', account);
  await told('sign up');
  const signedIn = await moim.guest.post('/v1/sessions', { email: member.email, password: 'Correct-Horse-7' });
  await told('sign in');
  const { refreshToken } = signedIn.body;
  const renewed = await moim.guest.post('/v1/sessions/refresh', { refreshToken });
  await told('refresh');
  await moim.guest.post('/v1/sessions/refresh', { refreshToken: renewed.body.refreshToken }, key());
  await told('refresh, with a key');
  await member.get('/v1/accounts/me');
  await told('own account');

  step('signed up and in; the challenge');
  const { body: group } = await leader.post('/v1/groups', asFounded({ endDate: '2026-04-30', capacity: 20 }));
  await told('found a challenge');
  await leader.post('/v1/groups', asFounded(), key());
  await told('found a challenge, with a key');
  const at = `/v1/groups/${group.id}`;
  await member.post(`${at}/members`);
  await told('join');
  const sori = await moim.signIn('sori@example.com');
  await metered.skip();
  await moim.guest.post(`${at}/members`, {}, { ...key(), authorization: `Bearer ${sori.tokens.accessToken}` });
  await told('join, with a key');
  await member.get('/v1/groups');
  await told('groups to join');
  await moim.guest.get(at);
  await told('a group');
  await member.get('/v1/accounts/me/groups');
  await told('own groups');
  await member.get(`/v1/accounts/me/groups/${group.id}`);
  await told('an own group');
  await member.get(`${at}/members`);
  await told('members');
  await member.put(`${at}/like`);
  await told('like');
  await member.get(`${at}/missions`);
  await told('missions');
  const { body: missions } = await member.get(`${at}/missions`);
  const submitAt = `${at}/missions/${missions.items[0].id}/certifications`;

  await member.post('/v1/socket-tickets');
  await told('a ticket for a socket');
  const socket = await member.socket();
  await told('connect');
  await moim.clock.advance(300_000);
  await metered.skip();
  await socket.ask({ id: 1, action: 'ping', data: {} });
  await told('ping');
  const uploadId = await upload(member, group.id);
  await told('presign an upload');
  const { body: certification } = await member.post(submitAt, { text: 'Chapter 3', uploadIds: [uploadId] });
  await told('submit');
  const one = `${at}/certifications/${certification.id}`;
  await leader.post(`${one}/deny`, { reason: 'The notes cannot be read' });
  await told('deny');
  await member.patch(one, { text: 'Chapter 3, readable now' });
  await told('edit');
  await leader.post(`${one}/approve`);
  await told('approve');
  await leader.get(one);
  await told('one certification');
  const { body: inbox } = await member.get('/v1/notifications');
  await told('notifications');
  await member.post(`/v1/notifications/${inbox.items[0].id}/read`);
  await told('read a notification');
  socket.close();
  await socket.closed;
  await told('disconnect');

  step('ten authors certify twice for a full feed');
  const authors = await crowd(moim, 9);
  for (const author of authors) await author.post(`${at}/members`);
  for (let day = 0; day < 2; day++) {
    await moim.clock.advance(86_400_000);
    leader.tokens = (await moim.signIn(leader.email)).tokens;
    for (const author of authors) await renew(moim, author);
    for (const author of [leader, ...authors]) {
      const text = 'A text of the length that people write, about a line';
      const { body } = await author.post(submitAt, { text, uploadIds: [await upload(author, group.id)] });
      await moim.settle();
      if (author !== leader) await leader.post(`${at}/certifications/${body.id}/approve`);
    }
  }
  await metered.skip();
  const { body: feed } = await leader.get(`${at}/certifications?limit=20`);
  if (feed.items.length !== 20) throw new Error(`the feed has ${feed.items.length} certifications`);
  await told('feed of 20');
  return costs;
}
