/** What becomes of the toy's items. In the copy it is `test/activity/kudos/purge.test.ts`. */
import { iso } from '../../../shared/core/time.ts';
import { useMoim } from '../../support/moim.ts';
import { at, tick } from '../../support/people.ts';
import { team } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const days = (count: number) => count * 86_400_000;

test('a purge of the group takes its items, because their rows say so', async () => {
  const { leader, member, path, groupId } = await team(moim);
  await leader.post(`${path}/kudos`, { to: member.id, text: 'For your notes' });
  const left = async () =>
    (await Promise.all(['Kudos', 'KudosBoard'].map((kind) => itemsOf(moim, kind, { groupId })))).map(
      ({ length }) => length,
    );
  const before = await left();
  await leader.post(`${path}/disbanding`);
  await at(moim, iso(moim.clock.now() + days(3)));
  await tick(moim);
  await moim.settle();
  await at(moim, iso(moim.clock.now() + days(31)));

  await tick(moim);

  expect([before, await left()]).toEqual([
    [1, 1],
    [0, 0],
  ]);
});
