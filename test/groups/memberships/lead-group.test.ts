import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, become, crowd, someone } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { runs } from '../../support/runs.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { administrator, groupOf, inboxOf, leadersOf } from './support.ts';

const moim = useMoim();
type Who = { send: typeof moim.guest.send };
const handOver = (who: Who, path: string, accountId: string) =>
  who.send('PUT', `${path}/leader`, { body: { accountId } }) as ReturnType<typeof moim.guest.get>;
const setRole = (who: Who, path: string, accountId: string, role: string) =>
  who.send('PUT', `${path}/members/${accountId}/role`, { body: { role } }) as ReturnType<typeof moim.guest.get>;

test('row 45: a member leads, the leader is a member, at once and for all to hear', async () => {
  const [leader, bora, other] = [await someone(moim), await someone(moim, 'bora'), await someone(moim)];
  const { groupId, path } = await found(leader, {}, bora, other);

  const answer = await handOver(leader, path, bora.id);

  await moim.settle();
  const roles = await itemsOf(moim, 'Membership', { groupId });
  expect(outcome(answer)).toBe(204);
  expect(roles.find(({ accountId }) => accountId === leader.id).role).toBe('MEMBER');
  expect(await leadersOf(moim, groupId)).toEqual([bora.id]);
  expect((await bora.get(`/v1/accounts/me/groups/${groupId}`)).body).toMatchObject({
    role: 'LEADER',
    leaderId: bora.id,
  });
  expect(await inboxOf(other)).toContain('OWNER_CHANGED bora is now the leader of Algorithms every day.');
  // The powers went along.
  expect(outcome(await leader.patch(path, { title: 'Mine' }))).toBe('NOT_FOUND');
  expect(outcome(await bora.patch(path, { title: 'Ours' }))).toBe(200);
});

test('row 45: only a leader hands over, and only to somebody who is there', async () => {
  const [leader, member, gone, stranger, withdrawn] = await crowd(moim, 5);
  const { groupId, path } = await found(leader!, {}, member!, gone!, withdrawn!);
  await gone!.delete(`${path}/members/me`);
  await become(moim, withdrawn!, 'WITHDRAWN');

  const refused = [
    await handOver(leader!, path, gone!.id),
    await handOver(leader!, path, stranger!.id),
    await handOver(leader!, path, withdrawn!.id),
    await handOver(leader!, path, leader!.id),
    await handOver(member!, path, member!.id),
    await handOver(stranger!, path, stranger!.id),
  ];

  expect(refused.map(outcome)).toEqual([
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_APPLICABLE',
    'NOT_FOUND',
    'NOT_FOUND',
  ]);
  expect(await leadersOf(moim, groupId)).toEqual([leader!.id]);
});

test('row 130: a group is handed over so often in an hour, and not more; whoever may not uses up nothing of it', async () => {
  const [leader, heir, stranger] = await crowd(moim, 3);
  const { path } = await found(leader!, {}, heir!);
  const { times, lot } = fairUse.tellMember;
  const tries = Array.from({ length: times + 2 * lot });

  for (const _ of tries) await handOver(stranger!, path, stranger!.id);
  const answers = [];
  for (const n of tries.keys())
    answers.push(await (n % 2 ? handOver(heir!, path, leader!.id) : handOver(leader!, path, heir!.id)));

  expect(answers.slice(0, times).map(outcome)).toEqual(Array(times).fill(204));
  expect(outcome(answers.at(-1)!)).toBe('TOO_MANY_REQUESTS');
});

test('rows 44, 45: of two hand-overs at once one happens; while the heir leaves, there is one leader, never none or two', async () => {
  const rounds = await Promise.all(
    Array.from({ length: runs(4) }, async (_, n) => {
      const [leader, first, second] = await crowd(moim, 3);
      const { groupId, path } = await found(leader!, {}, first!, second!);
      const answers =
        n % 2 === 0
          ? await Promise.all([handOver(leader!, path, first!.id), handOver(leader!, path, second!.id)])
          : await Promise.all([handOver(leader!, path, first!.id), first!.delete(`${path}/members/me`)]);
      return { kind: n % 2, answers, group: await groupOf(moim, groupId) };
    }),
  );

  for (const { kind, answers, group } of rounds) {
    expect(group.leaders).toBe(1);
    expect(group.counted).toBe(group.members);
    if (kind === 0) expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(answers.every(({ status }) => status < 500)).toBe(true);
  }
});

test('rows 14, 125: a leader or an administrator makes managers and members, who are told', async () => {
  const [leader, member, stranger] = await crowd(moim, 3);
  const admin = await administrator(moim);
  const { groupId, path } = await found(leader!, {}, member!);

  const answers = [
    await setRole(leader!, path, member!.id, 'MANAGER'),
    await setRole(leader!, path, member!.id, 'MANAGER'),
    await setRole(admin, path, member!.id, 'MEMBER'),
    await setRole(leader!, path, member!.id, 'LEADER'),
    await setRole(leader!, path, leader!.id, 'MEMBER'),
    await setRole(admin, path, leader!.id, 'MEMBER'),
    await setRole(member!, path, member!.id, 'MANAGER'),
    await setRole(stranger!, path, member!.id, 'MANAGER'),
    await setRole(leader!, path, stranger!.id, 'MANAGER'),
  ];

  await moim.settle();
  expect(answers.map(outcome)).toEqual([
    200,
    200,
    200,
    'INVALID_REQUEST',
    'OWN_DECISION',
    'NOT_APPLICABLE',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
  ]);
  expect(await inboxOf(member!)).toEqual([
    expect.stringContaining('ROLE_CHANGED'),
    expect.stringContaining('ROLE_CHANGED'),
  ]);
  expect(await itemsOf(moim, 'Decision', { scopeId: groupId })).toHaveLength(2);
});

test('row 125: a power that is taken away is gone at once, with the request that was on its way', async () => {
  const [leader, manager] = await crowd(moim, 2);
  const { path } = await found(leader!, {}, manager!);
  await setRole(leader!, path, manager!.id, 'MANAGER');
  const before = await manager!.get(`${path}/decisions`);
  await setRole(leader!, path, manager!.id, 'MEMBER');

  expect([outcome(before), outcome(await manager!.get(`${path}/decisions`))]).toEqual([200, 'NOT_FOUND']);
});

test('row 124: leader and managers read who decided what, when and why, with names, newest first', async () => {
  const [ari, bora, chae] = [
    await someone(moim, 'ari124'),
    await someone(moim, 'bora124'),
    await someone(moim, 'chae124'),
  ];
  const { path } = await found(ari, {}, bora, chae);
  await setRole(ari, path, bora.id, 'MANAGER');
  for (const reason of ['Late', 'Rude']) {
    await moim.clock.advance(1000);
    await ari.post(`${path}/members/${chae.id}/warnings`, { reason });
  }

  const { body } = await bora.get(`${path}/decisions?limit=2`);
  const rest = await bora.get(`${path}/decisions?limit=2&cursor=${body.nextCursor}`);
  const refused = [await chae.get(`${path}/decisions`), await moim.guest.get(`${path}/decisions`)];

  const about = (nickname: string, id: string) => ({ kind: 'member', id, nickname });
  expect(body.items).toMatchObject([
    {
      by: { nickname: 'ari124' },
      subject: about('chae124', chae.id),
      before: 'WARNED:1',
      after: 'WARNED:2',
      reason: 'Rude',
    },
    {
      by: { nickname: 'ari124' },
      subject: about('chae124', chae.id),
      before: 'ACTIVE',
      after: 'WARNED:1',
      reason: 'Late',
    },
  ]);
  expect(rest.body.items).toMatchObject([
    { subject: about('bora124', bora.id), before: 'MEMBER', after: 'MANAGER', reason: null },
  ]);
  expect(refused.map(({ status }) => status)).toEqual([404, 401]);
});

test('row 125: where the leader has not been signed in for two weeks, members may ask for the next', async () => {
  const [leader, first] = [await moim.person('silent'), await moim.person('next')];
  const [second, stranger] = await crowd(moim, 2);
  const { groupId, path } = await found(leader, { endDate: '2026-06-01' }, first);
  await moim.clock.advance(1000);
  await second!.post(`${path}/members`);
  const ask = (who: Person | undefined) => who!.post(`${path}/leader/succession`);

  const early = await ask(second);
  await at(moim, '2026-03-20T03:00:00Z', second!, stranger!);
  first.tokens = (await moim.signIn(first.email)).tokens;
  const strangers = await ask(stranger);
  const answers = await Promise.all([ask(second), ask(second), ask(first)]);

  expect([outcome(early), outcome(strangers)]).toEqual(['NOT_APPLICABLE', 'NOT_FOUND']);
  expect(tally(answers)[200]).toBe(1);
  expect(answers.find(({ status }) => status === 200)!.body).toEqual({ leaderId: first.id });
  expect(await leadersOf(moim, groupId)).toEqual([first.id]);
});
