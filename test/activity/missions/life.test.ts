/** Rows 58-61: the life of a mission, who has done it, and skips. */
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, nextTick, tick } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { found, kick, leave } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();

interface Scene {
  readonly leader: Person;
  readonly members: readonly Person[];
  readonly path: string;
  readonly groupId: string;
}
async function scene(members: number): Promise<Scene> {
  const [leader, ...others] = (await crowd(moim, members + 1)) as [Person, ...Person[]];
  const { path, groupId } = await found(leader, { startDate: undefined, endDate: '2027-12-31' }, ...others);
  return { leader, members: others, path, groupId };
}
async function mission({ leader, path }: Scene, more: object = {}): Promise<string> {
  const { body } = await leader.post(`${path}/missions`, { kind: 'ONCE', title: 'Read', way: 'TEXT', ...more });
  return `${path}/missions/${body.id}`;
}
const auto = { approval: 'AUTO' };
async function certify(who: Person, one: string, more: object = {}) {
  await moim.clock.advance(5000);
  return who.post(`${one}/certifications`, { text: 'Done', ...more });
}
const settled = async () => {
  await moim.settle();
  await nextTick(moim);
  await moim.settle();
};
const stateOf = async (who: Person, one: string) => {
  const { status, done, total } = (await who.get(one)).body;
  return [status, done, total];
};
const live = async ({ groupId }: Scene) => (await itemsOf(moim, 'Group', { groupId }))[0].liveONCE;

test('row 59: SUCCESS when all have done or skipped it, once; undone exactly when what it rests on is undone', async () => {
  const here = await scene(2);
  const { leader, members } = here;
  const one = await mission(here, auto);
  const first = await certify(leader, one);
  await certify(members[0]!, one);
  await settled();
  const before = await stateOf(leader, one);
  await members[1]!.post(`${one}/skips`, { reason: 'Ill' });
  await settled();
  const success = await stateOf(leader, one);
  const closed = outcome(await certify(members[1]!, one));
  // Repeated and late looks change nothing.
  await tick(moim);
  await settled();
  const again = [await stateOf(leader, one), await live(here)];
  const [comer] = await crowd(moim, 1);
  await comer!.post(`${here.path}/members`);
  await settled();
  const joined = (await stateOf(leader, one))[0];
  await leader.delete(`${here.path}/certifications/${first.body.id}`);
  await settled();
  const undone = [...(await stateOf(leader, one)), await live(here)];
  await certify(leader, one);
  await settled();
  // Who has come since is a member now, and has not done it.
  const open = (await stateOf(leader, one))[0];
  await certify(comer!, one);
  await settled();

  expect(before).toEqual(['ONGOING', 2, 3]);
  expect([success, closed]).toEqual([['SUCCESS', 2, 3], 'NOT_IN_PERIOD']);
  expect(again).toEqual([['SUCCESS', 2, 3], 0]);
  expect([joined, undone, open]).toEqual(['SUCCESS', ['ONGOING', 1, 4, 1], 'ONGOING']);
  expect(await stateOf(leader, one)).toEqual(['SUCCESS', 3, 4]);
});

test('row 59: an edit and a denial take back, an approval gives again; whoever leaves does not hold it up', async () => {
  const here = await scene(2);
  const { leader, members, path } = here;
  const one = await mission(here);
  const [a, b] = [await certify(members[0]!, one), await certify(members[1]!, one)];
  const certification = (reply: typeof a) => `${path}/certifications/${reply.body.id}`;
  await leader.post(`${certification(a)}/approve`);
  await settled();
  const states = [await stateOf(leader, one)];
  await leader.post(`${certification(b)}/deny`, { reason: 'No' });
  await certify(leader, one);
  await settled();
  states.push(await stateOf(leader, one));
  await kick(leader, { path }, members[1]!);
  await settled();
  states.push(await stateOf(leader, one));
  await members[0]!.patch(certification(a), { text: 'Better' });
  await settled();
  states.push(await stateOf(leader, one));
  await leader.post(`${certification(a)}/approve`);
  await settled();
  states.push(await stateOf(leader, one));
  await leave(members[0]!, { path });
  await settled();
  states.push(await stateOf(leader, one));

  expect(states).toEqual([
    ['ONGOING', 1, 3],
    ['ONGOING', 2, 3],
    ['SUCCESS', 2, 2],
    ['ONGOING', 1, 2],
    ['SUCCESS', 2, 2],
    ['SUCCESS', expect.any(Number), 1],
  ]);
});

test('row 59: at its time FAIL if nobody has done it, END if somebody has, also if it was counted or approved late', async () => {
  const here = await scene(2);
  const { leader, members, path } = here;
  const dueAt = new Date(Math.ceil(moim.clock.now() / 60_000) * 60_000 + 600_000).toISOString();
  const [nobody, somebody, late, byHand] = [
    await mission(here, { ...auto, dueAt }),
    await mission(here, { ...auto, dueAt }),
    await mission(here, { dueAt }),
    await mission(here, { ...auto, dueAt }),
  ];
  await certify(members[0]!, somebody!);
  const waits = await certify(members[0]!, late!);
  await leader.post(`${byHand}/end`);
  const all = async () =>
    Promise.all([nobody, somebody, late, byHand].map(async (each) => (await stateOf(leader, each!))[0]));

  await at(moim, dueAt, leader, ...members);
  await Promise.all([tick(moim), tick(moim)]);
  await tick(moim);
  await moim.settle();
  const due = await all();
  await leader.post(`${path}/certifications/${waits.body.id}/approve`);
  await settled();
  const approved = await all();

  expect(due).toEqual(['FAIL', 'END', 'FAIL', 'END']);
  expect(approved).toEqual(['FAIL', 'END', 'END', 'END']);
  expect(await live(here)).toBe(0);
  expect(await itemsOf(moim, 'Due', { kind: 'missionLife' })).toEqual([]);
});

test('row 58: a skip is seen by oneself and those who decide, counts for nothing, and is taken back by a certification', async () => {
  const here = await scene(2);
  const { leader, members, path, groupId } = here;
  const [member, other] = members as [Person, Person];
  const one = await mission(here, { ...auto, kind: 'REPEAT', frequency: { every: 'WEEK', times: 2 } });
  const skip = (more: object = {}) => member.post(`${one}/skips`, { reason: 'On the road', ...more });
  const race = await Promise.all([1, 2, 3].map(() => skip()));
  const skipped = race.find(({ status }) => status === 201)!.body;
  const seen = await Promise.all(
    [member, leader, other].map(async (who) => outcome(await who.get(`${path}/certifications/${skipped.id}`))),
  );
  const home = async () => {
    await moim.settle();
    const [entry] = (await member.get('/v1/accounts/me/today')).body.items;
    return entry.missions.find(({ title }: { title: string }) => title === 'Read');
  };
  const onHome = await home();
  const refused = [
    await skip({ day: '2026-01-01' }),
    await skip({ day: '2027-01-01' }),
    await member.patch(`${path}/certifications/${skipped.id}`, { text: 'x' }),
    await leader.post(`${path}/certifications/${skipped.id}/approve`),
    await member.post(`${one}/skips`, { reason: '' }),
  ];
  const certified = await certify(member, one);
  const week = async () =>
    (await itemsOf(moim, 'MissionWeek', { accountId: member.id })).map(({ total, okTotal, skipTotal }) => [
      total,
      okTotal,
      skipTotal,
    ]);
  const after = await week();
  const taken = outcome(await skip());
  const gone = outcome(await member.get(`${path}/certifications/${skipped.id}`));

  expect(tally(race)).toEqual({ 201: 1, CERTIFICATION_LIMIT: 2 });
  expect(skipped).toMatchObject({ status: 'SKIPPED', text: 'On the road', images: [] });
  expect(seen).toEqual([200, 200, 'NOT_FOUND']);
  expect(onHome).toMatchObject({ mine: 'SKIPPED', left: 0, days: [] });
  expect(refused.map(outcome)).toEqual([
    ...['NOT_IN_PERIOD', 'NOT_IN_PERIOD', 'NOT_APPLICABLE', 'ALREADY_DECIDED', 'INVALID_REQUEST'],
  ]);
  expect([certified.status, after, taken, gone]).toEqual([201, [[1, 1, 0]], 'CERTIFICATION_LIMIT', 'NOT_FOUND']);
  expect(await itemsOf(moim, 'Certification', { groupId, accountId: member.id })).toHaveLength(1);
  expect((await member.get('/v1/accounts/me')).body.bricks).toBe(1);
  await member.delete(`${path}/certifications/${certified.body.id}`);
  const anew = await skip();
  await member.delete(`${path}/certifications/${anew.body.id}`);
  expect(await week()).toEqual([[0, 0, 0]]);
});

test('row 58: a mission that is done once is skipped as a whole, and certified after all', async () => {
  const here = await scene(1);
  const one = await mission(here, auto);
  const member = here.members[0]!;
  const skipped = await member.post(`${one}/skips`, { reason: 'Ill' });
  const twice = await member.post(`${one}/skips`, { reason: 'Ill' });
  await at(moim, new Date(moim.clock.now() + 3 * 86_400_000).toISOString(), here.leader, member);
  const mine = (await member.get(one)).body.mine;
  const certified = await certify(member, one);
  const [week] = await itemsOf(moim, 'MissionWeek', { accountId: member.id });

  expect([skipped.status, outcome(twice), mine, certified.status]).toEqual([
    201,
    'CERTIFICATION_LIMIT',
    'SKIPPED',
    201,
  ]);
  expect(week).toMatchObject({ week: 'ONCE', total: 1, okTotal: 1, skipTotal: 0 });
  expect((await member.get(one)).body.mine).toBe('DONE');
});

test('row 61: who has done it: oneself first, then not done, waiting, skipped, done; and done of all', async () => {
  const here = await scene(4);
  const [a, b, c] = here.members as [Person, Person, Person, Person];
  const one = await mission(here);
  const reply = await certify(a, one);
  await here.leader.post(`${here.path}/certifications/${reply.body.id}/approve`);
  await b.post(`${one}/skips`, { reason: 'Ill' });
  await certify(c, one);
  const { body } = await b.get(`${one}/status`);
  const cost = costOf(moim, 'getMissionStatus');

  expect([body.done, body.skipped, body.total]).toEqual([1, 1, 5]);
  expect(body.items.map(({ state }: { state: string }) => state)).toEqual([
    'SKIPPED',
    'TODO',
    'TODO',
    'WAITING',
    'DONE',
  ]);
  expect(body.items[0].account).toMatchObject({ id: b.id, nickname: b.nickname });
  expect(body.items.at(-1).account.id).toBe(a.id);
  expect([cost.requests, cost.roundTrips, cost.writeUnits]).toEqual([4, 2, 0]);
});

test('0.10: what certifying and skipping cost once a mission has begun', async () => {
  const here = await scene(2);
  const [a, b] = here.members as [Person, Person];
  const one = await mission(here);
  await certify(here.leader, one);
  // Session, account and access door; the mission, with its weeks that may be, and the one that is done once.
  await certify(a, one);
  // Membership checked, week with its index, throttle, certification with two indexes, and whoever decides is asked.
  expect(costOf(moim, 'submitCertification')).toMatchObject({ requests: 2, roundTrips: 2, writeUnits: 13 });
  await b.post(`${one}/skips`, { reason: 'Ill' });
  expect(costOf(moim, 'skipMission')).toMatchObject({ requests: 2, roundTrips: 2, writeUnits: 9 });
});
