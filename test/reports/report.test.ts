import { type Person, useMoim } from '../support/moim.ts';
import {
  certify,
  costOf,
  crowd,
  found,
  idsOf,
  itemsOf,
  outcome,
  put,
  someone,
  type Team,
  tally,
} from '../support/scene.ts';

const moim = useMoim();

interface Scene extends Pick<Team, 'groupId' | 'missionId' | 'path' | 'leader'> {
  readonly author: Person;
  readonly others: readonly Person[];
  /** Path and subject of an approved certification of the author. */
  readonly one: string;
  readonly subject: string;
}

/** A certification that everybody in its group sees. */
async function scene(size = 4): Promise<Scene> {
  const [leader, author, ...others] = await crowd(moim, size + 2);
  const group = await found(leader!, {}, author!, ...others);
  const { body } = await certify(author!, group);
  const one = `${group.path}/certifications/${body.id}`;
  await leader!.post(`${one}/approve`);
  return { ...group, leader: leader!, author: author!, others, one, subject: `certification:${body.id}` };
}
const report = (who: Person, { path, subject }: Scene, more: object = {}) =>
  who.post(`${path}/reports`, { subject, reason: 'SPAM', ...more });
const decide = (who: Person, { path, subject }: Scene, decision: 'HIDE' | 'KEEP', more: object = {}) =>
  who.post(`${path}/reports/decisions`, { subject, decision, ...more });
const waiting = async (who: Person, { path }: Scene) => (await who.get(`${path}/reports`)).body.items;
const sees = async (who: Person, { one, path, subject }: Scene) => {
  const { body, status } = await who.get(one);
  const listed = idsOf([(await who.get(`${path}/certifications`)).body.items]).includes(subject.split(':')[1]!);
  if ((status === 200) !== listed) throw new Error(`detail ${status}, listed ${listed}`);
  return status === 200 ? (body.hiddenAt === null ? 'shown' : 'marked') : body.code;
};
const seenBy = (people: readonly Person[], here: Scene) => Promise.all(people.map((who) => sees(who, here)));
const admin = async () => {
  const person = await someone(moim);
  const [{ pk: _pk, sk: _sk, type: _type, v: _v, ...item }] = await itemsOf(moim, 'Account', { accountId: person.id });
  await put(moim, 'Account', { ...item, role: 'ADMIN' });
  return person;
};

test('row 83: what somebody reports is hidden from them at once, and from nobody else', async () => {
  const here = await scene();
  const [reporter, other] = here.others;

  const reply = await report(reporter!, here, { reason: 'INSULT', text: 'He calls me names' });
  const cost = costOf(moim, 'report');
  const [first] = await waiting(here.leader, here);

  expect(reply.status).toBe(204);
  expect(await seenBy([reporter!, other!, here.author, here.leader], here)).toEqual([
    'NOT_FOUND',
    'shown',
    'shown',
    'shown',
  ]);
  expect(first).toEqual({
    groupId: here.groupId,
    subject: here.subject,
    author: { id: here.author.id, nickname: here.author.nickname },
    state: 'REPORTED',
    reports: 1,
    reasons: [{ reason: 'INSULT', count: 1 }],
    texts: ['He calls me names'],
    reportedAt: '2026-03-02T03:00:00.000Z',
  });
  // One look, one transaction: two checks, what the reporter reported, the case and its place in the list, the day's count.
  expect(cost).toEqual({ requests: 2, roundTrips: 2, readUnits: 5, writeUnits: 11 });
});

test('row 83: who reported is told to nobody, and the case does not hold it', async () => {
  const here = await scene();
  const [reporter] = here.others;
  await report(reporter!, here, { text: 'Not his own photo' });

  const [stored] = await itemsOf(moim, 'ReportCase', { groupId: here.groupId });
  const { body } = await here.leader.get(`${here.path}/reports`);

  expect(JSON.stringify([stored, body])).not.toContain(reporter!.id);
});

test('row 83: the third reporter hides it from all but its author, who sees that, and the leader; the original stays', async () => {
  const here = await scene();
  const [, , , bystander] = here.others;

  for (const reporter of here.others.slice(0, 2)) await report(reporter, here);
  const two = await seenBy([bystander!, here.author], here);
  await report(here.others[2]!, here);
  const three = await seenBy([bystander!, here.author, here.leader], here);

  const [stored] = await itemsOf(moim, 'Certification', { groupId: here.groupId });
  expect([two, three]).toEqual([
    ['shown', 'shown'],
    ['NOT_FOUND', 'marked', 'marked'],
  ]);
  expect(stored).toMatchObject({ text: 'Chapter 3', status: 'APPROVED', hiddenAt: '2026-03-02T03:00:00.000Z' });
  expect(await waiting(here.leader, here)).toMatchObject([{ state: 'HIDDEN', reports: 3 }]);
  // Points are about the mission: the brick stays.
  expect((await here.author.get('/v1/accounts/me')).body.bricks).toBe(1);
});

test('row 83: a reporter counts once, however often and at once they report', async () => {
  const here = await scene();
  const [reporter, other] = here.others;

  const race = await Promise.all(Array.from({ length: 5 }, () => report(reporter!, here)));
  const again = await report(reporter!, here, { reason: 'OTHER' });

  expect(race.every((reply) => [204, 'TRY_AGAIN'].includes(outcome(reply)))).toBe(true);
  expect(again.status).toBe(204);
  expect(await waiting(here.leader, here)).toMatchObject([{ reports: 1, reasons: [{ reason: 'SPAM', count: 1 }] }]);
  expect(await sees(other!, here)).toBe('shown');
});

test('row 83: three reports at once hide it, in every round', async () => {
  const rounds: unknown[] = [];
  for (let round = 0; round < 5; round++) {
    const here = await scene(4);
    const race = await Promise.all(here.others.slice(0, 3).map((who) => report(who, here)));
    rounds.push([tally(race), await sees(here.others[3]!, here), (await waiting(here.leader, here))[0].reports]);
  }

  expect(rounds).toEqual(Array(5).fill([{ 204: 3 }, 'NOT_FOUND', 3]));
});

test('row 83: a decision and the third report at once: what is decided holds, in every round', async () => {
  const rounds: unknown[] = [];
  for (let round = 0; round < 6; round++) {
    const here = await scene(4);
    const [a, b, third, bystander] = here.others;
    await report(a!, here);
    await report(b!, here);
    const acts = [() => decide(here.leader, here, 'KEEP'), () => report(third!, here)];
    const race = await Promise.all((round % 2 ? acts : acts.toReversed()).map((act) => act()));
    const [stored] = await itemsOf(moim, 'ReportCase', { groupId: here.groupId });
    rounds.push([
      race.map(({ status }) => status).toSorted(),
      stored.state,
      await sees(bystander!, here),
      // The report came before the decision and was decided with the others, or after it and waits anew.
      stored.open === ('waitingIn' in stored ? 1 : 0),
      stored.total,
    ]);
  }

  expect(rounds).toEqual(Array(6).fill([[200, 204], 'KEPT', 'shown', true, 3]));
});

test('row 83: the leader hides by decision and restores it; both are in the history, and nothing else is', async () => {
  const here = await scene();
  const [reporter, other] = here.others;
  await report(reporter!, here);

  const hidden = await decide(here.leader, here, 'HIDE', { reason: 'Not your own photo' });
  const cost = costOf(moim, 'decideReport');
  const whileHidden = await seenBy([other!, here.author], here);
  const again = await decide(here.leader, here, 'HIDE');
  const noneWaits = await waiting(here.leader, here);
  const restored = await decide(here.leader, here, 'KEEP');

  expect([hidden.status, hidden.body.state, again.body.code, restored.body.state]).toEqual([
    200,
    'HIDDEN',
    'ALREADY_DECIDED',
    'KEPT',
  ]);
  expect([whileHidden, noneWaits]).toEqual([['NOT_FOUND', 'marked'], []]);
  // For who reported it, it stays out of sight.
  expect(await seenBy([other!, here.author, reporter!], here)).toEqual(['shown', 'shown', 'NOT_FOUND']);
  const decisions = await itemsOf(moim, 'Decision', { scopeId: here.groupId, subject: here.subject });
  expect(
    decisions
      .filter(({ after }: { after: string }) => ['HIDDEN', 'KEPT'].includes(after))
      .map(({ by, before, after, reason }: Record<string, string>) => [by, before, after, reason])
      .toSorted(),
  ).toEqual(
    [
      [here.leader.id, 'REPORTED', 'HIDDEN', 'Not your own photo'],
      [here.leader.id, 'HIDDEN', 'KEPT', undefined],
    ].toSorted(),
  );
  expect(cost).toMatchObject({ requests: 2, roundTrips: 2 });
});

test('row 83: what was kept is not hidden again by any number of reports; they bring it back to be decided', async () => {
  const here = await scene(8);
  for (const reporter of here.others.slice(0, 3)) await report(reporter, here);
  await decide(here.leader, here, 'KEEP');

  for (const reporter of here.others.slice(3, 7)) await report(reporter, here);

  const [again] = await waiting(here.leader, here);
  expect(again).toMatchObject({ state: 'KEPT', reports: 4, reasons: [{ reason: 'SPAM', count: 7 }] });
  expect(await sees(here.others[7]!, here)).toBe('shown');
  expect((await decide(here.leader, here, 'HIDE')).status).toBe(200);
  expect(await sees(here.others[7]!, here)).toBe('NOT_FOUND');
});

test('row 125: what the leader wrote waits for administrators; nobody decides their own', async () => {
  const [leader, member, judge] = [await someone(moim), await someone(moim), await admin()];
  const group = await found(leader, {}, member);
  const { body } = await certify(leader, group);
  const here = {
    ...group,
    leader,
    author: leader,
    others: [member],
    one: `${group.path}/certifications/${body.id}`,
    subject: `certification:${body.id}`,
  };
  await report(member, here);

  const own = await decide(leader, here, 'KEEP');
  const { body: cases } = await judge.get('/v1/admin/reports');
  const refused = await Promise.all([leader, member].map((who) => who.get('/v1/admin/reports')));
  const decided = await decide(judge, here, 'HIDE');

  expect(await waiting(leader, here)).toEqual([]);
  expect(outcome(own)).toBe('OWN_DECISION');
  expect(cases.items).toMatchObject([{ groupId: group.groupId, subject: here.subject, author: { id: leader.id } }]);
  expect(refused.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  expect(decided.status).toBe(200);
  expect((await leader.get(here.one)).body.hiddenAt).toBe('2026-03-02T03:00:00.000Z');
  expect((await judge.get('/v1/admin/reports')).body.items).toEqual([]);
});

test('row 83: only members report, what they may see, and not their own; only leader and administrators decide', async () => {
  const here = await scene();
  const [reporter] = here.others;
  const outsider = await someone(moim);
  const second = await scene(1);
  await moim.clock.advance(6_000);
  const { body: unseen } = await certify(here.author, await found(here.leader, {}, here.author, reporter!));
  await report(reporter!, here);

  const replies = [
    await report(outsider, here),
    await report(here.author, here),
    await report(reporter!, { ...here, subject: second.subject }),
    await report(reporter!, { ...here, subject: `certification:${unseen.id}` }),
    await report(reporter!, { ...here, subject: 'certification:01900000-0000-7000-8000-000000000000' }),
    await report(reporter!, { ...here, subject: `account:${here.author.id}` }),
    await report(reporter!, here, { reason: 'I do not like it' }),
    await report(reporter!, { ...here, subject: second.subject }, { text: 'x'.repeat(501) }),
    await decide(reporter!, here, 'HIDE'),
    await decide(here.author, here, 'KEEP'),
    await decide(second.leader, here, 'KEEP'),
    await decide(here.leader, { ...here, subject: 'certification:01900000-0000-7000-8000-000000000000' }, 'HIDE'),
    await reporter!.get(`${here.path}/reports`),
    await outsider.get(`${here.path}/reports`),
  ];

  expect(replies.map(outcome)).toEqual([
    'NOT_FOUND',
    'INVALID_REQUEST',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
    'INVALID_REQUEST',
    'INVALID_REQUEST',
    'INVALID_REQUEST',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
  ]);
});

test('row 83: what is hidden cannot be reported, edited back or judged by those who do not see it', async () => {
  const here = await scene();
  const manager = here.others[3]!;
  const [{ pk: _pk, sk: _sk, type: _type, v: _v, ...member }] = await itemsOf(moim, 'Membership', {
    groupId: here.groupId,
    accountId: manager.id,
  });
  await put(moim, 'Membership', { ...member, role: 'MANAGER' });
  for (const reporter of here.others.slice(0, 3)) await report(reporter, here);

  const late = await report(manager, here);
  const edited = await here.author.patch(here.one, { text: 'Chapter 4' });
  const judged = await manager.post(`${here.one}/approve`);
  const approved = await here.leader.post(`${here.one}/approve`);

  expect([outcome(late), outcome(judged)]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  expect([edited.status, edited.body.hiddenAt, approved.status, approved.body.hiddenAt]).toEqual([
    200,
    '2026-03-02T03:00:06.000Z',
    200,
    '2026-03-02T03:00:06.000Z',
  ]);
});

test('what its author deletes can still be put away, and a report on it comes too late', async () => {
  const here = await scene();
  await report(here.others[0]!, here);
  await here.author.delete(here.one);

  const late = await report(here.others[1]!, here);
  const [still] = await waiting(here.leader, here);
  const decided = await decide(here.leader, here, 'KEEP');

  expect([outcome(late), still.subject, decided.status]).toEqual(['NOT_FOUND', here.subject, 200]);
  expect(await waiting(here.leader, here)).toEqual([]);
});

test('rows 83, 130: so many reports a day, and a list of certifications costs no request more for them', async () => {
  const here = await scene(1);
  const [reporter] = here.others;
  const { limits } = await import('../../shared/core/limits.ts');
  await report(reporter!, here);
  await reporter!.get(`${here.path}/certifications`);
  const cost = costOf(moim, 'listCertifications');
  const [{ pk: _pk, sk: _sk, type: _type, v: _v, ...quota }] = await itemsOf(moim, 'Quota', {
    subject: reporter!.id,
    limit: 'report',
  });
  await put(moim, 'Quota', { ...quota, used: limits.fairUse.report.times });
  const there = { ...(await scene(0)), others: [] };
  await reporter!.post(`${there.path}/members`);

  expect(outcome(await report(reporter!, there))).toBe('TOO_MANY_REQUESTS');
  // The list, the door with what the viewer reported, whom they blocked; no name is asked for, as nothing is left.
  expect(cost).toMatchObject({ requests: 3, roundTrips: 1 });
});

test('rows 17, 121: who withdraws takes along what they reported; the case stays', async () => {
  const here = await scene();
  const leaving = await moim.person('dal');
  await leaving.post(`${here.path}/members`);
  await report(leaving, here, { text: 'Copied' });
  const [reported] = await itemsOf(moim, 'Reported', { accountId: leaving.id });

  await leaving.post('/v1/accounts/me/withdrawal', { reason: 'Bye', password: 'Correct-Horse-7' });
  await moim.settle();
  await moim.runSchedule('moim-dev-privacy-eraseAccounts');
  await moim.settle();

  expect(reported).toMatchObject({ groupId: here.groupId, [here.subject]: 'SPAM' });
  expect(await itemsOf(moim, 'Reported', { accountId: leaving.id })).toEqual([]);
  expect(await waiting(here.leader, here)).toMatchObject([{ reports: 1, texts: ['Copied'] }]);
});
