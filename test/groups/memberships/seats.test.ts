/**
 * More people than seats: a hundred through the front door, and at the table itself in many orders, whoever comes when.
 * SEEDS=20 plays twenty orders of a thousand; else they are of fewer people.
 */
import { entryWrites } from '../../../functions/groups/core/entry.ts';
import type { GroupItem } from '../../../functions/groups/core/items.ts';
import { newId } from '../../../shared/core/ids.ts';
import { useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { tally } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { committed } from '../../support/table.ts';
import { groupOf, randomOf, shuffled, stateOf } from './support.ts';

const moim = useMoim();

test('rows 25, 27: of a hundred who join at once exactly thirty get in', async () => {
  const [leader, ...racers] = await crowd(moim, 101);
  const { groupId, path } = await found(leader!, { capacity: 31 });

  const answers = await Promise.all(racers.map((racer) => racer.post(`${path}/members`)));

  expect(tally(answers)).toEqual({ 201: 30, GROUP_FULL: 70 });
  expect(await groupOf(moim, groupId)).toEqual({ counted: 31, members: 31, leaders: 1 });
}, 900_000);

const thousands = Number(process.env.SEEDS ?? 0);

test('rows 25, 27: whoever comes when, over twenty seeds: the very writes of a join let in thirty', async () => {
  const [leader] = await crowd(moim, 1);
  const now = moim.clock.now();
  const results: unknown[] = [];

  for (let seed = 1; seed <= 20; seed++) {
    const { groupId } = await found(leader!, { capacity: 31 });
    const { group } = await stateOf(moim, groupId);
    const random = randomOf(seed);
    // One in ten asks twice.
    const ids = Array.from({ length: seed <= thousands ? 1000 : 50 }, () => newId(now)).flatMap((id) =>
      random() < 0.1 ? [id, id] : [id],
    );
    const entered = await Promise.all(
      shuffled(ids, random).map((accountId) =>
        committed(moim, entryWrites(group as GroupItem, { accountId, entered: 'JOINED', member: undefined }, now)),
      ),
    );
    results.push({ entered: entered.filter(Boolean).length, ...(await groupOf(moim, groupId)) });
  }

  expect(results).toEqual(Array(20).fill({ entered: 30, counted: 31, members: 31, leaders: 1 }));
}, 900_000);
