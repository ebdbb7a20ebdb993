/** Row 61: who has done a mission, in a club of 500: a page costs what a page costs. */
import { partOf } from '../../../functions/groups/core/roster-rules.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { costOf } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf, put, putAll } from '../../support/table.ts';

const moim = useMoim();
const size = 500;
// biome-ignore lint/suspicious/noExplicitAny: a test names the fields it expects, and fails where they are not
type Json = any;

test('row 61: a page of who has done it takes four requests and 45 read units at most of a club of 500; pages hold everybody once', async () => {
  const leader = await someone(moim);
  const { groupId, path, missionId } = await found(leader, { startDate: undefined, endDate: '2026-12-31' });
  const { body: once } = await leader.post(`${path}/missions`, { kind: 'ONCE', title: 'Read', way: 'TEXT' });
  await moim.settle();
  const [own] = await itemsOf(moim, 'Membership', { groupId });
  const { pk: _, sk: _sk, gsi1pk: _pk1, gsi1sk: _sk1, gsi2pk: _pk2, gsi2sk: _sk2, ...membership } = own;
  const now = moim.clock.now();
  const members = Array.from({ length: size - 1 }, (_, n) => ({
    ...membership,
    ...{ accountId: newId(now - n), role: 'MEMBER', joinedAt: iso(now - 60_000 * (n + 1)), presentIn: groupId },
  }));
  const people = async (count: number, from: number) => {
    const [group] = await itemsOf(moim, 'Group', { groupId });
    await put(moim, 'Group', { ...group, memberCount: count });
    await putAll(moim, 'Membership', members.slice(from, count - 1) as never);
    return (await leader.get(`${path}/missions/${missionId}/status`)).body;
  };
  const ofFifty = await people(50, 0);
  await people(size, 49);
  const doers = members.slice(0, 40);
  const week = { groupId, week: '2026-W10', until: '2026-03-08', n: 1, total: 1, okTotal: 1 };
  const done = doers.map(({ accountId }) => ({ ...week, accountId, missionId, '2026-03-02': 1, 'ok 2026-03-02': 1 }));
  await putAll(moim, 'MissionWeek', done as never);
  await moim.settle();
  const named = [leader.id, ...members.map(({ accountId }) => accountId)].map((id): [string, string] => [
    id,
    'Somebody',
  ]);
  const roster = Array.from({ length: 8 }, (_part, part) => ({
    ...{ groupId, part: String(part) },
    ...Object.fromEntries(
      named.filter(([id]) => partOf(id) === String(part)).map(([id, name]) => [`person ${id}`, name]),
    ),
  }));
  await putAll(moim, 'Roster', roster as never);

  const pages: Json[] = [];
  let cost: { requests: number; roundTrips: number; readUnits: number } | undefined;
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: { body: Json } = await leader.get(
      `${path}/missions/${missionId}/status${cursor && `?cursor=${cursor}`}`,
    );
    cost ??= costOf(moim, 'getMissionStatus');
    pages.push(body);
    cursor = body.nextCursor;
  }
  const all = pages.flatMap(({ items }) => items.map(({ account }: Json) => account.id));
  const ofOnce = (await leader.get(`${path}/missions/${once.id}/status`)).body;

  expect([ofFifty.done, ofFifty.total, ofFifty.items.length, ofFifty.nextCursor]).toEqual([0, 50, 50, null]);
  expect(pages.map(({ items }) => items.length)).toEqual([51, ...Array(8).fill(50), 49, 0]);
  expect(new Set(all).size).toBe(size);
  expect(all[0]).toBe(leader.id);
  expect(pages.map((page) => [page.done, page.skipped])).toEqual(pages.map(() => [null, null]));
  const states = pages.flatMap(({ items }) => items).filter(({ state }: Json) => state === 'DONE');
  expect(states).toHaveLength(40);
  expect([ofOnce.done, ofOnce.skipped]).toEqual([0, 0]);
  expect(cost).toMatchObject({ requests: 4, roundTrips: 2 });
  // The page of memberships, half a unit for the week of each, names of all, and the access door.
  expect(cost!.readUnits).toBeLessThanOrEqual(45);
});
