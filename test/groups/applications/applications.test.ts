import { key } from '../../support/actor.ts';
import { atEachRequest } from '../../support/faults.ts';
import { useMoim } from '../../support/moim.ts';
import { at, crowd, someone } from '../../support/people.ts';
import { costOf, outcome, pagesOf, tally } from '../../support/replies.ts';
import { runs } from '../../support/runs.ts';
import { found } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';
import { administrator, group, groupOf, inboxOf, withdrawn } from '../memberships/support.ts';

const moim = useMoim();
type Who = { post: typeof moim.guest.post };
const apply = (who: Who, path: string, message = 'Please', headers = {}) =>
  who.post(`${path}/applications`, { message }, headers);
const decide = (who: Who, path: string, id: string, how: 'accept' | 'reject', body = {}) =>
  who.post(`${path}/applications/${id}/${how}`, body);
const study = (leader: Parameters<typeof group>[0], more = {}) =>
  group(leader, 'STUDY', { endDate: '2026-06-01', ...more });

test('row 28: an application waits, the leader hears of it, accepts it, and the applicant has a seat', async () => {
  const [leader, bora] = [await someone(moim), await someone(moim, 'bora28')];
  const { groupId, path } = await study(leader);

  const sent = await apply(bora, path, ' I read a lot ');
  await moim.settle();
  const { body: waiting } = await leader.get(`${path}/applications`);
  const accepted = await decide(leader, path, bora.id, 'accept');
  await moim.settle();

  expect(sent).toMatchObject({ status: 201, body: { state: 'PENDING', message: 'I read a lot', decidedAt: null } });
  expect(await inboxOf(leader)).toContain('APPLICATION_RECEIVED bora28 applied to join Quiet hours.');
  expect(waiting.items).toMatchObject([
    { accountId: bora.id, nickname: 'bora28', message: 'I read a lot', reputation: { average: null, count: 0 } },
  ]);
  expect(accepted).toMatchObject({ status: 200, body: { state: 'ACCEPTED', decidedAt: '2026-03-02T03:00:00.000Z' } });
  expect(await inboxOf(bora)).toEqual(['APPLICATION_ACCEPTED Your application to Quiet hours was accepted.']);
  expect(await groupOf(moim, groupId)).toEqual({ counted: 2, members: 2, leaders: 1 });
  expect((await leader.get(`${path}/applications`)).body.items).toEqual([]);
  expect((await leader.get(`${path}/applications?state=ACCEPTED`)).body.items).toHaveLength(1);
  expect(await itemsOf(moim, 'Decision', { scopeId: groupId })).toMatchObject([
    { by: leader.id, subject: `application:${bora.id}`, before: 'PENDING', after: 'ACCEPTED' },
  ]);
  expect(costOf(moim, 'acceptApplication')).toMatchObject({ requests: 2, roundTrips: 2 });
  expect(costOf(moim, 'apply')).toMatchObject({ requests: 2, roundTrips: 2 });
});

test('row 28: of ten applications at once one waits; again after a withdrawal and after a refusal', async () => {
  const [leader, eager] = await crowd(moim, 2);
  const { path, groupId } = await study(leader!);
  const own = async () => (await eager!.get('/v1/accounts/me/applications')).body.items;
  const withdraw = () => eager!.delete(`/v1/accounts/me/applications/${groupId}`);

  const ten = await Promise.all(Array.from({ length: 10 }, () => apply(eager!, path)));
  const withdrawn = [await withdraw(), await withdraw()];
  const second = await apply(eager!, path, 'Again');
  const rejected = await decide(leader!, path, eager!.id, 'reject', { reason: 'Not now' });
  const shown = await own();
  const late = await withdraw();
  const third = await apply(eager!, path, 'And again');

  expect(tally(ten)).toEqual({ 201: 1, ALREADY_APPLIED: 9 });
  expect(withdrawn.map(outcome)).toEqual([204, 204]);
  expect([second, rejected, third].map(outcome)).toEqual([201, 200, 201]);
  expect(shown).toMatchObject([{ state: 'REJECTED', reason: 'Not now', group: { id: groupId, title: 'Quiet hours' } }]);
  expect(outcome(late)).toBe('ALREADY_DECIDED');
  // What was refused before says nothing of what waits now.
  expect(await own()).toMatchObject([{ state: 'PENDING', reason: null, message: 'And again' }]);
});

test('row 28: full, past the deadline, already in, removed, private, by another way', async () => {
  const [leader, member, stranger] = await crowd(moim, 3);
  const full = await study(leader!, { capacity: 2 });
  await apply(member!, full.path);
  await decide(leader!, full.path, member!.id, 'accept');
  const kicked = await study(leader!);
  await apply(stranger!, kicked.path);
  await decide(leader!, kicked.path, stranger!.id, 'accept');
  await leader!.post(`${kicked.path}/members/${stranger!.id}/kick`, { reason: 'Spam' });
  const hidden = await study(leader!, { visibility: 'PRIVATE' });
  const instant = await found(leader!);

  const refused = [
    await apply(stranger!, full.path),
    await apply(member!, full.path),
    await apply(stranger!, kicked.path),
    await apply(stranger!, hidden.path),
    await apply(stranger!, instant.path),
    await stranger!.post(`${kicked.path.replace(kicked.groupId, full.groupId)}/members`),
    await stranger!.post(`${full.path}/applications`, { message: 'x'.repeat(501) }),
  ];

  expect(refused.map(outcome)).toEqual([
    'GROUP_FULL',
    'ALREADY_MEMBER',
    'KICKED',
    'NOT_FOUND',
    'JOIN_BY_OTHER_WAY',
    'JOIN_BY_OTHER_WAY',
    'INVALID_REQUEST',
  ]);
});

test.each([
  ['TEAM', 3],
  ['PRIVATE_GROUP', 5],
])('row 26: who is accepted into a %s has one more of them, up to %i', async (kind, most) => {
  const [leader, applicant] = await crowd(moim, 2);
  const counted = `groups${kind}`;
  const countOf = async () => (await itemsOf(moim, 'Account', { accountId: applicant!.id }))[0][counted];
  const open = () => group(leader!, kind, { joinPolicy: 'APPLY', visibility: 'PUBLIC' });
  const [first, second] = [await open(), await open()];
  for (const { path } of [first, second]) await apply(applicant!, path);
  // All but one of those that somebody may have, founded by themselves.
  for (let n = 1; n < most; n++) await group(applicant!, kind);

  const accepted = await decide(leader!, first.path, applicant!.id, 'accept');
  const full = await countOf();
  const refused = await decide(leader!, second.path, applicant!.id, 'accept');
  const waiting = await itemsOf(moim, 'Application', { groupId: second.groupId, accountId: applicant!.id });

  expect([accepted, refused].map(outcome)).toEqual([200, 'GROUP_LIMIT']);
  expect([full, await countOf()]).toEqual([most, most]);
  expect(await groupOf(moim, first.groupId)).toEqual({ counted: 2, members: 2, leaders: 1 });
  expect(await groupOf(moim, second.groupId)).toEqual({ counted: 1, members: 1, leaders: 1 });
  expect(waiting).toMatchObject([{ state: 'PENDING' }]);
  // There is room again after somebody leaves another.
  await applicant!.delete(`${first.path}/members/me`);
  expect(outcome(await decide(leader!, second.path, applicant!.id, 'accept'))).toBe(200);
});

test('row 28: of two who decide at once one does; what is decided stays decided', async () => {
  const rounds = await Promise.all(
    Array.from({ length: runs(3) }, async () => {
      const [leader, manager, applicant] = await crowd(moim, 3);
      const { groupId, path } = await study(leader!);
      const invited = await apply(manager!, path);
      await decide(leader!, path, manager!.id, 'accept');
      await leader!.send('PUT', `${path}/members/${manager!.id}/role`, { body: { role: 'MANAGER' } });
      await apply(applicant!, path);
      const answers = await Promise.all([
        decide(leader!, path, applicant!.id, 'accept'),
        decide(manager!, path, applicant!.id, 'reject'),
      ]);
      const [application] = await itemsOf(moim, 'Application', { groupId, accountId: applicant!.id });
      const again = await decide(leader!, path, applicant!.id, 'accept');
      return { invited, answers, application, again, group: await groupOf(moim, groupId) };
    }),
  );

  for (const { answers, application, again, group } of rounds) {
    expect(tally(answers)).toEqual({ 200: 1, ALREADY_DECIDED: 1 });
    expect(group.members).toBe(application.state === 'ACCEPTED' ? 3 : 2);
    expect(group.counted).toBe(group.members);
    expect(outcome(again)).toBe('ALREADY_DECIDED');
  }
});

test('rows 25, 28: of ten who are accepted at once for the last three seats three get one', async () => {
  const [leader, ...applicants] = await crowd(moim, 11);
  const { groupId, path } = await study(leader!, { capacity: 4 });
  await Promise.all(applicants.map((each) => apply(each, path)));

  const answers = await Promise.all(applicants.map(({ id }) => decide(leader!, path, id, 'accept')));

  expect(tally(answers)).toEqual({ 200: 3, GROUP_FULL: 7 });
  expect(await groupOf(moim, groupId)).toEqual({ counted: 4, members: 4, leaders: 1 });
  expect(await itemsOf(moim, 'Application', { groupId, state: 'PENDING' })).toHaveLength(7);
});

test('rows 28, 69: who decides sees what others think of the applicant, but not who; and of nobody else', async () => {
  const [leader, member, applicant, reviewer] = await crowd(moim, 4);
  const { path } = await study(leader!);
  await apply(member!, path);
  await decide(leader!, path, member!.id, 'accept');
  await apply(applicant!, path);
  await put(moim, 'ReviewScore', { accountId: applicant!.id, sum: 17, count: 2 });
  await put(moim, 'Review', { accountId: applicant!.id, reviewId: 'r1', score: 9, text: 'On time', month: '2026-01' });

  const { body: list } = await leader!.get(`${path}/applications`);
  const reviews = await leader!.get(`${path}/applications/${applicant!.id}/reviews`);
  const refused = [
    await member!.get(`${path}/applications`),
    await member!.get(`${path}/applications/${applicant!.id}/reviews`),
    await leader!.get(`${path}/applications/${member!.id}/reviews`),
    await leader!.get(`${path}/applications/${reviewer!.id}/reviews`),
    await applicant!.get(`${path}/applications/${applicant!.id}/reviews`),
  ];

  expect(list.items).toMatchObject([{ accountId: applicant!.id, reputation: { average: 8.5, count: 2 } }]);
  expect(reviews.body.items).toEqual([{ score: 9, text: 'On time', month: '2026-01' }]);
  expect(refused.map(outcome)).toEqual(Array(5).fill('NOT_FOUND'));
});

test('row 125: nobody decides on their own application, and a member of another group on none', async () => {
  const [leader, manager, stranger] = await crowd(moim, 3);
  const admin = await administrator(moim);
  const { groupId, path } = await study(leader!);
  await apply(manager!, path);
  await admin.post(`${path}/members/${manager!.id}`);
  await leader!.send('PUT', `${path}/members/${manager!.id}/role`, { body: { role: 'MANAGER' } });
  const overtaken = (await itemsOf(moim, 'Application', { groupId, accountId: manager!.id }))[0];
  await put(moim, 'Application', { ...overtaken, state: 'PENDING' });

  const answers = [
    await decide(manager!, path, manager!.id, 'accept'),
    await decide(stranger!, path, manager!.id, 'accept'),
    await decide(leader!, path, stranger!.id, 'accept'),
  ];

  expect(overtaken.state).toBe('ACCEPTED');
  expect(answers.map(outcome)).toEqual(['OWN_DECISION', 'NOT_FOUND', 'NOT_FOUND']);
});

test('the own applications come in pages, last sent first', async () => {
  const [leader, eager] = await crowd(moim, 2);
  const sent: string[] = [];
  for (let n = 0; n < 5; n++) {
    await moim.clock.advance(1000);
    const { groupId, path } = await study(leader!);
    await apply(eager!, path);
    sent.unshift(groupId);
  }

  const pages = await pagesOf(eager!, '/v1/accounts/me/applications', 2);

  expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
  expect(pages.flat().map(({ groupId }) => groupId)).toEqual(sent);
});

test('row 130: nobody applies and withdraws without end', async () => {
  const [leader, eager] = await crowd(moim, 2);
  const groups = await Promise.all(Array.from({ length: 5 }, () => study(leader!)));
  await put(moim, 'Quota', {
    subject: eager!.id,
    limit: 'apply',
    window: String(Math.floor(moim.clock.now() / 86_400_000)),
    used: 48,
  });

  const answers = await Promise.all(groups.map(({ path }) => apply(eager!, path)));

  expect(tally(answers)).toEqual({ 201: 2, TOO_MANY_REQUESTS: 3 });
});

test('whatever the table does at whichever request, an application and its acceptance happen once', async () => {
  const prepare = async () => {
    const [leader, applicant] = await crowd(moim, 2);
    const { groupId, path } = await study(leader!);
    await apply(applicant!, path);
    return { leader: leader!, applicant: applicant!, groupId, path, headers: key() };
  };
  await atEachRequest(
    moim,
    2,
    prepare,
    ({ leader, applicant, path, headers }) => leader.post(`${path}/applications/${applicant.id}/accept`, {}, headers),
    async ({ groupId, applicant }, again, fault) => {
      const told = (await inboxOf(applicant)).length;
      expect([fault, outcome(again), await groupOf(moim, groupId), told]).toEqual([
        fault,
        200,
        { counted: 2, members: 2, leaders: 1 },
        1,
      ]);
    },
  );
});

test('rows 17, 28: who withdraws takes their applications along', async () => {
  const [leader] = await crowd(moim, 1);
  const gone = await moim.person('applicant');
  const { groupId, path } = await study(leader!);
  await apply(gone, path, 'A personal letter');

  const left = await withdrawn(moim, gone);

  expect(outcome(left)).toBe(204);
  expect(await itemsOf(moim, 'Application', { groupId })).toEqual([]);
  expect(outcome(await decide(leader!, path, gone.id, 'accept'))).toBe('NOT_FOUND');
});

test('row 28, report 2: after the deadline nobody applies, and the leader chooses among who did', async () => {
  const [leader, early, late] = await crowd(moim, 3);
  const { path, groupId } = await study(leader!, { startDate: '2026-03-10', recruitUntil: '2026-03-05' });
  await apply(early!, path);
  await at(moim, '2026-03-06T03:00:00Z', leader!, early!, late!);

  expect(outcome(await apply(late!, path))).toBe('GROUP_CLOSED');
  expect(outcome(await decide(leader!, path, early!.id, 'accept'))).toBe(200);
  expect(await groupOf(moim, groupId)).toMatchObject({ counted: 2, members: 2 });
});
