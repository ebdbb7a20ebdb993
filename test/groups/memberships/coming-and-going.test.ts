/** Report F13: whoever comes and goes without end is told of once, and stopped. */
import { isNews } from '../../../functions/groups/core/rules.ts';
import { iso } from '../../../shared/core/time.ts';
import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { limits } from '../../../shared/product/limits.ts';
import { useMoim } from '../../support/moim.ts';
import { at, someone } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';

const moim = useMoim();
type Who = Awaited<ReturnType<typeof someone>>;
const typesIn = async (who: Who) => {
  await moim.settle();
  const { body } = await who.get('/v1/notifications?limit=50');
  const counts: Record<string, number> = {};
  for (const { type } of body.items as { type: string }[]) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
};

test('report F13: coming and going 60 times in a row is one notification of each kind to the leader', async () => {
  const [leader, restless] = [await someone(moim, 'ari'), await someone(moim, 'bora')];
  const { path } = await found(leader);

  const answers = [];
  for (let n = 0; n < 60; n++) {
    const joined = await restless.post(`${path}/members`);
    const left = await restless.delete(`${path}/members/me`);
    await moim.settle();
    answers.push(joined, left);
  }

  expect(tally(answers)[201]).toBeGreaterThanOrEqual(fairUse.join.times - fairUse.join.lot);
  expect(await typesIn(leader)).toEqual({ GROUP_JOINED: 1, MEMBER_LEFT: 1 });
});

test('row 44: who comes back after an hour, or for the first time, is news', async () => {
  const [leader, friend] = [await someone(moim, 'chae'), await someone(moim, 'dana')];
  const { path } = await found(leader);

  await friend.post(`${path}/members`);
  await friend.delete(`${path}/members/me`);
  await moim.settle();
  await at(moim, iso(moim.clock.now() + limits.toldAgainSeconds * 1000), leader, friend);
  await friend.post(`${path}/members`);
  await friend.delete(`${path}/members/me`);

  expect(await typesIn(leader)).toEqual({ GROUP_JOINED: 2, MEMBER_LEFT: 2 });
});

test('row 130: joining ends for the hour, and everybody else goes on', async () => {
  const [leader, restless, friend] = [await someone(moim), await someone(moim), await someone(moim)];
  const { path } = await found(leader);
  const { times, lot } = fairUse.join;

  let last = await restless.post(`${path}/members`);
  for (let n = 0; n < times + lot && last.status !== 429; n++) {
    await restless.delete(`${path}/members/me`);
    last = await restless.post(`${path}/members`);
  }

  expect(outcome(last)).toBe('TOO_MANY_REQUESTS');
  expect((await friend.post(`${path}/members`)).status).toBe(201);
});

test('a leader tells one member of their roles so often in an hour, and not more', async () => {
  const [leader, member] = [await someone(moim), await someone(moim)];
  const { path } = await found(leader, {}, member);
  const { times, lot } = fairUse.tellMember;

  const answers = [];
  for (let n = 0; n < times + 2 * lot; n++)
    answers.push(await leader.put(`${path}/members/${member.id}/role`, { role: n % 2 ? 'MEMBER' : 'MANAGER' }));

  expect(outcome(answers.at(-1)!)).toBe('TOO_MANY_REQUESTS');
  expect(Object.values(await typesIn(member)).reduce((sum, each) => sum + each, 0)).toBeLessThan(times + lot);
});

test('an hour is an hour', () => {
  const now = Date.parse('2026-03-02T03:00:00Z');
  const ago = (ms: number) => iso(now - ms);

  expect([undefined, ago(3_600_000), ago(3_599_999), ago(0)].map((before) => isNews(before, now))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
