/**
 * `node bench/joins.ts` (after `npm test` has synthesized the stacks): a hundred joins at once, with 5 ms for each call of
 * the table, and how long what follows of them takes: inboxes, lists, marks. Functions run from source in one process, so
 * the processor's share is that of one core.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { startMoim } from '../test/support/moim.ts';
import { crowd, someone } from '../test/support/people.ts';
import { found } from '../test/support/scene.ts';

const callMs = 5;

/** Seconds that a hundred joins, spread over so many groups, take until all are answered, and then until all has followed. */
async function joins(groups: number): Promise<{ answered: number; followed: number }> {
  const moim = await startMoim();
  const leaders = await Promise.all(Array.from({ length: groups }, () => someone(moim)));
  const paths = await Promise.all(leaders.map(async (leader) => (await found(leader, { capacity: 50 })).path));
  const people = await crowd(moim, 100);
  await moim.settle();
  moim.table.faults.add({ kind: 'between', times: Number.POSITIVE_INFINITY, run: () => pause(callMs) });
  const started = performance.now();
  const answers = await Promise.all(people.map((person, i) => person.post(`${paths[i % groups]}/members`)));
  const answered = performance.now();
  await moim.settle();
  const followed = performance.now();
  moim.table.faults.clear();
  const refused = answers.filter(({ status }) => status !== 201).length;
  if (refused > 0) console.log(`${refused} joins were refused: others came between too often`);
  await moim.close();
  return { answered: (answered - started) / 1000, followed: (followed - answered) / 1000 };
}

for (const groups of [3, 10, 100]) {
  const { answered, followed } = await joins(groups);
  console.log(
    `100 joins of ${groups} groups: answered in ${answered.toFixed(2)} s, all that follows ${followed.toFixed(2)} s later`,
  );
}
process.exit(0);
