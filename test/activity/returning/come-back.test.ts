/** Row 144: what the home screen offers after a week away, and what each choice changes. */
import { addDays } from '../../../shared/core/time.ts';
import { atEachRequest } from '../../support/faults.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, nextTick, renew } from '../../support/people.ts';
import { costOf, outcome } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
/** Each test has days of its own: the clock only goes forward. Each begins on a Monday. */
let monday = '2026-03-02';

interface Scene {
  readonly leader: Person;
  readonly member: Person;
  readonly others: Person[];
  readonly groupId: string;
  readonly path: string;
  readonly missionId: string;
  readonly first: string;
}

/** A member who did a daily mission on Monday and Tuesday, and then nothing until the Thursday of the next week. */
async function away(more: object = {}): Promise<Scene> {
  const scene = await team(more);
  await twoDays(scene);
  return scene;
}
async function twoDays(...scenes: Scene[]): Promise<void> {
  for (const n of [0, 1])
    for (const scene of scenes) {
      await on(scene, n);
      await certify(scene, scene.member);
    }
}
async function team(more: object = {}, size = 3): Promise<Scene> {
  const [leader, member, ...others] = (await crowd(moim, size)) as [Person, Person, ...Person[]];
  const here = await found(
    leader,
    { approval: 'AUTO', startDate: undefined, endDate: '2028-12-31', frequency: { every: 'DAY' }, ...more },
    member,
    ...others,
  );
  await leader.patch(`${here.path}/missions/${here.missionId}`, { way: 'TEXT' });
  return { leader, member, others, ...here, first: monday };
}
const dayOf = ({ first }: Scene, n: number) => addDays(first, n);
async function on(scene: Scene, n: number): Promise<void> {
  await moim.settle();
  const instant = `${dayOf(scene, n)}T12:00:00+09:00`;
  if (Date.parse(instant) > moim.clock.now()) await moim.clock.advanceTo(Date.parse(instant));
  await renew(moim, scene.leader, scene.member, ...scene.others);
}
async function certify({ path, missionId }: Scene, who: Person) {
  await moim.clock.advance(6000);
  const { status, body } = await who.post(`${path}/missions/${missionId}/certifications`, { text: 'Done' });
  expect(status).toBe(201);
  await moim.settle();
  return body;
}
// biome-ignore lint/suspicious/noExplicitAny: an answer is compared as a whole
const home = async ({ member, groupId }: Scene): Promise<any> => {
  await moim.settle();
  const { body } = await member.get('/v1/accounts/me/today');
  return body.items.find(({ group }: { group: { id: string } }) => group.id === groupId);
};
const come = ({ member, path }: Scene, body: object, headers: Record<string, string> = {}) =>
  member.post(`${path}/members/me/return`, body, headers);
// biome-ignore lint/suspicious/noExplicitAny: an answer is compared as a whole
const board = async ({ leader, member, path }: Scene): Promise<any> => {
  await moim.settle();
  const { body } = await leader.get(`${path}/progress`);
  return body.members.find(({ account }: { account: { id: string } }) => account.id === member.id);
};
const newsOf = async (who: Person): Promise<{ type: string; text: string }[]> => {
  await moim.settle();
  return (await who.get('/v1/notifications?limit=50')).body.items;
};

afterEach(async () => {
  // A Monday after all that a test has done.
  monday = addDays(monday, 42);
  await moim.settle();
  if (Date.parse(`${monday}T09:00:00+09:00`) > moim.clock.now()) await at(moim, `${monday}T09:00:00+09:00`);
});

test('from the seventh day on it is offered: what it covers, what can be fewer, how long one may rest; no list of misses', async () => {
  const scene = await away();
  await on(scene, 7);
  const sixth = (await home(scene)).back;
  await on(scene, 8);
  const { back, streak } = await home(scene);
  const lead = (await scene.leader.get('/v1/accounts/me/today')).body.items[0].back;

  expect(sixth).toBeNull();
  expect(back).toEqual({
    gap: { from: dayOf(scene, 2), until: dayOf(scene, 7) },
    asksLeader: false,
    fewer: [{ missionId: scene.missionId, most: 6 }],
    restUntil: dayOf(scene, 37),
    mayLeave: true,
  });
  // The best streak stays visible.
  expect(streak).toMatchObject({ current: 0, best: 2 });
  // The leader did nothing since the founding, and has to hand over before leaving.
  expect(lead).toMatchObject({ mayLeave: false });
});

test('go on today: nothing changes, and it is offered again after another week', async () => {
  const scene = await away();
  await on(scene, 10);
  const before = await board(scene);
  const chosen = await come(scene, { choice: 'GO_ON' });
  const cost = costOf(moim, 'comeBack');
  const again = await come(scene, { choice: 'GO_ON' });
  const after = await board(scene);
  const offered = (await home(scene)).back;
  await on(scene, 17);

  expect([outcome(chosen), chosen.body]).toEqual([200, { excuse: null, quota: null }]);
  expect(outcome(again)).toBe('NOT_APPLICABLE');
  expect([after.done, after.due]).toEqual([before.done, before.due]);
  expect(offered).toBeNull();
  expect((await home(scene)).back).not.toBeNull();
  expect(cost).toMatchObject({ requests: 4, roundTrips: 2 });
});

test('fewer: the number changes what is due from that day on alone; it is shown, and can be taken back', async () => {
  const scene = await away();
  await on(scene, 10);
  const before = await board(scene);
  const tooMany = await come(scene, { choice: 'FEWER', missionId: scene.missionId, timesPerWeek: 6.5 });
  const { body } = await come(scene, { choice: 'FEWER', missionId: scene.missionId, timesPerWeek: 2 });
  const sameDay = await board(scene);
  const entry = await home(scene);
  const { body: status } = await scene.leader.get(`${scene.path}/missions/${scene.missionId}/status`);
  // The rest of this week asks two of four days, and the next week two of seven.
  await on(scene, 14);
  const sunday = await board(scene);
  await certify(scene, scene.member);
  await on(scene, 15);
  await certify(scene, scene.member);
  const full = (await home(scene)).missions[0];
  await on(scene, 21);
  const next = await board(scene);
  const { streaks } = (await scene.member.get(`${scene.path}/progress/${scene.member.id}`)).body;
  const taken = await scene.member.delete(`${scene.path}/missions/${scene.missionId}/quota`);
  const twice = await scene.member.delete(`${scene.path}/missions/${scene.missionId}/quota`);
  const thisWeek = (await home(scene)).missions[0].quota;
  await on(scene, 28);
  const asBefore = (await home(scene)).missions[0];

  expect(outcome(tooMany)).toBe('INVALID_REQUEST');
  expect(body.quota).toEqual({ missionId: scene.missionId, from: dayOf(scene, 10), timesPerWeek: 2 });
  // Two of ten days are done; three of this week are missed by now, five of the last.
  expect([before.done, before.due]).toEqual([2, 10]);
  expect([sameDay.done, sameDay.due, sameDay.fewer]).toEqual([2, 10, true]);
  expect(entry.missions[0]).toMatchObject({ quota: 2, timesPerWeek: 7, mine: 'TODO', left: 1 });
  expect(status.items.find((each: { account: { id: string } }) => each.account.id === scene.member.id).quota).toBe(2);
  expect([sunday.done, sunday.due]).toEqual([2, 12]);
  expect(full).toMatchObject({ mine: 'DONE' });
  expect([next.done, next.due]).toEqual([4, 14]);
  expect(streaks[0]).toMatchObject({ unit: 'WEEK', current: 1, quota: 2, former: { unit: 'DAY', best: 2 } });
  expect([outcome(taken), outcome(twice), thisWeek, asBefore.quota]).toEqual([204, 204, 2, null]);
});

test('the gap is excused by the rule of the group: at once, or when the leader grants it', async () => {
  const free = await away();
  await on(free, 10);
  const granted = await come(free, { choice: 'EXCUSE' });
  const [share, streak] = [await board(free), (await home(free)).streak];
  monday = addDays(monday, 14);
  await at(moim, `${monday}T09:00:00+09:00`);
  const own = await away({ excusesNeedApproval: true });
  await on(own, 10);
  const asked = (await home(own)).back.asksLeader;
  const waits = await come(own, { choice: 'EXCUSE', reason: '아팠어요' });
  const before = await board(own);
  const { body: list } = await own.leader.get(`${own.path}/excuses?state=PENDING`);
  await own.leader.post(`${own.path}/excuses/${list.items[0].id}/grant`);
  const after = await board(own);

  expect(granted.body.excuse).toMatchObject({
    state: 'GRANTED',
    from: dayOf(free, 2),
    until: dayOf(free, 9),
    reason: '',
  });
  expect([share.done, share.due]).toEqual([2, 2]);
  expect(streak).toMatchObject({ current: 2, best: 2 });
  expect([asked, waits.body.excuse.state]).toEqual([true, 'PENDING']);
  expect([before.due, after.due]).toEqual([10, 2]);
  expect((await newsOf(own.leader)).map(({ type }) => type)).toContain('EXCUSE_REQUESTED');
});

test('rows 119, 144: a gap of more days than a month excuses freely is announced as one that waits, and it waits', async () => {
  const scene = await away();
  await on(scene, 26);
  const { gap, asksLeader } = (await home(scene)).back;
  const { body } = await come(scene, { choice: 'EXCUSE' });

  // Two months at most share these 24 days.
  expect(gap).toEqual({ from: dayOf(scene, 2), until: dayOf(scene, 25) });
  expect([asksLeader, body.excuse.state]).toEqual([true, 'PENDING']);
});

test('a rest appears in what is due as excused, needs nobody, and has thirty days at most', async () => {
  const scene = await away({ excusesNeedApproval: true });
  await on(scene, 10);
  const tooLong = await come(scene, { choice: 'REST', until: dayOf(scene, 40) });
  const past = await come(scene, { choice: 'REST', until: dayOf(scene, 9) });
  const rests = await come(scene, { choice: 'REST', until: dayOf(scene, 39) });
  const now = await home(scene);
  await on(scene, 17);
  const later = await home(scene);
  const share = await board(scene);

  expect([outcome(tooLong), outcome(past)]).toEqual(['INVALID_REQUEST', 'INVALID_REQUEST']);
  expect(rests.body.excuse).toMatchObject({ state: 'GRANTED', from: dayOf(scene, 10), until: dayOf(scene, 39) });
  expect(now.excused).toEqual({ from: dayOf(scene, 10), until: dayOf(scene, 39) });
  expect([later.back, later.excused]).toEqual([null, now.excused]);
  expect([share.done, share.due, share.excused]).toEqual([2, 10, true]);
  // No month counts it.
  expect(await itemsOf(moim, 'MemberMonth', { groupId: scene.groupId })).toEqual([]);
});

test('leave with a word: those who decide get it, and the membership ends; a leader hands over first', async () => {
  const scene = await away();
  await on(scene, 10);
  const led = await scene.leader.post(`${scene.path}/members/me/return`, { choice: 'LEAVE', word: 'Bye' });
  const key = { 'idempotency-key': 'leave-with-a-word' };
  const left = await come(scene, { choice: 'LEAVE', word: '모두 고마웠어요' }, key);
  const repeated = await come(scene, { choice: 'LEAVE', word: '모두 고마웠어요' }, key);
  const outside = await come(scene, { choice: 'GO_ON' });
  const [heard, others] = [await newsOf(scene.leader), await newsOf(scene.others[0]!)];

  expect(outcome(led)).toBe('LEADER_MUST_HAND_OVER');
  expect([outcome(left), outcome(repeated), repeated.body]).toEqual([200, 200, left.body]);
  expect(outcome(outside)).toBe('NOT_FOUND');
  expect(heard.find(({ type }) => type === 'LEFT_WITH_WORD')?.text).toContain('모두 고마웠어요');
  expect(others.map(({ type }) => type)).not.toContain('LEFT_WITH_WORD');
  expect(others.map(({ type }) => type)).toContain('MEMBER_LEFT');
});

test('a leader who is alone takes the group along; who leads an open room is succeeded', async () => {
  const room = await team({}, 2);
  const { leader, member } = room;
  const daily = { kind: 'REPEAT', title: 'A page', way: 'TEXT', approval: 'AUTO', frequency: { every: 'DAY' } };
  const [alone, open] = await Promise.all(
    ['TEAM', 'OPEN_ROOM'].map(async (kind) => {
      const { body } = await leader.post('/v1/groups', { kind, title: 'Quiet', category: 'TEST' });
      const path = `/v1/groups/${body.id}`;
      const { body: mission } = await leader.post(`${path}/missions`, daily);
      return { ...room, groupId: body.id, path, missionId: mission.id, member: leader };
    }),
  );
  await member.post(`${open!.path}/members`);
  for (const scene of [alone!, open!]) await certify(scene, leader);
  await on(room, 10);
  const offered = [await home(alone!), await home(open!)];

  const ended = await come(alone!, { choice: 'LEAVE' });
  const left = await come(open!, { choice: 'LEAVE', word: 'Bye' });
  await moim.settle();
  const { body: list } = await member.get(`${open!.path}/members`);

  expect(offered.map(({ back }) => back.mayLeave)).toEqual([true, true]);
  expect([outcome(ended), outcome(left)]).toEqual([200, 200]);
  expect(outcome(await leader.get(`${alone!.path}/missions`))).toBe('NOT_FOUND');
  expect(list.items.map(({ role }: { role: string }) => role)).toEqual(['LEADER']);
});

test('the group is told with the first certification, if one wants that: once, however often it is delivered', async () => {
  const scene = await away();
  await on(scene, 10);
  await come(scene, { choice: 'GO_ON', greet: true });
  const before = (await newsOf(scene.others[0]!)).map(({ type }) => type);
  const one = await certify(scene, scene.member);
  await on(scene, 11);
  await certify(scene, scene.member);
  const heard = (await newsOf(scene.others[0]!)).filter(({ type }) => type === 'BACK');
  const own = (await newsOf(scene.member)).filter(({ type }) => type === 'BACK');

  expect(before).not.toContain('BACK');
  expect(heard).toMatchObject([{ link: { screen: 'certification', certificationId: one.id } }]);
  expect(own).toEqual([]);
});

test('two choices at once: one is taken, the other finds nothing to choose', async () => {
  const scene = await away();
  await on(scene, 10);
  const both = await Promise.all([
    come(scene, { choice: 'REST', until: dayOf(scene, 12) }),
    come(scene, { choice: 'FEWER', missionId: scene.missionId, timesPerWeek: 3 }),
  ]);
  const [member] = await itemsOf(moim, 'Membership', { groupId: scene.groupId, accountId: scene.member.id });

  expect(both.map(outcome).toSorted()).toEqual([200, 'NOT_APPLICABLE']);
  expect([member.excused, member.quotas].filter((each) => each !== undefined)).toHaveLength(1);
});

test('who chooses has answered: reminders go on as before', async () => {
  const scene = await away();
  for (const n of [2, 3, 4]) {
    await moim.settle();
    await at(moim, `${dayOf(scene, n)}T20:00:00+09:00`);
    await nextTick(moim);
  }
  await on(scene, 10);
  const silent = await itemsOf(moim, 'Reminding', { accountId: scene.member.id });
  await come(scene, { choice: 'FEWER', missionId: scene.missionId, timesPerWeek: 1 });
  await moim.settle();
  const [answered] = await itemsOf(moim, 'Reminding', { accountId: scene.member.id });

  expect(silent[0].unanswered).toHaveLength(3);
  expect(answered.unanswered).toBeUndefined();
});

test('each fault at each request, and the same request again, leave one choice', async () => {
  const scenes = await Promise.all(Array.from({ length: 12 }, () => team({}, 2)));
  await twoDays(...scenes);
  for (const scene of scenes) await on(scene, 10);
  let next = 0;
  await atEachRequest(
    moim,
    4,
    async () => scenes[next++]!,
    (scene) =>
      come(
        scene,
        { choice: 'REST', until: dayOf(scene, 12), greet: true },
        { 'idempotency-key': `rest-${scene.groupId}` },
      ),
    async (scene, again, fault) => {
      const excuses = await itemsOf(moim, 'Excuse', { groupId: scene.groupId });
      expect([fault, outcome(again), excuses.length]).toEqual([fault, 200, 1]);
      expect(again.body.excuse.id).toBe(excuses[0].excuseId);
    },
  );
});
