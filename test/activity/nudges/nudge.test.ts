/** Row 64: a member nudges another to do a mission today. */
import { key } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { found, leave } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const days = { startDate: undefined, endDate: '2026-12-31' };

async function scene(size: number) {
  const [leader, ...members] = (await crowd(moim, size)) as [Person, ...Person[]];
  const here = await found(leader, days, ...members);
  const { body } = await leader.post(`${here.path}/missions`, { kind: 'ONCE', title: 'Read', way: 'TEXT' });
  const mission = `${here.path}/missions/${body.id}`;
  const nudge = (from: Person, to: Person, message?: string, headers = {}) =>
    from.post(`${mission}/nudges`, { to: to.id, message }, headers);
  const received = async (who: Person) => {
    const { items } = (await who.get(`${here.path}/nudges`)).body;
    return items.map(({ account, message }: { account: { id: string }; message: string | null }) => [
      account.id,
      message,
    ]);
  };
  return { leader, members, here, mission, missionId: body.id as string, nudge, received };
}
const notices = async (who: Person): Promise<string[]> => {
  await moim.settle();
  const { items } = (await who.get('/v1/notifications')).body;
  return items
    .filter(({ type }: { type: string }) => type.startsWith('NUDGED'))
    .map(({ text }: { text: string }) => text);
};

test('one nudges another, who hears of it in their language, and sees it in their list; once an hour for each pair', async () => {
  const { leader, members, here, missionId, nudge, received } = await scene(3);
  const [a, b] = members as [Person, Person];
  const first = await nudge(leader, a, 'Shall we read together?');
  // Session, account and access door; the mission, the receiver's membership, and the weeks that may be. Then both memberships
  // checked, the hour of the pair, the quota, the nudge with two indexes, and the news.
  expect(Object.values(costOf(moim, 'nudge'))).toEqual([2, 2, 9, 14]);
  const start = moim.clock.now();
  const after = (ms: number) => at(moim, new Date(start + ms).toISOString(), leader, a, b);
  await after(1_800_000);
  const soon = await nudge(leader, a);
  const others = [await nudge(leader, b), await nudge(b, a)];
  await after(3_600_000 - 1000);
  const almost = await nudge(leader, a);
  await after(3_600_000);
  const later = await nudge(leader, a);

  expect(first).toMatchObject({
    status: 201,
    body: { groupId: here.groupId, missionId, to: a.id, message: 'Shall we read together?' },
  });
  expect([soon, almost].map(outcome)).toEqual(['TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS']);
  expect([soon, almost].map(({ headers }) => Number(headers.get('retry-after')))).toEqual([1800, 1]);
  expect([...others, later].map(outcome)).toEqual([201, 201, 201]);
  expect(await notices(a)).toEqual([
    `${leader.nickname} nudged you: join in today! (Read)`,
    `${b.nickname} nudged you: join in today! (Read)`,
    `${leader.nickname} nudged you: “Shall we read together?” (Read)`,
  ]);
  const korean = (await a.get('/v1/notifications', { 'accept-language': 'ko' })).body.items;
  expect(korean.map(({ text }: { text: string }) => text)).toContain(
    `${leader.nickname}님이 콕 찔렀어요. “Shall we read together?” (Read)`,
  );
  expect(await received(a)).toEqual([
    [leader.id, null],
    [b.id, null],
    [leader.id, 'Shall we read together?'],
  ]);
  expect(await received(leader)).toEqual([]);
});

test('not oneself, not somebody who is no member, and only for what is still to do', async () => {
  const { leader, members, here, mission, nudge } = await scene(6);
  const [done, waits, skips, rests, gone] = members as [Person, Person, Person, Person, Person];
  const { body } = await done.post(`${mission}/certifications`, { text: 'Read it' });
  await leader.post(`${here.path}/certifications/${body.id}/approve`);
  await waits.post(`${mission}/certifications`, { text: 'Read it' });
  await skips.post(`${mission}/skips`, { reason: 'Ill' });
  const today = new Date(moim.clock.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  await rests.post(`${here.path}/excuses`, { from: today, until: today, reason: 'Ill' });
  await leave(gone, here);
  const [stranger] = (await crowd(moim, 1)) as [Person];

  const to = async (other: Person) => outcome(await nudge(leader, other));
  expect(await Promise.all([done, waits, skips, rests].map(to))).toEqual(Array(4).fill('NOT_APPLICABLE'));
  expect(await Promise.all([gone, stranger].map(to))).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  const own = await nudge(leader, leader);
  expect([outcome(own), own.body.errors[0].pointer]).toEqual(['INVALID_REQUEST', '/to']);
  expect(outcome(await nudge(stranger, leader))).toBe('NOT_FOUND');
  expect(outcome(await nudge(gone, leader))).toBe('NOT_FOUND');
  expect(outcome(await nudge(waits, leader, 'a'.repeat(101)))).toBe('INVALID_REQUEST');
  expect(outcome(await leader.post(`${mission}/end`))).toBe(200);
  expect(outcome(await nudge(waits, leader))).toBe('NOT_APPLICABLE');
  expect(await itemsOf(moim, 'Nudge', { groupId: here.groupId })).toEqual([]);
});

test('row 84: whoever is blocked, or nudges somebody who wants no nudges, sees no difference; nothing arrives', async () => {
  const { leader, members, nudge, received } = await scene(4);
  const [blocked, other, quiet] = members as [Person, Person, Person];
  await leader.put(`/v1/accounts/me/blocks/${blocked.id}`);
  const { status } = await quiet.patch('/v1/accounts/me/notification-settings', { types: { nudge: false } });
  const sockets = await Promise.all([quiet.socket(), leader.socket()]);
  const answers = [await nudge(blocked, leader), await nudge(other, leader), await nudge(other, quiet)];
  const again = [await nudge(blocked, leader), await nudge(other, leader), await nudge(other, quiet)];

  expect(status).toBe(200);
  expect(answers.map(outcome)).toEqual([201, 201, 201]);
  expect(again.map(outcome)).toEqual(Array(3).fill('TOO_MANY_REQUESTS'));
  expect(Object.keys(answers[0]!.body)).toEqual(Object.keys(answers[1]!.body));
  expect(await notices(leader)).toHaveLength(1);
  expect(await received(leader)).toEqual([[other.id, null]]);
  // The inbox keeps what a setting keeps from sockets and devices.
  expect(await notices(quiet)).toHaveLength(1);
  await Promise.all(sockets.map((socket) => socket.ask({ id: 1, action: 'ping' })));
  expect(sockets.map(({ events }) => events.filter(({ event }) => event === 'notification').length)).toEqual([0, 1]);
  expect(await received(quiet)).toEqual([[other.id, null]]);
});

test('eight at once are one nudge; a repetition of a request is the same one; 30 days later it is gone', async () => {
  const { leader, members, here, nudge } = await scene(3);
  const [a, b] = members as [Person, Person];
  const same = key();
  const first = await nudge(leader, b, 'Hi', same);
  const repeated = await nudge(leader, b, 'Hi', same);
  const eight = await Promise.all(Array.from({ length: 8 }, () => nudge(leader, a)));
  await moim.settle();

  expect(repeated.body).toEqual(first.body);
  expect(tally(eight)).toEqual({ 201: 1, TOO_MANY_REQUESTS: 7 });
  const kept = await itemsOf(moim, 'Nudge', { groupId: here.groupId });
  expect(kept).toHaveLength(2);
  const lasts = kept.map(({ expiresAt, createdAt }) => expiresAt - Math.floor(Date.parse(createdAt) / 1000));
  expect(lasts).toEqual([30 * 86_400, 30 * 86_400]);
  expect(await notices(a)).toHaveLength(1);
  expect(await notices(b)).toHaveLength(1);
});
