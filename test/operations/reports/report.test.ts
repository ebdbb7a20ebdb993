import { useMoim } from '../../support/moim.ts';
import { nextTick } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { runs } from '../../support/runs.ts';
import { itemsOf, put } from '../../support/table.ts';
import { report, sceneOf, seenBy, sees, waiting } from './scene.ts';

const moim = useMoim();
const scene = (size?: number) => sceneOf(moim, size);

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
  // One look, one transaction: two checks, what the reporter reported, the case and its place in the list, the day's count,
  // whom to tell of the decision, the news for the leader.
  expect(cost).toEqual({ requests: 2, roundTrips: 2, readUnits: 7, writeUnits: 15 });
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

  expect(race.map(outcome)).toEqual(Array(5).fill(204));
  expect(again.status).toBe(204);
  expect(await waiting(here.leader, here)).toMatchObject([{ reports: 1, reasons: [{ reason: 'SPAM', count: 1 }] }]);
  expect(await sees(other!, here)).toBe('shown');
});

test('row 83: three reports at once hide it, in every round', async () => {
  const rounds: unknown[] = [];
  for (let round = 0; round < runs(2); round++) {
    const here = await scene(4);
    const race = await Promise.all(here.others.slice(0, 3).map((who) => report(who, here)));
    rounds.push([tally(race), await sees(here.others[3]!, here), (await waiting(here.leader, here))[0].reports]);
  }

  expect(rounds).toEqual(Array(runs(2)).fill([{ 204: 3 }, 'NOT_FOUND', 3]));
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
    '2026-03-02T03:00:00.000Z',
    200,
    '2026-03-02T03:00:00.000Z',
  ]);
});

test('rows 83, 130: so many reports a day, and a list of certifications costs no request more for them', async () => {
  const here = await scene(1);
  const [reporter] = here.others;
  const { fairUse } = await import('../../../shared/product/fair-use-limits.ts');
  await report(reporter!, here);
  await reporter!.get(`${here.path}/certifications`);
  const cost = costOf(moim, 'listCertifications');
  const [{ pk: _pk, sk: _sk, type: _type, v: _v, ...quota }] = await itemsOf(moim, 'Quota', {
    subject: reporter!.id,
    limit: 'report',
  });
  await put(moim, 'Quota', { ...quota, used: fairUse.report.times });
  const there = { ...(await scene(0)), others: [] };
  await reporter!.post(`${there.path}/members`);

  expect(outcome(await report(reporter!, there))).toBe('TOO_MANY_REQUESTS');
  // The list, the door with what the viewer reported, whom they blocked, and the roster.
  expect(cost).toMatchObject({ requests: 4, roundTrips: 1 });
});

test('row 83: one may report so many things of a group, and not one more', async () => {
  const here = await scene(1);
  const [reporter] = here.others;
  const { limits } = await import('../../../shared/product/limits.ts');
  const key = { accountId: reporter!.id, groupId: here.groupId };
  const after = async (count: number) => {
    await put(moim, 'Reported', { ...key, count });
    return outcome(await report(reporter!, here));
  };

  expect([await after(limits.report.perGroup), await after(limits.report.perGroup - 1)]).toEqual([
    'TOO_MANY_REQUESTS',
    204,
  ]);
});

test('rows 17, 121: who withdraws takes along what they reported; the case stays', async () => {
  const here = await scene();
  const leaving = await moim.person('dal');
  await leaving.post(`${here.path}/members`);
  await report(leaving, here, { text: 'Copied' });
  const [reported] = await itemsOf(moim, 'Reported', { accountId: leaving.id });

  await leaving.post('/v1/accounts/me/withdrawal', { reason: 'Bye' });
  await moim.settle();
  await nextTick(moim);
  await moim.settle();

  expect(reported).toMatchObject({ groupId: here.groupId, [`thing ${here.subject}`]: 'SPAM' });
  expect(await itemsOf(moim, 'Reported', { accountId: leaving.id })).toEqual([]);
  expect(await waiting(here.leader, here)).toMatchObject([{ reports: 1, texts: ['Copied'] }]);
});
