/** Row 13: the decision of a club on an applicant is mailed, in the applicant's language. */
import { interrupted } from '../../support/between.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { itemsOf, put } from '../../support/table.ts';
import { group, groupOf, inboxOf } from '../memberships/support.ts';
import { accept, applicant, climber, clubOf, profile, reject, storedOf } from './support.ts';

const moim = useMoim();
const mailsTo = async ({ email }: Person) => {
  await moim.settle();
  return moim.mail.list({ to: email });
};
const speaks = async ({ id }: Person, locale: 'ko' | 'en') =>
  put(moim, 'Account', { ...(await itemsOf(moim, 'Account', { accountId: id }))[0], locale });

test('row 13: an acceptance and a rejection with its reason reach their person by mail and in the inbox', async () => {
  const club = await clubOf(moim, { title: 'Wall & wall' });
  const [ari, bora] = [await applicant(moim, club), await applicant(moim, club)];
  await speaks(ari, 'ko');

  const accepted = await accept(club, ari);
  const cost = costOf(moim, 'acceptApplication');
  await moim.clock.advance(1);
  const rejected = await reject(club, bora, 'Full until <March>');

  const [[yes, ...more], [no, ...others]] = [await mailsTo(ari), await mailsTo(bora)];
  expect([accepted, rejected].map(outcome)).toEqual([200, 200]);
  expect([more, others]).toEqual([[], []]);
  expect([yes!.subject, no!.subject]).toEqual([
    '[moim] 가입 신청이 승인됐어요',
    '[moim] Your application was not accepted',
  ]);
  expect(yes!.text).toContain('Wall & wall');
  expect(no!.text).toContain('Full until <March>');
  expect(no!.html).toContain('Full until &lt;March&gt;');
  expect(await inboxOf(ari)).toEqual(['APPLICATION_ACCEPTED Your application to Wall & wall was accepted.']);
  expect(await inboxOf(bora)).toEqual(['APPLICATION_REJECTED Your application to Wall & wall was rejected.']);
  expect(cost).toMatchObject({ requests: 2, roundTrips: 2 });
  expect(await itemsOf(moim, 'Decision', { scopeId: club.groupId })).toMatchObject([
    { subject: `application:${ari.id}`, after: 'ACCEPTED' },
    { subject: `application:${bora.id}`, after: 'REJECTED', reason: 'Full until <March>' },
  ]);
});

test('row 13: a club says why it rejects; other kinds need not, and send no mail', async () => {
  const club = await clubOf(moim);
  const study = { ...(await group(club.leader, 'STUDY', { endDate: '2026-06-01' })), leader: club.leader };
  const [who, other] = [await applicant(moim, club), await applicant(moim, study)];

  const silent = await club.leader.post(`${club.path}/applications/${who.id}/reject`);
  const there = await storedOf(moim, club, who);
  const elsewhere = await study.leader.post(`${study.path}/applications/${other.id}/reject`);

  expect(silent).toMatchObject({ status: 422, body: { code: 'INVALID_REQUEST', errors: [{ pointer: '/reason' }] } });
  expect(there.state).toBe('PENDING');
  expect(outcome(elsewhere)).toBe(200);
  expect([await mailsTo(who), await mailsTo(other)]).toEqual([[], []]);
});

test('rows 13, 125: two who decide at once, differently: one decision, one mail, one place', async () => {
  const club = await clubOf(moim);
  const manager = await climber(moim, club);
  await club.leader.put(`${club.path}/members/${manager.id}/role`, { role: 'MANAGER' });
  const who = await applicant(moim, club, { profile });

  const both = await Promise.all([accept(club, who, manager), reject(club, who)]);
  const mails = await mailsTo(who);
  const later = await accept(club, who, manager);

  const { state, profile: own } = await storedOf(moim, club, who);
  expect(tally(both)).toEqual({ 200: 1, ALREADY_DECIDED: 1 });
  expect(mails).toHaveLength(1);
  const accepted = outcome(both[0]!) === 200;
  expect([state, own !== undefined]).toEqual(accepted ? ['ACTIVE', true] : [undefined, false]);
  expect((await groupOf(moim, club.groupId)).counted).toBe(accepted ? 3 : 2);
  expect(outcome(later)).toBe('ALREADY_DECIDED');
});

test.each(['accept', 'reject'] as const)(
  'row 13: another decision just before an %s is the one that counts',
  async (how) => {
    const club = await clubOf(moim);
    const manager = await climber(moim, club);
    await club.leader.put(`${club.path}/members/${manager.id}/role`, { role: 'MANAGER' });
    const who = await applicant(moim, club);
    const first = () => (how === 'accept' ? reject(club, who) : accept(club, who, manager));

    const late = await interrupted(moim, first, () =>
      how === 'accept' ? accept(club, who, manager) : reject(club, who),
    );

    expect(outcome(late)).toBe('ALREADY_DECIDED');
    expect((await storedOf(moim, club, who)).state).toBe(how === 'accept' ? undefined : 'ACTIVE');
    expect(await mailsTo(who)).toHaveLength(1);
  },
);

test('rows 13, 25: the last seat goes to one of two; the other goes on waiting', async () => {
  const club = await clubOf(moim, { capacity: 2 });
  const [ari, bora] = [await applicant(moim, club), await applicant(moim, club)];

  const both = await Promise.all([accept(club, ari), accept(club, bora)]);
  const states = [await storedOf(moim, club, ari), await storedOf(moim, club, bora)].map(({ state }) => state);

  expect(tally(both)).toEqual({ 200: 1, GROUP_FULL: 1 });
  expect(states.toSorted()).toEqual(['ACTIVE', 'PENDING']);
  expect([...(await mailsTo(ari)), ...(await mailsTo(bora))]).toHaveLength(1);
});

test('row 13: a token from before the decision opens the club after it', async () => {
  const club = await clubOf(moim);
  const who = await applicant(moim, club);
  const before = await who.get(`${club.path}/members`);
  await accept(club, who);
  const after = await who.get(`${club.path}/members`);
  const stranger = await someone(moim);

  expect([before, after, await stranger.get(`${club.path}/members`)].map(outcome)).toEqual([
    'MEMBERSHIP_PENDING',
    200,
    'NOT_FOUND',
  ]);
});
