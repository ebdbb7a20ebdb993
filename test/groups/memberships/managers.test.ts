/** Row 125: a group lists its managers, in step with the roles, however these change. */
import { managersAfter, managersOf } from '../../../functions/groups/core/managers.ts';
import { roles } from '../../../shared/access/powers.ts';
import { limits } from '../../../shared/product/limits.ts';
import { useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { runs } from '../../support/runs.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { inboxOf, randomOf, shuffled, stateOf } from './support.ts';

const moim = useMoim();

test('row 125: whatever roles people get one after another, the list holds who is a manager', () => {
  const random = randomOf(7);
  const people = ['a', 'b', 'c', 'd'];
  const all = [...roles, undefined];
  const now = new Map<string, (typeof all)[number]>();
  let managers: string | undefined;

  for (let step = 0; step < 500; step++) {
    const person = people[Math.floor(random() * people.length)]!;
    const role = all[Math.floor(random() * all.length)];
    now.set(person, role);
    managers = managersAfter({ managers }, person, role);
    const expected = people.filter((each) => now.get(each) === 'MANAGER');
    expect(managersOf({ managers }).sort()).toEqual(expected);
  }
});

test('row 125: appointed, dismissed, removed, left and made leader at once: the list is that of the roles', async () => {
  for (let seed = 1; seed <= runs(3); seed++) {
    const [leader, ...people] = await crowd(moim, 7);
    const { groupId, path } = await found(leader!, {}, ...people);
    const set = (nth: number, role: string) => () =>
      leader!.send('PUT', `${path}/members/${people[nth]!.id}/role`, { body: { role } });
    for (const nth of [0, 1, 2, 3]) await set(nth, 'MANAGER')();
    const acts = [
      set(0, 'MEMBER'),
      set(4, 'MANAGER'),
      set(5, 'MANAGER'),
      () => people[1]!.delete(`${path}/members/me`),
      () => leader!.post(`${path}/members/${people[2]!.id}/kick`, { reason: 'Idle' }),
      () => leader!.send('PUT', `${path}/leader`, { body: { accountId: people[3]!.id } }),
    ];

    const answers = await Promise.all(shuffled(acts, randomOf(seed)).map((act) => act()));

    const { group, active } = await stateOf(moim, groupId);
    const managers = active.filter(({ role }) => role === 'MANAGER').map(({ accountId }) => accountId);
    expect(answers.every(({ status }) => status < 500)).toBe(true);
    expect(group.memberCount).toBe(active.length);
    expect(managersOf(group as never).sort()).toEqual(managers.sort());
  }
});

test('row 125: as many managers as a group may have, also when two are appointed at once', async () => {
  const people = await crowd(moim, limits.managers + 3);
  const [leader, ...members] = people;
  const { groupId, path } = await found(leader!, { capacity: 50 }, ...members);
  const appoint = (nth: number) =>
    leader!.send('PUT', `${path}/members/${members[nth]!.id}/role`, { body: { role: 'MANAGER' } });
  for (let nth = 0; nth < limits.managers - 1; nth++) await appoint(nth);

  const race = await Promise.all([appoint(limits.managers - 1), appoint(limits.managers)]);
  const further = await appoint(limits.managers + 1);
  const again = await appoint(0);

  const [group] = await itemsOf(moim, 'Group', { groupId });
  expect(race.map(outcome).sort()).toEqual([200, 'MANAGER_LIMIT']);
  expect([further, again].map(outcome)).toEqual(['MANAGER_LIMIT', 200]);
  expect(managersOf(group)).toHaveLength(limits.managers);
  expect(JSON.stringify((await moim.guest.get(path)).body)).not.toContain(members[0]!.id);
});

test('rows 28, 125: managers hear of an application too; what one decides, or the applicant withdraws, is done for all', async () => {
  const [leader, manager, ...applicants] = await crowd(moim, 4);
  const group = await found(leader!, {}, manager!);
  await leader!.send('PUT', `${group.path}/members/${manager!.id}/role`, { body: { role: 'MANAGER' } });
  const { body } = await leader!.post('/v1/groups', {
    ...{ kind: 'STUDY', title: 'Grammar', category: 'FOREIGN_LANGUAGE', endDate: '2026-05-01' },
  });
  const path = `/v1/groups/${body.id}`;
  await manager!.post(`${path}/applications`);
  await leader!.post(`${path}/applications/${manager!.id}/accept`);
  await leader!.send('PUT', `${path}/members/${manager!.id}/role`, { body: { role: 'MANAGER' } });
  for (const each of applicants) await each.post(`${path}/applications`, { message: 'Hello' });
  await moim.settle();
  const waiting = await inboxOf(manager!);
  const open = async (who: typeof leader) =>
    (await who!.get('/v1/notifications')).body.items.filter(
      ({ type, resolved }: { type: string; resolved: boolean }) => type === 'APPLICATION_RECEIVED' && !resolved,
    ).length;
  const before = [await open(leader), await open(manager)];

  await manager!.post(`${path}/applications/${applicants[0]!.id}/reject`);
  await applicants[1]!.delete(`/v1/accounts/me/applications/${body.id}`);
  await moim.settle();

  const late = await leader!.post(`${path}/applications/${applicants[0]!.id}/accept`);
  expect(waiting.filter((line) => line.startsWith('APPLICATION_RECEIVED'))).toHaveLength(2);
  expect(before).toEqual([2, 2]);
  expect([await open(leader), await open(manager)]).toEqual([0, 0]);
  expect(outcome(late)).toBe('ALREADY_DECIDED');
});
