import { newId } from '../../../shared/core/ids.ts';
import { key } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, someone } from '../../support/people.ts';
import { costOf, outcome, pagesOf, tally } from '../../support/replies.ts';
import { certify, found, leave } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';
import { administrator, group } from '../memberships/support.ts';

const moim = useMoim();

/** A group that is over, in a state that a job would bring it to. */
async function over(leader: Person, more: object = {}, ...members: Person[]) {
  const group = await found(leader, more, ...members);
  await change(group.groupId, { status: 'COMPLETED' });
  return group;
}
async function change(groupId: string, more: object) {
  const [{ pk: _pk, sk: _sk, type: _type, v: _v, ...item }] = await itemsOf(moim, 'Group', { groupId });
  await put(moim, 'Group', { ...item, ...more });
}
const publish = (who: Person, { path }: { path: string }, body: object = {}, headers = {}) =>
  who.post(`${path}/plan`, body, headers);
async function published(leader: Person, more: object = {}, ...members: Person[]) {
  const group = await over(leader, more, ...members);
  const { body } = await publish(leader, group);
  return { ...group, planId: body.id as string, plan: `/v1/plans/${body.id}` };
}
const groupOf = async (groupId: string) => (await itemsOf(moim, 'Group', { groupId }))[0];

test('row 132: a leader publishes what a group did; guests see it with numbers, and nobody in it', async () => {
  const [leader, ari, bora] = await crowd(moim, 3);
  const days = ['2026-03-02', '2026-03-03'];
  const group = await found(
    leader!,
    { endDate: '2026-03-03', audience: 'EVERYBODY', tags: ['ALGORITHM'], description: 'One problem a day' },
    ari!,
    bora!,
  );
  for (const day of days) {
    await at(moim, `${day}T04:00:00Z`, leader!, ari!, bora!);
    for (const who of day === days[0] ? [ari!, bora!] : [ari!]) {
      const { body } = await certify(who, group, { text: 'Only for us' });
      await moim.settle();
      await leader!.post(`${group.path}/certifications/${body.id}/approve`);
    }
  }
  await at(moim, '2026-03-04T04:00:00Z', leader!, ari!, bora!);

  const { status, body, headers } = await publish(leader!, group);
  const cost = costOf(moim, 'publishPlan');
  await moim.settle();
  const { body: seen } = await moim.guest.get(`/v1/plans/${body.id}`);
  const { body: own } = await leader!.get(`/v1/accounts/me/groups/${group.groupId}`);

  expect([status, headers.get('location')]).toEqual([201, `/v1/plans/${body.id}`]);
  expect(body.results).toEqual({ members: 3, certifications: null, diligent: null });
  expect(seen).toEqual({
    id: body.id,
    kind: 'CHALLENGE',
    title: 'Algorithms every day',
    description: 'One problem a day',
    certificationRule: 'A photo of your notes',
    category: 'IT',
    customCategory: null,
    tags: ['ALGORITHM'],
    audience: 'EVERYBODY',
    frequency: { every: 'DAY' },
    missions: [
      {
        title: 'Algorithms every day',
        content: '',
        rule: 'A photo of your notes',
        checklist: [],
        kind: 'REPEAT',
        way: 'PHOTO',
        approval: 'LEADER',
        timesPerWeek: 7,
        weekdays: [1, 2, 3, 4, 5, 6, 7],
        perDayLimit: 1,
      },
    ],
    days: 2,
    // Two of Ari's, one of Bora's; of three members, Ari did it all.
    results: { members: 3, certifications: 3, diligent: 33 },
    uses: 0,
    publishedAt: '2026-03-04T04:00:00.000Z',
  });
  expect(own.planId).toBe(body.id);
  const people = [leader!, ari!, bora!].flatMap(({ id, nickname }) => [id, nickname]);
  for (const hidden of [...people, group.groupId, 'Only for us']) expect(JSON.stringify(seen)).not.toContain(hidden);
  expect(cost).toMatchObject({ requests: 3, roundTrips: 2 });
});

test('row 132: title and description may be written for everybody', async () => {
  const leader = await someone(moim);
  const group = await over(leader, {
    title: 'Minho and friends run',
    description: 'As Minho says',
    startDate: '2026-03-04',
  });

  const { body } = await publish(leader, group, { title: 'We run', description: '' });

  expect([body.title, body.description]).toEqual(['We run', '']);
  expect((await groupOf(group.groupId)).title).toBe('Minho and friends run');
});

test('row 132: by the leader, of a group that is over, once', async () => {
  const [leader, member, outsider] = await crowd(moim, 3);
  const group = await found(leader!, { startDate: '2026-03-04', endDate: '2026-03-10' }, member!);

  const early = await publish(leader!, group);
  await change(group.groupId, { status: 'FINISHED' });
  const others = [await publish(member!, group), await publish(outsider!, group)];
  await change(group.groupId, { approvalStatus: 'PENDING' });
  const unapproved = await publish(leader!, group);
  await change(group.groupId, { approvalStatus: 'APPROVED' });
  const race = await Promise.all(Array.from({ length: 5 }, () => publish(leader!, group)));

  expect([early, ...others, unapproved].map(outcome)).toEqual([
    'NOT_APPLICABLE',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_APPLICABLE',
  ]);
  expect(tally(race)).toEqual({ 201: 1, NOT_APPLICABLE: 4 });
  expect(await itemsOf(moim, 'Plan', { groupId: group.groupId })).toHaveLength(1);
});

test('row 132: the leader takes it back, and may publish it anew; groups from it stay', async () => {
  const [leader, member, starter] = await crowd(moim, 3);
  const here = await published(leader!, { startDate: '2026-03-04' }, member!);
  const { body: started } = await starter!.post(`${here.plan}/groups`, {});

  const refused = await member!.delete(`${here.path}/plan`);
  const gone = await leader!.delete(`${here.path}/plan`);
  const again = await leader!.delete(`${here.path}/plan`);
  const late = await starter!.post(`${here.plan}/groups`, {});
  const anew = await publish(leader!, here);

  expect([refused, gone, again, late, anew].map(outcome)).toEqual(['NOT_FOUND', 204, 'NOT_FOUND', 'NOT_FOUND', 201]);
  expect(outcome(await moim.guest.get(here.plan))).toBe('NOT_FOUND');
  expect((await moim.guest.get(`/v1/groups/${started.id}`)).status).toBe(200);
});

test('row 132: a group is started from a plan as long as it was, with its missions; the plan counts it', async () => {
  const [leader, starter] = await crowd(moim, 2);
  const here = await published(leader!, {
    startDate: '2026-03-04',
    endDate: '2026-03-10',
    capacity: 5,
    tags: ['BOOKS'],
  });

  const { status, body, headers } = await starter!.post(`${here.plan}/groups`, {
    title: 'Algorithms once more',
    startDate: '2026-04-01',
    capacity: 20,
  });
  const cost = costOf(moim, 'startFromPlan');
  const { body: missions } = await starter!.get(`/v1/groups/${body.id}/missions`);
  const { body: original } = await leader!.get(`${here.path}/missions`);

  expect([status, headers.get('location'), headers.get('etag')]).toEqual([201, `/v1/groups/${body.id}`, '"1"']);
  expect(body).toMatchObject({
    kind: 'CHALLENGE',
    title: 'Algorithms once more',
    certificationRule: 'A photo of your notes',
    category: 'IT',
    tags: ['BOOKS'],
    frequency: { every: 'DAY' },
    startDate: '2026-04-01',
    endDate: '2026-04-07',
    capacity: 20,
    memberCount: 1,
    approvalStatus: 'APPROVED',
  });
  const own = ['id', 'groupId', 'createdAt', 'makerId', 'total'];
  const plain = (mission: object) => Object.entries(mission).filter(([name]) => !own.includes(name));
  expect(missions.items.map(plain)).toEqual(original.items.map(plain));
  expect(missions.items).toHaveLength(1);
  expect(await itemsOf(moim, 'Membership', { groupId: body.id })).toMatchObject([
    { accountId: starter!.id, role: 'LEADER', founded: true },
  ]);
  expect((await moim.guest.get(here.plan)).body.uses).toBe(1);
  expect(cost).toMatchObject({ requests: 2, roundTrips: 2 });
});

test('row 132: with as many missions as there can be, a key too, a group is still one transaction', async () => {
  const [leader, starter] = await crowd(moim, 2);
  const letters = '가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호구누두루무부';
  const texts = { title: letters.slice(0, 50), description: [...letters.repeat(4)].map((one, i) => one + i).join(' ') };
  const tags = ['ALGORITHM', 'INTERVIEW', 'EARLY_BIRD'];
  const group = await over(leader!, { startDate: '2026-03-04', audience: 'EVERYBODY', ...texts, tags });
  const [{ pk: _pk, sk: _sk, type: _type, v: _v, ...mission }] = await itemsOf(moim, 'Mission', {
    groupId: group.groupId,
  });
  for (let i = 0; i < 12; i++)
    await put(moim, 'Mission', { ...mission, missionId: newId(moim.clock.now()), title: `Mission ${i}` });
  const { body: plan } = await publish(leader!, group);

  const started = await starter!.post(`/v1/plans/${plan.id}/groups`, {}, key());

  expect([started.status, plan.missions.length]).toEqual([201, 10]);
  expect(await itemsOf(moim, 'Mission', { groupId: started.body.id })).toHaveLength(10);
});

test('row 132: ten who start at once are counted ten times, and each has a group', async () => {
  const [leader, ...starters] = await crowd(moim, 11);
  const here = await published(leader!, { startDate: '2026-03-04' });

  const start = async (who: Person): Promise<number> => {
    const { status } = await who.post(`${here.plan}/groups`, {});
    return status === 503 ? start(who) : status;
  };
  const statuses = await Promise.all(starters.map(start));

  expect(statuses).toEqual(Array(10).fill(201));
  expect((await moim.guest.get(here.plan)).body.uses).toBe(10);
});

test('rows 23, 25, 26: what a group may not be, it may not be from a plan', async () => {
  const [leader, starter] = await crowd(moim, 2);
  const here = await published(leader!, { startDate: '2026-03-04' });
  const team = await leader!.post('/v1/groups', { kind: 'TEAM', title: 'We build', category: 'IT' });
  await change(team.body.id, { status: 'COMPLETED' });
  const { body: ofTeam } = await publish(leader!, { path: `/v1/groups/${team.body.id}` });
  const start = (plan: string, body: object) => starter!.post(`${plan}/groups`, body);

  const replies = [
    await start(here.plan, { startDate: '2026-03-01' }),
    await start(here.plan, { startDate: '2026-04-02', endDate: '2026-04-01' }),
    await start(here.plan, { capacity: 51 }),
    await start(here.plan, { title: '' }),
    await start('/v1/plans/01900000-0000-7000-8000-000000000000', {}),
  ];
  const teams = [];
  for (let i = 0; i < 4; i++) teams.push(await start(`/v1/plans/${ofTeam.id}`, {}));

  expect(replies.map(outcome)).toEqual([
    'INVALID_PERIOD',
    'INVALID_PERIOD',
    'INVALID_REQUEST',
    'INVALID_REQUEST',
    'NOT_FOUND',
  ]);
  expect(teams.map(outcome)).toEqual([201, 201, 201, 'GROUP_LIMIT']);
  expect(teams[0]!.body).toMatchObject({ kind: 'TEAM', endDate: null, frequency: null });
  expect(ofTeam).toMatchObject({ days: null, missions: [] });
  // What was refused did not count.
  expect((await moim.guest.get(`/v1/plans/${ofTeam.id}`)).body.uses).toBe(3);
  expect((await moim.guest.get(here.plan)).body.uses).toBe(0);
});

test('rows 20, 132: a club is started from a plan by administrators alone', async () => {
  const person = await someone(moim);
  const [first, second] = [await administrator(moim), await administrator(moim)];
  const club = await group(first, 'CLUB');
  await change(club.groupId, { status: 'COMPLETED' });
  const { body: plan } = await publish(first, club);

  const refused = await person.post(`/v1/plans/${plan.id}/groups`, {});
  const started = await second.post(`/v1/plans/${plan.id}/groups`, { title: 'Quiet hours once more' });

  expect([refused, started].map(outcome)).toEqual(['NOT_FOUND', 201]);
  expect(started.body).toMatchObject({ kind: 'CLUB', title: 'Quiet hours once more', memberCount: 1 });
  expect(await itemsOf(moim, 'Membership', { accountId: person.id })).toEqual([]);
  // What was refused did not count.
  expect((await moim.guest.get(`/v1/plans/${plan.id}`)).body.uses).toBe(1);
});

test('row 132: plans are listed newest first, all or of a category, page by page', async () => {
  const leader = await someone(moim);
  const categories = ['MATH', 'READING', 'MATH', 'READING', 'MATH'];
  const plans: { id: string; category: string }[] = [];
  for (const category of categories) {
    await moim.clock.advance(1000);
    const { planId } = await published(leader, { category, startDate: '2026-03-04' });
    plans.unshift({ id: planId, category });
  }
  const idsAt = async (query: string, limit: number) => {
    const pages = await pagesOf(moim.guest, `/v1/plans${query}`, limit);
    return pages.flat().map(({ id }: { id: string }) => id);
  };

  const all = await idsAt('', 3);
  const maths = await idsAt('?category=MATH', 2);
  const cost = costOf(moim, 'listPlans');
  const { body } = await moim.guest.get('/v1/plans?limit=2');
  const mixed = await moim.guest.get(`/v1/plans?category=MATH&cursor=${body.nextCursor}`);

  expect(all.slice(0, 5)).toEqual(plans.map(({ id }) => id));
  expect(maths).toEqual(plans.filter(({ category }) => category === 'MATH').map(({ id }) => id));
  expect(cost).toMatchObject({ requests: 1, roundTrips: 1 });
  expect(outcome(mixed)).toBe('INVALID_CURSOR');
});

test('row 132: who has left is no member of the results, and a plan outlives its group', async () => {
  const [leader, left] = await crowd(moim, 2);
  const group = await over(leader!, { startDate: '2026-03-04' }, left!);
  await leave(left!, group);
  const { body } = await publish(leader!, group);
  await moim.settle();
  await change(group.groupId, { deletedAt: '2026-03-04T05:00:00.000Z' });

  const { status, body: seen } = await moim.guest.get(`/v1/plans/${body.id}`);

  expect([status, seen.results]).toEqual([200, { members: 1, certifications: 0, diligent: 0 }]);
});
