/** What follows a certification by the stream for boards and teams does not grow with the group. */
import { useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { followedSince } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';

const moim = useMoim();

test('row 62: certifying causes the same few writes in a group of 3 as in one of 20', async () => {
  const units: number[] = [];
  for (const size of [3, 20]) {
    const [leader, ...members] = await crowd(moim, size);
    const days = { startDate: undefined, endDate: '2026-12-31', capacity: 30 };
    const { path } = await found(leader!, days, ...members);
    const mission = { kind: 'REPEAT', title: 'Run', way: 'TEXT', frequency: { every: 'DAY' }, approval: 'AUTO' };
    const { body } = await leader!.post(`${path}/missions`, mission);
    await moim.settle();
    await moim.clock.advance(5000);
    const since = moim.logs.length;
    expect((await members[0]!.post(`${path}/missions/${body.id}/certifications`, { text: 'Ran' })).status).toBe(201);
    await moim.settle();
    units.push(followedSince(moim, since));
  }

  expect(units[1]).toBe(units[0]);
  // One for the row of boards, four for the points of the team with their sum, one for the mark of the night; and two to tell
  // the others of it in ten minutes, with what comes until then.
  expect(units[0]).toBe(8);
});
