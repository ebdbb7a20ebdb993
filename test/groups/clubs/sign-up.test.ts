/** Row 13: sign-up through a club makes the account and an application to the club, or neither. */
import { type LocalProvider, startLocalProvider } from '../../accounts/identities/local-provider.ts';
import { redirectUri, register } from '../../accounts/identities/support.ts';
import { actorAt, key } from '../../support/actor.ts';
import { interrupted } from '../../support/between.ts';
import { atEachRequest } from '../../support/faults.ts';
import { password, useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { found, leave } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { group, inboxOf } from '../memberships/support.ts';
import { accept, climber, clubOf, everything, profile, storedOf } from './support.ts';

const moim = useMoim();
let provider: LocalProvider;
beforeAll(async () => {
  provider = await startLocalProvider(moim.clock.now);
  await register(moim, { github: provider.registrations.github });
});
afterAll(() => provider.stop());

let count = 0;
/** A ticket, and what a sign-up needs besides. */
async function newcomer() {
  const nickname = `climber${++count}`;
  const email = `${nickname}@example.com`;
  await moim.guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' });
  const code = await moim.codeFor(email);
  const { body } = await moim.guest.post('/v1/email-verifications/confirm', { email, purpose: 'REGISTER', code });
  return { email, body: { ticket: body.ticket as string, password, nickname, locale: 'en' } };
}
const signUp = (body: object, headers = {}) => moim.guest.post('/v1/accounts', body, headers);
const signedIn = async (email: string) => {
  const { tokens } = await moim.signIn(email);
  return actorAt(moim, () => ({ authorization: `Bearer ${tokens.accessToken}` }));
};
/** A person who comes back from GitHub and has no account. */
async function fromGitHub() {
  const { body: begun } = await moim.guest.post('/v1/social-sign-ins', { provider: 'github', redirectUri });
  const query = provider.agree(begun.authorizationUrl, { id: 1000 + ++count, emails: [] });
  const { body } = await moim.guest.post('/v1/social-sign-ins/complete', { ticket: begun.ticket, query });
  return { ticket: body.ticket as string, nickname: `gh${count}` };
}

test('row 13: account and pending membership are one; the managers are asked; the account is free, the club waits', async () => {
  const club = await clubOf(moim, { asks: everything });
  const { email, body } = await newcomer();

  const { status, body: account } = await signUp({
    ...body,
    club: { groupId: club.groupId, message: 'I boulder', profile },
  });
  const cost = costOf(moim, 'signUp');
  await moim.settle();
  const who = await signedIn(email);
  const gated = await who.get(`${club.path}/members`);
  const own = await who.get('/v1/accounts/me');
  const { body: waiting } = await club.leader.get(`${club.path}/applications`);
  await accept(club, account);
  const inside = await who.get(`${club.path}/club-profile`);

  expect([status, account.status, own.status]).toEqual([201, 'ACTIVE', 200]);
  expect(outcome(gated)).toBe('MEMBERSHIP_PENDING');
  expect(waiting.items).toMatchObject([{ accountId: account.id, message: 'I boulder', profile }]);
  expect(await inboxOf(club.leader)).toEqual([`APPLICATION_RECEIVED ${body.nickname} applied to join Wall to wall.`]);
  expect(inside).toMatchObject({ status: 200, body: profile });
  expect(cost).toMatchObject({ roundTrips: 2, requests: 3 });
});

test('rows 7, 13: signing up with a provider does the same', async () => {
  const club = await clubOf(moim, { asks: ['LEVEL'] });
  const told = await fromGitHub();
  const ofClub = (more: object) => ({ groupId: club.groupId, ...more });

  const lacks = await moim.guest.post('/v1/social-sign-ups', {
    ...told,
    club: ofClub({ profile: { realName: '김보라' } }),
  });
  const { status, body } = await moim.guest.post('/v1/social-sign-ups', { ...told, club: ofClub({ profile }) });
  const who = actorAt(moim, () => ({ authorization: `Bearer ${body.session.accessToken}` }));

  expect(lacks).toMatchObject({ status: 422, body: { errors: [{ pointer: '/club/profile/level' }] } });
  expect(status).toBe(201);
  expect(await storedOf(moim, club, { id: body.accountId })).toMatchObject({ state: 'PENDING', profile });
  expect(outcome(await who.get(`${club.path}/members`))).toBe('MEMBERSHIP_PENDING');
});

test('row 13: a club that cannot be applied to makes no account, and the ticket stays good', async () => {
  const closed = await clubOf(moim, { joinPolicy: 'ADMIN' });
  const hidden = await clubOf(moim, { visibility: 'PRIVATE' });
  const full = await clubOf(moim, { capacity: 2 });
  await climber(moim, full);
  const ending = await clubOf(moim);
  await climber(moim, ending);
  await ending.leader.post(`${ending.path}/disbanding`);
  const study = await group(await someone(moim), 'STUDY', { endDate: '2026-06-01' });
  const challenge = await found(await someone(moim));
  const asking = await clubOf(moim, { asks: ['REAL_NAME'] });
  const { body } = await newcomer();
  const nobody = '0197a3c5-7a44-7f3e-9d0b-2f1c5e8a6b90';
  const wanted = [nobody, ...[hidden, study, challenge, closed, full, ending, asking].map(({ groupId }) => groupId)];

  const refused = [];
  for (const groupId of wanted) refused.push(await signUp({ ...body, club: { groupId } }));
  const malformed = await signUp({ ...body, club: { groupId: 'a club' } });
  const without = await signUp(body);

  expect(refused.map(outcome)).toEqual([
    ...Array(4).fill('NOT_FOUND'),
    'JOIN_BY_OTHER_WAY',
    'GROUP_FULL',
    'GROUP_CLOSED',
    'INVALID_REQUEST',
  ]);
  expect(refused.at(-1)!.body.errors).toMatchObject([{ pointer: '/club/profile/realName' }]);
  expect(outcome(malformed)).toBe('INVALID_REQUEST');
  expect(outcome(without)).toBe(201);
  expect(await itemsOf(moim, 'Application', { accountId: without.body.id })).toEqual([]);
});

test('row 13: five sign-ups at once with one ticket make one account and one application', async () => {
  const club = await clubOf(moim);
  const { body } = await newcomer();

  const five = await Promise.all(
    Array.from({ length: 5 }, (_, i) =>
      signUp({ ...body, nickname: `${body.nickname}x${i}`, club: { groupId: club.groupId, profile } }),
    ),
  );

  const applications = await itemsOf(moim, 'Application', { groupId: club.groupId });
  expect(tally(five)).toEqual({ 201: 1, TICKET_INVALID: 4 });
  expect(applications).toHaveLength(1);
  expect(await itemsOf(moim, 'ClubProfile', { groupId: club.groupId })).toHaveLength(1);
  expect((await storedOf(moim, club, { id: applications[0].accountId })).state).toBe('PENDING');
});

test('row 13: a nickname that is taken leaves neither account nor application', async () => {
  const club = await clubOf(moim);
  const [one, other] = [await newcomer(), await newcomer()];
  await signUp(one.body);

  const answer = await signUp({ ...other.body, nickname: one.body.nickname, club: { groupId: club.groupId, profile } });

  expect(outcome(answer)).toBe('NICKNAME_TAKEN');
  for (const kind of ['Application', 'ClubProfile'])
    expect(await itemsOf(moim, kind, { groupId: club.groupId })).toEqual([]);
});

test('row 13: a club that ends at the moment of the sign-up', async () => {
  const club = await clubOf(moim);
  const { body } = await newcomer();

  const late = await interrupted(
    moim,
    () => leave(club.leader, club),
    () => signUp({ ...body, club: { groupId: club.groupId } }),
  );
  const without = await signUp(body);

  expect([late, without].map(outcome)).toEqual(['NOT_FOUND', 201]);
  expect(await itemsOf(moim, 'Application', { groupId: club.groupId })).toEqual([]);
});

test('rows 13, 122: whatever request of a sign-up is lost, the repetition ends in one account and one application', async () => {
  await atEachRequest(
    moim,
    2,
    async () => ({ ...(await clubOf(moim)), body: (await newcomer()).body, headers: key() }),
    ({ groupId, body, headers }) => signUp({ ...body, club: { groupId, profile } }, headers),
    async (club, again, fault) => {
      const { accountId } = (await itemsOf(moim, 'Application', { groupId: club.groupId }))[0] ?? {};
      const { state, profile: own } = await storedOf(moim, club, { id: accountId });
      expect([fault, outcome(again), again.body.id, state, own?.level]).toEqual([fault, 201, accountId, 'PENDING', 4]);
      expect(await itemsOf(moim, 'Application', { groupId: club.groupId })).toHaveLength(1);
    },
  );
});
