import { key } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, renew, tick } from '../../support/people.ts';
import { costOf, outcome } from '../../support/replies.ts';
import { runs } from '../../support/runs.ts';
import { found, team } from '../../support/scene.ts';
import { itemsOf, streamOf } from '../../support/table.ts';

const moim = useMoim();
const list = async (who: Person, tab?: string) =>
  (await who.get(`/v1/accounts/me/groups?limit=50${tab ? `&tab=${tab}` : ''}`)).body.items;
const titles = async (who: Person, tab?: string) =>
  (await list(who, tab)).map(({ group }: { group: { title: string } }) => group.title);

test('row 50: what a group is called and is, is so in its members’ own lists, once it has settled', async () => {
  const { leader, member, path } = await team(moim);

  await leader.patch(path, { title: 'Evenings', endDate: '2026-03-20' });
  await moim.settle();
  const edited = (await list(member))[0].group;
  await leader.send('PUT', `${path}/status`, { body: { status: 'COMPLETED' } });
  await moim.settle();
  const completed = (await list(member))[0].group;
  await leader.post(`${path}/disbanding`);
  await moim.settle();
  const leaving = (await list(leader))[0].group;

  expect(edited).toMatchObject({ title: 'Evenings', endDate: '2026-03-20', status: 'IN_PROGRESS', disbandsAt: null });
  expect([completed.status, leaving.disbandsAt]).toEqual(['COMPLETED', '2026-03-05T03:00:00.000Z']);
});

test('row 50: news of an edit that come again after the next one change nothing', async () => {
  const { leader, member, path } = await team(moim);
  await leader.patch(path, { title: 'One' });
  await leader.patch(path, { title: 'Two' });
  await moim.settle();
  const records = streamOf(moim).filter(
    ({ eventName, dynamodb }) => eventName === 'MODIFY' && dynamodb?.NewImage?.title?.S === 'One',
  );

  const again = await moim.invoke('background-stream', { Records: records });

  expect(again).toMatchObject({ ok: true, payload: { batchItemFailures: [] } });
  expect(records.length).toBeGreaterThan(0);
  expect(await titles(member)).toEqual(['Two']);
});

test('row 50: what is told late or again never takes the place of what is newer', async () => {
  const { leader, member, path, groupId } = await team(moim);
  const off = moim.table.faults.add({
    kind: 'error500',
    times: 6,
    match: (body) => JSON.stringify(body).includes(`MEMBER#${member.id}`) && 'UpdateExpression' in body,
  });

  for (const title of ['First', 'Second', 'Third']) await leader.patch(path, { title });
  await moim.settle();
  off();

  expect(await titles(leader)).toEqual(['Third']);
  const [membership] = await itemsOf(moim, 'Membership', { groupId, accountId: leader.id });
  expect(membership.group.version).toBe(4);
});

test('row 50: whoever joins while the group is edited has it as it is, not as it was', async () => {
  for (let round = 0; round < runs(2); round++) {
    const [leader, ...joiners] = await crowd(moim, 6);
    const { path, groupId } = await found(leader!);

    await Promise.all([
      leader!.patch(path, { title: `Edited ${round}` }),
      ...joiners.map(async (joiner) => {
        const headers = key();
        const joined = await joiner.post(`${path}/members`, {}, headers);
        if (joined.status === 503) await joiner.post(`${path}/members`, {}, headers);
      }),
    ]);
    await moim.settle();

    const members = await itemsOf(moim, 'Membership', { groupId, state: 'ACTIVE' });
    const shown = members.map(({ group }) => group.title);
    expect(shown).toEqual(Array(members.length).fill(`Edited ${round}`));
    expect(members.length).toBeGreaterThan(1);
  }
});

test('row 50: the tabs, each in one round trip; a group is kept after its end', async () => {
  const [ari, bora] = await crowd(moim, 2);
  await found(ari!, { title: 'Mine now', startDate: '2026-03-02', endDate: '2026-03-20' });
  await found(ari!, { title: 'Mine short', startDate: '2026-03-02', endDate: '2026-03-02' });
  await found(bora!, { title: 'Theirs later', startDate: '2026-03-10', endDate: '2026-03-20' }, ari!);
  const left = await found(bora!, { title: 'Left' }, ari!);
  await ari!.delete(`${left.path}/members/me`);
  const tabs = async () =>
    Promise.all(
      ['IN_PROGRESS', 'NOT_STARTED', 'FINISHED', 'FOUNDED'].map(async (tab) => (await titles(ari!, tab)).sort()),
    );

  const today = await tabs();
  const cost = costOf(moim, 'listOwnGroups');
  await at(moim, '2026-03-02T15:00:00Z', ari!, bora!);
  const tomorrow = await tabs();
  await tick(moim);
  await moim.settle();
  const moved = await tabs();
  await at(moim, '2026-03-21T00:00:00Z', ari!);
  await renew(moim, ari!);
  const atLast = await tabs();

  expect(today).toEqual([['Mine now', 'Mine short'], ['Theirs later'], [], ['Mine now', 'Mine short']]);
  expect(tomorrow).toEqual([['Mine now'], ['Theirs later'], ['Mine short'], ['Mine now', 'Mine short']]);
  expect(moved).toEqual(tomorrow);
  expect(atLast).toEqual([[], [], ['Mine now', 'Mine short', 'Theirs later'], ['Mine now', 'Mine short']]);
  expect(cost).toMatchObject({ requests: 2, roundTrips: 1, writeUnits: 0 });
});

test('row 50: a cursor belongs to its tab, and an unknown tab is refused', async () => {
  const [ari] = await crowd(moim, 1);
  const days = { startDate: undefined, endDate: '2026-12-31' };
  for (let i = 0; i < 3; i++) await found(ari!, days);
  const { body } = await ari!.get('/v1/accounts/me/groups?tab=FOUNDED&limit=1');

  const answers = [
    await ari!.get(`/v1/accounts/me/groups?tab=FOUNDED&limit=1&cursor=${body.nextCursor}`),
    await ari!.get(`/v1/accounts/me/groups?tab=FINISHED&limit=1&cursor=${body.nextCursor}`),
    await ari!.get('/v1/accounts/me/groups?tab=LIKED'),
  ];

  expect(answers.map(outcome)).toEqual([200, 'INVALID_CURSOR', 'INVALID_REQUEST']);
});
