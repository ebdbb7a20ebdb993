import { key } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { administer, crowd, someone } from '../../support/people.ts';
import { costOf, idsOf, outcome, pagesOf, tally } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';

const moim = useMoim();

// biome-ignore lint/suspicious/noExplicitAny: an item is copied whole, whatever it holds
const bare = ({ pk: _1, sk: _2, type: _3, v: _4, mark: _5, ...rest }: any) => rest;
async function admin() {
  const person = await someone(moim);
  await administer(moim, person);
  return person;
}
/** A plan that a leader has published. */
async function published() {
  const leader = await someone(moim);
  const group = await found(leader);
  await put(moim, 'Group', {
    ...bare((await itemsOf(moim, 'Group', { groupId: group.groupId }))[0]),
    status: 'COMPLETED',
  });
  const { body } = await leader.post(`${group.path}/plan`);
  return { ...group, leader, planId: body.id as string, plan: `/v1/plans/${body.id}` };
}
type Plan = Awaited<ReturnType<typeof published>>;
const report = (who: Person, { plan }: Plan, more: object = {}, headers = {}) =>
  who.post(`${plan}/reports`, { reason: 'PRIVACY', ...more }, headers);
const decide = (who: Person, { plan }: Plan, decision: 'HIDE' | 'KEEP', more: object = {}) =>
  who.post(`${plan}/decisions`, { decision, ...more });
/** Whether guests see it: alone, in the gallery and in that of its category. */
async function shown({ plan, planId }: Plan) {
  const lists = await Promise.all(
    ['/v1/plans', '/v1/plans?category=IT'].map(async (path) => idsOf(await pagesOf(moim.guest, path, 50))),
  );
  return [(await moim.guest.get(plan)).status === 200, ...lists.map((ids) => ids.includes(planId))];
}
async function toldOf(who: Person) {
  await moim.settle();
  const { body } = await who.get('/v1/notifications');
  return body.items.map(({ type, text }: { type: string; text: string }) => `${type} ${text}`).toSorted();
}
const everywhere = [true, true, true];
const nowhere = [false, false, false];

test('rows 83, 132: the third who reports a plan takes it off the gallery; administrators see why, and decide', async () => {
  const here = await published();
  const boss = await admin();
  const [a, b, c, d] = (await crowd(moim, 4)) as [Person, Person, Person, Person];

  const replies = [await report(a, here, { text: 'My name is in it' }), await report(a, here), await report(b, here)];
  const two = await shown(here);
  replies.push(await report(c, here));
  const cost = costOf(moim, 'reportPlan');
  const three = await shown(here);
  const late = [
    await report(d, here),
    await d.post(`${here.plan}/groups`),
    await here.leader.delete(`${here.path}/plan`),
    await here.leader.post(`${here.path}/plan`),
  ];
  const [waiting] = (await boss.get('/v1/admin/reports')).body.items;
  const inspected = await boss.get(`/v1/admin/plans/${here.planId}`);
  const seen = await boss.get(`${here.plan}/reported`);
  const costOfLook = costOf(moim, 'getPlanReport');
  const refused = await Promise.all([here.leader, a].map((who) => who.get(`${here.plan}/reported`)));
  const kept = await decide(boss, here, 'KEEP', { reason: 'Nobody’s name' });

  expect(replies.map(outcome)).toEqual([204, 204, 204, 204]);
  expect([two, three, await shown(here)]).toEqual([everywhere, nowhere, everywhere]);
  expect(cost).toMatchObject({ requests: 3 });
  expect(late.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_APPLICABLE', 'NOT_APPLICABLE']);
  expect(waiting).toMatchObject({
    groupId: null,
    subject: `plan:${here.planId}`,
    author: { id: here.leader.id },
    state: 'HIDDEN',
    reports: 3,
    reasons: [{ reason: 'PRIVACY', count: 3 }],
    texts: ['My name is in it'],
  });
  expect(inspected.body).toMatchObject({
    plan: { id: here.planId },
    groupId: here.groupId,
    hiddenAt: '2026-03-02T03:00:00.000Z',
  });
  // Row 115: all words of the plan, as administrators see them before they decide; nobody else does.
  const { text, ...reported } = seen.body.reported;
  expect([reported, seen.body.texts]).toMatchObject([
    { kind: 'plan', images: [], hiddenAt: '2026-03-02T03:00:00.000Z', deletedAt: null },
    ['My name is in it'],
  ]);
  expect(text.split('\n').slice(0, 1)).toEqual(['Algorithms every day']);
  expect(costOfLook).toMatchObject({ requests: 2 });
  expect(refused.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  expect(kept.body).toMatchObject({ state: 'KEPT', subject: `plan:${here.planId}` });
  expect((await boss.get('/v1/admin/reports')).body.items).toEqual([]);
  expect(await toldOf(here.leader)).toEqual([
    'PLAN_HIDDEN Your published plan Algorithms every day was hidden.',
    'PLAN_RESTORED Your published plan Algorithms every day is visible again.',
  ]);
  expect(await toldOf(a)).toEqual([
    'REPORT_REJECTED Your report in Algorithms every day was reviewed. The content stays.',
  ]);
  // What was kept no number of reports hides.
  for (const who of [d, ...(await crowd(moim, 2))]) await report(who, here);
  expect(await shown(here)).toEqual(everywhere);
});

test('rows 124, 132: an administrator takes a plan down that nobody reported, and puts it back; the group’s history has it', async () => {
  const here = await published();
  const boss = await admin();

  const down = await decide(boss, here, 'HIDE', { reason: 'A phone number' });
  const cost = costOf(moim, 'decidePlan');
  const again = await decide(boss, here, 'HIDE');
  const hidden = await shown(here);
  const back = await decide(boss, here, 'KEEP');
  const twice = await decide(boss, here, 'KEEP');

  expect([down, again, back, twice].map(outcome)).toEqual([200, 'ALREADY_DECIDED', 200, 'ALREADY_DECIDED']);
  expect([hidden, await shown(here)]).toEqual([nowhere, everywhere]);
  expect(cost).toMatchObject({ requests: 3 });
  const { body } = await here.leader.get(`${here.path}/decisions`);
  const decisions = body.items.filter(({ subject }: { subject: { kind: string } }) => subject.kind === 'plan');
  expect(decisions).toHaveLength(2);
  const author = { id: here.leader.id, nickname: here.leader.nickname };
  expect(decisions).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ author, before: 'NONE', after: 'HIDDEN', reason: 'A phone number' }),
      expect.objectContaining({ author, before: 'HIDDEN', after: 'KEPT', reason: null }),
    ]),
  );
});

test('row 83: only administrators decide and inspect, not on their own; nobody reports their own, or what is not there', async () => {
  const here = await published();
  const boss = await admin();
  const [stranger] = await crowd(moim, 1);
  const own = { ...here };
  await put(moim, 'Group', {
    ...bare((await itemsOf(moim, 'Group', { groupId: here.groupId }))[0]),
    leaderId: boss.id,
  });
  const other = await published();

  const refused = [
    await decide(boss, own, 'HIDE'),
    await report(boss, own),
    await decide(other.leader, other, 'HIDE'),
    await decide(stranger!, other, 'KEEP'),
    await other.leader.get(`/v1/admin/plans/${other.planId}`),
    // A plan that nobody has reported, and one that is not there.
    await boss.get(`${other.plan}/reported`),
    await boss.get(`/v1/plans/${other.groupId}/reported`),
    await decide(boss, { ...other, plan: `/v1/plans/${other.groupId}` }, 'HIDE'),
    await report(stranger!, { ...other, plan: `/v1/plans/${other.groupId}` }),
  ];

  expect(refused.map(outcome)).toEqual([
    'OWN_DECISION',
    'INVALID_REQUEST',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
  ]);
  expect(await shown(other)).toEqual(everywhere);
});

test('rows 83, 122: three at once hide a plan once, two decisions at once are one, and a key is one report', async () => {
  const here = await published();
  const [boss, second] = [await admin(), await admin()];
  const [a, b, c] = (await crowd(moim, 3)) as [Person, Person, Person];
  const headers = key();

  const race = await Promise.all([
    report(a, here, {}, headers),
    report(a, here, {}, headers),
    report(b, here),
    report(c, here),
  ]);
  const hidden = await shown(here);
  const both = await Promise.all([decide(boss, here, 'KEEP'), decide(second, here, 'KEEP')]);

  expect(race.every((reply) => [204, 'IDEMPOTENCY_IN_FLIGHT'].includes(outcome(reply)))).toBe(true);
  expect(hidden).toEqual(nowhere);
  expect(tally(both)).toEqual({ 200: 1, ALREADY_DECIDED: 1 });
  expect((await toldOf(here.leader)).length).toBe(2);
  const [stored] = await itemsOf(moim, 'ReportCase', { groupId: here.planId });
  expect(stored).toMatchObject({ state: 'KEPT', total: 3, open: 0 });
});

test('row 132: with a plan that its leader takes back the reports on it are gone', async () => {
  const here = await published();
  const boss = await admin();
  const [a] = await crowd(moim, 1);
  await report(a!, here);

  const back = await here.leader.delete(`${here.path}/plan`);
  await moim.settle();

  const { body } = await boss.get('/v1/admin/reports');
  expect(back.status).toBe(204);
  expect(body.items.filter(({ subject }: { subject: string }) => subject.endsWith(here.planId))).toEqual([]);
  expect(await itemsOf(moim, 'ReportCase', { groupId: here.planId })).toEqual([]);
});

test('row 132: a plan whose group is gone is nobody’s, and can be taken down all the same', async () => {
  const here = await published();
  const boss = await admin();
  const [a] = await crowd(moim, 1);
  await put(moim, 'Group', {
    ...bare((await itemsOf(moim, 'Group', { groupId: here.groupId }))[0]),
    deletedAt: '2026-03-02T03:00:00.000Z',
  });

  await report(a!, here);
  const { body } = await boss.get('/v1/admin/reports');
  const down = await decide(boss, here, 'HIDE');

  expect(body.items.find(({ subject }: { subject: string }) => subject.endsWith(here.planId)).author).toBeNull();
  expect(down.status).toBe(200);
  expect(await shown(here)).toEqual(nowhere);
  expect(await toldOf(a!)).toEqual([
    'REPORT_ACCEPTED Your report in Algorithms every day was reviewed. The content is hidden.',
  ]);
});
