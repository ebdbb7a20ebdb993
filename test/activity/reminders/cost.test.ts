/** What reminders cost: of one person, however many missions a group has; and of what makes a chain look earlier. */
import { useMoim } from '../../support/moim.ts';
import { at, crowd, lastTick, someone, tick } from '../../support/people.ts';
import { found, team } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { certified, long, seoul } from './scene.ts';

const moim = useMoim();
type Cost = Record<'requests' | 'readUnits' | 'writeUnits', number>;
const costOfTick = async (): Promise<Cost> => {
  await tick(moim);
  const { requests, readUnits, writeUnits } = lastTick(moim);
  return { requests, readUnits, writeUnits };
};

test('the reminder of one person in three groups: six requests, 15 read and 13 write units', async () => {
  const leader = await someone(moim, 'cost leader');
  const people = await crowd(moim, 9);
  for (let n = 0; n < 3; n++) await found(leader, { ...long(moim), title: `Cost ${n}` }, ...people);
  await moim.settle();
  await at(moim, seoul('03-02 19:59'));
  const idle = await costOfTick();
  await at(moim, seoul('03-02 20:00'));
  const evening = await costOfTick();
  const all = 10;
  const shards = new Set([leader, ...people].map(({ id }) => Number.parseInt(id.slice(-1), 16) % 4)).size;

  // Memberships and state; agendas; what is so at this moment; the commit; the entry that is removed. For each shard a page and
  // its lease, and once the texts that encourage.
  expect(evening.requests - idle.requests).toBe(6 * all + 3 * shards + 1);
  // Three memberships, state, account, own times and settings; three agendas; membership, mission and week of each.
  expect(evening.readUnits - idle.readUnits).toBe((0.5 + 4 + 1.5 + 9) * all + 0.5 * shards + 0.5);
  // State, news, the next entry and the check of each week, twice each; the entry that is removed.
  expect(evening.writeUnits - idle.writeUnits).toBe((2 + 2 + 2 + 3 * 2 + 1) * all + 2 * shards);
});

test('where everybody has done it, nothing is written but the state and the next entry', async () => {
  const { leader, member, ...here } = await team(moim, { ...long(moim), title: 'All done' });
  await moim.settle();
  await at(moim, seoul('03-03 19:50'));
  for (const person of [leader, member]) await certified(moim, person, here);
  await at(moim, seoul('03-03 19:59'));
  await costOfTick();
  await at(moim, seoul('03-03 20:00'));
  const before = (await itemsOf(moim, 'Outbox')).length;
  await costOfTick();

  expect(await itemsOf(moim, 'Outbox')).toHaveLength(before + 10);
});
