/** Row 13: the club gate. An account is free at once; the club's features wait for the club's decision. */
import { interrupted } from '../../support/between.ts';
import { useMoim } from '../../support/moim.ts';
import { at, renew, someone, tick } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { found, kick, leave } from '../../support/scene.ts';
import { itemsOf, take } from '../../support/table.ts';
import { administrator, group, groupOf, inboxOf } from '../memberships/support.ts';
import { accept, applicant, apply, climber, clubOf, profile, reject, storedOf } from './support.ts';

const moim = useMoim();
const features = ['members', 'missions', 'club-profile', 'club-profiles'];

test('row 13: who waits for a club is told so, in both languages; outsiders hear nothing; everything else works', async () => {
  const club = await clubOf(moim);
  const other = await found(await someone(moim));
  const [who, outsider] = [await applicant(moim, club), await someone(moim)];

  const waits = await Promise.all(features.map((path) => who.get(`${club.path}/${path}`)));
  const korean = await who.get(`${club.path}/members`, { 'accept-language': 'ko' });
  const own = await who.get(`/v1/accounts/me/groups/${club.groupId}`);
  const strangers = await Promise.all(features.map((path) => outsider.get(`${club.path}/${path}`)));
  const free = [
    await who.get(club.path),
    await who.post(`${other.path}/members`),
    await who.get(`${other.path}/members`),
  ];
  await accept(club, who);
  const inside = await Promise.all(features.map((path) => who.get(`${club.path}/${path}`)));

  expect(waits.map(outcome)).toEqual(features.map(() => 'MEMBERSHIP_PENDING'));
  expect(waits[0]).toMatchObject({
    status: 403,
    body: { title: 'The club has not decided on your application yet. We will send you a mail.' },
  });
  expect(korean.body.title).toBe('모임장이나 운영진의 승인을 기다리고 있어요. 결정되면 메일로 알려 드릴게요.');
  expect(outcome(own)).toBe('MEMBERSHIP_PENDING');
  expect(strangers.map(outcome)).toEqual(features.map(() => 'NOT_FOUND'));
  expect(free.map(outcome)).toEqual([200, 201, 200]);
  expect(inside.map(outcome)).toEqual(features.map(() => 200));
});

test('row 13: the gate costs members nothing: the membership is in the item that is read anyway', async () => {
  const club = await clubOf(moim);
  const challenge = await found(await someone(moim));
  const [inside, waits] = [await climber(moim, club), await applicant(moim, club)];
  const missions = async (who: typeof inside, path: string) => {
    await who.get(`${path}/missions`);
    return costOf(moim, 'listMissions');
  };
  const joined = await someone(moim);
  await joined.post(`${challenge.path}/members`);

  const [ofClub, ofChallenge] = [await missions(inside, club.path), await missions(joined, challenge.path)];
  const refused = await missions(waits, club.path);

  expect(ofClub.requests).toBe(ofChallenge.requests);
  expect(ofClub.readUnits).toBeLessThanOrEqual(ofChallenge.readUnits);
  expect(refused.requests).toBe(ofClub.requests);
});

test('row 13: an application costs its kind of writes: two more for the membership of a club, none elsewhere', async () => {
  const club = await clubOf(moim);
  const study = await group(await someone(moim), 'STUDY', { endDate: '2026-06-01' });
  const costs = [];
  for (const path of [study.path, club.path]) {
    await (await someone(moim)).post(`${path}/applications`);
    costs.push(costOf(moim, 'apply'));
  }

  expect(costs.map(({ requests, roundTrips }) => [requests, roundTrips])).toEqual([
    [2, 2],
    [2, 2],
  ]);
  // A transaction writes an item at two units; in the index of a person's groups it costs two more.
  expect(costs[1].writeUnits - costs[0].writeUnits).toBeLessThanOrEqual(4);
});

test('row 13: who waits is in no list, no count and no news of the club, and not among the own groups', async () => {
  const club = await clubOf(moim);
  const who = await applicant(moim, club);
  await moim.settle();

  const { body: members } = await club.leader.get(`${club.path}/members`);
  const { body: own } = await who.get('/v1/accounts/me/groups');
  const counted = await groupOf(moim, club.groupId);
  await club.leader.post(`${club.path}/disbanding`);
  await moim.settle();
  const night = moim.clock.now() + 86_400_000;
  await at(moim, new Date(night).toISOString(), club.leader, who);
  await moim.runSchedule('reconcile');

  expect(members.items).toHaveLength(1);
  expect(own.items).toEqual([]);
  expect(counted).toEqual({ counted: 1, members: 1, leaders: 1 });
  expect(await inboxOf(who)).toEqual(['APPLICATION_CLOSED Wall to wall has ended, and your application with it.']);
  expect(moim.logs.filter(({ line }) => line.includes('CountersDrifted'))).toEqual([]);
});

test('row 13: nobody who waits can be removed, made a manager, or given the club', async () => {
  const club = await clubOf(moim);
  const who = await applicant(moim, club);
  const one = `${club.path}/members/${who.id}`;

  const answers = [
    await club.leader.post(`${one}/kick`, { reason: 'Spam' }),
    await club.leader.post(`${one}/warnings`, { reason: 'Spam' }),
    await club.leader.put(`${one}/role`, { role: 'MANAGER' }),
    await club.leader.put(`${club.path}/leader`, { accountId: who.id }),
    await club.leader.delete(`${one}/kick`),
  ];

  expect(answers.map(outcome)).toEqual(Array(5).fill('NOT_FOUND'));
  expect(await storedOf(moim, club, who)).toMatchObject({ state: 'PENDING' });
});

test('rows 13, 31: a former member who waits stays a former member: of a rejection nothing is left, of an entry the warnings', async () => {
  const club = await clubOf(moim, { allowRejoin: true });
  const who = await climber(moim, club);
  const mate = await climber(moim, club);
  await club.leader.post(`${club.path}/members/${who.id}/warnings`, { reason: 'Late' });
  await leave(who, club);
  const left = await storedOf(moim, club, who);

  await apply(who, club);
  const waits = await storedOf(moim, club, who);
  // What a former member still may: reviews of those they climbed with.
  await moim.clock.advance(86_400_000);
  await renew(moim, who, mate, club.leader);
  const review = await who.put(`${club.path}/reviews/${mate.id}`, { score: 9, text: 'Belays well' });
  const gated = await who.get(`${club.path}/members`);
  await reject(club, who);
  const rejected = await storedOf(moim, club, who);
  await apply(who, club);
  await accept(club, who);
  const back = await storedOf(moim, club, who);

  expect(waits).toMatchObject({ state: 'PENDING', member: { leftAt: left.member.leftAt, warnings: 1 } });
  expect(outcome(review)).toBe(200);
  expect(outcome(gated)).toBe('MEMBERSHIP_PENDING');
  expect(rejected.member).toEqual({ ...left.member, mark: rejected.member.mark });
  expect(back).toMatchObject({ state: 'ACTIVE', member: { warnings: 1, entered: 'ACCEPTED' } });
  expect(await groupOf(moim, club.groupId)).toEqual({ counted: 3, members: 3, leaders: 1 });
});

test('rows 13, 31: where nobody comes back, and after a removal, no application is taken and none waits', async () => {
  const [strict, club] = [await clubOf(moim, { allowRejoin: false }), await clubOf(moim)];
  const [who, removed] = [await climber(moim, strict), await climber(moim, club)];
  await leave(who, strict);
  await kick(club.leader, club, removed);

  const answers = [await apply(who, strict), await apply(removed, club), await removed.get(`${club.path}/members`)];

  expect(answers.map(outcome)).toEqual(['REJOIN_REFUSED', 'KICKED', 'NOT_FOUND']);
  expect((await storedOf(moim, club, removed)).state).toBe('KICKED');
});

test('row 13: ten applications at once, and one that is taken back by ten', async () => {
  const club = await clubOf(moim);
  const who = await someone(moim);
  const ten = <T>(act: () => Promise<T>) => Promise.all(Array.from({ length: 10 }, act));

  const sent = await ten(() => apply(who, club, { profile }));
  const waits = await storedOf(moim, club, who);
  const back = await ten(() => who.delete(`/v1/accounts/me/applications/${club.groupId}`));

  expect(tally(sent)).toEqual({ 201: 1, ALREADY_APPLIED: 9 });
  expect(waits.state).toBe('PENDING');
  expect(tally(back)).toEqual({ 204: 10 });
  expect((await storedOf(moim, club, who)).state).toBeUndefined();
  expect(outcome(await who.get(`${club.path}/members`))).toBe('NOT_FOUND');
});

test.each(['accept', 'reject'] as const)(
  'row 13: taken back at the moment of an %s: one of the two happens',
  async (how) => {
    const club = await clubOf(moim);
    const who = await applicant(moim, club);

    const late = await interrupted(
      moim,
      () => who.delete(`/v1/accounts/me/applications/${club.groupId}`),
      () => (how === 'accept' ? accept(club, who) : reject(club, who)),
    );

    expect(outcome(late)).toBe('ALREADY_DECIDED');
    expect((await storedOf(moim, club, who)).state).toBeUndefined();
    expect(await groupOf(moim, club.groupId)).toEqual({ counted: 1, members: 1, leaders: 1 });
  },
);

test('row 13: an application that comes between the two reads of a withdrawal leaves no membership that waits for nothing', async () => {
  const club = await clubOf(moim);
  const who = await applicant(moim, club);
  const path = `/v1/accounts/me/applications/${club.groupId}`;

  // Taken back and sent again, just before the first withdrawal writes.
  await interrupted(
    moim,
    async () => {
      await who.delete(path);
      await moim.clock.advance(1000);
      await apply(who, club);
    },
    () => who.delete(path),
  );

  const [application] = await itemsOf(moim, 'Application', { groupId: club.groupId, accountId: who.id });
  const { state } = await storedOf(moim, club, who);
  expect([application.state, state]).toEqual(['PENDING', 'PENDING']);
});

test('row 13: another way in ends the wait: open to all, by an administrator, by an invitation', async () => {
  const club = await clubOf(moim);
  const [open, added, invited] = [
    await applicant(moim, club),
    await applicant(moim, club),
    await applicant(moim, club),
  ];
  const admin = await administrator(moim);

  const byAdmin = await admin.post(`${club.path}/members/${added.id}`);
  await club.leader.patch(club.path, { joinPolicy: 'INSTANT' });
  const byOneself = await open.post(`${club.path}/members`);
  await club.leader.patch(club.path, { joinPolicy: 'CODE' });
  const { body: code } = await club.leader.post(`${club.path}/invite-code/renew`);
  const byCode = await invited.post('/v1/invitations/accept', { code: code.inviteCode });
  await moim.settle();

  expect([byAdmin, byOneself, byCode].map(outcome)).toEqual([201, 201, 201]);
  for (const who of [open, added, invited]) {
    const [application] = await itemsOf(moim, 'Application', { groupId: club.groupId, accountId: who.id });
    expect([application.state, (await storedOf(moim, club, who)).state]).toEqual(['ACCEPTED', 'ACTIVE']);
  }
  expect(await groupOf(moim, club.groupId)).toEqual({ counted: 4, members: 4, leaders: 1 });
});

test('rows 13, 28, 39: a club that ends closes what waits; after a month nothing is left of it', async () => {
  const club = await clubOf(moim);
  const member = await climber(moim, club, { profile });
  const who = await applicant(moim, club, { profile });
  await club.leader.post(`${club.path}/disbanding`);

  const inGrace = await who.get(`${club.path}/members`);
  const ends = moim.clock.now() + 3 * 86_400_000 + 60_000;
  await at(moim, new Date(ends).toISOString(), club.leader, member, who);
  await tick(moim);
  await moim.settle();
  const ended = await who.get(`${club.path}/members`);
  const own = (await who.get('/v1/accounts/me/applications')).body.items;
  const closed = [await storedOf(moim, club, who), await storedOf(moim, club, member)];
  await at(moim, new Date(ends + 30 * 86_400_000 + 60_000).toISOString());
  await tick(moim);
  await moim.settle();

  expect(outcome(inGrace)).toBe('MEMBERSHIP_PENDING');
  expect(outcome(ended)).toBe('NOT_FOUND');
  expect(own).toMatchObject([{ state: 'REJECTED' }]);
  expect(closed.map(({ state, profile }) => [state, profile])).toEqual([
    [undefined, undefined],
    ['LEFT', undefined],
  ]);
  for (const kind of ['Membership', 'ClubProfile', 'Application', 'Group'])
    expect(await itemsOf(moim, kind, { groupId: club.groupId })).toEqual([]);
});

test('row 13: an application at the moment of the end is none', async () => {
  const club = await clubOf(moim);
  const who = await someone(moim);

  const late = await interrupted(
    moim,
    () => leave(club.leader, club),
    () => apply(who, club, { profile }),
  );

  expect(outcome(late)).toBe('NOT_FOUND');
  expect(await storedOf(moim, club, who)).toEqual({ state: undefined, member: undefined, profile: undefined });
});

test('profiles of members whom the roster has not reached yet have their names', async () => {
  const club = await clubOf(moim);
  await climber(moim, club);
  await moim.settle();
  for (const item of await itemsOf(moim, 'Roster', { groupId: club.groupId })) await take(moim, item);

  const { status, body } = await club.leader.get(`${club.path}/club-profiles`);

  expect(status).toBe(200);
  expect(body.items.length).toBeGreaterThan(0);
});
