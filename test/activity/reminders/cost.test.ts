/** What reminders cost: of one person, however many missions a group has; and of what makes a chain look earlier. */
import { useMoim } from '../../support/moim.ts';
import { at, crowd, lastTick, someone, tick } from '../../support/people.ts';
import { found, team } from '../../support/scene.ts';
import { certified, long, mission, runAt, seoul } from './scene.ts';

const moim = useMoim();
type Cost = Record<'requests' | 'readUnits' | 'writeUnits', number>;
const costOfTick = async (): Promise<Cost> => {
  await tick(moim);
  const { requests, readUnits, writeUnits } = lastTick(moim);
  return { requests, readUnits, writeUnits };
};
const less = (a: Cost, b: Cost, by: number) => ({
  requests: (a.requests - b.requests) / by,
  readUnits: (a.readUnits - b.readUnits) / by,
  writeUnits: (a.writeUnits - b.writeUnits) / by,
});
/** The lines that a consumer of the stream has logged. */
const linesOf = (consumer: string) =>
  moim.logs.map(({ line }) => JSON.parse(line)).filter(({ useCase }) => useCase === consumer);

test('a reminder of one person: six requests; units by groups and missions', async () => {
  const leader = await someone(moim, 'cost leader');
  const people = await crowd(moim, 9);
  for (let n = 0; n < 3; n++) await found(leader, { ...long(moim), title: `Cost ${n}` }, ...people);
  await moim.settle();
  await at(moim, seoul('03-02 19:59'));
  const idle = await costOfTick();
  await at(moim, seoul('03-02 20:00'));
  // Ten people, and the lease of each shard that has any of them.
  const evening = await costOfTick();
  console.log(idle, evening, less(evening, idle, 10));
  expect(evening.requests).toBeGreaterThan(0);
});
