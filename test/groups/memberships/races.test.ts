/**
 * Many at once, through the front door, over seeds that decide who comes when. However they meet: never more members than
 * seats, never a count that is not theirs, never a group without a leader or with two.
 */
import { useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { runs } from '../../support/runs.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { groupOf, randomOf, shuffled, stateOf } from './support.ts';

const moim = useMoim();

test('rows 25, 46: seats that are freed by removals while others join are taken once each', async () => {
  for (let seed = 1; seed <= runs(1); seed++) {
    const [leader, ...people] = await crowd(moim, 25);
    const [members, comers] = [people.slice(0, 5), people.slice(5)];
    const { groupId, path } = await found(leader!, { capacity: 6 }, ...members);
    const acts = [
      ...members.map(
        ({ id }) =>
          () =>
            leader!.post(`${path}/members/${id}/kick`, { reason: 'Idle' }),
      ),
      ...comers.map((each) => () => each.post(`${path}/members`)),
    ];

    const answers = await Promise.all(shuffled(acts, randomOf(seed)).map((act) => act()));

    const state = await groupOf(moim, groupId);
    expect(answers.every(({ status }) => status < 500)).toBe(true);
    expect(state.counted).toBe(state.members);
    expect(state.members).toBeLessThanOrEqual(6);
    expect(state.leaders).toBe(1);
    expect(answers.filter((answer) => outcome(answer) === 204)).toHaveLength(5);
  }
});

test('rows 31, 46: who is removed while they leave or come back is out, who left first is in if they came back', async () => {
  for (let seed = 1; seed <= runs(3); seed++) {
    const [leader, member] = await crowd(moim, 2);
    const { groupId, path } = await found(leader!, {}, member!);
    const acts = {
      kick: () => leader!.post(`${path}/members/${member!.id}/kick`, { reason: 'Idle' }),
      leave: () => member!.delete(`${path}/members/me`),
      join: () => member!.post(`${path}/members`),
      warn: () => leader!.post(`${path}/members/${member!.id}/warnings`, { reason: 'Idle' }),
    };

    const answers = Object.fromEntries(
      await Promise.all(
        shuffled(Object.entries(acts), randomOf(seed)).map(
          async ([name, act]) => [name, (await act()).status] as const,
        ),
      ),
    );

    const state = await groupOf(moim, groupId);
    const [membership] = await itemsOf(moim, 'Membership', { groupId, accountId: member!.id });
    const leftOrIn = answers.join === 201 ? 'ACTIVE' : 'LEFT';
    expect(Object.values(answers).map((status) => status < 500)).toEqual(Array(4).fill(true));
    // Neither a removal nor a leaving may fail both: a member who is in can be removed, and can leave.
    expect([answers.kick, answers.leave]).toContain(204);
    expect([answers, membership.state]).toEqual([answers, answers.kick === 204 ? 'KICKED' : leftOrIn]);
    expect(state.counted).toBe(state.members);
    expect(state.leaders).toBe(1);
  }
});

test('rows 44, 45, 125: however hand-overs and leavings meet in an open room, it has one leader or is gone', async () => {
  for (let seed = 1; seed <= runs(3); seed++) {
    const [leader, ...members] = await crowd(moim, 5);
    const { body } = await leader!.post('/v1/groups', { kind: 'OPEN_ROOM', title: 'Quiet', category: 'READING' });
    const path = `/v1/groups/${body.id}`;
    for (const member of members) await member.post(`${path}/members`);
    const random = randomOf(seed);
    const acts = [
      () => leader!.send('PUT', `${path}/leader`, { body: { accountId: members[0]!.id } }),
      () => leader!.delete(`${path}/members/me`),
      ...members.slice(0, 1 + Math.floor(random() * 4)).map((each) => () => each.delete(`${path}/members/me`)),
    ];

    const answers = await Promise.all(shuffled(acts, random).map((act) => act()));

    const { group, active } = await stateOf(moim, body.id);
    expect(answers.every(({ status }) => status < 500 || status === 503)).toBe(true);
    expect(group.memberCount).toBe(active.length);
    if (group.deletedAt) expect(active).toEqual([]);
    else {
      const leaders = active.filter(({ role }) => role === 'LEADER').map(({ accountId }) => accountId);
      expect(leaders).toEqual([group.leaderId]);
    }
  }
});

test('rows 39, 44: who joins while the last one leaves keeps the group, or finds none', async () => {
  for (let seed = 1; seed <= runs(3); seed++) {
    const [leader, comer] = await crowd(moim, 2);
    const { groupId, path } = await found(leader!);
    const acts = [() => leader!.delete(`${path}/members/me`), () => comer!.post(`${path}/members`)];

    await Promise.all(shuffled(acts, randomOf(seed)).map((act) => act()));

    const { group, active } = await stateOf(moim, groupId);
    expect(group.memberCount).toBe(active.length);
    expect(active.length === 0).toBe(group.deletedAt !== undefined);
    if (active.length > 0) expect(active.map(({ accountId }) => accountId)).toContain(group.leaderId);
  }
});
