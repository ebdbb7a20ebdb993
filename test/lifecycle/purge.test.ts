import { useMoim } from '../support/moim.ts';
import { at, crowd, found, itemsOf, put } from '../support/scene.ts';

const moim = useMoim();
const done = () =>
  moim.logs
    .filter(({ functionId }) => functionId === 'lifecycle-job')
    .map(({ line }) => JSON.parse(line))
    .findLast(({ message }) => message === 'done');

test('row 39: a run drops so much and no more; the next goes on, and one that has nothing asks once', async () => {
  const [leader] = await crowd(moim, 1);
  const { path, groupId } = await found(leader!);
  const decidedAt = '2026-03-02T03:00:00.000Z';
  const record = { scopeId: groupId, decidedAt, by: leader!.id, subject: 'member:x', before: 'a', after: 'b' };
  for (let i = 0; i < 2100; i++) await put(moim, 'Decision', { ...record, decisionId: String(i).padStart(5, '0') });
  await leader!.post(`${path}/disbanding`);
  await moim.settle();
  await at(moim, '2026-04-01T03:00:00Z');

  await moim.runSchedule('purgeGroups');
  const first = [done(), (await itemsOf(moim, 'Group', { groupId })).length];
  await moim.runSchedule('purgeGroups');
  const second = [done(), (await itemsOf(moim, 'Group', { groupId })).length];
  await moim.runSchedule('purgeGroups');

  expect(first).toEqual([expect.objectContaining({ purged: 0 }), 1]);
  expect(first[0].dropped).toBeLessThan(2100);
  expect(second).toEqual([expect.objectContaining({ purged: 1 }), 0]);
  expect(await itemsOf(moim, 'Decision', { scopeId: groupId })).toEqual([]);
  expect(done()).toMatchObject({ purged: 0, dropped: 0, requests: 1, writeUnits: 0 });
});
