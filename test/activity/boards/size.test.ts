/** Rows 95, 161: the work of a minute grows with its changes, not with the members; a rank among a million takes one request. */
import { rankIn } from '../../../functions/activity/boards/rules.ts';
import { ref } from '../../../shared/data/table.ts';
import { largeBoard } from '../../support/large-board.ts';
import { slowRank } from '../../support/simulated-boards.ts';

test('row 95: the same 500 changes among 10,000 and among 1,000,000 members: units within 1.1 times, CPU within 2.5 times', async () => {
  // The compiler of JavaScript is warm for both then.
  await (await largeBoard(1000, 500)).run();
  const small = await largeBoard(10_000, 500);
  const large = await largeBoard(1_000_000, 500);

  const [few, many] = [await small.run(), await large.run()];

  expect(few.requests).toBe(many.requests);
  expect(many.units / few.units).toBeLessThan(1.1);
  expect(many.cpuMs / few.cpuMs).toBeLessThan(2.5);
  // Ranks are those of counting everybody.
  const all = large.after.map((points) => ({ points, reachedAt: 0 }));
  for (const [i, accountId] of large.changed.slice(0, 20).entries()) {
    const found = await large.table.getAll(
      { board: ref('Board', large), score: ref('Score', { boardId: large.boardId, accountId }) },
      { snapshot: true },
    );
    expect(found.score!.points).toBe(large.after[i]);
    expect(rankIn(found.board!.histogram, found.score!.points)).toBe(slowRank(all, found.score!));
  }
});
