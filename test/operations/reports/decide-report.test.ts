import { useMoim } from '../../support/moim.ts';
import { administer, someone } from '../../support/people.ts';
import { costOf, outcome } from '../../support/replies.ts';
import { runs } from '../../support/runs.ts';
import { certify, found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { decide, report, sceneOf, seenBy, sees, waiting } from './scene.ts';

const moim = useMoim();
const scene = (size?: number) => sceneOf(moim, size);

const admin = async () => {
  const person = await someone(moim);
  await administer(moim, person);
  return person;
};

test('row 83: a decision and the third report at once: what is decided holds, in every round', async () => {
  const rounds: unknown[] = [];
  for (let round = 0; round < runs(2); round++) {
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

  expect(rounds).toEqual(Array(runs(2)).fill([[200, 204], 'KEPT', 'shown', true, 3]));
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
