import { atEachRequest } from '../../support/faults.ts';
import { useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();

async function members() {
  const [leader, ari] = await crowd(moim, 2);
  return { ...(await found(leader!, {}, ari!)), leader: leader!, ari: ari! };
}

test('row 69: whatever goes wrong on the way of a review, with its repetition it is one', async () => {
  await atEachRequest(
    moim,
    2,
    members,
    ({ ari, leader, path }) => ari.send('PUT', `${path}/reviews/${leader.id}`, { body: { score: 6, text: 'Fine' } }),
    async ({ leader }, again, fault) => {
      const [score] = await itemsOf(moim, 'ReviewScore', { accountId: leader.id });
      const reviews = await itemsOf(moim, 'Review', { accountId: leader.id });
      expect([fault, outcome(again), score.sum, score.count, reviews.length]).toEqual([fault, 200, 6, 1, 1]);
    },
  );
});
