import { useMoim } from '../../support/moim.ts';
import { at, crowd } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { certify } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { bricksOf, submittedIn } from './support.ts';

const moim = useMoim();

test('row 57: two who delete at once take one brick; members and strangers delete nothing', async () => {
  const { leader, member, one, path, missionId } = await submittedIn(moim);
  const [other, stranger] = await crowd(moim, 2);
  await other!.post(`${path}/members`);
  await leader.post(`${one}/approve`);

  const refused = [await other!.delete(one), await stranger!.delete(one)];
  const race = await Promise.all([member.delete(one), leader.delete(one)]);

  expect(refused.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  expect(race.filter(({ status }) => status === 204)).toHaveLength(1);
  expect(race.every((each) => [204, 'TRY_AGAIN', 'NOT_FOUND'].includes(outcome(each)))).toBe(true);
  expect(await bricksOf(moim, member.id)).toEqual([0, 0]);
  expect((await itemsOf(moim, 'MissionWeek', { accountId: member.id, missionId }))[0]).toMatchObject({
    ...{ total: 0, waitTotal: 0, okTotal: 0, '2026-03-02': 0, 'ok 2026-03-02': 0 },
  });
});

test('rows 57, 67: deleting takes exactly the brick it earned and frees its day, whatever day it is by then', async () => {
  const { leader, member, one, ...here } = await submittedIn(moim);
  await leader.post(`${one}/approve`);
  moim.table.faults.add({ kind: 'timeoutAfter', operation: 'TransactWriteItems' });

  const gone = await member.delete(one);
  const again = await member.delete(one);
  await moim.clock.advance(5000);
  const anew = await certify(member, here);

  expect([gone.status, outcome(again)]).toEqual([204, 'NOT_FOUND']);
  expect(await bricksOf(moim, member.id)).toEqual([0, 0]);
  expect(anew.status).toBe(201);

  // On another day the day it was submitted on is freed, not the present one.
  await at(moim, '2026-03-03T03:00:00Z', member, leader);
  const today = await certify(member, here);
  await leader.delete(`${here.path}/certifications/${anew.body.id}`);
  await moim.clock.advance(5000);
  const secondToday = await certify(member, here);
  const [week] = await itemsOf(moim, 'MissionWeek', { accountId: member.id });
  expect([today, secondToday].map(outcome)).toEqual([201, 'CERTIFICATION_LIMIT']);
  const counts = ['total', '2026-03-02', '2026-03-03'];
  expect(counts.map((name) => week[name])).toEqual([1, 0, 1]);
});
